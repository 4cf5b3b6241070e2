//! The quality of what is known: the figures, what is wrong, mending it and leaving it.

use axum::extract::{Path, State};
use filo_app::{App, FindingPlace};
use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, created, done, ok};
use super::asked::FindingsAsked;
use super::paging::{Page, Paging};
use super::power::Bearer;
use super::quality_out::{CustomerQualityOut, FindingOut, LeftOut, MendedOut, PicksIn, QualityOut};
use super::request::{Asked, Body, IdOf};
use crate::findings::{mark, place, which};
use crate::problem::{Problem, ProblemOut};
use crate::right::{DecideIdentity, ListPeople, SeePeople};

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mend_findings))
        .routes(routes!(undo_mending))
        .routes(routes!(leave_findings))
        .routes(routes!(take_up_findings))
}

/// How good what is known is, and what to mend first.
#[utoipa::path(
    get, path = "/quality", tag = "quality",
    responses((status = 200, body = QualityOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_quality(State(app): State<App>, key: Bearer<ListPeople>) -> Answer {
    ok(&QualityOut::from(app.quality(&key.actor).await?))
}

/// What is wrong, by customer.
#[utoipa::path(
    get, path = "/quality/findings", tag = "quality", params(FindingsAsked),
    responses((status = 200, body = Page<FindingOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_findings(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    Asked(asked): Asked<FindingsAsked>,
) -> Answer {
    let which = which(&asked.reason, &asked.gain, asked.proposed)
        .ok_or_else(|| Problem::invalid("reason", "there is no such reason or gain"))?;
    let behind = match asked.before.as_deref() {
        Some(text) => {
            let hint = "must be the `next` of an earlier page, unchanged";
            place(text).ok_or_else(|| Problem::invalid("before", hint))?
        }
        None => FindingPlace::default(),
    };
    if asked.before.is_some() {
        app.note_listing(&key.actor).await?;
    }
    let limit = Paging::new(None, asked.limit).limit()?;
    let mut rows = app.findings(&key.actor, &which, &behind, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(mark);
    ok(&Page {
        next,
        data: rows.into_iter().map(FindingOut::from).collect(),
    })
}

/// How good what is known of a customer is.
#[utoipa::path(
    get, path = "/customers/{id}/quality", tag = "quality", params(("id" = String, Path)),
    responses((status = 200, body = CustomerQualityOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_customer_quality(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let missing = || Problem::missing("customer");
    let quality = app
        .person_quality(&key.actor, id)
        .await?
        .ok_or_else(missing)?;
    ok(&CustomerQualityOut::from(quality))
}

/// Makes values say what was proposed.
#[utoipa::path(
    post, path = "/quality/mendings", tag = "quality", request_body = PicksIn,
    responses((status = 201, body = MendedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn mend_findings(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(picks): Body<PicksIn>,
) -> Answer {
    let question = format!("reason={}&gain={}", picks.reason, picks.gain);
    let mended = app.mend(&key.actor, &picks.picked()?, &question).await?;
    created(&MendedOut {
        act: format!("{:032x}", mended.act),
        customers: mended.people,
        skipped: mended.skipped,
    })
}

/// Says the former values again, of those who still have the mended ones.
#[utoipa::path(
    delete, path = "/quality/mendings/{act}", tag = "quality", params(("act" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn undo_mending(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Path(act): Path<String>,
) -> Answer {
    let act = u128::from_str_radix(&act, 16).map_err(|_no_number| Problem::no_route())?;
    app.undo_mending(&key.actor, act).await?;
    done()
}

/// Leaves values as they are, for good: they are no longer found wrong.
#[utoipa::path(
    post, path = "/quality/leavings", tag = "quality", request_body = PicksIn,
    responses((status = 201, body = LeftOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn leave_findings(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Body(picks): Body<PicksIn>,
) -> Answer {
    let left = app.leave_findings(&key.actor, &picks.picked()?).await?;
    created(&LeftOut {
        act: left.at.0.to_string(),
        values: left.values,
    })
}

/// Takes up what the same caller left as it was.
#[utoipa::path(
    delete, path = "/quality/leavings/{act}", tag = "quality", params(("act" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn take_up_findings(
    State(app): State<App>,
    key: Bearer<DecideIdentity>,
    Path(act): Path<String>,
) -> Answer {
    let at = act.parse().map_err(|_no_number| Problem::no_route())?;
    app.take_up_findings(&key.actor, Timestamp(at)).await?;
    done()
}
