//! A whole workspace over a disk that fails: events sent, events found again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use compact_str::CompactString;
use filo_app::{App, Busy, Clock, Config};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::SourceId;
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;

const START: i64 = 1_795_000_000_000_000;
/// As many events as any timeline here can hold.
const TIMELINE: usize = 1_000;

/// Opens the workspace of a folder, over a layer if one is named.
pub(crate) async fn open(folder: &Path, layer: Option<&str>) -> Result<App, filo_app::Error> {
    let mut config = Config::in_folder(folder);
    config.ballast_bytes = 0;
    config.flush_events = 1_000_000;
    config.store_options = crate::options();
    config.store_options.vfs = layer.map(str::to_owned);
    let time = Arc::new(AtomicI64::new(START));
    let clock = Clock::new(move || Timestamp(time.fetch_add(1_000, Ordering::Relaxed)));
    App::open(config, clock, [7; 32]).await
}

/// An event of one of seven people, who are known by more and more identifiers.
pub(crate) fn event(app: &App, number: u32) -> Event {
    let rules = app.rules();
    let person = number % 7;
    let mut known = vec![(Kind::AnonymousId, format!("a-{person}"))];
    if number.is_multiple_of(3) {
        known.push((Kind::UserId, format!("u-{person}")));
    }
    if number.is_multiple_of(5) {
        known.push((Kind::Email, format!("p{person}@example.it")));
    }
    let mut identifiers: Vec<Identifier> = known
        .iter()
        .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
        .collect();
    identifiers.sort();
    let at = Timestamp(START - 1_000_000_000 + i64::from(number) * 1_000);
    let message_id = CompactString::from(format!("m-{number}"));
    Event {
        id: app.key().event_id(SourceId(2), &message_id),
        thread: app
            .key()
            .node_id(identifiers[0].kind, &identifiers[0].value),
        at,
        received_at: at,
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: Trust::Verified,
        channel: Channel::Web,
        source: SourceId(2),
        message_id,
        name: "Product Viewed".into(),
        identifiers: identifiers.into(),
        properties: format!(r#"{{"sku":"A{number}"}}"#).into(),
        context: "".into(),
    }
}

/// Sends events in one request.
pub(crate) async fn send(app: &App, numbers: impl Iterator<Item = u32>) -> Result<(), Busy> {
    let events = numbers.map(|number| event(app, number)).collect();
    let permit = app.admit(1_000)?;
    app.accept(permit, events).await
}

/// How often each event stands on the timelines of all customers.
pub(crate) async fn found(app: &App) -> Result<BTreeMap<String, u32>, filo_app::Error> {
    app.settle().await?;
    let mut found = BTreeMap::new();
    for row in app.customers(None, TIMELINE).await? {
        for event in app.timeline(row.id, None, TIMELINE).await? {
            *found.entry(event.message_id.to_string()).or_default() += 1;
        }
    }
    Ok(found)
}

/// Opens a workspace that was found after a cut and compares it: what was accepted is there
/// once, what was not asked for is not, and sending everything again adds only what is missing.
pub(crate) async fn inspect(folder: &Path, asked: u32, accepted: &[u32]) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Err(error) = look(folder, asked, accepted, &mut wrong).await {
        wrong.push(format!("it does not work: {error:?}"));
    }
    wrong
}

async fn look(
    folder: &Path,
    asked: u32,
    accepted: &[u32],
    wrong: &mut Vec<String>,
) -> Result<(), filo_app::Error> {
    let app = open(folder, None).await?;
    let counts = found(&app).await?;
    for number in accepted {
        let count = counts.get(&format!("m-{number}")).copied().unwrap_or(0);
        if count != 1 {
            wrong.push(format!(
                "the accepted event {number} is there {count} times"
            ));
        }
    }
    wrong.extend(app.check().await?.problems);
    let all: BTreeMap<String, u32> = (0..asked)
        .map(|number| (format!("m-{number}"), 1))
        .collect();
    if counts.iter().any(|(id, count)| all.get(id) != Some(count)) {
        wrong.push(format!("of {asked} events there are {counts:?}"));
    }
    send(&app, 0..asked).await?;
    if found(&app).await? != all {
        wrong.push("after sending all again not each is there once".to_owned());
    }
    app.shut_down().await
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
