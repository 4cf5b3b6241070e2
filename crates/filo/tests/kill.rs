//! kill -9 at random points under load: what was acknowledged is there, once.
//!
//! One folder, one process after the other. Senders write down what was acknowledged, the
//! process is killed without a word, the next one starts on the same files; at the end every
//! thread is read and compared. `FILO_KILLS` says how many times (100).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::panic,
    reason = "so has one that was answered what it should not be"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use filo_testkit::Child;

use crate::exchange::exchange;

mod exchange;

const SENDERS: u32 = 4;
const USERS: u32 = 20;
const BATCH: u32 = 20;

fn kills() -> u32 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test runner says how long a run may take"
    )]
    let asked = std::env::var("FILO_KILLS");
    asked.ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// What senders know.
#[derive(Default)]
struct Ledger {
    /// Messages of requests that were answered with 200.
    acknowledged: Mutex<BTreeSet<u32>>,
    /// Messages that were sent at all.
    next: AtomicU32,
}

/// Sends batches until the server is gone; now and then one that has been sent before.
fn send(address: std::net::SocketAddr, key: &str, ledger: &Ledger, stop: &AtomicBool) {
    let mut turn = 0_u32;
    while !stop.load(Ordering::Relaxed) {
        turn += 1;
        let first = if turn.is_multiple_of(5) {
            let known = ledger.acknowledged.lock().unwrap();
            known
                .iter()
                .next_back()
                .copied()
                .map_or(0, |last| last / BATCH * BATCH)
        } else {
            ledger.next.fetch_add(BATCH, Ordering::Relaxed)
        };
        let events: Vec<String> = (first..first + BATCH)
            .map(|number| {
                format!(
                    r#"{{"type":"track","event":"E","userId":"u-{}","messageId":"m-{number}"}}"#,
                    number % USERS
                )
            })
            .collect();
        let body = format!(r#"{{"batch":[{}]}}"#, events.join(","));
        let Ok((status, _)) = exchange(address, "POST", "/v1/batch", key, &body) else {
            return;
        };
        match status {
            200 => ledger
                .acknowledged
                .lock()
                .unwrap()
                .extend(first..first + BATCH),
            429 | 503 => std::thread::sleep(Duration::from_millis(20)),
            other => panic!("a batch got {other}"),
        }
    }
}

/// Every message of every thread with how often it is there.
fn messages(address: std::net::SocketAddr, api_key: &str) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for user in 0..USERS {
        let path = format!("/api/v1/customers/lookup?user_id=u-{user}");
        let (status, body) = exchange(address, "GET", &path, api_key, "").unwrap();
        if status == 404 {
            continue;
        }
        let customer: serde_json::Value = serde_json::from_str(&body).unwrap();
        let id = customer["id"].as_str().unwrap();
        let mut path = format!("/api/v1/customers/{id}/events?limit=200");
        let mut on_thread = 0;
        loop {
            let (status, body) = exchange(address, "GET", &path, api_key, "").unwrap();
            assert_eq!(status, 200, "{body}");
            let page: serde_json::Value = serde_json::from_str(&body).unwrap();
            for event in page["data"].as_array().unwrap() {
                *found
                    .entry(event["message_id"].as_str().unwrap().to_owned())
                    .or_default() += 1;
                on_thread += 1;
            }
            let Some(next) = page["next"].as_str() else {
                break;
            };
            path = format!("/api/v1/customers/{id}/events?limit=200&before={next}");
        }
        assert_eq!(
            customer["event_count"], on_thread,
            "the profile counts its thread"
        );
    }
    found
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_by_kills() {
    let program = Path::new(env!("CARGO_BIN_EXE_filo"));
    let folder = tempfile::tempdir().unwrap();
    // A flush to the lake now and then, so that kills hit that too.
    let arguments = ["--flush-events", "3000", "--flush-after-s", "2"];
    let ledger = Arc::new(Ledger::default());
    let mut secret_key = String::new();
    let begun = Instant::now();
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..kills() {
        let child = Child::start(program, folder.path(), &arguments).unwrap();
        if let Some(key) = child.secret_key() {
            key.clone_into(&mut secret_key);
        }
        let stop = AtomicBool::new(false);
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let pause = Duration::from_millis(5 + (chance >> 33) % 300);
        let address = child.address;
        std::thread::scope(|scope| {
            for _ in 0..SENDERS {
                scope.spawn(|| send(address, &secret_key, &ledger, &stop));
            }
            std::thread::sleep(pause);
            child.kill();
            stop.store(true, Ordering::Relaxed);
        });
    }
    let child = Child::start(program, folder.path(), &arguments).unwrap();
    let api_key = exchange::api_key(program, folder.path());
    exchange::settled(child.address, &api_key);
    let found = messages(child.address, &api_key);
    let acknowledged = ledger.acknowledged.lock().unwrap();
    let lost: Vec<u32> = acknowledged
        .iter()
        .copied()
        .filter(|number| !found.contains_key(&format!("m-{number}")))
        .collect();
    let doubled: Vec<_> = found.iter().filter(|(_, count)| **count > 1).collect();
    println!(
        "{} kills, {} events acknowledged, {} found, {:?}",
        kills(),
        acknowledged.len(),
        found.len(),
        begun.elapsed()
    );
    assert!(
        acknowledged.len() > 1000,
        "the load was too light to prove anything"
    );
    assert_eq!(lost, Vec::<u32>::new(), "lost");
    assert_eq!(doubled, Vec::new(), "doubled");
    assert!(child.terminate().success());
    // What is on disk fits together, and a rebuild gives the same.
    let check = exchange::command(program, folder.path(), &["check", "--json"]);
    assert_eq!(check["sound"], true, "{check}");
    let rebuilt = exchange::command(program, folder.path(), &["rebuild", "--json"]);
    assert_eq!(rebuilt["same"], true, "{rebuilt}");
}
