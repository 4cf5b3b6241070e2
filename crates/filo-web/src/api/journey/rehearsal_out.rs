//! How rehearsals are told in the API.

use std::collections::BTreeMap;

use filo_app::cost::SideCost;
use filo_app::rehearsal::{RehearsalState, RehearsalView};
use filo_core::cost::PriceList;
use filo_core::id::{JourneyId, PieceId, RehearsalId};
use filo_core::journey::rehearsal::{Alike, Fates, Report, Side, StepTally, Tally};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;
use crate::api::message::cost_out::SideCostOut;

/// A rehearsal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rehearsal)]
pub(crate) struct RehearsalOut {
    /// Its id.
    #[schema(value_type = String, example = "reh_0123456789abcdefghjkmnpqrs")]
    id: Text<RehearsalId>,
    /// Of which journey.
    #[schema(value_type = String)]
    journey: Text<JourneyId>,
    /// Which published version; 0 for what was worked on.
    version: i64,
    /// A published version that it was played beside.
    beside: Option<i64>,
    /// How many days back.
    days: u16,
    /// When it was asked for: it plays up to then.
    #[schema(value_type = String, format = DateTime)]
    begun_at: Text<Timestamp>,
    /// Who asked for it.
    begun_by: String,
    /// `running`, `done`, `cancelled` or `failed`.
    state: &'static str,
    /// The part that is done, in hundredths; null while nobody knows.
    percent: Option<u64>,
    /// What it came to; null until it is done.
    report: Option<RehearsalReportOut>,
}

impl RehearsalOut {
    /// With what it would have cost, at these prices.
    pub(super) fn new(view: RehearsalView, prices: &PriceList) -> Self {
        let percent = match &view.state {
            RehearsalState::Running(progress) => progress.percent(),
            RehearsalState::Done => Some(100),
            RehearsalState::Cancelled | RehearsalState::Failed(_) => None,
        };
        Self {
            id: Text(view.id),
            journey: Text(view.journey),
            version: view.version,
            beside: view.beside,
            days: view.days,
            begun_at: Text(view.begun_at),
            begun_by: view.begun_by,
            state: view.state.word(),
            percent,
            report: view.report.map(|it| RehearsalReportOut::new(&it, prices)),
        }
    }
}

/// What a rehearsal came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsalReport)]
pub(crate) struct RehearsalReportOut {
    /// When the time that was played begins.
    #[schema(value_type = String, format = DateTime)]
    from: Text<Timestamp>,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    until: Text<Timestamp>,
    /// How many customers there were.
    customers: u64,
    /// The points of the noise budget; 0 where there is none.
    points: u16,
    /// The version that was asked for.
    main: SideOut,
    /// The version beside it.
    beside: Option<SideOut>,
}

impl RehearsalReportOut {
    fn new(report: &Report, prices: &PriceList) -> Self {
        Self {
            from: Text(report.from),
            until: Text(report.until),
            customers: report.customers,
            points: report.points,
            main: SideOut::new(&report.main, prices),
            beside: report.beside.as_ref().map(|it| SideOut::new(it, prices)),
        }
    }
}

/// What one version would have come to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsalSide)]
pub(crate) struct SideOut {
    /// Which was published; 0 for what was worked on.
    version: i64,
    /// By what people come in: `event`, `segment_entered`, `segment_left`, `date`, `broadcast`, `schedule`;
    /// with `hand` nobody does in a rehearsal.
    trigger: String,
    /// Customers who would have come in.
    people: u64,
    /// Ways that would have begun.
    entered: u64,
    /// How often somebody would not have come in, by why.
    refused: BTreeMap<String, u64>,
    /// How the ways would have ended, by word.
    endings: BTreeMap<String, u64>,
    /// Ways that would be under way still.
    on_the_way: u64,
    /// Ways on which the goal was reached. It happened anyway: it is no effect of the journey.
    reached_anyway: u64,
    /// By step.
    steps: Vec<RehearsedStepOut>,
    /// What would have become of all messages.
    messages: FatesOut,
    /// The same by medium.
    media: BTreeMap<String, FatesOut>,
    /// Messages that would not have left, by everything that stood in the way.
    reasons: BTreeMap<String, u64>,
    /// Messages that would have waited first, by what held them up.
    held_up: BTreeMap<String, u64>,
    /// By day of the company's calendar; days on which nothing would have happened are left out.
    days: Vec<DayOut>,
    /// The hour in which most would have left.
    busiest_hour: Option<HourOut>,
    /// Of those who would have come in, how many would have got none, one, two … messages; the
    /// last is for twelve and more.
    messages_each: Vec<u64>,
    /// Of those who would have got marketing, how full their noise budget was at its fullest, in
    /// tenths; the last is for full.
    budget_peaks: Vec<u64>,
    /// How alike what would have been said reads.
    alike: AlikeOut,
    /// Customers with whom it was broken off, because something changed too often.
    cut: u64,
    /// What it would have cost, at the prices in force now; null of a rehearsal from before that
    /// was counted. Text messages count by their parts, as a sample of them would have read.
    cost: Option<SideCostOut>,
}

