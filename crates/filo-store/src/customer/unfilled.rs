//! Rows from before the list could be filtered: found by an index of their own, filled in once.
//!
//! **Invariant:** filling never overwrites a row that a checkpoint has written meanwhile.

use filo_core::id::CustomerId;

use super::{CustomerRow, source_number};
use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::values;

const UNFILLED: &str = "
    SELECT id
      FROM customer
     WHERE facets = 0
       AND id > $1
     ORDER BY id
     LIMIT $2";

/// Customers whose rows were never filled, behind an id.
pub async fn unfilled(tx: &mut Tx<'_>, behind: CustomerId, limit: u32) -> Result<Vec<CustomerId>> {
    tx.fetch(UNFILLED, values![behind, limit])
        .await?
        .iter()
        .map(|row| row.id(0).map(CustomerId::from_bytes))
        .collect()
}

const FILL: Bulk = Bulk {
    head: "UPDATE customer SET name_key = said.column2, facets = said.column3, \
           birthday = said.column4, first_source = said.column5 FROM (VALUES",
    width: 5,
    tail: ") AS said WHERE customer.id = said.column1 AND customer.facets = 0",
};

/// Fills rows in; those written since are left.
pub async fn fill(tx: &mut Tx<'_>, customers: &[CustomerRow]) -> Result<u64> {
    let keyed: Vec<(String, &CustomerRow)> = customers
        .iter()
        .map(|customer| (customer.name_key(), customer))
        .collect();
    tx.execute_bulk(&FILL, &keyed, |(name_key, customer), values| {
        values.extend_from_slice(values![
            customer.id,
            name_key.as_str(),
            customer.facets.filled(),
            customer.birthday,
            source_number(customer.first_source),
        ]);
    })
    .await
}
