//! Many connections at once: as fast as they are answered, or at a fixed rate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::task::JoinSet;

use super::client::Connection;
use super::draw::Draw;
use super::request::{Calendar, Request};

/// What a connection sends.
#[derive(Debug, Clone)]
pub(super) enum Feed {
    /// One single event after the other, each with fresh ids.
    Fresh(Box<Fresh>),
    /// The same requests again and again.
    Fixed(Arc<Vec<Vec<u8>>>, usize),
}

/// Fresh single events.
#[derive(Debug, Clone)]
pub(super) struct Fresh {
    request: Request,
    draw: Draw,
    calendar: Calendar,
    customers: u64,
    serial: Arc<AtomicU64>,
}

impl Feed {
    /// Single events of random customers.
    pub(super) fn singles(key: &str, calendar: &Calendar, customers: u64) -> Self {
        Self::Fresh(Box::new(Fresh {
            request: Request::single(key),
            draw: Draw::new(0x51),
            calendar: calendar.clone(),
            customers,
            serial: Arc::default(),
        }))
    }

    /// These requests.
    pub(super) fn fixed(requests: Vec<Vec<u8>>) -> Self {
        Self::Fixed(Arc::new(requests), 0)
    }

    /// The same feed for another connection: other ids, another beginning.
    fn of_connection(&self, number: u64) -> Self {
        let mut feed = self.clone();
        match &mut feed {
            Self::Fresh(fresh) => fresh.draw = Draw::new(fresh.draw.next() ^ (number << 32)),
            Self::Fixed(requests, next) => {
                *next = usize::try_from(number).unwrap_or(0) * 97 % requests.len();
            }
        }
        feed
    }

    fn next(&mut self) -> &[u8] {
        match self {
            Self::Fresh(fresh) => {
                let serial = fresh.serial.fetch_add(1, Ordering::Relaxed);
                let customers = fresh.customers;
                let Fresh {
                    request,
                    draw,
                    calendar,
                    ..
                } = fresh.as_mut();
                request.patch(draw, calendar, serial, |draw, _| draw.below(customers))
            }
            Self::Fixed(requests, next) => {
                *next = (*next + 1) % requests.len();
                &requests[*next]
            }
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Driven {
    /// How long each request took.
    pub(super) times: Vec<Duration>,
    /// How long all took together.
    pub(super) elapsed: Duration,
}

impl Driven {
    /// Requests in a second.
    pub(super) fn per_s(&self) -> f64 {
        super::figure::real(self.times.len() as u64) / self.elapsed.as_secs_f64()
    }
}

/// Each connection sends as soon as it is answered.
///
/// # Errors
/// If an answer is not a success.
pub(super) async fn closed(
    address: SocketAddr,
    feed: &Feed,
    connections: usize,
    during: Duration,
) -> anyhow::Result<Driven> {
    let begun = Instant::now();
    let pace = |_| Pace {
        begun,
        until: begun + during,
        every: Duration::ZERO,
        next: begun,
    };
    run(address, feed, connections, pace).await
}

/// Together the connections send at a fixed rate, whether they are answered in time or not: a
/// request that had to wait for its connection is timed from when it should have left.
///
/// # Errors
/// If an answer is not a success.
pub(super) async fn open(
    address: SocketAddr,
    feed: &Feed,
    connections: usize,
    per_s: f64,
    during: Duration,
) -> anyhow::Result<Driven> {
    let begun = Instant::now();
    let every = Duration::from_secs_f64(super::figure::real(connections as u64) / per_s);
    let pace = |number: usize| {
        let share = super::figure::real(number as u64) / super::figure::real(connections as u64);
        Pace {
            begun,
            until: begun + during,
            every,
            next: begun + every.mul_f64(share),
        }
    };
    run(address, feed, connections, pace).await
}

/// When a connection sends.
#[derive(Debug, Clone, Copy)]
struct Pace {
    begun: Instant,
    until: Instant,
    every: Duration,
    next: Instant,
}

impl Pace {
    /// Waits for the next turn and tells from when its time counts.
    async fn turn(&mut self) -> Option<Instant> {
        let now = Instant::now();
        if now >= self.until {
            return None;
        }
        if self.every.is_zero() {
            return Some(now);
        }
        let due = self.next;
        self.next += self.every;
        if due <= now {
            return Some(due);
        }
        tokio::time::sleep_until(due.into()).await;
        // The timer wakes on whole milliseconds; that is not the server's doing.
        Some(Instant::now())
    }
}

async fn run(
    address: SocketAddr,
    feed: &Feed,
    connections: usize,
    pace: impl Fn(usize) -> Pace,
) -> anyhow::Result<Driven> {
    let mut running = JoinSet::new();
    let mut begun = Instant::now();
    for number in 0..connections {
        let pace = pace(number);
        begun = pace.begun;
        running.spawn(drive(address, feed.of_connection(number as u64), pace));
    }
    let mut times = Vec::new();
    while let Some(ended) = running.join_next().await {
        times.append(&mut ended??);
    }
    Ok(Driven {
        times,
        elapsed: begun.elapsed(),
    })
}

async fn drive(
    address: SocketAddr,
    mut feed: Feed,
    mut pace: Pace,
) -> anyhow::Result<Vec<Duration>> {
    let mut connection = Connection::open(address).await?;
    let mut times = Vec::with_capacity(1 << 14);
    while let Some(begun) = pace.turn().await {
        let answer = connection
            .exchange(feed.next())
            .await
            .context("a request failed")?;
        if answer.status != 200 {
            let said = String::from_utf8_lossy(answer.body).into_owned();
            bail!("answered {}: {said}", answer.status);
        }
        times.push(begun.elapsed());
    }
    Ok(times)
}
