//! What left, to the letter: what a person of the company can look up afterwards.

use filo_core::id::MessageId;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::values;

/// What left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyRow {
    pub subject: String,
    pub body: String,
    /// Empty where it was text alone.
    pub html: String,
}

const PUT: Bulk = Bulk {
    head: "INSERT INTO message_copy (message, subject, body, html) VALUES",
    width: 4,
    tail: "ON CONFLICT (message) DO UPDATE SET subject = excluded.subject, body = excluded.body, \
           html = excluded.html",
};

/// Keeps what leaves.
pub async fn put(tx: &mut Tx<'_>, rows: &[(MessageId, CopyRow)]) -> Result<()> {
    tx.execute_bulk(&PUT, rows, |(message, row), values| {
        values.extend_from_slice(values![
            *message,
            row.subject.as_str(),
            row.body.as_str(),
            row.html.as_str(),
        ]);
    })
    .await
    .map(drop)
}

const GET: &str = "
    SELECT subject, body, html
      FROM message_copy
     WHERE message = $1";

/// What left, if something did.
pub async fn get(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<CopyRow>> {
    let Some(row) = tx.fetch_one(GET, values![message]).await? else {
        return Ok(None);
    };
    Ok(Some(CopyRow {
        subject: row.text(0)?,
        body: row.text(1)?,
        html: row.text(2)?,
    }))
}
