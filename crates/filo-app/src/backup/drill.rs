//! Trying a backup: it is restored beside the data, checked, compared and removed.
//!
//! **Invariant:** a drill leaves nothing behind but its date, and has no effect outside. It is
//! tried on SQLite whatever the workspace is kept in, so it needs no rights on a server.

use filo_core::access::Right;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use filo_store::Location;

use super::file::Carry;
use super::record::{self, Drill};
use super::restore::{RestoreReport, restore_by};
use crate::actor::Actor;
use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Result};

/// How a drill went.
#[derive(Debug, Clone)]
pub struct DrillReport {
    /// The name of the backup.
    pub name: String,
    /// What came out.
    pub restored: RestoreReport,
}

impl App {
    /// Restores a backup (the newest whole one if none is named) beside the data, and removes
    /// what came out.
    ///
    /// # Errors
    /// If the actor may not administer, there is no backup, or it cannot be restored.
    pub async fn drill(&self, actor: &Actor, backup: Option<PathBuf>) -> Result<DrillReport> {
        actor.must(Right::ManageBackups)?;
        let _working = self.backups().begin()?;
        let backup = match backup {
            Some(given) => given,
            None => self
                .newest_backup()
                .await?
                .ok_or(Error::Missing("whole backup"))?,
        };
        let restored = rehearse(&backup, self.config()).await?;
        let name = backup.file_name().unwrap_or(backup.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let drill = Drill {
            at: now,
            name: name.clone(),
            millis: restored.millis,
        };
        record::change(&mut tx, now, |record| record.drill = Some(drill)).await?;
        tx.commit().await?;
        Ok(DrillReport { name, restored })
    }
}

/// Restores a backup into a folder beside the data of these settings, and removes it.
pub(super) async fn rehearse(backup: &Path, config: &Config) -> anyhow::Result<RestoreReport> {
    let data = config.lake.parent();
    let folder = data
        .context("the lake's folder has no parent")?
        .join("drill");
    if folder.exists() {
        // A drill that died between its end and tidying up.
        fs::remove_dir_all(&folder)?;
    }
    let mut scratch = Config::in_folder(&folder);
    scratch.store = Location::Sqlite {
        folder: folder.clone(),
    };
    let restored = restore_by(backup, &scratch, Carry::Link).await?;
    fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    Ok(restored)
}
