//! The running workspace: the engine and the use cases around it, by noun.
//!
//! **Invariant:** every event goes through [`App::accept`] or a decision to the log, and from
//! there through the one engine; nothing else changes a customer.

mod actor;
mod admission;
pub mod alert;
pub mod analysis;
pub mod annotation;
mod app;
pub mod approval;
pub mod audience;
mod audit;
pub mod backup;
mod bulk;
mod buyer;
pub mod channel;
mod checking;
mod clock;
mod commit;
mod company;
pub mod computed;
mod config;
pub mod consent;
pub mod content;
pub mod cost;
mod customer;
pub mod customer_list;
mod daily;
mod data_request;
mod decision;
pub mod demo;
mod dossier;
mod duplicate;
mod engine;
mod erasure;
mod error;
pub mod export;
mod feed;
mod first_run;
mod idempotency;
pub mod impact;
pub mod import;
pub mod import_run;
mod incident;
mod job;
pub mod journey;
mod key;
mod key_audit;
mod key_origin;
mod keyring;
mod log_row;
pub mod mail;
mod message;
pub mod monday;
mod offering;
pub mod persona;
mod quality;
mod quarantine;
mod question;
mod rebuild;
mod register;
pub mod rehearsal;
mod removal;
mod retention;
mod rule;
pub mod segment;
mod setting;
mod source;
pub mod sql;
mod tail;
mod today;
pub mod tracking;
mod user;
mod vault;
mod watch;
mod webhook;

pub use actor::{Actor, FRESH_SECONDS, Scopes};
pub use admission::Permit;
pub use app::{App, Status};
pub use audit::{AuditFilter, AuditReport, EXPORT_LINES_MOST, record};
pub use bulk::{Chosen, Done, NOTED_MOST};
pub use buyer::{BuyersView, Buying};
pub use checking::CheckReport;
pub use clock::{Chance, Clock};
pub use company::CompanyView;
pub use config::Config;
pub use customer::{
    COVERED, CustomerView, Explanation, Eyes, IdentifierView, LOOKED_MOST, SavedView, TraitPage,
};
pub use data_request::{DataRequestView, NewDataRequest, Verified, Whose};
pub use decision::{NewConsent, STAFF_SOURCE, StatementOrigin};
pub use dossier::Dossier;
pub use duplicate::{
    ACCEPTED_MOST, DuplicateAnswer, DuplicateSettings, DuplicateSettingsView, DuplicateView, Part,
    Previewed, SearchReport, SearchState,
};
pub use erasure::{BackupsLeft, Erasure, ErasurePlan, Ground, Receipt};
pub use error::{Busy, BusyReason, Error, Result};
pub use feed::{FeedPlace, Glimpse, NoPlace, Viewing};
pub use filo_core::company::Language;
pub use filo_core::webhook::Topic;
pub use filo_store::Location;
pub use filo_store::customer::{
    CustomerRow, Facets, Filter, Mark, MarkKey, Marketing, Question, Sort, Span,
};
pub use filo_store::duplicate::{
    Cursor as DuplicateCursor, DuplicateRow, Status as DuplicateStatus,
};
pub use filo_store::incident::{Cursor as IncidentCursor, IncidentRow};
pub use filo_store::job::{JobRow, JobState};
pub use filo_store::mail_return::MailReturnRow;
pub use filo_store::message::copy::CopyRow;
pub use filo_store::message::shown::ShownRow;
pub use filo_store::message::{Cursor as MessageCursor, MessageRow};
pub use filo_store::quality::{DayRow, Place as FindingPlace, Which as WhichFindings};
pub use filo_store::quarantine::{
    Cursor as QuarantineCursor, Filter as QuarantineFilter, Group as QuarantineGroup,
    QuarantineRow, Status as QuarantineStatus,
};
pub use filo_store::webhook::WebhookRow;
pub use filo_store::webhook_delivery::{Cursor as DeliveryCursor, DeliveryRow, DeliveryStatus};
pub use first_run::FirstRun;
pub use idempotency::{KEY_CHARS_MOST, Remembered};
pub use job::Progress;
pub use key::{CreatedKey, KeyKind, KeyRefusal, KeyView, NewKey, SourceView, WriteKey};
pub use key_origin::{ORIGINS_MOST, OriginVerdict};
pub use message::{
    Found, MessageView, NewMessage, PolicyView, Preview, Said, Says, Sign, Unsaid, finding_json,
};
pub use quality::{
    FindingView, IGNORED_MOST, Left, MENDED_MOST, Mended, PersonQuality, Picked, QualityGroup,
    QualityView,
};
pub use quarantine::{BODY_BYTES_MOST, Discarded, GROUPED_ROWS_MOST, Kin, Quarantined};
pub use question::NodeView;
pub use rebuild::RebuildReport;
pub use register::{ANSWER_CHARS_MOST, Recipient, Register, Statement};
pub use removal::{Removal, Removed};
pub use retention::{Gone, RetentionPreview, RetentionRun, RetentionView};
pub use rule::{Example, Grouped, RuleChange, RulesView, Trial, TrialState};
pub use source::{NewSource, SourceKind, VOLUME_DAYS, Volumes};
pub use today::{Beginning, Today};
pub use user::{
    CreatedInvite, Enrolled, FactorOffer, InviteState, InviteView, LABEL_CHARS_MOST,
    NAME_CHARS_MOST, Newcomer, OpenedSession, PasswordLink, SESSION_SECONDS, SessionView,
    SignOnChange, SignOnOutcome, SignOnPurpose, SignOnRefusal, SignOnReturn, SignOnStart,
    SignOnView, Stage, UserView, Visit, Visitor,
};
pub use vault::{Place, SecretKey, Vault};
pub use webhook::{DESCRIPTION_LETTERS_MOST, WEBHOOKS_MOST, WebhookChange, WebhookSecret};
