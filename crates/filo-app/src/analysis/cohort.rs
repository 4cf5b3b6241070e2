//! Cohorts: who comes back, by when they first ordered, on the company's calendar.

use filo_core::access::Right;
use filo_core::analysis::{Cohorts, Periods, Unit, in_cohort};
use filo_core::event::Channel;
use filo_core::id::SegmentId;
use filo_core::time::Timestamp;
use jiff::civil::Date;

use super::behind::{FigurePeople, Found};
use super::gathering::{self, Needed};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// What is asked about cohorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CohortsAsked {
    /// Weeks or months.
    pub unit: Unit,
    /// So many of those that are over.
    pub periods: u8,
    /// As of this instant; as of now without it.
    pub until: Option<Timestamp>,
    /// Of who was first seen on this channel; of everybody without one.
    pub channel: Option<Channel>,
    /// Of who is in this segment; of everybody without one.
    pub segment: Option<SegmentId>,
}

/// A cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CohortCell {
    /// First day of the period of the cohort.
    pub first: Date,
    /// So many periods later.
    pub after: u16,
}

impl CohortsAsked {
    /// Where somebody was first seen takes everything that happened; without it orders are enough.
    const fn needed(&self) -> Needed {
        match self.channel {
            Some(_) => Needed::first_visits(),
            None => Needed::Orders,
        }
    }
}

impl App {
    /// Who comes back, by when they first ordered.
    ///
    /// # Errors
    /// As [`App::ways`].
    pub async fn cohorts(&self, actor: &Actor, asked: &CohortsAsked) -> Result<Cohorts> {
        actor.must(Right::SeeFigures)?;
        self.must_know_segment(asked.segment).await?;
        let _turn = self.turn_to_look().await?;
        let periods = self.periods(asked);
        let trails = gathering::trails(self, asked.segment, asked.needed()).await?;
        let (channel, currency) = (asked.channel, self.currency());
        let weigh = move || Cohorts::of(&trails, &periods, channel, currency);
        let cohorts = tokio::task::spawn_blocking(weigh).await;
        Ok(cohorts.map_err(anyhow::Error::from)?)
    }

    /// Who is behind a cell.
    ///
    /// # Errors
    /// As [`App::cohorts`], if there is no such cohort, and if the actor may not list people.
    pub async fn cohort_people(
        &self,
        actor: &Actor,
        asked: &CohortsAsked,
        cell: CohortCell,
    ) -> Result<FigurePeople> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        self.must_know_segment(asked.segment).await?;
        let periods = self.periods(asked);
        let first = periods.number_of_day(cell.first);
        let first = first.ok_or(Error::Missing("cohort"))?;
        let after = usize::from(cell.after);
        // A period that is not over has only newcomers.
        if after > 0 && first + after >= periods.over() {
            return Err(Error::Missing("cohort"));
        }
        let people = {
            let _turn = self.turn_to_look().await?;
            let trails = gathering::trails(self, asked.segment, asked.needed()).await?;
            let channel = asked.channel;
            let seek = move || in_cohort(&trails, &periods, channel, (first, after));
            tokio::task::spawn_blocking(seek).await
        };
        let people = people.map_err(anyhow::Error::from)?;
        let found = people.into_iter().map(|(customer, at)| Found {
            customer,
            at: Some(at),
            about: Vec::new(),
        });
        self.figure_people(actor, found.collect()).await
    }

    fn periods(&self, asked: &CohortsAsked) -> Periods {
        let now = self.now();
        let until = asked.until.unwrap_or(now).min(now);
        Periods::back(asked.unit, asked.periods, until, &self.zone())
    }
}
