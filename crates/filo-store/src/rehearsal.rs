//! Rehearsals of journeys, with some of those who would have come in.
//!
//! **Invariant:** of people only ids are kept, and what would have been said to them by the ids of
//! pieces: who is forgotten is in no rehearsal.

use filo_core::id::{CustomerId, JobId, JourneyId, RehearsalId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsalRow {
    pub id: RehearsalId,
    pub journey: JourneyId,
    /// The job that it is done by.
    pub job: JobId,
    /// What was asked, as the app writes it.
    pub asked: String,
    pub begun_at: Timestamp,
    pub begun_by: String,
    pub ended_at: Option<Timestamp>,
    /// What it came to; empty until it has ended.
    pub report: String,
}

/// Somebody who would have come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub customer: CustomerId,
    pub entered_at: Timestamp,
    pub runs: i64,
    /// What would have been said to them, as the app writes it.
    pub messages: String,
}

const ADD: &str = "
    INSERT INTO rehearsal (id, journey, job, asked, begun_at, begun_by, report)
    VALUES ($1, $2, $3, $4, $5, $6, '')";

/// Adds one that begins.
pub async fn add(tx: &mut Tx<'_>, row: &RehearsalRow) -> Result<()> {
    let values = values![
        row.id,
        row.journey,
        row.job,
        row.asked.as_str(),
        row.begun_at,
        row.begun_by.as_str(),
    ];
    tx.execute(ADD, values).await.map(drop)
}

const END: &str = "
    UPDATE rehearsal
       SET ended_at = $2,
           report = $3
     WHERE id = $1
       AND ended_at IS NULL";

/// Writes down what one came to; false if that stands already, or it is no more.
pub async fn end(tx: &mut Tx<'_>, id: RehearsalId, report: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(END, values![id, now, report]).await? == 1)
}

const GET: &str = "
    SELECT id, journey, job, asked, begun_at, begun_by, ended_at, report
      FROM rehearsal
     WHERE id = $1";

/// One of them.
pub async fn get(tx: &mut Tx<'_>, id: RehearsalId) -> Result<Option<RehearsalRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const OF_JOURNEY: &str = "
    SELECT id, journey, job, asked, begun_at, begun_by, ended_at, report
      FROM rehearsal
     WHERE journey = $1
     ORDER BY begun_at DESC, id DESC";

/// Every one of a journey that is kept, the last one first; they are few.
pub async fn of_journey(tx: &mut Tx<'_>, journey: JourneyId) -> Result<Vec<RehearsalRow>> {
    let rows = tx.fetch(OF_JOURNEY, values![journey]).await?;
    rows.iter().map(read).collect()
}

const REMOVALS: [&str; 2] = [
    "DELETE FROM rehearsal_person WHERE rehearsal = $1",
    "DELETE FROM rehearsal WHERE id = $1",
];

/// Lets go of one.
pub async fn remove(tx: &mut Tx<'_>, id: RehearsalId) -> Result<()> {
    for sql in REMOVALS {
        tx.execute(sql, values![id]).await?;
    }
    Ok(())
}

fn read(record: &Record) -> Result<RehearsalRow> {
    Ok(RehearsalRow {
        id: RehearsalId::from_bytes(record.id(0)?),
        journey: JourneyId::from_bytes(record.id(1)?),
        job: JobId::from_bytes(record.id(2)?),
        asked: record.text(3)?,
        begun_at: record.time(4)?,
        begun_by: record.text(5)?,
        ended_at: record.time_or_null(6)?,
        report: record.text(7)?,
    })
}

const PUT_PEOPLE: Bulk = Bulk {
    head: "INSERT INTO rehearsal_person (rehearsal, customer, entered_at, runs, messages) VALUES",
    width: 5,
    tail: "ON CONFLICT (rehearsal, customer) DO NOTHING",
};

/// Writes down some of those who would have come in.
pub async fn put_people(tx: &mut Tx<'_>, id: RehearsalId, people: &[PersonRow]) -> Result<()> {
    tx.execute_bulk(&PUT_PEOPLE, people, |it, values| {
        values.extend_from_slice(values![
            id,
            it.customer,
            it.entered_at,
            it.runs,
            it.messages.as_str()
        ]);
    })
    .await
    .map(drop)
}

const PEOPLE: &str = "
    SELECT customer, entered_at, runs, messages
      FROM rehearsal_person
     WHERE rehearsal = $1
     ORDER BY customer";

/// Those who are kept of one, by id.
pub async fn people(tx: &mut Tx<'_>, id: RehearsalId) -> Result<Vec<PersonRow>> {
    let rows = tx.fetch(PEOPLE, values![id]).await?;
    let read = |record: &Record| {
        Ok(PersonRow {
            customer: CustomerId::from_bytes(record.id(0)?),
            entered_at: record.time(1)?,
            runs: record.int(2)?,
            messages: record.text(3)?,
        })
    };
    rows.iter().map(read).collect()
}

const FORGET: Bulk = Bulk {
    head: "DELETE FROM rehearsal_person WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Takes people out of every one.
pub async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&FORGET, customers, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}
