//! Those who came in, as people: everybody once, with what they did since.

use std::collections::{BTreeMap, HashMap, HashSet};

use filo_core::id::{CustomerId, JourneyId, NodeId, RunId};
use filo_core::impact::{Person, done_within, window_of};
use filo_core::journey::{Journey, StepId};
use filo_core::segment::{Signal, Span};
use filo_core::time::Timestamp;
use filo_store::journey::impact::{self, EnteredRow, WentRow};

use super::Versions;
use crate::app::App;
use crate::engine::{Live, components};
use crate::error::Result;

/// Rows and people read at a time.
const PAGE: u32 = 500;
/// Rows that are looked at; they stay in memory meanwhile, some hundred bytes each.
const ROWS_MOST: usize = 100_000;

/// Somebody was put into a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exposure {
    pub(super) run: RunId,
    pub(super) thread: NodeId,
    pub(super) at: Timestamp,
    /// The version by which.
    pub(super) version: i64,
    pub(super) group: usize,
}

/// What of a version it takes to know what somebody did.
struct Watched {
    goal: Option<Signal>,
    window: Span,
}

/// A reading of the people of some versions.
pub(super) struct Reading<'a> {
    app: &'a App,
    /// The versions that are looked at.
    watched: BTreeMap<i64, Watched>,
}

impl<'a> Reading<'a> {
    pub(super) fn begin(
        app: &'a App,
        versions: &Versions,
        is_wanted: impl Fn(i64, &Journey) -> bool,
    ) -> Self {
        let wanted = versions.all.iter();
        let wanted = wanted.filter(|(number, journey)| is_wanted(*number, journey));
        let watched = wanted.map(|(number, journey)| {
            let goal = journey.goal.as_ref().map(|goal| goal.event.clone());
            let window = window_of(journey);
            (*number, Watched { goal, window })
        });
        Self {
            app,
            watched: watched.collect(),
        }
    }

    /// Those who came into a journey, the first ones first; and whether there are more.
    pub(super) async fn entered(&self, journey: JourneyId) -> Result<(Vec<EnteredRow>, bool)> {
        let mut rows: Vec<EnteredRow> = Vec::new();
        let mut behind = (Timestamp::MIN, RunId(0));
        loop {
            let page = {
                let mut tx = self.app.shared().db.read().await?;
                impact::entered(&mut tx, journey, behind, PAGE).await?
            };
            let Some(last) = page.last() else {
                return Ok((rows, false));
            };
            behind = (last.at, last.run);
            rows.extend(page);
            if rows.len() >= ROWS_MOST {
                return Ok((rows, true));
            }
        }
    }

    /// Those who went a way of a split, by run, with their moves to other versions.
    pub(super) async fn went(&self, of: (JourneyId, &StepId)) -> Result<(Vec<WentRow>, bool)> {
        let mut rows: Vec<WentRow> = Vec::new();
        let mut behind = (RunId(0), -1);
        loop {
            let page = {
                let mut tx = self.app.shared().db.read().await?;
                impact::went(&mut tx, (of.0, of.1.0.as_str()), behind, PAGE).await?
            };
            let Some(last) = page.last() else {
                return Ok((rows, false));
            };
            behind = (last.run, last.number);
            rows.extend(page);
            if rows.len() >= ROWS_MOST {
                return Ok((rows, true));
            }
        }
    }

    /// Everybody once, in the group they were put in first, and how many are left out because
    /// that was by a version that is not looked at.
    pub(super) async fn people(
        &self,
        mut exposures: Vec<Exposure>,
    ) -> Result<(Vec<Person>, usize)> {
        exposures.sort_unstable_by_key(|it| (it.at, it.run));
        let mut seen: HashSet<CustomerId> = HashSet::new();
        let mut people = Vec::new();
        let mut left_out = 0;
        for page in exposures.chunks(PAGE as usize) {
            let live = self.loaded(page).await?;
            for exposure in page {
                let Some(node) = live.nodes.get(&exposure.thread) else {
                    continue;
                };
                if !seen.insert(node.customer) {
                    continue;
                }
                match self.watched.get(&exposure.version) {
                    None => left_out += 1,
                    Some(watched) => people.push(person(&live, exposure, watched, node.customer)),
                }
            }
            tokio::task::yield_now().await;
        }
        Ok((people, left_out))
    }

    /// The customers of some threads, as the tables have them.
    async fn loaded(&self, page: &[Exposure]) -> Result<Live> {
        let threads: Vec<NodeId> = page.iter().map(|it| it.thread).collect();
        let mut live = Live::default();
        let mut tx = self.app.shared().db.read().await?;
        live.take_in(components(&mut tx, &threads).await?);
        Ok(live)
    }
}

fn person(live: &Live, exposure: &Exposure, watched: &Watched, customer: CustomerId) -> Person {
    let members = live.members(exposure.thread);
    let until = exposure.at.plus_micros(watched.window.micros());
    let known = (&*live.profile(&members), &*live.traces(&members));
    let before = exposure.at.plus_micros(-watched.window.micros());
    Person {
        run: exposure.run,
        customer,
        group: exposure.group,
        since: exposure.at,
        until,
        done: done_within((exposure.at, until), watched.goal.as_ref(), known),
        before: done_within((before, exposure.at), None, known).revenue,
    }
}

/// The version by which each run went a way, from lines in the order of runs.
pub(super) fn exposures(rows: &[WentRow]) -> Vec<Exposure> {
    let mut version: HashMap<RunId, i64> = HashMap::new();
    let mut found = Vec::new();
    for row in rows {
        let version = version.entry(row.run).or_insert(row.version);
        match (row.what.as_str(), row.detail.parse::<i64>()) {
            ("moved", Ok(moved)) => *version = moved,
            (_, Ok(way)) => found.extend(usize::try_from(way).ok().map(|group| Exposure {
                run: row.run,
                thread: row.thread,
                at: row.at,
                version: *version,
                group,
            })),
            (_, Err(_)) => {}
        }
    }
    found
}
