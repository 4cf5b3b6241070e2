//! How long it takes until everybody was looked at for a new segment: for one about events of
//! which nothing was kept, and for one of three conditions about events of which marks are kept.
//! DuckDB is asked the same from nothing, over the same files.

use std::time::Instant;

use super::{ADDRESS, Api, FILLED_MOST, LOOK, condition};
use crate::bench::duckdb;
use crate::bench::figure::{Sheet, real};
use crate::bench::server::Place;

/// What is asked of DuckDB.
const QUESTIONS: &str = include_str!("questions.py");
/// Windows end a moment apart: who is in may differ by so much.
const DIFFERENCE_MOST: f64 = 0.001;

/// Measures.
///
/// # Errors
/// If a segment is not filled, or DuckDB finds others in it.
pub(super) async fn measure(sheet: &Sheet, api: &mut Api, place: &Place) -> anyhow::Result<()> {
    let mut own = Vec::new();
    for (question, condition) in [
        ("recompute", condition::unasked(0)),
        ("three", condition::three()),
    ] {
        let (seconds, members) = filled(api, question, &condition).await?;
        sheet.figure(&format!("{question}_s"), seconds, "s");
        sheet.figure(&format!("{question}_members"), members, "members");
        own.push((question, seconds, members));
    }
    if place.config.store != "sqlite" {
        return Ok(());
    }
    let Some(told) = duckdb::ask(place, QUESTIONS)? else {
        sheet.remark("Python does not know DuckDB (pip install duckdb): no ratio");
        return Ok(());
    };
    for (question, seconds, members) in own {
        let (Some(ms), Some(rows)) = (told.ms(question), told.rows(question)) else {
            continue;
        };
        let most = members.max(rows) * DIFFERENCE_MOST + 1.0;
        anyhow::ensure!(
            (members - rows).abs() <= most,
            "{question}: {members} are in, {rows} for DuckDB"
        );
        sheet.figure(&format!("{question}_duckdb_s"), ms / 1e3, "s");
        let ratio = match question {
            "three" => "duckdb_ratio".to_owned(),
            _ => format!("{question}_duckdb_ratio"),
        };
        sheet.figure(&ratio, seconds / (ms / 1e3), "×");
    }
    sheet.remark(format!(
        "DuckDB {}, best of three; it finds who is in, and writes nothing",
        told.version
    ));
    Ok(())
}

/// From the making of a segment until everybody who was there was looked at; and how many are in.
async fn filled(
    api: &mut Api,
    name: &str,
    condition: &serde_json::Value,
) -> anyhow::Result<(f64, f64)> {
    let begun = Instant::now();
    let id = api.segment(name, condition).await?;
    let address = format!("{ADDRESS}/{id}");
    loop {
        let row = api.get(&address).await?;
        if row["filled_at"].is_string() {
            let members = row["members"].as_u64().unwrap_or(0);
            return Ok((begun.elapsed().as_secs_f64(), real(members)));
        }
        anyhow::ensure!(begun.elapsed() < FILLED_MOST, "the segment is not filled");
        tokio::time::sleep(LOOK).await;
    }
}
