//! `filo check`: verifies the store and the lake.

use clap::Args;
use filo_app::App;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// How to report.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Check {
    /// Prints one object of JSON.
    #[arg(long)]
    json: bool,
}

impl Check {
    /// For people.
    pub(crate) const fn plain() -> Self {
        Self { json: false }
    }

    /// Verifies; 1 if something is wrong.
    ///
    /// # Errors
    /// If the check itself cannot be made.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let report = app.check().await?;
        let sound = report.problems.is_empty();
        if self.json {
            let object = serde_json::json!({
                "sound": sound,
                "customers": report.customers,
                "nodes": report.nodes,
                "links": report.links,
                "events": report.events,
                "audit_entries": report.audit_entries,
                "audit_head": report.audit_head,
                "problems": report.problems,
            });
            output.line(object.to_string()).await;
        } else {
            output
                .line(format!(
                    "{} customers, {} identifiers, {} links, {} events",
                    report.customers, report.nodes, report.links, report.events
                ))
                .await;
            output
                .line(format!(
                    "{} entries of the audit log, head {}",
                    report.audit_entries, report.audit_head
                ))
                .await;
            for problem in &report.problems {
                output.line(format!("PROBLEM  {problem}")).await;
            }
            output
                .line(if sound {
                    "Everything fits together."
                } else {
                    CONSOLATION
                })
                .await;
        }
        Ok(u8::from(!sound))
    }
}

const CONSOLATION: &str =
    "The events are the truth: `filo rebuild` makes the tables anew out of them.";
