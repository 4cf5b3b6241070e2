//! The values that an act mended, for taking it back.

use filo_core::id::CustomerId;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::values;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedRow {
    pub act: u128,
    pub customer: CustomerId,
    pub field: String,
    /// What it said before; empty if nothing.
    pub former: String,
    /// What it was made to say.
    pub proposal: String,
}

const ADD: Bulk = Bulk {
    head: "INSERT INTO quality_mended (act, customer, field, former, proposal) VALUES",
    width: 5,
    tail: "ON CONFLICT (act, customer, field) DO NOTHING",
};

/// Writes down what an act is about to mend.
pub async fn add_mended(tx: &mut Tx<'_>, rows: &[MendedRow]) -> Result<()> {
    tx.execute_bulk(&ADD, rows, |row, values| {
        values.extend_from_slice(values![
            CustomerId(row.act),
            row.customer,
            row.field.as_str(),
            row.former.as_str(),
            row.proposal.as_str(),
        ]);
    })
    .await
    .map(drop)
}

const OF: &str = "
    SELECT customer, field, former, proposal
      FROM quality_mended
     WHERE act = $1
     ORDER BY customer, field";

/// What an act mended.
pub async fn mended(tx: &mut Tx<'_>, act: u128) -> Result<Vec<MendedRow>> {
    tx.fetch(OF, values![CustomerId(act)])
        .await?
        .iter()
        .map(|row| {
            Ok(MendedRow {
                act,
                customer: CustomerId::from_bytes(row.id(0)?),
                field: row.text(1)?,
                former: row.text(2)?,
                proposal: row.text(3)?,
            })
        })
        .collect()
}
