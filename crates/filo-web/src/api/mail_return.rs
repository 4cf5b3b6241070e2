//! Mail that came back: taking it in, and what there is.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use filo_app::{App, MailReturnRow};
use filo_core::id::{MailReturnId, MessageId};
use filo_core::mail::returned::BYTES_MOST;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, ok};
use super::mail;
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageSettings, RecordConsent};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mail::get_mail))
        .routes(routes!(mail::list_mail_records))
        .routes(routes!(mail::list_kept_mails))
        .routes(routes!(mail::get_kept_mail))
        .routes(routes!(mail::warm_up::get_mail_warm_up))
        .routes(routes!(mail::return_box::get_mail_return_box))
        .routes(routes!(list_mail_returns))
        .routes(routes!(get_mail_return))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mail::put_mail))
        .routes(routes!(mail::make_dkim_key))
        .routes(routes!(mail::test_mail))
        .routes(routes!(mail::warm_up::put_mail_warm_up))
        .routes(routes!(mail::return_box::put_mail_return_box))
        .routes(routes!(mail::return_box::test_mail_return_box))
        .routes(routes!(mail::return_box::fetch_mail_returns))
}

/// Something that came back by mail, about one address.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailReturn)]
pub(crate) struct ReturnOut {
    /// Its id.
    #[schema(value_type = String, example = "mrt_0123456789abcdefghjkmnpqrs")]
    id: Text<MailReturnId>,
    /// When it was taken in.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// `address_dead`, `account_disabled`, `mailbox_full`, `too_large`, `temporary`, `delayed`,
    /// `policy`, `configuration`, `unknown`, `complaint`, `unsubscribed`, `auto_reply` or
    /// `delivered`.
    class: &'static str,
    /// By what the class was found: `code …`, `words …`, `reply …`, `report`, `header` or
    /// `nothing`.
    basis: String,
    /// Whose mail it was; empty if nobody says, or if you may not see it.
    address: String,
    /// Which of our messages; null if the mail does not prove that it is about one.
    #[schema(value_type = Option<String>)]
    message: Option<Text<MessageId>>,
    /// The code of the conversation and the enhanced one.
    code: String,
    /// What the other side said.
    said: String,
    /// What followed: `put_aside`, `no_advertising`, `counted`, `alarm`, `nothing`, or `unproved`
    /// where it does not prove that it is about a message of ours.
    effect: String,
}

/// One of them with its mail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WholeMailReturn)]
pub(crate) struct WholeReturnOut {
    /// As in the list.
    #[serde(flatten)]
    notice: ReturnOut,
    /// The beginning of the mail.
    raw: String,
}

/// Takes in a mail that came back: the whole mail as the body, as a server hands it over. The
/// same mail brought again is answered with what it was the first time.
#[utoipa::path(
    post, path = "/mail/returns", tag = "mail",
    request_body(content = String, content_type = "message/rfc822"),
    responses((status = 200, body = Page<ReturnOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn take_mail_return(
    State(app): State<App>,
    key: Bearer<RecordConsent>,
    request: Request,
) -> Answer {
    let raw = to_bytes(request.into_body(), BYTES_MOST).await;
    let raw = raw.map_err(|_too_large| Problem::too_large(BYTES_MOST))?;
    let rows = app.take_return(&key.actor, &raw).await?;
    let sees = key.actor.may(filo_core::access::Right::SeePersonalData);
    let out = |row: MailReturnRow| {
        let mut out = ReturnOut::new(row);
        if !sees {
            out.address.clear();
            out.said.clear();
        }
        out
    };
    ok(&Page::whole(rows.into_iter().map(out).collect()))
}

/// What came back, newest first. It is kept for thirty days.
#[utoipa::path(
    get, path = "/mail/returns", tag = "mail", params(Paging),
    responses((status = 200, body = Page<ReturnOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_mail_returns(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let behind = paging.before()?;
    let behind = behind.map(|cursor| (cursor.at, MailReturnId(cursor.id)));
    let rows = app.mail_returns(&key.actor, behind, limit + 1).await?;
    let cursor = |row: &MailReturnRow| Cursor {
        at: row.at,
        id: row.id.0,
    };
    ok(&Page::of(rows, limit, cursor, ReturnOut::new))
}

/// One of them, with the beginning of the mail.
#[utoipa::path(
    get, path = "/mail/returns/{id}", tag = "mail", params(("id" = String, Path)),
    responses((status = 200, body = WholeReturnOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_mail_return(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    IdOf(id): IdOf<MailReturnId>,
) -> Answer {
    let row = app.mail_return(&key.actor, id).await?;
    ok(&WholeReturnOut {
        raw: row.raw.clone(),
        notice: ReturnOut::new(row),
    })
}

impl ReturnOut {
    fn new(row: MailReturnRow) -> Self {
        Self {
            id: Text(row.id),
            at: Text(row.at),
            class: row.class.word(),
            basis: row.basis,
            address: row.address,
            message: row.message.map(Text),
            code: row.code,
            said: row.said,
            effect: row.effect,
        }
    }
}
