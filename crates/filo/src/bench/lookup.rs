//! `filo bench lookup`: a customer by any identifier, beside nginx serving a file of 2 kB.

use std::time::Duration;

use super::Plan;
use super::client::get;
use super::draw::Draw;
use super::drive::{self, Feed};
use super::figure::Sheet;
use super::fill::{self, Load, Sent};
use super::nginx::Nginx;
use super::request::Calendar;
use super::server::{Place, Server};
use crate::clock;

/// Different customers that are looked up.
const DIFFERENT: usize = 20_000;
/// The rate at which look-ups are timed: at full rate only the queue would be measured.
const RATE_PER_S: f64 = 2000.0;

/// Measures.
///
/// # Errors
/// If the server fails.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    fill_up(plan, &server).await?;
    lookups(plan, sheet, &place, &server).await
}

/// Customers and events for the benches that need a full store.
///
/// # Errors
/// If a batch is not taken.
pub(super) async fn fill_up(plan: &Plan, server: &Server) -> anyhow::Result<Load> {
    let load = Load {
        address: server.address,
        key: server.write_key().await?,
        customers: plan.customers.max(1),
        batch: plan.batch,
        calendar: Calendar::until(clock::now(), plan.events),
        seed: 0x0003,
    };
    fill::introduce(&load).await?;
    let rest = plan.events.saturating_sub(load.customers);
    fill::visit(&load, rest, &std::sync::Arc::<Sent>::default()).await?;
    server.caught_up().await?;
    Ok(load)
}

/// The figures of look-ups on a store that is full.
///
/// # Errors
/// If the server fails.
pub(super) async fn lookups(
    plan: &Plan,
    sheet: &Sheet,
    place: &Place,
    server: &Server,
) -> anyhow::Result<()> {
    let bearer = format!("Bearer {}", server.api_key().await?);
    let mut draw = Draw::new(0x10c);
    let requests = (0..DIFFERENT).map(|number| {
        let customer = draw.below(plan.customers.max(1));
        // By the company's id and by the address, in turn.
        let question = if number.is_multiple_of(2) {
            format!("user_id=u-{customer:08}")
        } else {
            format!("email=cliente.{customer:08}@example.it")
        };
        get(
            &format!("/api/v1/customers/lookup?{question}"),
            &[("Authorization", &bearer)],
        )
    });
    let feed = Feed::fixed(requests.collect());
    let during = Duration::from_secs(plan.seconds);
    let ours = drive::closed(server.address, &feed, plan.connections, during).await?;
    sheet.figure("lookup_per_s", ours.per_s(), "requests/s");
    if let Some(nginx) = Nginx::start(place).await? {
        let file = Feed::fixed(vec![get("/file", &[("Authorization", &bearer)])]);
        let theirs = drive::closed(nginx.address, &file, plan.connections, during).await?;
        sheet.figure("nginx_get_per_s", theirs.per_s(), "requests/s");
        sheet.figure("nginx_share", ours.per_s() / theirs.per_s(), "×");
    } else {
        sheet.remark("nginx is not installed: there is nothing to compare with");
    }
    let timed = drive::open(server.address, &feed, plan.connections, RATE_PER_S, during).await?;
    sheet.times(
        &timed.times,
        [("lookup_p50_ms", 0.5), ("lookup_p99_ms", 0.99)],
    )?;
    sheet.remark(format!("look-ups were timed at {RATE_PER_S}/s"));
    Ok(())
}
