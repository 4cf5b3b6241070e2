//! Files and folders of a backup: hashed, linked or copied, on disk before they get their name.
//!
//! **Invariant:** a folder under an unfinished name belongs to whoever holds its lock; without
//! one it is what a process left that died, and is removed by the next.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use filo_store::free_bytes;

/// Where a backup shares the disk with the data, so much stays free: a backup must not be what
/// stops Filo from taking events in.
const RESERVE_BYTES: u64 = 1 << 30;
const LOCK: &str = "unfinished.lock";
const PIECE_BYTES: usize = 1 << 20;

/// How far a disk may be filled.
#[derive(Debug, Clone)]
pub(super) struct Room {
    folder: PathBuf,
    reserve_bytes: u64,
}

impl Room {
    /// Room in `folder`, with a reserve if `data` is on the same disk.
    pub(super) fn new(folder: &Path, data: &Path) -> Self {
        let disk = |path: &Path| fs::metadata(path).map(|about| about.dev()).ok();
        let same = disk(folder).is_some() && disk(folder) == disk(data);
        Self {
            folder: folder.to_owned(),
            reserve_bytes: if same { RESERVE_BYTES } else { 0 },
        }
    }

    /// Refuses to go on when the reserve is reached.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let free = free_bytes(&self.folder)?;
        anyhow::ensure!(
            free >= self.reserve_bytes,
            "the disk of {} has {} MB free, and Filo's data on it need {} MB to go on: \
             name a folder on another disk, or make room",
            self.folder.display(),
            free >> 20,
            self.reserve_bytes >> 20,
        );
        Ok(())
    }
}

/// A writer that counts and hashes.
#[derive(Debug)]
pub(super) struct Counted<W> {
    inner: W,
    bytes: u64,
    hasher: blake3::Hasher,
}

impl<W: Write> Counted<W> {
    pub(super) fn new(inner: W) -> Self {
        Self {
            inner,
            bytes: 0,
            hasher: blake3::Hasher::new(),
        }
    }

    pub(super) fn into_parts(self) -> (W, u64, blake3::Hash) {
        (self.inner, self.bytes, self.hasher.finalize())
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        if let Some(taken) = bytes.get(..written) {
            self.hasher.update(taken);
        }
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Size and hash of a file.
pub(super) fn hash_of(path: &Path) -> anyhow::Result<(u64, blake3::Hash)> {
    let mut file = Counted::new(io::sink());
    let read = File::open(path).and_then(|mut source| copy(&mut source, &mut file));
    read.with_context(|| format!("reading {}", path.display()))?;
    let (_, bytes, hash) = file.into_parts();
    Ok((bytes, hash))
}

fn copy(source: &mut impl Read, sink: &mut impl Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let length = source.read(&mut piece)?;
        if length == 0 {
            return Ok(());
        }
        sink.write_all(piece.get(..length).unwrap_or_default())?;
    }
}

/// How a file that never changes gets to another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carry {
    /// As a second name of the same bytes where the disk is the same: takes no room.
    Link,
    /// As bytes of its own.
    Copy,
}

/// Carries a file, making its folder. On disk on return, but for its name.
pub(super) fn carry(from: &Path, to: &Path, how: Carry, room: &Room) -> anyhow::Result<()> {
    let told = || format!("copying {} to {}", from.display(), to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(told)?;
    }
    if how == Carry::Link && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    room.check()?;
    let mut source = File::open(from).with_context(told)?;
    let mut sink = File::create(to).with_context(told)?;
    copy(&mut source, &mut sink).with_context(told)?;
    sink.sync_all().with_context(told)
}

/// Makes the names in a folder and below last.
pub(super) fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

/// A folder in the making; gone when dropped, unless it was given its name.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: PathBuf,
    lock: Option<File>,
}

impl Unfinished {
    /// Makes it, readable by its owner alone. Removes what a process left there that died;
    /// none if another process is at it.
    pub(super) fn make(path: &Path) -> anyhow::Result<Option<Self>> {
        let told = || format!("making {}", path.display());
        if path.exists() && !remove_abandoned(path) {
            return Ok(None);
        }
        fs::create_dir_all(path).with_context(told)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).with_context(told)?;
        let lock = File::create(path.join(LOCK)).with_context(told)?;
        lock.try_lock().with_context(told)?;
        Ok(Some(Self {
            path: path.to_owned(),
            lock: Some(lock),
        }))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, for good.
    pub(super) fn finish(mut self, to: &Path) -> anyhow::Result<()> {
        let told = || format!("giving {} its name", to.display());
        fs::remove_file(self.path.join(LOCK)).with_context(told)?;
        sync_folders(&self.path).with_context(told)?;
        fs::rename(&self.path, to).with_context(told)?;
        self.lock = None;
        if let Some(parent) = to.parent() {
            File::open(parent)
                .and_then(|parent| parent.sync_all())
                .with_context(told)?;
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.lock.is_some()
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, "an unfinished folder stays until the next backup");
        }
    }
}

/// Removes an unfinished folder that nobody is at any more; false if somebody is.
pub(super) fn remove_abandoned(path: &Path) -> bool {
    // A folder without a lock was left in the instant before it got one, or just before its end.
    let lock = OpenOptions::new().write(true).open(path.join(LOCK));
    let held = lock.is_ok_and(|lock| lock.try_lock().is_err());
    !held && fs::remove_dir_all(path).is_ok()
}
