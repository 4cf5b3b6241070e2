//! One open file: what it does to the recording, and its table of methods.

use std::ffi::{c_int, c_void};
use std::path::PathBuf;
use std::sync::Arc;

use libsqlite3_sys::{
    SQLITE_FULL, SQLITE_IOERR, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE,
    SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods,
};
use parking_lot::Mutex;

use super::base::Base;
use crate::operation::{FileId, Operation};
use crate::recorder::{Attempt, Recorder, Trouble};

/// What SQLite holds for an open file. The system's own file lies behind it in memory.
#[repr(C)]
pub(super) struct Handle {
    pub(super) file: sqlite3_file,
    pub(super) recorded: *mut Recorded,
}

/// A file whose changes are remembered.
#[derive(Debug)]
pub(super) struct Recorded {
    pub(super) base: Base,
    pub(super) recorder: Arc<Mutex<Recorder>>,
    /// Scratch files without a name are not remembered: no recovery looks for them.
    pub(super) id: Option<FileId>,
    /// The system's layer syncs this folder with the file's first sync.
    pub(super) folder_due: Mutex<Option<PathBuf>>,
}

impl Recorded {
    fn write(&self, bytes: &[u8], offset: u64) -> c_int {
        let Some(file) = self.id else {
            return self.base.write(bytes, offset);
        };
        let mut recorder = self.recorder.lock();
        let end = offset + bytes.len() as u64;
        let grows = match self.base.size() {
            Ok(size) => end > size,
            Err(code) => return code,
        };
        let (reaching, answer) = match recorder.strike(Attempt::Write { grows }) {
            None => (bytes, SQLITE_OK),
            Some(Trouble::NoRoom) => return SQLITE_FULL,
            Some(Trouble::WriteStopsShort) => (&bytes[..bytes.len() / 2], SQLITE_IOERR_WRITE),
            Some(Trouble::WriteFails | Trouble::SyncFails | Trouble::TruncateFails) => {
                return SQLITE_IOERR_WRITE;
            }
        };
        match self.base.write(reaching, offset) {
            SQLITE_OK => {
                recorder.note(Operation::Write {
                    file,
                    offset,
                    bytes: reaching.to_vec(),
                });
                answer
            }
            code => code,
        }
    }

    fn truncate(&self, length: sqlite3_int64) -> c_int {
        let (Some(file), Ok(size)) = (self.id, u64::try_from(length)) else {
            return self.base.truncate(length);
        };
        let mut recorder = self.recorder.lock();
        if recorder.strike(Attempt::Truncate).is_some() {
            return SQLITE_IOERR_TRUNCATE;
        }
        let code = self.base.truncate(length);
        if code == SQLITE_OK {
            recorder.note(Operation::Truncate { file, length: size });
        }
        code
    }

    fn sync(&self, flags: c_int) -> c_int {
        let Some(file) = self.id else {
            return self.base.sync(flags);
        };
        let mut recorder = self.recorder.lock();
        if recorder.strike(Attempt::Sync).is_some() {
            recorder.note(Operation::SyncFailed { file });
            return SQLITE_IOERR_FSYNC;
        }
        let code = self.base.sync(flags);
        if code == SQLITE_OK {
            recorder.note(Operation::Sync { file });
            if let Some(folder) = self.folder_due.lock().take() {
                recorder.note(Operation::SyncFolder { folder });
            }
        }
        code
    }
}

/// # Safety
/// `file` is one that [`super::table`] opened and nobody closed.
unsafe fn recorded<'a>(file: *mut sqlite3_file) -> &'a Recorded {
    // SAFETY: such a file is the first field of a `Handle`, whose box is freed by `close`.
    unsafe { &*(*file.cast::<Handle>()).recorded }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file that is open, once; the box was made when it was opened.
    let recorded = unsafe { Box::from_raw((*file.cast::<Handle>()).recorded) };
    let close = recorded.base.methods().xClose;
    // SAFETY: the file underneath is open, and `recorded` is not used again.
    close.map_or(SQLITE_IOERR, |close| unsafe {
        close(recorded.base.as_ptr())
    })
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    amount: c_int,
    offset: sqlite3_int64,
) -> c_int {
    let (Ok(amount), Ok(offset)) = (usize::try_from(amount), u64::try_from(offset)) else {
        return SQLITE_IOERR_WRITE;
    };
    // SAFETY: SQLite passes an open file and `amount` bytes that stay as they are meanwhile.
    let (file, bytes) = unsafe {
        (
            recorded(file),
            std::slice::from_raw_parts(bytes.cast::<u8>(), amount),
        )
    };
    file.write(bytes, offset)
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    // SAFETY: SQLite passes an open file.
    unsafe { recorded(file) }.truncate(length)
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    unsafe { recorded(file) }.sync(flags)
}

/// Methods that only pass the call on. A macro, because the one reason why they are safe then
/// stands in one place.
macro_rules! pass_on {
    ($($name:ident = $method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $kind)*) -> c_int {
            // SAFETY: SQLite passes an open file, so the one underneath is open; the rest of
            // the arguments are as SQLite promises them to the method that gets them.
            unsafe {
                let base = &recorded(file).base;
                match base.methods().$method {
                    Some(method) => method(base.as_ptr() $(, $argument)*),
                    None => SQLITE_IOERR,
                }
            }
        }
    )*};
}

pass_on! {
    read = xRead(bytes: *mut c_void, amount: c_int, offset: sqlite3_int64);
    file_size = xFileSize(size: *mut sqlite3_int64);
    lock = xLock(level: c_int);
    unlock = xUnlock(level: c_int);
    check_reserved_lock = xCheckReservedLock(found: *mut c_int);
    file_control = xFileControl(what: c_int, argument: *mut c_void);
    sector_size = xSectorSize();
    device_characteristics = xDeviceCharacteristics();
    shm_map = xShmMap(page: c_int, size: c_int, extend: c_int, place: *mut *mut c_void);
    shm_lock = xShmLock(offset: c_int, count: c_int, flags: c_int);
    shm_unmap = xShmUnmap(remove: c_int);
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: SQLite passes an open file, so the one underneath is open.
    unsafe {
        let base = &recorded(file).base;
        if let Some(barrier) = base.methods().xShmBarrier {
            barrier(base.as_ptr());
        }
    }
}

/// Version 2: with the shared index of a WAL, without memory maps, which no layer sees into.
pub(super) static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
