//! A file being written, which gets its name only when it is whole and on disk.
//!
//! **Invariant:** under a final name stand only whole files that survive a power cut: written,
//! fsynced, renamed, and the folder fsynced. What is dropped before that leaves nothing behind.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Named, Result};
use crate::file::{self, UNFINISHED};

const BUFFER_BYTES: usize = 256 * 1024;

/// A file without a name yet.
pub(crate) struct Unfinished {
    root: PathBuf,
    kind: &'static str,
    label: String,
    out: BufWriter<Hashed>,
    written_bytes: u64,
    finished: bool,
}

/// Hashes what passes.
struct Hashed {
    file: File,
    hasher: blake3::Hasher,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Unfinished {
    /// Starts a file of one kind of one month; the serial keeps writers apart.
    pub(crate) fn create(root: &Path, kind: &'static str, month: i32, serial: u64) -> Result<Self> {
        let label = format!("{UNFINISHED}/{kind}-{serial:06}-{month}");
        fs::create_dir_all(root.join(UNFINISHED)).named(&label)?;
        let file = File::create(root.join(&label)).named(&label)?;
        let hashed = Hashed {
            file,
            hasher: blake3::Hasher::new(),
        };
        let out = BufWriter::with_capacity(BUFFER_BYTES, hashed);
        Ok(Self {
            root: root.to_owned(),
            kind,
            label,
            out,
            written_bytes: 0,
            finished: false,
        })
    }

    /// What errors call it.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).named(&self.label)
    }

    /// Brings it to disk and gives it its name: name and size.
    pub(crate) fn finish(mut self, month: i32, serial: u64) -> Result<(String, u64)> {
        self.out.flush().named(&self.label)?;
        self.out.get_ref().file.sync_all().named(&self.label)?;
        let hash = self.out.get_ref().hasher.finalize();
        let name = file::name(self.kind, month, serial, &hash);
        let folder = self.root.join(file::folder(self.kind, month));
        fs::create_dir_all(&folder).named(&name)?;
        fs::rename(self.root.join(&self.label), self.root.join(&name)).named(&name)?;
        self.finished = true;
        // The folder may be new, so every folder above it up to the root is synced as well.
        for folder in folder
            .ancestors()
            .take_while(|folder| folder.starts_with(&self.root))
        {
            sync_folder(folder).named(&name)?;
        }
        Ok((name, self.written_bytes))
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written_bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        // Only `finish` has a reason to wait for the system.
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        if let Err(source) = fs::remove_file(self.root.join(&self.label)) {
            let error = Error::Io {
                file: self.label.clone(),
                source,
            };
            tracing::warn!(%error, "an unfinished file stays until the next sweep");
        }
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no handle on a folder that could be synced; NTFS journals the rename.
#[cfg(windows)]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
