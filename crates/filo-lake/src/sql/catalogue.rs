//! The views with their columns, and questions to begin with.
//!
//! **Invariant:** what stands here is what a session shows; a test compares. Columns are only ever
//! added, and never change their meaning.

use super::asked::Kind;
use Kind::{Boolean, Text, Time, Whole};

/// A column of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in their order.
    pub columns: &'static [Described],
}

/// A question to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// What it is called in the catalogues of words.
    pub name: &'static str,
    /// The statement.
    pub statement: &'static str,
}

const fn column(name: &'static str, kind: Kind) -> Described {
    Described { name, kind }
}

/// All views.
pub const VIEWS: [View; 3] = [
    View {
        name: "events",
        columns: &[
            column("event_id", Text),
            column("thread", Text),
            column("customer_id", Text),
            column("at", Time),
            column("received_at", Time),
            column("original_at", Time),
            column("clock_suspect", Boolean),
            column("kind", Text),
            column("trust", Text),
            column("channel", Text),
            column("source", Whole),
            column("name", Text),
            column("message_id", Text),
            column("identifiers", Text),
            column("properties", Text),
            column("context", Text),
        ],
    },
    View {
        name: "customers",
        columns: &[
            column("customer_id", Text),
            column("name", Text),
            column("email", Text),
            column("phone", Text),
            column("first_seen_at", Time),
            column("last_seen_at", Time),
            column("event_count", Whole),
            column("order_count", Whole),
            column("revenue_cents", Whole),
            column("currency", Text),
            column("traits", Text),
        ],
    },
    View {
        name: "identifiers",
        columns: &[
            column("identifier_id", Text),
            column("customer_id", Text),
            column("kind", Text),
            column("value", Text),
            column("first_seen_at", Time),
            column("last_seen_at", Time),
        ],
    },
];

/// Questions to begin with; each works for whoever may see no names.
pub const EXAMPLES: [Example; 4] = [
    Example {
        name: "channels",
        statement: "\
SELECT channel, count(*) AS events, count(DISTINCT customer_id) AS people
  FROM events
 GROUP BY channel
 ORDER BY events DESC",
    },
    Example {
        name: "months",
        statement: "\
SELECT date_trunc('month', \"at\") AS month, count(*) AS orders,
       count(DISTINCT customer_id) AS buyers
  FROM events
 WHERE name = 'Order Completed'
 GROUP BY 1
 ORDER BY 1",
    },
    Example {
        name: "best",
        statement: "\
SELECT customer_id, order_count, revenue_cents / 100.0 AS revenue, currency
  FROM customers
 ORDER BY revenue_cents DESC, customer_id
 LIMIT 20",
    },
    Example {
        name: "away",
        statement: "\
SELECT customer_id, order_count, last_seen_at
  FROM customers
 WHERE order_count > 1
   AND last_seen_at < now() - INTERVAL '90 days'
 ORDER BY last_seen_at",
    },
];
