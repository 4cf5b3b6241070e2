//! How long files are kept: a month after the last thing that was done with them, then what is
//! personal of an import goes, and its numbers stay.
//!
//! **Invariant:** nothing of a file stays in the folder whose row says that it is gone, nor of one
//! that has no row.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use filo_core::id::ImportId;
use filo_core::time::Timestamp;
use filo_store::import_run::{self, ImportRow};
use parking_lot::Mutex;

use super::folder;
use crate::app::App;
use crate::error::Result;

/// Days for which a file, its examples and its rejected lines can be looked at.
pub const FILE_DAYS: i64 = 30;
const DAY_SECONDS: i64 = 24 * 3_600;
/// How often is looked; a day more or less harms nobody.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);

/// Files that are arriving here: they have no row yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arriving(Arc<Mutex<BTreeSet<ImportId>>>);

impl Arriving {
    pub(super) fn begin(&self, id: ImportId) {
        self.0.lock().insert(id);
    }

    pub(super) fn end(&self, id: ImportId) {
        self.0.lock().remove(&id);
    }

    fn all(&self) -> BTreeSet<ImportId> {
        self.0.lock().clone()
    }
}

impl App {
    /// Lets files go when their time has come, for as long as this Filo runs.
    pub(crate) fn keep_imports_tidy(&self) {
        let app = self.clone();
        self.spawn(async move {
            loop {
                if let Err(error) = app.let_files_go().await {
                    tracing::warn!(%error, "old files of imports could not be removed");
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
    }

    /// Removes the files whose time has come, and what belongs to no import.
    ///
    /// # Errors
    /// If the tables or the folder cannot be read or written.
    pub async fn let_files_go(&self) -> Result<()> {
        let folder = self.config().imports.clone();
        let found = tokio::task::spawn_blocking(move || list(&folder))
            .await
            .map_err(anyhow::Error::from)??;
        // Before the rows: what has arrived by now has one, what arrives is here.
        let mut kept = self.jobs().arriving().all();
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        for mut run in import_run::with_file(&mut tx).await? {
            if run.state.is_busy() || now < goes_at(&run) {
                kept.insert(run.id);
                continue;
            }
            run.file_gone_at = Some(now);
            import_run::save(&mut tx, &run).await?;
            tracing::info!(import = %run.id, "the file of an import was let go");
        }
        tx.commit().await?;
        for (id, place) in found {
            if !kept.contains(&id) {
                let told = || format!("removing {}", place.display());
                tokio::fs::remove_file(&place).await.with_context(told)?;
            }
        }
        Ok(())
    }
}

impl App {
    /// Everything that lies in the folder of imports.
    pub(crate) async fn import_files(&self) -> Result<Vec<(ImportId, PathBuf)>> {
        let folder = self.config().imports.clone();
        let found = tokio::task::spawn_blocking(move || list(&folder)).await;
        Ok(found.map_err(anyhow::Error::from)??)
    }

    /// Lets the files of some imports go before their time; false, and nothing done, if one of
    /// them is being worked on.
    pub(crate) async fn let_files_of_go(&self, ids: &BTreeSet<ImportId>) -> Result<bool> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        for mut run in import_run::with_file(&mut tx).await? {
            if !ids.contains(&run.id) {
                continue;
            }
            if run.state.is_busy() {
                return Ok(false);
            }
            run.file_gone_at = Some(now);
            import_run::save(&mut tx, &run).await?;
        }
        tx.commit().await?;
        let folder = self.config().imports.clone();
        let ids = ids.clone();
        let removed = tokio::task::spawn_blocking(move || {
            ids.iter()
                .try_for_each(|id| folder::remove_all(&folder, *id))
        });
        removed
            .await
            .map_err(anyhow::Error::from)?
            .map_err(anyhow::Error::from)?;
        Ok(true)
    }
}

/// When the file of an import goes.
#[must_use]
pub fn goes_at(run: &ImportRow) -> Timestamp {
    let last = [Some(run.created_at), run.ended_at, run.undone_at];
    let last = last.into_iter().flatten().max().unwrap_or_default();
    last.plus_seconds(FILE_DAYS * DAY_SECONDS)
}

/// What lies in the folder and is ours.
fn list(folder: &Path) -> anyhow::Result<Vec<(ImportId, PathBuf)>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        found.extend(folder::owner(&name).map(|(id, _)| (id, entry.path())));
    }
    Ok(found)
}
