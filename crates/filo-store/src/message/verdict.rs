//! What the gate said of each message.

use filo_core::id::MessageId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::values;

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

const NEXT: &str = "SELECT MAX(number) FROM message_verdict WHERE message = $1";

const LAST: &str = "
    SELECT at, outcome, until, findings
      FROM message_verdict
     WHERE message = $1
     ORDER BY number DESC
     LIMIT 1";

const PUT: &str = "
    INSERT INTO message_verdict (message, number, at, outcome, until, findings)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (message, number) DO UPDATE
       SET at = excluded.at,
           outcome = excluded.outcome,
           until = excluded.until,
           findings = excluded.findings";

/// Writes a verdict down, unless it says what the last one said.
pub async fn tell(tx: &mut Tx<'_>, message: MessageId, row: &VerdictRow) -> Result<()> {
    let last = tx.fetch_one(LAST, values![message]).await?;
    if let Some(last) = last {
        let is_same = last.text(1)? == row.outcome
            && last.time_or_null(2)? == row.until
            && last.text(3)? == row.findings;
        if is_same {
            return Ok(());
        }
    }
    let number = match tx.fetch_one(NEXT, values![message]).await? {
        Some(last) => last.int_or_null(0)?.map_or(0, |last| last + 1),
        None => 0,
    };
    let values = values![
        message,
        number.min(KEPT_MOST),
        row.at,
        row.outcome.as_str(),
        row.until,
        row.findings.as_str(),
    ];
    tx.execute(PUT, values).await.map(drop)
}

const LIST: &str = "
    SELECT at, outcome, until, findings
      FROM message_verdict
     WHERE message = $1
     ORDER BY number";

/// Everything the gate said of a message, in order.
pub async fn list(tx: &mut Tx<'_>, message: MessageId) -> Result<Vec<VerdictRow>> {
    let rows = tx.fetch(LIST, values![message]).await?;
    rows.iter()
        .map(|row| {
            Ok(VerdictRow {
                at: row.time(0)?,
                outcome: row.text(1)?,
                until: row.time_or_null(2)?,
                findings: row.text(3)?,
            })
        })
        .collect()
}
