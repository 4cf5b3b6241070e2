//! Groups of real customers and of rows made to have groups, against figures of other programs.

mod choice;
mod evidence;
mod partition;
mod rows;

use super::*;
use crate::cdnow_tests::{self, Customer};
use crate::random::Random;

/// CDNOW: ln(1 + days since the last purchase), ln(days with a purchase), ln(money, at least 1).
fn cdnow() -> Option<(Vec<Customer>, Rows)> {
    let customers = cdnow_tests::customers()?;
    let numbers = customers.iter().flat_map(|it| {
        [
            it.recency().ln_1p(),
            it.frequency().ln(),
            it.spent.max(1.0).ln(),
        ]
    });
    let rows = Rows::new(numbers.collect(), 3).unwrap().standardised();
    Some((customers, rows))
}

/// Rows around these centres, so many around each, even within ±`reach` of it.
fn blobs(centres: &[[f64; 2]], each: usize, reach: f64) -> Rows {
    let mut random = Random::seeded(5);
    let mut numbers = Vec::new();
    for centre in centres {
        for _row in 0..each {
            numbers.extend(centre.map(|it| it + reach * (2.0 * random.unit() - 1.0)));
        }
    }
    Rows::new(numbers, 2).unwrap()
}

const THREE: [[f64; 2]; 3] = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
const SEARCH: Search = Search { starts: 5, seed: 1 };
