//! Messages to customers: writing one, what became of each, and the rules they go by.

pub(super) mod cost;
pub(in crate::api) mod cost_out;
pub(super) mod tracking;

use axum::extract::State;
use filo_app::{App, NewMessage, Says};
use filo_core::id::{CustomerId, MessageId};
use filo_core::message::Medium;
use filo_core::message::saying::Words;
use filo_core::message::state::State as Stands;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, created, done, ok};
use super::approval;
use super::asked::MessagesAsked;
use super::message_out::{MessageOut, MessagePage, MessageWhole, VerdictOut};
use super::paging::{Cursor, Paging};
use super::policy_out::PolicyOut;
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageSettings, SeePeople, SendMessages};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    approval::reads()
        .merge(tracking::reads())
        .merge(cost::reads())
        .routes(routes!(list_messages))
        .routes(routes!(get_message))
        .routes(routes!(messages_of_customer))
        .routes(routes!(preview_message))
        .routes(routes!(get_message_policy))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    tracking::writes()
        .merge(cost::writes())
        .routes(routes!(write_message))
        .routes(routes!(cancel_message))
        .routes(routes!(send_message_again))
        .routes(routes!(change_message_policy))
}

/// A message to write: words of one's own with what they are for, or a piece of content.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageIn {
    /// By what it goes: `email`, `sms`, `whatsapp` or `telegram`.
    #[schema(example = "email")]
    medium: String,
    /// A piece of content, which says itself what it is for; then the rest is left out.
    #[serde(default)]
    piece: Option<String>,
    /// What for: the word of one of the company's purposes. It decides which consent counts.
    #[schema(example = "contract")]
    #[serde(default)]
    purpose: String,
    /// One line of at most 150 characters; by e-mail only.
    #[serde(default)]
    subject: String,
    /// Plain text of at most 10,000 characters by e-mail, 918 by text message, 1,024 by WhatsApp, 4,096 by Telegram, 240 by notification;
    /// paragraphs are parted by empty lines. In a mail why it comes, and for marketing the way
    /// out, are put under it.
    #[serde(default)]
    text: String,
}

impl MessageIn {
    fn read(self) -> Result<NewMessage, Problem> {
        let medium = Medium::from_word(&self.medium).filter(|medium| medium.is_carried());
        let medium = medium.ok_or_else(|| {
            let words = Medium::CARRIED.map(Medium::word).join(", ");
            Problem::invalid("medium", format!("one of {words}"))
        })?;
        let Some(piece) = self.piece else {
            let words = Words {
                subject: self.subject,
                text: self.text,
            };
            let says = Says::Words {
                purpose: self.purpose,
                words,
            };
            return Ok(NewMessage { medium, says });
        };
        let piece = piece.parse();
        let wrong = |_id| Problem::invalid("piece", "the id of a piece, `pce_…`");
        let says = Says::Piece {
            piece: piece.map_err(wrong)?,
        };
        Ok(NewMessage { medium, says })
    }
}

/// What the gate would say now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessagePreview)]
pub(crate) struct PreviewOut {
    /// `marketing`, `transactional` or `service`.
    class: &'static str,
    #[serde(flatten)]
    verdict: VerdictOut,
}

/// A message that was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WrittenMessage)]
pub(crate) struct WrittenOut {
    /// Its id.
    #[schema(value_type = String, example = "mes_0123456789abcdefghjkmnpqrs")]
    id: Text<MessageId>,
}

/// All messages, the newest first.
#[utoipa::path(
    get, path = "/messages", tag = "messages", params(MessagesAsked),
    responses((status = 200, body = MessagePage), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_messages(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    Asked(asked): Asked<MessagesAsked>,
) -> Answer {
    let state = match asked.state.as_deref() {
        None => None,
        Some(word) => Some(Stands::from_word(word).ok_or_else(|| {
            let words = Stands::ALL.map(Stands::word).join(", ");
            Problem::invalid("state", format!("one of {words}"))
        })?),
    };
    let paging = Paging::new(asked.before, asked.limit);
    let limit = paging.limit()?;
    let behind = paging.before()?;
    let behind = behind.map(|cursor| filo_app::MessageCursor {
        planned_at: cursor.at,
        id: MessageId(cursor.id),
    });
    let most = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let mut rows = app.messages(&key.actor, state, behind, most).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more).map(|row| Cursor {
        at: row.planned_at,
        id: row.id.0,
    });
    ok(&MessagePage {
        data: rows.into_iter().map(MessageOut::of).collect(),
        next: last.map(Cursor::write),
    })
}

