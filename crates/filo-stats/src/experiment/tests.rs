//! Against gbstats 0.8.0 (`golden/experiments_gbstats.json`), statsmodels and spotify-confidence
//! (`golden/experiments_stats.json`); and what must hold over many trials.

use super::*;
use crate::proportion::Z_95;
use crate::random::Random;

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found}, {expected}");
}

fn lies(found: Interval, low: f64, high: f64, tolerance: f64) {
    near(found.low, low, tolerance);
    near(found.high, high, tolerance);
}

fn share(successes: usize, trials: usize) -> Sample {
    Sample::of_share(successes, trials).unwrap()
}

/// 500 of 10,000 against 570 of 10,000, two-sided 95 %.
#[test]
fn differences_of_shares_are_those_of_gbstats() {
    let (one, other) = (share(570, 10_000), share(500, 10_000));
    let difference = Difference::of(&one, &other).unwrap();
    near(difference.estimate, 0.007, 1e-15);
    near(difference.variance.sqrt(), 0.003_181_996_228_784_692, 1e-15);
    let once = difference.at_one_look().unwrap();
    lies(
        once,
        0.000_763_023_065_632_7,
        0.013_236_976_934_367_3,
        1e-10,
    );
    let relative = Difference::relative(&one, &other).unwrap();
    near(relative.estimate, 0.14, 1e-14);
    near(relative.variance.sqrt(), 0.067_965_285_256_519, 1e-14);
    let once = relative.at_one_look().unwrap();
    lies(once, 0.006_782_395_073_893, 0.273_217_604_926_107, 1e-8);
}

#[test]
fn sequences_are_those_of_gbstats() {
    let (one, other) = (share(570, 10_000), share(500, 10_000));
    let sequence = Sequence::new(0.05, 5000.0).unwrap();
    let absolute = sequence.around(&Difference::of(&one, &other).unwrap());
    lies(
        absolute,
        -0.002_950_465_412_194,
        0.016_950_465_412_194,
        1e-12,
    );
    let relative = sequence.around(&Difference::relative(&one, &other).unwrap());
    lies(
        relative,
        -0.072_535_204_805_449,
        0.352_535_204_805_449,
        1e-12,
    );
    assert!(!absolute.excludes_zero(), "one look would have seen it");
}

/// The raw rows of the case with a covariate: 2,000 against 2,000.
#[test]
fn differences_of_means_are_those_of_gbstats() {
    let one = Sample::of_sums(2000, 33_732.549_982, 935_336.299_504).unwrap();
    let other = Sample::of_sums(2000, 32_066.586_881, 895_076.912_799).unwrap();
    let difference = Difference::of(&one, &other).unwrap();
    near(difference.estimate, 0.832_981_550_499_998, 1e-9);
    near(difference.variance.sqrt(), 0.432_351_595_019_611, 1e-9);
    let once = difference.at_one_look().unwrap();
    lies(once, -0.014_668_720_143_880, 1.680_631_821_143_876, 1e-6);
}

/// 70 of 99 against 50 of 100, as spotify-confidence and statsmodels have it.
#[test]
fn small_shares_are_those_of_statsmodels() {
    let found = newcombe((70, 99), (50, 100)).unwrap();
    lies(found, 0.071_164_078_178_608, 0.332_524_947_183_057, 1e-12);
    let careful = |x, n| Sample::of_share_careful(x, n).unwrap();
    let difference = Difference::of(&careful(70, 99), &careful(50, 100)).unwrap();
    let found = Interval::around(difference.estimate, Z_95 * difference.variance.sqrt());
    lies(found, 0.071_224_302_449_508, 0.334_716_293_309_0, 1e-7);
}

