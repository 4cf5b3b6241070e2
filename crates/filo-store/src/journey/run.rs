//! Runs: who is on which way, where they stand, and what happened to them on it.
//!
//! **Invariant:** a run is written with what it does outside, in the checkpoint's transaction;
//! of one journey, thread and key at most one has not ended.

use compact_str::CompactString;
use filo_core::id::{CustomerId, EventId, JourneyId, NodeId, RunId};
use filo_core::journey::{Ending, Run, Stand, StepId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A line of what happened to a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    pub run: RunId,
    pub number: i64,
    pub at: Timestamp,
    /// Empty for the journey as a whole.
    pub step: String,
    pub what: String,
    pub detail: String,
}

/// What an earlier run of somebody's was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierRow {
    pub thread: NodeId,
    pub journey: JourneyId,
    pub key: String,
    pub entered_at: Timestamp,
    pub is_over: bool,
    pub subject: CustomerId,
}

const SAVE: Bulk = Bulk {
    head: "INSERT INTO journey_run (id, journey, version, thread, customer, subject, run_key, why, \
           entered_at, step, stand, stand_at, echo, since, wakes_at, goal_at, ended_at, ending, \
           lines, held_back, holdout_percent, entered_version) VALUES",
    width: 22,
    tail: "ON CONFLICT (id) DO UPDATE
              SET version = excluded.version, customer = excluded.customer,
                  step = excluded.step, stand = excluded.stand, stand_at = excluded.stand_at,
                  echo = excluded.echo, since = excluded.since, wakes_at = excluded.wakes_at,
                  goal_at = excluded.goal_at, ended_at = excluded.ended_at,
                  ending = excluded.ending, lines = excluded.lines",
};

/// Writes runs as they stand now: those that have ended first, because others may take their
/// place.
pub async fn save(tx: &mut Tx<'_>, runs: &[Run]) -> Result<()> {
    let (ended, going): (Vec<&Run>, Vec<&Run>) = runs.iter().partition(|run| run.ended.is_some());
    for part in [ended, going] {
        tx.execute_bulk(&SAVE, &part, |run, values| {
            values.extend_from_slice(values![
                run.id,
                run.journey,
                run.version,
                run.thread,
                run.customer,
                run.subject,
                run.key.as_str(),
                run.why.as_str(),
                run.entered_at,
                run.step.0.as_str(),
                run.stand.word(),
                run.stand.until(),
                run.stand.event(),
                run.since,
                run.wakes_at,
                run.goal_at,
                run.ended.map(|(at, _)| at),
                run.ended.map_or("", |(_, ending)| ending.word()),
                run.lines,
                i64::from(run.is_held_back),
                i64::from(run.holdout_percent),
                run.version,
            ]);
        })
        .await?;
    }
    Ok(())
}

const WRITE: Bulk = Bulk {
    head: "INSERT INTO journey_line (run, number, at, step, what, detail) VALUES",
    width: 6,
    tail: "ON CONFLICT (run, number) DO NOTHING",
};

/// Writes lines.
pub async fn write(tx: &mut Tx<'_>, lines: &[LineRow]) -> Result<()> {
    tx.execute_bulk(&WRITE, lines, |line, values| {
        values.extend_from_slice(values![
            line.run,
            line.number,
            line.at,
            line.step.as_str(),
            line.what.as_str(),
            line.detail.as_str(),
        ]);
    })
    .await
    .map(drop)
}

const LINES: &str = "
    SELECT run, number, at, step, what, detail
      FROM journey_line
     WHERE run = $1
     ORDER BY number";

/// What happened to a run, in order.
pub async fn lines(tx: &mut Tx<'_>, run: RunId) -> Result<Vec<LineRow>> {
    let rows = tx.fetch(LINES, values![run]).await?;
    let read = |record: &Record| {
        Ok(LineRow {
            run: RunId::from_bytes(record.id(0)?),
            number: record.int(1)?,
            at: record.time(2)?,
            step: record.text(3)?,
            what: record.text(4)?,
            detail: record.text(5)?,
        })
    };
    rows.iter().map(read).collect()
}

macro_rules! columns {
    () => {
        "SELECT r.id, r.journey, r.version, r.thread, r.customer, r.subject, r.run_key, r.why, \
         r.entered_at, r.step, r.stand, r.stand_at, r.echo, r.since, r.wakes_at, r.goal_at, \
         r.ended_at, r.ending, r.lines, r.held_back, r.holdout_percent FROM journey_run AS r "
    };
}

