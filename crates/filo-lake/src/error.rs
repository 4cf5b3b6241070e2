//! What can go wrong with files. **Invariant:** every error names the file it is about.

use std::io;

use arrow::error::ArrowError;
use parquet::errors::ParquetError;

/// A failure of the lake.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk said no.
    #[error("lake file {file}: {source}")]
    Io {
        /// Relative to the lake's folder.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not Parquet, or not all of it.
    #[error("lake file {file} cannot be read as Parquet: {source}")]
    Parquet {
        /// Relative to the lake's folder.
        file: String,
        /// What the decoder said.
        source: ParquetError,
    },
    /// Columns cannot be decoded or put together.
    #[error("lake file {file} cannot be decoded: {source}")]
    Arrow {
        /// Relative to the lake's folder.
        file: String,
        /// What the decoder said.
        source: ArrowError,
    },
    /// The file can be read, but what it says cannot be.
    #[error("lake file {file} is damaged: {reason}")]
    Damaged {
        /// Relative to the lake's folder.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

/// The result of every call on files.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn damaged(file: &str, reason: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            reason: reason.into(),
        }
    }
}

/// Gives a lower error the name of its file.
pub(crate) trait Named<T> {
    fn named(self, file: &str) -> Result<T>;
}

impl<T> Named<T> for io::Result<T> {
    fn named(self, file: &str) -> Result<T> {
        self.map_err(|source| Error::Io {
            file: file.to_owned(),
            source,
        })
    }
}

impl<T> Named<T> for std::result::Result<T, ParquetError> {
    fn named(self, file: &str) -> Result<T> {
        self.map_err(|source| Error::Parquet {
            file: file.to_owned(),
            source,
        })
    }
}

impl<T> Named<T> for std::result::Result<T, ArrowError> {
    fn named(self, file: &str) -> Result<T> {
        self.map_err(|source| Error::Arrow {
            file: file.to_owned(),
            source,
        })
    }
}
