//! Customers as lists and searches show them.
//!
//! **Invariant:** everything here follows from the nodes; it can be thrown away and made again.

mod term;

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

pub use term::{Found, search, set_terms, terms_of};

/// One customer, as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub events: i64,
    pub orders: i64,
    pub revenue_cents: i64,
    /// ISO 4217; nothing while there is no order.
    pub currency: Option<String>,
    /// How many identifiers it has.
    pub node_count: i64,
}

/// Where a page of the list ended: the next one begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub last_seen: Timestamp,
    pub id: CustomerId,
}

impl CustomerRow {
    /// The cursor behind this row.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            last_seen: self.last_seen,
            id: self.id,
        }
    }
}

const SAVE: Bulk = Bulk {
    head: "INSERT INTO customer (id, name, email, phone, first_seen, last_seen, events, orders, \
           revenue_cents, currency, node_count, terms) VALUES",
    width: 12,
    tail: "ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
           phone = excluded.phone, first_seen = excluded.first_seen, \
           last_seen = excluded.last_seen, events = excluded.events, orders = excluded.orders, \
           revenue_cents = excluded.revenue_cents, currency = excluded.currency, \
           node_count = excluded.node_count",
};

/// Saves customers, new or known. Their ids must differ. A new one is found by search once
/// [`set_terms`] was called for it.
pub async fn save(tx: &mut Tx<'_>, customers: &[CustomerRow]) -> Result<()> {
    // In the order of the index on the id, as the nodes are.
    let mut customers: Vec<&CustomerRow> = customers.iter().collect();
    customers.sort_unstable_by_key(|customer| customer.id);
    tx.execute_bulk(&SAVE, &customers, |customer, values| {
        values.extend_from_slice(values![
            customer.id,
            customer.name.as_deref(),
            customer.email.as_deref(),
            customer.phone.as_deref(),
            customer.first_seen,
            customer.last_seen,
            customer.events,
            customer.orders,
            customer.revenue_cents,
            customer.currency.as_deref(),
            customer.node_count,
            "",
        ]);
    })
    .await?;
    Ok(())
}

const REMOVE: Bulk = Bulk {
    head: "DELETE FROM customer WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// Removes customers that were joined into others, and their words.
pub async fn remove(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<()> {
    term::forget(tx, ids).await?;
    tx.execute_bulk(&REMOVE, ids, |id, values| values.push((*id).into()))
        .await?;
    Ok(())
}

const GET: &str = "
    SELECT id, name, email, phone, first_seen, last_seen, events, orders, revenue_cents,
           currency, node_count
      FROM customer
     WHERE id = $1";

/// One customer.
pub async fn get(tx: &mut Tx<'_>, id: CustomerId) -> Result<Option<CustomerRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const GET_MANY: Bulk = Bulk {
    head: "SELECT id, name, email, phone, first_seen, last_seen, events, orders, revenue_cents, \
           currency, node_count FROM customer WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// The customers of these ids that are known, in no order.
pub async fn get_many(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
    let rows = tx
        .fetch_bulk(&GET_MANY, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter().map(read).collect()
}

const LIST: &str = "
    SELECT id, name, email, phone, first_seen, last_seen, events, orders, revenue_cents,
           currency, node_count
      FROM customer
     WHERE (last_seen, id) < ($1, $2)
     ORDER BY last_seen DESC, id DESC
     LIMIT $3";

/// A page of customers, the one seen last first.
pub async fn list(tx: &mut Tx<'_>, behind: Option<Cursor>, limit: u32) -> Result<Vec<CustomerRow>> {
    let begin = Cursor {
        last_seen: Timestamp::MAX,
        id: CustomerId(u128::MAX),
    };
    let behind = behind.unwrap_or(begin);
    tx.fetch(LIST, values![behind.last_seen, behind.id, limit])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// How many customers there are. Reads a whole index: not for a hot path.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64> {
    let row = tx.fetch_one("SELECT COUNT(*) FROM customer", &[]).await?;
    row.ok_or_else(|| Error::Damaged("a count gave no row".to_owned()))?
        .int(0)
}

/// Forgets all customers and their words, before a rebuild from the events.
pub async fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM customer_term", &[]).await?;
    tx.execute("DELETE FROM customer", &[]).await?;
    Ok(())
}

fn read(record: &Record) -> Result<CustomerRow> {
    Ok(CustomerRow {
        id: CustomerId::from_bytes(record.id(0)?),
        name: record.text_or_null(1)?,
        email: record.text_or_null(2)?,
        phone: record.text_or_null(3)?,
        first_seen: record.time(4)?,
        last_seen: record.time(5)?,
        events: record.int(6)?,
        orders: record.int(7)?,
        revenue_cents: record.int(8)?,
        currency: record.text_or_null(9)?,
        node_count: record.int(10)?,
    })
}
