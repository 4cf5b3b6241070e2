//! `filo audit`: the log of who did what, verified and taken away.

use anyhow::Context;
use clap::{Args, Subcommand};
use filo_app::{Actor, App, AuditFilter};
use filo_core::audit::Head;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// What to do with the audit log.
#[derive(Debug, Subcommand, Serialize, Deserialize)]
pub(crate) enum Audit {
    /// Prints where the log ends. Note the line elsewhere: see `verify --head`.
    Head,
    /// Reads the whole log and says whether anything in it was changed.
    Verify(Verify),
    /// Prints the log as CSV, the newest entry first.
    Export(Export),
}

/// What to verify against.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Verify {
    /// A head that was noted earlier: without it, a log whose end was cut off together with its
    /// head looks whole.
    #[arg(long)]
    head: Option<String>,
    /// Prints one object of JSON.
    #[arg(long)]
    json: bool,
}

/// Which entries.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Export {
    /// Not before this instant, as 2026-11-28T00:00:00Z.
    #[arg(long)]
    from: Option<String>,
    /// Before this instant.
    #[arg(long)]
    until: Option<String>,
    /// Only this act, as `key_made`.
    #[arg(long)]
    act: Option<String>,
    /// Only what the holder of this key did: `key_…`, or `operator`, `filo`, `nobody`.
    #[arg(long)]
    actor: Option<String>,
}

impl Audit {
    /// Does it; 1 if the log is not whole.
    ///
    /// # Errors
    /// If an argument cannot be read, or the log cannot.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        // What was entered a moment ago is in the log once it is checkpointed.
        app.settle().await?;
        match self {
            Self::Head => {
                output.line(app.audit_head().await?.to_string()).await;
                Ok(0)
            }
            Self::Verify(verify) => verify.run(app, output).await,
            Self::Export(export) => export.run(app, output).await,
        }
    }
}

impl Verify {
    async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let noted = self.head.as_deref().map(str::parse::<Head>);
        let noted = noted.transpose().context("head")?;
        let report = app.verify_audit(noted).await?;
        let sound = report.faults.is_empty();
        let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        if self.json {
            let object = serde_json::json!({
                "sound": sound,
                "entries": report.entries,
                "head": report.head.to_string(),
                "problems": faults,
            });
            output.line(object.to_string()).await;
            return Ok(u8::from(!sound));
        }
        for fault in faults {
            output.line(format!("PROBLEM  {fault}")).await;
        }
        let said = match (sound, noted) {
            (false, _) => "The audit log is not what it was.",
            (true, Some(_)) => {
                "Nothing was changed, and nothing was cut off behind the noted head."
            }
            (true, None) => {
                "Nothing was changed. Note the head elsewhere to see a cut-off end too."
            }
        };
        output
            .line(format!("{} entries, head {}", report.entries, report.head))
            .await;
        output.line(said).await;
        Ok(u8::from(!sound))
    }
}

impl Export {
    async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let filter = AuditFilter {
            actor: self.actor.clone(),
            act: self.act.clone(),
            from: instant("from", self.from.as_deref())?,
            until: instant("until", self.until.as_deref())?,
        };
        // Who owns the folder may take everything: memory is the only limit.
        let text = app
            .export_audit(&Actor::operator(), &filter, usize::MAX)
            .await?;
        for line in text.lines() {
            output.line(line).await;
        }
        Ok(0)
    }
}

fn instant(name: &'static str, text: Option<&str>) -> anyhow::Result<Option<Timestamp>> {
    let Some(text) = text else { return Ok(None) };
    Timestamp::parse(text)
        .map(Some)
        .with_context(|| format!("{name}: `{text}` is not an instant, as 2026-11-28T10:00:00Z is"))
}
