//! `filo bench page`: a large store, and what a person at a screen waits for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Plan;
use super::client::{Connection, get, post};
use super::draw::Draw;
use super::figure::{Sheet, real};
use super::fill::{self, Sent};
use super::process::{folder_bytes, memory};
use super::server::{Place, Server};
use super::template::name_of;
use super::{lookup, resolve};

/// Pages and searches that are timed.
const LOOKS: usize = 400;
/// Events on the log when the process is killed: what a restart has to apply again.
const TAIL_EVENTS: u64 = 100_000;

/// Measures.
///
/// # Errors
/// If the server fails.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    let mut load = lookup::fill_up(plan, &server).await?;
    if plan.config.store == "sqlite" {
        sizes(
            plan,
            sheet,
            &place,
            &server,
            plan.events.max(plan.customers),
        )
        .await?;
    } else {
        server.flush().await?;
    }
    pages(plan, sheet, &server).await?;
    searches(plan, sheet, &server).await?;
    lookup::lookups(plan, sheet, &place, &server).await?;
    sheet.figure("rss_mb", memory(server.pid())?.peak_mb, "MB");
    load.seed = 0x0004;
    fill::send(&load, TAIL_EVENTS.min(plan.events), &Arc::<Sent>::default()).await?;
    server.kill()?;
    let server = Server::start(&place).await?;
    sheet.figure("ready_s", server.ready_after.as_secs_f64(), "s");
    server.caught_up().await?;
    server.kill()?;
    resolve::in_process(plan, sheet, &place).await
}

/// Bytes on disk of an event and of a customer, once everything is in the lake.
///
/// # Errors
/// If the folder cannot be read.
pub(super) async fn sizes(
    plan: &Plan,
    sheet: &Sheet,
    place: &Place,
    server: &Server,
    events: u64,
) -> anyhow::Result<()> {
    let begun = Instant::now();
    server.flush().await?;
    sheet.figure("flush_s", begun.elapsed().as_secs_f64(), "s");
    let folder = place.config.folder();
    let lake = folder_bytes(&folder.join("lake"))?;
    sheet.figure("event_bytes", real(lake) / real(events.max(1)), "bytes");
    let state: u64 = ["state.db", "state.db-wal"]
        .iter()
        .filter_map(|name| std::fs::metadata(folder.join(name)).ok())
        .map(|file| file.len())
        .sum();
    sheet.figure(
        "customer_bytes",
        real(state) / real(plan.customers.max(1)),
        "bytes",
    );
    Ok(())
}

/// The customer page as a logged-in person gets it.
async fn pages(plan: &Plan, sheet: &Sheet, server: &Server) -> anyhow::Result<()> {
    let mut connection = Connection::open(server.address).await?;
    let cookie = log_in(&mut connection, server).await?;
    let bearer = format!("Bearer {}", server.api_key().await?);
    let mut draw = Draw::new(0x9a9e);
    let mut times = Vec::with_capacity(LOOKS);
    for _ in 0..LOOKS {
        let customer = draw.below(plan.customers.max(1));
        let question = format!("/api/v1/customers/lookup?user_id=u-{customer:08}");
        let answer = connection
            .exchange(&get(&question, &[("Authorization", &bearer)]))
            .await?;
        let id = id_in(answer.body).with_context(|| format!("no customer u-{customer:08}"))?;
        let page = get(&format!("/people/{id}"), &[("Cookie", &cookie)]);
        let begun = Instant::now();
        let answer = connection.exchange(&page).await?;
        times.push(begun.elapsed());
        anyhow::ensure!(
            answer.status == 200,
            "a customer page got {}",
            answer.status
        );
    }
    sheet.times(&times, [("page_p50_ms", 0.5), ("page_p95_ms", 0.95)])
}

/// The first id of a customer in an answer: the look-up's own.
pub(super) fn id_in(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let start = text.find("cus_")?;
    text.get(start..start + 30).map(str::to_owned)
}

/// Logs in as the link of `filo login` does, and gives the cookie.
///
/// # Errors
/// If the link does not work.
pub(super) async fn log_in(connection: &mut Connection, server: &Server) -> anyhow::Result<String> {
    let link = server.login_link().await?;
    let (_, key) = link.rsplit_once("key=").context("no key in the link")?;
    let headers = [
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let answer = connection
        .exchange(&post("/login/link", &headers, &format!("key={key}")))
        .await?;
    let cookie = answer.header("set-cookie").with_context(|| {
        format!(
            "logging in got {}: {}",
            answer.status,
            String::from_utf8_lossy(answer.body)
        )
    })?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Searches as people type them: an address, a name, the beginning of one, a number.
async fn searches(plan: &Plan, sheet: &Sheet, server: &Server) -> anyhow::Result<()> {
    let bearer = format!("Bearer {}", server.api_key().await?);
    let mut connection = Connection::open(server.address).await?;
    let mut draw = Draw::new(0x5ea);
    let mut times = Vec::with_capacity(LOOKS);
    for number in 0..LOOKS {
        let customer = draw.below(plan.customers.max(1));
        let (first, last) = name_of(customer);
        let text = match number % 4 {
            0 => format!("cliente.{customer:08}@example.it"),
            1 => format!("{first}%20{last}"),
            2 => last.chars().take(4).collect(),
            _ => format!("cliente.{:05}", customer / 1000),
        };
        let request = get(
            &format!("/api/v1/customers?search={text}&limit=20"),
            &[("Authorization", &bearer)],
        );
        let begun = Instant::now();
        let answer = connection.exchange(&request).await?;
        times.push(begun.elapsed());
        anyhow::ensure!(answer.status == 200, "a search got {}", answer.status);
    }
    sheet.times(&times, [("search_p50_ms", 0.5), ("search_p95_ms", 0.95)])?;
    let slowest = times.iter().max().copied().unwrap_or(Duration::ZERO);
    sheet.remark(format!("the slowest search took {slowest:?}"));
    Ok(())
}
