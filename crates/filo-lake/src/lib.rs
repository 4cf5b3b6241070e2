//! Events as Parquet: writing, compaction, timelines, folds over threads.
//!
//! A lake is a folder of plain Parquet files, sorted by (thread, time) and parted by month of
//! receipt, which DuckDB, Spark or Polars read as they are. Which files count is a list that the
//! caller keeps in its database, so that a flush or a merge is one transaction there: write,
//! commit the list, [`Lake::publish`].
//!
//! **Invariant (I1, I11):** every event that was published is found exactly once, by
//! [`Lake::events`], [`Lake::timeline`], [`Lake::fold`] and [`Lake::contains`] alike, before and
//! after any merge.

mod batches;
mod called;
mod compaction;
mod decode;
mod encode;
mod error;
mod file;
mod fold;
mod glance;
mod held;
mod lake;
mod merging;
mod message;
mod opened;
mod options;
mod positioned;
mod rewriting;
mod scan;
mod schema;
mod seen;
mod source;
pub mod sql;
mod timeline;
mod unfinished;
mod verify;
mod walk;
mod words;
mod writing;

pub use called::Called;
pub use error::{Error, Result};
pub use file::{LakeFile, fits};
pub use fold::{Fold, Texts};
pub use glance::{Glance, Sign};
pub use held::Held;
pub use lake::{Lake, Stats};
pub use options::Options;
pub use rewriting::Fate;
