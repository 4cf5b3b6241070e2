//! What was done with many people at once, with what undoing it needs.

use filo_core::id::{CustomerId, ListId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::values;

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkAct {
    /// A number nobody else has.
    pub id: u128,
    /// `note`, `export`, `list_joined` or `list_left`.
    pub kind: String,
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// The filters and the order, as an address has them.
    pub question: String,
    /// How many people.
    pub people: i64,
    /// Those whom undoing must find; empty where nothing is to undo.
    pub customers: Vec<CustomerId>,
    /// The list that they were put on or taken off.
    pub list: Option<ListId>,
    pub undone_at: Option<Timestamp>,
}

const ADD: &str = "
    INSERT INTO bulk_act (id, kind, at, actor, question, people, customers, list)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Writes an act down.
pub async fn add(tx: &mut Tx<'_>, act: &BulkAct) -> Result<()> {
    let customers: Vec<u8> = act
        .customers
        .iter()
        .flat_map(|customer| customer.to_bytes())
        .collect();
    tx.execute(
        ADD,
        values![
            CustomerId(act.id),
            act.kind.as_str(),
            act.at,
            act.actor.as_str(),
            act.question.as_str(),
            act.people,
            customers.as_slice(),
            act.list,
        ],
    )
    .await?;
    Ok(())
}

const GET: &str = "
    SELECT kind, at, actor, question, people, customers, undone_at, list
      FROM bulk_act
     WHERE id = $1";

/// One act.
pub async fn get(tx: &mut Tx<'_>, id: u128) -> Result<Option<BulkAct>> {
    let Some(row) = tx.fetch_one(GET, values![CustomerId(id)]).await? else {
        return Ok(None);
    };
    let bytes = row.bytes(5)?;
    let (ids, rest) = bytes.as_chunks::<16>();
    if !rest.is_empty() {
        return Err(Error::Damaged("a bulk act holds half an id".to_owned()));
    }
    Ok(Some(BulkAct {
        id,
        kind: row.text(0)?,
        at: row.time(1)?,
        actor: row.text(2)?,
        question: row.text(3)?,
        people: row.int(4)?,
        customers: ids.iter().copied().map(CustomerId::from_bytes).collect(),
        undone_at: row.time_or_null(6)?,
        list: row.id_or_null(7)?.map(ListId::from_bytes),
    }))
}

/// Marks an act as undone; false if it was before.
pub async fn undo(tx: &mut Tx<'_>, id: u128, now: Timestamp) -> Result<bool> {
    let changed = tx
        .execute(
            "UPDATE bulk_act SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL",
            values![CustomerId(id), now],
        )
        .await?;
    Ok(changed == 1)
}
