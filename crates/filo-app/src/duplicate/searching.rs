//! The search of everybody: read in pages, compared on a thread of its own, written down at the
//! end.
//!
//! **Invariant:** one search runs at a time; it holds no transaction while it compares, and no
//! more people in memory than a bound.

use std::collections::{HashMap, HashSet};
use std::num::NonZero;

use filo_core::access::Right;
use filo_core::duplicate::{Candidate, Found, Judge, Knowledge, Search, Table, Threshold};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Verdict;
use filo_core::time::Timestamp;
use filo_store::customer::{self, Filter};
use filo_store::duplicate::{self, DuplicateRow, Status};
use filo_store::setting;
use parking_lot::Mutex;

use super::person::{Person, ruled_apart};
use super::setting::DuplicateSettings;
use super::{parts, ten_thousandths};
use crate::actor::Actor;
use crate::app::App;
use crate::engine::{Live, components};
use crate::error::{Error, Result};

/// People read in one transaction.
const PAGE: u32 = 500;
/// People compared; a row of each stays in memory, some 250 bytes.
const PEOPLE_MOST: usize = 2_000_000;
/// Pairs put into the queue; nobody answers more.
const QUEUE_MOST: usize = 20_000;
/// Pairs joined by one search where Filo joins by itself.
const AUTOMATIC_MOST: usize = 5_000;
/// The setting that keeps what was learned.
pub(super) const KNOWLEDGE: &str = "duplicate_knowledge";
/// What stands beside a ruling that no person has made.
const AUTOMATIC_NOTE: &str = "joined by itself: probable duplicate above the owner's threshold";

/// Whether a search runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchState {
    /// Nobody has searched since the program started.
    #[default]
    Never,
    /// It runs.
    Running,
    /// It has ended.
    Done,
    /// It could not be done; the log says why.
    Failed,
}

/// How the last search went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchReport {
    /// Whether it runs.
    pub state: SearchState,
    /// When it began.
    pub begun_at: Option<Timestamp>,
    /// People looked at.
    pub people: u64,
    /// Pairs compared.
    pub compared: u64,
    /// Pairs put into the queue.
    pub proposed: u64,
    /// Pairs that Filo has joined by itself.
    pub joined: u64,
    /// Somebody has changed since whom only a new search would look at.
    pub is_due: bool,
}

/// The last search.
#[derive(Debug, Default)]
pub(crate) struct Searches(Mutex<SearchReport>);

/// Everybody, ready to be compared.
struct Everybody {
    table: Table,
    /// Pairs about which somebody has ruled.
    apart: HashSet<(CustomerId, CustomerId)>,
}

impl App {
    /// How the last search went, or how far this one is.
    #[must_use]
    pub fn duplicate_search(&self) -> SearchReport {
        SearchReport {
            is_due: self.shared().changed.has_missed(),
            ..*self.searches().0.lock()
        }
    }

    /// Begins a search of everybody beside everything else; false if one runs.
    ///
    /// # Errors
    /// If the actor may not decide about identity.
    pub fn start_duplicate_search(&self, actor: &Actor) -> Result<bool> {
        actor.must(Right::DecideIdentity)?;
        if !self.begin_search() {
            return Ok(false);
        }
        let app = self.clone();
        self.spawn(async move { drop(app.end_search().await) });
        Ok(true)
    }

    /// Searches everybody and waits for the end.
    ///
    /// # Errors
    /// If the actor may not decide about identity, a search runs, or the tables fail.
    pub async fn search_duplicates(&self, actor: &Actor) -> Result<SearchReport> {
        actor.must(Right::DecideIdentity)?;
        if !self.begin_search() {
            return Err(Error::Conflict("a search runs already".to_owned()));
        }
        self.end_search().await
    }

    fn begin_search(&self) -> bool {
        let mut report = self.searches().0.lock();
        if report.state == SearchState::Running {
            return false;
        }
        *report = SearchReport {
            state: SearchState::Running,
            begun_at: Some(self.now()),
            ..SearchReport::default()
        };
        true
    }

    async fn end_search(&self) -> Result<SearchReport> {
        let searched = self.search_everybody().await;
        let mut report = self.searches().0.lock();
        match &searched {
            Ok(()) => report.state = SearchState::Done,
            Err(error) => {
                report.state = SearchState::Failed;
                tracing::error!(error = %format!("{error:#}"), "searching duplicates has failed");
            }
        }
        let told = *report;
        drop(report);
        searched.map(|()| told)
    }

    async fn search_everybody(&self) -> Result<()> {
        let begun_at = self.now();
        let settings = self.duplicate_settings().await?.settings;
        // Whoever has changed until now is looked at here.
        self.shared().changed.begin_anew();
        let everybody = self.everybody().await?;
        self.searches().0.lock().people = everybody.table.len() as u64;
        let searching = tokio::task::spawn_blocking(move || search(everybody, settings));
        let (everybody, found) = searching.await.map_err(anyhow::Error::from)?;
        let Some(found) = found else {
            return Err(Error::Internal(anyhow::anyhow!(
                "the records teach no model"
            )));
        };
        self.searches().0.lock().compared = found.compared;
        self.keep_knowledge(&found.knowledge).await?;
        let mut asked = found.proposed.clone();
        if settings.automatic {
            let joined = self.join_by_itself(&everybody, &found).await?;
            self.searches().0.lock().joined = joined;
        } else {
            asked.splice(0..0, found.linked.iter().copied());
        }
        let rows = rows(&everybody, &found.knowledge, &asked, begun_at);
        let _writing = self.shared().changed.writing.lock().await;
        let rows = self.still_two(rows).await?;
        let mut tx = self.shared().db.begin().await?;
        duplicate::put(&mut tx, &rows).await?;
        duplicate::remove_older(&mut tx, begun_at).await?;
        tx.commit().await?;
        self.searches().0.lock().proposed = rows.len() as u64;
        tracing::info!(
            people = everybody.table.len(),
            proposed = rows.len(),
            "duplicates searched"
        );
        Ok(())
    }

