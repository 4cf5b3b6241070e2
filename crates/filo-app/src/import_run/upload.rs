//! A file that arrives: written to the folder of imports as it comes, hashed on the way.
//!
//! **Invariant:** memory does not grow with the file; one that is too large or that stops arriving
//! leaves nothing behind.

use std::path::PathBuf;

use anyhow::Context;
use filo_core::access::Right;
use filo_core::id::ImportId;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::folder::{self, Part};
use super::keeping::Arriving;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// A million customers with twenty columns are about this much.
pub const FILE_BYTES_MOST: u64 = 200 << 20;
/// Letters of a file's name that are kept.
const NAME_LETTERS_MOST: usize = 200;

/// A file in the middle of arriving.
#[derive(Debug)]
pub struct Upload {
    pub(super) id: ImportId,
    pub(super) name: String,
    pub(super) bytes: u64,
    folder: PathBuf,
    file: Option<File>,
    hasher: blake3::Hasher,
    arriving: Arriving,
    /// It must not be removed any more.
    kept: bool,
}

impl App {
    /// Begins to take a file.
    ///
    /// # Errors
    /// If the actor may not import, or the folder cannot be written.
    pub async fn begin_upload(&self, actor: &Actor, name: &str) -> Result<Upload> {
        actor.must(Right::ImportPeople)?;
        let id = ImportId(self.spare_id());
        let folder = self.config().imports.clone();
        let told = || format!("the folder of imports, {}", folder.display());
        tokio::fs::create_dir_all(&folder)
            .await
            .with_context(told)?;
        let place = folder::path(&folder, id, Part::Arriving);
        self.arriving().begin(id);
        let mut upload = Upload {
            id,
            name: plain_name(name),
            bytes: 0,
            folder: folder.clone(),
            file: None,
            hasher: blake3::Hasher::new(),
            arriving: self.arriving().clone(),
            kept: false,
        };
        upload.file = Some(File::create_new(place).await.with_context(told)?);
        Ok(upload)
    }
}

/// The last part of a path that a browser may send, without what no name has.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = last.chars().filter(|letter| !letter.is_control());
    let plain: String = plain.take(NAME_LETTERS_MOST).collect();
    let plain = plain.trim();
    if plain.is_empty() {
        "file".to_owned()
    } else {
        plain.to_owned()
    }
}

impl Upload {
    /// Takes the next piece.
    ///
    /// # Errors
    /// [`Error::TooLarge`], or if the disk does not take it.
    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.bytes > FILE_BYTES_MOST {
            return Err(Error::TooLarge {
                most_bytes: FILE_BYTES_MOST,
            });
        }
        self.hasher.update(piece);
        let file = self.file.as_mut().context("the file is closed")?;
        file.write_all(piece).await.context("writing a file")?;
        Ok(())
    }

    /// What the bytes so far are known by.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        *self.hasher.finalize().as_bytes()
    }

    /// Puts it under its final name.
    pub(super) async fn keep(&mut self) -> Result<PathBuf> {
        if self.bytes == 0 {
            return Err(Error::invalid("file", "is empty: choose a file with rows"));
        }
        let mut file = self.file.take().context("the file is closed")?;
        file.flush().await.context("writing a file")?;
        file.sync_all().await.context("writing a file")?;
        drop(file);
        let place = folder::path(&self.folder, self.id, Part::File);
        let arriving = folder::path(&self.folder, self.id, Part::Arriving);
        tokio::fs::rename(arriving, &place)
            .await
            .context("keeping a file")?;
        Ok(place)
    }

    /// Everything of it is written down: it stays.
    pub(super) fn stay(mut self) {
        self.kept = true;
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.arriving.end(self.id);
        if self.kept {
            return;
        }
        if let Err(error) = folder::remove_all(&self.folder, self.id) {
            tracing::warn!(%error, import = %self.id, "a file that was given up is left over");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path() {
        for (given, kept) in [
            ("clienti.csv", "clienti.csv"),
            ("C:\\Documenti\\clienti.csv", "clienti.csv"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb\0.csv", "ab.csv"),
            ("", "file"),
            ("/", "file"),
        ] {
            assert_eq!(plain_name(given), kept, "{given:?}");
        }
        assert_eq!(plain_name(&"x".repeat(1_000)).len(), NAME_LETTERS_MOST);
    }
}
