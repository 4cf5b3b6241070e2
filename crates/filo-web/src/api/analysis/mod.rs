//! How the channels work together, what customers are worth and who is leaving.
//!
//! **Invariant:** only counts and sums are told here, but who is behind them, to whoever may list
//! people.

mod asked;
mod leaving;
mod told;
mod worth;

use axum::extract::State;
use filo_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::asked::{WayPeopleIn, WaysIn};
use self::told::{WayPeopleOut, WaysOut};
use super::answer::{Answer, ok};
use super::power::Bearer;
use super::request::Asked;
use crate::problem::ProblemOut;
use crate::right::{ListPeople, SeeFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_ways))
        .routes(routes!(list_way_people))
        .merge(worth::reads())
        .merge(leaving::reads())
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
    key: Bearer<ListPeople>,
    Asked(asked): Asked<WayPeopleIn>,
) -> Answer {
    let (ways, touches, end) = asked.read(&app)?;
    let found = app.way_people(&key.actor, &ways, (&touches, end)).await?;
    ok(&WayPeopleOut::new(&found))
}
