//! What can be reckoned by hand, and what has no answer.

use super::*;
use crate::counting::real;

fn conversions(paths: &Paths, rule: Rule) -> Vec<f64> {
    let credits = by_rule(paths, rule).unwrap();
    credits.iter().map(|it| it.conversions).collect()
}

fn are_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        near(*found, *expected, 1e-12);
    }
}

#[test]
fn positions_count_forty_twenty_forty() {
    let rows = vec![
        path(&[0], 10, 0),
        path(&[0, 1], 10, 3),
        path(&[2, 0, 0, 1], 10, 0),
        path(&[2, 3], 0, 9),
    ];
    let paths = Paths::new(4, rows).unwrap();
    are_near(
        &conversions(&paths, Rule::Position),
        &[10.0 + 5.0 + 2.0, 5.0 + 4.0, 4.0, 0.0],
    );
    let last_but_one = conversions(&paths, Rule::LastExcept(1));
    are_near(&last_but_one, &[30.0, 0.0, 0.0, 0.0]);
    let only = Paths::new(2, vec![path(&[1, 1], 3, 0), path(&[0], 0, 1)]).unwrap();
    are_near(&conversions(&only, Rule::LastExcept(1)), &[0.0, 3.0]);
}

/// Of three touches 14, 7 and 0 days before the end the weights are ¼, ½ and 1.
#[test]
fn what_lies_a_half_life_before_counts_half() {
    let aged = |ages: &[f64]| Path {
        ages: Some(ages.to_vec()),
        ..path(&[0, 1, 2], 7, 0)
    };
    let rows = |ages: &[f64]| vec![aged(ages), path(&[0], 0, 5)];
    let decay = Rule::Decay {
        half_life: HALF_LIFE_DAYS,
    };
    // However long ago all of them are, the weights are the same.
    for before in [0.0, 3.0, 1e6] {
        let ages = [14.0, 7.0, 0.0].map(|age| age + before);
        let paths = Paths::new(3, rows(&ages)).unwrap();
        are_near(&conversions(&paths, decay), &[1.0, 2.0, 4.0]);
        let never = Rule::Decay { half_life: 0.0 };
        assert_eq!(by_rule(&paths, never), None);
    }
    let unknown = Paths::new(2, vec![path(&[0], 1, 0), path(&[1], 1, 0)]).unwrap();
    assert_eq!(by_rule(&unknown, decay), None);
}

/// Of 15 journeys over two channels 9 convert.
#[test]
fn removal_is_that_by_hand() {
    let paths = Paths::new(
        2,
        vec![path(&[0], 6, 0), path(&[0, 1], 0, 6), path(&[1], 3, 0)],
    );
    let found = markov(&paths.unwrap(), Order::One).unwrap();
    // Without 0 only what begins at 1 is left: 3 of 15 journeys, of which a third converts.
    near(
        found.effects[0].conversions,
        1.0 - 3.0 * (3.0 / 9.0) / 9.0,
        1e-12,
    );
    // Without 1 the 12 that begin at 0 convert half the time.
    near(found.effects[1].conversions, 1.0 - 12.0 * 0.5 / 9.0, 1e-12);
}

/// The longest journeys come to rest too: the two that never meet lose one conversion of two each.
#[test]
fn long_journeys_come_to_rest() {
    let long: Vec<u16> = [0, 1].into_iter().cycle().take(1_000).collect();
    let paths = Paths::new(3, vec![path(&long, 1, 1), path(&[2], 1, 0)]).unwrap();
    for order in Order::ALL {
        let found = markov(&paths, order).unwrap();
        for effect in found.effects {
            near(effect.conversions, 0.5, 1e-9);
        }
    }
}

/// The value over all coalitions, weighted as by Shapley.
#[test]
fn shapley_is_that_of_all_coalitions() {
    let paths = toy();
    let count = paths.channels();
    let worth = |coalition: usize| -> f64 {
        let is_in = |row: &&Path| row.touches.iter().all(|it| coalition >> it & 1 == 1);
        let rows = paths.rows().iter().filter(is_in);
        rows.map(|row| real(row.conversions)).sum()
    };
    let factorial = |n: usize| (1..=n).map(real).product::<f64>();
    for (channel, found) in shapley(&paths).unwrap().iter().enumerate() {
        let without = (0..1 << count).filter(|it: &usize| it >> channel & 1 == 0);
        let expected: f64 = without
            .map(|coalition| {
                let size = usize::try_from(coalition.count_ones()).unwrap();
                let weight = factorial(size) * factorial(count - size - 1) / factorial(count);
                weight * (worth(coalition | 1 << channel) - worth(coalition))
            })
            .sum();
        near(found.conversions, expected, 1e-12);
    }
}

