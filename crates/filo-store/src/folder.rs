//! The folder of a workspace on SQLite: its lock, its ballast, its free space.
//!
//! **Invariant:** one process at a time holds a folder. **Invariant (I18):** the ballast is
//! room set aside on the disk, so that a full disk still lets people unsubscribe and be erased.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::wal;

const LOCK: &str = "filo.lock";
const BALLAST: &str = "ballast";
/// Zeros are written in pieces of this size where the system cannot reserve room by itself.
const PIECE_BYTES: usize = 1 << 20;

/// The folder of a workspace, locked while this lives.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Held for its lock, which the system gives back when the process ends, however it ends.
    _lock: File,
    ballast_bytes: u64,
    /// A folder that is removed at the end. Dropped after the lock.
    scratch: Option<tempfile::TempDir>,
}

impl Folder {
    pub(crate) fn open(path: &Path, ballast_bytes: u64) -> Result<Self> {
        let path = path.to_path_buf();
        fs::create_dir_all(&path).map_err(failed("creating the folder", &path))?;
        let lock_path = path.join(LOCK);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(failed("opening the lock", &lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse(path)),
            Err(TryLockError::Error(error)) => {
                return Err(failed("taking the lock", &lock_path)(error));
            }
        }
        Ok(Self {
            path,
            _lock: lock,
            ballast_bytes,
            scratch: None,
        })
    }

    /// A folder that is gone when the store is closed.
    pub(crate) fn scratch() -> Result<Self> {
        let doing = "creating a scratch folder";
        // Memory-backed where the system offers it: a test should not wait for a disk.
        let shared_memory = Path::new("/dev/shm");
        let scratch = if shared_memory.is_dir() {
            tempfile::tempdir_in(shared_memory).or_else(|_| tempfile::tempdir())
        } else {
            tempfile::tempdir()
        };
        let scratch = scratch.map_err(failed(doing, &std::env::temp_dir()))?;
        let mut folder = Self::open(scratch.path(), 0)?;
        folder.scratch = Some(scratch);
        Ok(folder)
    }

    /// What is in it need not survive the process.
    pub(crate) fn is_scratch(&self) -> bool {
        self.scratch.is_some()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the write-ahead file that a process left behind anew, as far as it holds commits,
    /// and waits for the disk. If a sync of that process failed, what it had written is shown to
    /// readers, will never reach the disk, and no later sync says so: nothing may be built on it.
    pub(crate) fn renew(&self, name: &str) -> Result<()> {
        let path = self.path.join(name);
        if file_bytes(&path) == 0 {
            return Ok(());
        }
        let renewed = match self.renew_commits(name, &path) {
            // A connection that was just ending has moved all of it into its database.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.exists() => Ok(()),
            renewed => renewed,
        };
        renewed.map_err(failed("writing the write-ahead file anew", &path))
    }

    fn renew_commits(&self, name: &str, path: &Path) -> io::Result<()> {
        let fresh_path = self.path.join(format!("{name}.renewed"));
        let old = File::open(path)?;
        let bytes = wal::committed_bytes(&old)?;
        let mut fresh = File::create(&fresh_path)?;
        fresh.set_permissions(old.metadata()?.permissions())?;
        io::copy(&mut old.take(bytes), &mut fresh)?;
        fresh.sync_all()?;
        fs::rename(&fresh_path, path)?;
        File::open(&self.path)?.sync_all()
    }

    /// Sets room aside, unless it is there already.
    pub(crate) fn restore_ballast(&self) -> Result<()> {
        if self.ballast_bytes == 0 {
            return self.release_ballast();
        }
        let path = self.path.join(BALLAST);
        if fs::metadata(&path).is_ok_and(|there| there.len() == self.ballast_bytes) {
            return Ok(());
        }
        let reserved = File::create(&path).and_then(|file| reserve(&file, self.ballast_bytes));
        if let Err(error) = reserved {
            // Half a ballast would pass for a whole one, and would take the last room.
            self.release_ballast()?;
            return Err(failed("setting room aside", &path)(error));
        }
        Ok(())
    }

    /// Gives the room back to the disk.
    pub(crate) fn release_ballast(&self) -> Result<()> {
        let path = self.path.join(BALLAST);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(failed("giving room back", &path)(error))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(target_os = "linux")]
fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    use rustix::fs::FallocateFlags;
    match rustix::fs::fallocate(file, FallocateFlags::empty(), 0, bytes) {
        Ok(()) => Ok(()),
        // Some file systems (ZFS, some network ones) cannot.
        Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => fill(file, bytes),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    fill(file, bytes)
}

fn fill(mut file: &File, bytes: u64) -> io::Result<()> {
    let piece = vec![0_u8; PIECE_BYTES];
    let mut rest = bytes;
    while rest > 0 {
        let length = usize::try_from(rest).map_or(PIECE_BYTES, |rest| rest.min(PIECE_BYTES));
        file.write_all(&piece[..length])?;
        rest -= length as u64;
    }
    file.sync_all()
}

/// Bytes free on the disk of a folder for a process without special rights.
#[cfg(unix)]
pub fn free_bytes(folder: &Path) -> Result<u64> {
    let disk = rustix::fs::statvfs(folder)
        .map_err(|error| failed("asking for the free space", folder)(error.into()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Bytes in a file; a file that is not there has none.
pub(crate) fn file_bytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |there| there.len())
}

pub(crate) fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::File {
        doing,
        path,
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = Folder::open(folder.path(), 0).unwrap();
        assert!(matches!(
            Folder::open(folder.path(), 0),
            Err(Error::InUse(_))
        ));
        drop(first);
        Folder::open(folder.path(), 0).unwrap();
    }

    #[test]
    fn ballast_takes_room_and_gives_it_back() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = Folder::open(scratch.path(), 3 << 20).unwrap();
        let ballast = scratch.path().join(BALLAST);
        folder.restore_ballast().unwrap();
        assert_eq!(file_bytes(&ballast), 3 << 20);
        folder.restore_ballast().unwrap();
        folder.release_ballast().unwrap();
        assert!(!ballast.exists());
        folder.release_ballast().unwrap();
    }

    #[test]
    fn filling_writes_every_byte() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("filled");
        fill(&File::create(&path).unwrap(), (1 << 20) + 7).unwrap();
        assert_eq!(file_bytes(&path), (1 << 20) + 7);
    }

    #[test]
    fn free_space_is_known() {
        assert!(free_bytes(Path::new("/")).unwrap() > 0);
        assert!(free_bytes(Path::new("/no/such/folder")).is_err());
    }
}
