//! What this program would do to a workspace that an older one left, without doing it.
//!
//! **Invariant:** the workspace is only looked at; what is tried is tried on a copy.

use anyhow::Context;
use filo_core::time::Timestamp;
use filo_store::{Location, free_bytes, standing};

use super::drill::rehearse;
use super::listing::{BackupView, list_in};
use super::restore::RestoreReport;
use super::schedule::{SCHEDULE, Schedule};
use crate::config::Config;

/// What was found.
#[derive(Debug)]
pub struct UpgradeReport {
    /// The workspace is there.
    pub exists: bool,
    /// Steps of the schema that would be run.
    pub steps: Vec<&'static str>,
    /// Steps that a newer program has run: this one must not open the workspace.
    pub unknown: Vec<i64>,
    /// The newest whole backup.
    pub backup: Option<BackupView>,
    /// Free on the disk of the workspace.
    pub free_bytes: u64,
    /// What a step that writes every table anew may need; unknown for PostgreSQL.
    pub wanted_bytes: u64,
    /// How the steps went on a copy made from the newest backup: only tried where there are
    /// steps and a backup.
    pub rehearsal: Option<anyhow::Result<RestoreReport>>,
}

impl UpgradeReport {
    /// Whether the newest backup was made after this instant.
    #[must_use]
    pub fn has_backup_since(&self, instant: Timestamp) -> bool {
        let made_at = self.backup.as_ref().and_then(|backup| backup.made_at);
        made_at.is_some_and(|made_at| made_at >= instant)
    }
}

/// Looks at the workspace of these settings.
///
/// # Errors
/// If it cannot be read.
pub async fn look_at(config: &Config) -> anyhow::Result<UpgradeReport> {
    let standing = standing::look(&config.store, &[SCHEDULE]).await?;
    let folder = config.lake.parent();
    let folder = folder.context("the lake's folder has no parent")?;
    let Some(standing) = standing else {
        return Ok(UpgradeReport {
            exists: false,
            steps: Vec::new(),
            unknown: Vec::new(),
            backup: None,
            free_bytes: 0,
            wanted_bytes: 0,
            rehearsal: None,
        });
    };
    let schedule: Schedule = match standing.settings.first() {
        Some((_, text)) => serde_json::from_str(text)?,
        None => Schedule::default(),
    };
    let backups = list_in(&schedule.folder(&config.backups))?;
    let backup = backups.into_iter().find(|backup| backup.damage.is_none());
    let (steps, unknown) = (standing.missing(), standing.unknown());
    let rehearsal = match &backup {
        Some(backup) if !steps.is_empty() && unknown.is_empty() => {
            Some(rehearse(&backup.path, config).await)
        }
        _ => None,
    };
    let size = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |about| about.len());
    let wanted_bytes = match config.store {
        Location::Sqlite { .. } => size("state.db") + size("log.db"),
        Location::Postgres { .. } | Location::Memory => 0,
    };
    Ok(UpgradeReport {
        exists: true,
        steps,
        unknown,
        backup,
        free_bytes: free_bytes(folder)?,
        wanted_bytes,
        rehearsal,
    })
}
