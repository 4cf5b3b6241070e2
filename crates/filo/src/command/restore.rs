//! `filo restore`: makes the workspace of these settings out of a backup.

use std::path::PathBuf;

use clap::Args;

use super::backup::restored;
use super::text::{megabytes, seconds};
use crate::config::Config;
use crate::output::Output;

/// From where.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup's folder.
    path: PathBuf,
    /// Prints one object of JSON.
    #[arg(long)]
    json: bool,
}

impl Restore {
    /// Restores into an empty place.
    ///
    /// # Errors
    /// If the place is not empty or the backup cannot be restored; then nothing is left behind.
    pub(crate) async fn run(&self, config: &Config, output: &Output) -> anyhow::Result<u8> {
        std::fs::create_dir_all(&config.data)?;
        let target = config.workspace(config.listen)?;
        let report = filo_app::backup::restore(&self.path, &target).await?;
        if self.json {
            output.line(restored(&report).to_string()).await;
            return Ok(0);
        }
        output
            .line(format!(
                "Restored what Filo held on {}: {} customers, {} events, {} in {}.",
                report.made_at,
                report.customers,
                report.events,
                megabytes(report.bytes),
                seconds(report.millis)
            ))
            .await;
        if !report.steps.is_empty() {
            let told = format!("Brought up to date: {}.", report.steps.join(", "));
            output.line(told).await;
        }
        if !report.with_secret_key {
            let folder = config.folder();
            let told = format!(
                "The key of stored secrets was not in it: put your copy of secret.key into {} \
                 before you start, if you have one.",
                folder.display()
            );
            output.note(told).await;
        }
        Ok(0)
    }
}
