//! What journeys changed, and which way of an experiment does more: read from runs and threads as
//! they stand now, each time somebody asks.
//!
//! Nothing is added up beforehand, so that people who were joined or forgotten, events that came
//! late and orders that went back are as they are everywhere else.
//!
//! **Invariant:** who is shown behind a figure are those whom the figure counts.

mod cost;
mod experiment;
mod learning;
mod reading;

use std::collections::BTreeSet;

use filo_core::id::JourneyId;
use filo_core::impact::{self, Figure, Impact, Person, window_of};
use filo_core::journey::Journey;
use filo_core::segment::Span;
use filo_core::time::Timestamp;
use filo_store::journey::impact::EnteredRow;
use filo_store::journey::{self, JourneyRow};

use crate::app::App;
use crate::cost::SpentView;
use crate::error::{Error, Result};
use crate::journey::document_of;

pub use experiment::{ExperimentView, WayView};
pub use learning::{LearningState, LearningView};
use reading::{Exposure, Reading};

/// The place of those held back among the groups of a journey.
pub const HELD_BACK: usize = 0;
/// The place of the others.
pub const TREATED: usize = 1;

/// What a journey changed.
#[derive(Debug, Clone)]
pub struct ImpactView {
    /// The version that was asked for; nothing for all that can be compared with the one shown.
    pub version: Option<i64>,
    /// Of a hundred who came in, so many were to be held back.
    pub holdout_percent: u8,
    /// What was spent by the versions that are looked at.
    pub spent: SpentView,
    /// What was measured; group [`HELD_BACK`] first, then [`TREATED`].
    pub measured: Measured,
}

/// What was measured, with the people behind it.
#[derive(Debug, Clone)]
pub struct Measured {
    /// What was found.
    pub impact: Impact,
    /// Those who were looked at, the first ones first.
    pub people: Vec<Person>,
    /// What the goal is called, if there is one.
    pub goal: Option<String>,
    /// How long after somebody came in it counts what they do.
    pub window: Span,
    /// Those left out, who came in first by versions that cannot be compared with this one.
    pub left_out: usize,
    /// There were more than are looked at: the last ones are left out.
    pub is_cut: bool,
    /// When it was measured.
    pub at: Timestamp,
}

impl Measured {
    /// What was found in those who were looked at, by the version that takes people in; how many
    /// were left out, and whether there were more.
    fn of(
        (shown, at): (&Journey, Timestamp),
        (impact, people): (Impact, Vec<Person>),
        (left_out, is_cut): (usize, bool),
    ) -> Self {
        Self {
            impact,
            people,
            goal: shown.goal.as_ref().map(|goal| goal.name.to_string()),
            window: window_of(shown),
            left_out,
            is_cut,
            at,
        }
    }

    /// The people behind a figure of a group, the last ones first.
    #[must_use]
    pub fn behind(&self, group: usize, figure: Figure) -> Vec<&Person> {
        let people = self.people.iter().rev();
        people
            .filter(|it| it.group == group && figure.holds(it, self.at))
            .collect()
    }
}

impl App {
    /// What a journey changed; with a version, for those who came in by it, without one for those
    /// who came in by any with the goal and the share of the one published last.
    ///
    /// # Errors
    /// If there is no such journey, or it has no such version.
    pub async fn journey_impact(
        &self,
        id: JourneyId,
        version: Option<i64>,
    ) -> Result<Option<ImpactView>> {
        let Some(versions) = self.versions_of(id, version).await? else {
            return Ok(None);
        };
        let shown = &versions.shown.1;
        let percent = shown.holdout_percent;
        let is_alike = |it: &Journey| it.goal == shown.goal && it.holdout_percent == percent;
        let is_wanted = |number: i64, journey: &Journey| match version {
            Some(version) => number == version,
            None => is_alike(journey),
        };
        let reading = Reading::begin(self, &versions, is_wanted);
        let wanted = versions.all.iter().filter(|(it, of)| is_wanted(*it, of));
        let wanted: BTreeSet<i64> = wanted.map(|(number, _)| *number).collect();
        let spent = self
            .spent_by_journey(id, |number| wanted.contains(&number))
            .await?;
        let (rows, is_cut) = reading.entered(id).await?;
        let exposures = rows.into_iter().map(|row: EnteredRow| Exposure {
            run: row.run,
            thread: row.thread,
            at: row.at,
            version: row.version,
            group: usize::from(!row.is_held_back),
        });
        let (people, left_out) = reading.people(exposures.collect()).await?;
        let shares = [percent, 100 - percent];
        let at = self.now();
        let impact = impact::measure(&people, &shares, shown.goal.is_some(), at);
        Ok(Some(ImpactView {
            version,
            holdout_percent: percent,
            spent,
            measured: Measured::of((shown, at), (impact, people), (left_out, is_cut)),
        }))
    }

    /// What was published of a journey, and the version that is shown; nothing of one that never
    /// started.
    async fn versions_of(&self, id: JourneyId, asked: Option<i64>) -> Result<Option<Versions>> {
        let mut tx = self.shared().db.read().await?;
        let row: Option<JourneyRow> = journey::get(&mut tx, id).await?;
        let row = row.ok_or(Error::Missing("journey"))?;
        let mut all = Vec::new();
        for version in journey::versions(&mut tx, id).await? {
            all.push((version.version, document_of(&version)?));
        }
        let wanted = asked.unwrap_or(row.published);
        let shown = all.iter().find(|(number, _)| *number == wanted).cloned();
        match (shown, asked) {
            (None, Some(_)) => Err(Error::Missing("version")),
            (None, None) => Ok(None),
            (Some(shown), _) => Ok(Some(Versions { all, shown })),
        }
    }
}

/// What was published of a journey.
struct Versions {
    all: Vec<(i64, Journey)>,
    shown: (i64, Journey),
}
