//! The Monday page: the week that is over in a few figures, what stands out, and who waits; read
//! in the console, printed, or had by mail.
//!
//! **Invariant:** of one week a reader gets one letter: it is claimed before it is handed over,
//! and what a crash left without an end is handed over again with the same message id.
//! **Invariant:** a letter names no customer: it leaves the house.

mod reader;
mod sending;

use filo_core::access::Right;
use filo_core::analysis::metric::{
    Against, Answers, Compared, Comparison, Metric, Stretch, Waiting,
};
use filo_core::id::JourneyId;
use filo_core::journey::Status;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use filo_store::message::asked;

use crate::actor::Actor;
use crate::alert::AlertView;
use crate::analysis::{Crowd, lengths};
use crate::annotation::AnnotationView;
use crate::app::App;
use crate::error::{Error, Result};
use crate::impact::ImpactView;

pub use reader::MondayReader;
pub use sending::{MondayLetter, Write};

/// Whoever wrote longer ago than so many days and had no answer waits no more.
pub const WAITING_DAYS: i64 = 30;
/// Journeys that are told of.
const JOURNEYS_MOST: usize = 5;
/// What a company lives on: the first figures of the page.
const BUSINESS: [Metric; 5] = [
    Metric::Orders,
    Metric::Revenue,
    Metric::AverageOrder,
    Metric::NewBuyers,
    Metric::Visitors,
];

/// The page.
#[derive(Debug, Clone)]
pub struct MondayView {
    /// When it was read.
    pub at: Timestamp,
    /// The week that is over, and the one before.
    pub days: Compared,
    /// What amounts are in.
    pub currency: Currency,
    /// The figures; nothing for who may not see any.
    pub figures: Option<MondayFigures>,
    /// What waits for people.
    pub waiting: MondayWaiting,
}

/// What is told to whoever may see figures.
#[derive(Debug, Clone)]
pub struct MondayFigures {
    /// What the company lives on.
    pub business: Vec<Comparison>,
    /// How customers find it: always there, whatever it is.
    pub experience: Vec<Comparison>,
    /// How long answers took, in the week and in the one before.
    pub answers: (Option<Answers>, Option<Answers>),
    /// Alerts that nobody has put away, of the last week.
    pub alerts: Vec<AlertView>,
    /// What running journeys changed against those held back.
    pub journeys: Vec<(JourneyId, String, ImpactView)>,
    /// What happened in these weeks.
    pub annotations: Vec<AnnotationView>,
}

/// What waits for people; nothing where the reader may not see to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MondayWaiting {
    /// Who waits for an answer.
    pub answers: Option<Waiting>,
    /// What is to be done for customers, and how much of it is late.
    pub tasks: Option<(u64, u64)>,
    /// Messages that wait for a yes.
    pub approvals: Option<u64>,
}

impl App {
    /// The page, as far as somebody may see it.
    ///
    /// # Errors
    /// If somebody else has been looking for long, or what happened cannot be read.
    pub async fn monday(&self, actor: &Actor) -> Result<MondayView> {
        let now = self.now();
        let days = Stretch::Week.compared(Against::Before, now, &self.zone());
        let days = days.ok_or(Error::Missing("week"))?;
        let (sees, lists) = (actor.may(Right::SeeFigures), actor.may(Right::ListPeople));
        let crowd = match sees || lists {
            true => {
                let _turn = self.turn_to_look().await?;
                Some(Crowd::of(self, None, vec![days.now, days.before]).await?)
            }
            false => None,
        };
        let mut waiting = MondayWaiting::default();
        if let Some(crowd) = crowd.as_ref().filter(|_| lists) {
            waiting.answers = Some(Waiting::of(crowd.people(), now, WAITING_DAYS));
        }
        if actor.may(Right::DoTasks) {
            waiting.tasks = Some(self.task_count(actor, now).await?);
        }
        if actor.may(Right::ManageJourneys) {
            let mut tx = self.shared().db.read().await?;
            let groups = asked::groups(&mut tx).await?;
            waiting.approvals = Some(groups.iter().map(|it| it.count.unsigned_abs()).sum());
        }
        let figures = match crowd.filter(|_| sees) {
            Some(crowd) => Some(self.monday_figures(actor, crowd, days).await?),
            None => None,
        };
        Ok(MondayView {
            at: now,
            days,
            currency: self.currency(),
            figures,
            waiting,
        })
    }

    async fn monday_figures(
        &self,
        actor: &Actor,
        crowd: Crowd,
        days: Compared,
    ) -> Result<MondayFigures> {
        let compare = move || {
            let row = |metric: Metric| {
                Comparison::of(metric, &crowd.paired(metric, days), lengths(&days))
            };
            let experience = Metric::ALL.into_iter().filter(|it| it.is_of_experience());
            let experience: Vec<Comparison> = experience.map(row).collect();
            let answers = |window| Answers::of(crowd.people(), window);
            let both = (answers(days.now), answers(days.before));
            (BUSINESS.map(row).to_vec(), experience, both)
        };
        let compared = tokio::task::spawn_blocking(compare).await;
        let (business, experience, answers) = compared.map_err(anyhow::Error::from)?;
        let mut alerts = self.alerts(actor, true).await?;
        alerts.retain(|alert| alert.raised_at >= days.now.from);
        let mut journeys = Vec::new();
        for view in self.journeys().await? {
            let is_running = matches!(view.status, Status::Active | Status::Finishing);
            if !is_running || journeys.len() >= JOURNEYS_MOST {
                continue;
            }
            if let Some(impact) = self.journey_impact(view.row.id, None).await? {
                journeys.push((view.row.id, view.row.name, impact));
            }
        }
        Ok(MondayFigures {
            business,
            experience,
            answers,
            alerts,
            journeys,
            annotations: self.annotations_of(&[days.now, days.before]).await?,
        })
    }
}