/// 540 of 9,000 treated against 45 of 1,000 held back (`golden/misc_formulae.json`): 135 people
/// more, 11 to 259.
#[test]
fn people_won_are_the_difference_times_the_treated() {
    let difference = Difference::of(&share(540, 9000), &share(45, 1000)).unwrap();
    let once = Interval::around(difference.estimate, Z_95 * difference.variance.sqrt());
    near(difference.estimate * 9000.0, 135.0, 1e-9);
    lies(once.times(9000.0), 11.218_147_1, 258.781_851_9, 1e-4);
}

#[test]
fn mismatches_are_those_of_gbstats_and_of_the_paper() {
    for (counts, shares, expected) in [
        (&[5000, 5000][..], &[0.5, 0.5][..], 1.0),
        (&[5000, 5150], &[0.5, 0.5], 0.136_520_287_645_579),
        (&[821_588, 815_482], &[0.5, 0.5], 1.821_792_872_619e-6),
        (&[310, 98, 101], &[0.6, 0.2, 0.2], 0.896_990_606_891_893),
    ] {
        let found = chi_square(counts, shares).unwrap();
        near(found, expected, 1e-9 * expected.max(1e-3));
    }
    for (counts, expected) in [
        ([5000, 5000], 0.099_257_731_393_861),
        ([5000, 5150], 0.295_318_833_256_232),
        ([5000, 5400], 198.772_591_712_749),
    ] {
        let found = mismatch_evidence(&counts, &[0.5, 0.5]).unwrap();
        near(found, expected, 1e-7 * expected);
    }
    assert_eq!(chi_square(&[0, 0], &[0.5, 0.5]), None);
    assert_eq!(mismatch_evidence(&[3, 4], &[1.0, 0.0]), None);
}

#[test]
fn exchanging_the_groups_changes_the_sign() {
    let (one, other) = (share(7, 20), share(30, 60));
    let (there, back) = (
        Difference::careful(&one, &other).unwrap(),
        Difference::careful(&other, &one).unwrap(),
    );
    near(there.estimate, -back.estimate, 0.0);
    near(there.variance, back.variance, 1e-15);
    let sequence = Sequence::new(0.05, PLANNED_SHOP).unwrap();
    let (there, back) = (sequence.around(&there), sequence.around(&back));
    near(there.low, -back.high, 1e-12);
}

#[test]
fn few_cases_show_large_differences_only_and_many_small_ones() {
    let sequence = Sequence::new(0.05, PLANNED_SHOP).unwrap();
    let least = |treated, held| sequence.least_visible(0.1, treated, held);
    assert_eq!(least(9, 1), None);
    let (few, more, many) = (
        least(72, 8).unwrap(),
        least(720, 80).unwrap(),
        least(72_000, 8_000).unwrap(),
    );
    assert!(
        few > 0.3 && more < 0.2 && many < 0.02,
        "{few} {more} {many}"
    );
    // What lies just above is seen, what lies below is not.
    let of = |rise: f64| {
        let (one, other) = ((7_200 + of_treated(rise), 72_000), (800, 8_000));
        let difference = Difference::of_shares(one, other).unwrap();
        sequence.around(&difference).excludes_zero()
    };
    assert!(of(many + 0.001) && !of(many - 0.002));
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small share"
)]
fn of_treated(rise: f64) -> usize {
    (rise * 72_000.0).round() as usize
}

/// Trials in each of which everybody is looked at after every single case: without any effect the
/// interval may leave zero out in 5 % of trials at most.
const TRIALS: u64 = 1_000;
const CASES: usize = 1_200;

/// Draws trials without effect, one person in ten held back, and counts those in which zero was
/// ever left out.
fn false_alarms(mut draw: impl FnMut(&mut Random) -> f64, careful: bool) -> u64 {
    let sequence = Sequence::new(0.05, PLANNED_SHOP).unwrap();
    let mut alarms = 0;
    for trial in 0..TRIALS {
        let mut random = Random::seeded(trial);
        let mut groups = [(0_usize, 0.0, 0.0); 2];
        for _case in 0..CASES {
            let group = usize::from(random.index(10) > 0);
            let value = draw(&mut random);
            groups[group].0 += 1;
            groups[group].1 += value;
            groups[group].2 += value * value;
            let found = match careful {
                true => of_means(groups),
                false => of_shares(groups),
            };
            if found.is_some_and(|it| sequence.around(&it).excludes_zero()) {
                alarms += 1;
                break;
            }
        }
    }
    alarms
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sums of ones"
)]
fn of_shares([held, treated]: [(usize, f64, f64); 2]) -> Option<Difference> {
    Difference::of_shares((treated.1 as usize, treated.0), (held.1 as usize, held.0))
}

