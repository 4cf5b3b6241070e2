//! Reading the trails of everybody from the lake and from what is not in it yet.
//!
//! **Invariant:** of every customer there is one trail, with all their threads on it, as they are
//! told apart at this moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashMap;
use filo_core::analysis::Trail;
use filo_core::event::{Event, EventKind};
use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::identity::Rules;
use filo_core::semantic::ABOUT_ORDERS;
use filo_lake::{Called, Fold, Texts};
use filo_store::identity;
use filo_store::segment::member;
use tokio::runtime::Handle;

use crate::app::App;
use crate::tail::Tail;

/// Threads that read the lake.
const WORKERS: usize = 2;
/// Rows that are read at once.
const PAGE: u32 = 1_000;

type Threads = HashMap<NodeId, Trail>;

/// What of trails is read: the less, the sooner it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    /// Visits and orders.
    Ways,
    /// Orders alone.
    Orders,
    /// Orders, and which products were in them.
    Baskets,
}

impl Needed {
    fn fold(self, trail: &mut Trail, event: &Event, rules: &Rules) {
        match self {
            Self::Ways => trail.fold(event, rules),
            Self::Orders => trail.learn(event, rules),
            Self::Baskets => {
                trail.learn(event, rules);
                trail.fill(event);
            }
        }
    }
}

/// The trails of everybody, or of who is in a segment, by customer.
pub(super) async fn trails(
    app: &App,
    segment: Option<SegmentId>,
    needed: Needed,
) -> anyhow::Result<BTreeMap<CustomerId, Trail>> {
    // Before the lake, so that nothing is missed that moves there meanwhile.
    let tail = Tail::of(app).await?;
    let (shared, lake) = (Arc::clone(app.shared()), app.shared().lake.clone());
    let (rules, handle) = (app.rules(), Handle::current());
    let read = move || {
        let orders = match needed {
            Needed::Ways | Needed::Orders => Reading::Orders(&rules),
            Needed::Baskets => Reading::Baskets(&rules),
        };
        let mut threads = lake.fold(&orders, WORKERS, None)?;
        if needed == Needed::Ways {
            for (thread, trail) in lake.fold(&Reading::Visits, WORKERS, None)? {
                threads.entry(thread).or_default().merge(trail);
            }
        }
        let mut late = Threads::default();
        tail.each(&shared, &handle, |event| {
            needed.fold(late.entry(event.thread).or_default(), event, &rules);
        })?;
        for (thread, trail) in late {
            threads.entry(thread).or_default().merge(trail);
        }
        threads.retain(|_, trail| !trail.is_empty());
        anyhow::Ok(threads)
    };
    let threads = tokio::task::spawn_blocking(read).await??;
    let members = match segment {
        Some(segment) => Some(members(app, segment).await?),
        None => None,
    };
    let mut trails = by_customer(app, threads, Trail::merge).await?;
    if let Some(members) = members {
        trails.retain(|customer, _| members.binary_search(customer).is_ok());
    }
    Ok(trails)
}

/// What is known of threads, put together by whose they are.
pub(super) async fn by_customer<T: Default>(
    app: &App,
    mut threads: HashMap<NodeId, T>,
    merge: impl Fn(&mut T, T),
) -> anyhow::Result<BTreeMap<CustomerId, T>> {
    let mut all: BTreeMap<CustomerId, T> = BTreeMap::new();
    for (thread, customer) in owners(app, threads.keys().copied().collect()).await? {
        if let Some(known) = threads.remove(&thread) {
            merge(all.entry(customer).or_default(), known);
        }
    }
    Ok(all)
}

/// Whose threads they are: what is in memory is newer than the tables.
async fn owners(app: &App, threads: Vec<NodeId>) -> anyhow::Result<Vec<(NodeId, CustomerId)>> {
    let mut owners = Vec::with_capacity(threads.len());
    let mut absent = Vec::new();
    {
        let live = app.shared().live.read();
        for thread in threads {
            match live.nodes.get(&thread) {
                Some(node) => owners.push((thread, node.customer)),
                None => absent.push(thread),
            }
        }
    }
    let mut tx = app.shared().db.read().await?;
    for page in absent.chunks(PAGE as usize) {
        owners.extend(identity::owners(&mut tx, page).await?);
    }
    Ok(owners)
}

/// Who is in a segment, by id.
pub(super) async fn members(app: &App, segment: SegmentId) -> anyhow::Result<Vec<CustomerId>> {
    let mut tx = app.shared().db.read().await?;
    let mut members: Vec<CustomerId> = Vec::new();
    loop {
        let behind = members.last().copied().unwrap_or(CustomerId(0));
        let page = member::members(&mut tx, segment, behind, PAGE).await?;
        members.extend(page.iter().map(|row| row.customer));
        if page.len() < PAGE as usize {
            return Ok(members);
        }
    }
}

/// What is read of each thread.
enum Reading<'a> {
    /// Who was there, and when: no text is read for it.
    Visits,
    /// Orders: events of few names, with their properties.
    Orders(&'a Rules),
    /// The same, with the products in them.
    Baskets(&'a Rules),
}

impl Fold for Reading<'_> {
    type Partial = Threads;
    type Output = Threads;

    fn start(&self) -> Threads {
        Threads::default()
    }

    fn visit(&self, partial: &mut Threads, thread: NodeId, events: &[Event]) {
        let mut trail = Trail::default();
        for event in events {
            match self {
                Self::Visits => trail.meet(event),
                Self::Orders(rules) => Needed::Orders.fold(&mut trail, event, rules),
                Self::Baskets(rules) => Needed::Baskets.fold(&mut trail, event, rules),
            }
        }
        trail.join();
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
            properties: !matches!(self, Self::Visits),
            context: false,
        }
    }

    fn called(&self) -> Option<Called> {
        let name = |name: &str| (EventKind::Track, name.into());
        match self {
            Self::Visits => None,
            Self::Orders(_) | Self::Baskets(_) => Some(Called::new(ABOUT_ORDERS.map(name))),
        }
    }
}