    async fn everybody(&self) -> Result<Everybody> {
        let year = year_of(self.now());
        let mut table = Table::new(self.rules().blocked.clone(), year);
        let mut ends: HashMap<(NodeId, NodeId), CustomerId> = HashMap::new();
        let mut apart = HashSet::new();
        let mut behind = CustomerId(0);
        loop {
            let live = {
                let mut tx = self.shared().db.read().await?;
                let rows = customer::by_id(&mut tx, &Filter::default(), behind, PAGE).await?;
                let Some(last) = rows.last() else { break };
                behind = last.id;
                let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
                let nodes: Vec<NodeId> = ids.iter().map(|id| NodeId::from(*id)).collect();
                let mut live = Live::default();
                live.take_in(components(&mut tx, &nodes).await?);
                (ids, live)
            };
            let (ids, live) = live;
            for id in ids {
                let members = live.members(NodeId::from(id));
                let Some(person) = Person::of(&live, &members) else {
                    continue;
                };
                if table.len() < PEOPLE_MOST {
                    person.enter(id, &mut table);
                }
                for link in ruled_apart(&live, &members) {
                    if let Some(other) = ends.insert(link, id).filter(|other| *other != id) {
                        apart.insert((id.min(other), id.max(other)));
                    }
                }
            }
            tokio::task::yield_now().await;
        }
        table.finish(None);
        Ok(Everybody { table, apart })
    }

    async fn join_by_itself(&self, everybody: &Everybody, found: &Found) -> Result<u64> {
        let actor = Actor::by_itself();
        let mut joined = 0;
        let mut group: HashMap<u32, u32> = HashMap::new();
        for it in found.linked.iter().take(AUTOMATIC_MOST) {
            let (one, other) = (root(&group, it.a), root(&group, it.b));
            let pair = everybody.pair(it);
            if one == other || everybody.apart.contains(&pair) {
                continue;
            }
            let (a, b) = (NodeId::from(pair.0), NodeId::from(pair.1));
            self.rule(&actor, a, b, Verdict::Together, AUTOMATIC_NOTE)
                .await?;
            group.insert(one.max(other), one.min(other));
            joined += 1;
        }
        Ok(joined)
    }

    async fn keep_knowledge(&self, knowledge: &Knowledge) -> Result<()> {
        let text = serde_json::to_string(knowledge).map_err(anyhow::Error::from)?;
        let mut tx = self.shared().db.begin().await?;
        let known = setting::get(&mut tx, KNOWLEDGE).await?;
        let version = known.map_or(0, |known| known.version);
        setting::put(&mut tx, KNOWLEDGE, &text, version, self.now()).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Everybody {
    fn pair(&self, candidate: &Candidate) -> (CustomerId, CustomerId) {
        let customer = |row: u32| CustomerId(self.table.key(row));
        let (a, b) = (customer(candidate.a), customer(candidate.b));
        (a.min(b), a.max(b))
    }
}

/// The calendar year in UTC, for tax codes whose year has two digits.
pub(super) fn year_of(now: Timestamp) -> u32 {
    let text = now.to_string();
    text.get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or(2026)
}

fn search(everybody: Everybody, settings: DuplicateSettings) -> (Everybody, Option<Found>) {
    let share = |ten_thousandths: i64| {
        let whole = u32::try_from(ten_thousandths).unwrap_or(0);
        f64::from(whole) / 10_000.0
    };
    let search = Search {
        threshold: Threshold {
            linked: share(settings.linked),
            proposed: share(settings.proposed),
        },
        // Half of the machine is for those who wait.
        threads: std::thread::available_parallelism()
            .ok()
            .and_then(|all| NonZero::new(all.get() / 2))
            .unwrap_or(NonZero::<usize>::MIN),
    };
    let found = search.run(&everybody.table);
    (everybody, found)
}

fn rows(
    everybody: &Everybody,
    knowledge: &Knowledge,
    asked: &[Candidate],
    found_at: Timestamp,
) -> Vec<DuplicateRow> {
    let table = &everybody.table;
    let Some(judge) = Judge::new(table, knowledge, table.len()) else {
        return Vec::new();
    };
    let wanted = asked
        .iter()
        .filter(|it| !everybody.apart.contains(&everybody.pair(it)));
    wanted
        .take(QUEUE_MOST)
        .map(|it| {
            let (a, b) = everybody.pair(it);
            let evidence = judge.explain(it.a, it.b);
            row((a, b), &evidence, found_at)
        })
        .collect()
}

/// A pair as it waits.
pub(super) fn row(
    (a, b): (CustomerId, CustomerId),
    evidence: &filo_core::duplicate::Evidence,
    found_at: Timestamp,
) -> DuplicateRow {
    DuplicateRow {
        a: a.min(b),
        b: a.max(b),
        status: Status::Waiting,
        chance: ten_thousandths(evidence.probability()),
        parts: serde_json::to_string(&parts(evidence)).unwrap_or_else(|_| "[]".to_owned()),
        found_at,
    }
}

fn root(group: &HashMap<u32, u32>, mut row: u32) -> u32 {
    while let Some(lower) = group.get(&row) {
        row = *lower;
    }
    row
}
