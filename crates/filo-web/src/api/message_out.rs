//! How messages, verdicts and the rules for them look on the wire.

use filo_app::{MessageRow, MessageView, Said, ShownRow};
use filo_core::channel::Receipt;
use filo_core::id::{ApprovalId, CustomerId, EventId, MessageId, NodeId, PieceId};
use filo_core::message::gate::{Outcome, Verdict};
use filo_core::message::saying::Saying;
use filo_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::answer::Text;
use super::message::tracking::ClickOut;

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageOut {
    /// Its id.
    #[schema(value_type = String, example = "mes_0123456789abcdefghjkmnpqrs")]
    id: Text<MessageId>,
    /// Whose it was when it was planned.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// By what it goes.
    medium: &'static str,
    /// By what it goes instead where that is refused, in this order.
    fallbacks: Vec<&'static str>,
    /// `marketing`, `transactional` or `service`.
    class: &'static str,
    /// What for.
    purpose: String,
    /// What made it: `hand`, `confirmation` or `journey`.
    origin: &'static str,
    /// Where it stands.
    state: &'static str,
    /// The piece of content, where it is one.
    #[schema(value_type = Option<String>)]
    piece: Option<Text<PieceId>>,
    /// The subject that was written; null where Filo writes it when it leaves.
    subject: Option<String>,
    /// The text that was written.
    text: Option<String>,
    /// Since when it wants to go.
    #[schema(value_type = String, format = DateTime)]
    planned_at: Text<Timestamp>,
    /// When it comes to the gate next, while it is queued.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Text<Timestamp>>,
    /// When it was let through.
    #[schema(value_type = Option<String>, format = DateTime)]
    claimed_at: Option<Text<Timestamp>>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// How often it was handed over.
    tries: u32,
    /// The identifier it went to.
    #[schema(value_type = Option<String>)]
    address: Option<Text<NodeId>>,
    /// The event of the statement that allowed it.
    #[schema(value_type = Option<String>)]
    proof: Option<Text<EventId>>,
    /// The ground it went on: `consent`, `soft_spam`, `duty` …
    basis: Option<String>,
    /// What whoever carries it said.
    answer: Option<String>,
    /// What a person said of it who was asked before it left.
    #[schema(value_type = Option<String>)]
    approval: Option<Text<ApprovalId>>,
}

impl MessageOut {
    pub(super) fn of(row: MessageRow) -> Self {
        let piece = match &row.saying {
            Saying::Piece { piece, .. } => Some(Text(*piece)),
            Saying::Words(_) | Saying::Confirmation { .. } => None,
        };
        let words = row.saying.words().cloned();
        let (subject, text) = words.map_or((None, None), |it| (Some(it.subject), Some(it.text)));
        let is_queued = row.state == filo_core::message::state::State::Queued;
        Self {
            id: Text(row.id),
            customer: Text(row.customer),
            medium: row.medium.word(),
            fallbacks: row.fallbacks.iter().map(|it| it.word()).collect(),
            class: row.class.word(),
            purpose: row.purpose,
            origin: row.origin.word(),
            state: row.state.word(),
            piece,
            subject,
            text,
            planned_at: Text(row.planned_at),
            due_at: is_queued.then_some(Text(row.due_at)),
            claimed_at: row.claimed_at.map(Text),
            ended_at: row.ended_at.map(Text),
            tries: row.tries,
            address: row.address.map(Text),
            proof: row.proof.map(Text),
            basis: row.basis,
            answer: row.answer,
            approval: row.approval.map(Text),
        }
    }
}

/// A page of messages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessagePage {
    /// The messages, the newest first.
    pub(super) data: Vec<MessageOut>,
    /// Give it as `before` for the next page.
    pub(super) next: Option<String>,
}

/// What the gate said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageVerdict)]
pub(crate) struct VerdictOut {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// `go`, `wait`, `ask_person`, `pass_on` (another medium was tried at once) or `stop`.
    outcome: String,
    /// Until when it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Text<Timestamp>>,
    /// Why: each with its word in `why`, and what is to be known with it.
    findings: Vec<Value>,
}

