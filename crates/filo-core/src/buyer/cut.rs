//! Scores from 1 to 5 for how recently, how often and for how much somebody buys: the fifths of
//! the company's own buyers, kept as the values at which each score begins.
//!
//! Recency, frequency and monetary value in fifths: Hughes, "Strategic Database Marketing",
//! Probus 1994. Equal values share their middle rank ([`filo_stats::quintile::by_rank`]).
//!
//! **Invariant:** whoever was among the buyers from whom the cuts were taken has by them the very
//! score of their rank; equal values have equal scores, and a better one never has a lower one.

use filo_stats::quintile::{Better, by_rank};
use serde::{Deserialize, Serialize};

use super::purchase::Bought;
use crate::money::Cents;

/// With fewer buyers a fifth is a handful of people.
pub const BUYERS_LEAST: usize = 50;
/// The best score.
pub const SCORE_MOST: u8 = 5;
/// Scores that one has to reach; whoever reaches none has 1.
const REACHED: [u8; 4] = [5, 4, 3, 2];
/// Numbers of orders from which on one has 5, 4, 3 and 2 where fifths leave a score to nobody.
const LADDER: [Option<i64>; 4] = [Some(10), Some(5), Some(3), Some(2)];

/// What of a buyer is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Whole days since the last order.
    pub recency_days: i64,
    /// How many orders.
    pub orders: i64,
    /// What they brought.
    pub revenue: Cents,
}

/// The scores of a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// How recently.
    pub recency: u8,
    /// How often.
    pub frequency: u8,
    /// For how much.
    pub monetary: u8,
}

/// Where the scores 5, 4, 3 and 2 begin, in this order; a score that nobody had when the cuts
/// were taken is nobody's until they are taken again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cuts {
    /// The most days since the last order.
    pub recency_days: [Option<i64>; 4],
    /// The fewest orders.
    pub orders: [Option<i64>; 4],
    /// The least revenue, in minor units of the company's currency.
    pub revenue_cents: [Option<i64>; 4],
    /// So many buy only a few times that fifths would leave a score of frequency to nobody: a
    /// fixed ladder stands in their place.
    pub is_ladder: bool,
}

impl Figures {
    /// Of somebody who has bought.
    #[must_use]
    pub fn of(bought: Bought<'_>) -> Option<Self> {
        Some(Self {
            recency_days: bought.silence_days()?,
            orders: i64::try_from(bought.count()).unwrap_or(i64::MAX),
            revenue: bought.revenue(),
        })
    }
}

impl Cuts {
    /// The cuts of all buyers; nothing where they are too few.
    #[must_use]
    pub fn learn(buyers: &[Figures]) -> Option<Self> {
        if buyers.len() < BUYERS_LEAST {
            return None;
        }
        let column = |of: fn(&Figures) -> i64| -> Vec<i64> { buyers.iter().map(of).collect() };
        let orders = column(|it| it.orders);
        let by_orders = scores(&orders, Better::Larger)?;
        let is_ladder = (1..=SCORE_MOST).any(|score| !by_orders.contains(&score));
        Some(Self {
            recency_days: cuts(&column(|it| it.recency_days), Better::Smaller)?,
            orders: match is_ladder {
                true => LADDER,
                false => cuts(&orders, Better::Larger)?,
            },
            revenue_cents: cuts(&column(|it| it.revenue.0), Better::Larger)?,
            is_ladder,
        })
    }

    /// The scores of a buyer.
    #[must_use]
    pub fn scores(&self, figures: &Figures) -> Scores {
        Scores {
            recency: reached(&self.recency_days, |most| figures.recency_days <= most),
            frequency: reached(&self.orders, |least| figures.orders >= least),
            monetary: reached(&self.revenue_cents, |least| figures.revenue.0 >= least),
        }
    }

    /// After how many days without an order the score of recency falls; never from 1.
    #[must_use]
    pub fn recency_falls_after(&self, days: i64) -> Option<i64> {
        let keeps = self.recency_days.iter().flatten();
        keeps
            .filter(|most| days <= **most)
            .min()
            .map(|most| most + 1)
    }
}

/// The best score whose cut is reached.
fn reached(cuts: &[Option<i64>; 4], reaches: impl Fn(i64) -> bool) -> u8 {
    let mut found = REACHED.into_iter().zip(cuts);
    let best = found.find(|(_, cut)| cut.is_some_and(&reaches));
    best.map_or(1, |(score, _)| score)
}

/// The last value on the worse side that has each score, or a better one.
fn cuts(values: &[i64], better: Better) -> Option<[Option<i64>; 4]> {
    let scores = scores(values, better)?;
    let cut = |least: u8| {
        let having = values.iter().zip(&scores);
        let having = having.filter(|(_, score)| **score >= least);
        let having = having.map(|(value, _)| *value);
        match better {
            Better::Larger => having.min(),
            Better::Smaller => having.max(),
        }
    };
    Some(REACHED.map(cut))
}

fn scores(values: &[i64], better: Better) -> Option<Vec<u8>> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "days, orders and cents of one buyer are far under 2^53"
    )]
    let values: Vec<f64> = values.iter().map(|value| *value as f64).collect();
    by_rank(&values, better)
}
