//! `filo bench ingest`: batches over HTTP, accepted durably and applied.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::Plan;
use super::figure::{Sheet, real};
use super::fill::{self, Load, Sent};
use super::process::{memory, processor_s};
use super::request::Calendar;
use super::server::{Place, Server};
use crate::clock;

/// The cost of an event is compared over so many events at the beginning and at the end.
const STRETCH: u64 = 1_000_000;
const LOOK: Duration = Duration::from_millis(20);

/// Measures.
///
/// # Errors
/// If the server fails.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    let load = Load {
        address: server.address,
        key: server.write_key().await?,
        customers: plan.customers.max(1),
        batch: plan.batch,
        calendar: Calendar::until(clock::now(), plan.events),
        seed: 0x0001,
    };
    let sent = Arc::<Sent>::default();
    let begun = Instant::now();
    let watched = Watch::new(server.pid(), plan.events);
    let sending = fill::send(&load, plan.events, &sent);
    let (_, cost) = tokio::try_join!(sending, watched.run(&sent))?;
    let lag = server.caught_up().await?;
    let accepted = sent.accepted.load(Ordering::Relaxed);
    sheet.figure(
        "events_per_s",
        real(accepted) / begun.elapsed().as_secs_f64(),
        "events/s",
    );
    sheet.figure("log_lag_s", lag.as_secs_f64(), "s");
    sheet.figure("rss_mb", memory(server.pid())?.peak_mb, "MB");
    let busy_s = processor_s(server.pid())?;
    sheet.figure(
        "processor_us_per_event",
        busy_s * 1e6 / real(accepted),
        "µs",
    );
    match cost {
        Some((first, last)) => sheet.figure("cost_growth", last / first, "×"),
        None => sheet.remark("cost_growth is measured from 2 million events on"),
    }
    sheet.figure(
        "refused_batches",
        real(sent.refusals.load(Ordering::Relaxed)),
        "batches",
    );
    if plan.config.store == "sqlite" {
        super::page::sizes(plan, sheet, &place, &server, accepted).await?;
    }
    Ok(())
}

/// Notes the processor's time when the first and the last stretch begin and end.
struct Watch {
    pid: u32,
    marks: Vec<u64>,
}

impl Watch {
    fn new(pid: u32, events: u64) -> Self {
        let marks = if events >= 2 * STRETCH {
            vec![0, STRETCH, events - STRETCH, events]
        } else {
            Vec::new()
        };
        Self { pid, marks }
    }

    /// Seconds of processor of the first and the last stretch: what else the machine does beside
    /// it does not count.
    async fn run(self, sent: &Sent) -> anyhow::Result<Option<(f64, f64)>> {
        let mut seen = Vec::new();
        for mark in &self.marks {
            while sent.accepted.load(Ordering::Relaxed) < *mark {
                tokio::time::sleep(LOOK).await;
            }
            seen.push(processor_s(self.pid)?);
        }
        Ok(match seen[..] {
            [start, first, before_last, last] => Some((first - start, last - before_last)),
            _ => None,
        })
    }
}
