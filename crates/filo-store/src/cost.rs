//! What messages cost: the lists of prices, and how much left at which price.
//!
//! **Invariant:** a list is written once and never changed, so that what a task cost that was
//! done under it can be said ever after; what left is added up in the transaction that says that
//! it left.

use filo_core::id::JourneyId;
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A list of prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// Grows by one with each change; the first is 1.
    pub version: i64,
    /// From when on it held.
    pub since: Timestamp,
    /// JSON.
    pub document: String,
}

const LISTS: &str = "
    SELECT version, since, document
      FROM message_price
     ORDER BY version DESC
     LIMIT $1";

/// The last lists of prices, the one in force first.
pub async fn price_lists(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<PriceRow>> {
    let rows = tx.fetch(LISTS, values![limit]).await?;
    let read = |row: &Record| {
        Ok(PriceRow {
            version: row.int(0)?,
            since: row.time(1)?,
            document: row.text(2)?,
        })
    };
    rows.iter().map(read).collect()
}

const ADD: &str = "
    INSERT INTO message_price (version, since, document)
    VALUES ($1, $2, $3)
    ON CONFLICT (version) DO NOTHING";

/// Puts a list in force that was made from the one of `version` (0: from none). Gives its version;
/// fails with [`Error::Conflict`] if somebody else made another one meanwhile.
pub async fn put_price_list(
    tx: &mut Tx<'_>,
    document: &str,
    version: i64,
    now: Timestamp,
) -> Result<i64> {
    let stands = price_lists(tx, 1).await?.first().map_or(0, |it| it.version);
    let values = values![version + 1, now, document];
    if stands == version && tx.execute(ADD, values).await? == 1 {
        return Ok(version + 1);
    }
    let why = "the prices were changed by somebody else meanwhile";
    Err(Error::Conflict(why.to_owned()))
}

/// So much left at one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentRow {
    /// Of which journey; 0 where of none.
    pub journey: JourneyId,
    /// Of which of its versions.
    pub version: i64,
    /// As 2026-12-31.
    pub day: String,
    /// The word of what was paid.
    pub item: String,
    /// The letters of the currency; empty where no price had been given.
    pub currency: String,
    /// In millionths; -1 where none had been given.
    pub price: i64,
    /// How much was handed over.
    pub units: i64,
    /// How much was kept here, and is not paid.
    pub kept: i64,
}

const COUNT: Bulk = Bulk {
    head: "INSERT INTO message_spent (journey, version, day, item, currency, price, units, kept) \
           VALUES",
    width: 8,
    tail: "ON CONFLICT (journey, version, day, item, currency, price) DO UPDATE SET units = \
           message_spent.units + excluded.units, kept = message_spent.kept + excluded.kept",
};

/// Counts so much more; no two rows may be of the same thing.
pub async fn count_spent(tx: &mut Tx<'_>, rows: &[SpentRow]) -> Result<()> {
    tx.execute_bulk(&COUNT, rows, |row, values| {
        values.extend_from_slice(values![
            row.journey,
            row.version,
            row.day.as_str(),
            row.item.as_str(),
            row.currency.as_str(),
            row.price,
            row.units,
            row.kept,
        ]);
    })
    .await
    .map(drop)
}

const OF_JOURNEY: &str = "
    SELECT journey, version, '', item, currency, price,
           CAST(SUM(units) AS BIGINT), CAST(SUM(kept) AS BIGINT)
      FROM message_spent
     WHERE journey = $1
     GROUP BY journey, version, item, currency, price
     ORDER BY version, item, currency, price";

/// What left by a journey, over all days.
pub async fn spent_by(tx: &mut Tx<'_>, journey: JourneyId) -> Result<Vec<SpentRow>> {
    let rows = tx.fetch(OF_JOURNEY, values![journey]).await?;
    rows.iter().map(spent).collect()
}

const OF_DAYS: &str = "
    SELECT journey, CAST(0 AS BIGINT), '', item, currency, price,
           CAST(SUM(units) AS BIGINT), CAST(SUM(kept) AS BIGINT)
      FROM message_spent
     WHERE day >= $1
       AND day <= $2
     GROUP BY journey, item, currency, price
     ORDER BY journey, item, currency, price";

/// What left from a day to another, over all versions.
pub async fn spent_between(tx: &mut Tx<'_>, first: &str, last: &str) -> Result<Vec<SpentRow>> {
    let rows = tx.fetch(OF_DAYS, values![first, last]).await?;
    rows.iter().map(spent).collect()
}

fn spent(row: &Record) -> Result<SpentRow> {
    Ok(SpentRow {
        journey: JourneyId::from_bytes(row.id(0)?),
        version: row.int(1)?,
        day: row.text(2)?,
        item: row.text(3)?,
        currency: row.text(4)?,
        price: row.int(5)?,
        units: row.int(6)?,
        kept: row.int(7)?,
    })
}

/// So many tasks were done under one list of prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TasksRow {
    /// Of which version of the journey.
    pub version: i64,
    /// The word of their kind.
    pub kind: String,
    /// The list that was in force; 0 where there was none.
    pub list: i64,
    /// How many.
    pub count: i64,
}

const TASKS_OF: &str = "
    SELECT version, kind, list, COUNT(*)
      FROM (SELECT journey_run.version AS version, task.kind AS kind,
                   COALESCE((SELECT MAX(message_price.version)
                               FROM message_price
                              WHERE message_price.since <= task.done_at), 0) AS list
              FROM task
              JOIN journey_run ON journey_run.id = task.run
             WHERE task.journey = $1
               AND task.status = 'done'
               AND task.kind <> 'late') AS finished
     GROUP BY version, kind, list
     ORDER BY version, kind, list";

/// The tasks of a journey that were done.
pub async fn tasks_done(tx: &mut Tx<'_>, journey: JourneyId) -> Result<Vec<TasksRow>> {
    let rows = tx.fetch(TASKS_OF, values![journey]).await?;
    rows.iter().map(tasks).collect()
}

const TASKS_BETWEEN: &str = "
    SELECT CAST(0 AS BIGINT), kind, list, COUNT(*)
      FROM (SELECT task.kind AS kind,
                   COALESCE((SELECT MAX(message_price.version)
                               FROM message_price
                              WHERE message_price.since <= task.done_at), 0) AS list
              FROM task
             WHERE task.status = 'done'
               AND task.done_at >= $1
               AND task.done_at < $2
               AND task.kind <> 'late') AS finished
     GROUP BY kind, list
     ORDER BY kind, list";

/// The tasks that were done from an instant until before another.
pub async fn tasks_between(
    tx: &mut Tx<'_>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<TasksRow>> {
    let rows = tx.fetch(TASKS_BETWEEN, values![from, until]).await?;
    rows.iter().map(tasks).collect()
}

fn tasks(row: &Record) -> Result<TasksRow> {
    Ok(TasksRow {
        version: row.int(0)?,
        kind: row.text(1)?,
        list: row.int(2)?,
        count: row.int(3)?,
    })
}
