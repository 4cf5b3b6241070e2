//! Reading the trails of everybody from the lake and from what is not in it yet.
//!
//! **Invariant:** of every customer there is one trail, with all their threads on it, as they are
//! told apart at this moment.

use std::sync::Arc;

use ahash::HashMap;
use filo_core::analysis::{Question, Trail, Trails};
use filo_core::event::{Event, Heading};
use filo_core::id::{CustomerId, NodeId, SegmentId};
use filo_core::identity::Rules;
use filo_core::semantic::ABOUT_ORDERS;
use filo_core::time::Timestamp;
use filo_lake::{Glance, Sign};
use filo_store::identity;
use filo_store::segment::member;
use tokio::runtime::Handle;

use super::each_thread::EachThread;
use super::kept::Stamp;
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
    /// Visits that ended from this instant on, the first one, and orders.
    Ways(Timestamp),
    /// Orders alone.
    Orders,
    /// Orders, and which products were in them.
    Baskets,
}

impl Needed {
    /// What a question about ways takes.
    pub(super) fn of(question: &Question) -> Self {
        Self::Ways(question.earliest())
    }

    /// Where somebody was first, and orders.
    pub(super) const fn first_visits() -> Self {
        Self::Ways(Timestamp::MAX)
    }

    /// Whether whoever has read this needs to read nothing for something else.
    fn serves(self, other: Self) -> bool {
        match (self, other) {
            (Self::Ways(from), Self::Ways(wanted)) => from <= wanted,
            (_, Self::Orders) => true,
            (one, other) => one == other,
        }
    }

    fn fold(self, trail: &mut Trail, event: &Event, rules: &Rules) {
        match self {
            Self::Ways(_) => trail.fold(event, rules),
            Self::Orders => trail.learn(event, rules),
            Self::Baskets => {
                trail.learn(event, rules);
                trail.fill(event);
            }
        }
    }
}

/// What was read of everybody.
#[derive(Debug)]
pub(super) struct Gathered {
    needed: Needed,
    trails: Trails,
}

/// The trails of everybody, or of who is in a segment.
pub(super) async fn trails(
    app: &App,
    segment: Option<SegmentId>,
    needed: Needed,
) -> anyhow::Result<Trails> {
    let stamp = Stamp::of(app);
    let kept = app.boards().gathered.get(&stamp);
    let trails = match kept.filter(|it| it.needed.serves(needed)) {
        Some(kept) => kept.trails.clone(),
        None => {
            let trails = gather(app, needed).await?;
            let gathered = Gathered {
                needed,
                trails: trails.clone(),
            };
            app.boards().gathered.keep(stamp, trails.len(), gathered);
            trails
        }
    };
    Ok(match segment {
        Some(segment) => trails.among(members(app, segment).await?),
        None => trails,
    })
}

async fn gather(app: &App, needed: Needed) -> anyhow::Result<Trails> {
    // Before the lake, so that nothing is missed that moves there meanwhile.
    let tail = Tail::of(app).await?;
    let (shared, lake) = (Arc::clone(app.shared()), app.shared().lake.clone());
    let (rules, handle) = (app.rules(), Handle::current());
    let read = move || {
        // Visits have a way of their own.
        let of_orders = match needed {
            Needed::Ways(_) => Needed::Orders,
            other => other,
        };
        let orders = EachThread::of(ABOUT_ORDERS, |events| {
            let mut trail = Trail::default();
            for event in events {
                of_orders.fold(&mut trail, event, &rules);
            }
            (!trail.is_empty()).then_some(trail)
        });
        let mut threads = lake.fold(&orders, WORKERS, None)?;
        if let Needed::Ways(from) = needed {
            for (thread, trail) in lake.glance(&Visiting { from }, WORKERS)? {
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
        anyhow::Ok(threads.into_iter().collect())
    };
    let threads = tokio::task::spawn_blocking(read).await??;
    let known = of_customers(app, threads).await?;
    Ok(tokio::task::spawn_blocking(|| Trails::from_iter(known)).await?)
}

/// What is known of threads, with whose they are.
pub(super) async fn of_customers<T>(
    app: &App,
    threads: Vec<(NodeId, T)>,
) -> anyhow::Result<Vec<(CustomerId, T)>> {
    let mut known = Vec::with_capacity(threads.len());
    let mut absent = Vec::new();
    {
        let live = app.shared().live.read();
        for (thread, what) in threads {
            // What is in memory is newer than the tables.
            match live.nodes.get(&thread) {
                Some(node) => known.push((node.customer, what)),
                None => absent.push((thread, what)),
            }
        }
    }
    // Neighbours lie on one page of the table.
    absent.sort_unstable_by_key(|(thread, _)| *thread);
    let ids: Vec<NodeId> = absent.iter().map(|(thread, _)| *thread).collect();
    let mut owners: HashMap<NodeId, CustomerId> = HashMap::default();
    let mut tx = app.shared().db.read().await?;
    for page in ids.chunks(PAGE as usize) {
        owners.extend(identity::owners(&mut tx, page).await?);
    }
    let owned = absent
        .into_iter()
        .filter_map(|(thread, what)| Some((*owners.get(&thread)?, what)));
    known.extend(owned);
    Ok(known)
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

/// Who was there, and when: no text is read for it.
struct Visiting {
    from: Timestamp,
}

impl Glance for Visiting {
    type Partial = Vec<(NodeId, Trail)>;
    type Output = Vec<(NodeId, Trail)>;

    fn start(&self) -> Self::Partial {
        Vec::new()
    }

    fn is_sign(&self, event: &Heading<'_>) -> bool {
        Trail::is_met(event)
    }

    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, signs: &[Sign]) {
        let mut trail = Trail::default();
        for sign in signs {
            trail.be(sign.at, sign.channel);
        }
        trail.join();
        trail.forget(self.from);
        partial.push((thread, trail));
    }

    fn merge(&self, into: &mut Self::Partial, mut from: Self::Partial) {
        into.append(&mut from);
    }

    fn finish(&self, partial: Self::Partial) -> Self::Output {
        partial
    }
}
