//! Scores and stages from their definitions, over the plain list of events.

use super::chance::History;
use super::reference::Reference;
use crate::buyer::{Group, Limits, Stage};
use crate::segment::{Number, RfmCondition};
use crate::time::Timestamp;

const DAY: i64 = 86_400_000_000;

/// The groups on the grid: a row for each score of recency from 5 down, a column for each score
/// of frequency from 1 up.
const GRID: [[&str; 5]; 5] = [
    [
        "recent",
        "potential_loyal",
        "potential_loyal",
        "champions",
        "champions",
    ],
    [
        "promising",
        "potential_loyal",
        "potential_loyal",
        "loyal",
        "loyal",
    ],
    [
        "about_to_sleep",
        "about_to_sleep",
        "need_attention",
        "loyal",
        "loyal",
    ],
    [
        "hibernating",
        "hibernating",
        "at_risk",
        "at_risk",
        "cannot_lose",
    ],
    [
        "hibernating",
        "hibernating",
        "at_risk",
        "at_risk",
        "cannot_lose",
    ],
];

fn orders(history: &History, now: Timestamp) -> Vec<(Timestamp, i64)> {
    let events = history.events.iter();
    let orders = events.filter(|event| event.name == "Order Completed" && event.at <= now);
    let mut orders: Vec<(Timestamp, i64)> = orders
        .map(|event| {
            let properties: serde_json::Value = serde_json::from_str(&event.properties).unwrap();
            (event.at, properties["revenue"].as_i64().unwrap() * 100)
        })
        .collect();
    orders.sort_unstable();
    orders
}

fn whole_days(from: Timestamp, to: Timestamp) -> i64 {
    (to.0 - from.0) / DAY
}

/// The best of 5, 4, 3, 2 whose limit is kept; 1 if none is.
fn score(limits: [Option<i64>; 4], keeps: impl Fn(i64) -> bool) -> u8 {
    for (score, limit) in [5, 4, 3, 2].into_iter().zip(limits) {
        if limit.is_some_and(&keeps) {
            return score;
        }
    }
    1
}

/// After how many days one with these gaps is late and gone: the limits of all, or by the normal
/// law of the logarithms of its own gaps and those of all where that gives more time.
fn patience(limits: &Limits, gaps: &[i64]) -> (i64, i64) {
    let Some(pace) = limits.pace else {
        return (limits.late_days, limits.gone_days);
    };
    let part = |millionths: i64| f64::from(i32::try_from(millionths).unwrap()) / 1e6;
    let (mean, within) = (part(pace.mean_millionths), part(pace.within_millionths));
    let between = part(pace.between_millionths);
    let logarithms = gaps
        .iter()
        .map(|days| f64::from(i32::try_from(*days).unwrap()).ln());
    let (sum, count) = (logarithms.sum::<f64>(), gaps.len() as f64);
    // Precisions add up.
    let (own, all) = (count / within.powi(2), 1.0 / between.powi(2));
    let centre = (sum / within.powi(2) + mean * all) / (own + all);
    let spread = (within.powi(2) + 1.0 / (own + all)).sqrt();
    let days = |logarithm: f64| format!("{:.0}", logarithm.exp()).parse::<i64>().unwrap();
    let late = days(centre + 2f64.ln()).max(limits.late_days);
    let gone = days(centre + 1.281_551_565_544_600_4 * spread);
    (late, gone.max(limits.gone_days).max(late))
}

impl Reference<'_> {
    pub(super) fn has_scores(&self, wanted: RfmCondition) -> bool {
        let orders = orders(self.history, self.now);
        let (Some(cuts), Some((last, _))) = (&self.history.yardstick.cuts, orders.last()) else {
            return false;
        };
        let days = whole_days(*last, self.now);
        let count = i64::try_from(orders.len()).unwrap();
        let spent: i64 = orders.iter().map(|(_, cents)| cents).sum();
        let recency = score(cuts.recency_days, |most| days <= most);
        let frequency = score(cuts.orders, |least| count >= least);
        let monetary = score(cuts.revenue_cents, |least| spent >= least);
        let number = |score: u8| Number::whole(score.into());
        match wanted {
            RfmCondition::Group(group) => {
                let row = usize::from(5 - recency);
                group.word() == GRID[row][usize::from(frequency - 1)]
            }
            RfmCondition::Recency(is) => is.accepts(number(recency)),
            RfmCondition::Frequency(is) => is.accepts(number(frequency)),
            RfmCondition::Monetary(is) => is.accepts(number(monetary)),
        }
    }

    pub(super) fn is_at_stage(&self, wanted: Stage) -> bool {
        let orders = orders(self.history, self.now);
        let Some((last, _)) = orders.last() else {
            return wanted == Stage::NeverBought;
        };
        let Some(limits) = self.history.yardstick.limits else {
            return false;
        };
        let silence = whole_days(*last, self.now);
        let times = orders.windows(2);
        let mut gaps: Vec<i64> = times.map(|two| whole_days(two[0].0, two[1].0)).collect();
        // What comes within a day of the order before is no purchase of its own.
        gaps.retain(|days| *days > 0);
        let (late, gone) = patience(&limits, &gaps);
        if silence >= late {
            let is_gone = silence >= gone;
            return wanted == if is_gone { Stage::Lost } else { Stage::AtRisk };
        }
        let last = gaps.pop();
        wanted
            == match last {
                None => Stage::New,
                Some(days) if days >= patience(&limits, &gaps).1 => Stage::Returned,
                Some(_) => Stage::Active,
            }
    }
}

#[test]
fn the_grid_is_that_of_the_groups() {
    for (recency, row) in (1..=5u8).rev().zip(GRID) {
        for (frequency, word) in (1..=5u8).zip(row) {
            assert_eq!(Group::of(recency, frequency).word(), word);
            assert_eq!(Group::from_word(word), Some(Group::of(recency, frequency)));
        }
    }
}
