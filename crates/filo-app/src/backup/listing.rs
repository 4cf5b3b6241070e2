//! The backups of a folder.
//!
//! **Invariant:** the list is what lies in the folder now, not what was once written down.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use filo_core::time::Timestamp;

use super::manifest::{Manifest, PREFIX};

/// A backup as it is listed: its manifest is read and its files are measured, not read.
#[derive(Debug, Clone)]
pub struct BackupView {
    /// The name of its folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// When it was made; of a damaged one when its folder was last changed is not told.
    pub made_at: Option<Timestamp>,
    /// Bytes of its files.
    pub bytes: u64,
    /// Customers in it.
    pub customers: u64,
    /// Events in it.
    pub events: u64,
    /// The version of the program that wrote it.
    pub program: String,
    /// The key of secrets is in it.
    pub with_secret_key: bool,
    /// What is wrong with it, if anything.
    pub damage: Option<String>,
    pub(super) workspace: String,
}

/// The backups of a folder, newest first; none if there is no such folder.
///
/// # Errors
/// If the folder cannot be read.
pub fn list_in(folder: &Path) -> anyhow::Result<Vec<BackupView>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let told = || format!("reading {}", folder.display());
    for entry in fs::read_dir(folder).with_context(told)? {
        let entry = entry.with_context(told)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && entry.path().is_dir() {
            found.push(view(name, entry.path()));
        }
    }
    // Their names begin with their time.
    found.sort_by(|one, other| other.name.cmp(&one.name));
    Ok(found)
}

pub(super) fn view(name: String, path: PathBuf) -> BackupView {
    let blank = BackupView {
        name,
        path,
        made_at: None,
        bytes: 0,
        customers: 0,
        events: 0,
        program: String::new(),
        with_secret_key: false,
        damage: None,
        workspace: String::new(),
    };
    match Manifest::read(&blank.path) {
        Err(error) => BackupView {
            damage: Some(format!("{error:#}")),
            ..blank
        },
        Ok(manifest) => {
            let damage = manifest.files.iter().find_map(|file| {
                let size = fs::metadata(blank.path.join(&file.path)).map(|about| about.len());
                (size.ok() != Some(file.bytes)).then(|| format!("{} is missing or cut", file.path))
            });
            BackupView {
                made_at: Some(manifest.made_at),
                bytes: manifest.bytes(),
                customers: manifest.customers,
                events: manifest.events,
                with_secret_key: manifest.with_secret_key,
                damage,
                program: manifest.program,
                workspace: manifest.workspace,
                ..blank
            }
        }
    }
}
