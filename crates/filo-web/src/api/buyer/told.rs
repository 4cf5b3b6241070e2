//! How buyers are told in the API.

use filo_app::{BuyersView, Buying};
use filo_core::buyer::{Cuts, Group, Lack, Limits, Measure, Moves, Scores, Stage, Tally};
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;

/// Buyers, as they were measured last.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Buyers)]
pub(crate) struct BuyersOut {
    /// How many have bought by now.
    buyers_now: u64,
    /// When they are measured again by themselves.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Text<Timestamp>>,
    /// What was found; null before the first time.
    measure: Option<MeasureOut>,
}

/// What was found at an instant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerMeasure)]
pub(crate) struct MeasureOut {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    measured_at: Text<Timestamp>,
    /// What amounts are in.
    #[schema(example = "EUR")]
    currency: String,
    /// How many customers there were.
    customers: u64,
    /// How many of them had bought.
    buyers: u64,
    /// Where scores begin; null while there are too few buyers.
    cuts: Option<CutsOut>,
    /// The limits of silence; null while too few have come again.
    limits: Option<LimitsOut>,
    /// What there is too little of for limits.
    lacks: Vec<LackOut>,
    /// Every group, the best first.
    groups: Vec<TallyOut>,
    /// Every stage that somebody is in.
    stages: Vec<TallyOut>,
    /// The pairs of scores that somebody has.
    cells: Vec<CellOut>,
    /// Who was in which group 30, 90 and 365 days before, where there were buyers enough.
    moves: Vec<MovesOut>,
}

/// Where the scores 5, 4, 3 and 2 begin, in this order; null where nobody has one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerCuts)]
pub(crate) struct CutsOut {
    /// The most whole days since the last order.
    recency_days: [Option<i64>; 4],
    /// The fewest orders.
    orders: [Option<i64>; 4],
    /// Orders go by fixed steps, because fifths would leave a score to nobody.
    orders_by_ladder: bool,
    /// The least revenue, in minor units.
    revenue_cents: [Option<i64>; 4],
}

/// After how many whole days without an order what is said of somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerLimits)]
pub(crate) struct LimitsOut {
    /// Half of those who come again have done so.
    usual_days: i64,
    /// Four of five have: from then on one is at risk, unless their own pace is slower.
    late_days: i64,
    /// Nineteen of twenty have: from then on one is lost, unless their own pace is slower.
    gone_days: i64,
    /// How many of a thousand gaps never end, as far as can be seen.
    never_thousandths: i64,
    /// From how many gaps it was learned.
    gap_count: i64,
}

/// What there is too little of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerLack)]
pub(crate) struct LackOut {
    /// `buyers`, `repeating` or `days`.
    of: &'static str,
    /// How much there is.
    have: i64,
    /// How much it takes.
    least: i64,
}

/// How many are in a group or stage, and what they brought.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerTally)]
pub(crate) struct TallyOut {
    /// The word of the group or stage, as conditions have it.
    #[schema(example = "champions")]
    word: &'static str,
    /// How many people.
    people: u64,
    /// Their orders in the company's currency.
    orders: u64,
    /// What those brought less what went back, in minor units.
    revenue_cents: i64,
}

/// How many have a pair of scores.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerCell)]
pub(crate) struct CellOut {
    /// How recently, from 1 to 5.
    recency: u8,
    /// How often, from 1 to 5.
    frequency: u8,
    /// How many people.
    people: u64,
}

/// Who was in which group some days before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerMoves)]
pub(crate) struct MovesOut {
    /// How many days before.
    days: u16,
    /// Everybody who has bought, once.
    moved: Vec<MoveOut>,
}

/// How many went from one group to another, or stayed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerMove)]
pub(crate) struct MoveOut {
    /// The group of then; null of those who had not bought.
    from: Option<&'static str>,
    /// The group of now.
    to: &'static str,
    /// How many people.
    people: u64,
}

/// What was found on a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerDay)]
pub(crate) struct BuyerDayOut {
    /// By the company's clock.
    #[schema(example = "2026-01-31")]
    day: String,
    /// What was found.
    measure: MeasureOut,
}

/// Where somebody stands among those who buy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Buying)]
pub(crate) struct BuyingOut {
    /// How many orders.
    orders: i64,
    /// Whole days since the last one; null of who has never bought.
    recency_days: Option<i64>,
    /// What they brought less what went back, in minor units.
    revenue_cents: i64,
    /// What that is in.
    #[schema(example = "EUR")]
    currency: String,
    /// The last order.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Text<Timestamp>>,
    /// Their scores; null of who has never bought, and while there are none of anybody.
    scores: Option<ScoresOut>,
    /// The group that the scores make.
    #[schema(example = "champions")]
    group: Option<&'static str>,
    /// Where they are; null while there are no limits.
    #[schema(example = "active")]
    stage: Option<&'static str>,
    /// After how many days without an order they are at risk, by their own pace where that gives
    /// more time than the limits of all; null while there are none.
    late_days: Option<i64>,
    /// After how many they are lost.
    gone_days: Option<i64>,
    /// When the stage is another one without an order; null for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    stage_changes_at: Option<Text<Timestamp>>,
}

