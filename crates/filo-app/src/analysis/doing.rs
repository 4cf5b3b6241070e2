//! Reading what everybody did from the lake and from what is not in it yet, as figures look at it.
//!
//! **Invariant:** of every customer there is one person, with all their threads, as they are told
//! apart at this moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashMap;
use filo_core::analysis::by_customer;
use filo_core::analysis::metric::{Doings, Person, Window};
use filo_core::event::Event;
use filo_core::id::{CustomerId, NodeId, SegmentId};
use tokio::runtime::Handle;

use super::each_thread::EachThread;
use super::gathering::{members, of_customers};
use crate::app::App;
use crate::tail::Tail;

/// Threads that read the lake.
const WORKERS: usize = 2;

type Threads = HashMap<NodeId, Doings>;

/// Everybody who did anything that figures of these windows look at, or of who is in a segment.
pub(crate) async fn people(
    app: &App,
    segment: Option<SegmentId>,
    windows: Vec<Window>,
) -> anyhow::Result<BTreeMap<CustomerId, Person>> {
    // Before the lake, so that nothing is missed that moves there meanwhile.
    let tail = Tail::of(app).await?;
    let (shared, lake) = (Arc::clone(app.shared()), app.shared().lake.clone());
    let (rules, handle) = (app.rules(), Handle::current());
    let read = move || {
        let met = EachThread::of_all(|events| gather(events, |it, event| it.meet(event, &windows)));
        let mut threads = lake.fold(&met, WORKERS, None)?;
        let learnt = EachThread::of(Doings::learnt(), |events| {
            gather(events, |it, event| it.learn(event, &rules))
        });
        for (thread, learnt) in lake.fold(&learnt, WORKERS, None)? {
            threads.entry(thread).or_default().merge(learnt);
        }
        let mut late = Threads::default();
        tail.each(&shared, &handle, |event| {
            let doings = late.entry(event.thread).or_default();
            doings.meet(event, &windows);
            doings.learn(event, &rules);
        })?;
        for (thread, doings) in late {
            threads.entry(thread).or_default().merge(doings);
        }
        threads.retain(|_, doings| !doings.is_empty());
        anyhow::Ok(threads)
    };
    let threads = tokio::task::spawn_blocking(read).await??;
    let members = match segment {
        Some(segment) => Some(members(app, segment).await?),
        None => None,
    };
    let known = of_customers(app, threads.into_iter().collect()).await?;
    let mut doings = by_customer(known, Doings::merge);
    if let Some(members) = members {
        doings.retain(|(customer, _)| members.binary_search(customer).is_ok());
    }
    let currency = app.currency();
    let people = doings.into_iter();
    Ok(people
        .map(|(customer, doings)| (customer, Person::of(doings, currency)))
        .collect())
}

/// What a thread tells, if anything.
fn gather(events: &[Event], take: impl Fn(&mut Doings, &Event)) -> Option<Doings> {
    let mut doings = Doings::default();
    for event in events {
        take(&mut doings, event);
    }
    doings.join();
    (!doings.is_empty()).then_some(doings)
}
