//! What the gate said of each message.

use std::collections::BTreeMap;

use filo_core::id::MessageId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// Verdicts kept of one message: the first ones and the last say how it went.
const KEPT_MOST: i64 = 50;

/// One verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRow {
    pub at: Timestamp,
    pub outcome: String,
    pub until: Option<Timestamp>,
    /// What was found, as JSON.
    pub findings: String,
}

const TOLD: Bulk = Bulk {
    head: "SELECT at, outcome, until, findings, message, number FROM message_verdict WHERE \
           message IN (VALUES",
    width: 1,
    tail: ") ORDER BY message, number",
};

const PUT: Bulk = Bulk {
    head: "INSERT INTO message_verdict (message, number, at, outcome, until, findings) VALUES",
    width: 6,
    tail: "ON CONFLICT (message, number) DO UPDATE SET at = excluded.at, outcome = \
           excluded.outcome, until = excluded.until, findings = excluded.findings",
};

/// Writes verdicts down, each unless it says what the last one of its message said. One of each
/// message.
pub async fn tell(tx: &mut Tx<'_>, rows: &[(MessageId, VerdictRow)]) -> Result<()> {
    let told = tx.fetch_bulk(&TOLD, rows, |(id, _), values| values.push((*id).into()));
    let mut last: BTreeMap<MessageId, (i64, VerdictRow)> = BTreeMap::new();
    for row in told.await? {
        let id = MessageId::from_bytes(row.id(4)?);
        last.insert(id, (row.int(5)?, read(&row)?));
    }
    let says_new = |(id, row): &&(MessageId, VerdictRow)| {
        let said = last.get(id).map(|(_, said)| said);
        said.is_none_or(|said| {
            (&said.outcome, said.until, &said.findings) != (&row.outcome, row.until, &row.findings)
        })
    };
    let next = |id: &MessageId| last.get(id).map_or(0, |(number, _)| number + 1);
    let new: Vec<_> = rows.iter().filter(says_new).collect();
    tx.execute_bulk(&PUT, &new, |(id, row), values| {
        values.extend_from_slice(values![
            *id,
            next(id).min(KEPT_MOST),
            row.at,
            row.outcome.as_str(),
            row.until,
            row.findings.as_str(),
        ]);
    })
    .await
    .map(drop)
}

const LIST: &str = "
    SELECT at, outcome, until, findings
      FROM message_verdict
     WHERE message = $1
     ORDER BY number";

/// Everything the gate said of a message, in order.
pub async fn list(tx: &mut Tx<'_>, message: MessageId) -> Result<Vec<VerdictRow>> {
    let rows = tx.fetch(LIST, values![message]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Record) -> Result<VerdictRow> {
    Ok(VerdictRow {
        at: row.time(0)?,
        outcome: row.text(1)?,
        until: row.time_or_null(2)?,
        findings: row.text(3)?,
    })
}
