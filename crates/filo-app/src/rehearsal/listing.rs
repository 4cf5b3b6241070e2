//! Rehearsals as they are told: those of a journey, one with its report, those who would have come
//! in.

use filo_core::access::Right;
use filo_core::id::{CustomerId, JourneyId, RehearsalId};
use filo_core::journey::rehearsal::{Report, Shown};
use filo_core::time::Timestamp;
use filo_store::customer::CustomerRow;
use filo_store::job::JobState;
use filo_store::rehearsal::{self, PersonRow, RehearsalRow};
use filo_store::{Tx, job};

use super::{Asked, known};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;
use crate::job::Progress;

/// How far a rehearsal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RehearsalState {
    /// It waits or is under way.
    Running(Progress),
    /// It was called off.
    Cancelled,
    /// It could not be done: why.
    Failed(String),
    /// It has ended.
    Done,
}

impl RehearsalState {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Running(_) => "running",
            Self::Cancelled => "cancelled",
            Self::Failed(_) => "failed",
            Self::Done => "done",
        }
    }
}

/// A rehearsal.
#[derive(Debug, Clone)]
pub struct RehearsalView {
    /// Its id.
    pub id: RehearsalId,
    /// Of which journey.
    pub journey: JourneyId,
    /// Which published version; 0 for what is worked on.
    pub version: i64,
    /// A published version that it was played beside.
    pub beside: Option<i64>,
    /// How many days back.
    pub days: u16,
    /// When it was asked for: it plays up to then.
    pub begun_at: Timestamp,
    /// Who asked for it.
    pub begun_by: String,
    /// When it had ended.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub state: RehearsalState,
    /// What it came to, once it has ended; nothing if another version of Filo wrote it.
    pub report: Option<Report>,
}

impl App {
    /// The rehearsals of a journey that are kept, the last one first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn rehearsals(&self, journey: JourneyId) -> Result<Vec<RehearsalView>> {
        let mut tx = self.shared().db.read().await?;
        let mut views = Vec::new();
        for row in rehearsal::of_journey(&mut tx, journey).await? {
            views.push(self.rehearsal_view(&mut tx, row).await?);
        }
        Ok(views)
    }

    /// One rehearsal.
    ///
    /// # Errors
    /// If there is none.
    pub async fn rehearsal(&self, id: RehearsalId) -> Result<RehearsalView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        self.rehearsal_view(&mut tx, row).await
    }

    async fn rehearsal_view(&self, tx: &mut Tx<'_>, row: RehearsalRow) -> Result<RehearsalView> {
        let asked = Asked::of(&row)?;
        let job = job::get(tx, row.job).await?;
        let state = match (row.ended_at, job) {
            (Some(_), _) => RehearsalState::Done,
            (None, Some(job)) => match job.state {
                JobState::Cancelled => RehearsalState::Cancelled,
                JobState::Failed | JobState::Done => {
                    RehearsalState::Failed(job.outcome.unwrap_or_default())
                }
                JobState::Waiting | JobState::Running => {
                    RehearsalState::Running(self.progress_of(&job))
                }
            },
            (None, None) => RehearsalState::Cancelled,
        };
        Ok(RehearsalView {
            id: row.id,
            journey: row.journey,
            version: asked.version,
            beside: asked.beside,
            days: asked.days,
            begun_at: row.begun_at,
            begun_by: row.begun_by,
            ended_at: row.ended_at,
            state,
            report: Report::from_json(&row.report),
        })
    }

    /// Some of those who would have come in, with what would have been said to each: those with
    /// messages first, as lists show people to who asks. Who is no more is left out.
    ///
    /// # Errors
    /// If the actor may not list people, or there is no such rehearsal.
    pub async fn rehearsal_people(
        &self,
        actor: &Actor,
        id: RehearsalId,
    ) -> Result<Vec<(Shown, CustomerRow)>> {
        actor.must(Right::ListPeople)?;
        let rows = {
            let mut tx = self.shared().db.read().await?;
            known(&mut tx, id).await?;
            rehearsal::people(&mut tx, id).await?
        };
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.customer).collect();
        let known = self.eyes(actor).people_of(&ids).await?;
        let mut people: Vec<(Shown, CustomerRow)> = rows
            .into_iter()
            .filter_map(|row| {
                let who = known.iter().find(|it| it.id == row.customer)?.clone();
                Some((shown_of(&row), who))
            })
            .collect();
        people.sort_by_key(|(shown, _)| (shown.messages.is_empty(), shown.customer));
        Ok(people)
    }
}

fn shown_of(row: &PersonRow) -> Shown {
    Shown {
        customer: row.customer,
        entered_at: row.entered_at,
        runs: u32::try_from(row.runs).unwrap_or(u32::MAX),
        messages: filo_core::message::read(&row.messages).unwrap_or_default(),
    }
}
