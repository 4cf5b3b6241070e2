//! Many events into a running Filo, in batches over several connections.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::task::JoinSet;

use super::client::Connection;
use super::draw::Draw;
use super::request::{Calendar, Request};

/// Connections of senders of batches: enough that one of them is always being written.
const CONNECTIONS: u64 = 8;
/// Events of a customer who comes by.
pub(super) const VISIT_EVENTS: u64 = 5;
/// A batch is offered so often to a Filo that is busy.
const TRIES_MOST: u32 = 600;

/// What is sent.
#[derive(Debug, Clone)]
pub(super) struct Load {
    /// Where to.
    pub(super) address: SocketAddr,
    /// With which key.
    pub(super) key: String,
    /// Of how many customers.
    pub(super) customers: u64,
    /// Events in a batch.
    pub(super) batch: usize,
    /// When events happen.
    pub(super) calendar: Calendar,
    /// Makes the ids of this load differ from those of another.
    pub(super) seed: u64,
}

/// How far it is.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// Events that were taken, that is: are on disk.
    pub(super) accepted: AtomicU64,
    /// Answers that asked to come back later.
    pub(super) refusals: AtomicU64,
}

/// Makes every customer known, by all of its ids.
///
/// # Errors
/// If a batch is not taken.
pub(super) async fn introduce(load: &Load) -> anyhow::Result<()> {
    let request = Request::introductions(load.batch, &load.key);
    let most = load.customers.saturating_sub(1);
    let sent = Arc::<Sent>::default();
    pump(load, &request, load.customers, &sent, move |_, serial| {
        serial.min(most)
    })
    .await
    .map(drop)
}

/// Sends `events` events, each of a random customer: nobody does two things in a row.
///
/// # Errors
/// If a batch is not taken.
pub(super) async fn send(load: &Load, events: u64, sent: &Arc<Sent>) -> anyhow::Result<Duration> {
    let request = Request::batch(load.batch, &load.key);
    let customers = load.customers;
    pump(load, &request, events, sent, move |draw, _| {
        draw.below(customers)
    })
    .await
}

/// Sends `events` events as customers make them who come by: a few at a time.
///
/// # Errors
/// If a batch is not taken.
pub(super) async fn visit(load: &Load, events: u64, sent: &Arc<Sent>) -> anyhow::Result<Duration> {
    let request = Request::batch(load.batch, &load.key);
    let (customers, seed) = (load.customers, load.seed);
    pump(load, &request, events, sent, move |_, serial| {
        Draw::new(seed ^ (serial / VISIT_EVENTS)).below(customers)
    })
    .await
}

async fn pump(
    load: &Load,
    request: &Request,
    events: u64,
    sent: &Arc<Sent>,
    customer: impl Fn(&mut Draw, u64) -> u64 + Clone + Send + 'static,
) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let next = Arc::new(AtomicU64::new(0));
    let mut running = JoinSet::new();
    for number in 0..CONNECTIONS {
        let (load, mut request, sent) = (load.clone(), request.clone(), Arc::clone(sent));
        let (next, customer) = (Arc::clone(&next), customer.clone());
        running.spawn(async move {
            let mut connection = Connection::open(load.address).await?;
            let mut draw = Draw::new(load.seed ^ (number << 48));
            let count = request.event_count() as u64;
            loop {
                let serial = next.fetch_add(count, Ordering::Relaxed);
                if serial >= events {
                    return anyhow::Ok(());
                }
                let bytes = request.patch(&mut draw, &load.calendar, serial, |draw, index| {
                    customer(draw, serial + index)
                });
                deliver(&mut connection, bytes, &sent).await?;
                sent.accepted.fetch_add(count, Ordering::Relaxed);
            }
        });
    }
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    Ok(begun.elapsed())
}

/// Sends a batch until it is taken, waiting as long as the answer asks.
async fn deliver(connection: &mut Connection, bytes: &[u8], sent: &Sent) -> anyhow::Result<()> {
    for _ in 0..TRIES_MOST {
        let answer = connection
            .exchange(bytes)
            .await
            .context("sending a batch")?;
        match answer.status {
            200 => return Ok(()),
            429 | 503 => {
                let seconds = answer
                    .header("retry-after")
                    .and_then(|text| text.parse().ok());
                sent.refusals.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_secs(seconds.unwrap_or(1))).await;
            }
            other => bail!(
                "a batch got {other}: {}",
                String::from_utf8_lossy(answer.body)
            ),
        }
    }
    bail!("a batch was refused {TRIES_MOST} times")
}
