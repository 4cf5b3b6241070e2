//! What people ask about their data, and by when it is answered.

use axum::extract::State;
use filo_app::{App, DataRequestView, NewDataRequest, Whose};
use filo_core::id::{CustomerId, DataRequestId, ErasureId};
use filo_core::privacy::data_request::{DataRequest, Proof, Way, Wish};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, created, ok};
use super::paging::{Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::console::data_request::cursor;
use crate::problem::{Problem, ProblemOut};
use crate::right::HandlePrivacy;

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(enter_data_request))
        .routes(routes!(check_data_request))
        .routes(routes!(extend_data_request))
        .routes(routes!(answer_data_request))
        .routes(routes!(refuse_data_request))
        .routes(routes!(reopen_data_request))
}

/// What somebody asked about their data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DataRequest)]
pub(crate) struct DataRequestOut {
    /// Its id.
    #[schema(value_type = String, example = "dsr_0123456789abcdefghjkmnpqrs")]
    id: Text<DataRequestId>,
    /// `access`, `portability`, `rectification`, `erasure` or `objection`.
    wish: &'static str,
    /// How it came: `page`, `shop`, `phone` or `mail`.
    way: &'static str,
    /// `received`, `checked`, `done` or `refused`.
    stage: &'static str,
    /// Who asks; empty once they were forgotten.
    address: String,
    /// In their words.
    message: String,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    received_at: Text<Timestamp>,
    /// The last instant of the last day to answer.
    #[schema(value_type = String, format = DateTime)]
    due_at: Text<Timestamp>,
    /// Days until that day; negative behind it.
    days_left: i64,
    /// When it was shown to be theirs.
    #[schema(value_type = Option<String>, format = DateTime)]
    checked_at: Option<Text<Timestamp>>,
    /// By what: `link`, `document`, `known` or `callback`.
    proof: Option<&'static str>,
    /// When it was extended.
    #[schema(value_type = Option<String>, format = DateTime)]
    extended_at: Option<Text<Timestamp>>,
    /// Why.
    extension_reason: String,
    /// When it was done or refused.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Text<Timestamp>>,
    /// What was answered, or why it was refused.
    closing_note: String,
    /// The erasure by which it was done.
    #[schema(value_type = Option<String>)]
    erasure: Option<Text<ErasureId>>,
    /// Whose it is, if they are known. Not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    customer: Option<Text<CustomerId>>,
    /// The link by which they show that it is theirs, while nobody has. Not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl DataRequestOut {
    fn of(row: DataRequest, days_left: i64) -> Self {
        Self {
            id: Text(row.id),
            wish: row.wish.word(),
            way: row.way.word(),
            stage: row.stage.word(),
            address: row.contact,
            message: row.message,
            received_at: Text(row.received_at),
            due_at: Text(row.due_at),
            days_left,
            checked_at: row.checked_at.map(Text),
            proof: row.proof.map(Proof::word),
            extended_at: row.extended_at.map(Text),
            extension_reason: row.extension_reason,
            closed_at: row.closed_at.map(Text),
            closing_note: row.closing_note,
            erasure: row.erasure.map(Text),
            customer: None,
            link: None,
        }
    }
}

impl From<DataRequestView> for DataRequestOut {
    fn from(view: DataRequestView) -> Self {
        Self {
            customer: view.customer.map(Text),
            link: view.link,
            ..Self::of(view.request, view.days_left)
        }
    }
}

/// Which requests.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// `open`, the one that is due first first, or `closed`, the last one first. Usually `open`.
    show: Option<String>,
    /// `next` of the page before.
    before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// Requests that wait for an answer, or that were answered.
