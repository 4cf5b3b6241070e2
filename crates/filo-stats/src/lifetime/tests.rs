use super::*;
use crate::cdnow_tests;
use crate::random::Random;

/// CDNOW's customers in weeks, as (repeats, last, watched, mean amount).
fn real() -> Option<Vec<(History, f64)>> {
    let text = cdnow_tests::read("golden/clv_cdnow_input.csv")?;
    let lines = text.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |at: usize| fields[at].parse::<f64>().unwrap();
        let history = History::new(fields[1].parse().unwrap(), number(2), number(3));
        (history.unwrap(), number(4))
    });
    Some(lines.collect())
}

fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found}, expected {expected}"
    );
}

const AFTER_REPEATS: Repeats = Repeats {
    process: Process::AfterRepeats,
    r: 0.242_593,
    alpha: 4.413_532,
    a: 0.792_886,
    b: 2.425_753,
};
const AFTER_ANY: Repeats = Repeats {
    process: Process::AfterAny,
    r: 0.524_838,
    alpha: 6.182_993,
    a: 0.891_356,
    b: 1.613_999,
};

/// The parameters and likelihoods of the 2,357 customers, as three other programs have them; those
/// of the first process are in the paper too (table 2: 0.243, 4.414, 0.793, 2.426, −9582.4).
#[test]
fn the_parameters_of_real_customers_are_those_of_other_programs() {
    let Some(customers) = real() else { return };
    let histories: Vec<History> = customers.iter().map(|it| it.0).collect();
    for (expected, likelihood) in [(AFTER_REPEATS, -9_582.425_6), (AFTER_ANY, -9_582.132_7)] {
        let fitted = fit(expected.process, &histories, Prior::Flat).unwrap();
        let found = fitted.found;
        near(fitted.log_likelihood, likelihood, 1e-3);
        for (found, expected) in [
            (found.r, expected.r),
            (found.alpha, expected.alpha),
            (found.a, expected.a),
            (found.b, expected.b),
        ] {
            near(found / expected, 1.0, 1e-3);
        }
        let wide = fit(expected.process, &histories, Prior::Wide)
            .unwrap()
            .found;
        near(wide.r / expected.r, 1.0, 0.05);
    }
    let chance = |of: &Repeats| {
        let all: f64 = histories.iter().map(|it| of.going_on(it)).sum();
        all / 2357.0
    };
    near(chance(&AFTER_REPEATS), 0.813_439_26, 1e-4);
    near(chance(&AFTER_ANY), 0.448_722_22, 1e-4);
    let expected = histories
        .iter()
        .map(|it| AFTER_REPEATS.expected(it, 39.0).unwrap());
    near(expected.sum::<f64>(), 1_653.408_7, 0.05);
}

/// Thirty thousand invented after a known process, no two of them alike: so many that the way to
/// the answer begins with a part of them. The bounds are some three standard errors.
#[test]
fn many_different_histories_lead_back_to_what_made_them() {
    let mut random = Random::seeded(11);
    // With r = 1 rates are exponential, with a = 1 chances of stopping are 1 − u^(1/b).
    let made = Repeats {
        process: Process::AfterRepeats,
        r: 1.0,
        alpha: 5.0,
        a: 1.0,
        b: 2.5,
    };
    let exponential = |rate: f64, random: &mut Random| -(1.0 - random.unit()).ln() / rate;
    let histories: Vec<History> = (0..30_000)
        .map(|_| {
            let rate = exponential(made.alpha, &mut random);
            let stops = 1.0 - f64::powf(1.0 - random.unit(), made.b.recip());
            let watched = 20.0 + 20.0 * random.unit();
            let (mut repeats, mut last) = (0, 0.0);
            loop {
                let next = last + exponential(rate, &mut random);
                if next > watched {
                    break;
                }
                (repeats, last) = (repeats + 1, next);
                if random.unit() < stops {
                    break;
                }
            }
            History::new(repeats, last, watched).unwrap()
        })
        .collect();
    let found = fit(made.process, &histories, Prior::Flat).unwrap().found;
    near(found.r / found.alpha / 0.2, 1.0, 0.02);
    near(found.r, 1.0, 0.05);
    near(found.a / (found.a + found.b), 1.0 / 3.5, 0.01);
}

