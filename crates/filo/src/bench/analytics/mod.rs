//! `filo bench analytics`: every board of the analysis over a full lake, and the same questions
//! asked of DuckDB over the same files where Python knows it.
//!
//! **Invariant:** a board is timed from the request to its whole answer, with everything that is
//! worked out for it; DuckDB is asked for what is gathered alone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Plan;
use super::api::Api;
use super::duckdb::{self, Told};
use super::figure::{Sheet, real};
use super::fill::{self, Load, Sent};
use super::process::memory;
use super::request::Calendar;
use super::server::{Place, Server};
use crate::clock;

/// Each board, by the last part of its address.
const BOARDS: [&str; 6] = ["ways", "paths", "cohorts", "reorder", "worth", "leaving"];
/// How often each is asked for after the first time.
const LOOKS: usize = 3;
/// What is asked of DuckDB.
const QUESTIONS: &str = include_str!("questions.py");

/// Measures.
///
/// # Errors
/// If the server fails or a board is not shown.
pub(super) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    let load = Load {
        address: server.address,
        key: server.write_key().await?,
        customers: plan.customers.max(1),
        batch: plan.batch,
        calendar: Calendar::until(clock::now(), plan.events),
        seed: 0x0a7a,
    };
    let begun = Instant::now();
    fill::introduce(&load).await?;
    let sent = Arc::<Sent>::default();
    fill::visit(&load, plan.events.saturating_sub(load.customers), &sent).await?;
    server.caught_up().await?;
    server.flush().await?;
    sheet.figure("fill_s", begun.elapsed().as_secs_f64(), "s");
    let mut warm = Vec::with_capacity(BOARDS.len());
    for board in BOARDS {
        let mut api = Api::open(&server).await?;
        let address = format!("/api/v1/analysis/{board}");
        let first = looked(&mut api, &address).await?;
        let mut best = first;
        for _ in 0..LOOKS {
            best = best.min(looked(&mut api, &address).await?);
        }
        sheet.figure(&format!("{board}_cold_ms"), ms(first), "ms");
        sheet.figure(&format!("{board}_ms"), ms(best), "ms");
        warm.push((board, ms(best)));
    }
    sheet.figure("rss_mb", memory(server.pid())?.peak_mb, "MB");
    match duckdb::ask(&place, QUESTIONS)? {
        Some(told) => beside(sheet, &warm, &told),
        None => sheet.remark("Python does not know DuckDB (pip install duckdb): no ratio"),
    }
    Ok(())
}

async fn looked(api: &mut Api, address: &str) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    api.get(address).await?;
    Ok(begun.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Each board beside DuckDB, and all of them together: the geometric mean.
fn beside(sheet: &Sheet, warm: &[(&str, f64)], told: &Told) {
    let mut logs = Vec::new();
    for (board, own) in warm {
        let Some(theirs) = told.ms(board) else {
            continue;
        };
        sheet.figure(&format!("{board}_duckdb_ms"), theirs, "ms");
        sheet.figure(&format!("{board}_ratio_duckdb"), own / theirs, "×");
        logs.push((own / theirs).ln());
    }
    let count = real(logs.len() as u64);
    sheet.figure(
        "geomean_ratio_duckdb",
        (logs.iter().sum::<f64>() / count).exp(),
        "×",
    );
    sheet.remark(format!(
        "DuckDB {}, best of three, what is gathered alone",
        told.version
    ));
}
