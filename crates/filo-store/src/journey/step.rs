//! How many stand at each step of a journey, and moving or ending all of them at once.
//!
//! **Invariant:** what is done to many at once is written in each one's history too.

use filo_core::id::JourneyId;
use filo_core::journey::Ending;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// How many stand at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCount {
    pub journey: JourneyId,
    pub version: i64,
    pub step: String,
    pub count: i64,
}

const STANDING: &str = "
    SELECT journey, version, step, COUNT(*)
      FROM journey_run
     WHERE journey = $1
       AND ended_at IS NULL
     GROUP BY journey, version, step
     ORDER BY version, step";

/// How many stand at each step of a journey.
pub async fn standing(tx: &mut Tx<'_>, journey: JourneyId) -> Result<Vec<StepCount>> {
    let rows = tx.fetch(STANDING, values![journey]).await?;
    let read = |record: &Record| {
        Ok(StepCount {
            journey: JourneyId::from_bytes(record.id(0)?),
            version: record.int(1)?,
            step: record.text(2)?,
            count: record.int(3)?,
        })
    };
    rows.iter().map(read).collect()
}

/// How many began, are on the way, have ended, and reached the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    pub entered: i64,
    pub on_the_way: i64,
    pub reached: i64,
}

const TOTALS: &str = "
    SELECT journey,
           COUNT(*),
           CAST(SUM(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END) AS BIGINT),
           CAST(SUM(CASE WHEN goal_at IS NULL THEN 0 ELSE 1 END) AS BIGINT)
      FROM journey_run
     GROUP BY journey
     ORDER BY journey";

/// Of each journey that somebody has been on.
pub async fn totals(tx: &mut Tx<'_>) -> Result<Vec<(JourneyId, Totals)>> {
    let rows = tx.fetch(TOTALS, values![]).await?;
    let read = |record: &Record| {
        let totals = Totals {
            entered: record.int(1)?,
            on_the_way: record.int(2)?,
            reached: record.int(3)?,
        };
        Ok((JourneyId::from_bytes(record.id(0)?), totals))
    };
    rows.iter().map(read).collect()
}

const ENDINGS: &str = "
    SELECT ending, COUNT(*)
      FROM journey_run
     WHERE journey = $1
       AND ended_at IS NOT NULL
     GROUP BY ending
     ORDER BY ending";

/// How many ended in which way.
pub async fn endings(tx: &mut Tx<'_>, journey: JourneyId) -> Result<Vec<(String, i64)>> {
    let rows = tx.fetch(ENDINGS, values![journey]).await?;
    let read = |record: &Record| Ok((record.text(0)?, record.int(1)?));
    rows.iter().map(read).collect()
}

const SAY: &str = "
    INSERT INTO journey_line (run, number, at, step, what, detail)
    SELECT id, lines, $4, step, $5, $6
      FROM journey_run
     WHERE journey = $1
       AND ($2 = 0 OR version = $2)
       AND ($3 = '' OR step = $3)
       AND ended_at IS NULL";

const END: &str = "
    UPDATE journey_run
       SET ended_at = $4,
           ending = $5,
           wakes_at = NULL,
           lines = lines + 1
     WHERE journey = $1
       AND ($2 = 0 OR version = $2)
       AND ($3 = '' OR step = $3)
       AND ended_at IS NULL";

const WITHDRAW_ENDED: &str = "
    UPDATE task
       SET status = 'withdrawn',
           done_at = $2
     WHERE journey = $1
       AND status = 'open'
       AND run IN (SELECT id FROM journey_run WHERE journey = $1 AND ended_at IS NOT NULL)";

/// Ends every run of a journey, or of one of its versions (not 0) and steps (not empty). How
/// many.
pub async fn end(
    tx: &mut Tx<'_>,
    (journey, version, step): (JourneyId, i64, &str),
    ending: Ending,
    now: Timestamp,
) -> Result<u64> {
    let said = values![journey, version, step, now, "ended", ending.word()];
    tx.execute(SAY, said).await?;
    let values = values![journey, version, step, now, ending.word()];
    let count = tx.execute(END, values).await?;
    tx.execute(WITHDRAW_ENDED, values![journey, now]).await?;
    Ok(count)
}

const WITHDRAW_MOVED: &str = "
    UPDATE task
       SET status = 'withdrawn',
           done_at = $4
     WHERE journey = $1
       AND step = $3
       AND status = 'open'
       AND run IN (SELECT id FROM journey_run
                    WHERE journey = $1
                      AND version = $2
                      AND step = $3
                      AND ended_at IS NULL)";

const MOVE: &str = "
    UPDATE journey_run
       SET version = $4,
           step = $5,
           stand = CASE WHEN stand = 'echo' AND $6 = 'resumes' THEN stand ELSE $6 END,
           wakes_at = $7,
           lines = lines + 1
     WHERE journey = $1
       AND version = $2
       AND step = $3
       AND ended_at IS NULL";

/// Where those at a step are moved to.
#[derive(Debug, Clone, Copy)]
pub struct Moving<'a> {
    pub version: i64,
    pub step: &'a str,
    /// It is the same step, looked at anew since they came to it.
    pub is_same: bool,
}

/// Moves every run at a step of a version to a step of another. How many.
pub async fn shift(
    tx: &mut Tx<'_>,
    (journey, version, step): (JourneyId, i64, &str),
    to: Moving<'_>,
    now: Timestamp,
) -> Result<u64> {
    let detail = to.version.to_string();
    let said = values![journey, version, step, now, "moved", detail.as_str()];
    tx.execute(SAY, said).await?;
    if !to.is_same {
        tx.execute(WITHDRAW_MOVED, values![journey, version, step, now])
            .await?;
    }
    let stand = if to.is_same { "resumes" } else { "arrives" };
    let values = values![journey, version, step, to.version, to.step, stand, now];
    tx.execute(MOVE, values).await
}
