//! `filo bench import`: a file of people, brought in as anybody would: uploaded, read, weighed
//! against what is known, written and applied.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use filo_app::import::Subject;

use super::Plan;
use super::draw::Draw;
use super::figure::{Sheet, real};
use super::process::memory;
use super::server::{Place, Server};
use crate::command::import::Bringing;
use crate::control::Request;

/// Towns of the invented people.
const TOWNS: [&str; 5] = ["Bologna", "Bari", "Lecce", "Torino", "Forlì"];

/// Measures.
///
/// # Errors
/// If the server fails, or does not bring every row in.
pub(super) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let file = place.folder("file")?.join("people.csv");
    write(&file, plan.rows).context("writing the file")?;
    let server = Server::start(&place).await?;
    let begun = Instant::now();
    let request = Request::Import(Bringing::plain(Subject::People, file));
    let report: serde_json::Value = serde_json::from_str(&server.ask(&request).await?)?;
    let seconds = begun.elapsed().as_secs_f64();
    let created = report["created"].as_u64().unwrap_or(0);
    anyhow::ensure!(
        created == plan.rows,
        "{created} of {} rows were brought in",
        plan.rows
    );
    sheet.figure("rows_per_s", real(plan.rows) / seconds, "/s");
    sheet.figure("seconds", seconds, "s");
    sheet.figure("rss_mb", memory(server.pid())?.peak_mb, "MB");
    Ok(())
}

/// A file of invented people, each once.
fn write(path: &Path, rows: u64) -> std::io::Result<()> {
    let mut draw = Draw::new(0x1a70);
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        "Nome;Cognome;E-mail;Cellulare;Città;CAP;Data di nascita"
    )?;
    for row in 0..rows {
        let town = TOWNS[usize::try_from(draw.below(5)).unwrap_or(0)];
        let (day, month, year) = (
            draw.below(28) + 1,
            draw.below(12) + 1,
            draw.below(60) + 1940,
        );
        writeln!(
            file,
            "Nome{row};Cognome{row};cliente.{row:08}@example.it;+39333{row:07};{town};40100;{day:02}/{month:02}/{year}"
        )?;
    }
    file.flush()
}
