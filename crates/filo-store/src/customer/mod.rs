//! Customers as lists and searches show them.
//!
//! **Invariant:** everything here follows from the nodes; it can be thrown away and made again.

mod filter;
mod listing;
mod term;
mod unfilled;

use filo_core::id::{CustomerId, SourceId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

pub use filter::{Facets, Filter, Marketing, Span};
pub use listing::{Mark, MarkKey, Question, Sort, by_id, count_upto, ids, narrow, page};
pub use term::{Found, search, set_terms, terms_of};
pub use unfilled::{fill, unfilled};

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
    /// Channels, ways to reach them, consent to marketing.
    pub facets: Facets,
    /// Month and day of the birthday: 1105 is the fifth of November; 0 if unknown.
    pub birthday: i64,
    /// The source that told of the first meeting.
    pub first_source: Option<SourceId>,
}

impl CustomerRow {
    /// What the list is sorted by name with: lower case, without accents; behind all others if
    /// there is nothing to call them.
    #[must_use]
    pub fn name_key(&self) -> String {
        let shown = [&self.name, &self.email, &self.phone]
            .into_iter()
            .flatten()
            .next();
        let key = shown.map(|name| term::sortable(name)).unwrap_or_default();
        if key.is_empty() {
            return char::MAX.to_string();
        }
        key
    }
}

const SAVE: Bulk = Bulk {
    head: "INSERT INTO customer (id, name, email, phone, first_seen, last_seen, events, orders, \
           revenue_cents, currency, node_count, terms, name_key, facets, birthday, first_source) \
           VALUES",
    width: 16,
    tail: "ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
           phone = excluded.phone, last_seen = excluded.last_seen, events = excluded.events, \
           orders = excluded.orders, currency = excluded.currency, \
           node_count = excluded.node_count, facets = excluded.facets, \
           birthday = excluded.birthday, first_source = excluded.first_source",
};

/// Apart from the rest and only where it changed: a statement that names a column writes every
/// index on it anew, and these three seldom change while the others do with each event.
const MOVE: Bulk = Bulk {
    head: "UPDATE customer SET name_key = said.column2, first_seen = said.column3, \
           revenue_cents = said.column4 FROM (VALUES",
    width: 4,
    tail: ") AS said WHERE customer.id = said.column1 AND (customer.name_key <> said.column2 \
           OR customer.first_seen <> said.column3 OR customer.revenue_cents <> said.column4)",
};

/// Saves customers, new or known. Their ids must differ. A new one is found by search once
/// [`set_terms`] was called for it.
pub async fn save(tx: &mut Tx<'_>, customers: &[CustomerRow]) -> Result<()> {
    // In the order of the index on the id, as the nodes are.
    let mut customers: Vec<&CustomerRow> = customers.iter().collect();
    customers.sort_unstable_by_key(|customer| customer.id);
    let keyed: Vec<(String, &CustomerRow)> = customers
        .into_iter()
        .map(|customer| (customer.name_key(), customer))
        .collect();
    tx.execute_bulk(&SAVE, &keyed, |(name_key, customer), values| {
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
            name_key.as_str(),
            customer.facets.filled(),
            customer.birthday,
            source_number(customer.first_source),
        ]);
    })
    .await?;
    tx.execute_bulk(&MOVE, &keyed, |(name_key, customer), values| {
        values.extend_from_slice(values![
            customer.id,
            name_key.as_str(),
            customer.first_seen,
            customer.revenue_cents,
        ]);
    })
    .await?;
    Ok(())
}

/// Nobody's number stands for no source: a missing value would be in no index range.
fn source_number(source: Option<SourceId>) -> i64 {
    source.map_or(-1, |source| i64::from(source.0))
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
           currency, node_count, facets, birthday, first_source
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
           currency, node_count, facets, birthday, first_source \
           FROM customer WHERE id IN (VALUES",
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
        facets: Facets::stored(record.int(11)?),
        birthday: record.int(12)?,
        first_source: record
            .int(13)
            .map(|number| u32::try_from(number).ok().map(SourceId))?,
    })
}
