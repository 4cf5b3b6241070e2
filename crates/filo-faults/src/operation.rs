//! What SQLite asks of the file system that changes something.
//!
//! **Invariant:** operations stand in the order in which they took effect, over all files.

use std::path::{Path, PathBuf};

/// A file, whatever its name: one that is removed and made again is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// One step of a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// It was there before the recording began, or somebody beside SQLite put it there, who
    /// answers for its being safe on the disk.
    Found {
        file: FileId,
        name: PathBuf,
        bytes: Vec<u8>,
    },
    /// An empty file; its name is safe once the folder is synced.
    Create { file: FileId, name: PathBuf },
    /// Bytes that are safe once the file is synced.
    Write {
        file: FileId,
        offset: u64,
        bytes: Vec<u8>,
    },
    /// A new length, safe once the file is synced.
    Truncate { file: FileId, length: u64 },
    /// Everything written to the file so far is safe.
    Sync { file: FileId },
    /// The system could not write what was pending, and believes it no more: no later sync
    /// will write it, while reads go on showing it. (Rebello and others, "Can Applications
    /// Recover from fsync Failures?", USENIX ATC 2020.)
    SyncFailed { file: FileId },
    /// The name is gone, for good once the folder is synced.
    Remove { name: PathBuf },
    /// Every name made or removed in the folder so far is safe.
    SyncFolder { folder: PathBuf },
}

impl Operation {
    /// The same in another folder.
    #[must_use]
    pub fn moved(mut self, from: &Path, to: &Path) -> Self {
        let moved = |name: &mut PathBuf| {
            if let Ok(relative) = name.strip_prefix(from) {
                // An empty rest would leave a slash at the end.
                *name = to.components().chain(relative.components()).collect();
            }
        };
        match &mut self {
            Self::Found { name, .. } | Self::Create { name, .. } | Self::Remove { name } => {
                moved(name);
            }
            Self::SyncFolder { folder } => moved(folder),
            Self::Write { .. }
            | Self::Truncate { .. }
            | Self::Sync { .. }
            | Self::SyncFailed { .. } => {}
        }
        self
    }
}
