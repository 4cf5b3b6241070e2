//! Tasks: what people of the company are asked to do.
//!
//! **Invariant:** a task is open until it is done or withdrawn, and is done once.

use filo_core::id::{CustomerId, JourneyId, NodeId, RunId, TaskId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    pub id: TaskId,
    pub journey: JourneyId,
    pub run: RunId,
    pub step: String,
    pub thread: NodeId,
    pub customer: CustomerId,
    /// The word of its kind; `late` of one that asks whether to go on.
    pub kind: String,
    pub title: String,
    pub hint: String,
    /// The word of the role of who is asked; empty for anybody.
    pub role: String,
    /// What is told of the customer, as JSON.
    pub facts: String,
    /// What can come of it, as a JSON list of names.
    pub outcomes: String,
    pub created_at: Timestamp,
    pub due_at: Timestamp,
    /// `open`, `done` or `withdrawn`.
    pub status: String,
    pub outcome: String,
    pub note: String,
    pub done_at: Option<Timestamp>,
    pub done_by: String,
    /// How many lines the run's history had when it was done.
    pub lines: i64,
}

const ADD: Bulk = Bulk {
    head: "INSERT INTO task (id, journey, run, step, thread, customer, kind, title, hint, role, \
           facts, outcomes, created_at, due_at, status, outcome, note, done_at, done_by, lines) \
           VALUES",
    width: 20,
    tail: "ON CONFLICT (id) DO NOTHING",
};

/// Adds some.
pub async fn add(tx: &mut Tx<'_>, rows: &[TaskRow]) -> Result<()> {
    tx.execute_bulk(&ADD, rows, |row, values| {
        values.extend_from_slice(values![
            row.id,
            row.journey,
            row.run,
            row.step.as_str(),
            row.thread,
            row.customer,
            row.kind.as_str(),
            row.title.as_str(),
            row.hint.as_str(),
            row.role.as_str(),
            row.facts.as_str(),
            row.outcomes.as_str(),
            row.created_at,
            row.due_at,
            row.status.as_str(),
            row.outcome.as_str(),
            row.note.as_str(),
            row.done_at,
            row.done_by.as_str(),
            row.lines,
        ]);
    })
    .await
    .map(drop)
}

const WITHDRAW: Bulk = Bulk {
    head: "UPDATE task SET status = 'withdrawn' WHERE status = 'open' AND run IN (VALUES",
    width: 1,
    tail: ")",
};

/// Withdraws what was asked for runs.
pub async fn withdraw(tx: &mut Tx<'_>, runs: &[RunId]) -> Result<()> {
    tx.execute_bulk(&WITHDRAW, runs, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}

const FINISH: &str = "
    UPDATE task
       SET status = 'done',
           outcome = $2,
           note = $3,
           done_at = $4,
           done_by = $5,
           lines = $6
     WHERE id = $1
       AND status = 'open'";

/// Notes what came of an open task; false if it is not open.
pub async fn finish(tx: &mut Tx<'_>, row: &TaskRow) -> Result<bool> {
    let values = values![
        row.id,
        row.outcome.as_str(),
        row.note.as_str(),
        row.done_at,
        row.done_by.as_str(),
        row.lines,
    ];
    Ok(tx.execute(FINISH, values).await? == 1)
}

const REOPEN: &str = "
    UPDATE task
       SET status = 'open',
           outcome = '',
           done_at = NULL,
           done_by = ''
     WHERE id = $1
       AND status = 'done'";

/// Opens a task that was done; false if it was not.
pub async fn reopen(tx: &mut Tx<'_>, id: TaskId) -> Result<bool> {
    Ok(tx.execute(REOPEN, values![id]).await? == 1)
}

macro_rules! columns {
    () => {
        "SELECT id, journey, run, step, thread, customer, kind, title, hint, role, facts, \
         outcomes, created_at, due_at, status, outcome, note, done_at, done_by, lines FROM task "
    };
}

const GET: &str = concat!(columns!(), "WHERE id = $1");

/// One task.
pub async fn get(tx: &mut Tx<'_>, id: TaskId) -> Result<Option<TaskRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const OPEN: &str = concat!(
    columns!(),
    "WHERE status = 'open'
       AND ($1 = '' OR role = '' OR role = $1)
       AND (due_at, id) > ($2, $3)
     ORDER BY due_at, id
     LIMIT $4"
);

/// A page of open tasks, those due first; with a role, those for it and for anybody.
pub async fn open(
    tx: &mut Tx<'_>,
    role: &str,
    behind: Option<(Timestamp, TaskId)>,
    limit: u32,
) -> Result<Vec<TaskRow>> {
    let (at, id) = behind.unwrap_or((Timestamp(i64::MIN), TaskId(0)));
    let rows = tx.fetch(OPEN, values![role, at, id, limit]).await?;
    rows.iter().map(read).collect()
}

const CLOSED: &str = concat!(
    columns!(),
    "WHERE status = 'done'
       AND ($1 = '' OR role = '' OR role = $1)
     ORDER BY done_at DESC, id DESC
     LIMIT $2"
);

/// What was done last.
pub async fn done(tx: &mut Tx<'_>, role: &str, limit: u32) -> Result<Vec<TaskRow>> {
    let rows = tx.fetch(CLOSED, values![role, limit]).await?;
    rows.iter().map(read).collect()
}

const COUNT: &str = "
    SELECT COUNT(*),
           CAST(COALESCE(SUM(CASE WHEN due_at < $2 THEN 1 ELSE 0 END), 0) AS BIGINT)
      FROM task
     WHERE status = 'open'
       AND ($1 = '' OR role = '' OR role = $1)";

/// How many are open, and how many of them were due before an instant.
pub async fn count(tx: &mut Tx<'_>, role: &str, before: Timestamp) -> Result<(i64, i64)> {
    match tx.fetch_one(COUNT, values![role, before]).await? {
        Some(record) => Ok((record.int(0)?, record.int(1)?)),
        None => Ok((0, 0)),
    }
}

const OF_THREADS: Bulk = Bulk {
    head: concat!(columns!(), "WHERE thread IN (VALUES"),
    width: 1,
    tail: ")",
};

/// Every task about whoever has these threads, the newest first.
pub async fn of_threads(tx: &mut Tx<'_>, threads: &[NodeId]) -> Result<Vec<TaskRow>> {
    let rows = tx.fetch_bulk(&OF_THREADS, threads, |id, values| values.push((*id).into()));
    let mut tasks: Vec<TaskRow> = rows.await?.iter().map(read).collect::<Result<_>>()?;
    tasks.sort_by_key(|task| std::cmp::Reverse((task.created_at, task.id)));
    Ok(tasks)
}

fn read(record: &Record) -> Result<TaskRow> {
    Ok(TaskRow {
        id: TaskId::from_bytes(record.id(0)?),
        journey: JourneyId::from_bytes(record.id(1)?),
        run: RunId::from_bytes(record.id(2)?),
        step: record.text(3)?,
        thread: NodeId::from_bytes(record.id(4)?),
        customer: CustomerId::from_bytes(record.id(5)?),
        kind: record.text(6)?,
        title: record.text(7)?,
        hint: record.text(8)?,
        role: record.text(9)?,
        facts: record.text(10)?,
        outcomes: record.text(11)?,
        created_at: record.time(12)?,
        due_at: record.time(13)?,
        status: record.text(14)?,
        outcome: record.text(15)?,
        note: record.text(16)?,
        done_at: record.time_or_null(17)?,
        done_by: record.text(18)?,
        lines: record.int(19)?,
    })
}