/// By the first touch the credit of a channel is a count, and its interval that of a count: 100
/// have a standard error of 10.
#[test]
fn an_interval_is_as_wide_as_that_of_a_count() {
    let rows = vec![path(&[0], 100, 300), path(&[1], 400, 300)];
    let paths = Paths::new(2, rows).unwrap();
    let method = Method::Rule(Rule::First);
    let found = bootstrap(&paths, method, 2_000, &mut Random::seeded(3)).unwrap();
    near(found[0].conversions.low, 100.0 - 19.6, 2.5);
    near(found[0].conversions.high, 100.0 + 19.6, 2.5);
    near(found[0].value.high, 2.0 * found[0].conversions.high, 1e-9);
    assert_eq!(bootstrap(&paths, method, 0, &mut Random::seeded(3)), None);
}

#[test]
fn small_channels_are_one() {
    let rows = vec![
        path(&[0, 1], 150, 100),
        path(&[2, 0, 2], 19, 0),
        path(&[3, 1], 12, 4),
        path(&[3, 0], 8, 4),
        path(&[4, 1], 11, 4),
        path(&[5], 0, 7),
    ];
    let paths = Paths::new(7, rows).unwrap();
    let found = pool(&paths).unwrap();
    assert_eq!(found.small, [2, 4, 5], "nobody touched the last");
    assert_eq!((found.others(), found.paths.channels()), (7, 8));
    assert_eq!(found.paths.conversions(), paths.conversions());
    let credits = by_rule(&found.paths, Rule::First).unwrap();
    near(credits[found.others()].conversions, 30.0, 1e-12);
    near(credits[3].conversions, 20.0, 1e-12);
    assert_eq!(credits[2], Credit::default());
    let chain = markov(&found.paths, Order::One).unwrap();
    assert_eq!(chain.credits[2], Credit::default());
    let few = Paths::new(1, vec![path(&[0], 199, 1)]).unwrap();
    let (conversions, least) = (199, CONVERSIONS_LEAST);
    assert_eq!(pool(&few), Err(TooFew { conversions, least }));
}

/// After the same last touch it is the one before that decides.
#[test]
fn the_order_is_the_shortest_that_tells_as_well() {
    let rows = vec![
        path(&[0, 2, 3], 400, 100),
        path(&[1, 2, 3], 380, 120),
        path(&[0, 1, 3], 100, 400),
        path(&[2, 1, 3], 120, 380),
    ];
    let paths = Paths::new(4, rows).unwrap();
    let found = choose_order(&paths, &mut Random::seeded(1)).unwrap();
    assert_eq!(found.order, Order::Two);
    // One of 2,000 alike tells nothing; with four of five right 0.8 · 0.8 + 0.8 · 0.2 are told.
    near(found.fits[0].auc, 0.5, 1e-12);
    near(found.fits[1].auc, 0.78, 0.03);
    assert!(found.fits[1].error > 0.0 && found.fits[1].error < 0.02);
    assert_eq!(found, choose_order(&paths, &mut Random::seeded(1)).unwrap());
    let few = Paths::new(2, vec![path(&[0], 5, 50), path(&[1], 4, 50)]).unwrap();
    assert_eq!(choose_order(&few, &mut Random::seeded(1)), None);
}

#[test]
fn what_has_no_answer_gives_none() {
    let rows = [
        vec![path(&[0, 1], 5, 5)],
        vec![path(&[0, 1], 5, 5), path(&[0, 1], 3, 0)],
        vec![path(&[0, 1], 0, 5), path(&[1], 0, 3)],
    ];
    for rows in rows {
        let paths = Paths::new(2, rows).unwrap();
        for method in [
            Method::Rule(Rule::Linear),
            Method::Markov(Order::Two),
            Method::Shapley,
        ] {
            assert_eq!(credits(&paths, method), None);
            assert_eq!(bootstrap(&paths, method, 5, &mut Random::seeded(1)), None);
        }
    }
    let many = Paths::new(65, vec![path(&[0], 1, 0), path(&[64], 1, 0)]).unwrap();
    assert_eq!(markov(&many, Order::One), None);
    assert!(shapley(&many).is_some());
}

/// What nobody went is as if it were not there.
#[test]
fn paths_that_nobody_went_change_nothing() {
    let mut rows = toy().rows().to_vec();
    rows.insert(0, path(&[5, 4, 3], 0, 0));
    let more = Paths::new(6, rows).unwrap();
    for order in Order::ALL {
        let (found, expected) = (markov(&more, order), markov(&toy(), order));
        for (found, expected) in found.unwrap().credits.iter().zip(expected.unwrap().credits) {
            near(found.conversions, expected.conversions, 1e-9);
        }
    }
}