const ACTIVE: Bulk = Bulk {
    head: concat!(
        columns!(),
        "WHERE r.ended_at IS NULL AND r.thread IN (VALUES"
    ),
    width: 1,
    tail: ")",
};

/// The runs on threads that have not ended.
pub async fn active(tx: &mut Tx<'_>, threads: &[NodeId]) -> Result<Vec<Run>> {
    let rows = tx.fetch_bulk(&ACTIVE, threads, |id, values| values.push((*id).into()));
    rows.await?.iter().map(read).collect()
}

const EARLIER: Bulk = Bulk {
    head: "SELECT thread, journey, run_key, entered_at, ended_at, subject FROM journey_run \
           WHERE thread IN (VALUES",
    width: 1,
    tail: ")",
};

/// What runs there were and are on threads, in short.
pub async fn earlier(tx: &mut Tx<'_>, threads: &[NodeId]) -> Result<Vec<EarlierRow>> {
    let rows = tx.fetch_bulk(&EARLIER, threads, |id, values| values.push((*id).into()));
    let read = |record: &Record| {
        Ok(EarlierRow {
            thread: NodeId::from_bytes(record.id(0)?),
            journey: JourneyId::from_bytes(record.id(1)?),
            key: record.text(2)?,
            entered_at: record.time(3)?,
            is_over: record.int_or_null(4)?.is_some(),
            subject: CustomerId::from_bytes(record.id(5)?),
        })
    };
    rows.await?.iter().map(read).collect()
}

const OF_THREADS: Bulk = Bulk {
    head: concat!(columns!(), "WHERE r.thread IN (VALUES"),
    width: 1,
    tail: ")",
};

/// Every run on threads, the newest first.
pub async fn of_threads(tx: &mut Tx<'_>, threads: &[NodeId]) -> Result<Vec<Run>> {
    let rows = tx.fetch_bulk(&OF_THREADS, threads, |id, values| values.push((*id).into()));
    let mut runs: Vec<Run> = rows.await?.iter().map(read).collect::<Result<_>>()?;
    runs.sort_by_key(|run| std::cmp::Reverse((run.entered_at, run.id)));
    Ok(runs)
}

const GET: Bulk = Bulk {
    head: concat!(columns!(), "WHERE r.id IN (VALUES"),
    width: 1,
    tail: ")",
};

/// One run.
pub async fn get(tx: &mut Tx<'_>, id: RunId) -> Result<Option<Run>> {
    Ok(get_all(tx, &[id]).await?.pop())
}

/// Those of some runs that there are.
pub async fn get_all(tx: &mut Tx<'_>, ids: &[RunId]) -> Result<Vec<Run>> {
    let rows = tx.fetch_bulk(&GET, ids, |id, values| values.push((*id).into()));
    rows.await?.iter().map(read).collect()
}

const WAKING: &str = "
    SELECT r.wakes_at, r.thread
      FROM journey_run AS r
      JOIN journey AS j ON j.id = r.journey
     WHERE r.wakes_at IS NOT NULL
       AND j.status IN ('active', 'finishing')
     ORDER BY r.wakes_at, r.thread
     LIMIT $1";