#[utoipa::path(
    get, path = "/data-requests", tag = "privacy", params(Which),
    responses((status = 200, body = Page<DataRequestOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_data_requests(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Asked(which): Asked<Which>,
) -> Answer {
    let closed = match which.show.as_deref() {
        None | Some("open") => false,
        Some("closed") => true,
        Some(_) => return Err(Problem::invalid("show", "must be open or closed")),
    };
    let paging = Paging::new(which.before, which.limit);
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|it| (it.at, DataRequestId(it.id)));
    let page = (behind, limit + 1);
    let rows = app.data_requests(&key.actor, closed, page).await?;
    let (now, zone) = (app.now(), app.zone());
    ok(&Page::of(rows, limit, cursor, |row| {
        let days_left = row.days_left(now, &zone);
        DataRequestOut::of(row, days_left)
    }))
}

/// One request.
#[utoipa::path(
    get, path = "/data-requests/{id}", tag = "privacy", params(("id" = String, Path)),
    responses((status = 200, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<DataRequestId>,
) -> Answer {
    let view = app.data_request(&key.actor, id).await?;
    ok(&DataRequestOut::from(view))
}

/// A request that came by telephone, by letter or in the shop.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DataRequestIn {
    /// `access`, `portability`, `rectification`, `erasure` or `objection`.
    wish: String,
    /// How it came: `page`, `shop`, `phone` or `mail`.
    way: String,
    /// Who asks: an e-mail address or a telephone number, as it is typed; or give `customer`.
    address: Option<String>,
    /// Who asks, if they are known.
    customer: Option<String>,
    /// In their words.
    #[serde(default)]
    message: String,
    /// When it came, RFC 3339; left out for now.
    received_at: Option<String>,
    /// By what they have shown that it is theirs: `document`, `known` or `callback`; left out if
    /// they have not yet.
    proof: Option<String>,
}

fn proof_of(word: &str) -> Result<Proof, Problem> {
    let proof = Proof::from_word(word).filter(|proof| Proof::BY_PEOPLE.contains(proof));
    proof.ok_or_else(|| Problem::invalid("proof", "must be document, known or callback"))
}

impl DataRequestIn {
    fn read(self) -> Result<NewDataRequest, Problem> {
        let wishes = Wish::ALL.map(Wish::word).join(", ");
        let ways = Way::ALL.map(Way::word).join(", ");
        let whose = match (self.address, self.customer) {
            (Some(address), None) => Whose::Address(address),
            (None, Some(id)) => {
                let id = id.parse().map_err(|_not_one| {
                    Problem::invalid("customer", "the id of a customer, `cus_…`")
                })?;
                Whose::Customer(id)
            }
            _ => {
                return Err(Problem::invalid(
                    "address",
                    "give either address or customer",
                ));
            }
        };
        let received_at = self.received_at.map(|text| {
            Timestamp::parse(&text)
                .ok_or_else(|| Problem::invalid("received_at", "an instant of RFC 3339"))
        });
        Ok(NewDataRequest {
            wish: Wish::from_word(&self.wish)
                .ok_or_else(|| Problem::invalid("wish", format!("one of {wishes}")))?,
            way: Way::from_word(&self.way)
                .ok_or_else(|| Problem::invalid("way", format!("one of {ways}")))?,
            whose,
            message: self.message,
            received_at: received_at.transpose()?,
            proof: self.proof.as_deref().map(proof_of).transpose()?,
        })
    }
}

/// Takes down what somebody asks.
#[utoipa::path(
    post, path = "/data-requests", tag = "privacy", request_body = DataRequestIn,
    responses((status = 201, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn enter_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Body(asked): Body<DataRequestIn>,
) -> Answer {
    let view = app.enter_data_request(&key.actor, asked.read()?).await?;
    created(&DataRequestOut::from(view))
}

/// By what it was shown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckIn {
    /// `document`, `known` or `callback`.
    proof: String,
}

/// Takes down that a request was shown to be theirs.
#[utoipa::path(
    post, path = "/data-requests/{id}/check", tag = "privacy", params(("id" = String, Path)),
    request_body = CheckIn,
    responses((status = 200, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn check_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<DataRequestId>,
    Body(asked): Body<CheckIn>,
) -> Answer {
    let proof = proof_of(&asked.proof)?;
    let view = app.check_data_request(&key.actor, id, proof).await?;
    ok(&DataRequestOut::from(view))
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonIn {
    /// The reason; who asked is told.
    reason: String,
}

/// Takes two more months, within the first one.
#[utoipa::path(
    post, path = "/data-requests/{id}/extension", tag = "privacy", params(("id" = String, Path)),
    request_body = ReasonIn,
    responses((status = 200, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn extend_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<DataRequestId>,
    Body(asked): Body<ReasonIn>,
) -> Answer {
    let view = app.extend_data_request(&key.actor, id, &asked.reason);
    ok(&DataRequestOut::from(view.await?))
}

/// What was answered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerIn {
    /// What is to be known of the answer.
    #[serde(default)]
    note: String,
}

/// Does what a checked request asks and closes it. An erasure erases; an objection withdraws every
/// consent and puts the addresses on the suppression list; of the others it says that a copy was
/// handed over, or the value corrected.
#[utoipa::path(
    post, path = "/data-requests/{id}/answer", tag = "privacy", params(("id" = String, Path)),
    request_body = AnswerIn,
    responses((status = 200, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn answer_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<DataRequestId>,
    Body(asked): Body<AnswerIn>,
) -> Answer {
    let view = app.answer_data_request(&key.actor, id, &asked.note).await?;
    ok(&DataRequestOut::from(view))
}

/// Refuses a request.
#[utoipa::path(
    post, path = "/data-requests/{id}/refusal", tag = "privacy", params(("id" = String, Path)),
    request_body = ReasonIn,
    responses((status = 200, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn refuse_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<DataRequestId>,
    Body(asked): Body<ReasonIn>,
) -> Answer {
    let view = app.refuse_data_request(&key.actor, id, &asked.reason);
    ok(&DataRequestOut::from(view.await?))
}

/// Opens a request again that was closed by mistake.
#[utoipa::path(
    post, path = "/data-requests/{id}/reopening", tag = "privacy", params(("id" = String, Path)),
    responses((status = 200, body = DataRequestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn reopen_data_request(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    IdOf(id): IdOf<DataRequestId>,
) -> Answer {
    let view = app.reopen_data_request(&key.actor, id).await?;
    ok(&DataRequestOut::from(view))
}
