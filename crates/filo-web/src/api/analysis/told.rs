//! How ways to an order are told in the API.

use filo_app::analysis::{WayPeople, WayPerson};
use filo_core::analysis::{Credited, Credits, METHODS, Quartiles, Sequence, Touched, Ways};
use filo_core::event::Channel;
use filo_core::money::Cents;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;

/// The ways on which customers came to buy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ways)]
pub(crate) struct WaysOut {
    /// What amounts are in; an order in another currency counts, and brings nothing.
    #[schema(example = "EUR")]
    currency: String,
    /// Customers, visitors among them, with a way.
    customers: u64,
    /// Ways that ended with an order.
    orders: u64,
    /// Of these, those before which no touchpoint is known.
    untouched: u64,
    /// Ways without an order so far.
    open: u64,
    /// What the orders brought, less what went back, in cents.
    revenue_cents: i64,
    /// Touchpoints before an order; null without any.
    touches: Option<QuartilesOut>,
    /// Days from the first of them to the order.
    days: Option<QuartilesOut>,
    /// How long it takes to a first order.
    first_order: FirstOrderOut,
    /// The sequences of channels that ended with an order most often, 12 at most.
    sequences: Vec<SequenceOut>,
    /// Every channel that was touched.
    channels: Vec<ChannelOut>,
    /// Who may take credit; null where there are too few orders.
    credits: Option<CreditsOut>,
    /// So many orders with known touchpoints it takes for credits.
    credits_need: Option<u64>,
}

/// A quarter of all lies below the first, half below the second, three quarters below the third.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quartiles)]
pub(crate) struct QuartilesOut {
    lower: f64,
    median: f64,
    upper: f64,
}

/// From the first visit to the first order, by Kaplan and Meier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FirstOrder)]
pub(crate) struct FirstOrderOut {
    /// Customers of whom the first visit is known to come before any order.
    customers: u64,
    /// Of these, those who ordered.
    ordered: u64,
    /// After so many days half of those have ordered who ever do.
    median_days: Option<f64>,
    /// The share that ordered within 30 days: itself and its interval of 95 %.
    within_30_days: Option<ShareOut>,
    /// The same within 90 days.
    within_90_days: Option<ShareOut>,
}

/// A share of 1, and its interval of 95 %.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShareBetween)]
pub(crate) struct ShareOut {
    share: f64,
    low: f64,
    high: f64,
}

/// Ways over the same channels in the same order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WaySequence)]
pub(crate) struct SequenceOut {
    /// The channels; the same one again and again is once.
    #[schema(value_type = Vec<String>)]
    channels: Vec<&'static str>,
    /// Ways that ended with an order.
    orders: u64,
    /// Ways without one, so far.
    open: u64,
    /// What the orders brought, in cents.
    revenue_cents: i64,
}

/// A channel, and how ways end that touch it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WayChannel)]
pub(crate) struct ChannelOut {
    #[schema(value_type = String, example = "web")]
    channel: &'static str,
    /// Ways that touch it.
    ways: u64,
    /// Of these, those that ended with an order.
    orders: u64,
    /// By how much the share of orders is larger than on ways that do not touch it, with its
    /// interval of 95 %; null where fewer than 30 orders came over it.
    difference: Option<ShareOut>,
}

/// Who is credited with how many of the orders.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WayCredits)]
pub(crate) struct CreditsOut {
    /// Orders that are shared out.
    orders: u64,
    /// So many touchpoints back the chain looks.
    markov_order: usize,
    /// The channels, the one that the chain credits most first.
    channels: Vec<CreditedOut>,
}

/// What a channel is credited with, in orders, by each method.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WayCredited)]
pub(crate) struct CreditedOut {
    /// Null for all that are too small to stand alone.
    #[schema(value_type = Option<String>, example = "web")]
    channel: Option<&'static str>,
    /// All to the first touchpoint.
    first: Option<f64>,
    /// All to the last.
    last: Option<f64>,
    /// To all alike.
    linear: Option<f64>,
    /// Half as much for each week before the order.
    decay: Option<f64>,
    /// 40 % to the first, 40 % to the last.
    position: Option<f64>,
    /// By what would be lost without it.
    markov: Option<f64>,
    /// The interval of 95 % of `markov`.
    markov_between: Option<[f64; 2]>,
    /// By what it adds to the others.
    shapley: Option<f64>,
    /// The part of the revenue by the chain, in cents.
    revenue_cents: Option<i64>,
}

