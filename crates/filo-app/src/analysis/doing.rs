//! Reading what everybody did from the lake and from what is not in it yet, as figures look at it.
//!
//! **Invariant:** of every customer there is one person, with all their threads, as they are told
//! apart at this moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashMap;
use filo_core::analysis::by_customer;
use filo_core::analysis::metric::{Doings, Person, Window};
use filo_core::event::{Event, EventKind};
use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::identity::Rules;
use filo_lake::{Called, Fold, Texts};
use tokio::runtime::Handle;

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
        let mut threads = lake.fold(&Reading::Meets(&windows), WORKERS, None)?;
        for (thread, learnt) in lake.fold(&Reading::Learns(&rules), WORKERS, None)? {
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

/// What is read of each thread.
enum Reading<'a> {
    /// What the head of an event tells: no text is read for it.
    Meets(&'a [Window]),
    /// What the properties of a few events tell.
    Learns(&'a Rules),
}

impl Fold for Reading<'_> {
    type Partial = Threads;
    type Output = Threads;

    fn start(&self) -> Threads {
        Threads::default()
    }

    fn visit(&self, partial: &mut Threads, thread: NodeId, events: &[Event]) {
        let mut doings = Doings::default();
        for event in events {
            match self {
                Self::Meets(windows) => doings.meet(event, windows),
                Self::Learns(rules) => doings.learn(event, rules),
            }
        }
        doings.join();
        if !doings.is_empty() {
            partial.insert(thread, doings);
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
            properties: matches!(self, Self::Learns(_)),
            context: false,
        }
    }

    fn called(&self) -> Option<Called> {
        let name = |name: &str| (EventKind::Track, name.into());
        match self {
            Self::Meets(_) => None,
            Self::Learns(_) => Some(Called::new(Doings::learnt().map(name))),
        }
    }
}
