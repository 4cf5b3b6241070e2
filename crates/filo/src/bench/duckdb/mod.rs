//! The same questions asked of DuckDB over the same Parquet files, where Python knows it.
//!
//! **Invariant:** DuckDB reads what `filo lake files` and `filo lake threads` name, with as many
//! threads as the machine of the targets has cores.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::server::Place;

/// Opens the lake.
const OPENING: &str = include_str!("opening.py");
/// Asks, and prints what it took.
const ASKING: &str = include_str!("asking.py");

/// What DuckDB told.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    /// Its version.
    pub(super) version: String,
    /// Milliseconds of each question, best of three.
    took: Map<String, Value>,
    /// Rows of each answer.
    rows: Map<String, Value>,
}

impl Told {
    /// Milliseconds that a question took, if it was asked.
    pub(super) fn ms(&self, question: &str) -> Option<f64> {
        self.took.get(question)?.as_f64()
    }

    /// How many rows the answer to a question has, if it was asked.
    pub(super) fn rows(&self, question: &str) -> Option<f64> {
        self.rows.get(question)?.as_f64()
    }
}

/// Asks DuckDB what a script has in `QUESTIONS`; nothing where Python does not know it.
///
/// # Errors
/// If the lake cannot be named, or DuckDB does not answer.
pub(super) fn ask(place: &Place, questions: &str) -> anyhow::Result<Option<Told>> {
    let python = |script: &str| {
        let mut command = Command::new("python3");
        command.args(["-c", script]);
        command
    };
    let known = python("import duckdb").stderr(Stdio::null()).status();
    if !known.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let folder = place.folder("beside")?;
    let [files, threads] = [
        listed(place, &folder, "files")?,
        listed(place, &folder, "threads")?,
    ];
    let script = [OPENING, questions, ASKING].join("\n");
    let output = python(&script)
        .env("FILO_FILES", files)
        .env("FILO_THREADS", threads)
        .stderr(Stdio::inherit())
        .output()?;
    anyhow::ensure!(output.status.success(), "DuckDB did not answer");
    let told = serde_json::from_slice(&output.stdout).context("what DuckDB's script printed")?;
    Ok(Some(told))
}

/// What `filo lake` says, in a file.
fn listed(place: &Place, folder: &Path, what: &str) -> anyhow::Result<PathBuf> {
    let path = folder.join(what);
    let status = Command::new(std::env::current_exe()?)
        .arg("--data")
        .arg(&place.config.data)
        .args(["lake", what])
        .stdout(File::create(&path)?)
        .status()?;
    anyhow::ensure!(status.success(), "filo lake {what} did not answer");
    Ok(path)
}
