//! `filo bench wake`: very many people who wait on journeys: what that costs when nothing
//! happens, how late somebody is woken meanwhile, and how fast all of them go on at once.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::json;

use super::ground::{self, Ground};
use super::sink::Sink;
use super::{Connection, Plan, Server, Sheet, basic, memory, processor_s, real};

/// Who is woken while all others wait, one after the other.
const WOKEN: u64 = 1_000;
const BETWEEN: Duration = Duration::from_millis(10);
/// How long each of them waits: the shortest wait that a journey knows.
const WAIT: Duration = Duration::from_secs(60);
/// What has not come by then is counted as lost.
const LATE_MOST: Duration = Duration::from_secs(60);
/// What a start leaves to do is done by then.
const SETTLE: Duration = Duration::from_secs(5);
const OBSERVE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);
const NAME: &str = "Bench Timed";

/// Measures.
///
/// # Errors
/// If a server fails or somebody is not woken.
pub(in crate::bench) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    let sink = Sink::start().await?;
    let mut ground = Ground::lay(plan, sink.address).await?;
    let people = plan.customers.max(WOKEN);
    ground.introduce(people).await?;
    let segment = ground.everybody().await?;
    let wait = json!([{"id": "wait", "do": {"wait": {"for": "300 days"}}}]);
    let begun = Instant::now();
    let journey = json!({"trigger": {"broadcast": segment}, "steps": wait});
    let all = ground.publish(&journey).await?;
    let address = format!("/api/v1/journeys/{all}");
    let is_in = |row: &serde_json::Value| row["on_the_way"] == people;
    ground.until(&address, is_in).await?;
    let entered = real(people) / begun.elapsed().as_secs_f64();
    sheet.figure("entered_per_s", entered, "runs/s");
    woken(&mut ground, &sink, sheet).await?;
    sheet.figure("rss_mb", memory(ground.server.pid())?.peak_mb, "MB");

    let Ground { server, place, .. } = ground;
    server.kill()?;
    let server = Server::start(&place).await?;
    sheet.figure("restart_s", server.ready_after.as_secs_f64(), "s");
    tokio::time::sleep(SETTLE).await;
    let before = processor_s(server.pid())?;
    tokio::time::sleep(OBSERVE).await;
    let used = processor_s(server.pid())? - before;
    sheet.figure("cpu_percent", used / OBSERVE.as_secs_f64() * 100.0, "%");
    Ok(())
}

/// Some wait for a minute only, and are told something then.
async fn woken(ground: &mut Ground, sink: &Sink, sheet: &Sheet) -> anyhow::Result<()> {
    let steps = json!([{"id": "wait", "do": {"wait": {"for": "1 minute"}}},
                       {"id": "say", "do": {"send": {"piece": ground.piece}}}]);
    let journey = json!({"trigger": {"event": {"name": NAME}}, "steps": steps});
    ground.publish(&journey).await?;
    let mut connection = Connection::open(ground.server.address).await?;
    let key = basic(&ground.key);
    let mut due = Vec::new();
    for person in 0..WOKEN {
        let body = ground::happening(NAME, person);
        ground::deliver(&mut connection, &key, "/v1/track", &body).await?;
        // The answer comes after the event's own time: what is measured is a little less late
        // than it is, by what an answer takes.
        due.push(Instant::now() + WAIT);
        tokio::time::sleep(BETWEEN).await;
    }
    let last = *due.last().context("nobody waits")?;
    while sink.look(|came| came.messages) < WOKEN {
        anyhow::ensure!(
            last.elapsed() < LATE_MOST,
            "only {} of {WOKEN} were woken",
            sink.look(|came| came.messages)
        );
        tokio::time::sleep(LOOK).await;
    }
    let lags: Vec<Duration> = sink.look(|came| {
        let lag = |(person, due): (u64, &Instant)| {
            let at = came.at.get(&ground::address(person))?;
            Some(at.saturating_duration_since(*due))
        };
        (0..WOKEN).zip(&due).filter_map(lag).collect()
    });
    anyhow::ensure!(lags.len() == due.len(), "somebody was not woken");
    sheet.times(&lags, [("wake_lag_p50_ms", 0.5), ("wake_lag_p99_ms", 0.99)])
}
