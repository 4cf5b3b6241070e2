//! What can go wrong with the store, and what the caller must do about it.
//!
//! **Invariant:** messages carry the text of a statement, never its values: no personal data
//! leaves through an error.

use std::io;
use std::path::PathBuf;

/// The result of every function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database refused a statement.
    #[error("the database failed at `{statement}`")]
    Statement {
        /// The beginning of the statement.
        statement: String,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// The database could not be reached or a connection broke.
    #[error("the database failed while {doing}")]
    Connection {
        /// What was being done.
        doing: &'static str,
        /// What the driver says.
        source: sqlx::Error,
    },
    /// A file or folder of the store failed.
    #[error("the file {path} failed while {doing}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process uses the folder.
    #[error("another Filo process already uses {0}: stop it first, or choose another folder")]
    InUse(PathBuf),
    /// Somebody else changed what this caller believed it owned.
    #[error("{0}")]
    Conflict(String),
    /// A stored value cannot be what it should be.
    #[error("stored data cannot be read: {0}")]
    Damaged(String),
    /// The store was written by a newer Filo, or its location cannot be used.
    #[error("{0}")]
    Unusable(String),
}

/// SQLite's primary result codes, <https://www.sqlite.org/rescode.html>.
mod sqlite_code {
    pub(super) const BUSY: u32 = 5;
    pub(super) const LOCKED: u32 = 6;
    pub(super) const NOMEM: u32 = 7;
    pub(super) const READONLY: u32 = 8;
    pub(super) const IOERR: u32 = 10;
    pub(super) const CORRUPT: u32 = 11;
    pub(super) const FULL: u32 = 13;
    pub(super) const CANTOPEN: u32 = 14;
    pub(super) const PROTOCOL: u32 = 15;
    pub(super) const NOTADB: u32 = 26;
}

/// Longest part of a statement that an error shows.
const SHOWN_LENGTH: usize = 80;

impl Error {
    pub(crate) fn statement(sql: &str, source: sqlx::Error) -> Self {
        let mut statement = String::with_capacity(SHOWN_LENGTH);
        for word in sql.split_whitespace() {
            if statement.len() + word.len() >= SHOWN_LENGTH {
                statement.push('…');
                break;
            }
            if !statement.is_empty() {
                statement.push(' ');
            }
            statement.push_str(word);
        }
        Self::Statement { statement, source }
    }

    pub(crate) fn connection(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Connection { doing, source }
    }

    /// The disk (or the database's own limit) is full: free space, then try again.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self {
            Self::File { source, .. } => is_full(source),
            Self::Statement { source, .. } | Self::Connection { source, .. } => match source {
                sqlx::Error::Io(source) => is_full(source),
                sqlx::Error::Database(database) => match database.code().as_deref() {
                    // PostgreSQL: disk_full.
                    Some("53100") => true,
                    code => primary_code(code) == Some(sqlite_code::FULL),
                },
                _ => false,
            },
            Self::InUse(_) | Self::Conflict(_) | Self::Damaged(_) | Self::Unusable(_) => false,
        }
    }

    /// The store itself failed (input or output, full, corrupt, connection lost): the writer
    /// must stop, answer 503, and open anew. A statement that was merely refused, or one
    /// that may be tried again, is not fatal.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match self {
            Self::File { .. } | Self::InUse(_) | Self::Damaged(_) | Self::Unusable(_) => true,
            Self::Conflict(_) => false,
            Self::Statement { source, .. } | Self::Connection { source, .. } => {
                driver_failed(source)
            }
        }
    }

    /// Trying the same again may succeed: a lock, a deadlock, no free connection.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let (Self::Statement { source, .. } | Self::Connection { source, .. }) = self else {
            return false;
        };
        match source {
            sqlx::Error::PoolTimedOut => true,
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // serialization_failure, deadlock_detected, lock_not_available.
                Some("40001" | "40P01" | "55P03") => true,
                code => {
                    matches!(
                        primary_code(code),
                        Some(sqlite_code::BUSY | sqlite_code::LOCKED)
                    )
                }
            },
            _ => false,
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// The primary code of SQLite's extended one; PostgreSQL's five-letter states give `None`.
fn primary_code(code: Option<&str>) -> Option<u32> {
    let code = code?;
    if code.len() == 5 {
        return None;
    }
    code.parse::<u32>().ok().map(|extended| extended & 0xff)
}

fn driver_failed(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(database) => {
            let code = database.code();
            match primary_code(code.as_deref()) {
                Some(primary) => matches!(
                    primary,
                    sqlite_code::NOMEM
                        | sqlite_code::READONLY
                        | sqlite_code::IOERR
                        | sqlite_code::CORRUPT
                        | sqlite_code::FULL
                        | sqlite_code::CANTOPEN
                        | sqlite_code::PROTOCOL
                        | sqlite_code::NOTADB
                ),
                // PostgreSQL's classes: 08 connection, 25006 read-only, 53 resources,
                // 57P shut down, 58 system, F0 configuration, XX internal and corrupt.
                None => code.is_some_and(|state| {
                    ["08", "53", "57P", "58", "F0", "XX"]
                        .iter()
                        .any(|class| state.starts_with(class))
                        || state == "25006"
                }),
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        let full = Error::File {
            doing: "writing",
            path: PathBuf::from("ballast"),
            source: io::Error::from(io::ErrorKind::StorageFull),
        };
        assert!(full.is_full() && full.is_fatal() && !full.is_busy());
        let conflict = Error::Conflict("the position moved".to_owned());
        assert!(!conflict.is_full() && !conflict.is_fatal());
    }

    #[test]
    fn sqlite_codes_lose_their_extension_and_postgres_states_stay_apart() {
        // 266 = SQLITE_IOERR_READ, 13 = SQLITE_FULL.
        assert_eq!(primary_code(Some("266")), Some(sqlite_code::IOERR));
        assert_eq!(primary_code(Some("13")), Some(sqlite_code::FULL));
        assert_eq!(primary_code(Some("53100")), None);
        assert_eq!(primary_code(Some("XX001")), None);
        assert_eq!(primary_code(None), None);
    }

    #[test]
    fn a_long_statement_is_cut_at_a_word() {
        let Error::Statement { statement, .. } = Error::statement(
            "SELECT id,\n       kind\n  FROM node WHERE id IN (VALUES ($1), ($2), ($3), ($4), ($5), ($6))",
            sqlx::Error::RowNotFound,
        ) else {
            panic!("another kind of error");
        };
        assert!(
            statement.starts_with("SELECT id, kind FROM node"),
            "{statement}"
        );
        assert!(statement.chars().count() <= SHOWN_LENGTH, "{statement}");
    }
}