impl SideOut {
    fn new(side: &Side, prices: &PriceList) -> Self {
        let Tally {
            people,
            runs,
            ref refused,
            ref endings,
            under_way,
            goals,
            ref steps,
            ref media,
            ref reasons,
            ref held_up,
            ref days,
            ref each,
            ref peaks,
            cut,
            ..
        } = side.tally;
        let days = days.iter().map(|(date, day)| DayOut {
            date: date.to_string(),
            entered: day.entered,
            left: day.left,
        });
        let busiest = side.tally.busiest_hour();
        Self {
            version: side.version,
            trigger: side.trigger.to_string(),
            people,
            entered: runs,
            refused: words(refused),
            endings: words(endings),
            on_the_way: under_way,
            reached_anyway: goals,
            steps: steps
                .iter()
                .map(|(id, step)| RehearsedStepOut::new(id, step))
                .collect(),
            messages: side.tally.messages().into(),
            media: media
                .iter()
                .map(|(medium, fates)| (medium.word().to_owned(), (*fates).into()))
                .collect(),
            reasons: words(reasons),
            held_up: words(held_up),
            days: days.collect(),
            busiest_hour: busiest.map(|(date, hour, left)| HourOut {
                date: date.to_string(),
                hour,
                left,
            }),
            messages_each: each.to_vec(),
            budget_peaks: peaks.to_vec(),
            alike: AlikeOut::from(&side.alike),
            cut,
            cost: SideCost::of(side, prices).map(SideCostOut::from),
        }
    }
}

fn words<K: ToString>(counts: &BTreeMap<K, u64>) -> BTreeMap<String, u64> {
    let counts = counts.iter();
    counts
        .map(|(word, count)| (word.to_string(), *count))
        .collect()
}

/// What would have become of messages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedMessages)]
pub(crate) struct FatesOut {
    /// Would have been planned.
    planned: u64,
    /// Would have left.
    left: u64,
    /// Would never have left.
    stopped: u64,
    /// Would be waiting still.
    waits: u64,
    /// Would stand until a person does something.
    asks_person: u64,
    /// The piece is no more.
    unsayable: u64,
}

impl From<Fates> for FatesOut {
    fn from(fates: Fates) -> Self {
        Self {
            planned: fates.planned,
            left: fates.left,
            stopped: fates.stopped,
            waits: fates.waits,
            asks_person: fates.asks_person,
            unsayable: fates.unsayable,
        }
    }
}

/// What would have happened at a step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedStep)]
pub(crate) struct RehearsedStepOut {
    /// Which.
    step: String,
    /// How often what: `waits`, `went`, `asked`, `sent`, `set`, `recorded` …
    happened: BTreeMap<String, u64>,
    /// How many went which way, by its place.
    ways: BTreeMap<String, u64>,
    /// What would have become of what it says.
    messages: FatesOut,
    /// How many would stand there at the end.
    standing: u64,
}

impl RehearsedStepOut {
    fn new(id: &str, step: &StepTally) -> Self {
        Self {
            step: id.to_owned(),
            happened: words(&step.happened),
            ways: words(&step.ways),
            messages: step.messages.into(),
            standing: step.standing,
        }
    }
}

/// What would have happened on a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedDay)]
pub(crate) struct DayOut {
    /// Which.
    date: String,
    /// Ways that would have begun.
    entered: u64,
    /// Messages that would have left.
    left: u64,
}

/// An hour.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedHour)]
pub(crate) struct HourOut {
    /// Of which day.
    date: String,
    /// Which, 0 to 23.
    hour: u8,
    /// Messages that would have left.
    left: u64,
}

/// How alike what would have been said to a sample reads, 0–100: from 45 on two texts read as the
/// same.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsalAlike)]
pub(crate) struct AlikeOut {
    /// Texts that were compared.
    texts: u32,
    /// More of them could not be said: something was missing that they speak of.
    unsayable: u32,
    /// One piece as different people read it, on average.
    within: Option<f64>,
    /// Different pieces, on average.
    across: Option<f64>,
    /// Of the pairs of different pieces, the share that reads as the same, 0–1.
    same_share: Option<f64>,
    /// The two pieces that are the likest.
    #[schema(value_type = Option<Vec<String>>)]
    likest: Option<[Text<PieceId>; 2]>,
    /// How alike those two are.
    likest_score: Option<f64>,
}

impl From<&Alike> for AlikeOut {
    fn from(alike: &Alike) -> Self {
        Self {
            texts: alike.texts,
            unsayable: alike.unsayable,
            within: alike.within,
            across: alike.across,
            same_share: alike.same_share,
            likest: alike.likest.map(|it| [Text(it.one), Text(it.other)]),
            likest_score: alike.likest.map(|it| it.score),
        }
    }
}
