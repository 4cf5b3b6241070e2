//! How the effect of journeys and experiments is told in the API.

use filo_app::impact::{ExperimentView, ImpactView, Measured};
use filo_core::id::{CustomerId, RunId};
use filo_core::impact::{Between, Effect, Figures, MoneyBetween, MoneyEffect, Person, Verdict};
use filo_core::segment::Span;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::answer::Text;
use super::impact_cost_out::JourneyCostOut;
use super::learning_out::LearningOut;
use crate::i18n::{Language, Words};
use crate::sentence::impact::headline;

/// What a journey changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyImpact)]
pub(crate) struct ImpactOut {
    /// The version that was asked for; null for all that can be compared with the newest.
    version: Option<i64>,
    /// Of a hundred who came in, so many were to be held back.
    holdout_percent: u8,
    /// What it changed, in a sentence.
    sentence: ImpactSentenceOut,
    /// What it cost.
    cost: JourneyCostOut,
    /// What was measured: group 0 are those held back, group 1 the others.
    #[serde(flatten)]
    measured: MeasuredOut,
}

/// What a journey changed, in a sentence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactSentence)]
pub(crate) struct ImpactSentenceOut {
    /// In English.
    en: String,
    /// In Italian.
    it: String,
}

impl From<ImpactView> for ImpactOut {
    fn from(view: ImpactView) -> Self {
        let say = |language| headline(Words::of(language), &view);
        Self {
            version: view.version,
            holdout_percent: view.holdout_percent,
            sentence: ImpactSentenceOut {
                en: say(Language::English),
                it: say(Language::Italian),
            },
            cost: JourneyCostOut::from(&view),
            measured: (&view.measured).into(),
        }
    }
}

/// What came of an experiment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyExperiment)]
pub(crate) struct ExperimentOut {
    /// The step that splits.
    step: String,
    /// In what its ways differ: `subject`, `content`, `channel`, `time` or `path`.
    about: &'static str,
    /// The ways, in order: the others are compared with the first.
    ways: Vec<WayOut>,
    /// How its shares learn; null where they stay as they are. Where they learn, `effects` weigh
    /// each person by the shares that were in force when they came, and `money` is empty.
    learning: Option<LearningOut>,
    /// What was measured: a group for each way.
    #[serde(flatten)]
    measured: MeasuredOut,
}

/// A way of an experiment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentWay)]
pub(crate) struct WayOut {
    /// What it is called.
    name: String,
    /// Of a hundred, so many go it; with shares that learn, so many went it in the beginning.
    share: u8,
}

impl From<ExperimentView> for ExperimentOut {
    fn from(view: ExperimentView) -> Self {
        let ways = view.ways.iter().map(|way| WayOut {
            name: way.name.clone(),
            share: way.share,
        });
        Self {
            step: view.step.0.to_string(),
            about: view.about.word(),
            ways: ways.collect(),
            learning: view.learning.as_ref().map(Into::into),
            measured: (&view.measured).into(),
        }
    }
}

/// What was measured.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactMeasured)]
pub(crate) struct MeasuredOut {
    /// What the goal is called; null if there is none.
    goal: Option<String>,
    /// How long after somebody came in it counts what they do.
    #[schema(value_type = String, example = "30 days")]
    window: Span,
    /// The groups.
    groups: Vec<GroupOut>,
    /// How often something was done, each group against the first. Empty while one of the groups
    /// has nobody who counts.
    effects: Vec<EffectOut>,
    /// What was spent, each group against the first, by currency.
    money: Vec<MoneyEffectOut>,
    /// The groups are not as large as they were meant to be, and not by chance: do not trust the
    /// rest.
    is_mismatched: bool,
    /// When the first who came in have had their time; null once somebody has.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_at: Option<Text<Timestamp>>,
    /// How many are left out, who came in first by versions with another goal or other shares.
    left_out: usize,
    /// There were more than are looked at: the last ones are left out.
    is_cut: bool,
    /// When it was measured.
    #[schema(value_type = String, format = DateTime)]
    measured_at: Text<Timestamp>,
}

impl From<&Measured> for MeasuredOut {
    fn from(measured: &Measured) -> Self {
        let impact = &measured.impact;
        Self {
            goal: measured.goal.clone(),
            window: measured.window,
            groups: impact.groups.iter().map(Into::into).collect(),
            effects: impact.effects.iter().map(Into::into).collect(),
            money: impact.money.iter().map(Into::into).collect(),
            is_mismatched: impact.is_mismatched,
            first_at: impact.first_at.map(Text),
            left_out: measured.left_out,
            is_cut: measured.is_cut,
            measured_at: Text(measured.at),
        }
    }
}

/// How many of a group did what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactGroup)]
pub(crate) struct GroupOut {
    /// Came in.
    entered: usize,
    /// Of these: still have time, and do not count yet.
    open: usize,
    /// Of these: have had their time.
    counted: usize,
    /// Of those who count: reached the goal.
    reached: usize,
    /// Of those who count: bought.
    bought: usize,
    /// What those who count spent, without what went back.
    revenue: Vec<RevenueOut>,
}

/// An amount.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactRevenue)]
pub(crate) struct RevenueOut {
    /// In which currency.
    currency: String,
    /// How much, in minor units.
    revenue_cents: i64,
}