/// Scores from 1 to 5.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerScores)]
pub(crate) struct ScoresOut {
    /// How recently.
    recency: u8,
    /// How often.
    frequency: u8,
    /// For how much.
    monetary: u8,
}

impl BuyersOut {
    pub(in crate::api) fn new(view: &BuyersView) -> Self {
        Self {
            buyers_now: view.buyers_now,
            next_at: view.next_at.map(Text),
            measure: view.measure.as_ref().map(MeasureOut::new),
        }
    }
}

impl MeasureOut {
    fn new(measure: &Measure) -> Self {
        let groups = measure.groups().into_iter();
        let stages = measure.stages.iter();
        let cells = measure.cells.iter().map(|cell| CellOut {
            recency: cell.recency,
            frequency: cell.frequency,
            people: cell.tally.people,
        });
        Self {
            measured_at: Text(measure.at),
            currency: measure.currency.code().to_owned(),
            customers: measure.customers,
            buyers: measure.buyers,
            cuts: measure.yardstick.cuts.as_ref().map(CutsOut::new),
            limits: measure.yardstick.limits.map(LimitsOut::new),
            lacks: measure.lacks.iter().map(LackOut::new).collect(),
            groups: groups
                .map(|(it, tally)| TallyOut::new(it.word(), tally))
                .collect(),
            stages: stages
                .map(|(it, tally)| TallyOut::new(it.word(), *tally))
                .collect(),
            cells: cells.collect(),
            moves: measure.moves.iter().map(MovesOut::new).collect(),
        }
    }
}

impl CutsOut {
    const fn new(cuts: &Cuts) -> Self {
        Self {
            recency_days: cuts.recency_days,
            orders: cuts.orders,
            orders_by_ladder: cuts.is_ladder,
            revenue_cents: cuts.revenue_cents,
        }
    }
}

impl LimitsOut {
    const fn new(limits: Limits) -> Self {
        Self {
            usual_days: limits.usual_days,
            late_days: limits.late_days,
            gone_days: limits.gone_days,
            never_thousandths: limits.never_thousandths,
            gap_count: limits.gap_count,
        }
    }
}

impl LackOut {
    pub(in crate::api) const fn new(lack: &Lack) -> Self {
        Self {
            of: lack.of.word(),
            have: lack.have,
            least: lack.least,
        }
    }
}

impl TallyOut {
    const fn new(word: &'static str, tally: Tally) -> Self {
        Self {
            word,
            people: tally.people,
            orders: tally.orders,
            revenue_cents: tally.revenue.0,
        }
    }
}

impl MovesOut {
    fn new(moves: &Moves) -> Self {
        let moved = moves.moved.iter().map(|one| MoveOut {
            from: one.from.map(Group::word),
            to: one.to.word(),
            people: one.people,
        });
        Self {
            days: moves.days,
            moved: moved.collect(),
        }
    }
}

impl BuyerDayOut {
    pub(in crate::api) fn new(day: i64, measure: &Measure) -> Self {
        let date = Date::constant(1970, 1, 1).checked_add(day.days());
        Self {
            day: date.map_or_else(|_beyond| day.to_string(), |date| date.to_string()),
            measure: MeasureOut::new(measure),
        }
    }
}

impl BuyingOut {
    pub(in crate::api) fn new(buying: &Buying) -> Self {
        let figures = buying.figures.as_ref();
        Self {
            orders: figures.map_or(0, |it| it.orders),
            recency_days: figures.map(|it| it.recency_days),
            revenue_cents: figures.map_or(0, |it| it.revenue.0),
            currency: buying.currency.code().to_owned(),
            last_at: buying.last_at.map(Text),
            scores: buying.scores.map(ScoresOut::new),
            group: buying.scores.map(|it| it.group().word()),
            stage: buying.stage.map(Stage::word),
            late_days: buying.limits.map(|it| it.late_days),
            gone_days: buying.limits.map(|it| it.gone_days),
            stage_changes_at: buying.stage_changes_at.map(Text),
        }
    }
}

impl ScoresOut {
    const fn new(scores: Scores) -> Self {
        Self {
            recency: scores.recency,
            frequency: scores.frequency,
            monetary: scores.monetary,
        }
    }
}
