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

/// The sign keeps SQLite from going through all that are not filled: each is found by its id.
const FILL: Bulk = Bulk {
    head: "UPDATE customer SET name_key = said.column2, facets = said.column3, \
           birthday = said.column4, first_source = said.column5 FROM (VALUES",
    width: 5,
    tail: ") AS said WHERE customer.id = said.column1 AND +customer.facets = 0",
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

#[cfg(test)]
mod tests {
    use filo_core::id::SourceId;
    use filo_core::time::Timestamp;

    use super::super::{Facets, get, save};
    use super::*;
    use crate::db::{Db, Location, Options};

    fn row(number: u128) -> CustomerRow {
        CustomerRow {
            id: CustomerId(number),
            name: Some("Àda".to_owned()),
            email: None,
            phone: None,
            first_seen: Timestamp(1),
            last_seen: Timestamp(2),
            events: 1,
            orders: 0,
            revenue_cents: 0,
            currency: None,
            node_count: 1,
            facets: Facets::EMAIL,
            birthday: 1128,
            first_source: Some(SourceId(3)),
        }
    }

    #[tokio::test]
    async fn rows_from_before_are_found_and_filled_once() {
        let db = Db::open(&Location::Memory, &Options::default())
            .await
            .unwrap();
        let mut tx = db.begin().await.unwrap();
        let rows: Vec<CustomerRow> = (1..=5).map(row).collect();
        save(&mut tx, &rows).await.unwrap();
        let as_before = "UPDATE customer SET facets = 0, birthday = 0, first_source = -1, \
                         name_key = '' WHERE id <> $1";
        tx.execute(as_before, values![CustomerId(3)]).await.unwrap();
        let ids = unfilled(&mut tx, CustomerId(1), 2).await.unwrap();
        assert_eq!(ids, [CustomerId(2), CustomerId(4)]);
        assert_eq!(fill(&mut tx, &rows).await.unwrap(), 4);
        assert_eq!(get(&mut tx, CustomerId(4)).await.unwrap(), Some(row(4)));
        let left = unfilled(&mut tx, CustomerId(0), 9).await.unwrap();
        assert_eq!(left, []);
    }
}
