//! Customers and identifiers as the views show them.
//!
//! **Invariant:** ids are written as everywhere else (`cus_…`, `idn_…`).

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow::error::ArrowError;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Identifier;
use filo_core::time::Timestamp;

/// A row of `customers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRecord {
    /// `customer_id`.
    pub id: CustomerId,
    /// What to call them.
    pub name: Option<String>,
    /// The address to write to.
    pub email: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// First event.
    pub first_seen_at: Option<Timestamp>,
    /// Last event.
    pub last_seen_at: Option<Timestamp>,
    /// How many events.
    pub event_count: i64,
    /// How many orders that were not cancelled.
    pub order_count: i64,
    /// What they paid, in cents of `currency`.
    pub revenue_cents: i64,
    /// The currency of most of their orders.
    pub currency: Option<String>,
    /// All traits: a JSON object.
    pub traits: String,
}

/// A row of `identifiers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierRecord {
    /// `identifier_id`, which is also the thread of events that came with it.
    pub id: NodeId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Kind and value.
    pub identifier: Identifier,
    /// First event with it.
    pub first_seen_at: Option<Timestamp>,
    /// Last event with it.
    pub last_seen_at: Option<Timestamp>,
}

pub(super) fn customers(records: &[CustomerRecord]) -> Result<RecordBatch, ArrowError> {
    let text = |of: fn(&CustomerRecord) -> Option<&str>| -> ArrayRef {
        Arc::new(records.iter().map(of).collect::<StringArray>())
    };
    let number = |of: fn(&CustomerRecord) -> i64| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(records.iter().map(of)))
    };
    RecordBatch::try_from_iter([
        ("customer_id", ids(records.iter().map(|record| record.id))),
        ("name", text(|record| record.name.as_deref())),
        ("email", text(|record| record.email.as_deref())),
        ("phone", text(|record| record.phone.as_deref())),
        (
            "first_seen_at",
            instants(records.iter().map(|record| record.first_seen_at)),
        ),
        (
            "last_seen_at",
            instants(records.iter().map(|record| record.last_seen_at)),
        ),
        ("event_count", number(|record| record.event_count)),
        ("order_count", number(|record| record.order_count)),
        ("revenue_cents", number(|record| record.revenue_cents)),
        ("currency", text(|record| record.currency.as_deref())),
        ("traits", text(|record| Some(&record.traits))),
    ])
}

pub(super) fn identifiers(records: &[IdentifierRecord]) -> Result<RecordBatch, ArrowError> {
    let text = |of: fn(&IdentifierRecord) -> &str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(records.iter().map(of)))
    };
    RecordBatch::try_from_iter([
        ("identifier_id", ids(records.iter().map(|record| record.id))),
        (
            "customer_id",
            ids(records.iter().map(|record| record.customer_id)),
        ),
        ("kind", text(|record| record.identifier.kind.word())),
        ("value", text(|record| &record.identifier.value)),
        (
            "first_seen_at",
            instants(records.iter().map(|record| record.first_seen_at)),
        ),
        (
            "last_seen_at",
            instants(records.iter().map(|record| record.last_seen_at)),
        ),
    ])
}

fn ids(ids: impl Iterator<Item = impl ToString>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(ids.map(|id| id.to_string())))
}

fn instants(instants: impl Iterator<Item = Option<Timestamp>>) -> ArrayRef {
    let column: TimestampMicrosecondArray = instants.map(|at| at.map(|at| at.0)).collect();
    Arc::new(column.with_timezone("UTC"))
}
