//! Tasks: what people of the company are asked to do, and what came of it.
//!
//! **Invariant:** what a customer said is told only to who may see personal data.

use axum::extract::State;
use filo_app::App;
use filo_app::journey::{TASKS_MOST, TaskView, TasksAsked};
use filo_core::access::Right;
use filo_core::id::{CustomerId, JourneyId, RunId, TaskId};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::asked::TasksWanted;
use super::journey_in::OutcomeIn;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::DoTasks;

/// Something a person of the company is asked to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Task)]
pub(crate) struct TaskOut {
    /// Its id.
    #[schema(value_type = String, example = "tsk_0123456789abcdefghjkmnpqrs")]
    id: Text<TaskId>,
    /// The journey that asks.
    #[schema(value_type = String)]
    journey: Text<JourneyId>,
    /// What it is called.
    journey_name: String,
    /// The run.
    #[schema(value_type = String)]
    run: Text<RunId>,
    /// For whom.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// `call`, `visit`, `card`, `other`, or `late` of one that asks whether to go on.
    kind: String,
    /// What is to be done.
    title: String,
    /// What else there is to know.
    hint: String,
    /// The role of who is asked; empty for anybody.
    role: String,
    /// The last order, if it was asked for and there is one.
    last_order: Option<TaskOrderOut>,
    /// What they said last.
    said: Option<String>,
    /// What brought them into the journey.
    why: Option<String>,
    /// What can come of it.
    outcomes: Vec<String>,
    /// By when.
    #[schema(value_type = String, format = DateTime)]
    due_at: Text<Timestamp>,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// `open`, `done` or `withdrawn`.
    status: String,
    /// What came of it.
    outcome: String,
    /// What was noted.
    note: String,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Text<Timestamp>>,
    /// By whom.
    done_by: String,
}

/// An order, in short.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaskOrder)]
pub(crate) struct TaskOrderOut {
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// What was paid, in the smallest unit.
    total: i64,
    /// The currency.
    currency: String,
    /// How many pieces.
    items: u32,
}

impl TaskOut {
    fn new(view: TaskView, sees: bool) -> Self {
        let (row, facts) = (view.row, view.facts);
        let order = facts.order.map(|order| TaskOrderOut {
            at: Text(order.at),
            total: order.total,
            currency: order.currency.into(),
            items: order.items,
        });
        Self {
            id: Text(row.id),
            journey: Text(row.journey),
            journey_name: view.journey,
            run: Text(row.run),
            customer: Text(row.customer),
            kind: row.kind,
            title: row.title,
            hint: row.hint,
            role: row.role,
            last_order: order,
            said: facts.said.map(|said| said.text.into()).filter(|_| sees),
            why: facts.why.map(Into::into),
            outcomes: view.outcomes,
            due_at: Text(row.due_at),
            created_at: Text(row.created_at),
            status: row.status,
            outcome: row.outcome,
            note: if sees { row.note } else { String::new() },
            done_at: row.done_at.map(Text),
            done_by: row.done_by,
        }
    }
}

/// Tasks.
#[utoipa::path(
    get, path = "/tasks", tag = "journeys", params(TasksWanted),
    responses((status = 200, body = Page<TaskOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_tasks(
    State(app): State<App>,
    key: Bearer<DoTasks>,
    Asked(asked): Asked<TasksWanted>,
) -> Answer {
    let done = match asked.status.as_deref() {
        None | Some("open") => false,
        Some("done") => true,
        Some(_) => return Err(Problem::invalid("status", "`open` or `done`")),
    };
    let hint = "must be the `next` of an earlier page, unchanged";
    let behind = asked.before.map(|text| text.parse::<TaskId>()).transpose();
    let wanted = TasksAsked {
        done,
        everybody: false,
        behind: behind.map_err(|_not_one| Problem::invalid("before", hint))?,
    };
    let views = app.tasks(&key.actor, wanted).await?;
    let is_more = !done && views.len() == TASKS_MOST as usize;
    let next = views
        .last()
        .filter(|_| is_more)
        .map(|view| view.row.id.to_string());
    let sees = key.actor.may(Right::SeePersonalData);
    ok(&Page {
        data: views
            .into_iter()
            .map(|view| TaskOut::new(view, sees))
            .collect(),
        next,
    })
}

/// One task.
#[utoipa::path(
    get, path = "/tasks/{id}", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = TaskOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_task(
    State(app): State<App>,
    key: Bearer<DoTasks>,
    IdOf(id): IdOf<TaskId>,
) -> Answer {
    let sees = key.actor.may(Right::SeePersonalData);
    ok(&TaskOut::new(app.task(&key.actor, id).await?, sees))
}

/// Says what came of a task; the journey goes on by it.
#[utoipa::path(
    post, path = "/tasks/{id}/outcome", tag = "journeys", params(("id" = String, Path)),
    request_body = OutcomeIn,
    responses((status = 200, body = TaskOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn finish_task(
    State(app): State<App>,
    key: Bearer<DoTasks>,
    IdOf(id): IdOf<TaskId>,
    Body(asked): Body<OutcomeIn>,
) -> Answer {
    let done = app
        .finish_task(&key.actor, id, &asked.outcome, &asked.note)
        .await?;
    let sees = key.actor.may(Right::SeePersonalData);
    ok(&TaskOut::new(done, sees))
}

/// Takes back what came of a task, if the journey has done nothing since.
#[utoipa::path(
    post, path = "/tasks/{id}/reopening", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = TaskOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn reopen_task(
    State(app): State<App>,
    key: Bearer<DoTasks>,
    IdOf(id): IdOf<TaskId>,
) -> Answer {
    let sees = key.actor.may(Right::SeePersonalData);
    ok(&TaskOut::new(app.reopen_task(&key.actor, id).await?, sees))
}
