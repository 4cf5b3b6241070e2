//! What a backup says about itself.
//!
//! **Invariant:** every file of a backup but the manifest's own hash is named here with its size
//! and hash, and the manifest is hashed beside itself: no byte can change unnoticed.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use filo_core::time::Timestamp;
use filo_store::portable::{Kind, Table};
use serde::{Deserialize, Serialize};

/// The form of backups that this program writes.
pub(super) const FORMAT: u32 = 1;
pub(super) const MANIFEST: &str = "manifest.json";
const MANIFEST_HASH: &str = "manifest.blake3";
/// A line per file: a hundred thousand files take about 20 MB.
const MANIFEST_BYTES_MOST: u64 = 256 << 20;
/// How every backup's name begins.
pub(super) const PREFIX: &str = "filo-backup-";

/// What a backup says about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the backup.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// Tells the workspaces apart whose backups lie in one folder.
    pub workspace: String,
    /// When, in microseconds since 1970.
    pub made_at: Timestamp,
    /// The last step of the schema.
    pub schema_step: i64,
    /// The last row of the log that is folded into the tables.
    pub applied: i64,
    /// The last row of the log whose events are in the lake.
    pub flushed: i64,
    /// The newest row of the log in the backup.
    pub log_last: i64,
    /// Hash over who is who and every profile.
    pub state_hash: String,
    /// Customers.
    pub customers: u64,
    /// Events in the lake and in the log; those in the log may hold repetitions.
    pub events: u64,
    /// The key of secrets is in the backup.
    pub with_secret_key: bool,
    /// Tables that are not in it on purpose.
    pub left_out: Vec<String>,
    /// The tables.
    pub tables: Vec<TableEntry>,
    /// Every file.
    pub files: Vec<FileEntry>,
}

/// A table in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// Its name.
    pub name: String,
    /// Names and kinds of its columns: `int`, `text` or `bytes`.
    pub columns: Vec<(String, String)>,
    /// How many rows.
    pub rows: u64,
    /// Hash over its rows before compression.
    pub rows_hash: String,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Below the backup's folder.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// The hash of its bytes (BLAKE3).
    pub blake3: String,
}

impl FileEntry {
    pub(super) fn new(path: impl Into<String>, bytes: u64, hash: &blake3::Hash) -> Self {
        Self {
            path: path.into(),
            bytes,
            blake3: hash.to_hex().to_string(),
        }
    }
}

/// Names and kinds of a table's columns as they stand in a manifest.
pub(super) fn columns_of(table: &Table) -> Vec<(String, String)> {
    let word = |kind: &Kind| match kind {
        Kind::Int => "int",
        Kind::Text => "text",
        Kind::Bytes => "bytes",
    };
    let columns = table.columns.iter();
    columns
        .map(|(name, kind)| (name.clone(), word(kind).to_owned()))
        .collect()
}

impl Manifest {
    /// Bytes of all files.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_vec_pretty(self)?;
        let hash = format!("{}\n", blake3::hash(&text).to_hex());
        for (name, bytes) in [
            (MANIFEST, text.as_slice()),
            (MANIFEST_HASH, hash.as_bytes()),
        ] {
            let written = fs::File::create(folder.join(name)).and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            });
            written.with_context(|| format!("writing {name}"))?;
        }
        Ok(())
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// If it is not there, was changed, or is of a form this program does not know.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let told = || format!("{} is not a whole backup of Filo", folder.display());
        let path = folder.join(MANIFEST);
        let size = fs::metadata(&path).with_context(told)?.len();
        ensure!(size <= MANIFEST_BYTES_MOST, "a manifest of {size} bytes");
        let text = fs::read(&path).with_context(told)?;
        let hash = fs::read_to_string(folder.join(MANIFEST_HASH)).with_context(told)?;
        if hash != format!("{}\n", blake3::hash(&text).to_hex()) {
            bail!(
                "{}: {MANIFEST} is not what {MANIFEST_HASH} says: it is damaged",
                folder.display()
            );
        }
        #[derive(Deserialize)]
        struct Form {
            format: u32,
        }
        let Form { format } = serde_json::from_slice(&text).with_context(told)?;
        ensure!(
            format == FORMAT,
            "{} is of the form {format}, this Filo knows {FORMAT}: take a newer Filo",
            folder.display()
        );
        let manifest: Self = serde_json::from_slice(&text).with_context(told)?;
        let strays = |file: &&FileEntry| {
            let mut parts = Path::new(&file.path).components();
            !parts.all(|part| matches!(part, std::path::Component::Normal(_)))
        };
        if let Some(stray) = manifest.files.iter().find(strays) {
            bail!("the backup names a file outside itself: {}", stray.path);
        }
        Ok(manifest)
    }
}
