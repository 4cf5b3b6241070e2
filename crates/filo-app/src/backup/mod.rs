//! Backups: a folder per backup, the same for both databases, so that one of SQLite restores
//! into PostgreSQL and the other way round.
//!
//! ```text
//! filo-backup-20261128T020000Z-1a2b/
//!   manifest.json     what is in it: see `Manifest`
//!   manifest.blake3   the hash of manifest.json
//!   tables/NAME.zst   rows of a table by primary key: see `row`
//!   log.zst           rows of the log that are not in the lake yet, in the same encoding
//!   lake/…            the files of the lake as they are, exactly those that the tables list
//!   secret.key        only if asked for
//! ```
//!
//! Left out: sessions (whoever was logged in must not be so again from a copy) and answers
//! remembered for repeated requests (worth nothing days later).
//!
//! **Invariant:** under a final name stands only what was read back and found whole. What is
//! saved belongs to one moment, and whatever was acknowledged before it is in it.
//!
//! Who was forgotten after the backup was made is forgotten again after a restore: `filling` takes
//! the list of erasures that lies beside the backups over, and the first start carries it out.

mod drill;
mod file;
mod filling;
mod listing;
mod making;
mod manifest;
mod record;
mod restore;
mod retention;
mod row;
mod schedule;
mod stream;
mod tending;
mod upgrade;
mod verify;

pub use drill::DrillReport;
pub use listing::{BackupView, list_in};
pub use making::BackupOrder;
pub(crate) use making::fingerprint;
pub use manifest::Manifest;
pub(crate) use record::load as load_record;
pub use record::{Drill, Failure, Record, Success};
pub use restore::{RestoreReport, restore};
pub use schedule::{Schedule, ZONE_USUAL};
pub(crate) use tending::Backups;
pub use tending::BackupsView;
pub use upgrade::{UpgradeReport, look_at};
pub use verify::{VerifyReport, verify};
