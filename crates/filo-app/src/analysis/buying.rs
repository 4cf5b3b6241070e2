//! Reading the orders of everybody from the lake and from what is not in it yet.
//!
//! **Invariant:** of every customer there is one buyer, with the orders of all their threads, as
//! they are told apart at this moment.

use std::sync::Arc;

use ahash::HashMap;
use filo_core::analysis::{Buyer, OrderTrail, by_customer};
use filo_core::event::{Event, EventKind};
use filo_core::id::NodeId;
use filo_core::identity::Rules;
use filo_core::money::Currency;
use filo_core::semantic::ABOUT_ORDERS;
use filo_lake::{Called, Fold, Texts};
use tokio::runtime::Handle;

use super::gathering::of_customers;
use crate::app::App;
use crate::tail::Tail;

/// Threads that read the lake.
const WORKERS: usize = 2;

type Threads = HashMap<NodeId, OrderTrail>;

/// Everybody who has bought, by id.
pub(super) async fn buyers(app: &App, currency: Currency) -> anyhow::Result<Vec<Buyer>> {
    // Before the lake, so that nothing is missed that moves there meanwhile.
    let tail = Tail::of(app).await?;
    let (shared, lake) = (Arc::clone(app.shared()), app.shared().lake.clone());
    let (rules, handle) = (app.rules(), Handle::current());
    let read = move || {
        let mut threads = lake.fold(&Reading(&rules), WORKERS, None)?;
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

/// Orders: events of few names, with their properties.
struct Reading<'a>(&'a Rules);

impl Fold for Reading<'_> {
    type Partial = Threads;
    type Output = Threads;

    fn start(&self) -> Threads {
        Threads::default()
    }

    fn visit(&self, partial: &mut Threads, thread: NodeId, events: &[Event]) {
        let mut trail = OrderTrail::default();
        for event in events {
            trail.learn(event, self.0);
        }
        if !trail.is_empty() {
            partial.insert(thread, trail);
        }
    }

    fn merge(&self, into: &mut Threads, from: Threads) {
        into.extend(from);
    }

    fn finish(&self, partial: Threads) -> Threads {
        partial
    }

    fn texts(&self) -> Texts {
        Texts {
            identifiers: false,
            properties: true,
            context: false,
        }
    }

    fn called(&self) -> Option<Called> {
        let name = |name: &str| (EventKind::Track, name.into());
        Some(Called::new(ABOUT_ORDERS.map(name)))
    }
}
