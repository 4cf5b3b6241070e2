//! `filo upgrade-check`: what this program would do to the data an older one left.

use clap::Args;
use filo_app::backup::{UpgradeReport, look_at};

use super::check::Check;
use super::text::{megabytes, seconds};
use crate::clock;
use crate::config::Config;
use crate::control::{self, Request};
use crate::output::Output;

/// A backup that is older is too old to upgrade on.
const BACKUP_SECONDS: i64 = 24 * 3_600;

/// How to report.
#[derive(Debug, Args)]
pub(crate) struct UpgradeCheck {}

impl UpgradeCheck {
    /// Looks; 1 if the upgrade should not be made now.
    ///
    /// # Errors
    /// If the data cannot be read.
    pub(crate) async fn run(&self, config: &Config, output: &Output) -> anyhow::Result<u8> {
        let report = look_at(&config.workspace(config.listen)?).await?;
        if !report.exists {
            output
                .line("There are no data here yet: nothing to upgrade.")
                .await;
            return Ok(0);
        }
        if !report.unknown.is_empty() {
            output
                .line(format!(
                    "NO   These data were written by a newer Filo (steps {:?}): this one must \
                     not open them.",
                    report.unknown
                ))
                .await;
            return Ok(1);
        }
        let mut good = true;
        for (fine, told) in findings(&report) {
            good &= fine;
            let mark = if fine { "ok  " } else { "NO  " };
            output.line(format!("{mark} {told}")).await;
        }
        if report.steps.is_empty() {
            let check = Request::Check(Check::plain());
            good &= control::perform(config, check, output).await? == 0;
        }
        output
            .line(if good {
                "This Filo can take over."
            } else {
                "Do not upgrade yet."
            })
            .await;
        Ok(u8::from(!good))
    }
}

fn findings(report: &UpgradeReport) -> Vec<(bool, String)> {
    let mut findings = Vec::new();
    findings.push(match report.steps.as_slice() {
        [] => (
            true,
            "The tables are up to date: no step is needed.".to_owned(),
        ),
        steps => (true, format!("Steps to be run: {}.", steps.join(", "))),
    });
    let (free, wanted) = (megabytes(report.free_bytes), megabytes(report.wanted_bytes));
    findings.push((
        report.free_bytes >= report.wanted_bytes,
        format!("Free on the disk: {free}; the tables take {wanted}."),
    ));
    let recent = report.has_backup_since(clock::now().plus_seconds(-BACKUP_SECONDS));
    findings.push((
        recent,
        match &report.backup {
            None => "There is no backup: filo backup".to_owned(),
            Some(backup) if recent => format!("The newest backup: {}.", backup.name),
            Some(backup) => format!("The newest backup is older than a day: {}.", backup.name),
        },
    ));
    match &report.rehearsal {
        None => {}
        Some(Ok(restored)) => findings.push((
            true,
            format!(
                "The steps were tried on a copy made from that backup: {} customers, sound, {}.",
                restored.customers,
                seconds(restored.millis)
            ),
        )),
        Some(Err(error)) => findings.push((
            false,
            format!("The steps failed on a copy made from that backup: {error:#}"),
        )),
    }
    findings
}
