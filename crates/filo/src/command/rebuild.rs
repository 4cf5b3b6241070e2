//! `filo rebuild`: the tables anew out of the events.

use clap::Args;
use filo_app::App;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// How to report.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Rebuild {
    /// Prints one object of JSON.
    #[arg(long)]
    json: bool,
}

impl Rebuild {
    /// Rebuilds; says whether the state came out as it was.
    ///
    /// # Errors
    /// If the events cannot be read or the tables cannot be written.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let report = app.rebuild().await?;
        let same = report.before == report.after;
        if self.json {
            let object = serde_json::json!({
                "same": same,
                "before": format!("{:032x}", report.before),
                "after": format!("{:032x}", report.after),
            });
            output.line(object.to_string()).await;
        } else if same {
            output
                .line(format!(
                    "Rebuilt: the state is the same ({:032x}).",
                    report.after
                ))
                .await;
        } else {
            output
                .line(format!(
                    "Rebuilt: the state was {:032x} and is now {:032x}.",
                    report.before, report.after
                ))
                .await;
        }
        Ok(0)
    }
}
