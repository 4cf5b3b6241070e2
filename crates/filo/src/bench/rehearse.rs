//! `filo bench rehearse`: how long a journey takes to be played over the last days of everybody,
//! and of those alone to whom something happened that triggers.
//!
//! **Invariant:** a rehearsal is timed from the request until its report can be read, as whoever
//! asks for it waits.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use super::Plan;
use super::api::Api;
use super::figure::{Sheet, real};
use super::fill::{self, Load, Sent};
use super::process::memory;
use super::request::Calendar;

use super::server::{Place, Server};
use crate::clock;

/// How often it is asked whether it has ended.
const LOOK: Duration = Duration::from_millis(50);
/// A rehearsal that has not ended by then never will.
const DONE_MOST: Duration = Duration::from_secs(3_600);
/// Days that are played.
const DAYS: u16 = 90;

/// Measures.
///
/// # Errors
/// If the server fails or an answer is not what it should be.
pub(super) async fn measure(plan: &Plan, sheet: &Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    let load = Load {
        address: server.address,
        key: server.write_key().await?,
        customers: plan.customers.max(1),
        batch: plan.batch,
        calendar: Calendar::until(clock::now(), plan.events),
        seed: 0x0105,
    };
    fill::introduce(&load).await?;
    let sent = std::sync::Arc::<Sent>::default();
    fill::visit(&load, plan.events, &sent).await?;
    server.caught_up().await?;
    server.flush().await?;
    let mut api = Api::open(&server).await?;
    let piece = piece(&mut api).await?;
    let segment = api
        .segment("Chi ha comprato da poco", &bought_lately())
        .await?;
    let everybody = json!({"segment_entered": segment});
    let some = json!({"event": {"name": "Order Completed"}});
    let (took, main) = rehearsed(&mut api, &everybody, &piece).await?;
    sheet.figure("rehearse_s", took.as_secs_f64(), "s");
    sheet.figure("entered", real(count(&main, "/entered")), "ways");
    sheet.figure(
        "messages",
        real(count(&main, "/messages/planned")),
        "messages",
    );
    let (took, main) = rehearsed(&mut api, &some, &piece).await?;
    sheet.figure("rehearse_by_event_s", took.as_secs_f64(), "s");
    sheet.figure("entered_by_event", real(count(&main, "/entered")), "ways");
    sheet.figure("rss_mb", memory(server.pid())?.peak_mb, "MB");
    Ok(())
}

fn bought_lately() -> Value {
    json!({"happened": {"signal": {"name": "Order Completed"}, "test": {"figure":
        {"figure": "count", "is": {"at_least": 1}, "during": {"last": "7 days"}}}}})
}

fn count(main: &Value, place: &str) -> u64 {
    main.pointer(place).and_then(Value::as_u64).unwrap_or(0)
}

/// A piece to be said; its id.
async fn piece(api: &mut Api) -> anyhow::Result<String> {
    let text = "Ciao, grazie di essere passato: ti aspettiamo in bottega.";
    let new = json!({"piece": {"name": "Grazie", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "email", "language": "it",
                         "fields": {"subject": "Grazie", "text": text}}]}});
    let made = api.post("/api/v1/pieces", &new).await?;
    Ok(made["id"].as_str().context("no id")?.to_owned())
}

/// Rehearses a journey with this trigger; how long it took, and what it came to.
async fn rehearsed(
    api: &mut Api,
    trigger: &Value,
    piece: &str,
) -> anyhow::Result<(Duration, Value)> {
    let journey = json!({"trigger": trigger, "entry": "every_time", "steps": [
        {"id": "morning", "do": {"wait": {"for": "1 day", "until": {"at": "10:00"}}}},
        {"id": "hello", "do": {"send": {"piece": piece}}},
        {"id": "again", "do": {"wait_for_event": {"event": {"name": "Order Completed"}, "within": "7 days",
            "otherwise": [{"id": "reminder", "do": {"send": {"piece": piece}}}]}}}]});
    let new = json!({"name": "Prova", "journey": journey});
    let made = api.post("/api/v1/journeys", &new).await?;
    let id = made["id"].as_str().context("no id")?;
    let begun = Instant::now();
    let asked = json!({"days": DAYS});
    let started = api
        .post(&format!("/api/v1/journeys/{id}/rehearsals"), &asked)
        .await?;
    let rehearsal = started["id"].as_str().context("no id")?;
    let address = format!("/api/v1/rehearsals/{rehearsal}");
    loop {
        let told = api.get(&address).await?;
        match told["state"].as_str() {
            Some("done") => return Ok((begun.elapsed(), told["report"]["main"].clone())),
            Some("running") => {}
            other => anyhow::bail!("the rehearsal is {other:?}"),
        }
        anyhow::ensure!(begun.elapsed() < DONE_MOST, "the rehearsal does not end");
        tokio::time::sleep(LOOK).await;
    }
}
