//! How customers come to buy and come back, what they are worth and who is leaving.
//!
//! **Invariant:** only counts and sums are told here, but who is behind them, to whoever may list
//! people.

mod alert;
mod annotation;
mod asked;
mod cohort;
mod compare;
mod flow;
mod leaving;
mod monday;
mod people;
mod reorder;
mod sql;
mod told;
mod worth;

use axum::extract::State;
use filo_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::asked::{WayPeopleIn, WaysIn};
use self::cohort::{CohortPeopleIn, CohortsIn, CohortsOut};
use self::flow::{PathPeopleIn, PathsIn, PathsOut};
use self::people::FigurePeopleOut;
use self::reorder::{ReorderIn, ReorderOut, ReorderPeopleIn};
use self::told::{WayPeopleOut, WaysOut};
use super::answer::{Answer, ok};
use super::power::Bearer;
use super::request::Asked;
use crate::problem::ProblemOut;
use crate::right::{SeeFigures, SeePeopleOfFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_ways))
        .routes(routes!(list_way_people))
        .routes(routes!(get_paths))
        .routes(routes!(list_path_people))
        .routes(routes!(get_cohorts))
        .routes(routes!(list_cohort_people))
        .routes(routes!(get_reorder))
        .routes(routes!(list_reorder_people))
        .merge(worth::reads())
        .merge(leaving::reads())
        .merge(compare::reads())
        .merge(annotation::reads())
        .merge(alert::reads())
        .merge(monday::reads())
        .merge(sql::reads())
}

/// What can be written.
pub(super) fn writes() -> OpenApiRouter<App> {
    annotation::writes()
        .merge(alert::writes())
        .merge(monday::writes())
        .merge(sql::writes())
}

/// The ways on which customers came to buy in a period: how many touchpoints and days, which
/// sequences of channels, where it is decided, and who gets the credit by seven methods side by
/// side. It is read from everything that happened, at this moment.
#[utoipa::path(
    get, path = "/analysis/ways", tag = "analysis", params(WaysIn),
    responses((status = 200, body = WaysOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_ways(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<WaysIn>,
) -> Answer {
    let asked = asked.read(&app)?;
    ok(&WaysOut::new(&app.ways(&key.actor, &asked).await?))
}

/// Whose ways a number of a sequence counts, the latest orders first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/ways/people", tag = "analysis", params(WayPeopleIn),
    responses((status = 200, body = WayPeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_way_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Asked(asked): Asked<WayPeopleIn>,
) -> Answer {
    let (ways, touches, end) = asked.read(&app)?;
    let found = app.way_people(&key.actor, &ways, (&touches, end)).await?;
    ok(&WayPeopleOut::new(&found))
}

/// What follows on what on the ways to an order: steps between touchpoints with how often they are
/// gone and how long they take, where ways are lost, and what each channel has to do with it.
#[utoipa::path(
    get, path = "/analysis/paths", tag = "analysis", params(PathsIn),
    responses((status = 200, body = PathsOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_paths(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<PathsIn>,
) -> Answer {
    let asked = asked.read(&app)?;
    ok(&PathsOut::new(&app.paths(&key.actor, &asked).await?))
}

/// Whose ways a figure of the paths counts, 500 at most.
#[utoipa::path(
    get, path = "/analysis/paths/people", tag = "analysis", params(PathPeopleIn),
    responses((status = 200, body = FigurePeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_path_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Asked(asked): Asked<PathPeopleIn>,
) -> Answer {
    let (ways, passing) = asked.read(&app)?;
    let found = app.path_people(&key.actor, &ways, passing).await?;
    ok(&FigurePeopleOut::new(&found))
}

/// Who comes back: customers by the month or week of their first order, and how many of them
/// ordered, how often and for how much in each period since that is over.
#[utoipa::path(
    get, path = "/analysis/cohorts", tag = "analysis", params(CohortsIn),
    responses((status = 200, body = CohortsOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_cohorts(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<CohortsIn>,
) -> Answer {
    let asked = asked.read()?;
    let cohorts = app.cohorts(&key.actor, &asked).await?;
    ok(&CohortsOut::new(&app, &cohorts))
}

/// Who of a cohort ordered in a period, the latest orders first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/cohorts/people", tag = "analysis", params(CohortPeopleIn),
    responses((status = 200, body = FigurePeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_cohort_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Asked(asked): Asked<CohortPeopleIn>,
) -> Answer {
    let (cohorts, cell) = asked.read()?;
    let found = app.cohort_people(&key.actor, &cohorts, cell).await?;
    ok(&FigurePeopleOut::new(&found))
}

/// When the same product is bought again, the one that is most often first, 100 at most.
#[utoipa::path(
    get, path = "/analysis/reorder", tag = "analysis", params(ReorderIn),
    responses((status = 200, body = ReorderOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_reorder(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<ReorderIn>,
) -> Answer {
    let asked = asked.read()?;
    ok(&ReorderOut::new(&app.reorder(&key.actor, &asked).await?))
}

/// Who bought a product, bought it again, or is due, the latest purchases first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/reorder/people", tag = "analysis", params(ReorderPeopleIn),
    responses((status = 200, body = FigurePeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_reorder_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Asked(asked): Asked<ReorderPeopleIn>,
) -> Answer {
    let (segment, who) = asked.read()?;
    let (_, found) = app.reorder_people(&key.actor, segment, &who).await?;
    ok(&FigurePeopleOut::new(&found))
}
