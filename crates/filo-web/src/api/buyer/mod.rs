//! Who buys: what buyers are measured by, how many are in each group and stage, and where one
//! stands.
//!
//! **Invariant:** only counts and sums are told of all; of one, what whoever may see them may know.

mod told;

use axum::extract::State;
use filo_app::App;
use filo_core::id::CustomerId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::told::{BuyerDayOut, BuyersOut};
pub(super) use self::told::{BuyingOut, LackOut};
use super::answer::{Answer, ok};
use super::asked::BuyerDaysAsked;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Asked, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageSegments, SeePeople};

/// Days of an answer unless asked otherwise, and at most.
const DAYS_USUAL: u32 = 30;
const DAYS_MOST: u32 = 400;

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_buyers))
        .routes(routes!(list_buyer_days))
        .routes(routes!(get_buying))
}

/// Buyers as they were measured last: cuts and limits, groups, stages, and who moved. Before there
/// are enough buyers, what is missing.
#[utoipa::path(
    get, path = "/buyers", tag = "segments",
    responses((status = 200, body = BuyersOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_buyers(State(app): State<App>, _key: Bearer<ListPeople>) -> Answer {
    ok(&BuyersOut::new(&app.buyers().await?))
}

/// What was found on each day, the last one first.
#[utoipa::path(
    get, path = "/buyers/days", tag = "segments", params(BuyerDaysAsked),
    responses((status = 200, body = Page<BuyerDayOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_buyer_days(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    Asked(asked): Asked<BuyerDaysAsked>,
) -> Answer {
    let days = asked.days.unwrap_or(DAYS_USUAL);
    if !(1..=DAYS_MOST).contains(&days) {
        return Err(Problem::invalid(
            "days",
            format!("must be 1 to {DAYS_MOST}"),
        ));
    }
    let found = app.buyer_days(days).await?.into_iter();
    let told = found.map(|(day, measure)| BuyerDayOut::new(day, &measure));
    ok(&Page::whole(told.collect()))
}

/// Measures buyers now, as is done every night. Who is in segments that ask for scores or stages
/// follows.
#[utoipa::path(
    post, path = "/buyers/measuring", tag = "segments",
    responses((status = 200, body = BuyersOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn measure_buyers(State(app): State<App>, key: Bearer<ManageSegments>) -> Answer {
    app.measure_buyers(&key.actor).await?;
    ok(&BuyersOut::new(&app.buyers().await?))
}

/// Where a customer stands among those who buy.
#[utoipa::path(
    get, path = "/customers/{id}/buying", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = BuyingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_buying(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let customer = app.eyes(&key.actor).customer(id).await?;
    let customer = customer.ok_or_else(|| Problem::missing("customer"))?;
    ok(&BuyingOut::new(&app.buying_of(&customer).await?))
}