/// One message: what it says, where it stands, what the gate said of it, and what left.
#[utoipa::path(
    get, path = "/messages/{id}", tag = "messages", params(("id" = String, Path)),
    responses((status = 200, body = MessageWhole), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_message(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<MessageId>,
) -> Answer {
    let view = app.message(&key.actor, id).await?;
    ok(&MessageWhole::of(view))
}

/// The messages to a customer, the newest first, at most 500.
#[utoipa::path(
    get, path = "/customers/{id}/messages", tag = "messages", params(("id" = String, Path)),
    responses((status = 200, body = MessagePage), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn messages_of_customer(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let rows = app.messages_of(&key.actor, id).await?;
    ok(&MessagePage {
        data: rows.into_iter().map(MessageOut::of).collect(),
        next: None,
    })
}

/// What the gate would say of a message to a customer now. Nothing is written.
#[utoipa::path(
    post, path = "/customers/{id}/messages/preview", tag = "messages",
    params(("id" = String, Path)), request_body = MessageIn,
    responses((status = 200, body = PreviewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_message(
    State(app): State<App>,
    key: Bearer<SendMessages>,
    IdOf(id): IdOf<CustomerId>,
    Body(asked): Body<MessageIn>,
) -> Answer {
    let preview = app.preview_message(&key.actor, id, &asked.read()?).await?;
    ok(&PreviewOut {
        class: preview.class.word(),
        verdict: VerdictOut::of_gate(app.now(), &preview.verdict),
    })
}

/// Writes a message to one customer. It leaves when the gate lets it through.
#[utoipa::path(
    post, path = "/customers/{id}/messages", tag = "messages", params(("id" = String, Path)),
    request_body = MessageIn,
    responses((status = 201, body = WrittenOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn write_message(
    State(app): State<App>,
    key: Bearer<SendMessages>,
    IdOf(id): IdOf<CustomerId>,
    Body(asked): Body<MessageIn>,
) -> Answer {
    let id = app.write_message(&key.actor, id, asked.read()?).await?;
    created(&WrittenOut { id: Text(id) })
}

/// Calls a message off that has not left.
#[utoipa::path(
    post, path = "/messages/{id}/cancellation", tag = "messages", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn cancel_message(
    State(app): State<App>,
    key: Bearer<SendMessages>,
    IdOf(id): IdOf<MessageId>,
) -> Answer {
    app.cancel_message(&key.actor, id).await?;
    done()
}

/// Lets a message come to the gate again that did not leave, or of which nobody knows whether it
/// did.
#[utoipa::path(
    post, path = "/messages/{id}/again", tag = "messages", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn send_message_again(
    State(app): State<App>,
    key: Bearer<SendMessages>,
    IdOf(id): IdOf<MessageId>,
) -> Answer {
    app.send_message_again(&key.actor, id).await?;
    done()
}

/// The rules that messages go by: quiet hours, caps, noise budget, holdout.
#[utoipa::path(
    get, path = "/settings/messages", tag = "messages",
    responses((status = 200, body = PolicyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_message_policy(
    State(app): State<App>,
    _key: Bearer<ManageSettings>,
) -> Answer {
    ok(&PolicyOut::of(app.message_policy().await?))
}

/// Changes the rules, from the version that was read.
#[utoipa::path(
    put, path = "/settings/messages", tag = "messages", request_body = PolicyOut,
    responses((status = 200, body = PolicyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_message_policy(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<PolicyOut>,
) -> Answer {
    let (policy, version) = asked.read()?;
    let changed = app.change_message_policy(&key.actor, policy, version);
    ok(&PolicyOut::of(changed.await?))
}
