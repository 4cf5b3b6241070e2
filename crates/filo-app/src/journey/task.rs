//! Tasks: what people of the company are asked to do for a customer, and what came of it.
//!
//! **Invariant:** what came of a task and where the run goes by it are written together.

use filo_core::access::{Right, Role};
use filo_core::audit::Act;
use filo_core::id::{CustomerId, TaskId};
use filo_core::journey::FactsShown;
use filo_core::profile::About;
use filo_core::time::Timestamp;
use filo_store::task::{self, TaskRow};

use crate::actor::Actor;
use crate::app::App;
use crate::decision::bounded;
use crate::engine::{Command, Done};
use crate::error::{Error, Result};

/// Tasks of a page.
pub const TASKS_MOST: u32 = 50;
/// Letters of a note about what came of it.
pub const NOTE_CHARS_MOST: usize = 2_000;

/// A task as it is shown.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// The task.
    pub row: TaskRow,
    /// What is told of the customer.
    pub facts: FactsShown,
    /// What can come of it.
    pub outcomes: Vec<String>,
    /// What the journey is called.
    pub journey: String,
}

/// Which tasks.
#[derive(Debug, Clone, Copy, Default)]
pub struct TasksAsked {
    /// Those that were done, the last first; otherwise open ones, those due first.
    pub done: bool,
    /// Also those for other roles.
    pub everybody: bool,
    /// Behind this one.
    pub behind: Option<TaskId>,
}

impl App {
    /// A page of tasks.
    ///
    /// # Errors
    /// If the actor may not.
    pub async fn tasks(&self, actor: &Actor, asked: TasksAsked) -> Result<Vec<TaskView>> {
        actor.must(Right::DoTasks)?;
        let role = if asked.everybody { "" } else { role_of(actor) };
        let rows = {
            let mut tx = self.shared().db.read().await?;
            let behind = match asked.behind {
                None => None,
                Some(id) => task::get(&mut tx, id)
                    .await?
                    .map(|row| (row.due_at, row.id)),
            };
            match asked.done {
                true => task::done(&mut tx, role, TASKS_MOST).await?,
                false => task::open(&mut tx, role, behind, TASKS_MOST).await?,
            }
        };
        self.task_views(rows).await
    }

    /// How many tasks are open for somebody, and how many of them were due before an instant.
    pub(crate) async fn task_count(&self, actor: &Actor, before: Timestamp) -> Result<(u64, u64)> {
        let mut tx = self.shared().db.read().await?;
        let (open, due) = task::count(&mut tx, role_of(actor), before).await?;
        Ok((open.unsigned_abs(), due.unsigned_abs()))
    }

    /// One task.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn task(&self, actor: &Actor, id: TaskId) -> Result<TaskView> {
        actor.must(Right::DoTasks)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            task::get(&mut tx, id).await?
        };
        let row = row.ok_or(Error::Missing("task"))?;
        let views = self.task_views(vec![row]).await?;
        views.into_iter().next().ok_or(Error::Missing("task"))
    }

    /// Every task about a customer, the newest first.
    ///
    /// # Errors
    /// If there is no such customer.
    pub async fn tasks_of(&self, customer: CustomerId) -> Result<Vec<TaskView>> {
        let view = self
            .customer(customer)
            .await?
            .ok_or(Error::Missing("customer"))?;
        let rows = {
            let mut tx = self.shared().db.read().await?;
            task::of_threads(&mut tx, &view.threads()).await?
        };
        self.task_views(rows).await
    }

    /// Says what came of a task; the run goes on by it. What is noted stands on the customer's
    /// thread, too.
    ///
    /// # Errors
    /// If the actor may not, the outcome is none of the task's, or it is no longer open.
    pub async fn finish_task(
        &self,
        actor: &Actor,
        id: TaskId,
        outcome: &str,
        note: &str,
    ) -> Result<TaskView> {
        let view = self.task(actor, id).await?;
        let outcome = outcome.trim();
        if !view.outcomes.iter().any(|known| known == outcome) {
            let known = view.outcomes.join(", ");
            return Err(Error::invalid("outcome", format!("one of: {known}")));
        }
        let note = note.trim();
        bounded("note", note, NOTE_CHARS_MOST)?;
        if !note.is_empty() {
            actor.must(Right::WriteNotes)?;
        }
        let now = self.now();
        let task = TaskRow {
            outcome: outcome.to_owned(),
            note: note.to_owned(),
            done_at: Some(now),
            done_by: actor.name.clone(),
            ..view.row
        };
        let customer = task.customer;
        let entry = actor.did(Act::TaskDone, now);
        self.tell_ways(Command::Done(Done { task, entry })).await?;
        if !note.is_empty() {
            self.add_note(actor, customer, note, About::Other).await?;
        }
        self.task(actor, id).await
    }

    /// Takes back what came of a task, if the journey has done nothing since.
    ///
    /// # Errors
    /// If the actor may not, it is not done, or the journey has gone on.
    pub async fn reopen_task(&self, actor: &Actor, id: TaskId) -> Result<TaskView> {
        let view = self.task(actor, id).await?;
        if view.row.status != "done" {
            return Err(Error::Conflict("it is not done".to_owned()));
        }
        let entry = actor.did(Act::TaskReopened, self.now());
        let undo = Done {
            task: view.row,
            entry,
        };
        self.tell_ways(Command::Undo(undo)).await?;
        self.task(actor, id).await
    }

    async fn task_views(&self, rows: Vec<TaskRow>) -> Result<Vec<TaskView>> {
        let names = self.journey_names().await?;
        let view = |row: TaskRow| {
            let unreadable =
                |what: &str| anyhow::anyhow!("the {what} of {} cannot be read", row.id);
            Ok(TaskView {
                facts: serde_json::from_str(&row.facts).map_err(|_damaged| unreadable("facts"))?,
                outcomes: serde_json::from_str(&row.outcomes)
                    .map_err(|_damaged| unreadable("outcomes"))?,
                journey: names.get(&row.journey).cloned().unwrap_or_default(),
                row,
            })
        };
        rows.into_iter().map(view).collect()
    }
}

/// The word of the role whose tasks somebody sees; empty for all: who manages journeys, and keys.
fn role_of(actor: &Actor) -> &'static str {
    if actor.may(Right::ManageJourneys) || actor.user.is_none() {
        return "";
    }
    let role = Role::ALL
        .into_iter()
        .find(|role| role.rights() == actor.rights);
    role.map_or("", Role::word)
}
