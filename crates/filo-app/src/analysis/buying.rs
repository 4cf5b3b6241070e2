//! Reading the orders of everybody from the lake and from what is not in it yet.
//!
//! **Invariant:** of every customer there is one buyer, with the orders of all their threads, as
//! they are told apart at this moment.

use std::sync::Arc;

use filo_core::analysis::{Buyer, OrderTrail, by_customer};
use filo_core::money::Currency;
use filo_core::semantic::ABOUT_ORDERS;
use tokio::runtime::Handle;

use super::each_thread::EachThread;
use super::gathering::of_customers;
use crate::app::App;
use crate::tail::Tail;

/// Threads that read the lake.
const WORKERS: usize = 2;

/// Everybody who has bought, by id.
pub(super) async fn buyers(app: &App, currency: Currency) -> anyhow::Result<Vec<Buyer>> {
    // Before the lake, so that nothing is missed that moves there meanwhile.
    let tail = Tail::of(app).await?;
    let (shared, lake) = (Arc::clone(app.shared()), app.shared().lake.clone());
    let (rules, handle) = (app.rules(), Handle::current());
    let read = move || {
        let orders = EachThread::of(ABOUT_ORDERS, |events| {
            let mut trail = OrderTrail::default();
            for event in events {
                trail.learn(event, &rules);
            }
            (!trail.is_empty()).then_some(trail)
        });
        let mut threads = lake.fold(&orders, WORKERS, None)?;
        tail.each(&shared, &handle, |event| {
            if filo_core::semantic::is_about_order(event) {
                threads
                    .entry(event.thread)
                    .or_default()
                    .learn(event, &rules);
            }
        })?;
        anyhow::Ok(threads)
    };
    let mut threads = tokio::task::spawn_blocking(read).await??;
    threads.retain(|_, trail| !trail.is_empty());
    let known = of_customers(app, threads.into_iter().collect()).await?;
    let each = by_customer(known, OrderTrail::merge).into_iter();
    Ok(each
        .filter_map(|(customer, trail)| trail.buyer(customer, currency))
        .collect())
}
