//! Who is leaving.

mod asked;
mod told;

use axum::extract::State;
use filo_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::asked::{LeavingIn, LeavingPeopleIn};
use self::told::LeavingOut;
use super::worth::BuyerPeopleOut;
use crate::api::answer::{Answer, ok};
use crate::api::power::Bearer;
use crate::api::request::Asked;
use crate::problem::ProblemOut;
use crate::right::{SeeFigures, SeePeopleOfFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_leaving))
        .routes(routes!(list_leaving_people))
}

/// Who is leaving: those lost of the customers at the start of each of the last twelve months, by a
/// window and by the company’s own rhythm (the limits of the lifecycle); how many are at risk now;
/// and how well chances of 90 days before were told.
#[utoipa::path(
    get, path = "/analysis/leaving", tag = "analysis", params(LeavingIn),
    responses((status = 200, body = LeavingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_leaving(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<LeavingIn>,
) -> Answer {
    let asked = asked.read(&app)?;
    let view = app.leaving(&key.actor, &asked).await?;
    ok(&LeavingOut::new(&view, asked.window_days))
}

/// Who is behind a number of it, those with whom most is at stake first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/leaving/people", tag = "analysis", params(LeavingPeopleIn),
    responses((status = 200, body = BuyerPeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_leaving_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Asked(asked): Asked<LeavingPeopleIn>,
) -> Answer {
    let (asked, who) = asked.read(&app)?;
    let found = app.leaving_people(&key.actor, &asked, who).await?;
    ok(&BuyerPeopleOut::new(&found))
}
