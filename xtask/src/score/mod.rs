//! Runs the benches of the release binary and writes docs/scorecard.md.
//!
//! **Invariant:** every figure on the card was measured with its size and commit; what was never
//! measured says so, and a fall against the card before is marked.

mod card;
mod figure;
mod machine;
mod options;
mod target;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, ensure};

use card::Card;
use figure::Figure;
use machine::Machine;
use options::Options;
pub(crate) use options::USAGE;

pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let options = Options::parse(arguments)?;
    let mut figures = Vec::new();
    if options.builds {
        figures.extend(build(root, options.is_cold)?);
    }
    let binary = target_folder(root, options.is_cold).join("release/filo");
    figures.push(binary_size(&binary)?);
    let mut failed = Vec::new();
    for bench in &options.benches {
        match measure(root, &binary, bench, &options) {
            Ok(found) => figures.extend(found),
            Err(error) => {
                eprintln!("score: {bench}: {error:#}");
                failed.push(bench.clone());
            }
        }
    }
    let path = root.join(&options.out);
    let published = fs::read_to_string(root.join(options::CARD));
    let before = published.map(|text| Card::read(&text)).unwrap_or_default();
    let card = before.next(Machine::read(root), figures, failed);
    fs::write(&path, card.to_string()).with_context(|| format!("writing {}", path.display()))?;
    println!("score: wrote {}", options.out);
    let sound = card.failed.is_empty() && card.falls(&before).is_empty();
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A cold build goes to a folder of its own, so that nobody's work is thrown away.
fn target_folder(root: &Path, is_cold: bool) -> std::path::PathBuf {
    root.join(if is_cold { "target/cold" } else { "target" })
}

/// Builds, and gives the time if it began from nothing: another says nothing of Filo.
fn build(root: &Path, is_cold: bool) -> Result<Option<Figure>> {
    let folder = target_folder(root, is_cold);
    if is_cold && folder.exists() {
        fs::remove_dir_all(&folder).context("emptying the folder of the cold build")?;
    }
    let started = std::time::Instant::now();
    let status = Command::new("cargo")
        .args(["build", "--release", "--package", "filo", "--target-dir"])
        .arg(&folder)
        .current_dir(root)
        .status()
        .context("building the release binary")?;
    ensure!(status.success(), "the release binary does not build");
    let seconds = started.elapsed().as_secs_f64();
    Ok(is_cold.then(|| Figure::of("build", "cold_build_s", seconds, "s", "release")))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a binary has fewer than 2^53 bytes"
)]
fn binary_size(binary: &Path) -> Result<Figure> {
    let file = fs::metadata(binary)
        .with_context(|| format!("{} is not there: build it first", binary.display()))?;
    Ok(Figure::of(
        "build",
        "binary_mb",
        file.len() as f64 / 1e6,
        "MB",
        "release",
    ))
}

fn measure(root: &Path, binary: &Path, bench: &str, options: &Options) -> Result<Vec<Figure>> {
    println!("score: {bench}");
    let output = Command::new(binary)
        .args(["bench", bench, "--json"])
        .args(&options.passed_on)
        .args(options::file_of(root, bench))
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("running {}", binary.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let figures = figure::read_lines(&text)?;
    ensure!(output.status.success(), "ended with {}", output.status);
    ensure!(!figures.is_empty(), "measured nothing");
    Ok(figures)
}
