//! Searches for kinds of customers, what people call what was found, and who stands for it.
//!
//! **Invariant:** of the searches that were adopted, the one that was adopted last is in force.

use filo_core::id::{CustomerId, JobId, PersonaId, PersonaRunId};
use filo_core::persona::Typical;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonaRunRow {
    pub id: PersonaRunId,
    /// The job that it is done by.
    pub job: JobId,
    pub seed: i64,
    pub begun_at: Timestamp,
    pub begun_by: String,
    pub ended_at: Option<Timestamp>,
    /// What it found; empty until it has ended.
    pub document: String,
    /// The how-manieth adoption it is; nothing if it is only a proposal.
    pub adoption: Option<i64>,
    pub adopted_at: Option<Timestamp>,
    pub adopted_by: String,
}

const ADD: &str = "
    INSERT INTO persona_run (id, job, seed, begun_at, begun_by, document, adopted_by)
    VALUES ($1, $2, $3, $4, $5, '', '')";

/// Adds a search that begins.
pub async fn add(tx: &mut Tx<'_>, row: &PersonaRunRow) -> Result<()> {
    let values = values![
        row.id,
        row.job,
        row.seed,
        row.begun_at,
        row.begun_by.as_str()
    ];
    tx.execute(ADD, values).await.map(drop)
}

const END: &str = "
    UPDATE persona_run
       SET ended_at = $2,
           document = $3
     WHERE id = $1";

/// Writes down what a search has found.
pub async fn end(tx: &mut Tx<'_>, id: PersonaRunId, document: &str, now: Timestamp) -> Result<()> {
    tx.execute(END, values![id, now, document]).await.map(drop)
}

const ADOPT: &str = "
    UPDATE persona_run
       SET adoption = $2,
           adopted_at = $3,
           adopted_by = $4
     WHERE id = $1";

/// Puts a search in force, or (without an adoption) out of it.
pub async fn adopt(
    tx: &mut Tx<'_>,
    id: PersonaRunId,
    adoption: Option<i64>,
    (by, now): (&str, Timestamp),
) -> Result<()> {
    let at = adoption.map(|_| now);
    let by = if adoption.is_some() { by } else { "" };
    tx.execute(ADOPT, values![id, adoption, at, by])
        .await
        .map(drop)
}

const RUNS: &str = "
    SELECT id, job, seed, begun_at, begun_by, ended_at, document, adoption, adopted_at, adopted_by
      FROM persona_run
     ORDER BY begun_at DESC, id DESC";

/// Every search that is kept, the last one first; they are few.
pub async fn runs(tx: &mut Tx<'_>) -> Result<Vec<PersonaRunRow>> {
    tx.fetch(RUNS, values![])
        .await?
        .iter()
        .map(read_run)
        .collect()
}

const RUN: &str = "
    SELECT id, job, seed, begun_at, begun_by, ended_at, document, adoption, adopted_at, adopted_by
      FROM persona_run
     WHERE id = $1";

/// One search.
pub async fn run(tx: &mut Tx<'_>, id: PersonaRunId) -> Result<Option<PersonaRunRow>> {
    let row = tx.fetch_one(RUN, values![id]).await?;
    row.as_ref().map(read_run).transpose()
}

const IN_FORCE: &str = "
    SELECT id, job, seed, begun_at, begun_by, ended_at, document, adoption, adopted_at, adopted_by
      FROM persona_run
     WHERE adoption IS NOT NULL
     ORDER BY adoption DESC
     LIMIT 1";

/// The search that is in force.
pub async fn in_force(tx: &mut Tx<'_>) -> Result<Option<PersonaRunRow>> {
    let row = tx.fetch_one(IN_FORCE, values![]).await?;
    row.as_ref().map(read_run).transpose()
}

const REMOVE_TYPICAL: &str = "DELETE FROM persona_typical WHERE run = $1";
const REMOVE: &str = "DELETE FROM persona_run WHERE id = $1";

/// Lets go of a search.
pub async fn remove(tx: &mut Tx<'_>, id: PersonaRunId) -> Result<()> {
    tx.execute(REMOVE_TYPICAL, values![id]).await?;
    tx.execute(REMOVE, values![id]).await.map(drop)
}

