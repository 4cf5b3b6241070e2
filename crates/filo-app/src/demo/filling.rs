//! Filling a demo: the history is invented stretch by stretch on a thread of its own, while the
//! log takes in what is ready.
//!
//! **Invariant:** memory holds some weeks of history, whatever the number of people; filling
//! again what was interrupted changes nothing that was there.

use std::sync::Arc;

use filo_core::company::Company;
use filo_core::event::Event;
use filo_core::id::SourceId;
use tokio::sync::mpsc;

use super::calendar::{Calendar, LAST_DAY, STRETCH_DAYS};
use super::company::{COMPANY, Source};
use super::pen::{Pen, World};
use super::person::Person;
use super::standing::{Wish, mark_filled, wish_of};
use super::truth::Truth;
use super::{agents, bars, letters, online, relations, slips, stories, telephone, voices};
use crate::actor::{Actor, Scopes};
use crate::app::App;
use crate::error::{Error, Result};
use crate::key::NewKey;
use crate::quarantine::Quarantined;

/// Events of one append: fewer syncs of the disk, and still little memory.
const BATCH_EVENTS: usize = 2_000;
/// Batches ahead of the log.
const BATCHES_AHEAD: usize = 2;
/// Message ids of the archive and of the stories do not follow the calendar.
const ARCHIVE: u16 = 1_000;
const STORIES: u16 = 1_001;
/// The archive is brought in at the beginning, and once more in this stretch.
const ARCHIVE_AGAIN: usize = 6;

/// How far the filling is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Events taken in.
    pub events: u64,
    /// Of a hundred.
    pub percent: u8,
}

/// What was invented.
#[derive(Debug)]
pub struct Filled {
    /// Events taken in, repeated ones too.
    pub events: u64,
    /// Whose each identifier is.
    pub truth: Truth,
}

struct Written {
    truth: Truth,
    slips: Vec<Quarantined>,
}

struct Batch {
    events: Vec<Event>,
    percent: u8,
}

impl App {
    /// The company has its name from the beginning, if nobody gave it another.
    async fn name_the_company(&self) -> Result<()> {
        let view = self.company();
        if view.version == 0 {
            let company = Company {
                name: COMPANY.into(),
                ..view.company.clone()
            };
            self.change_company(&Actor::operator(), company, 0).await?;
        }
        Ok(())
    }

    /// Whether everything in this workspace is invented.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.shared().is_demo
    }

    /// Fills a demo that was prepared.
    ///
    /// # Errors
    /// [`Error::Conflict`] if the workspace is no demo; if the log stops taking events in.
    pub async fn fill_demo(&self, mut tell: impl FnMut(Progress) + Send) -> Result<Filled> {
        let wish = wish_of(&self.shared().db)
            .await?
            .ok_or_else(|| Error::Conflict("this workspace is no demo".to_owned()))?;
        let world = World {
            seed: wish.seed,
            calendar: Calendar::ending(wish.until)?,
            rules: Arc::unwrap_or_clone(self.rules()),
            key: self.key(),
            sources: self.demo_sources().await?,
        };
        let new_system = world.source(Source::NewSystem);
        let (sender, mut batches) = mpsc::channel(BATCHES_AHEAD);
        let writing = tokio::task::spawn_blocking(move || write(&world, &wish, &sender));
        let mut events = 0;
        while let Some(batch) = batches.recv().await {
            events += batch.events.len() as u64;
            self.offer(batch.events).await?;
            tell(Progress {
                events,
                percent: batch.percent,
            });
        }
        let written = writing.await.map_err(anyhow::Error::from)??;
        self.keep_slips(new_system, written.slips).await?;
        self.name_the_company().await?;
        self.settle().await?;
        mark_filled(&self.shared().db, self.now()).await?;
        Ok(Filled {
            events,
            truth: written.truth,
        })
    }

    /// Bad events have no id by which a repetition is known: they are kept if there are none.
    async fn keep_slips(&self, source: SourceId, slips: Vec<Quarantined>) -> Result<()> {
        let kept = self
            .quarantined(&crate::QuarantineFilter::default(), None, 200)
            .await?;
        if kept.iter().all(|row| row.source != Some(source)) {
            self.quarantine(slips).await?;
        }
        Ok(())
    }

    /// The sources of the invented company; those that are missing are made, each with a key.
    async fn demo_sources(&self) -> Result<Vec<SourceId>> {
        let known = self.sources().await?;
        let mut sources = Vec::with_capacity(Source::ALL.len());
        for source in Source::ALL {
            if let Some(row) = known.iter().find(|row| row.name == source.name()) {
                sources.push(row.id);
                continue;
            }
            let new = NewKey {
                name: source.name().to_owned(),
                kind: source.key_kind(),
                scopes: Scopes::default(),
                expires_at: None,
            };
            let key = self.create_key(&Actor::operator(), new).await?;
            sources.extend(key.source);
        }
        Ok(sources)
    }
}

/// Invents everything, and hands it over batch by batch.
fn write(world: &World, wish: &Wish, sender: &mpsc::Sender<Batch>) -> Result<Written> {
    let people: Vec<Person> = (0..wish.people)
        .map(|number| Person::draw(wish.seed, number))
        .collect();
    let mut truth = Truth::default();
    let days: Vec<u16> = (0..=LAST_DAY).collect();
    let stretches = days.chunks(usize::from(STRETCH_DAYS));
    let count = stretches.len();
    for (place, days) in stretches.enumerate() {
        let mut events = Vec::new();
        if place == 0 || place == ARCHIVE_AGAIN {
            let mut pen = Pen::new(world, &mut truth, ARCHIVE);
            slips::archive(&mut pen, &people);
            events.extend(pen.finish()?);
        }
        if place == 0 {
            let mut pen = Pen::new(world, &mut truth, STORIES);
            stories::write(&mut pen);
            relations::write(&mut pen);
            events.extend(pen.finish()?);
        }
        let mut pen = Pen::new(world, &mut truth, days.first().copied().unwrap_or_default());
        for person in &people {
            live(&mut pen, person, days);
        }
        events.extend(pen.finish()?);
        let percent = u8::try_from((place + 1) * 100 / count).unwrap_or(100);
        hand_over(events, percent, sender)?;
    }
    let mut pen = Pen::new(world, &mut truth, ARCHIVE);
    let slips = slips::quarantined(&mut pen);
    Ok(Written { truth, slips })
}

/// What one person does on some days.
fn live(pen: &mut Pen<'_>, person: &Person, days: &[u16]) {
    if let Some(shopper) = &person.online {
        online::write(pen, person, shopper, days);
    }
    if let Some(regular) = &person.regular {
        bars::write(pen, person, regular, days);
    }
    if let Some(reader) = &person.reader {
        letters::write(pen, person, reader, days);
    }
    if let Some(device) = &person.app {
        telephone::write(pen, person, device, days);
    }
    if let Some(size) = person.business {
        agents::write(pen, person, size, days);
    }
    voices::write(pen, person, days);
}

fn hand_over(events: Vec<Event>, percent: u8, sender: &mpsc::Sender<Batch>) -> Result<()> {
    let mut events = events.into_iter().peekable();
    while events.peek().is_some() {
        let events = events.by_ref().take(BATCH_EVENTS).collect();
        // The receiver goes only when an append has failed, which is then the error told.
        sender
            .blocking_send(Batch { events, percent })
            .map_err(|_gone| Error::Conflict("the demo stopped because the log did".to_owned()))?;
    }
    Ok(())
}
