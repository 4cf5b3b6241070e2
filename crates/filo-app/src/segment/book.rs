//! The book of segments as the tables have it, and how it gets to the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::CompactString;
use filo_core::id::{JourneyId, SegmentId};
use filo_core::segment::{Book, Definition, Scene, Signal};
use filo_store::computed_trait;
use filo_store::segment::{self, SegmentRow};
use jiff::tz::TimeZone;
use tokio::sync::oneshot;

use crate::app::App;
use crate::computed::recipe_of;
use crate::engine::{Input, NewBook, Unfilled};
use crate::error::{Error, Result};

/// A book, with what of it is not known whole yet.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) book: Arc<Book>,
    /// The segments that everybody is still to be looked at for.
    pub(crate) filling: BTreeSet<SegmentId>,
    /// The computed traits for which what happened before is still being gathered.
    pub(crate) counting: BTreeSet<CompactString>,
}

impl Known {
    /// Whether the traces of a signal hold everything that happened.
    pub(crate) fn is_whole(&self, signal: &Signal) -> bool {
        let mut segments = self.book.asking_for(signal);
        segments.any(|id| !self.filling.contains(&id))
            || self
                .book
                .made_of(signal)
                .any(|key| !self.counting.contains(key))
    }
}

impl App {
    /// The book as this node has it.
    pub(crate) async fn known_book(&self) -> anyhow::Result<Known> {
        if self.is_leader() {
            let live = self.shared().live.read();
            return Ok(Known {
                book: Arc::clone(&live.book),
                filling: live.filling.clone(),
                counting: live.counting.clone(),
            });
        }
        let (book, unfilled) = self.read_book().await?;
        Ok(Known {
            book: Arc::new(book),
            filling: unfilled.segments.into_keys().collect(),
            counting: unfilled.computed.into_keys().collect(),
        })
    }

    /// The book, and what everybody is to be looked at for.
    pub(crate) async fn read_book(&self) -> anyhow::Result<(Book, Unfilled)> {
        let (rows, computed) = {
            let mut tx = self.shared().db.read().await?;
            (
                segment::list(&mut tx).await?,
                computed_trait::list(&mut tx).await?,
            )
        };
        let journeys = self.read_journeys().await?;
        let purposes = self.purposes().await?.purposes;
        let company = self.company();
        let mut scene = Scene {
            segments: BTreeMap::new(),
            computed: BTreeMap::new(),
            purposes,
            currency: self.currency(),
            zone: TimeZone::get(&company.company.zone).unwrap_or(TimeZone::UTC),
            personas: self.persona_model().await?.map(Arc::new),
            yardstick: self.yardstick().await?,
        };
        let mut unfilled = Unfilled::default();
        for row in rows.iter().filter(|row| row.archived_at.is_none()) {
            let condition = definition_of(row)?.into_condition();
            scene.segments.insert(row.id, Arc::new(condition));
            if row.filled_at.is_none() {
                unfilled.segments.insert(row.id, row.version);
            }
        }
        for row in computed.iter().filter(|row| row.archived_at.is_none()) {
            let key = CompactString::from(row.key.as_str());
            scene
                .computed
                .insert(key.clone(), Arc::new(recipe_of(row)?));
            if row.filled_at.is_none() {
                unfilled.computed.insert(key, (row.id, row.version));
            }
        }
        for (id, condition) in journeys.days() {
            scene.segments.insert(id, Arc::new(condition));
        }
        for (id, journey) in journeys.iter().filter(|(_, journey)| journey.is_filling) {
            unfilled.journeys.insert(id, journey.version);
        }
        for (id, _) in journeys.days() {
            if journeys
                .journey(JourneyId(id.0))
                .is_some_and(|it| it.is_filling)
            {
                unfilled.segments.insert(id, 0);
            }
        }
        let asked = journeys.conditions().cloned().map(Arc::new).collect();
        let goals = self.goals_of_journeys().await?;
        Ok((Book::new(scene).asked(asked).watching(&goals), unfilled))
    }

    /// Lets the engine look after the segments as they stand now, from the next event on.
    pub(crate) async fn reopen_book(&self) -> Result<()> {
        self.reopen_book_again(BTreeMap::new()).await
    }

    /// The same, and everybody is looked at again for these segments, with their versions.
    pub(crate) async fn reopen_book_again(&self, again: BTreeMap<SegmentId, i64>) -> Result<()> {
        let reading = self.shared().reading_book.lock().await;
        let (book, mut unfilled) = self.read_book().await?;
        for (id, version) in again {
            unfilled.segments.entry(id).or_insert(version);
        }
        let journeys = Arc::new(self.read_journeys().await?);
        let (answer, done) = oneshot::channel();
        let new = NewBook {
            journeys,
            book: Arc::new(book),
            unfilled,
            answer,
        };
        let sent = self.tell_engine().send(Input::Segments(new)).await;
        drop(reading);
        if sent.is_ok() {
            // On a node that does not apply nobody answers: the one that does reads it itself.
            drop(done.await);
        }
        Ok(())
    }

    /// Waits until everybody has been looked at for every segment, and whatever time has brought
    /// about meanwhile is in the tables. Only the node that applies knows.
    ///
    /// # Errors
    /// If the engine has stopped.
    pub async fn segments_settled(&self) -> Result<()> {
        let (answer, done) = oneshot::channel();
        let stopped = || Error::Internal(anyhow::anyhow!("the engine has stopped"));
        let sent = self.tell_engine().send(Input::Look(answer)).await;
        sent.map_err(|_closed| stopped())?;
        done.await.map_err(|_dropped| stopped())
    }

    /// Looks again at what segments are made of: another node may have changed it.
    pub(crate) async fn refresh_segments(&self) {
        let is_known = async {
            let (book, unfilled) = self.read_book().await?;
            let journeys = self.read_journeys().await?;
            let live = self.shared().live.read();
            anyhow::Ok(
                live.book.is_alike(&book)
                    && live.journeys.is_alike(&journeys)
                    && unfilled.segments.keys().all(|id| live.filling.contains(id))
                    && unfilled
                        .computed
                        .keys()
                        .all(|it| live.counting.contains(it)),
            )
        };
        let outcome = match is_known.await {
            Ok(true) => Ok(()),
            Ok(false) => self.reopen_book().await,
            Err(error) => Err(error.into()),
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "the segments could not be read anew");
        }
    }

    /// Everybody is looked at again: something changed that segments are measured by.
    pub(crate) async fn fill_segments_again(&self) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        segment::unfill(&mut tx).await?;
        tx.commit().await?;
        self.reopen_book().await
    }
}

/// The definition of a row, which was looked at before it was written.
pub(crate) fn definition_of(row: &SegmentRow) -> anyhow::Result<Definition> {
    Definition::from_json(&row.definition)
        .map_err(|fault| anyhow::anyhow!("the definition of {} cannot be read: {fault}", row.id))
}