fn read_run(record: &Record) -> Result<PersonaRunRow> {
    Ok(PersonaRunRow {
        id: PersonaRunId::from_bytes(record.id(0)?),
        job: JobId::from_bytes(record.id(1)?),
        seed: record.int(2)?,
        begun_at: record.time(3)?,
        begun_by: record.text(4)?,
        ended_at: record.time_or_null(5)?,
        document: record.text(6)?,
        adoption: record.int_or_null(7)?,
        adopted_at: record.time_or_null(8)?,
        adopted_by: record.text(9)?,
    })
}

/// What people call a kind of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonaRow {
    pub id: PersonaId,
    pub name: String,
    pub note: String,
    /// One more with each change.
    pub version: i64,
    pub named_at: Timestamp,
    pub named_by: String,
}

const NAMED: &str = "
    SELECT id, name, note, version, named_at, named_by
      FROM persona
     ORDER BY id";

/// Every kind that was given a name or a note.
pub async fn named(tx: &mut Tx<'_>) -> Result<Vec<PersonaRow>> {
    let rows = tx.fetch(NAMED, values![]).await?;
    let read = |record: &Record| {
        Ok(PersonaRow {
            id: PersonaId::from_bytes(record.id(0)?),
            name: record.text(1)?,
            note: record.text(2)?,
            version: record.int(3)?,
            named_at: record.time(4)?,
            named_by: record.text(5)?,
        })
    };
    rows.iter().map(read).collect()
}

const NAME: &str = "
    INSERT INTO persona (id, name, note, version, named_at, named_by)
    VALUES ($1, $2, $3, $4 + 1, $5, $6)
    ON CONFLICT (id) DO UPDATE
       SET name = excluded.name,
           note = excluded.note,
           version = excluded.version,
           named_at = excluded.named_at,
           named_by = excluded.named_by
     WHERE persona.version = $4";

/// Gives a kind a name and a note, from the version that was read (0 before the first); false if
/// it is at another.
pub async fn name(tx: &mut Tx<'_>, row: &PersonaRow) -> Result<bool> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.note.as_str(),
        row.version,
        row.named_at,
        row.named_by.as_str(),
    ];
    Ok(tx.execute(NAME, values).await? == 1)
}

const UNNAME: &str = "DELETE FROM persona WHERE id = $1";

/// Takes name and note away.
pub async fn unname(tx: &mut Tx<'_>, id: PersonaId) -> Result<()> {
    tx.execute(UNNAME, values![id]).await.map(drop)
}

const PUT_TYPICAL: Bulk = Bulk {
    head: "INSERT INTO persona_typical (run, persona, place, customer) VALUES",
    width: 4,
    tail: "ON CONFLICT (run, persona, place) DO NOTHING",
};

/// Writes down who stands for the kinds that a search has found.
pub async fn put_typical(tx: &mut Tx<'_>, run: PersonaRunId, typical: &[Typical]) -> Result<()> {
    tx.execute_bulk(&PUT_TYPICAL, typical, |it, values| {
        let place = i64::from(it.place);
        values.extend_from_slice(values![run, it.persona, place, it.customer]);
    })
    .await
    .map(drop)
}

const TYPICAL: &str = "
    SELECT persona, customer
      FROM persona_typical
     WHERE run = $1
     ORDER BY persona, place";

/// Who stands for each kind that a search has found, nearest first.
pub async fn typical(tx: &mut Tx<'_>, run: PersonaRunId) -> Result<Vec<(PersonaId, CustomerId)>> {
    let rows = tx.fetch(TYPICAL, values![run]).await?;
    let read = |record: &Record| {
        let persona = PersonaId::from_bytes(record.id(0)?);
        Ok((persona, CustomerId::from_bytes(record.id(1)?)))
    };
    rows.iter().map(read).collect()
}

const FORGET: Bulk = Bulk {
    head: "DELETE FROM persona_typical WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Lets people stand for nothing any more.
pub async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<()> {
    tx.execute_bulk(&FORGET, customers, |id, values| values.push((*id).into()))
        .await
        .map(drop)
}
