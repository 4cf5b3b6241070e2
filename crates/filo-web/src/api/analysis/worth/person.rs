//! How people who buy are told in the API.

use filo_app::analysis::{BuyerPeople, BuyerPerson};
use filo_core::analysis::foresight::{Foretold, rounded};
use filo_core::event::Channel;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;

/// Some who buy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerPeople)]
pub(crate) struct BuyerPeopleOut {
    /// How many there are.
    count: u64,
    /// The first of them.
    data: Vec<BuyerPersonOut>,
}

/// Somebody who buys.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerPerson)]
pub(crate) struct BuyerPersonOut {
    customer: String,
    /// Orders that stand.
    orders: u64,
    /// Purchases: what is ordered within 24 hours of the order before belongs to it.
    purchases: u64,
    revenue_cents: i64,
    /// The channel of the first order.
    #[schema(value_type = Option<String>)]
    first_channel: Option<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    last_order_at: Text<Timestamp>,
    /// The chance that they still buy here; null of who bought once, and without a model.
    still_buying: Option<f64>,
    /// Purchases expected in 30, 90 and 365 days; null without a model.
    expected: Option<[f64; 3]>,
    /// Between these lie those of 365 days, in four futures of five.
    expected_between: Option<[f64; 2]>,
    /// What a purchase is expected to bring.
    amount_cents: Option<i64>,
    /// What they are expected to bring in 365 days.
    worth_cents: Option<i64>,
    /// Between these it lies, in four futures of five.
    worth_between_cents: Option<[i64; 2]>,
    /// How late they are, where that was asked.
    silence: Option<SilenceOut>,
}

/// How late somebody is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BuyerSilence)]
pub(crate) struct SilenceOut {
    /// Whole days since the last order.
    days: i64,
    /// After how many they usually buy again; null while the rhythm is not known.
    usual_days: Option<i64>,
    late_days: Option<i64>,
    gone_days: Option<i64>,
    /// The chance that they buy within 90 days; null without a model.
    chance: Option<f64>,
    /// What they would bring in 365 days if they went on.
    at_stake_cents: Option<i64>,
}

impl BuyerPeopleOut {
    pub(in crate::api::analysis) fn new(found: &BuyerPeople) -> Self {
        Self {
            count: found.count,
            data: found.people.iter().map(BuyerPersonOut::new).collect(),
        }
    }
}

impl BuyerPersonOut {
    fn new(it: &BuyerPerson) -> Self {
        let known: &Foretold = &it.known;
        let days = |days: i64| (days > 0).then_some(days);
        Self {
            customer: known.customer.to_string(),
            orders: known.orders,
            purchases: known.purchases(),
            revenue_cents: known.revenue.0,
            first_channel: known.first_channel.map(Channel::word),
            last_order_at: Text(known.last_at),
            still_buying: known.going_on,
            expected: known.expected,
            expected_between: it.between.map(|it| it.purchases),
            amount_cents: known.amount.map(rounded),
            worth_cents: known.worth().map(rounded),
            worth_between_cents: it.between.map(|it| it.worth.map(rounded)),
            silence: it.risk.map(|risk| SilenceOut {
                days: risk.silence_days,
                usual_days: days(risk.usual_days),
                late_days: days(risk.late_days),
                gone_days: days(risk.gone_days),
                chance: risk.chance,
                at_stake_cents: risk.at_stake.map(rounded),
            }),
        }
    }
}
