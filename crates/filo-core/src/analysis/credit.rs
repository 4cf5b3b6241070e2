//! Who may take credit for orders, by seven methods side by side.
//!
//! **Invariant:** by each method the credits of all channels together are the orders; chance is
//! drawn from a seed that never changes, so the same ways are always credited alike.

use std::collections::BTreeMap;

use filo_stats::attribution::{
    self, Band, HALF_LIFE_DAYS, Order, RESAMPLES, Rule, TooFew, bootstrap, choose_order, credits,
    pool,
};
use filo_stats::paths::{Path, Paths};
use filo_stats::random::Random;

use crate::event::Channel;
use crate::money::Cents;

const SEED: u64 = 0x0f11_0f11;

/// A way of giving credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// All to the first touch.
    First,
    /// All to the last one.
    Last,
    /// To all alike.
    Linear,
    /// Half as much for each week before the order.
    Decay,
    /// 40 % to the first, 40 % to the last, the rest between them.
    Position,
    /// By what the ways would lose without the channel: the chain of Markov.
    Markov,
    /// By what it adds to the others, whoever is there before.
    Shapley,
}

/// The methods, in the order of the columns.
pub const METHODS: [Method; 7] = [
    Method::First,
    Method::Last,
    Method::Linear,
    Method::Decay,
    Method::Position,
    Method::Markov,
    Method::Shapley,
];

impl Method {
    /// The word in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Linear => "linear",
            Self::Decay => "decay",
            Self::Position => "position",
            Self::Markov => "markov",
            Self::Shapley => "shapley",
        }
    }
}

/// Who is credited with how many of the orders.
#[derive(Debug, Clone)]
pub struct Credits {
    /// Orders that are shared out.
    pub orders: u64,
    /// So many touches back the chain looks.
    pub markov_order: usize,
    /// The channels, the one that the chain credits most first.
    pub channels: Vec<Credited>,
}

/// What a channel is credited with.
#[derive(Debug, Clone)]
pub struct Credited {
    /// The channel; nothing for all together that are too small to stand alone.
    pub channel: Option<Channel>,
    /// Orders by each of [`METHODS`]; nothing where a method has no answer.
    pub orders: [Option<f64>; METHODS.len()],
    /// By the chain: 95 of 100 times the credit lies between.
    pub between: Option<(f64, f64)>,
    /// The part of the revenue by the chain.
    pub revenue: Option<Cents>,
}

impl Credits {
    /// Shares the orders out; channels that are too small to stand alone are one.
    pub(super) fn of(paths: &Paths) -> Result<Self, TooFew> {
        let pooled = pool(paths)?;
        let others = pooled.others();
        let paths = pooled.paths;
        // Paths that were sound are so when they are counted.
        let counted = counted(&paths).unwrap_or_else(|| paths.clone());
        let mut random = Random::seeded(SEED);
        let choice = choose_order(&counted, &mut random);
        let order = choice.map_or(Order::One, |choice| choice.order);
        let chain = attribution::Method::Markov(order);
        let bands: Option<Vec<Band>> = bootstrap(&counted, chain, RESAMPLES, &mut random);
        let rules = [
            Rule::First,
            Rule::Last,
            Rule::Linear,
            Rule::Decay {
                half_life: HALF_LIFE_DAYS,
            },
            Rule::Position,
        ];
        let [first, last, linear, decay, position] =
            rules.map(|rule| credits(&paths, attribution::Method::Rule(rule)));
        let columns = [
            first,
            last,
            linear,
            decay,
            position,
            bands
                .as_ref()
                .map(|all| all.iter().map(|it| it.credit).collect()),
            credits(&counted, attribution::Method::Shapley),
        ];
        let touches = |place: usize| {
            let mut rows = counted.rows().iter();
            rows.any(|row| row.touches.iter().any(|it| usize::from(*it) == place))
        };
        let credited = |place: usize| {
            let band = bands.as_ref().and_then(|all| all.get(place));
            Credited {
                channel: (place != others).then(|| Channel::ALL[place]),
                orders: std::array::from_fn(|method| {
                    let column = columns[method].as_ref()?;
                    column.get(place).map(|it| it.conversions)
                }),
                between: band.map(|it| (it.conversions.low, it.conversions.high)),
                revenue: band.map(|it| whole(it.credit.value)),
            }
        };
        let mut channels: Vec<Credited> = (0..=others)
            .filter(|it| touches(*it))
            .map(credited)
            .collect();
        let by_chain = |it: &Credited| it.orders[5].or(it.orders[1]).unwrap_or(0.0);
        channels.sort_by(|one, other| by_chain(other).total_cmp(&by_chain(one)));
        Ok(Credits {
            orders: counted.conversions() as u64,
            markov_order: order.touches(),
            channels,
        })
    }
}

/// The same paths with equal ones counted, which is all that models look at.
fn counted(paths: &Paths) -> Option<Paths> {
    let mut found: BTreeMap<&[u16], Path> = BTreeMap::new();
    for row in paths.rows() {
        let known = found.entry(&row.touches).or_insert_with(|| Path {
            touches: row.touches.clone(),
            conversions: 0,
            value: 0.0,
            nulls: 0,
            ages: None,
        });
        known.conversions += row.conversions;
        known.value += row.value;
        known.nulls += row.nulls;
    }
    Paths::new(paths.channels(), found.into_values().collect())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of what was cents before"
)]
fn whole(value: f64) -> Cents {
    Cents(value.round() as i64)
}
