//! How what messages cost is told in the API.

use std::collections::BTreeMap;

use filo_app::cost::{BroadcastCost, SideCost, SpentView};
use filo_core::cost::{Cost, Micros};
use filo_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CostAmount)]
pub(crate) struct AmountOut {
    /// Its currency, by the letters of ISO 4217.
    #[schema(example = "EUR")]
    currency: String,
    /// A decimal number of that currency, as text, so that no part of a cent is lost.
    #[schema(example = "38.5")]
    amount: String,
}

impl AmountOut {
    pub(crate) fn new((currency, amount): (Currency, Micros)) -> Self {
        Self {
            currency: currency.to_string(),
            amount: amount.to_string(),
        }
    }
}

/// What messages and tasks cost, or are expected to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cost)]
pub(crate) struct CostOut {
    /// What it comes to, by currency; empty where nothing has a price.
    total: Vec<AmountOut>,
    /// Something has no price: it is at least that much.
    is_at_least: bool,
    /// What is paid for.
    items: Vec<CostItemOut>,
}

/// What one thing costs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CostItem)]
pub(crate) struct CostItemOut {
    /// What: `email`, `sms_part`, `whatsapp_marketing`, `whatsapp_utility`,
    /// `whatsapp_authentication`, `whatsapp_words`, `telegram`, `push`, `in_app`, `call`, `visit`,
    /// `card` or `other_task`.
    #[schema(example = "sms_part")]
    item: &'static str,
    /// How much of it.
    units: u64,
    /// How much of that has no price; that is not nothing.
    units_without_price: u64,
    /// What the rest comes to.
    amounts: Vec<AmountOut>,
}

fn amounts(all: &BTreeMap<Currency, Micros>) -> Vec<AmountOut> {
    let all = all.iter();
    all.map(|(currency, amount)| AmountOut::new((*currency, *amount)))
        .collect()
}

impl From<&Cost> for CostOut {
    fn from(cost: &Cost) -> Self {
        let items = cost.lines.iter().map(|(item, line)| CostItemOut {
            item: item.word(),
            units: line.units,
            units_without_price: line.unpriced,
            amounts: amounts(&line.amounts),
        });
        Self {
            total: amounts(&cost.total()),
            is_at_least: cost.is_partial(),
            items: items.collect(),
        }
    }
}

/// What a version would have cost, at the prices in force now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedCost)]
pub(crate) struct SideCostOut {
    /// Altogether.
    #[serde(flatten)]
    whole: CostOut,
    /// By day of the company's calendar; days on which nothing is paid for are left out.
    days: Vec<DayCostOut>,
}

/// What a day would have cost.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedDayCost)]
pub(crate) struct DayCostOut {
    /// The day.
    #[schema(format = Date)]
    date: String,
    /// What that day comes to, by currency.
    total: Vec<AmountOut>,
    /// Something has no price: it is at least that much.
    is_at_least: bool,
}

impl From<SideCost> for SideCostOut {
    fn from(cost: SideCost) -> Self {
        let days = cost.days.iter().map(|(date, of_day)| DayCostOut {
            date: date.to_string(),
            total: amounts(&of_day.total()),
            is_at_least: of_day.is_partial(),
        });
        Self {
            days: days.collect(),
            whole: CostOut::from(&cost.cost),
        }
    }
}

/// What a broadcast costs at most, at the prices in force now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BroadcastCost)]
pub(crate) struct BroadcastCostOut {
    /// How many are in its segment now.
    people: u64,
    /// What it comes to if each of them gets every message of every way.
    #[serde(flatten)]
    cost: CostOut,
}

impl From<BroadcastCost> for BroadcastCostOut {
    fn from(broadcast: BroadcastCost) -> Self {
        Self {
            people: broadcast.people,
            cost: CostOut::from(&broadcast.cost),
        }
    }
}

/// What was spent: what left at the price that was in force then, and what people of the company
/// have done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Spent)]
pub(crate) struct SpentOut {
    /// On what, and how much.
    #[serde(flatten)]
    cost: CostOut,
    /// How much was kept here because no carrier is connected: that is not paid.
    kept: u64,
}

impl From<&SpentView> for SpentOut {
    fn from(view: &SpentView) -> Self {
        Self {
            cost: CostOut::from(&view.cost),
            kept: view.kept,
        }
    }
}