/// Customers 1, 2, 3, 6 and 1516 (the last one is also in the walkthrough of the package BTYD):
/// repeats expected in 13, 39 and 52 weeks and the chance of going on, by process.
type Expected = ([f64; 3], f64);
const CUSTOMERS: [((u32, f64, f64), Expected, Expected); 5] = [
    (
        (2, 30.43, 38.86),
        ([0.4572, 1.2259, 1.5586], 0.7266),
        ([0.4768, 1.2627, 1.5968], 0.7061),
    ),
    (
        (1, 1.71, 38.86),
        ([0.0747, 0.2033, 0.2599], 0.2122),
        ([0.0703, 0.1888, 0.2401], 0.1708),
    ),
    (
        (0, 0.0, 38.86),
        ([0.0698, 0.1948, 0.2517], 1.0),
        ([0.0560, 0.1540, 0.1976], 0.3897),
    ),
    (
        (7, 29.43, 38.86),
        ([1.2792, 3.3372, 4.1991], 0.6418),
        ([1.2292, 3.1668, 3.9637], 0.6226),
    ),
    (
        (26, 30.86, 31.0),
        ([8.2776, 20.7506, 25.7595], 0.9689),
        ([7.8702, 19.4480, 24.0], 0.9656),
    ),
];

#[test]
fn what_is_expected_of_one_is_what_other_programs_expect() {
    for ((repeats, last, watched), after_repeats, after_any) in CUSTOMERS {
        let history = History::new(repeats, last, watched).unwrap();
        for (of, (expected, chance)) in [(AFTER_REPEATS, after_repeats), (AFTER_ANY, after_any)] {
            near(of.going_on(&history), chance, 1e-4);
            for (time, expected) in [13.0, 39.0, 52.0].into_iter().zip(expected) {
                near(of.expected(&history, time).unwrap(), expected, 1e-4);
            }
            near(of.expected(&history, 0.0).unwrap(), 0.0, 1e-12);
            let any = of.any(&history, 39.0).unwrap();
            assert!(any > 0.0 && any < of.going_on(&history) && any < expected[1] * 1.001);
        }
    }
}

/// The Gamma–Gamma model of the 946 customers with repeats: 6.25, 3.74, 15.44 in the papers.
#[test]
fn amounts_of_real_customers_are_those_of_other_programs() {
    let Some(customers) = real() else { return };
    let spent = customers
        .iter()
        .map(|(it, mean)| Spent::new(it.repeats(), *mean));
    let spent: Vec<Spent> = spent.flatten().collect();
    assert_eq!(spent.len(), 946);
    let fitted = Amounts::fit(&spent).unwrap();
    let found = fitted.found;
    near(fitted.log_likelihood, -4_055.923_2, 1e-3);
    near(found.p / 6.248_803, 1.0, 1e-3);
    near(found.q / 3.744_588, 1.0, 1e-3);
    near(found.v / 15.447_748, 1.0, 1e-3);
    near(found.of_all().unwrap(), 35.171, 1e-3);
}

/// Mean amounts in the long run, and the worth of twelve months of 4.345 weeks at 1 % a month.
#[test]
fn the_worth_of_one_is_that_of_other_programs() {
    let amounts = Amounts {
        p: 6.248_803,
        q: 3.744_588,
        v: 15.447_748,
    };
    let periods = Periods {
        count: 12,
        length: 4.345,
        discount: 0.01,
    };
    for (repeats, last, watched, mean, amount, expected) in [
        (2, 30.43, 38.86, 22.35, 24.6586, 36.2785),
        (1, 1.71, 38.86, 11.77, 18.9115, 4.6375),
        (0, 0.0, 38.86, 0.0, 35.1710, 8.3441),
        (7, 29.43, 38.86, 73.74, 71.4629, 283.5236),
        (26, 30.86, 31.0, 39.97, 39.8903, 972.1255),
    ] {
        let history = History::new(repeats, last, watched).unwrap();
        let found = amounts.of(Spent::new(repeats, mean)).unwrap();
        near(found, amount, 1e-3);
        let found = worth(&AFTER_REPEATS, &history, found, periods).unwrap();
        near(found / expected, 1.0, 1e-4);
    }
}

#[test]
fn the_pole_of_the_formula_is_no_pole_of_the_answer() {
    let history = History::new(3, 20.0, 30.0).unwrap();
    let at = |a: f64| {
        let of = Repeats { a, ..AFTER_REPEATS };
        of.expected(&history, 26.0).unwrap()
    };
    let (below, exact, above) = (at(0.999), at(1.0), at(1.001));
    near(exact, f64::midpoint(below, above), 1e-5);
}

#[test]
fn who_was_silent_longer_is_less_likely_to_go_on() {
    for of in [AFTER_REPEATS, AFTER_ANY] {
        let chances =
            [30.0, 20.0, 10.0, 1.0].map(|last| of.going_on(&History::new(4, last, 30.0).unwrap()));
        assert!(
            chances.is_sorted_by(|one, other| one > other),
            "{chances:?}"
        );
    }
}

