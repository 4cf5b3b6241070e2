//! The layer's own table of functions: opening and removing files is remembered, the rest is
//! passed on.

use std::ffi::{CStr, CString, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::ptr;
use std::sync::Arc;

use libsqlite3_sys::{
    SQLITE_ERROR, SQLITE_IOERR, SQLITE_OK, SQLITE_OPEN_CREATE, SQLITE_OPEN_MAIN_JOURNAL,
    SQLITE_OPEN_SUPER_JOURNAL, SQLITE_OPEN_WAL, sqlite3_file, sqlite3_filename, sqlite3_int64,
    sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};
use parking_lot::Mutex;

use super::base::Base;
use super::file::{Handle, METHODS, Recorded};
use super::folder_of;
use crate::operation::Operation;
use crate::recorder::Recorder;

/// What a registered table knows; lives as long as the process.
struct Underneath {
    system: *mut sqlite3_vfs,
    recorder: Arc<Mutex<Recorder>>,
}

/// The system's layer syncs the folder with the first sync of such a file (`unixOpen`,
/// `UNIXFILE_DIRSYNC`), so that a journal is found after a power cut.
const SYNCED_WITH_FOLDER: c_int =
    SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;

pub(super) fn register(name: CString, recorder: Arc<Mutex<Recorder>>) -> Result<(), String> {
    // SAFETY: no name asks for the default layer, which SQLite never takes away.
    let system = unsafe { sqlite3_vfs_find(ptr::null()) };
    if system.is_null() {
        return Err("SQLite has no file layer of its own".to_owned());
    }
    // SAFETY: found above, and a constant of SQLite's.
    let (file_bytes, path_bytes) = unsafe { ((*system).szOsFile, (*system).mxPathname) };
    let handle_bytes = c_int::try_from(size_of::<Handle>()).map_err(|error| error.to_string())?;
    let underneath = Box::into_raw(Box::new(Underneath { system, recorder }));
    let table = Box::into_raw(Box::new(sqlite3_vfs {
        iVersion: 2,
        szOsFile: handle_bytes + file_bytes,
        mxPathname: path_bytes,
        pNext: ptr::null_mut(),
        zName: name.into_raw(),
        pAppData: underneath.cast::<c_void>(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_path),
        // Extensions are never loaded.
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: Some(last_error),
        xCurrentTimeInt64: Some(current_time_64),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    }));
    // SAFETY: the table and all it points to are never freed.
    match unsafe { sqlite3_vfs_register(table, 0) } {
        SQLITE_OK => Ok(()),
        code => Err(format!("SQLite refused the layer with code {code}")),
    }
}

/// # Safety
/// `layer` is a table that [`register`] made.
unsafe fn underneath<'a>(layer: *mut sqlite3_vfs) -> &'a Underneath {
    // SAFETY: `register` put it there and nobody frees it.
    unsafe { &*(*layer).pAppData.cast::<Underneath>() }
}

/// # Safety
/// `name` is null or ends with a zero.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    Some(PathBuf::from(OsStr::from_bytes(name.to_bytes())))
}

unsafe extern "C" fn open(
    layer: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    granted: *mut c_int,
) -> c_int {
    // SAFETY: SQLite passes the table it was given, a name that ends with a zero or none, and
    // `szOsFile` bytes for the file: a handle, and behind it the file of the system's layer.
    let (under, path, base) = unsafe {
        let handle = file.cast::<Handle>();
        (*handle).file.pMethods = ptr::null();
        (
            underneath(layer),
            path_of(name),
            handle.add(1).cast::<sqlite3_file>(),
        )
    };
    // SAFETY: found when the layer was registered.
    let Some(system_open) = (unsafe { (*under.system).xOpen }) else {
        return SQLITE_ERROR;
    };
    let mut recorder = under.recorder.lock();
    let before = path.as_ref().and_then(|path| std::fs::read(path).ok());
    // SAFETY: the arguments are those that SQLite gave for this very purpose; the name must be
    // SQLite's own pointer, behind which it keeps the parameters of the address.
    let code = unsafe { system_open(under.system, name, base, flags, granted) };
    if code != SQLITE_OK {
        return code;
    }
    let syncs_folder = flags & SQLITE_OPEN_CREATE != 0 && flags & SYNCED_WITH_FOLDER != 0;
    let recorded = Recorded {
        // SAFETY: opened just now; `close` drops this before the file goes.
        base: unsafe { Base::new(base) },
        recorder: Arc::clone(&under.recorder),
        id: path.as_ref().map(|path| {
            let there = std::fs::metadata(path).ok();
            recorder.opened(path, before, there.map(|there| there.ino()))
        }),
        folder_due: Mutex::new(path.filter(|_| syncs_folder).map(|path| folder_of(&path))),
    };
    // SAFETY: as above; SQLite sees the file as open from here on.
    unsafe {
        let handle = file.cast::<Handle>();
        (*handle).recorded = Box::into_raw(Box::new(recorded));
        (*handle).file.pMethods = &raw const METHODS;
    }
    SQLITE_OK
}

unsafe extern "C" fn delete(
    layer: *mut sqlite3_vfs,
    name: *const c_char,
    sync_folder: c_int,
) -> c_int {
    // SAFETY: SQLite passes the table it was given and a name that ends with a zero.
    let (under, path) = unsafe { (underneath(layer), path_of(name)) };
    // SAFETY: found when the layer was registered.
    let (Some(system_delete), Some(path)) = (unsafe { (*under.system).xDelete }, path) else {
        return SQLITE_ERROR;
    };
    let mut recorder = under.recorder.lock();
    // SAFETY: the arguments are those that SQLite gave for this very purpose.
    let code = unsafe { system_delete(under.system, name, sync_folder) };
    if code == SQLITE_OK {
        recorder.removed(&path);
        if sync_folder != 0 {
            recorder.note(Operation::SyncFolder {
                folder: folder_of(&path),
            });
        }
    }
    code
}

/// Functions that only pass the call on. A macro, because the one reason why they are safe then
/// stands in one place.
macro_rules! pass_on {
    ($($name:ident = $function:ident($($argument:ident: $kind:ty),*);)*) => {$(
        unsafe extern "C" fn $name(layer: *mut sqlite3_vfs $(, $argument: $kind)*) -> c_int {
            // SAFETY: SQLite passes the table it was given, and the rest of the arguments as
            // it promises them to the function that gets them.
            unsafe {
                let system = underneath(layer).system;
                match (*system).$function {
                    Some(function) => function(system $(, $argument)*),
                    None => SQLITE_IOERR,
                }
            }
        }
    )*};
}

pass_on! {
    access = xAccess(name: *const c_char, flags: c_int, found: *mut c_int);
    full_path = xFullPathname(name: *const c_char, room: c_int, path: *mut c_char);
    randomness = xRandomness(room: c_int, bytes: *mut c_char);
    sleep = xSleep(time_us: c_int);
    current_time = xCurrentTime(time: *mut f64);
    current_time_64 = xCurrentTimeInt64(time: *mut sqlite3_int64);
    last_error = xGetLastError(room: c_int, text: *mut c_char);
}
