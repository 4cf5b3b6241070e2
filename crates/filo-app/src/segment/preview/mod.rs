//! Previews: who would be in a segment that is not there yet.
//!
//! Customers are looked at in the order of their ids, which are hashes: whoever was looked at
//! when time is up is a part of everybody that is as good as drawn, and the same the next time.
//!
//! **Invariant:** a preview writes nothing and holds the state for no longer than a handful of
//! customers take; where it has looked at everybody, it gives who would be in the segment.

mod looking;
mod past;

use std::sync::Arc;
use std::time::Duration;

use filo_core::access::Right;
use filo_core::id::{CustomerId, SegmentId};
use filo_core::segment::computed::check_computed;
use filo_core::segment::{
    Book, Condition, Definition, Estimate, Signals, TraitCondition, TraitTest, ValueTest,
    check_references,
};
use filo_store::customer::CustomerRow;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use self::looking::{Looking, Seen};
pub(crate) use self::past::Past;
use super::book::Known;
use super::unfit;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// Members who are shown.
pub const SAMPLE_MOST: usize = 12;
/// Everybody is looked at if that takes no longer, beside what happened before a signal was
/// looked out for.
const TIME_MOST: Duration = Duration::from_millis(600);
/// So long a preview waits for the one before it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who would be in a segment.
#[derive(Debug, Clone)]
pub struct Preview {
    /// How many would be in, of everybody; about so many, if not everybody was looked at.
    pub members: u64,
    /// How many customers were looked at.
    pub of: u64,
    /// How many customers there are.
    pub customers: u64,
    /// Between how many and how many members there are, with 95 % confidence, by Wilson's score;
    /// nothing if everybody was looked at.
    pub interval: Option<(u64, u64)>,
    /// Some who would be in, as lists show them to who asks; always the same ones.
    pub sample: Vec<CustomerRow>,
    /// How long it took.
    pub took: Duration,
}

impl Preview {
    /// Whether everybody was looked at.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.interval.is_none()
    }
}

/// One preview at a time: what it holds in memory is bounded, and so are those who ask.
#[derive(Debug)]
pub(crate) struct Previews(Semaphore);

impl Default for Previews {
    fn default() -> Self {
        Self(Semaphore::new(1))
    }
}

/// What is asked of everybody.
#[derive(Debug)]
struct Asked {
    condition: Arc<Condition>,
    book: Arc<Book>,
    /// What no thread's traces hold, or not whole yet.
    fresh: Signals,
}

impl App {
    /// Who would be in a segment of this condition: exactly if everybody can be looked at in
    /// time, otherwise by a part of them that is the same each time.
    ///
    /// # Errors
    /// If the actor may not see who is in segments or not make any, or the condition cannot be.
    pub async fn preview_segment(&self, actor: &Actor, condition: Condition) -> Result<Preview> {
        self.preview_segment_within(actor, condition, TIME_MOST)
            .await
    }

    /// The same with another time. For tests of estimates: without any, one page is looked at.
    ///
    /// # Errors
    /// As [`App::preview_segment`].
    #[doc(hidden)]
    pub async fn preview_segment_within(
        &self,
        actor: &Actor,
        condition: Condition,
        time: Duration,
    ) -> Result<Preview> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::ManageSegments)?;
        let asked = self.asked(condition).await?;
        let _turn = self.turn_to_look().await?;
        let begun = Instant::now();
        let past = Past::gather(self, &asked.fresh).await?;
        let looking = Looking::begin(self, asked, past, time);
        let seen = looking.run(self).await?;
        let mut preview = Preview {
            members: seen.members,
            of: seen.customers,
            customers: seen.customers,
            interval: None,
            sample: self.shown(actor, &seen).await?,
            took: Duration::ZERO,
        };
        if !seen.is_all {
            preview.customers = self.customer_count().await?.max(seen.customers);
            let estimate = Estimate::new(seen.members, seen.customers, preview.customers);
            preview.members = estimate.members;
            preview.interval = Some((estimate.low, estimate.high));
        }
        preview.took = begun.elapsed();
        Ok(preview)
    }

    /// A turn to look at everybody: one at a time does.
    pub(crate) async fn turn_to_look(&self) -> Result<SemaphorePermit<'_>> {
        let busy = Error::TooOften { retry_after_s: 1 };
        let turn = tokio::time::timeout(PATIENCE, self.previews().0.acquire()).await;
        let turn = turn.map_err(|_elapsed| busy)?;
        Ok(turn.map_err(anyhow::Error::from)?)
    }

    /// Whether somebody has a trait that came with events, as far as can be seen in the time of
    /// a preview.
    pub(crate) async fn somebody_has(&self, key: &str) -> Result<bool> {
        let has = TraitCondition {
            key: key.into(),
            test: TraitTest::Value(ValueTest::Set),
        };
        let mut asked = self.asked(Condition::All(Vec::new())).await?;
        // Whether there is a computed trait of that key is another question.
        asked.book = Arc::default();
        asked.condition = Arc::new(Condition::Trait(has));
        let _turn = self.turn_to_look().await?;
        let looking = Looking::begin(self, asked, Past::default(), TIME_MOST);
        Ok(looking.run(self).await?.members > 0)
    }

    async fn asked(&self, condition: Condition) -> Result<Asked> {
        let condition = Definition::new(condition).map_err(unfit)?.into_condition();
        let known = self.known_book().await?;
        let book = Arc::clone(&known.book);
        if !condition.segments().is_empty() {
            let segments = &book.scene().segments;
            let segments = segments.iter().map(|(id, it)| (*id, (**it).clone()));
            let id = SegmentId(self.spare_id());
            check_references(id, &condition, &segments.collect()).map_err(unfit)?;
        }
        check_computed(&condition, &book.scene().computed).map_err(unfit)?;
        let condition = Arc::new(condition);
        let fresh = fresh(&condition, &known);
        Ok(Asked {
            condition,
            book,
            fresh,
        })
    }

    /// The first of those who would be in, by id.
    async fn shown(&self, actor: &Actor, seen: &Seen) -> Result<Vec<CustomerRow>> {
        let mut rows = self.eyes(actor).people_of(&seen.sample).await?;
        rows.sort_unstable_by_key(|row| row.id);
        Ok(rows)
    }
}

/// What is asked of events that no segment asks for whose members are all known, and no computed
/// trait that is not being counted: of that the threads have no traces, or not all of them.
fn fresh(condition: &Arc<Condition>, known: &Known) -> Signals {
    let mut fresh = Signals::default();
    let asked = known.book.signals_asked(condition);
    fresh.extend(asked.iter().filter(|signal| !known.is_whole(signal)));
    fresh
}

/// Shown are those with the smallest ids, so two previews show the same people.
fn sampled(sample: &mut Vec<CustomerId>, more: Vec<CustomerId>) {
    sample.extend(more);
    sample.sort_unstable();
    sample.truncate(SAMPLE_MOST);
}
