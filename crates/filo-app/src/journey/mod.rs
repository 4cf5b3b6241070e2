//! Journeys: making them, changing them, starting them, letting people in and taking them out;
//! and what people of the company are asked to do on the way.
//!
//! **Invariant:** of two people who change a journey from the same version, the second one is
//! refused; what was published never changes, and nothing starts that has a fault.

mod book;
mod calendar;
mod changing;
mod halting;
mod playbook;
mod publishing;
mod recording;
mod running;
mod shares;
mod task;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use filo_core::content::Piece;
use filo_core::id::{AudienceId, JourneyId, ListId, PieceId, SegmentId, SourceId};
use filo_core::journey::{Action, Around, Fault, Journey, Status, check};
use filo_core::message::Medium;
use filo_store::journey::step::{self, StepCount, Totals};
use filo_store::journey::{self, JourneyRow, VersionRow};
use filo_store::{Tx, piece, segment};

use crate::app::App;
use crate::audience::standing_audiences;
use crate::customer_list::standing_lists;
use crate::engine::{Answered, Command, Input};
use crate::error::{Error, Result};

pub use calendar::Calendar;
pub use changing::JourneyDraft;
pub use filo_core::journey::Status as JourneyStatus;
pub use filo_store::journey::run::LineRow;
pub use filo_store::task::TaskRow;
pub use halting::Halt;
pub use playbook::Playbook;
pub use publishing::{MovedStep, Publishing};
pub(crate) use recording::{Recording, record_while_leading};
pub use running::{RUNS_MOST, RunView};
pub use shares::ShareView;
pub use task::{NOTE_CHARS_MOST, TASKS_MOST, TaskView, TasksAsked};

/// The source of what journeys put on threads.
pub const JOURNEY_SOURCE: SourceId = SourceId::JOURNEYS;
/// The event that says that a goal was reached.
pub const GOAL_REACHED: &str = filo_core::journey::GOAL_REACHED;
/// Journeys of a workspace.
pub const JOURNEYS_MOST: usize = 200;
/// Letters of a name.
pub const NAME_CHARS_MOST: usize = 80;
/// Letters of a description.
pub const DESCRIPTION_CHARS_MOST: usize = 500;

/// A journey as it stands.
#[derive(Debug, Clone)]
pub struct JourneyView {
    /// What it is.
    pub row: JourneyRow,
    /// How it is.
    pub status: Status,
    /// What is worked on.
    pub draft: Journey,
    /// How many came in, are on the way, reached the goal.
    pub totals: Totals,
    /// What it asks of the past is being gathered: it takes nobody in yet.
    pub is_filling: bool,
    /// The draft is not what was published.
    pub is_changed: bool,
}

/// A journey with everything around it.
#[derive(Debug, Clone)]
pub struct JourneyPage {
    /// The journey.
    pub view: JourneyView,
    /// What was published, the newest first.
    pub versions: Vec<(VersionRow, Journey)>,
    /// How many stand at which step of which version.
    pub standing: Vec<StepCount>,
    /// How many ended in which way, by word.
    pub endings: Vec<(String, i64)>,
    /// What is wrong with the draft.
    pub faults: Vec<Fault>,
    /// When it comes round, by what runs, or by the draft if nothing does.
    pub calendar: Calendar,
}

impl App {
    /// Every journey, by name.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn journeys(&self) -> Result<Vec<JourneyView>> {
        let mut tx = self.shared().db.read().await?;
        let totals: BTreeMap<JourneyId, Totals> =
            step::totals(&mut tx).await?.into_iter().collect();
        let mut views = Vec::new();
        for row in journey::list(&mut tx).await? {
            let totals = totals.get(&row.id).copied().unwrap_or_default();
            views.push(view_of(&mut tx, row, totals).await?);
        }
        views.sort_by_cached_key(|view| (view.row.name.to_lowercase(), view.row.id));
        Ok(views)
    }

    /// What journeys are called.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn journey_names(&self) -> Result<BTreeMap<JourneyId, String>> {
        let mut tx = self.shared().db.read().await?;
        let rows = journey::list(&mut tx).await?.into_iter();
        Ok(rows.map(|row| (row.id, row.name)).collect())
    }

    /// One journey.
    ///
    /// # Errors
    /// If there is none.
    pub async fn journey(&self, id: JourneyId) -> Result<JourneyView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        let totals = step::totals(&mut tx).await?.into_iter();
        let totals = totals
            .filter(|(of, _)| *of == id)
            .map(|(_, totals)| totals)
            .next();
        view_of(&mut tx, row, totals.unwrap_or_default()).await
    }

    /// One journey with everything around it.
    ///
    /// # Errors
    /// If there is none.
    pub async fn journey_page(&self, id: JourneyId) -> Result<JourneyPage> {
        let view = self.journey(id).await?;
        let faults = self.journey_faults(id, &view.draft).await?;
        let mut tx = self.shared().db.read().await?;
        let mut versions = Vec::new();
        for row in journey::versions(&mut tx, id).await? {
            let journey = document_of(&row)?;
            versions.push((row, journey));
        }
        let running = versions
            .iter()
            .find(|(row, _)| row.version == view.row.published);
        let runs = running.map_or(&view.draft, |(_, journey)| journey);
        let calendar = self.calendar(&mut tx, id, runs).await?;
        Ok(JourneyPage {
            view,
            versions,
            standing: step::standing(&mut tx, id).await?,
            endings: step::endings(&mut tx, id).await?,
            faults,
            calendar,
        })
    }

    /// What is wrong with a journey, given what there is around it.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn journey_faults(&self, id: JourneyId, journey: &Journey) -> Result<Vec<Fault>> {
        let mut tx = self.shared().db.read().await?;
        let around = around(&mut tx).await?;
        Ok(check(id, journey, &around))
    }

    /// Tells the engine, and waits until it is done and in the tables.
    async fn tell_ways(&self, command: Command) -> Result<Answered> {
        if !self.is_leader() {
            let why = "the node that applies the log has to do it";
            return Err(Error::Conflict(why.to_owned()));
        }
        let (answer, done) = tokio::sync::oneshot::channel();
        let stopped = || Error::Internal(anyhow::anyhow!("the engine has stopped"));
        let input = Input::Journeys(Box::new(command), answer);
        self.tell_engine()
            .send(input)
            .await
            .map_err(|_closed| stopped())?;
        match done.await.map_err(|_dropped| stopped())? {
            Answered::Refused(error) => Err(error),
            answered => Ok(answered),
        }
    }
}