impl VerdictOut {
    pub(super) fn of_gate(at: Timestamp, verdict: &Verdict) -> Self {
        let until = match verdict.outcome {
            Outcome::Wait(until) => Some(Text(until)),
            Outcome::Go | Outcome::AskPerson | Outcome::PassOn(_) | Outcome::Stop => None,
        };
        let findings = verdict.findings.iter().map(filo_app::finding_json);
        Self {
            at: Text(at),
            outcome: verdict.outcome.word().to_owned(),
            until,
            findings: findings.collect(),
        }
    }

    fn of(said: Said) -> Self {
        Self {
            at: Text(said.at),
            outcome: said.outcome,
            until: said.until.map(Text),
            findings: said.findings.into_iter().map(|it| it.detail).collect(),
        }
    }
}

/// A message with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageWhole {
    #[serde(flatten)]
    message: MessageOut,
    /// Who its person is now.
    #[schema(value_type = String)]
    customer_now: Text<CustomerId>,
    /// What the gate said, in order.
    verdicts: Vec<VerdictOut>,
    /// What left.
    sent: Option<CopyOut>,
    /// How far it came, as its carrier told; null for mail and where nothing was told.
    receipt: Option<ReceiptOut>,
    /// How often the site showed it; null of other media, and before they came.
    shown: Option<ShownOut>,
    /// What was seen of its links and its picture: of people who said yes to that, and else empty.
    clicks: Vec<ClickOut>,
}

/// How far a message came.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageReceipt)]
pub(crate) struct ReceiptOut {
    /// `sent`, `delivered`, `read` or `failed`.
    stage: &'static str,
    /// Its id at the carrier.
    carrier_id: String,
    /// When it arrived.
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Text<Timestamp>>,
    /// When it was read.
    #[schema(value_type = Option<String>, format = DateTime)]
    read_at: Option<Text<Timestamp>>,
    /// When it was given up.
    #[schema(value_type = Option<String>, format = DateTime)]
    failed_at: Option<Text<Timestamp>>,
    /// With which code.
    code: String,
}

impl ReceiptOut {
    fn of(receipt: Receipt) -> Self {
        Self {
            stage: receipt.stage().word(),
            carrier_id: receipt.carrier_id,
            delivered_at: receipt.delivered_at.map(Text),
            read_at: receipt.read_at.map(Text),
            failed_at: receipt.failed_at.map(Text),
            code: receipt.code,
        }
    }
}

/// How often the site showed a message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageShown)]
pub(crate) struct ShownOut {
    /// How often.
    times: u32,
    /// When first.
    #[schema(value_type = String, format = DateTime)]
    first_at: Text<Timestamp>,
    /// When last.
    #[schema(value_type = String, format = DateTime)]
    last_at: Text<Timestamp>,
    /// Since when it is not shown any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// Why: `clicked`, `dismissed`, `times` (often enough), or what stood in the way.
    ended_by: Option<String>,
}

impl ShownOut {
    fn of(shown: ShownRow) -> Self {
        Self {
            times: shown.times,
            first_at: Text(shown.first_at),
            last_at: Text(shown.last_at),
            ended_at: shown.ended_at.map(Text),
            ended_by: shown.ended_by,
        }
    }
}

/// What left, to the letter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageCopy)]
pub(crate) struct CopyOut {
    /// The subject.
    subject: String,
    /// The text.
    text: String,
    /// The page; null where it was text alone.
    html: Option<String>,
}

impl MessageWhole {
    pub(super) fn of(view: MessageView) -> Self {
        Self {
            message: MessageOut::of(view.row),
            customer_now: Text(view.customer),
            verdicts: view.verdicts.into_iter().map(VerdictOut::of).collect(),
            sent: view.copy.map(|copy| CopyOut {
                subject: copy.subject,
                text: copy.body,
                html: Some(copy.html).filter(|html| !html.is_empty()),
            }),
            receipt: view.receipt.map(ReceiptOut::of),
            shown: view.shown.map(ShownOut::of),
            clicks: view.clicks.into_iter().map(ClickOut::from).collect(),
        }
    }
}
