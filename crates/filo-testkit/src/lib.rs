//! The whole program in process, for tests: real tables, real lake, real routes; a clock that
//! the test moves and chance that a seed repeats.
//!
//! **Invariant:** nothing here sleeps or reads the time, so a test says the same each time; the
//! database is SQLite in a folder of its own, or a schema of its own where `FILO_TEST_DB` says
//! so.

#![expect(clippy::panic, reason = "what a test cannot go on without ends it")]

mod child;
mod filo;
mod imap_server;
mod imap_talk;
mod location;
mod mail_server;
mod receiver;
mod request;
mod served;

pub use child::Child;
pub use filo::{Filo, START};
/// What opens connections, for tests that speak to it alone.
pub use filo_connect as connect;
pub use imap_server::{ImapCut, ImapMessage, ImapSecurity, ImapServer};
pub use location::{data, postgres_url};
pub use mail_server::{MailReaction, MailReceived, MailServer, MailServerOptions};
pub use receiver::{Reaction, Received, Receiver};
pub use request::{Answer, Request};
pub use served::Served;
