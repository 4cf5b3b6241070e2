//! How the running Filo is doing, as one line of JSON.

use filo_app::App;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// What the benches read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Doing {
    /// Last row of the log on disk.
    pub(crate) committed: i64,
    /// Last row that readers see.
    pub(crate) applied: i64,
    /// Events recognised as repeated.
    pub(crate) duplicates: u64,
    /// What stopped the engine, if anything.
    pub(crate) fault: Option<String>,
}

/// Prints it.
///
/// # Errors
/// If it cannot be written as JSON.
pub(crate) async fn run(app: &App, output: &Output) -> anyhow::Result<u8> {
    let status = app.status();
    let doing = Doing {
        committed: status.committed,
        applied: status.applied,
        duplicates: status.duplicates,
        fault: status.fault,
    };
    output.line(serde_json::to_string(&doing)?).await;
    Ok(0)
}
