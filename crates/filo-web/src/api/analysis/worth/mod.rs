//! What customers are worth.

mod asked;
mod person;
mod told;

use axum::extract::State;
use filo_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::asked::{WorthIn, WorthPeopleIn};
pub(super) use self::asked::{instant, segment};
pub(super) use self::person::BuyerPeopleOut;
use self::told::WorthOut;
pub(super) use self::told::lacks;
use crate::api::answer::{Answer, ok};
use crate::api::power::Bearer;
use crate::api::request::Asked;
use crate::problem::ProblemOut;
use crate::right::{SeeFigures, SeePeopleOfFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_worth))
        .routes(routes!(list_worth_people))
}

/// What customers are worth: by the simple formula, and by what is expected of each in the next 30,
/// 90 and 365 days (BG/NBD and Gamma–Gamma), in all, by group and by the chance that they still buy
/// here. The model is learned from everybody; `segment` narrows whom is told of.
#[utoipa::path(
    get, path = "/analysis/worth", tag = "analysis", params(WorthIn),
    responses((status = 200, body = WorthOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_worth(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<WorthIn>,
) -> Answer {
    let asked = asked.read(&app)?;
    ok(&WorthOut::new(&app.worth(&key.actor, &asked).await?))
}

/// Who is behind a number of it, those of whom most is expected first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/worth/people", tag = "analysis", params(WorthPeopleIn),
    responses((status = 200, body = BuyerPeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_worth_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Asked(asked): Asked<WorthPeopleIn>,
) -> Answer {
    let (asked, who) = asked.read(&app)?;
    let found = app.worth_people(&key.actor, &asked, who).await?;
    ok(&BuyerPeopleOut::new(&found))
}
