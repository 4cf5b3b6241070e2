//! What a person may ask for: everything that is kept of them, and that it is forgotten.

use axum::extract::State;
use axum::response::IntoResponse;
use filo_app::{App, BackupsLeft, Dossier, Erasure, ErasurePlan, Ground, Receipt};
use filo_core::id::{CustomerId, ErasureId};
use filo_core::time::Timestamp;
use http::header;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, ok};
use super::beside_out::{BesideOut, RecipientOut};
use super::buyer::BuyingOut;
use super::computed_trait_out::LogicOut;
use super::customer_list_out::ListedOut;
use super::customer_out::CustomerOut;
use super::event::EventOut;
use super::message_out::MessageWhole;
use super::paging::{Cursor, Page, Paging};
use super::persona_out::PersonaOfOut;
use super::power::Bearer;
use super::reason_out::ExplanationOut;
use super::request::{Asked, Body, IdOf};
use super::segment_out::MembershipOut;
use crate::dossier::csv_file;
use crate::problem::{Problem, ProblemOut};
use crate::right::HandlePrivacy;

/// Everything that is kept of a person (GDPR, art. 15 and 20).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dossier)]
pub(crate) struct DossierOut<'a> {
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    made_at: Text<Timestamp>,
    /// Who they are, what they allow, what they bought and said; each value with where it came from.
    customer: CustomerOut<'a>,
    /// Why these identifiers are one person. Identifiers of others are left out.
    explanation: ExplanationOut<'a>,
    /// Everything on their thread, newest first, as it was sent.
    events: Vec<EventOut<'a>>,
    /// There are more events than a file holds; the rest is at `/customers/{id}/events`.
    is_cut: bool,
    /// The segments they are in.
    segments: Vec<MembershipOut>,
    /// The lists they were put on by hand.
    lists: Vec<ListedOut>,
    /// How what the computed traits say of them is arrived at.
    computed_logic: Vec<LogicOut>,
    /// Which kind of customers they are taken for, and by what logic; null if none.
    persona: Option<PersonaOfOut>,
    /// Where they stand among those who buy: scores, group and stage, with what makes them.
    buying: BuyingOut,
    /// What was said to them, newest first, and why it left or did not.
    messages: Vec<MessageWhole>,
    /// What lies beside the thread and names them.
    beside: Vec<BesideOut<'a>>,
    /// The other systems that are told of customers.
    recipients: Vec<RecipientOut<'a>>,
}

/// A file of everything, as bytes.
pub(crate) fn dossier_file(dossier: &Dossier, now: Timestamp) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec_pretty(&DossierOut::new(dossier, now))
}

impl<'a> DossierOut<'a> {
    fn new(dossier: &'a Dossier, now: Timestamp) -> Self {
        let recipients = dossier.recipients.iter();
        Self {
            made_at: Text(now),
            customer: CustomerOut::new(&dossier.customer, &dossier.computed),
            explanation: ExplanationOut::new(&dossier.explanation),
            events: dossier.events.iter().map(EventOut::new).collect(),
            is_cut: dossier.is_cut,
            segments: dossier
                .segments
                .iter()
                .cloned()
                .map(MembershipOut::new)
                .collect(),
            lists: dossier.lists.iter().cloned().map(ListedOut::new).collect(),
            computed_logic: dossier
                .computed
                .iter()
                .map(|value| LogicOut::new(value, &dossier.names))
                .collect(),
            persona: dossier.persona.as_ref().map(PersonaOfOut::new),
            buying: BuyingOut::new(&dossier.buying),
            messages: dossier
                .messages
                .iter()
                .cloned()
                .map(MessageWhole::of)
                .collect(),
            beside: dossier
                .beside
                .iter()
                .map(|(place, texts)| BesideOut::new(place, texts))
                .collect(),
            recipients: recipients.map(RecipientOut::new).collect(),
        }
    }
}

/// How much lies in a place.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlaceCount)]
pub(crate) struct PlaceOut {
    /// `quarantine`, `deliveries`, `answers`, `acts`, `incidents`, `requests`, `imports`, or
    /// `audiences`: addresses that are taken out at platforms of advertising.
    place: String,
    /// How much of it names the person.
    count: u64,
}

/// Backups that still hold a person: they are not changed, they grow old.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BackupsLeft)]
pub(crate) struct BackupsLeftOut {
    /// How many there are.
    count: u64,
    /// When the last of them is gone; null if nobody deletes them by themselves.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Text<Timestamp>>,
}

impl From<BackupsLeft> for BackupsLeftOut {
    fn from(left: BackupsLeft) -> Self {
        Self {
            count: left.count,
            until: left.until.map(Text),
        }
    }
}

/// What would go if a person were forgotten.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErasurePlan)]
pub(crate) struct PlanOut {
    /// Who.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// Their identifiers.
    identifiers: u64,
    /// Events on their thread.
    events: u64,
    /// What lies beside the thread.
    beside: Vec<PlaceOut>,
    /// What stays for a while.
    backups: BackupsLeftOut,
    /// Other systems that will be told (`customer.erased`).
    told: u64,
}

impl From<ErasurePlan> for PlanOut {
    fn from(plan: ErasurePlan) -> Self {
        let beside = plan.beside.into_iter();
        Self {
            customer: Text(plan.customer),
            identifiers: plan.identifiers,
            events: plan.events,
            beside: beside
                .map(|(place, count)| PlaceOut {
                    place: place.to_owned(),
                    count,
                })
                .collect(),
            backups: plan.backups.into(),
            told: plan.hearers,
        }
    }
}

