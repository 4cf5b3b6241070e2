//! The shares of experiments that learn: from when which were in force, and why.
//!
//! **Invariant:** a row is only added; of one experiment each comes into force behind the one
//! before.

use filo_core::id::JourneyId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// Shares from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRow {
    pub journey: JourneyId,
    pub step: String,
    /// The names of the ways, in order, as JSON: the shares are of these.
    pub ways: String,
    /// From 1, one more with each.
    pub number: i64,
    pub since: Timestamp,
    /// Of ten thousand each, as JSON.
    pub shares: String,
    /// The word of why: `learnt`, `frozen`, `equal`, `resumed`.
    pub reason: String,
    /// What was seen of each way by then, as JSON.
    pub seen: String,
    /// Who said so; empty where they were learnt.
    pub made_by: String,
}

const ADD: &str = "
    INSERT INTO journey_share (journey, step, ways, number, since, shares, reason, seen, made_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (journey, step, ways, number) DO NOTHING";

/// Adds one; false if somebody else was faster.
pub async fn add(tx: &mut Tx<'_>, row: &ShareRow) -> Result<bool> {
    let values = values![
        row.journey,
        row.step.as_str(),
        row.ways.as_str(),
        row.number,
        row.since,
        row.shares.as_str(),
        row.reason.as_str(),
        row.seen.as_str(),
        row.made_by.as_str(),
    ];
    Ok(tx.execute(ADD, values).await? == 1)
}

const OF_STEP: &str = "
    SELECT journey, step, ways, number, since, shares, reason, seen, made_by
      FROM journey_share
     WHERE journey = $1
       AND step = $2
       AND ways = $3
     ORDER BY number";

/// Those of a step with these ways, the first one first.
pub async fn of_step(
    tx: &mut Tx<'_>,
    (journey, step): (JourneyId, &str),
    ways: &str,
) -> Result<Vec<ShareRow>> {
    let rows = tx.fetch(OF_STEP, values![journey, step, ways]).await?;
    rows.iter().map(read).collect()
}

const ALL: &str = "
    SELECT journey, step, ways, number, since, shares, reason, seen, made_by
      FROM journey_share
     ORDER BY journey, step, ways, number";

/// Every one.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<ShareRow>> {
    tx.fetch(ALL, values![]).await?.iter().map(read).collect()
}

fn read(record: &Record) -> Result<ShareRow> {
    Ok(ShareRow {
        journey: JourneyId::from_bytes(record.id(0)?),
        step: record.text(1)?,
        ways: record.text(2)?,
        number: record.int(3)?,
        since: record.time(4)?,
        shares: record.text(5)?,
        reason: record.text(6)?,
        seen: record.text(7)?,
        made_by: record.text(8)?,
    })
}
