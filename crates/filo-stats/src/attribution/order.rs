//! How far back it pays to look: the order of the chain that tells best how a journey ends that it
//! has not seen.

use std::collections::HashMap;

use super::{Order, key_after};
use crate::counting::real;
use crate::paths::{Path, Paths};
use crate::random::Random;

/// Into so many parts the journeys are cut, each of which is told from the others.
const FOLDS: usize = 10;

/// Conversions and losses.
type Ends = [f64; 2];

/// How well an order tells conversions from losses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The order.
    pub order: Order,
    /// How probable it is that the chain gives a journey with a conversion a larger chance of one
    /// than a journey without: the area under the curve of Hanley and McNeil, "The Meaning and Use
    /// of the Area under a Receiver Operating Characteristic (ROC) Curve", Radiology 143 (1982),
    /// 29–36; ½ where it tells nothing.
    pub auc: f64,
    /// Its standard error, from how far the parts lie apart.
    pub error: f64,
}

/// Which order to take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The shortest that is as good as the best, to within the standard error of that one:
    /// Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees", Wadsworth 1984,
    /// section 3.4.3.
    pub order: Order,
    /// All of them.
    pub fits: [Fit; 3],
}

/// Chooses the order by cross-validation over journeys: each is put by chance into one of ten
/// parts, and how it ends is told from how the journeys of the other parts end whose last touches
/// are the same; where there are none, from fewer touches.
///
/// `None` where a part has no conversion, or no loss.
#[must_use]
pub fn choose_order(paths: &Paths, random: &mut Random) -> Option<Choice> {
    let endings = Endings::of(paths, random);
    let mut fits = [Order::One, Order::Two, Order::Three].map(|order| Fit {
        order,
        auc: 0.0,
        error: 0.0,
    });
    for fit in &mut fits {
        let aucs = (0..FOLDS).map(|fold| area(endings.told(fit.order, fold)));
        let aucs: Vec<f64> = aucs.collect::<Option<_>>()?;
        fit.auc = aucs.iter().sum::<f64>() / real(FOLDS);
        let squares: f64 = aucs.iter().map(|auc| (auc - fit.auc).powi(2)).sum();
        fit.error = (squares / real(FOLDS - 1) / real(FOLDS)).sqrt();
    }
    let best = fits
        .iter()
        .max_by(|one, other| one.auc.total_cmp(&other.auc))?;
    let least = best.auc - best.error;
    let order = fits.iter().find(|fit| fit.auc >= least)?.order;
    Some(Choice { order, fits })
}

/// How journeys end, by their last touches.
struct Endings {
    /// None, one, two and three last touches.
    by_length: [Vec<Ending>; 4],
}

/// How the journeys end whose last touches are the same.
#[derive(Clone, Default)]
struct Ending {
    /// The place of the same with one touch less, or as many where there are no more.
    shorter: usize,
    folds: [Ends; FOLDS],
}

impl Endings {
    fn of(paths: &Paths, random: &mut Random) -> Self {
        let mut by_length = [const { Vec::new() }; 4];
        let mut places: [HashMap<u64, usize>; 4] = Default::default();
        for row in paths.rows() {
            let folds = dealt(row, random);
            let mut shorter = 0;
            for (length, (endings, places)) in by_length.iter_mut().zip(&mut places).enumerate() {
                let place = *places.entry(last(&row.touches, length)).or_insert_with(|| {
                    endings.push(Ending {
                        shorter,
                        ..Ending::default()
                    });
                    endings.len() - 1
                });
                add(&mut endings[place].folds, &folds);
                shorter = place;
            }
        }
        Self { by_length }
    }

    /// What the other parts say of the journeys of one, with how these ended.
    fn told(&self, order: Order, fold: usize) -> Vec<(f64, Ends)> {
        let endings = self.by_length[order.touches()].iter();
        let told = endings.filter(|it| it.folds[fold].iter().any(|count| *count > 0.0));
        told.map(|ending| {
            let chance = self.chance(order.touches(), ending, fold);
            (chance, ending.folds[fold])
        })
        .collect()
    }

    /// The share of conversions in the other parts.
    fn chance(&self, length: usize, ending: &Ending, fold: usize) -> f64 {
        let others = ending
            .folds
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != fold);
        let sums = others.fold([0.0; 2], |sum, (_, it)| [sum[0] + it[0], sum[1] + it[1]]);
        let shorter = length.checked_sub(1).map(|at| &self.by_length[at]);
        match shorter.and_then(|them| them.get(ending.shorter)) {
            Some(shorter) if sums[0] + sums[1] <= 0.0 => self.chance(length - 1, shorter, fold),
            _ => sums[0] / (sums[0] + sums[1]),
        }
    }
}

/// Puts each journey of a path into a part.
fn dealt(row: &Path, random: &mut Random) -> [Ends; FOLDS] {
    let mut folds = [[0.0; 2]; FOLDS];
    for (end, count) in [row.conversions, row.nulls].into_iter().enumerate() {
        for _journey in 0..count {
            folds[random.index(FOLDS)][end] += 1.0;
        }
    }
    folds
}

fn add(sums: &mut [Ends; FOLDS], more: &[Ends; FOLDS]) {
    for (sum, more) in sums.iter_mut().flatten().zip(more.iter().flatten()) {
        *sum += more;
    }
}

/// The key of so many last touches, or all where there are fewer.
fn last(touches: &[u16], length: usize) -> u64 {
    let touches = &touches[touches.len().saturating_sub(length)..];
    let keys = touches.iter();
    keys.fold(0, |key, touch| key_after(key, *touch, length))
}

/// The area under the curve, of chances and how what has them ended; `None` where all ended alike.
fn area(mut told: Vec<(f64, Ends)>) -> Option<f64> {
    told.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (mut pairs, mut lost, mut converted) = (0.0, 0.0, 0.0);
    for alike in told.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let [conversions, losses] = alike.iter().fold([0.0; 2], |sum, (_, ends)| {
            [sum[0] + ends[0], sum[1] + ends[1]]
        });
        pairs += conversions * (lost + losses / 2.0);
        converted += conversions;
        lost += losses;
    }
    let area = pairs / (converted * lost);
    area.is_finite().then_some(area)
}