/// Whose runs are to be looked at first: of journeys that move.
pub async fn waking(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(Timestamp, NodeId)>> {
    let rows = tx.fetch(WAKING, values![limit]).await?;
    let read = |record: &Record| Ok((record.time(0)?, NodeId::from_bytes(record.id(1)?)));
    rows.iter().map(read).collect()
}

const CALM: Bulk = Bulk {
    head: "UPDATE journey_run SET wakes_at = NULL WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// Looks no more at runs of threads that are no more.
pub async fn calm(tx: &mut Tx<'_>, runs: &[RunId]) -> Result<()> {
    tx.execute_bulk(&CALM, runs, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}

const PAGE: &str = concat!(
    columns!(),
    "WHERE r.journey = $1
       AND ($2 = '' OR (r.step = $2 AND r.ended_at IS NULL))
       AND (r.entered_at, r.id) < ($3, $4)
     ORDER BY r.entered_at DESC, r.id DESC
     LIMIT $5"
);

/// A page of a journey's runs, those that began last first; with a step, those that stand at it.
pub async fn page(
    tx: &mut Tx<'_>,
    journey: JourneyId,
    step: &str,
    behind: Option<(Timestamp, RunId)>,
    limit: u32,
) -> Result<Vec<Run>> {
    let (at, id) = behind.unwrap_or((Timestamp::MAX, RunId(u128::MAX)));
    let rows = tx
        .fetch(PAGE, values![journey, step, at, id, limit])
        .await?;
    rows.iter().map(read).collect()
}

const TOGETHER: &str = "
    SELECT COUNT(*)
      FROM (SELECT 1
              FROM journey_run
             WHERE journey = $1
               AND held_back = 0
               AND entered_at >= $2
               AND entered_at <= $3
             LIMIT $4) AS counted";

/// How many came into a journey between two instants and are not held back; no more than `most`
/// are counted.
pub async fn entered_between(
    tx: &mut Tx<'_>,
    journey: JourneyId,
    (since, until): (Timestamp, Timestamp),
    most: u32,
) -> Result<i64> {
    let values = values![journey, since, until, most];
    let row = tx.fetch_one(TOGETHER, values).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

const FORGET: [Bulk; 4] = [
    Bulk {
        head: "DELETE FROM journey_line WHERE run IN \
               (SELECT id FROM journey_run WHERE thread IN (VALUES",
        width: 1,
        tail: "))",
    },
    Bulk {
        head: "DELETE FROM journey_run WHERE thread IN (VALUES",
        width: 1,
        tail: ")",
    },
    Bulk {
        head: "DELETE FROM task WHERE thread IN (VALUES",
        width: 1,
        tail: ")",
    },
    Bulk {
        head: "DELETE FROM journey_event WHERE thread IN (VALUES",
        width: 1,
        tail: ")",
    },
];

/// Forgets everything that happened on threads: runs, what they did, what was asked. How much.
pub async fn forget(tx: &mut Tx<'_>, threads: &[NodeId]) -> Result<u64> {
    let mut count = 0;
    for bulk in &FORGET {
        count += tx
            .execute_bulk(bulk, threads, |id, values| values.push((*id).into()))
            .await?;
    }
    Ok(count)
}

pub(super) fn read(record: &Record) -> Result<Run> {
    let stand = Stand::from_parts(
        &record.text(10)?,
        record.time_or_null(11)?,
        record.id_or_null(12)?.map(EventId::from_bytes),
    );
    let damaged = |what: &str| Error::Damaged(format!("a run {what}"));
    let ended = match record.time_or_null(16)? {
        None => None,
        Some(at) => {
            let ending = Ending::from_word(&record.text(17)?);
            Some((
                at,
                ending.ok_or_else(|| damaged("has ended in no known way"))?,
            ))
        }
    };
    Ok(Run {
        id: RunId::from_bytes(record.id(0)?),
        journey: JourneyId::from_bytes(record.id(1)?),
        version: record.int(2)?,
        thread: NodeId::from_bytes(record.id(3)?),
        customer: CustomerId::from_bytes(record.id(4)?),
        subject: CustomerId::from_bytes(record.id(5)?),
        key: CompactString::from(record.text(6)?),
        why: CompactString::from(record.text(7)?),
        entered_at: record.time(8)?,
        step: StepId(CompactString::from(record.text(9)?)),
        stand: stand.ok_or_else(|| damaged("stands in no known way"))?,
        since: record.time(13)?,
        wakes_at: record.time_or_null(14)?,
        goal_at: record.time_or_null(15)?,
        ended,
        lines: record.int(18)?,
        is_held_back: record.int(19)? != 0,
        holdout_percent: u8::try_from(record.int(20)?).unwrap_or(0),
    })
}

const IDS_OF: &str = "
    SELECT id
      FROM journey_run
     WHERE journey = $1
       AND id > $2
     ORDER BY id
     LIMIT $3";

/// The runs of a journey behind one, by id.
pub async fn ids_of(
    tx: &mut Tx<'_>,
    journey: JourneyId,
    behind: RunId,
    limit: u32,
) -> Result<Vec<RunId>> {
    let rows = tx.fetch(IDS_OF, values![journey, behind, limit]).await?;
    let read = |record: &Record| Ok(RunId::from_bytes(record.id(0)?));
    rows.iter().map(read).collect()
}
