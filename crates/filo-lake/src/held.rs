//! The files in use at one moment, kept until they were copied.
//!
//! **Invariant:** while this lives, none of its files is deleted, whatever is published meanwhile.

use std::path::PathBuf;
use std::sync::Arc;

use crate::file::LakeFile;
use crate::opened::Opened;

/// The files of one moment.
#[derive(Debug)]
pub struct Held {
    root: PathBuf,
    files: Arc<Vec<Arc<Opened>>>,
}

impl Held {
    pub(crate) fn new(root: PathBuf, files: Arc<Vec<Arc<Opened>>>) -> Self {
        Self { root, files }
    }

    /// Names of the Parquet files, as the caller's list has them.
    #[must_use]
    pub fn listed(&self) -> Vec<String> {
        self.files
            .iter()
            .map(|file| file.name().to_owned())
            .collect()
    }

    /// The Parquet files, each with where it is.
    #[must_use]
    pub fn files(&self) -> Vec<(LakeFile, PathBuf)> {
        let files = self.files.iter().map(|file| file.file.clone());
        files
            .map(|file| {
                let path = self.root.join(&file.name);
                (file, path)
            })
            .collect()
    }

    /// Every file with its run of ids: the name below the lake's folder, and where it is.
    #[must_use]
    pub fn paths(&self) -> Vec<(String, PathBuf)> {
        let names = self.files.iter().flat_map(|file| {
            let run = file.file.seen.clone();
            std::iter::once(file.file.name.clone()).chain(run)
        });
        names
            .map(|name| {
                let path = self.root.join(&name);
                (name, path)
            })
            .collect()
    }

    /// How many events are in them.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.files.iter().map(|file| file.file.rows).sum()
    }
}
