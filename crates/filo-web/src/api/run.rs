//! Runs: who is on the way of a journey, where they stand and why; letting in and taking out.

use axum::extract::State;
use filo_app::App;
use filo_app::journey::{LineRow, RUNS_MOST, RunView};
use filo_core::id::{CustomerId, JourneyId, RunId};
use filo_core::journey::Run;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done, ok};
use super::asked::RunsAsked;
use super::journey_in::RunIn;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageJourneys, SeePeople};

/// One customer's way through a journey.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Run)]
pub(crate) struct RunOut {
    /// Its id.
    #[schema(value_type = String, example = "run_0123456789abcdefghjkmnpqrs")]
    id: Text<RunId>,
    /// Of which journey.
    #[schema(value_type = String)]
    journey: Text<JourneyId>,
    /// By which version.
    version: i64,
    /// Whose it is.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// What it is about; empty if there is one for the customer.
    key: String,
    /// Nothing is done with them, so that it is seen what the journey changes.
    is_held_back: bool,
    /// What brought them in: a word, and what it names.
    why: String,
    /// The step it stands at.
    step: String,
    /// How: `waits`, `listens`, `asked`, `asked_late`, `echo` …
    stand: &'static str,
    /// When they came in.
    #[schema(value_type = String, format = DateTime)]
    entered_at: Text<Timestamp>,
    /// Since when it stands there.
    #[schema(value_type = String, format = DateTime)]
    since: Text<Timestamp>,
    /// When it is looked at next; null while only something that happens can move it on.
    #[schema(value_type = Option<String>, format = DateTime)]
    wakes_at: Option<Text<Timestamp>>,
    /// When the goal was reached.
    #[schema(value_type = Option<String>, format = DateTime)]
    goal_at: Option<Text<Timestamp>>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// How: `done`, `goal`, `exit` …
    ending: Option<&'static str>,
}

impl From<Run> for RunOut {
    fn from(run: Run) -> Self {
        Self {
            id: Text(run.id),
            journey: Text(run.journey),
            version: run.version,
            customer: Text(run.customer),
            key: run.key.into(),
            is_held_back: run.is_held_back,
            why: run.why.into(),
            step: run.step.0.into(),
            stand: run.stand.word(),
            entered_at: Text(run.entered_at),
            since: Text(run.since),
            wakes_at: run.wakes_at.map(Text),
            goal_at: run.goal_at.map(Text),
            ended_at: run.ended.map(|(at, _)| Text(at)),
            ending: run.ended.map(|(_, ending)| ending.word()),
        }
    }
}

/// A run with what happened on it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RunWhole)]
pub(crate) struct RunWholeOut {
    /// The run.
    #[serde(flatten)]
    run: RunOut,
    /// What happened, in order.
    lines: Vec<LineOut>,
}

/// Something that happened to a run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RunLine)]
pub(crate) struct LineOut {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// At which step; empty for the journey as a whole.
    step: String,
    /// What: `entered`, `waits`, `went`, `asked`, `ended` …
    what: String,
    /// What there is to it.
    detail: String,
}

impl From<LineRow> for LineOut {
    fn from(line: LineRow) -> Self {
        Self {
            at: Text(line.at),
            step: line.step,
            what: line.what,
            detail: line.detail,
        }
    }
}

impl From<RunView> for RunWholeOut {
    fn from(view: RunView) -> Self {
        Self {
            run: view.run.into(),
            lines: view.lines.into_iter().map(Into::into).collect(),
        }
    }
}

/// The runs of a journey, those that began last first.
#[utoipa::path(
    get, path = "/journeys/{id}/runs", tag = "journeys",
    params(("id" = String, Path), RunsAsked),
    responses((status = 200, body = Page<RunOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_runs(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<JourneyId>,
    Asked(asked): Asked<RunsAsked>,
) -> Answer {
    let hint = "must be the `next` of an earlier page, unchanged";
    let behind = asked.before.map(|text| text.parse::<RunId>()).transpose();
    let behind = behind.map_err(|_not_one| Problem::invalid("before", hint))?;
    let runs = app.runs_in(id, &asked.step, behind).await?;
    let is_more = runs.len() == RUNS_MOST as usize;
    let next = runs
        .last()
        .filter(|_| is_more)
        .map(|run| run.id.to_string());
    ok(&Page {
        data: runs.into_iter().map(RunOut::from).collect(),
        next,
    })
}

/// Lets a customer into a journey. Freshness and the condition of coming in do not count; how
/// often somebody may come in does.
#[utoipa::path(
    post, path = "/journeys/{id}/runs", tag = "journeys", params(("id" = String, Path)),
    request_body = RunIn,
    responses((status = 201, body = RunWholeOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn start_run(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(asked): Body<RunIn>,
) -> Answer {
    let customer: CustomerId = asked
        .customer
        .parse()
        .map_err(|_not_one| Problem::invalid("customer", "the id of a customer"))?;
    match app
        .enter_journey(&key.actor, (id, customer), &asked.key)
        .await?
    {
        Ok(run) => created(&RunWholeOut::from(app.run(run).await?)),
        Err(refused) => {
            let why = format!("the customer does not come in: {}", refused.word());
            Err(filo_app::Error::Conflict(why).into())
        }
    }
}

/// One run, with what happened on it.
#[utoipa::path(
    get, path = "/runs/{id}", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = RunWholeOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_run(
    State(app): State<App>,
    _key: Bearer<SeePeople>,
    IdOf(id): IdOf<RunId>,
) -> Answer {
    ok(&RunWholeOut::from(app.run(id).await?))
}

/// Takes a customer out of a journey.
#[utoipa::path(
    post, path = "/runs/{id}/end", tag = "journeys", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn end_run(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<RunId>,
) -> Answer {
    app.take_out(&key.actor, id).await?;
    done()
}

/// Every run of a customer, the newest first, with what happened on each.
#[utoipa::path(
    get, path = "/customers/{id}/runs", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = Page<RunWholeOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn runs_of(
    State(app): State<App>,
    _key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let views = app.runs_of(id).await?.into_iter();
    ok(&Page::whole(views.map(RunWholeOut::from).collect()))
}
