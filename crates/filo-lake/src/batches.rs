//! Decoding with the guard that damaged bytes need: decoders of Parquet are written for whole
//! files, and some panic on others.
//!
//! **Invariant:** whatever the bytes are, the reader gets columns or an error that names the
//! file, and goes on living.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow::array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use crate::error::{Error, Named, Result};
use crate::opened::Opened;

/// The batches of some rows of a file.
pub(crate) struct Batches {
    file: Arc<Opened>,
    /// Gone after the end or an error: what panicked is not asked again.
    reader: Option<ParquetRecordBatchReader>,
}

impl Batches {
    pub(crate) fn new(file: Arc<Opened>, reader: ParquetRecordBatchReader) -> Self {
        Self {
            file,
            reader: Some(reader),
        }
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = self.reader.take()?;
        let name = self.file.name();
        let next = guarded(name, || reader.next().transpose().named(name)).transpose()?;
        if next.is_ok() {
            self.reader = Some(reader);
        }
        Some(next)
    }
}

/// Decodes; a panic of the decoder is damage of the file.
pub(crate) fn guarded<T>(file: &str, decode: impl FnOnce() -> Result<T>) -> Result<T> {
    // Nothing that `decode` holds is used after a panic, so nothing half changed is seen.
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_panic| Err(Error::damaged(file, "its pages cannot be decoded")))
}