impl From<&Figures> for GroupOut {
    fn from(figures: &Figures) -> Self {
        Self {
            entered: figures.entered,
            open: figures.open,
            counted: figures.counted,
            reached: figures.reached,
            bought: figures.bought,
            revenue: revenue(&figures.revenue),
        }
    }
}

type Sums = std::collections::BTreeMap<filo_core::money::Currency, filo_core::money::Cents>;

fn revenue(sums: &Sums) -> Vec<RevenueOut> {
    let sums = sums.iter().map(|(currency, sum)| RevenueOut {
        currency: currency.to_string(),
        revenue_cents: sum.0,
    });
    sums.collect()
}

/// A number with the ends between which it lies, at whatever moment one looks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactBetween)]
pub(crate) struct BetweenOut {
    /// What was seen.
    value: f64,
    /// The lower end.
    low: f64,
    /// The upper end.
    high: f64,
}

impl From<Between> for BetweenOut {
    fn from(between: Between) -> Self {
        Self {
            value: between.value,
            low: between.low,
            high: between.high,
        }
    }
}

/// How much more often a group did something than the first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactEffect)]
pub(crate) struct EffectOut {
    /// `goal` or `purchase`.
    outcome: &'static str,
    /// The place of the group.
    group: usize,
    /// `more`, `less`, or `unclear` while it can be chance.
    verdict: &'static str,
    /// The difference of the shares: 0.02 are two points.
    points: BetweenOut,
    /// The difference in parts of the first group’s share; null where too few of it did it.
    relative: Option<BetweenOut>,
    /// How many people of the group did it because of it.
    people: BetweenOut,
    /// While it is unclear: a smaller rise than this could not be seen yet, as a share; null where
    /// not even the greatest could.
    least_visible: Option<f64>,
    /// The interval of the points for who looks once only, at a number of people settled before;
    /// null with shares that learn, where none holds.
    at_one_look: Option<(f64, f64)>,
}

impl From<&Effect> for EffectOut {
    fn from(effect: &Effect) -> Self {
        Self {
            outcome: effect.outcome.word(),
            group: effect.group,
            verdict: effect.verdict.word(),
            points: effect.points.into(),
            relative: effect.relative.map(Into::into),
            people: effect.people.into(),
            least_visible: match effect.verdict {
                Verdict::Unclear(least) => least,
                Verdict::More | Verdict::Less => None,
            },
            at_one_look: effect.at_one_look,
        }
    }
}

/// An amount with the ends between which it lies, in minor units.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactMoneyBetween)]
pub(crate) struct MoneyBetweenOut {
    /// What was seen.
    value_cents: i64,
    /// The lower end.
    low_cents: i64,
    /// The upper end.
    high_cents: i64,
}

impl From<MoneyBetween> for MoneyBetweenOut {
    fn from(between: MoneyBetween) -> Self {
        Self {
            value_cents: between.value.0,
            low_cents: between.low.0,
            high_cents: between.high.0,
        }
    }
}

/// How much more a group spent than the first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactMoneyEffect)]
pub(crate) struct MoneyEffectOut {
    /// In which currency.
    currency: String,
    /// The place of the group.
    group: usize,
    /// `more`, `less`, or `unclear` while it can be chance, or single orders decide.
    verdict: &'static str,
    /// By person.
    each: MoneyBetweenOut,
    /// By all people of the group who count.
    all: MoneyBetweenOut,
    /// The part of the variance that is gone because what people had spent in as long a time
    /// before is taken off (CUPED); null where nothing is.
    variance_reduction: Option<f64>,
}

impl From<&MoneyEffect> for MoneyEffectOut {
    fn from(effect: &MoneyEffect) -> Self {
        Self {
            currency: effect.currency.to_string(),
            group: effect.group,
            verdict: effect.verdict.word(),
            each: effect.each.into(),
            all: effect.all.into(),
            variance_reduction: effect.reduction,
        }
    }
}

/// Somebody behind a figure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactPerson)]
pub(crate) struct PersonOut {
    /// Their first run.
    #[schema(value_type = String, example = "run_0123456789abcdefghjkmnpqrs")]
    run: Text<RunId>,
    /// Who.
    #[schema(value_type = String, example = "cus_0123456789abcdefghjkmnpqrs")]
    customer: Text<CustomerId>,
    /// When they came in, or came to the split.
    #[schema(value_type = String, format = DateTime)]
    since: Text<Timestamp>,
    /// Until when it counts what they do.
    #[schema(value_type = String, format = DateTime)]
    until: Text<Timestamp>,
    /// When they reached the goal in that time.
    #[schema(value_type = Option<String>, format = DateTime)]
    reached_at: Option<Text<Timestamp>>,
    /// Orders placed in that time and not called off.
    order_count: usize,
    /// What these were worth, without what went back.
    revenue: Vec<RevenueOut>,
}

impl From<&Person> for PersonOut {
    fn from(person: &Person) -> Self {
        Self {
            run: Text(person.run),
            customer: Text(person.customer),
            since: Text(person.since),
            until: Text(person.until),
            reached_at: person.done.reached_at.map(Text),
            order_count: person.done.order_count,
            revenue: revenue(&person.done.revenue),
        }
    }
}
