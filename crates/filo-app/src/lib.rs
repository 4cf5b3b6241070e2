//! The running workspace: the engine and the use cases around it, by noun.
//!
//! **Invariant:** every event goes through [`App::accept`] or a decision to the log, and from
//! there through the one engine; nothing else changes a customer.

mod actor;
mod admission;
mod app;
mod audit;
pub mod backup;
mod checking;
mod clock;
mod commit;
mod company;
mod config;
mod customer;
mod decision;
pub mod demo;
mod engine;
mod error;
pub mod export;
mod idempotency;
pub mod import;
mod incident;
mod key;
mod key_audit;
mod log_row;
mod quarantine;
mod question;
mod rebuild;
mod rule;
mod setting;
mod today;
mod watch;

pub use actor::{Actor, Scopes};
pub use admission::Permit;
pub use app::{App, Status};
pub use audit::{AuditFilter, AuditReport, EXPORT_LINES_MOST, record};
pub use checking::CheckReport;
pub use clock::{Chance, Clock};
pub use company::CompanyView;
pub use config::Config;
pub use customer::{CustomerView, Explanation, IdentifierView};
pub use decision::{NewConsent, STAFF_SOURCE};
pub use error::{Busy, BusyReason, Error, Result};
pub use filo_store::Location;
pub use filo_store::customer::CustomerRow;
pub use filo_store::quarantine::{
    Cursor as QuarantineCursor, Filter as QuarantineFilter, QuarantineRow,
    Status as QuarantineStatus,
};
pub use idempotency::{KEY_CHARS_MOST, Remembered};
pub use key::{CreatedKey, FirstRun, KeyKind, KeyView, NewKey, SourceView, WriteKey};
pub use quarantine::{BODY_BYTES_MOST, Quarantined};
pub use question::NodeView;
pub use rebuild::RebuildReport;
pub use rule::{Example, Grouped, RuleChange, RulesView, Trial, TrialState};
pub use today::{Beginning, Today};
