//! How what a journey cost is told in the API.

use filo_app::impact::ImpactView;
use filo_core::cost::{PerGoal, PerMore};
use filo_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::message::cost_out::{AmountOut, SpentOut};

/// What a journey cost.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyCost)]
pub(crate) struct JourneyCostOut {
    /// What was spent by the versions that are looked at, on everybody who went it, also on those
    /// whose time is not over.
    spent: SpentOut,
    /// What each goal cost that was reached, or where there is no goal, each of those who bought.
    /// Null where none was, nothing has a price, or it is of several currencies.
    per_goal: Option<PerGoalOut>,
    /// What each goal cost that would not have been reached without the journey. Null where nobody
    /// is compared, nothing has a price, or it is of several currencies.
    per_incremental_goal: Option<PerMoreOut>,
}

/// What each goal cost.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CostPerGoal)]
pub(crate) struct PerGoalOut {
    /// How many there were.
    goals: u64,
    /// What each cost.
    each: AmountOut,
    /// There are so few that one more or less changes it by a tenth and more.
    is_few: bool,
}

impl PerGoalOut {
    fn new((currency, it): (Currency, PerGoal)) -> Self {
        Self {
            goals: it.goals,
            each: AmountOut::new((currency, it.each)),
            is_few: it.is_few(),
        }
    }
}

/// What each goal more cost.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CostPerIncrementalGoal)]
pub(crate) struct PerMoreOut {
    /// `between`: it lies between `least` and `most`. `at_least`: the effect may be nothing, so
    /// only `least` can be said. `none_more`: nothing speaks for a goal more.
    #[schema(example = "at_least")]
    verdict: &'static str,
    /// By the effect that was seen; null unless it lies between two ends.
    each: Option<AmountOut>,
    /// If the effect is as large as it can be; null where nothing speaks for a goal more.
    least: Option<AmountOut>,
    /// If it is as small as it can be; null unless it lies between two ends.
    most: Option<AmountOut>,
}

impl PerMoreOut {
    fn new((currency, it): (Currency, PerMore)) -> Self {
        let amount = |amount| Some(AmountOut::new((currency, amount)));
        let (verdict, each, least, most) = match it {
            PerMore::Between { each, least, most } => {
                ("between", amount(each), amount(least), amount(most))
            }
            PerMore::AtLeast(least) => ("at_least", None, amount(least), None),
            PerMore::NoneMore => ("none_more", None, None, None),
        };
        Self {
            verdict,
            each,
            least,
            most,
        }
    }
}

impl From<&ImpactView> for JourneyCostOut {
    fn from(view: &ImpactView) -> Self {
        Self {
            spent: SpentOut::from(&view.spent),
            per_goal: view.per_goal().map(PerGoalOut::new),
            per_incremental_goal: view.per_more().map(PerMoreOut::new),
        }
    }
}
