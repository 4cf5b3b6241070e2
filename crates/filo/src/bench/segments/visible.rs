//! How long it takes from an event until its customer is seen in the segment, while other events
//! come in at a fixed rate.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{Api, condition};
use crate::bench::Plan;
use crate::bench::client::{Connection, get, post};
use crate::bench::drive::{self, Feed};
use crate::bench::figure::Sheet;
use crate::bench::fill::Load;
use crate::bench::request::basic;
use crate::bench::server::Server;

/// The rate of the other events.
const RATE_PER_S: f64 = 2000.0;
/// Events of which the way is timed at once.
const PROBES: u64 = 4;
/// From the end of one to the beginning of the next.
const PAUSE: Duration = Duration::from_millis(20);
/// Who is not in by then is not coming.
const VISIBLE_MOST: Duration = Duration::from_secs(30);

/// Measures.
///
/// # Errors
/// If the server fails or somebody does not come in.
pub(super) async fn measure(
    plan: &Plan,
    sheet: &Sheet,
    server: &Server,
    api: &mut Api,
    load: &Load,
) -> anyhow::Result<()> {
    let noticed = json!({"happened": {
        "signal": {"name": condition::TIMED},
        "test": {"figure": {"figure": "count", "is": {"at_least": 1},
                            "during": {"last": "30 days"}}},
    }});
    let segment = api.segment("Visti", &noticed).await?;
    api.all_filled().await?;
    let during = Duration::from_secs(plan.seconds);
    let feed = Feed::singles(&load.key, &load.calendar, load.customers);
    let background = drive::open(server.address, &feed, plan.connections, RATE_PER_S, during);
    let mut probes = JoinSet::new();
    for number in 0..PROBES {
        let probe = Probe {
            address: server.address,
            basic: basic(&load.key),
            bearer: api.bearer.clone(),
            segment: segment.clone(),
            number,
            customers: load.customers,
        };
        probes.spawn(probe.run(Instant::now() + during));
    }
    let collect = async {
        let mut times = Vec::new();
        while let Some(timed) = probes.join_next().await {
            times.append(&mut timed??);
        }
        anyhow::Ok(times)
    };
    let (driven, times) = tokio::join!(background, collect);
    driven?;
    let times = times?;
    sheet.times(
        &times,
        [("membership_p50_ms", 0.5), ("membership_p99_ms", 0.99)],
    )?;
    sheet.remark(format!(
        "membership was timed {} times at {RATE_PER_S} events/s",
        times.len()
    ));
    Ok(())
}

/// Somebody who sends an event and looks whether it shows.
struct Probe {
    address: SocketAddr,
    basic: String,
    bearer: String,
    segment: String,
    number: u64,
    customers: u64,
}

impl Probe {
    async fn run(self, until: Instant) -> anyhow::Result<Vec<Duration>> {
        let mut sender = Connection::open(self.address).await?;
        let mut reader = Connection::open(self.address).await?;
        let mut times = Vec::new();
        let mut next = self.number;
        // Each customer comes in once.
        while Instant::now() < until && next < self.customers {
            let user = format!("u-{next:08}");
            let customer = self.customer(&mut reader, &user).await?;
            times.push(
                self.timed(&mut sender, &mut reader, &user, &customer)
                    .await?,
            );
            next += PROBES;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(times)
    }

    async fn customer(&self, reader: &mut Connection, user: &str) -> anyhow::Result<String> {
        let address = format!("/api/v1/customers/lookup?user_id={user}");
        let question = get(&address, &[("Authorization", &self.bearer)]);
        let answer = reader.exchange(&question).await?;
        anyhow::ensure!(answer.status == 200, "{user} got {}", answer.status);
        let found: Value = serde_json::from_slice(answer.body)?;
        Ok(found["id"].as_str().context("no id")?.to_owned())
    }

    async fn timed(
        &self,
        sender: &mut Connection,
        reader: &mut Connection,
        user: &str,
        customer: &str,
    ) -> anyhow::Result<Duration> {
        let (event, name) = (format!("noticed-{user}"), condition::TIMED);
        let call = json!({"userId": user, "messageId": event, "event": name});
        let headers = [
            ("Authorization", self.basic.as_str()),
            ("Content-Type", "application/json"),
        ];
        let request = post("/v1/track", &headers, &call.to_string());
        let address = format!("/api/v1/customers/{customer}/segments");
        let question = get(&address, &[("Authorization", &self.bearer)]);
        let begun = Instant::now();
        let status = sender.exchange(&request).await?.status;
        anyhow::ensure!(status == 200, "an event got {status}");
        loop {
            let answer = reader.exchange(&question).await?;
            anyhow::ensure!(answer.status == 200, "segments got {}", answer.status);
            let is_in = String::from_utf8_lossy(answer.body).contains(&self.segment);
            if is_in {
                return Ok(begun.elapsed());
            }
            anyhow::ensure!(begun.elapsed() < VISIBLE_MOST, "{user} did not come in");
            // Readers beside would take what is measured from the engine.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
