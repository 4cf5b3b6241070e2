//! The running workspace: the engine and the use cases around it, by noun.
//!
//! **Invariant:** every event goes through [`App::accept`] or a decision to the log, and from
//! there through the one engine; nothing else changes a customer.

mod actor;
mod admission;
mod app;
mod bulk;
mod clock;
mod commit;
mod config;
mod customer;
mod decision;
mod engine;
mod error;
mod idempotency;
pub mod import;
mod incident;
mod key;
mod log_row;
mod quarantine;
mod question;
mod rebuild;

pub use actor::{Actor, Scopes};
pub use admission::Permit;
pub use app::{App, Status};
pub use bulk::{Chosen, Done, NOTED_MOST};
pub use clock::{Chance, Clock};
pub use config::Config;
pub use customer::{CustomerView, Explanation, IdentifierView, SavedView};
pub use decision::{NewConsent, STAFF_SOURCE};
pub use error::{Busy, BusyReason, Error, Result};
pub use filo_store::customer::{
    CustomerRow, Facets, Filter, Mark, MarkKey, Marketing, Question, Sort, Span,
};
pub use filo_store::quarantine::{
    Cursor as QuarantineCursor, Filter as QuarantineFilter, QuarantineRow,
    Status as QuarantineStatus,
};
pub use idempotency::{KEY_CHARS_MOST, Remembered};
pub use key::{CreatedKey, FirstRun, KeyKind, KeyView, NewKey, SourceView, WriteKey};
pub use quarantine::{BODY_BYTES_MOST, Quarantined};
pub use question::NodeView;
pub use rebuild::{CheckReport, RebuildReport};
