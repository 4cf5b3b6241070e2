//! `filo bench latency`: single events, beside nginx and the disk on the same machine.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Plan;
use super::client::{Connection, get, post};
use super::drive::{self, Feed};
use super::figure::Sheet;
use super::fill::{self, Load};
use super::nginx::Nginx;
use super::request::{Calendar, basic};
use super::server::{Place, Server};
use crate::clock;

/// The rate at which acknowledgements are timed.
const RATE_PER_S: f64 = 2000.0;
/// Writes of the disk's own time.
const DISK_WRITES: usize = 300;
/// A group of some requests on the log.
const DISK_BYTES: usize = 8192;
/// Events whose way to the profile is timed.
const VISIBLE: u32 = 300;
/// An event that is not visible by then is lost.
const VISIBLE_MOST: Duration = Duration::from_secs(10);

/// Measures.
///
/// # Errors
/// If the server fails.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    let write_key = server.write_key().await?;
    let calendar = Calendar::until(clock::now(), plan.events);
    let load = Load {
        address: server.address,
        key: write_key.clone(),
        customers: plan.customers.max(1),
        batch: plan.batch,
        calendar: calendar.clone(),
        seed: 0x0002,
    };
    fill::introduce(&load).await?;
    server.caught_up().await?;
    let feed = Feed::singles(&write_key, &calendar, load.customers);
    let during = Duration::from_secs(plan.seconds);
    beside_nginx(plan, sheet, &place, &server, &feed).await?;
    sheet.times(
        &disk(&place.folder("disk")?)?,
        [("fsync_p50_ms", 0.5), ("fsync_p99_ms", 0.99)],
    )?;
    let acknowledged = drive::open(server.address, &feed, plan.connections, RATE_PER_S, during);
    let acknowledged = acknowledged.await?;
    sheet.times(
        &acknowledged.times,
        [("ack_p50_ms", 0.5), ("ack_p99_ms", 0.99)],
    )?;
    // Once more under the same load, because reading beside it would colour the acknowledgements.
    let api_key = server.api_key().await?;
    let background = drive::open(server.address, &feed, plan.connections, RATE_PER_S, during);
    let (background, visible) =
        tokio::join!(background, visible(&server, &write_key, &api_key, during));
    background?;
    sheet.times(
        &visible?,
        [("visible_p50_ms", 0.5), ("visible_p99_ms", 0.99)],
    )?;
    sheet.remark(format!(
        "acknowledgements and visibility at {RATE_PER_S} events/s"
    ));
    Ok(())
}

async fn beside_nginx(
    plan: &Plan,
    sheet: &Sheet,
    place: &Place,
    server: &Server,
    feed: &Feed,
) -> anyhow::Result<()> {
    let during = Duration::from_secs(plan.seconds);
    let ours = drive::closed(server.address, feed, plan.connections, during).await?;
    sheet.figure("requests_per_s", ours.per_s(), "requests/s");
    let Some(nginx) = Nginx::start(place).await? else {
        sheet.remark("nginx is not installed: there is nothing to compare with");
        return Ok(());
    };
    let theirs = drive::closed(nginx.address, feed, plan.connections, during).await?;
    sheet.figure("nginx_post_per_s", theirs.per_s(), "requests/s");
    sheet.figure("nginx_share", ours.per_s() / theirs.per_s(), "×");
    Ok(())
}

/// What the disk takes to hold a small append for certain.
fn disk(folder: &Path) -> anyhow::Result<Vec<Duration>> {
    let mut file = std::fs::File::create(folder.join("append"))?;
    let block = vec![0x5a; DISK_BYTES];
    let mut times = Vec::with_capacity(DISK_WRITES);
    for _ in 0..DISK_WRITES {
        let begun = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    Ok(times)
}

/// From sending an event of somebody new to finding the person by the API.
async fn visible(
    server: &Server,
    write_key: &str,
    api_key: &str,
    during: Duration,
) -> anyhow::Result<Vec<Duration>> {
    let mut sender = Connection::open(server.address).await?;
    let mut reader = Connection::open(server.address).await?;
    let (basic, bearer) = (basic(write_key), format!("Bearer {api_key}"));
    let pause = during / (VISIBLE + VISIBLE / 4);
    let mut times = Vec::new();
    for number in 0..VISIBLE {
        let body = format!(
            r#"{{"userId":"new-{number}","messageId":"visible-{number}","event":"Signed Up"}}"#
        );
        let headers = [
            ("Authorization", basic.as_str()),
            ("Content-Type", "application/json"),
        ];
        let request = post("/v1/track", &headers, &body);
        let question = get(
            &format!("/api/v1/customers/lookup?user_id=new-{number}"),
            &[("Authorization", &bearer)],
        );
        let begun = Instant::now();
        let status = sender.exchange(&request).await?.status;
        anyhow::ensure!(status == 200, "an event got {status}");
        loop {
            let status = reader.exchange(&question).await?.status;
            if status == 200 {
                break;
            }
            anyhow::ensure!(status == 404, "a look-up got {status}");
            anyhow::ensure!(
                begun.elapsed() < VISIBLE_MOST,
                "an event did not become visible"
            );
        }
        times.push(begun.elapsed());
        tokio::time::sleep(pause).await;
    }
    times.first().context("nothing was sent")?;
    Ok(times)
}