async fn view_of(tx: &mut Tx<'_>, row: JourneyRow, totals: Totals) -> Result<JourneyView> {
    let status = status_of(&row)?;
    let draft = draft_of(&row)?;
    let published = match row.published {
        0 => None,
        number => {
            let versions = journey::versions(tx, row.id).await?;
            versions.into_iter().find(|it| it.version == number)
        }
    };
    let is_changed = published.is_none_or(|it| it.document != row.draft);
    Ok(JourneyView {
        is_filling: status == Status::Active && row.filled_at.is_none(),
        is_changed,
        row,
        status,
        draft,
        totals,
    })
}

async fn known(tx: &mut Tx<'_>, id: JourneyId) -> Result<JourneyRow> {
    journey::get(tx, id).await?.ok_or(Error::Missing("journey"))
}

fn status_of(row: &JourneyRow) -> Result<Status> {
    let status = Status::from_word(&row.status);
    Ok(status.ok_or_else(|| anyhow::anyhow!("{} is in no known way: {}", row.id, row.status))?)
}

/// The document of a row, which was looked at before it was written.
pub(crate) fn draft_of(row: &JourneyRow) -> Result<Journey> {
    let read = Journey::from_json(&row.draft);
    Ok(read.map_err(|fault| anyhow::anyhow!("the draft of {} cannot be read: {fault}", row.id))?)
}

pub(crate) fn document_of(row: &VersionRow) -> Result<Journey> {
    let read = Journey::from_json(&row.document);
    let of = (row.journey, row.version);
    Ok(read.map_err(|fault| anyhow::anyhow!("version {} of {}: {fault}", of.1, of.0))?)
}

/// What there is around journeys.
pub(crate) async fn around(tx: &mut Tx<'_>) -> Result<Around> {
    let rows = segment::list(tx).await?;
    let standing = rows.iter().filter(|row| row.archived_at.is_none());
    let segments: BTreeSet<_> = standing.map(|row| row.id).collect();
    let mut starts = BTreeMap::new();
    for row in journey::list(tx).await? {
        let draft = draft_of(&row)?;
        let mut started: Vec<JourneyId> = starts_of(&draft);
        // What runs counts as well as what is worked on.
        for version in journey::versions(tx, row.id).await? {
            if version.version == row.published {
                started.extend(starts_of(&document_of(&version)?));
            }
        }
        starts.insert(row.id, started);
    }
    Ok(Around {
        segments,
        lists: standing_lists(tx).await?,
        audiences: standing_audiences(tx).await?,
        pieces: texts_of(tx).await?,
        starts,
    })
}

/// The pieces with the media for which each has a text.
async fn texts_of(tx: &mut Tx<'_>) -> Result<BTreeMap<PieceId, Vec<Medium>>> {
    let rows = piece::list(tx).await?.into_iter();
    let texts =
        rows.filter_map(|row| Some((row.id, Piece::from_json(&row.document).ok()?.media())));
    Ok(texts.collect())
}

fn starts_of(journey: &Journey) -> Vec<JourneyId> {
    let steps = journey.walk().into_iter();
    steps
        .filter_map(|step| match &step.action {
            Action::Start(start) => Some(start.journey),
            _ => None,
        })
        .collect()
}

/// The name of a journey under way that asks about a segment.
pub(crate) async fn journey_of(tx: &mut Tx<'_>, id: SegmentId) -> Result<Option<String>> {
    for version in journey::in_force(tx).await? {
        let document = document_of(&version)?;
        if document.segments().contains(&id) {
            let row = journey::get(tx, version.journey).await?;
            return Ok(row.map(|row| row.name));
        }
    }
    Ok(None)
}

/// The name of a journey under way that puts people on a list, takes them off or asks about it.
pub(crate) async fn journey_of_list(tx: &mut Tx<'_>, id: ListId) -> Result<Option<String>> {
    for version in journey::in_force(tx).await? {
        if document_of(&version)?.lists().contains(&id) {
            let row = journey::get(tx, version.journey).await?;
            return Ok(row.map(|row| row.name));
        }
    }
    Ok(None)
}

/// The name of a journey under way that puts people into an audience or takes them out.
pub(crate) async fn journey_of_audience(tx: &mut Tx<'_>, id: AudienceId) -> Result<Option<String>> {
    for version in journey::in_force(tx).await? {
        if document_of(&version)?.audiences().contains(&id) {
            let row = journey::get(tx, version.journey).await?;
            return Ok(row.map(|row| row.name));
        }
    }
    Ok(None)
}
