//! What can go wrong in a use case, in one enum; the web turns it into an answer in one place.

use filo_core::access::Right;
use filo_core::id::InvalidId;

/// Why an operation did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know of it.
    #[error("{0} not found")]
    Missing(&'static str),
    /// The caller's key or role does not allow it.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// The caller lacks a right.
    #[error("needs the right `{}`", .0.word())]
    Lacks(Right),
    /// The caller has to prove again who they are: enter the password.
    #[error("enter the password once more")]
    Unconfirmed,
    /// It was tried too often, or by too many at once.
    #[error("tried too often; try again in {retry_after_s} seconds")]
    TooOften {
        /// How long to wait.
        retry_after_s: u32,
    },
    /// It contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// A value of the caller's is wrong.
    #[error("{field}: {reason}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong with it, and what would be right.
        reason: String,
    },
    /// It is larger than what is taken.
    #[error("at most {most_bytes} bytes")]
    TooLarge {
        /// The limit.
        most_bytes: u64,
    },
    /// Not now: try again after the given time.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// A fault of ours.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// Filo cannot take more now; nothing was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; try again in {retry_after_s} seconds")]
pub struct Busy {
    /// How long to wait.
    pub retry_after_s: u32,
    /// Why.
    pub reason: BusyReason,
}

/// Why Filo cannot take more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BusyReason {
    /// The queue in memory is full: the sender is faster than the disk or the engine.
    #[error("the queue is full")]
    QueueFull,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The log could not be written.
    #[error("the log cannot be written")]
    LogFault,
    /// Shutting down.
    #[error("Filo is stopping")]
    Stopping,
}

impl Error {
    /// A wrong value of the caller's.
    pub fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid {
            field,
            reason: reason.into(),
        }
    }
}

impl From<filo_store::Error> for Error {
    fn from(error: filo_store::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<filo_lake::Error> for Error {
    fn from(error: filo_lake::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<InvalidId> for Error {
    fn from(error: InvalidId) -> Self {
        Self::invalid("id", error.to_string())
    }
}

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;
