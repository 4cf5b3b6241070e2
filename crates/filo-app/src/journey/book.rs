//! The book of journeys as the tables have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use filo_core::id::JourneyId;
use filo_core::journey::{Book, Live, Plan, Status, Trigger};
use filo_core::segment::{Signal, SignalKey};
use filo_store::journey;
use filo_store::journey::share::{self, ShareRow};

use super::shares::allocations_of;
use super::{document_of, status_of};
use crate::app::App;

impl App {
    /// The journeys that are under way.
    pub(crate) async fn read_journeys(&self) -> anyhow::Result<Book> {
        let (rows, versions, shares) = {
            let mut tx = self.shared().db.read().await?;
            (
                journey::list(&mut tx).await?,
                journey::in_force(&mut tx).await?,
                share::all(&mut tx).await?,
            )
        };
        let mut learnt: BTreeMap<JourneyId, Vec<ShareRow>> = BTreeMap::new();
        for row in shares {
            learnt.entry(row.journey).or_default().push(row);
        }
        let learnt_of = |id: &JourneyId| learnt.get(id).map_or(&[][..], Vec::as_slice);
        let mut plans: BTreeMap<JourneyId, BTreeMap<i64, Arc<Plan>>> = BTreeMap::new();
        for row in &versions {
            let document = document_of(row)?;
            let allocations = allocations_of(&document, learnt_of(&row.journey))?;
            let plan = Plan::new(row.journey, row.version, document);
            let plan = plan.with_allocations(allocations);
            let of = plans.entry(row.journey).or_default();
            of.insert(row.version, Arc::new(plan));
        }
        let mut book = BTreeMap::new();
        for row in rows {
            let status = status_of(&row)?;
            let Some(plans) = plans.remove(&row.id) else {
                continue;
            };
            if matches!(status, Status::Draft | Status::Stopped) {
                continue;
            }
            let live = Live {
                version: row.published,
                is_filling: row.filled_at.is_none(),
                stamp: row.version,
                allocated: learnt_of(&row.id).len(),
                plans,
                status,
            };
            book.insert(row.id, live);
        }
        Ok(Book::new(book))
    }

    /// The goals of every version that was ever published: what journeys changed is read from
    /// what is noted of them, also long after one was stopped.
    pub(crate) async fn goals_of_journeys(&self) -> anyhow::Result<Vec<Signal>> {
        let versions = {
            let mut tx = self.shared().db.read().await?;
            journey::every_version(&mut tx).await?
        };
        let mut goals: BTreeMap<SignalKey, Signal> = BTreeMap::new();
        for row in &versions {
            let goal = document_of(row)?.goal;
            goals.extend(goal.map(|goal| (goal.event.key(), goal.event)));
        }
        Ok(goals.into_values().collect())
    }
}

/// Whether a journey asks about what happened before it started.
pub(super) fn asks_of_past(journey: &filo_core::journey::Journey) -> bool {
    let mut conditions = journey.conditions().into_iter();
    matches!(journey.trigger, Trigger::Date(_))
        || conditions.any(|condition| {
            condition.signals().next().is_some() || !condition.segments().is_empty()
        })
}
