//! What journeys changed, which way of an experiment does more, and who stands behind each figure.

use axum::extract::State;
use filo_app::App;
use filo_app::impact::Measured;
use filo_core::id::{JourneyId, RunId};
use filo_core::impact::{Figure, Person};
use filo_core::journey::{Steering, StepId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::answer::{Answer, done, ok};
use super::super::asked::{BehindAsked, ImpactAsked};
use super::super::journey_out::JourneyOut;
use super::super::paging::{LIMIT_MOST, Page};
use super::super::power::Bearer;
use super::super::request::{Asked, Body, IdOf};
use super::impact_out::{ExperimentOut, ImpactOut, PersonOut};
use super::names;
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageJourneys, SeeFigures};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_impact))
        .routes(routes!(list_experiments))
        .routes(routes!(list_people_behind))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(keep_way))
        .routes(routes!(steer_shares))
}

/// A way to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepingIn {
    /// The version of the journey that was read.
    version: i64,
    /// The step of the experiment.
    step: String,
    /// The place of the way, from 0.
    way: usize,
}

/// What is said of shares that learn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SteeringIn {
    /// The step of the experiment.
    step: String,
    /// `freeze` lets them stand still, `equal` makes them equal and lets them stand still,
    /// `resume` lets them learn again.
    shares: String,
}

/// What a journey changed: those who went it against those held back, per goal and in money, with
/// intervals that hold at whatever moment one looks. Everybody counts once, in the group of their
/// first run, once their time is over.
#[utoipa::path(
    get, path = "/journeys/{id}/impact", tag = "journeys",
    params(("id" = String, Path), ImpactAsked),
    responses((status = 200, body = ImpactOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_impact(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<JourneyId>,
    Asked(asked): Asked<ImpactAsked>,
) -> Answer {
    let view = app.journey_impact(id, asked.version).await?;
    ok(&ImpactOut::from(view.ok_or_else(not_started)?))
}

/// The experiments of the version that takes people in, each with what came of it.
#[utoipa::path(
    get, path = "/journeys/{id}/experiments", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = Page<ExperimentOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_experiments(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<JourneyId>,
) -> Answer {
    let views = app.journey_experiments(id).await?.into_iter();
    ok(&Page::whole(views.map(ExperimentOut::from).collect()))
}

/// The people behind a figure of a journey or of one of its experiments, the last ones first: as
/// many as the figure says.
#[utoipa::path(
    get, path = "/journeys/{id}/impact/people", tag = "journeys",
    params(("id" = String, Path), BehindAsked),
    responses((status = 200, body = Page<PersonOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_people_behind(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<JourneyId>,
    Asked(asked): Asked<BehindAsked>,
) -> Answer {
    let hint = "`entered`, `open`, `counted`, `reached` or `bought`";
    let figure =
        Figure::from_word(&asked.figure).ok_or_else(|| Problem::invalid("figure", hint))?;
    let measured = measured(&app, id, &asked).await?;
    if asked.group >= measured.impact.groups.len() {
        return Err(Problem::invalid("group", "the place of one of the groups"));
    }
    let all = measured.behind(asked.group, figure);
    let begin = match &asked.before {
        None => 0,
        Some(text) => {
            let run: Option<RunId> = text.parse().ok();
            let place = run.and_then(|run| all.iter().position(|person| person.run == run));
            let hint = "must be the `next` of an earlier page, unchanged";
            place.ok_or_else(|| Problem::invalid("before", hint))? + 1
        }
    };
    let page: Vec<&Person> = all.iter().skip(begin).take(LIMIT_MOST).copied().collect();
    let is_more = begin + page.len() < all.len();
    let last = page.last().filter(|_| is_more);
    ok(&Page {
        next: last.map(|person| person.run.to_string()),
        data: page.into_iter().map(PersonOut::from).collect(),
    })
}

async fn measured(app: &App, id: JourneyId, asked: &BehindAsked) -> Result<Measured, Problem> {
    let Some(step) = asked.step.as_deref() else {
        let view = app.journey_impact(id, asked.version).await?;
        return Ok(view.ok_or_else(not_started)?.measured);
    };
    let step = StepId::from(step);
    let mut views = app.journey_experiments(id).await?.into_iter();
    let view = views.find(|view| view.step == step);
    let hint = "the step of an experiment in the version that takes people in";
    Ok(view.ok_or_else(|| Problem::invalid("step", hint))?.measured)
}

fn not_started() -> Problem {
    let why = "the journey was never published: nobody has come in yet";
    filo_app::Error::Conflict(why.to_owned()).into()
}

/// Lets what is worked on go one way of an experiment only. It counts once it is published; the
/// other ways keep their steps, and their shares can be given back.
#[utoipa::path(
    post, path = "/journeys/{id}/keeping", tag = "journeys", params(("id" = String, Path)),
    request_body = KeepingIn,
    responses((status = 200, body = JourneyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn keep_way(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(asked): Body<KeepingIn>,
) -> Answer {
    let step = StepId::from(asked.step.as_str());
    let from = (id, asked.version);
    let kept = app.keep_way(&key.actor, from, (&step, asked.way)).await?;
    ok(&JourneyOut::new(kept, &names(&app).await?))
}

/// Freezes the shares of an experiment that learns, makes them equal, or lets them learn again. It
/// holds a minute later, for whoever comes to the step from then on, and can be taken back.
#[utoipa::path(
    post, path = "/journeys/{id}/shares", tag = "journeys", params(("id" = String, Path)),
    request_body = SteeringIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn steer_shares(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(asked): Body<SteeringIn>,
) -> Answer {
    let hint = "`freeze`, `equal` or `resume`";
    let steering =
        Steering::from_word(&asked.shares).ok_or_else(|| Problem::invalid("shares", hint))?;
    let step = StepId::from(asked.step.as_str());
    app.steer_shares(&key.actor, (id, &step), steering).await?;
    done()
}
