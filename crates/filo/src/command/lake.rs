//! `filo lake`: what other tools need to read the lake: which files it is, and whose the threads
//! in it are.
//!
//! **Invariant:** what was accepted before the question is in the files that are named.

use std::path::absolute;

use clap::{Args, Subcommand};
use filo_app::{Actor, App};
use filo_core::audit::Act;
use filo_core::id::NodeId;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// Threads read at a time.
const PAGE: u32 = 5_000;

/// What to say of the lake.
#[derive(Debug, Subcommand, Serialize, Deserialize)]
pub(crate) enum Lake {
    /// Prints the Parquet files that are the lake now, one a line.
    Files(Files),
    /// Prints whose each thread is, as CSV: the thread as it stands in the files, in hexadecimal,
    /// and the customer.
    Threads,
}

/// How to print the files.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Files {
    /// Prints one object of JSON per file: its path, events, bytes, and the times of its first and
    /// last event.
    #[arg(long)]
    json: bool,
}

impl Lake {
    /// Prints it.
    ///
    /// # Errors
    /// If the lake or the tables cannot be read.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let asked = Actor::operator().did(Act::LakeQueried, app.now());
        app.write_down(&asked).await?;
        app.flush_lake().await?;
        match self {
            Self::Files(files) => files.run(app, output).await,
            Self::Threads => threads(app, output).await,
        }
    }
}

impl Files {
    async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        for (file, path) in app.lake().hold().files() {
            let path = absolute(path)?;
            let line = match self.json {
                false => path.display().to_string(),
                true => serde_json::json!({
                    "path": path.to_string_lossy(),
                    "events": file.rows,
                    "bytes": file.bytes,
                    "first_at": file.min_at.to_string(),
                    "last_at": file.max_at.to_string(),
                })
                .to_string(),
            };
            output.line(line).await;
        }
        Ok(0)
    }
}

async fn threads(app: &App, output: &Output) -> anyhow::Result<u8> {
    output.line("thread,customer").await;
    let mut last = NodeId(0);
    loop {
        let page = app.nodes(last, PAGE).await?;
        let Some(end) = page.last() else {
            return Ok(0);
        };
        last = end.identifier.node;
        for view in page {
            let thread = view.identifier.node;
            output
                .line(format!("{:032x},{}", thread.0, view.customer))
                .await;
        }
    }
}
