//! `filo bench trigger`: how long it takes from an event that a journey begins with until its
//! message was handed over, at a fixed rate of events.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;

use super::ground::{self, Ground};
use super::sink::Sink;
use super::{Connection, Plan, Sheet, basic, memory, real};

/// Events in a second.
const RATE_PER_S: u64 = 500;
/// Connections that send them in turn.
const CONNECTIONS: u64 = 10;
/// What has not come by then is counted as lost.
const LATE_MOST: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);
const NAME: &str = "Bench Asked";

/// Measures.
///
/// # Errors
/// If a server fails or a message does not come.
pub(in crate::bench) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    let sink = Sink::start().await?;
    let mut ground = Ground::lay(plan, sink.address).await?;
    let wanted = RATE_PER_S * plan.seconds;
    // Each person once, so that every message is the first of its kind.
    ground.introduce(plan.customers.max(wanted)).await?;
    let steps = json!([{"id": "say", "do": {"send": {"piece": ground.piece}}}]);
    let journey = json!({"trigger": {"event": {"name": NAME}}, "steps": steps});
    ground.publish(&journey).await?;
    let asked = ask(&ground, wanted).await?;
    let begun = Instant::now();
    while sink.look(|came| came.messages) < wanted {
        anyhow::ensure!(
            begun.elapsed() < LATE_MOST,
            "only {} of {wanted} messages came",
            sink.look(|came| came.messages)
        );
        tokio::time::sleep(LOOK).await;
    }
    let times: Vec<Duration> = sink.look(|came| {
        let time = |(person, at): &(u64, Instant)| {
            let taken = came.at.get(&ground::address(*person))?;
            Some(taken.saturating_duration_since(*at))
        };
        asked.iter().filter_map(time).collect()
    });
    anyhow::ensure!(times.len() == asked.len(), "somebody got no message");
    sheet.times(&times, [("trigger_p50_ms", 0.5), ("trigger_p99_ms", 0.99)])?;
    sheet.figure("messages", real(wanted), "messages");
    sheet.figure("rss_mb", memory(ground.server.pid())?.peak_mb, "MB");
    sheet.remark(format!("{RATE_PER_S} events/s"));
    Ok(())
}

/// Sends the events at their rate, whatever the answers take; gives when each was sent.
async fn ask(ground: &Ground, wanted: u64) -> anyhow::Result<Vec<(u64, Instant)>> {
    let begun = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..CONNECTIONS {
        let (address, key) = (ground.server.address, basic(&ground.key));
        running.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut asked = Vec::new();
            let own = (0..).map(|turn| number + turn * CONNECTIONS);
            for person in own.take_while(|person| *person < wanted) {
                let due = begun + Duration::from_micros(person * 1_000_000 / RATE_PER_S);
                tokio::time::sleep_until(due.into()).await;
                let body = ground::happening(NAME, person);
                asked.push((person, due));
                ground::deliver(&mut connection, &key, "/v1/track", &body).await?;
            }
            anyhow::Ok(asked)
        });
    }
    let mut asked = Vec::new();
    while let Some(ended) = running.join_next().await {
        asked.append(&mut ended??);
    }
    Ok(asked)
}
