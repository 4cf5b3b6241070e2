//! The bytes of an open file as the Parquet decoder asks for them.
//!
//! **Invariant:** reads are by position, so many threads share one handle: the standard
//! library's own reader shares its place between clones.

use std::io::{self, BufReader, Read};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use crate::opened::Opened;

pub(crate) struct Source(pub(crate) Arc<Opened>);

/// A reader from some place on.
pub(crate) struct Following {
    file: Arc<Opened>,
    offset: u64,
}

impl Read for Following {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.file.size_bytes().saturating_sub(self.offset);
        let length = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        self.file
            .read_exact_at(&mut buffer[..length], self.offset)?;
        self.offset += length as u64;
        Ok(length)
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.0.size_bytes()
    }
}

impl ChunkReader for Source {
    type T = BufReader<Following>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(Following {
            file: Arc::clone(&self.0),
            offset: start,
        }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if start
            .checked_add(length as u64)
            .is_none_or(|end| end > self.0.size_bytes())
        {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at {start} are not there"
            )));
        }
        let mut buffer = vec![0; length];
        self.0.read_exact_at(&mut buffer, start)?;
        Ok(buffer.into())
    }
}