/// Whose some ways are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WayPeople)]
pub(crate) struct WayPeopleOut {
    /// How many ways there are.
    count: u64,
    /// The first of them.
    data: Vec<WayPersonOut>,
}

/// A way of somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WayPerson)]
pub(crate) struct WayPersonOut {
    customer: String,
    /// When they ordered; null of an open way.
    #[schema(value_type = Option<String>, format = DateTime)]
    ordered_at: Option<Text<Timestamp>>,
    /// What it brought, in cents.
    revenue_cents: Option<i64>,
}

impl WaysOut {
    pub(in crate::api) fn new(ways: &Ways) -> Self {
        let first = &ways.first_order;
        Self {
            currency: ways.currency.to_string(),
            customers: ways.customers,
            orders: ways.orders,
            untouched: ways.untouched,
            open: ways.open,
            revenue_cents: ways.revenue.0,
            touches: ways.touches.map(QuartilesOut::new),
            days: ways.days.map(QuartilesOut::new),
            first_order: FirstOrderOut {
                customers: first.customers,
                ordered: first.ordered,
                median_days: first.median_days,
                within_30_days: first.within_30.map(ShareOut::new),
                within_90_days: first.within_90.map(ShareOut::new),
            },
            sequences: ways.sequences.iter().map(SequenceOut::new).collect(),
            channels: ways.touched.iter().map(ChannelOut::new).collect(),
            credits: ways.credits.as_ref().ok().map(CreditsOut::new),
            credits_need: ways.credits.as_ref().err().map(|few| few.least as u64),
        }
    }
}

impl QuartilesOut {
    const fn new([lower, median, upper]: Quartiles) -> Self {
        Self {
            lower,
            median,
            upper,
        }
    }
}

impl ShareOut {
    pub(super) const fn new([share, low, high]: [f64; 3]) -> Self {
        Self { share, low, high }
    }
}

impl SequenceOut {
    fn new(it: &Sequence) -> Self {
        Self {
            channels: it.touches.iter().map(|it| it.word()).collect(),
            orders: it.orders,
            open: it.open,
            revenue_cents: it.revenue.0,
        }
    }
}

impl ChannelOut {
    fn new(it: &Touched) -> Self {
        let difference = it.moment.as_ref();
        Self {
            channel: it.channel.word(),
            ways: it.ways,
            orders: it.orders,
            difference: difference.map(|it| ShareOut {
                share: it.difference,
                low: it.interval.low,
                high: it.interval.high,
            }),
        }
    }
}

impl CreditsOut {
    fn new(it: &Credits) -> Self {
        Self {
            orders: it.orders,
            markov_order: it.markov_order,
            channels: it.channels.iter().map(CreditedOut::new).collect(),
        }
    }
}

impl CreditedOut {
    fn new(it: &Credited) -> Self {
        let [first, last, linear, decay, position, markov, shapley] = it.orders;
        const { assert!(METHODS.len() == 7, "each method has its field") };
        Self {
            channel: it.channel.map(Channel::word),
            first,
            last,
            linear,
            decay,
            position,
            markov,
            markov_between: it.between.map(|(low, high)| [low, high]),
            shapley,
            revenue_cents: it.revenue.map(|it| it.0),
        }
    }
}

impl WayPeopleOut {
    pub(in crate::api) fn new(found: &WayPeople) -> Self {
        let person = |it: &WayPerson| WayPersonOut {
            customer: it.customer.to_string(),
            ordered_at: it.ordered_at.map(Text),
            revenue_cents: it.revenue.map(|Cents(cents)| cents),
        };
        Self {
            count: found.count,
            data: found.people.iter().map(person).collect(),
        }
    }
}
