//! Segments: who is in, who came and left, and why.
//!
//! **Invariant:** of people only ids are told here; what is known of them is told where it is
//! covered for whoever may not see it.

use axum::extract::State;
use filo_app::App;
use filo_app::segment::{MemberRow, SegmentView, TURNS_MOST};
use filo_core::id::{CustomerId, SegmentId};
use filo_core::time::Timestamp;

use super::answer::{Answer, created, ok};
use super::asked::{GrowthAsked, OverlapAsked, TurnsAsked};
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf, IdsOf};
use super::segment_in::{SegmentChangeIn, SegmentIn};
use super::segment_out::{
    GrowthDayOut, MemberOut, MembershipOut, OverlapOut, ReasonOut, SegmentOut, TurnOut,
};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageSegments, SeePeople};

/// Turns of an answer unless asked otherwise.
const TURNS_USUAL: u32 = 100;
/// Days of growth unless asked otherwise, and at most.
const DAYS_USUAL: u16 = 90;
const DAYS_MOST: u16 = 400;

/// Every segment, also those that were put away, by name.
#[utoipa::path(
    get, path = "/segments", tag = "segments",
    responses((status = 200, body = Page<SegmentOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_segments(State(app): State<App>, _key: Bearer<ListPeople>) -> Answer {
    let names = app.segment_names().await?;
    let views = app.segments().await?.into_iter();
    let told = views.map(|view| SegmentOut::new(view, &names));
    ok(&Page::whole(told.collect()))
}

/// One segment.
#[utoipa::path(
    get, path = "/segments/{id}", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = SegmentOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_segment(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<SegmentId>,
) -> Answer {
    ok(&told(&app, app.segment(id).await?).await?)
}

/// Makes a segment. From then on it is kept up with every event; whoever was there before is
/// looked at beside, and `filled_at` says when everybody was.
#[utoipa::path(
    post, path = "/segments", tag = "segments", request_body = SegmentIn,
    responses((status = 201, body = SegmentOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_segment(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    Body(new): Body<SegmentIn>,
) -> Answer {
    let (draft, given) = new.draft()?;
    let made = app.create_segment(&key.actor, draft).await;
    let made = made.map_err(|error| given.blame(error))?;
    created(&told(&app, made).await?)
}

/// Changes a segment. Who is in and who is not follows.
#[utoipa::path(
    put, path = "/segments/{id}", tag = "segments", params(("id" = String, Path)),
    request_body = SegmentChangeIn,
    responses((status = 200, body = SegmentOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_segment(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<SegmentId>,
    Body(change): Body<SegmentChangeIn>,
) -> Answer {
    let from = (id, change.version);
    let (draft, given) = change.draft()?;
    let changed = app.change_segment(&key.actor, from, draft).await;
    let changed = changed.map_err(|error| given.blame(error))?;
    ok(&told(&app, changed).await?)
}

/// Puts a segment away: nobody is in it any more, and it can be brought back.
#[utoipa::path(
    post, path = "/segments/{id}/archiving", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = SegmentOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn archive_segment(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<SegmentId>,
) -> Answer {
    ok(&told(&app, app.archive_segment(&key.actor, id).await?).await?)
}

/// Brings back a segment that was put away.
#[utoipa::path(
    post, path = "/segments/{id}/restoring", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = SegmentOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_segment(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<SegmentId>,
) -> Answer {
    ok(&told(&app, app.restore_segment(&key.actor, id).await?).await?)
}

/// Who is in a segment, by id.
#[utoipa::path(
    get, path = "/segments/{id}/members", tag = "segments",
    params(("id" = String, Path), Paging),
    responses((status = 200, body = Page<MemberOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_members(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<SegmentId>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|cursor| CustomerId(cursor.id));
    let more = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let rows = app.segment_members(id, behind, more).await?;
    let cursor = |row: &MemberRow| Cursor {
        at: Timestamp(0),
        id: row.customer.0,
    };
    ok(&Page::of(rows, limit, cursor, MemberOut::new))
}

/// Who came into a segment and who left it, in order. Ask again with the last `number`.
#[utoipa::path(
    get, path = "/segments/{id}/turns", tag = "segments",
    params(("id" = String, Path), TurnsAsked),
    responses((status = 200, body = Page<TurnOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_turns(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<SegmentId>,
    Asked(asked): Asked<TurnsAsked>,
) -> Answer {
    let limit = asked.limit.unwrap_or(TURNS_USUAL);
    if !(1..=TURNS_MOST).contains(&limit) {
        return Err(Problem::invalid(
            "limit",
            format!("must be 1 to {TURNS_MOST}"),
        ));
    }
    let turns = app.segment_turns(id, asked.after, limit).await?.into_iter();
    ok(&Page::whole(turns.map(TurnOut::new).collect()))
}

/// How a segment grew, day by day.
#[utoipa::path(
    get, path = "/segments/{id}/growth", tag = "segments",
    params(("id" = String, Path), GrowthAsked),
    responses((status = 200, body = Page<GrowthDayOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_growth(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<SegmentId>,
    Asked(asked): Asked<GrowthAsked>,
) -> Answer {
    let days = asked.days.unwrap_or(DAYS_USUAL);
    if !(1..=DAYS_MOST).contains(&days) {
        return Err(Problem::invalid(
            "days",
            format!("must be 1 to {DAYS_MOST}"),
        ));
    }
    let growth = app.segment_growth(id, days).await?;
    ok(&Page::whole(GrowthDayOut::of(growth)))
}

/// How segments lie over one another: how many are in each, and in each two of them.
#[utoipa::path(
    get, path = "/segment-overlap", tag = "segments", params(OverlapAsked),
    responses((status = 200, body = OverlapOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_overlap(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    Asked(asked): Asked<OverlapAsked>,
) -> Answer {
    let ids: Result<Vec<SegmentId>, _> = asked.segments.split(',').map(str::parse).collect();
    let hint = "must be two to five ids of segments, divided by commas";
    let ids = ids.map_err(|_no_id| Problem::invalid("segments", hint))?;
    ok(&OverlapOut::new(app.segment_overlap(&ids).await?))
}

/// Why a customer is in a segment, or not, part by part, and until when that stands.
#[utoipa::path(
    get, path = "/segments/{id}/members/{customer}", tag = "segments",
    params(("id" = String, Path), ("customer" = String, Path)),
    responses((status = 200, body = ReasonOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn explain_member(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdsOf(id, customer): IdsOf<SegmentId, CustomerId>,
) -> Answer {
    let names = app.segment_names().await?;
    let reason = app.why_in_segment(id, customer).await?;
    ok(&ReasonOut::new(&reason, &names))
}

/// The segments that a customer is in.
#[utoipa::path(
    get, path = "/customers/{id}/segments", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = Page<MembershipOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn segments_of(
    State(app): State<App>,
    _key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let view = app
        .customer(id)
        .await?
        .ok_or_else(|| Problem::missing("customer"))?;
    let memberships = app.segments_of(view.id).await?.into_iter();
    ok(&Page::whole(memberships.map(MembershipOut::new).collect()))
}

/// A segment in the words of the company.
async fn told(app: &App, view: SegmentView) -> Result<SegmentOut, Problem> {
    Ok(SegmentOut::new(view, &app.segment_names().await?))
}
