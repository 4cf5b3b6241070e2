//! What a disk was found to hold.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Files by name, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Image {
    /// Writes the files that lay in one folder into another.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn restore(&self, from: &Path, to: &Path) -> io::Result<()> {
        for (name, bytes) in &self.files {
            if let Ok(relative) = name.strip_prefix(from) {
                std::fs::write(to.join(relative), bytes)?;
            }
        }
        Ok(())
    }
}
