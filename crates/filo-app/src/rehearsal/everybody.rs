//! Everybody, page by page in the order of their threads, which is that of the lake: with the
//! events that ever happened to them, or the part of everybody who can come in at all.
//!
//! **Invariant:** each customer is on one page: that of the first of their threads.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ahash::HashMap;
use filo_core::consent::suppression::{CallCheck, Suppression};
use filo_core::event::Event;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::journey::Trigger;
use filo_core::journey::rehearsal::{Life, Period, Stage, heard_at, in_order};
use filo_core::segment::{Field, Signal, Signals};
use filo_lake::{Called, Fold, Lake, Texts};
use filo_store::identity::{self, NodeRow};
use filo_store::suppression;

use crate::app::App;
use crate::engine::{names_somebody, node_of_row};
use crate::error::Result;

/// Threads of a page.
const PAGE: usize = 1_000;
/// Threads of the lake that read it for who can come in.
const WORKERS: usize = 2;

/// A customer, before their events are read.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) customer: CustomerId,
    nodes: Vec<NodeId>,
    kinds: Vec<Kind>,
    /// Those of the nodes on which events can stand.
    threads: Vec<NodeId>,
    suppressions: Vec<Suppression>,
    checks: Vec<CallCheck>,
}

/// The walk through everybody.
#[derive(Debug)]
pub(super) struct Everybody {
    /// The threads of those who can come in, in order; nothing if everybody can.
    chosen: Option<Vec<NodeId>>,
    behind: NodeId,
    is_over: bool,
}

impl Everybody {
    /// Begins: who is triggered by an event is looked for in the lake first.
    pub(super) async fn begin(app: &App, stages: &[&Stage]) -> Result<Self> {
        let mut signals = Some(Signals::default());
        for stage in stages {
            match (&stage.plan().journey.trigger, &mut signals) {
                (Trigger::Event(signal), Some(known)) => known.extend([signal]),
                (Trigger::Hand {}, _) => {}
                _ => signals = None,
            }
        }
        let chosen = match (signals, stages.first()) {
            (Some(signals), Some(stage)) => {
                let (lake, period) = (app.shared().lake.clone(), stage.period());
                let look = move || triggered(&lake, signals, period);
                let found = tokio::task::spawn_blocking(look).await;
                Some(found.map_err(anyhow::Error::from)??)
            }
            _ => None,
        };
        Ok(Self {
            chosen,
            behind: NodeId(0),
            is_over: false,
        })
    }

    /// How many threads were passed and how many there are; of everybody, in thousandths.
    pub(super) fn reached(&self) -> (u64, u64) {
        match &self.chosen {
            Some(chosen) => {
                let passed = chosen.partition_point(|thread| *thread <= self.behind);
                (passed as u64, chosen.len() as u64)
            }
            // Threads are spread evenly over all there can be.
            None => {
                let part = self.behind.0 / (u128::MAX / 1_000);
                (u64::try_from(part).unwrap_or(0), 1_000)
            }
        }
    }

    /// The next ones; nothing when everybody was there.
    pub(super) async fn next_page(&mut self, app: &App) -> Result<Option<Vec<Person>>> {
        if self.is_over {
            return Ok(None);
        }
        let mut tx = app.shared().db.read().await?;
        let (first, rows) = match &self.chosen {
            Some(chosen) => {
                let begin = chosen.partition_point(|thread| *thread <= self.behind);
                let page = &chosen[begin..chosen.len().min(begin + PAGE)];
                let Some((first, last)) = page.first().zip(page.last()) else {
                    self.is_over = true;
                    return Ok(None);
                };
                self.behind = *last;
                (*first, identity::nodes_beside(&mut tx, page).await?)
            }
            None => {
                let limit = u32::try_from(PAGE).unwrap_or(u32::MAX);
                let page = identity::node_page(&mut tx, self.behind, limit).await?;
                let Some((first, last)) = page.first().zip(page.last()) else {
                    self.is_over = true;
                    return Ok(None);
                };
                let (first, last) = (first.id, last.id);
                self.behind = last;
                let mut customers: Vec<CustomerId> =
                    page.into_iter().map(|row| row.customer).collect();
                customers.sort_unstable();
                customers.dedup();
                (first, identity::nodes_of_many(&mut tx, &customers).await?)
            }
        };
        drop(tx);
        let mut people = people_of(rows)?;
        let page = first..=self.behind;
        people.retain(|person| self.is_on(&page, person));
        with_lists(app, &mut people).await?;
        Ok(Some(people))
    }

    /// Whether the first thread that counts of somebody is on a page.
    fn is_on(&self, page: &RangeInclusive<NodeId>, person: &Person) -> bool {
        let counts = |thread: &&NodeId| {
            let chosen = self.chosen.as_ref();
            chosen.is_none_or(|chosen| chosen.binary_search(thread).is_ok())
        };
        let first = person.threads.iter().find(counts);
        first.is_some_and(|thread| page.contains(thread))
    }
}

/// Some customers by their ids.
pub(super) async fn some(app: &App, customers: &[CustomerId]) -> Result<Vec<Person>> {
    let rows = {
        let mut tx = app.shared().db.read().await?;
        identity::nodes_of_many(&mut tx, customers).await?
    };
    let mut people = people_of(rows)?;
    with_lists(app, &mut people).await?;
    Ok(people)
}

