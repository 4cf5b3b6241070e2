//! `filo backup`: makes a backup while Filo works, lists, reads back and tries them.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use filo_app::backup::{BackupOrder, BackupView, RestoreReport, verify};
use filo_app::{Actor, App};
use serde::{Deserialize, Serialize};

use super::text::{megabytes, seconds};
use crate::output::Output;

/// What to do; without a word, a backup is made.
#[derive(Debug, Args, Serialize, Deserialize)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Backup {
    /// Where [default: the folder of the schedule, or `backups` in the data folder].
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Puts the key of stored secrets in too: whoever has the backup can then read them.
    #[arg(long)]
    with_secret_key: bool,
    /// Prints one object of JSON.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand, Serialize, Deserialize)]
enum What {
    /// Lists the backups of the schedule's folder.
    List {
        /// Prints one object of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Reads every byte of a backup and compares it with what was written.
    Verify {
        /// The backup's folder.
        path: PathBuf,
    },
    /// Restores a backup beside the data, checks it, compares it, and removes it again.
    Drill {
        /// The backup's folder [default: the newest].
        path: Option<PathBuf>,
        /// Prints one object of JSON.
        #[arg(long)]
        json: bool,
    },
}

impl Backup {
    /// Paths are those of the folder in which the command was given, whoever works on it.
    ///
    /// # Errors
    /// If the current folder is gone.
    pub(crate) fn absolute(mut self) -> anyhow::Result<Self> {
        let given = match &mut self.what {
            None => self.to.as_mut(),
            Some(What::Drill { path, .. }) => path.as_mut(),
            Some(What::Verify { path }) => Some(path),
            Some(What::List { .. }) => None,
        };
        if let Some(path) = given {
            *path = std::path::absolute(&*path).context("the current folder")?;
        }
        Ok(self)
    }

    /// What needs no workspace is done here: reading a backup back.
    ///
    /// # Errors
    /// If the backup has no readable manifest.
    pub(crate) async fn alone(&self, output: &Output) -> anyhow::Result<Option<u8>> {
        let Some(What::Verify { path }) = &self.what else {
            return Ok(None);
        };
        let report = verify(path)?;
        for problem in &report.problems {
            output.line(format!("PROBLEM  {problem}")).await;
        }
        let whole = report.problems.is_empty();
        let read = format!("{} files, {}", report.files, megabytes(report.bytes));
        output
            .line(if whole {
                format!("Read {read}: everything is as it was written.")
            } else {
                format!("Read {read}: this backup is damaged, take another.")
            })
            .await;
        Ok(Some(u8::from(!whole)))
    }

    /// Does it; 1 if a backup is damaged.
    ///
    /// # Errors
    /// If it cannot be done; then nothing is left behind.
    pub(crate) async fn run(self, app: &App, output: &Output) -> anyhow::Result<u8> {
        match self.what {
            None => {
                let order = BackupOrder {
                    folder: self.to,
                    with_secret_key: self.with_secret_key,
                };
                let made = app.back_up(&Actor::operator(), order).await?;
                if self.json {
                    output.line(object(&made).to_string()).await;
                    return Ok(0);
                }
                output.line(format!("Backup {}", made.path.display())).await;
                output
                    .line(format!(
                        "{} customers, {} events, {}; read back and compared.",
                        made.customers,
                        made.events,
                        megabytes(made.bytes)
                    ))
                    .await;
                output.note(said_of_key(&made)).await;
                Ok(0)
            }
            Some(What::List { json }) => list(app, json, output).await,
            Some(What::Drill { path, json }) => drill(app, path, json, output).await,
            Some(What::Verify { .. }) => anyhow::bail!("this command runs by itself"),
        }
    }
}

fn said_of_key(made: &BackupView) -> &'static str {
    if made.with_secret_key {
        "The key of stored secrets is in it: keep it as you keep passwords."
    } else {
        "The key of stored secrets (secret.key) is not in it: keep a copy of that elsewhere."
    }
}

fn object(backup: &BackupView) -> serde_json::Value {
    serde_json::json!({
        "name": backup.name,
        "path": backup.path,
        "made_at": backup.made_at.map(|at| at.to_string()),
        "bytes": backup.bytes,
        "customers": backup.customers,
        "events": backup.events,
        "damage": backup.damage,
    })
}

async fn list(app: &App, json: bool, output: &Output) -> anyhow::Result<u8> {
    let view = app.backups_view(&Actor::operator()).await?;
    if json {
        let all: Vec<_> = view.backups.iter().map(object).collect();
        output.line(serde_json::Value::from(all).to_string()).await;
        return Ok(0);
    }
    if view.backups.is_empty() {
        let told = format!("No backups in {} yet: filo backup", view.folder.display());
        output.line(told).await;
    }
    for backup in &view.backups {
        let state = backup.damage.as_deref().unwrap_or("whole");
        let size = megabytes(backup.bytes);
        let line = format!("{}  {size}  {state}", backup.path.display());
        output.line(line).await;
    }
    if let Some(drill) = &view.record.drill {
        let told = format!(
            "The last drill that succeeded: {}, {}",
            drill.at, drill.name
        );
        output.line(told).await;
    }
    Ok(0)
}

async fn drill(
    app: &App,
    path: Option<PathBuf>,
    json: bool,
    output: &Output,
) -> anyhow::Result<u8> {
    let report = app.drill(&Actor::operator(), path).await?;
    if json {
        let mut told = restored(&report.restored);
        if let Some(told) = told.as_object_mut() {
            told.insert("name".to_owned(), report.name.into());
        }
        output.line(told.to_string()).await;
        return Ok(0);
    }
    let restored = &report.restored;
    output
        .line(format!(
            "{} was restored, checked and removed again: {} customers, {} events, {} in {}.",
            report.name,
            restored.customers,
            restored.events,
            megabytes(restored.bytes),
            seconds(restored.millis)
        ))
        .await;
    Ok(0)
}

/// A restore as one object.
pub(super) fn restored(report: &RestoreReport) -> serde_json::Value {
    serde_json::json!({
        "made_at": report.made_at.to_string(),
        "customers": report.customers,
        "events": report.events,
        "bytes": report.bytes,
        "millis": report.millis,
        "state_hash": report.state_hash,
        "steps": report.steps,
    })
}
