//! The chain by its definition: a full matrix of what follows on what, eliminated as one learns it.

use std::collections::BTreeMap;

use super::*;
use crate::counting::real;

/// The share of journeys that convert where the states that touch a channel lead nowhere.
fn left_without(paths: &Paths, order: Order, removed: Option<u16>) -> f64 {
    let most = order.touches();
    let mut places: BTreeMap<&[u16], usize> = BTreeMap::new();
    for row in paths.rows() {
        for state in row.touches.windows(most.min(row.touches.len())) {
            let next = places.len();
            places.entry(state).or_insert(next);
        }
    }
    let count = places.len();
    let mut starts = vec![0.0; count];
    let mut visits = vec![0.0; count];
    // Of each state what follows on it, and in the last column a conversion.
    let mut follows = vec![vec![0.0; count + 1]; count];
    for row in paths.rows() {
        let states = row.touches.windows(most.min(row.touches.len()));
        let states: Vec<usize> = states.map(|state| places[state]).collect();
        let journeys = real(row.journeys());
        starts[states[0]] += journeys;
        states.iter().for_each(|state| visits[*state] += journeys);
        states
            .windows(2)
            .for_each(|pair| follows[pair[0]][pair[1]] += journeys);
        follows[states[states.len() - 1]][count] += real(row.conversions);
    }
    let is_out = |state: &[u16]| removed.is_some_and(|removed| state.contains(&removed));
    for (state, place) in &places {
        let row = &mut follows[*place];
        let scale = if is_out(state) {
            0.0
        } else {
            1.0 / visits[*place]
        };
        row[..count].iter_mut().for_each(|it| *it *= -scale);
        row[count] *= scale;
        row[*place] += 1.0;
    }
    let chances = solved(follows);
    let journeys: f64 = starts.iter().sum();
    starts
        .iter()
        .zip(&chances)
        .map(|(one, other)| one * other)
        .sum::<f64>()
        / journeys
}

/// Gauss's elimination; the diagonal is large enough not to be exchanged.
fn solved(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let count = rows.len();
    for pivot in 0..count {
        let (above, below) = rows.split_at_mut(pivot + 1);
        let from = &above[pivot];
        for row in below.iter_mut().filter(|row| row[pivot].abs() > 0.0) {
            let factor = row[pivot] / from[pivot];
            for (one, other) in row[pivot..].iter_mut().zip(&from[pivot..]) {
                *one -= factor * other;
            }
        }
    }
    let mut found = vec![0.0; count];
    for at in (0..count).rev() {
        let after = (at + 1..count)
            .map(|it| rows[at][it] * found[it])
            .sum::<f64>();
        found[at] = (rows[at][count] - after) / rows[at][at];
    }
    found
}

fn agree(paths: &Paths, order: Order, channels: &[u16]) {
    let rate = left_without(paths, order, None);
    near(rate, paths.rate().unwrap(), 1e-12);
    let found = markov(paths, order).unwrap();
    for channel in channels {
        let left = left_without(paths, order, Some(*channel));
        let effect = found.effects[usize::from(*channel)].conversions;
        near(effect, 1.0 - left / rate, 1e-11);
    }
}

#[test]
fn effects_are_those_of_a_full_elimination() {
    for order in Order::ALL {
        agree(&toy(), order, &[0, 1, 2, 3, 4, 5]);
    }
    let Some(paths) = path_data() else { return };
    let all: Vec<u16> = NAMES.iter().map(|name| channel(name)).collect();
    agree(&paths, Order::One, &all);
    agree(&paths, Order::Two, &all);
    agree(&paths, Order::Three, &[channel("alpha")]);
}
