//! Looking at customers page by page, on both processors, until everybody was looked at or time
//! is up.
//!
//! **Invariant:** pages are begun in the order of ids and each one begun is ended, so what was
//! looked at is everybody up to some id.

use std::sync::Arc;
use std::time::Duration;

use ahash::HashMap;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::segment::{Person, Traces, evaluate};
use filo_core::time::Timestamp;
use filo_store::{customer, identity};
use parking_lot::RwLockReadGuard;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::past::Past;
use super::{Asked, SAMPLE_MOST, sampled};
use crate::app::App;
use crate::engine::{Live, Shared, names_somebody, node_of_row};

/// Pages looked at at once.
const WORKERS: usize = 2;
/// Ids of a page whose people are in memory.
const PAGE: usize = 1_024;
/// Ids of a page that may have to be read from the tables.
const STORED_PAGE: u32 = 512;
/// Ids of a page whose events are looked up in the lake.
const SMALL_PAGE: u32 = 64;
/// Customers looked at under one hold of the lock.
const CHUNK: usize = 32;

/// Who was looked at.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) customers: u64,
    pub(super) members: u64,
    /// The first of the members, by id.
    pub(super) sample: Vec<CustomerId>,
    /// It was everybody.
    pub(super) is_all: bool,
}

impl Seen {
    fn note(&mut self, customer: CustomerId, is_in: bool) {
        self.customers += 1;
        if is_in {
            self.members += 1;
            if self.sample.len() < SAMPLE_MOST {
                self.sample.push(customer);
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.customers += other.customers;
        self.members += other.members;
        sampled(&mut self.sample, other.sample);
    }
}

/// A look at everybody.
#[derive(Debug)]
pub(super) struct Looking {
    question: Arc<Question>,
    /// Identifiers that were in memory at the beginning, by id: the first of a customer is it.
    here: Vec<NodeId>,
    /// How many of them were given out.
    given: usize,
    /// In the tables there is nobody else.
    is_all_here: bool,
    behind: CustomerId,
    is_over: bool,
    deadline: Instant,
}

/// What each page is asked.
#[derive(Debug)]
struct Question {
    shared: Arc<Shared>,
    asked: Asked,
    past: Past,
    now: Timestamp,
}

impl Looking {
    pub(super) fn begin(app: &App, asked: Asked, past: Past, time: Duration) -> Self {
        let shared = Arc::clone(app.shared());
        let (mut here, is_all_here) = {
            let live = shared.live.read();
            (live.ring.clone(), live.complete)
        };
        here.sort_unstable();
        here.dedup();
        let question = Question {
            shared,
            asked,
            past,
            now: app.now(),
        };
        Self {
            question: Arc::new(question),
            here,
            given: 0,
            is_all_here,
            behind: CustomerId(0),
            is_over: false,
            deadline: Instant::now() + time,
        }
    }

    pub(super) async fn run(mut self, app: &App) -> anyhow::Result<Seen> {
        let mut seen = Seen::default();
        let mut running = JoinSet::new();
        let mut is_late = false;
        loop {
            while running.len() < WORKERS && !self.is_over && !is_late {
                let page = self.next_page(app).await?;
                running.spawn(look(Arc::clone(&self.question), page));
                is_late = Instant::now() >= self.deadline;
            }
            let Some(looked) = running.join_next().await else {
                break;
            };
            seen.add(looked??);
        }
        seen.is_all = self.is_over;
        Ok(seen)
    }

    /// The next ids, in memory or in the tables.
    async fn next_page(&mut self, app: &App) -> anyhow::Result<Vec<NodeId>> {
        let is_looked_up = self.question.past.is_looked_up();
        if self.is_all_here {
            let size = match is_looked_up {
                true => SMALL_PAGE as usize,
                false => PAGE,
            };
            let end = (self.given + size).min(self.here.len());
            let page = self.here[self.given..end].to_vec();
            self.given = end;
            self.is_over = end == self.here.len();
            return Ok(page);
        }
        let limit = match is_looked_up {
            true => SMALL_PAGE,
            false => STORED_PAGE,
        };
        let stored = {
            let mut tx = app.shared().db.read().await?;
            customer::ids(&mut tx, self.behind, limit).await?
        };
        self.is_over = stored.len() < limit as usize;
        let last = match (self.is_over, stored.last()) {
            (false, Some(last)) => *last,
            _ => CustomerId(u128::MAX),
        };
        self.behind = last;
        let rest = &self.here[self.given..];
        let count = rest.partition_point(|id| *id <= NodeId::from(last));
        let mut page = rest[..count].to_vec();
        self.given += count;
        page.extend(stored.into_iter().map(NodeId::from));
        page.sort_unstable();
        page.dedup();
        Ok(page)
    }
}

/// Looks at the customers among some ids.
async fn look(question: Arc<Question>, page: Vec<NodeId>) -> anyhow::Result<Seen> {
    let asking = Arc::clone(&question);
    let (mut seen, absent) = tokio::task::spawn_blocking(move || asking.in_memory(&page)).await??;
    if absent.is_empty() {
        return Ok(seen);
    }
    let rows = {
        let mut tx = question.shared.db.read().await?;
        identity::nodes_of_many(&mut tx, &absent).await?
    };
    let stored = tokio::task::spawn_blocking(move || question.stored(rows)).await??;
    seen.add(stored);
    Ok(seen)
}

impl Question {
    /// Those who are in memory; and the ids that are not, which may be somebody's in the tables.
    fn in_memory(&self, page: &[NodeId]) -> anyhow::Result<(Seen, Vec<CustomerId>)> {
        let mut seen = Seen::default();
        let mut absent = Vec::new();
        let looked_up = match self.past.is_looked_up() {
            true => self.past.look_up(&self.shared, &self.threads(page))?,
            false => HashMap::default(),
        };
        for chunk in page.chunks(CHUNK) {
            let live = self.shared.live.read();
            for id in chunk {
                let Some(node) = live.nodes.get(id) else {
                    absent.push(CustomerId::from(*id));
                    continue;
                };
                if NodeId::from(node.customer) == *id {
                    self.ask(&live, &live.members(*id), &looked_up, &mut seen);
                }
            }
            // Whoever writes is let in before the next ones are looked at.
            RwLockReadGuard::unlock_fair(live);
        }
        Ok((seen, absent))
    }

    /// The threads of the customers among some ids, as far as they are in memory: identifiers
    /// that only came along have none.
    fn threads(&self, page: &[NodeId]) -> Vec<NodeId> {
        let mut threads = Vec::with_capacity(page.len());
        for chunk in page.chunks(CHUNK) {
            let live = self.shared.live.read();
            let customers = chunk.iter().filter(|id| {
                let node = live.nodes.get(id);
                node.is_some_and(|node| NodeId::from(node.customer) == **id)
            });
            let members = customers.flat_map(|id| live.members(*id));
            threads.extend(members.filter(|id| has_thread(&live, *id)));
            RwLockReadGuard::unlock_fair(live);
        }
        threads
    }

    /// Those who are only in the tables.
    fn stored(&self, rows: Vec<identity::NodeRow>) -> anyhow::Result<Seen> {
        let mut aside = Live::default();
        let mut customers: HashMap<CustomerId, Vec<NodeId>> = HashMap::default();
        for row in rows {
            let (id, node) = (row.id, node_of_row(row)?);
            customers.entry(node.customer).or_default().push(id);
            aside.admit(id, node);
        }
        let looked_up = match self.past.is_looked_up() {
            true => {
                let members = customers.values().flatten().copied();
                let threads: Vec<NodeId> = members.filter(|id| has_thread(&aside, *id)).collect();
                self.past.look_up(&self.shared, &threads)?
            }
            false => HashMap::default(),
        };
        let mut customers: Vec<_> = customers.into_iter().collect();
        customers.sort_unstable_by_key(|(id, _)| *id);
        let mut seen = Seen::default();
        for (_, members) in &mut customers {
            members.sort_unstable();
            self.ask(&aside, members, &looked_up, &mut seen);
        }
        Ok(seen)
    }

    /// Asks about a customer of these identifiers.
    fn ask(
        &self,
        live: &Live,
        members: &[NodeId],
        looked_up: &HashMap<NodeId, Traces>,
        seen: &mut Seen,
    ) {
        let customer = members
            .first()
            .and_then(|id| Some(live.nodes.get(id)?.customer));
        let Some(customer) = customer.filter(|_| members.iter().any(|id| names_somebody(*id)))
        else {
            return;
        };
        let kinds: Vec<Kind> = members.iter().filter_map(|id| id.kind()).collect();
        let (profile, mut traces) = (live.profile(members), live.traces(members));
        for thread in members {
            for found in [self.past.of(*thread), looked_up.get(thread)]
                .into_iter()
                .flatten()
            {
                traces.to_mut().merge(found);
            }
        }
        let person = Person {
            customer,
            kinds: &kinds,
            profile: &profile,
            traces: &traces,
        };
        let Asked {
            condition, book, ..
        } = &self.asked;
        let outcome = evaluate(condition, &person, book.scene(), self.now);
        seen.note(customer, outcome.holds);
    }
}

fn has_thread(live: &Live, id: NodeId) -> bool {
    live.nodes
        .get(&id)
        .is_some_and(|node| node.profile.is_some())
}
