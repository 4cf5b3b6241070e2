//! Each person as they were looked at last, and what belongs to them alone.

use filo_core::id::{CustomerId, NodeId, SourceId};

use super::finding::{FindingRow, put_findings};
use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A person as they were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub customer: CustomerId,
    /// Events and identifiers of the customer's row when it was looked at: more of either, and
    /// the person is looked at again.
    pub events: i64,
    pub node_count: i64,
    /// The version of the checks.
    pub checks: i64,
    /// What is known, as the core writes it.
    pub marks: Vec<u8>,
    /// The score over time.
    pub history: Vec<u8>,
}

/// Something that belongs to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    pub node: NodeId,
    pub customer: CustomerId,
    pub field: &'static str,
    pub source: Option<SourceId>,
}

const PUT: Bulk = Bulk {
    head: "INSERT INTO quality_person (customer, events, node_count, checks, marks, history) VALUES",
    width: 6,
    tail: "ON CONFLICT (customer) DO UPDATE SET events = excluded.events, \
           node_count = excluded.node_count, checks = excluded.checks, marks = excluded.marks, \
           history = excluded.history",
};

const PUT_KEY: Bulk = Bulk {
    head: "INSERT INTO quality_key (node, customer, field, source) VALUES",
    width: 4,
    tail: "ON CONFLICT (node, customer) DO NOTHING",
};