/// What went, and what stays.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErasureReceipt)]
pub(crate) struct ReceiptOut {
    /// Events that are no more.
    events: u64,
    /// Events of others that no longer name the person.
    mended: u64,
    /// Identifiers of which nothing is left.
    identifiers: u64,
    /// What lay beside the thread.
    beside: Vec<PlaceOut>,
    /// Other systems that were told.
    told: u64,
    /// What stays for a while.
    backups: BackupsLeftOut,
}

impl From<Receipt> for ReceiptOut {
    fn from(receipt: Receipt) -> Self {
        let beside = receipt.beside.into_iter();
        Self {
            events: receipt.events,
            mended: receipt.mended,
            identifiers: receipt.identifiers,
            beside: beside
                .map(|(place, count)| PlaceOut { place, count })
                .collect(),
            told: receipt.told,
            backups: receipt.backups.into(),
        }
    }
}

/// A person who was forgotten, without anything of theirs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub(crate) struct ErasureOut {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<ErasureId>,
    /// When it was asked for: nothing that happened before comes back.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// Who did it.
    actor: String,
    /// `request`, `objection`, `not-needed` or `unlawful`.
    ground: String,
    /// Keyed hashes of identifiers that stay, so that nothing old comes back.
    kept_hashes: u64,
    /// What was done; null while it is not ended.
    receipt: Option<ReceiptOut>,
    /// When it was ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Text<Timestamp>>,
}

impl From<Erasure> for ErasureOut {
    fn from(erasure: Erasure) -> Self {
        Self {
            id: Text(erasure.id),
            at: Text(erasure.at),
            actor: erasure.actor,
            ground: erasure.ground,
            kept_hashes: erasure.kept_hashes,
            receipt: erasure.receipt.map(ReceiptOut::from),
            finished_at: erasure.finished_at.map(Text),
        }
    }
}

/// In which form.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormIn {
    /// `json`, or `csv`: one fact a line, comma-separated. Usually `json`.
    format: Option<String>,
}

/// Everything that is kept of a person, to be handed to them. Needs to see personal data too.
#[utoipa::path(
    post, path = "/customers/{id}/export", tag = "privacy", params(("id" = String, Path), FormIn),
    responses(
        (status = 200, content((DossierOut<'static> = "application/json"), (String = "text/csv"))),
        (status = "4XX", body = ProblemOut<'static>),
    ),
)]
pub(crate) async fn export_person(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<CustomerId>,
    Asked(form): Asked<FormIn>,
) -> Answer {
    let is_csv = match form.format.as_deref() {
        None | Some("json") => false,
        Some("csv") => true,
        Some(_) => return Err(Problem::invalid("format", "must be json or csv")),
    };
    let mut dossier = app.dossier(&key.actor, id).await?;
    dossier.leave_others_out();
    if is_csv {
        let text = csv_file(&dossier, &app.sources().await?, ',');
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        return Ok((headers, text).into_response());
    }
    ok(&DossierOut::new(&dossier, app.now()))
}

/// What would go if a person were forgotten, and what would stay.
#[utoipa::path(
    get, path = "/customers/{id}/erasure", tag = "privacy", params(("id" = String, Path)),
    responses((status = 200, body = PlanOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn plan_erasure(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let plan = app.plan_erasure(&key.actor, id).await?;
    ok(&PlanOut::from(plan))
}

/// Why a person is forgotten.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasureIn {
    /// `request`, `objection`, `not-needed` or `unlawful`.
    ground: String,
}

/// Forgets a person, for good. Answers when nothing of them is left.
#[utoipa::path(
    post, path = "/customers/{id}/erasure", tag = "privacy", params(("id" = String, Path)),
    request_body = ErasureIn,
    responses((status = 201, body = ErasureOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn erase(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<CustomerId>,
    Body(asked): Body<ErasureIn>,
) -> Answer {
    let hint = "must be request, objection, not-needed or unlawful";
    let ground =
        Ground::from_word(&asked.ground).ok_or_else(|| Problem::invalid("ground", hint))?;
    let erasure = app.erase(&key.actor, id, ground).await?;
    created(&ErasureOut::from(erasure))
}

/// People who were forgotten, the newest first.
#[utoipa::path(
    get, path = "/erasures", tag = "privacy", params(Paging),
    responses((status = 200, body = Page<ErasureOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_erasures(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|it| (it.at, ErasureId(it.id)));
    let mut rows = app.erasures(&key.actor, behind, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| {
        Cursor {
            at: row.at,
            id: row.id.0,
        }
        .write()
    });
    let data: Vec<ErasureOut> = rows.into_iter().map(ErasureOut::from).collect();
    ok(&Page { data, next })
}

/// One of them.
#[utoipa::path(
    get, path = "/erasures/{id}", tag = "privacy", params(("id" = String, Path)),
    responses((status = 200, body = ErasureOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_erasure(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<ErasureId>,
) -> Answer {
    ok(&ErasureOut::from(app.erasure(&key.actor, id).await?))
}

/// Ends an erasure that was begun and could not be ended, because a backup was being made, say.
#[utoipa::path(
    post, path = "/erasures/{id}/end", tag = "privacy", params(("id" = String, Path)),
    responses((status = 200, body = ErasureOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn end_erasure(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<ErasureId>,
) -> Answer {
    ok(&ErasureOut::from(app.finish_erasure(&key.actor, id).await?))
}