#[test]
fn too_little_is_told_and_what_does_not_repeat_has_no_answer() {
    let history = |repeats: u32| History::new(repeats, f64::from(repeats), 30.0).unwrap();
    let few: Vec<History> = (0..99).map(|at| history(at % 3)).collect();
    let unfit = Unfit::TooFew {
        histories: 99,
        repeating: 66,
    };
    assert_eq!(fit(Process::AfterAny, &few, Prior::Wide), Err(unfit));
    // All repeat at the same pace until the end: the spread of rates has no bound.
    let same: Vec<History> = (0..200)
        .map(|_| History::new(10, 30.0, 30.0).unwrap())
        .collect();
    let flat = fit(Process::AfterRepeats, &same, Prior::Flat);
    assert_eq!(flat, Err(Unfit::Degenerate));
    assert!(fit(Process::AfterRepeats, &same, Prior::Wide).is_ok());
    let spent = [Spent::new(2, 5.0).unwrap(); 29];
    assert!(matches!(
        Amounts::fit(&spent),
        Err(Unfit::TooFew { histories: 29, .. })
    ));
}

#[test]
fn what_is_no_history_is_refused() {
    assert_eq!(History::new(0, 1.0, 3.0), None);
    assert_eq!(History::new(1, 0.0, 3.0), None);
    assert_eq!(History::new(1, 4.0, 3.0), None);
    assert_eq!(History::new(0, 0.0, 0.0), None);
    assert_eq!(History::new(1, f64::NAN, 3.0), None);
    assert_eq!(History::new(1, 1.0, f64::INFINITY), None);
    assert_eq!(Spent::new(0, 3.0), None);
    assert_eq!(Spent::new(1, 0.0), None);
    let history = History::new(1, 1.0, 3.0).unwrap();
    assert_eq!(AFTER_ANY.expected(&history, -1.0), None);
    assert_eq!(AFTER_ANY.any(&history, f64::NAN), None);
    let periods = Periods {
        count: 12,
        length: 0.0,
        discount: 0.01,
    };
    assert_eq!(worth(&AFTER_ANY, &history, 10.0, periods), None);
    let infinite = Amounts {
        p: 1.0,
        q: 0.5,
        v: 3.0,
    };
    assert_eq!(infinite.of(None), None);
}

/// The standard errors of the same fits by an independent program (numerical curvature).
#[test]
fn standard_errors_of_real_customers_are_those_of_another_program() {
    let Some(customers) = real() else { return };
    let histories: Vec<History> = customers.iter().map(|it| it.0).collect();
    let fitted = fit(Process::AfterRepeats, &histories, Prior::Flat).unwrap();
    type Reading = fn(&Repeats) -> f64;
    let parameters: [(Reading, f64); 4] = [
        (|it| it.r, 0.0126),
        (|it| it.alpha, 0.3782),
        (|it| it.a, 0.1857),
        (|it| it.b, 0.7053),
    ];
    for (parameter, expected) in parameters {
        near(fitted.variance_of(parameter).sqrt() / expected, 1.0, 0.01);
    }
    let spent = customers
        .iter()
        .filter_map(|(it, mean)| Spent::new(it.repeats(), *mean));
    let fitted = Amounts::fit(&spent.collect::<Vec<_>>()).unwrap();
    near(fitted.variance_of(|it| it.p).sqrt() / 1.1897, 1.0, 0.01);
    near(fitted.variance_of(|it| it.q).sqrt() / 0.2902, 1.0, 0.01);
    near(fitted.variance_of(|it| it.v).sqrt() / 4.16, 1.0, 0.01);
    near(fitted.variance_of(|_| 3.0), 0.0, 1e-12);
}

/// What is drawn is on average what is expected, in times and in amounts.
#[test]
fn draws_have_the_mean_of_the_formula() {
    const DRAWS: u32 = 20_000;
    let amounts = Amounts {
        p: 6.248_803,
        q: 3.744_588,
        v: 15.447_748,
    };
    let mut random = Random::seeded(23);
    for ((repeats, last, watched), _, _) in CUSTOMERS {
        let history = History::new(repeats, last, watched).unwrap();
        for of in [AFTER_REPEATS, AFTER_ANY] {
            let sum: f64 = (0..DRAWS)
                .map(|_| f64::from(of.draw(&history, 39.0, &mut random)))
                .sum();
            let mean = sum / f64::from(DRAWS);
            let expected = of.expected(&history, 39.0).unwrap();
            near(mean / expected, 1.0, 0.05);
        }
        let spent = Spent::new(repeats, 30.0);
        let sum: f64 = (0..DRAWS)
            .map(|_| amounts.draw(spent, 2, &mut random))
            .sum();
        near(
            sum / f64::from(2 * DRAWS) / amounts.of(spent).unwrap(),
            1.0,
            0.05,
        );
    }
    let history = History::new(1, 1.0, 3.0).unwrap();
    assert_eq!(AFTER_ANY.draw(&history, 0.0, &mut random), 0);
    near(amounts.draw(None, 0, &mut random), 0.0, 1e-12);
}
