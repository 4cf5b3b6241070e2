//! The system's own file under one of ours.
//!
//! **Invariant:** a [`Base`] lives no longer than the file: it is made when the file was opened
//! and dropped when it is closed.

use std::ffi::{c_int, c_void};

use libsqlite3_sys::{
    SQLITE_IOERR_FSTAT, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK,
    sqlite3_file, sqlite3_int64, sqlite3_io_methods,
};

/// An open file of the system's layer.
#[derive(Debug)]
pub(super) struct Base(*mut sqlite3_file);

impl Base {
    /// # Safety
    /// `file` was opened by the system's layer and stays open while this lives.
    pub(super) unsafe fn new(file: *mut sqlite3_file) -> Self {
        Self(file)
    }

    pub(super) fn as_ptr(&self) -> *mut sqlite3_file {
        self.0
    }

    pub(super) fn methods(&self) -> &sqlite3_io_methods {
        // SAFETY: an open file has a table of methods, which is a constant of SQLite's.
        unsafe { &*(*self.0).pMethods }
    }

    pub(super) fn write(&self, bytes: &[u8], offset: u64) -> c_int {
        let (Some(write), Ok(amount), Ok(offset)) = (
            self.methods().xWrite,
            c_int::try_from(bytes.len()),
            sqlite3_int64::try_from(offset),
        ) else {
            return SQLITE_IOERR_WRITE;
        };
        // SAFETY: the file is open and `amount` bytes can be read.
        unsafe { write(self.0, bytes.as_ptr().cast::<c_void>(), amount, offset) }
    }

    pub(super) fn truncate(&self, length: sqlite3_int64) -> c_int {
        let truncate = self.methods().xTruncate;
        // SAFETY: the file is open.
        truncate.map_or(SQLITE_IOERR_TRUNCATE, |truncate| unsafe {
            truncate(self.0, length)
        })
    }

    pub(super) fn sync(&self, flags: c_int) -> c_int {
        let sync = self.methods().xSync;
        // SAFETY: the file is open.
        sync.map_or(SQLITE_IOERR_FSYNC, |sync| unsafe { sync(self.0, flags) })
    }

    pub(super) fn size(&self) -> Result<u64, c_int> {
        let mut size: sqlite3_int64 = 0;
        let ask = self.methods().xFileSize.ok_or(SQLITE_IOERR_FSTAT)?;
        // SAFETY: the file is open and `size` can be written.
        match unsafe { ask(self.0, &raw mut size) } {
            SQLITE_OK => u64::try_from(size).map_err(|_negative| SQLITE_IOERR_FSTAT),
            code => Err(code),
        }
    }
}