fn of_means([held, treated]: [(usize, f64, f64); 2]) -> Option<Difference> {
    let of = |it: (usize, f64, f64)| Sample::of_sums(it.0, it.1, it.2);
    Difference::careful(&of(treated)?, &of(held)?)
}

#[test]
fn who_looks_after_every_case_is_seldom_deceived() {
    for chance in [0.02, 0.1, 0.5] {
        let alarms = false_alarms(|it| f64::from(u8::from(it.unit() < chance)), false);
        assert!(alarms <= TRIALS / 20, "{chance}: {alarms} of {TRIALS}");
    }
    // What people spend: nine of ten nothing, the others a few tens with a long tail.
    let spent = |random: &mut Random| match random.index(10) {
        0 => (3.5 + 0.8 * random.normal()).exp(),
        _ => 0.0,
    };
    let alarms = false_alarms(spent, true);
    assert!(alarms <= TRIALS / 20, "money: {alarms} of {TRIALS}");
}

fn paired(count: usize, [sum, squares, before, before_squares, products]: [f64; 5]) -> Paired {
    Paired {
        count,
        sum,
        squares,
        before,
        before_squares,
        products,
    }
}

/// `cuped` of `golden/experiments_gbstats.json`: 2,000 against 2,000.
#[test]
fn what_was_before_is_taken_off_as_gbstats_does() {
    let a = [
        32_066.586_881,
        895_076.912_799,
        40_316.605_661,
        1_217_697.481_515,
        963_129.980_097,
    ];
    let b = [
        33_732.549_982,
        935_336.299_504,
        40_051.908_279,
        1_185_581.657_494,
        978_004.867_033,
    ];
    let (a, b) = (paired(2_000, a), paired(2_000, b));
    let found = adjusted(&b, &a).unwrap();
    assert!((found.slope - 0.785_144_577_357_341_8).abs() < 1e-9);
    assert!((found.reduction - 0.650_655_175_157_57).abs() < 1e-9);
    let difference = Difference::of(&found.groups[0], &found.groups[1]).unwrap();
    assert!((difference.estimate - 0.936_894_407_558_991_6).abs() < 1e-9);
    assert!((difference.variance.sqrt() - 0.255_543_137_421_335_6).abs() < 1e-9);
    let once = difference.at_one_look().unwrap();
    assert!((once.low - 0.435_887_320_866_293_8).abs() < 1e-6);
    assert!((once.high - 1.437_901_494_251_689_4).abs() < 1e-6);
}

#[test]
fn what_was_before_and_tells_nothing_is_left_alone() {
    let (mut one, mut other) = (Paired::default(), Paired::default());
    for number in 0..50_u32 {
        one.add(f64::from(number % 7), 3.0);
        other.add(f64::from(number % 5), 3.0);
    }
    assert_eq!(
        adjusted(&one, &other),
        None,
        "everybody did the same before"
    );
    assert_eq!(adjusted(&one, &Paired::default()), None, "there is nobody");
    // Who does afterwards just what they did before does nothing because of the group.
    let (mut one, mut other) = (Paired::default(), Paired::default());
    for number in 0..50_u32 {
        let spent = f64::from(number);
        one.add(spent + 2.0, spent);
        other.add(spent, spent);
    }
    let found = adjusted(&one, &other).unwrap();
    assert!((found.groups[0].mean - found.groups[1].mean - 2.0).abs() < 0.01);
    assert!(found.reduction > 0.99);
}
