//! `filo bench resolve`: finding whose an identifier is and taking a join back, in process.

use std::time::{Duration, Instant};

use anyhow::Context;
use filo_app::{Actor, App};
use filo_core::identity::{Kind, Verdict};

use super::Plan;
use super::draw::Draw;
use super::figure::Sheet;
use super::lookup::fill_up;
use super::server::{Place, Server};
use crate::command;

/// Records that are resolved.
const RESOLVED: usize = 5000;
/// Joins that are taken back.
const UNMERGED: usize = 100;

/// Measures.
///
/// # Errors
/// If the server or the store fails.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    fill_up(plan, &server).await?;
    server.kill()?;
    in_process(plan, sheet, &place).await
}

/// The figures on a store that is full and that nobody holds.
///
/// # Errors
/// If the store fails.
pub(super) async fn in_process(plan: &Plan, sheet: &Sheet, place: &Place) -> anyhow::Result<()> {
    let app = command::open(&place.config, place.config.listen).await?;
    let resolved = resolve(&app, plan).await?;
    sheet.times(
        &resolved,
        [("resolve_p50_us", 0.5), ("resolve_p99_us", 0.99)],
    )?;
    let unmerged = unmerge(&app, plan).await?;
    sheet.times(&unmerged, [("unmerge_p50_ms", 0.5), ("unmerge_ms", 0.99)])?;
    sheet.remark("unmerging is timed with its durable commit, p99");
    app.shut_down().await?;
    Ok(())
}

fn address_of(customer: u64) -> String {
    format!("cliente.{customer:08}@example.it")
}

async fn resolve(app: &App, plan: &Plan) -> anyhow::Result<Vec<Duration>> {
    let mut draw = Draw::new(0x7e5);
    let mut times = Vec::with_capacity(RESOLVED);
    for _ in 0..RESOLVED {
        let address = address_of(draw.below(plan.customers.max(1)));
        let begun = Instant::now();
        let found = app.find(Kind::Email, &address).await?;
        times.push(begun.elapsed());
        found.context("a customer is missing")?;
    }
    Ok(times)
}

async fn unmerge(app: &App, plan: &Plan) -> anyhow::Result<Vec<Duration>> {
    let mut draw = Draw::new(0x0bad);
    let actor = Actor::operator();
    let mut times = Vec::with_capacity(UNMERGED);
    for _ in 0..UNMERGED {
        let address = address_of(draw.below(plan.customers.max(1)));
        let customer = app
            .find(Kind::Email, &address)
            .await?
            .context("a customer is missing")?;
        let node = |kind: Kind| {
            let found = customer
                .identifiers
                .iter()
                .find(|identifier| identifier.kind == kind);
            found
                .map(|identifier| identifier.node)
                .context("an identifier is missing")
        };
        let (person, mail) = (node(Kind::UserId)?, node(Kind::Email)?);
        let begun = Instant::now();
        app.rule(&actor, person, mail, Verdict::Apart, "bench")
            .await?;
        times.push(begun.elapsed());
        app.rule(&actor, person, mail, Verdict::Withdrawn, "bench")
            .await?;
    }
    Ok(times)
}
