//! Customers and identifiers as the views show them.

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