/// The customers of some nodes, by id.
fn people_of(rows: Vec<NodeRow>) -> Result<Vec<Person>> {
    let mut people: BTreeMap<CustomerId, Person> = BTreeMap::new();
    for row in rows {
        let (id, customer) = (row.id, row.customer);
        let has_thread = node_of_row(row)?.profile.is_some();
        let person = people.entry(customer).or_insert_with(|| Person {
            customer,
            nodes: Vec::new(),
            kinds: Vec::new(),
            threads: Vec::new(),
            suppressions: Vec::new(),
            checks: Vec::new(),
        });
        person.nodes.push(id);
        if has_thread {
            person.threads.push(id);
        }
    }
    let mut people: Vec<Person> = people.into_values().collect();
    people.retain(|person| person.nodes.iter().any(|id| names_somebody(*id)));
    for person in &mut people {
        person.nodes.sort_unstable();
        person.threads.sort_unstable();
        person.kinds = person.nodes.iter().filter_map(|id| id.kind()).collect();
    }
    Ok(people)
}

/// Adds what the lists say of each.
async fn with_lists(app: &App, people: &mut [Person]) -> Result<()> {
    let nodes: Vec<NodeId> = people.iter().flat_map(|it| it.nodes.clone()).collect();
    let phones: Vec<NodeId> = nodes
        .iter()
        .copied()
        .filter(|node| node.kind() == Some(Kind::Phone))
        .collect();
    let (lines, checks) = {
        let mut tx = app.shared().db.read().await?;
        (
            suppression::of_nodes(&mut tx, &nodes).await?,
            suppression::checks(&mut tx, &phones).await?,
        )
    };
    if lines.is_empty() && checks.is_empty() {
        return Ok(());
    }
    for person in people {
        let own = |node: &NodeId| person.nodes.binary_search(node).is_ok();
        let lines = lines
            .iter()
            .filter(|line| own(&line.line.node))
            .map(|line| line.line.clone());
        let checks = checks.iter().filter(|check| own(&check.node));
        (person.suppressions, person.checks) = (lines.collect(), checks.cloned().collect());
    }
    Ok(())
}

/// Shows each of some customers with everything that happened to them.
pub(super) fn show_lives(
    lake: &Lake,
    people: &[Person],
    mut show: impl FnMut(&Life<'_>),
) -> anyhow::Result<()> {
    let threads: Vec<NodeId> = people.iter().flat_map(|it| it.threads.clone()).collect();
    let mut found: HashMap<NodeId, Vec<Event>> = HashMap::default();
    lake.search(Some(&threads), None, &mut |event| {
        found.entry(event.thread).or_default().push(event.clone());
        false
    })?;
    for person in people {
        let threads = person.threads.iter();
        let mut events: Vec<Event> = threads
            .flat_map(|thread| found.remove(thread).unwrap_or_default())
            .collect();
        in_order(&mut events);
        show(&Life {
            customer: person.customer,
            nodes: &person.nodes,
            kinds: &person.kinds,
            events: &events,
            suppressions: &person.suppressions,
            checks: &person.checks,
        });
    }
    Ok(())
}

/// The threads on which something happened that triggers, in order.
fn triggered(lake: &Lake, signals: Signals, period: Period) -> anyhow::Result<Vec<NodeId>> {
    if signals.is_empty() {
        return Ok(Vec::new());
    }
    // What is heard of in time happened a day before it at most.
    let from = period.from.plus_seconds(-86_400);
    let triggers = Triggers { signals, period };
    let until = period.until.plus_micros(1);
    Ok(lake.fold(&triggers, WORKERS, Some((from, until)))?)
}

struct Triggers {
    signals: Signals,
    period: Period,
}

impl Triggers {
    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.signals.iter().flat_map(|signal| {
            let filters = signal.pattern().filters.iter();
            filters.map(|filter| &filter.field)
        })
    }
}

impl Fold for Triggers {
    type Partial = Vec<NodeId>;
    type Output = Vec<NodeId>;

    fn start(&self) -> Self::Partial {
        Vec::new()
    }

    fn visit(&self, partial: &mut Self::Partial, thread: NodeId, events: &[Event]) {
        let is_one = |event: &Event| {
            let at = heard_at(event);
            let is_then = at >= self.period.from && at <= self.period.until;
            is_then && self.signals.of(event).next().is_some()
        };
        if events.iter().any(is_one) {
            partial.push(thread);
        }
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        into.extend(from);
    }

    fn finish(&self, mut partial: Self::Partial) -> Self::Output {
        partial.sort_unstable();
        partial
    }

    fn texts(&self) -> Texts {
        Texts {
            identifiers: false,
            properties: self.fields().any(|it| matches!(it, Field::Property(_))),
            context: self.fields().any(|it| matches!(it, Field::Context(_))),
        }
    }

    fn called(&self) -> Option<Called> {
        let name = |signal: &Signal| (signal.pattern().kind, signal.pattern().name.clone());
        Some(Called::new(self.signals.iter().map(name)))
    }
}
