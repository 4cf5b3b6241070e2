//! `filo bench segments`: what it costs to keep many segments up, how soon somebody is in, how
//! long one takes to be worked out anew, and how long a preview takes.
//!
//! **Invariant:** with and without segments the same customers, with the same history, send the
//! same events, each time to a Filo of its own.

mod condition;
mod recomputed;
mod visible;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use super::Plan;
use super::api::Api;
use super::figure::{Sheet, real};
use super::fill::{self, Load, Sent};
use super::process::{memory, processor_s};
use super::request::Calendar;
use super::server::{Place, Server};
use crate::clock;

/// Segments that can be kept up.
pub(super) const SEGMENTS_MOST: u64 = 1_000;
/// Segments that are made while it is measured.
const KEPT_FREE: u64 = 3;
/// Of as many events as everybody's history has, this part is sent while it is measured.
const LATELY_SHARE: u64 = 2;
/// Previews of each condition.
const PREVIEWS: usize = 15;
/// A segment that has not been filled by then never will be.
const FILLED_MOST: Duration = Duration::from_secs(3_600);
const LOOK: Duration = Duration::from_millis(5);
const ADDRESS: &str = "/api/v1/segments";

/// Measures.
///
/// # Errors
/// If a server fails or an answer is not what it should be.
pub(super) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    // Both runs end their events at the same instant.
    let now = clock::now();
    let history = Calendar::until(now, plan.events);
    let lately = Calendar::of_days(1, now, plan.events / LATELY_SHARE);
    let without = {
        let place = Place::new(plan)?;
        let server = Server::start(&place).await?;
        let load = with_history(plan, &server, &history).await?;
        ingested(plan, &server, &load.lately(&lately)).await?
    };
    let mut place = Place::new(plan)?;
    // On PostgreSQL what the other one left is still there.
    place.config.schema.push_str("_kept_up");
    let server = Server::start(&place).await?;
    let load = with_history(plan, &server, &history).await?;
    let load = load.lately(&lately);
    let mut api = Api::open(&server).await?;
    let begun = Instant::now();
    api.make(plan.segments).await?;
    api.all_filled().await?;
    sheet.figure("made_s", begun.elapsed().as_secs_f64(), "s");
    let with = ingested(plan, &server, &load).await?;
    sheet.figure("events_per_s_without", without.per_s, "events/s");
    sheet.figure("events_per_s", with.per_s, "events/s");
    sheet.figure("ingest_ratio", with.per_s / without.per_s, "×");
    let more_us = with.processor_us - without.processor_us;
    sheet.figure("processor_us_per_event", with.processor_us, "µs");
    sheet.figure("marginal_us", more_us, "µs");
    sheet.figure("members", api.members().await?, "members");
    visible::measure(plan, sheet, &server, &mut api, &load).await?;
    server.flush().await?;
    recomputed::measure(sheet, &mut api, &place).await?;
    previews(sheet, &mut api).await?;
    sheet.figure("rss_mb", memory(server.pid())?.peak_mb, "MB");
    if plan.config.store == "sqlite" {
        let events = plan.events + plan.events / LATELY_SHARE;
        super::page::sizes(plan, sheet, &place, &server, events).await?;
    }
    sheet.remark(format!(
        "each segment asks about one of {} kinds of events, of which {} happen",
        condition::NAMES,
        condition::HAPPENING.len()
    ));
    Ok(())
}

/// Every customer is known, and has come by before.
async fn with_history(plan: &Plan, server: &Server, calendar: &Calendar) -> anyhow::Result<Load> {
    let load = Load {
        address: server.address,
        key: server.write_key().await?,
        customers: plan.customers.max(1),
        batch: plan.batch,
        calendar: calendar.clone(),
        seed: 0x0005,
    };
    fill::introduce(&load).await?;
    fill::visit(&load, plan.events, &Arc::<Sent>::default()).await?;
    server.caught_up().await?;
    Ok(load)
}

impl Load {
    /// The same customers, later.
    fn lately(self, calendar: &Calendar) -> Self {
        Self {
            calendar: calendar.clone(),
            seed: self.seed ^ 0x1a7e_0000,
            ..self
        }
    }
}

/// How events were taken in.
struct Ingested {
    per_s: f64,
    /// Of processor, for each event.
    processor_us: f64,
}

/// Sends the events and waits until they are applied.
async fn ingested(plan: &Plan, server: &Server, load: &Load) -> anyhow::Result<Ingested> {
    let sent = Arc::<Sent>::default();
    let busy_s = processor_s(server.pid())?;
    let begun = Instant::now();
    fill::send(load, plan.events / LATELY_SHARE, &sent).await?;
    server.caught_up().await?;
    let accepted = real(sent.accepted.load(Ordering::Relaxed)).max(1.0);
    Ok(Ingested {
        per_s: accepted / begun.elapsed().as_secs_f64(),
        processor_us: (processor_s(server.pid())? - busy_s) * 1e6 / accepted,
    })
}

impl Api {
    /// Makes a segment; its id.
    pub(super) async fn segment(
        &mut self,
        name: &str,
        condition: &Value,
    ) -> anyhow::Result<String> {
        let new = json!({"name": name, "condition": condition});
        let made = self.post(ADDRESS, &new).await?;
        Ok(made["id"].as_str().context("no id")?.to_owned())
    }

    /// Makes so many segments, some of which are kept free for what is measured later.
    async fn make(&mut self, count: u64) -> anyhow::Result<()> {
        for number in 0..count.saturating_sub(KEPT_FREE) {
            let name = format!("Segmento {number}");
            self.segment(&name, &condition::numbered(number)).await?;
        }
        Ok(())
    }

    /// Everybody was looked at for every segment.
    async fn all_filled(&mut self) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let page = self.get(ADDRESS).await?;
            let rows = page["data"].as_array().context("no segments")?;
            if rows.iter().all(|row| row["filled_at"].is_string()) {
                return Ok(());
            }
            anyhow::ensure!(begun.elapsed() < FILLED_MOST, "the segments are not filled");
            tokio::time::sleep(LOOK * 20).await;
        }
    }

    /// How many are in all segments together.
    async fn members(&mut self) -> anyhow::Result<f64> {
        let page = self.get(ADDRESS).await?;
        let rows = page["data"].as_array().context("no segments")?.iter();
        Ok(real(rows.filter_map(|row| row["members"].as_u64()).sum()))
    }
}

/// Previews: of events whose traces are kept, of others, of what is known of people, and of
/// another segment. The slowest is the figure, so that no average hides one.
async fn previews(sheet: &Sheet, api: &mut Api) -> anyhow::Result<()> {
    let address = format!("{ADDRESS}/preview");
    let (mut slowest_ms, mut exact, mut all): (f64, u64, u64) = (0.0, 0, 0);
    for (metric, condition) in condition::previewed() {
        let mut times = Vec::with_capacity(PREVIEWS);
        for _ in 0..PREVIEWS {
            let asked = json!({"condition": condition});
            let begun = Instant::now();
            let told = api.post(&address, &asked).await?;
            times.push(begun.elapsed());
            all += 1;
            exact += u64::from(told["is_exact"] == true);
        }
        let p95 = super::figure::p95_ms(&times)?;
        sheet.figure(metric, p95, "ms");
        slowest_ms = slowest_ms.max(p95);
    }
    sheet.figure("preview_ms", slowest_ms, "ms");
    sheet.figure("preview_exact", real(exact) / real(all), "share");
    Ok(())
}
