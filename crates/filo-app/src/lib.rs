//! The running workspace: the engine and the use cases around it, by noun.
//!
//! **Invariant:** every event goes through [`App::accept`] or a decision to the log, and from
//! there through the one engine; nothing else changes a customer.

mod actor;
mod admission;
mod app;
mod clock;
mod commit;
mod config;
mod customer;
mod decision;
mod engine;
mod error;
mod feed;
mod idempotency;
pub mod import;
mod incident;
mod key;
mod keyring;
mod log_row;
mod quarantine;
mod question;
mod rebuild;
mod source;

pub use actor::{Actor, Scopes};
pub use admission::Permit;
pub use app::{App, Status};
pub use clock::{Chance, Clock};
pub use config::Config;
pub use customer::{CustomerView, Explanation, IdentifierView};
pub use decision::{NewConsent, STAFF_SOURCE};
pub use error::{Busy, BusyReason, Error, Result};
pub use feed::{FeedPlace, Glimpse, NoPlace, Viewing};
pub use filo_store::incident::{Cursor as IncidentCursor, IncidentRow};
pub use filo_store::quarantine::{
    Cursor as QuarantineCursor, Filter as QuarantineFilter, Group as QuarantineGroup,
    QuarantineRow, Status as QuarantineStatus,
};
pub use idempotency::{KEY_CHARS_MOST, Remembered};
pub use key::{CreatedKey, FirstRun, KeyKind, KeyRefusal, KeyView, NewKey, SourceView, WriteKey};
pub use quarantine::{BODY_BYTES_MOST, Discarded, GROUPED_ROWS_MOST, Kin, Quarantined};
pub use question::NodeView;
pub use rebuild::{CheckReport, RebuildReport};
pub use source::{NewSource, SourceKind, VOLUME_DAYS, Volumes};
