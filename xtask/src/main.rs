//! Chores of the project: `cargo xtask tidy` and `cargo xtask score`.
//!
//! **Invariant:** xtask only looks and reports; the one file it writes is the scorecard.
#![expect(clippy::print_stdout, reason = "printing is what a chore is run for")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

mod score;
mod tidy;

const USAGE: &str = "\
cargo xtask tidy             checks the rules of the house that no compiler checks
cargo xtask score [options]  runs the benches and writes docs/scorecard.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let root = root();
    match arguments.split_first() {
        Some((chore, [])) if chore == "tidy" => tidy::run(&root),
        Some((chore, options)) if chore == "score" => score::run(&root, options),
        Some((chore, _)) if chore == "help" || chore == "--help" => {
            println!("{USAGE}\n{}", score::USAGE);
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("say what to do:\n{USAGE}"),
    }
}

/// The folder of the workspace: the one above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