const DROP_PERSON: Bulk = Bulk {
    head: "DELETE FROM quality_person WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

const DROP_FINDINGS: Bulk = Bulk {
    head: "DELETE FROM quality_finding WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

const DROP_KEYS: Bulk = Bulk {
    head: "DELETE FROM quality_key WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Writes down what is wrong with people and what belongs to them, after
/// [`forget_worked_out`].
pub async fn put(tx: &mut Tx<'_>, findings: &[FindingRow], keys: &[KeyRow]) -> Result<()> {
    put_findings(tx, findings).await?;
    tx.execute_bulk(&PUT_KEY, keys, |key, values| {
        values.extend_from_slice(values![
            key.node,
            key.customer,
            key.field,
            key.source.map(|source| i64::from(source.0)),
        ]);
    })
    .await
    .map(drop)
}

/// Writes people down as they were looked at.
pub async fn put_people(tx: &mut Tx<'_>, people: &[PersonRow]) -> Result<()> {
    tx.execute_bulk(&PUT, people, |person, values| {
        values.extend_from_slice(values![
            person.customer,
            person.events,
            person.node_count,
            person.checks,
            person.marks.as_slice(),
            person.history.as_slice(),
        ]);
    })
    .await
    .map(drop)
}

async fn drop_rows(tx: &mut Tx<'_>, tables: &[&Bulk], ids: &[CustomerId]) -> Result<()> {
    for table in tables {
        tx.execute_bulk(table, ids, |id, values| values.push((*id).into()))
            .await?;
    }
    Ok(())
}

/// Forgets what was worked out of these ids: they are looked at anew, or are no more.
pub async fn forget_worked_out(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<()> {
    drop_rows(tx, &[&DROP_PERSON, &DROP_FINDINGS, &DROP_KEYS], ids).await
}

const DROP_IGNORED: Bulk = Bulk {
    head: "DELETE FROM quality_ignored WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

const DROP_MENDED: Bulk = Bulk {
    head: "DELETE FROM quality_mended WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Forgets everything about these ids, for good: a person who wants to be erased.
pub async fn erase(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<()> {
    forget_worked_out(tx, ids).await?;
    drop_rows(tx, &[&DROP_IGNORED, &DROP_MENDED], ids).await
}

const FORGET_GONE: [&str; 3] = [
    "DELETE FROM quality_finding
      WHERE NOT EXISTS (SELECT 1 FROM customer WHERE customer.id = quality_finding.customer)",
    "DELETE FROM quality_key
      WHERE NOT EXISTS (SELECT 1 FROM customer WHERE customer.id = quality_key.customer)",
    "DELETE FROM quality_person
      WHERE NOT EXISTS (SELECT 1 FROM customer WHERE customer.id = quality_person.customer)",
];

/// Forgets what was worked out of customers that are no more. Reads the tables whole.
pub async fn forget_gone(tx: &mut Tx<'_>) -> Result<()> {
    for statement in FORGET_GONE {
        tx.execute(statement, &[]).await?;
    }
    Ok(())
}

const CHANGED: &str = "
    SELECT customer.id,
           CAST(CASE WHEN known.events = customer.events
                      AND known.node_count = customer.node_count
                      AND known.checks = $3 THEN 0 ELSE 1 END AS BIGINT),
           customer.node_count,
           CAST(CASE WHEN COALESCE(customer.name, customer.email, customer.phone) IS NULL
                     THEN 0 ELSE 1 END AS BIGINT)
      FROM (SELECT id, events, node_count, name, email, phone
              FROM customer
             WHERE id > $1
             ORDER BY id
             LIMIT $2) AS customer
      LEFT JOIN quality_person AS known ON known.customer = customer.id
     ORDER BY customer.id";

/// A customer, and whether to look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub id: CustomerId,
    /// Something happened since the last look, or there was none.
    pub is_changed: bool,
    pub node_count: i64,
    /// They can be called or reached.
    pub is_named: bool,
}

/// A page of customers behind an id.
pub async fn candidates(
    tx: &mut Tx<'_>,
    behind: CustomerId,
    limit: u32,
    checks: i64,
) -> Result<Vec<Candidate>> {
    let candidate = |row: &Record| {
        Ok(Candidate {
            id: CustomerId::from_bytes(row.id(0)?),
            is_changed: row.int(1)? == 1,
            node_count: row.int(2)?,
            is_named: row.int(3)? == 1,
        })
    };
    let rows = tx.fetch(CHANGED, values![behind, limit, checks]).await?;
    rows.iter().map(candidate).collect()
}

const PEOPLE: &str = "
    SELECT customer, events, node_count, checks, marks, history
      FROM quality_person
     WHERE customer > $1
     ORDER BY customer
     LIMIT $2";

/// A page of people behind an id.
pub async fn people(tx: &mut Tx<'_>, behind: CustomerId, limit: u32) -> Result<Vec<PersonRow>> {
    let rows = tx.fetch(PEOPLE, values![behind, limit]).await?;
    rows.iter().map(read).collect()
}

const LOOKED_AT: Bulk = Bulk {
    head: "SELECT customer, events, node_count, checks, marks, history FROM quality_person \
           WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Those of these people who were looked at, in no order.
pub async fn looked_at(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<Vec<PersonRow>> {
    let rows = tx
        .fetch_bulk(&LOOKED_AT, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter().map(read).collect()
}

/// How many people were looked at.
pub async fn people_count(tx: &mut Tx<'_>) -> Result<i64> {
    let row = tx
        .fetch_one("SELECT COUNT(*) FROM quality_person", &[])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

const SHARED: Bulk = Bulk {
    head: "SELECT node, COUNT(*) FROM quality_key WHERE node IN (VALUES",
    width: 1,
    tail: ") GROUP BY node HAVING COUNT(*) > 1",
};

/// Those of these keys that several people have.
pub async fn shared(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<Vec<NodeId>> {
    let rows = tx
        .fetch_bulk(&SHARED, nodes, |node, values| values.push((*node).into()))
        .await?;
    rows.iter()
        .map(|row| row.id(0).map(NodeId::from_bytes))
        .collect()
}

/// How many keys of a field a source told, and how many of them nobody else has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCount {
    pub field: String,
    pub source: Option<SourceId>,
    pub keys: i64,
    pub own: i64,
}

const KEY_COUNTS: &str = "
    SELECT held.field, held.source, COUNT(*),
           COUNT(CASE WHEN twice.node IS NULL THEN 1 END)
      FROM quality_key AS held
      LEFT JOIN (SELECT node
                   FROM quality_key
                  GROUP BY node
                 HAVING COUNT(*) > 1) AS twice ON twice.node = held.node
     GROUP BY held.field, held.source
     ORDER BY held.field, held.source";

/// The keys counted. Reads the whole table: once a day.
pub async fn key_counts(tx: &mut Tx<'_>) -> Result<Vec<KeyCount>> {
    let count = |row: &Record| {
        Ok(KeyCount {
            field: row.text(0)?,
            source: row.small_or_null(1)?.map(SourceId),
            keys: row.int(2)?,
            own: row.int(3)?,
        })
    };
    tx.fetch(KEY_COUNTS, &[]).await?.iter().map(count).collect()
}

fn read(row: &Record) -> Result<PersonRow> {
    Ok(PersonRow {
        customer: CustomerId::from_bytes(row.id(0)?),
        events: row.int(1)?,
        node_count: row.int(2)?,
        checks: row.int(3)?,
        marks: row.bytes(4)?,
        history: row.bytes(5)?,
    })
}
