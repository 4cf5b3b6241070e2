//! A small shop in which everybody's way is known.

use super::{on, purchases};
use crate::buyer::{Everybody, Group, Lacking, Limits, Move, Pace, Stage};
use crate::money::Currency;

const NOW: i64 = 1_000;

/// Sixty who bought every ten days and stopped on the hundredth day before now or later, one
/// after the other; and one who bought once, yesterday.
fn shop() -> Everybody {
    let mut everybody = Everybody::default();
    for number in 0..60 {
        let last = NOW - 100 + number;
        let orders: Vec<(i64, i64)> = (0..12).map(|back| (last - 10 * back, 1_000)).collect();
        everybody.add(&purchases(&orders));
    }
    everybody.add(&purchases(&[(NOW - 1, 500)]));
    everybody
}

#[test]
fn whoever_bought_for_the_first_time_comes_from_nowhere() {
    let measure = shop().measure(on(NOW), Currency::EUR, 70);
    assert_eq!((measure.customers, measure.buyers), (70, 61));
    let of_days = |days: u16| {
        let moves = measure.moves.iter().find(|it| it.days == days);
        &moves.unwrap().moved
    };
    let fresh = Move {
        from: None,
        to: Group::of(5, 1),
        people: 1,
    };
    assert!(of_days(30).contains(&fresh), "{:?}", of_days(30));
    // Thirty days before they were as far from each other as now.
    let stayed = of_days(30).iter().filter(|it| it.from == Some(it.to));
    assert!(stayed.map(|it| it.people).sum::<u64>() > 50);
    // A year before nobody had bought anything.
    assert!(measure.moves.iter().all(|it| it.days != 365));
}

#[test]
fn limits_are_those_of_the_gaps() {
    let measure = shop().measure(on(NOW), Currency::EUR, 61);
    let limits = measure.yardstick.limits.unwrap();
    assert_eq!(
        (limits.usual_days, limits.late_days, limits.gone_days),
        (10, 10, 10)
    );
    assert_eq!(limits.gap_count, 60 * 11);
    let stages: Vec<_> = measure.stages.iter().map(|(it, _)| *it).collect();
    assert_eq!(stages, [Stage::New, Stage::Lost]);
}

/// CDNOW's pace, as another program finds it, and its example: after 10, 14 and 12 days the next
/// gap is as likely shorter as longer than 29.4, and nine of ten are shorter than 156.5.
#[test]
fn whoever_is_slower_than_all_has_more_time() {
    let limits = Limits {
        usual_days: 37,
        late_days: 40,
        gone_days: 90,
        never_thousandths: 0,
        gap_count: 99,
        pace: Some(Pace {
            mean_millionths: 3_786_013,
            within_millionths: 1_242_974,
            between_millionths: 480_992,
        }),
    };
    let own = limits.of(&[10, 14, 12]);
    assert_eq!((own.late_days, own.gone_days), (59, 156));
    let all = Limits {
        pace: None,
        ..limits
    }
    .of(&[10, 14, 12]);
    assert_eq!((all.late_days, all.gone_days), (40, 90));
    let often = limits.of(&[1; 40]);
    assert_eq!(often.late_days, 40, "nobody has less time than all");
    // Back after what was too long by the pace of before, however slow it is with that gap.
    let orders = purchases(&[(100, 1), (110, 1), (124, 1), (136, 1), (336, 1)]);
    let (stage, _) = Stage::of(orders.at(on(337)), Some(&limits));
    assert_eq!(stage, Some(Stage::Returned));
}

#[test]
fn too_few_buyers_have_no_scores_and_it_is_said_how_many_are_missing() {
    let mut everybody = Everybody::default();
    for number in 0..49 {
        everybody.add(&purchases(&[
            (NOW - number, 100),
            (NOW - 200 - number, 100),
        ]));
    }
    let measure = everybody.measure(on(NOW), Currency::EUR, 80);
    assert_eq!(measure.yardstick, crate::buyer::Yardstick::default());
    assert!(measure.groups().is_empty() && measure.stages.is_empty() && measure.moves.is_empty());
    let lack = measure.lacks[0];
    assert_eq!((lack.of, lack.have, lack.least), (Lacking::Buyers, 49, 50));
}

#[test]
fn stages_follow_one_another() {
    let limits = Limits {
        usual_days: 20,
        late_days: 40,
        gone_days: 90,
        never_thousandths: 0,
        gap_count: 99,
        pace: None,
    };
    let stage = |days: &[(i64, i64)], now: i64| {
        let (stage, changes_at) = Stage::of(purchases(days).at(on(now)), Some(&limits));
        (stage.unwrap(), changes_at)
    };
    let once = [(100, 1)];
    assert_eq!(stage(&once, 99).0, Stage::NeverBought);
    assert_eq!(stage(&once, 100), (Stage::New, on(140)));
    assert_eq!(stage(&once, 139), (Stage::New, on(140)));
    assert_eq!(stage(&once, 140), (Stage::AtRisk, on(190)));
    assert_eq!(stage(&once, 190).0, Stage::Lost);
    let again = [(100, 1), (130, 1)];
    assert_eq!(stage(&again, 131), (Stage::Active, on(170)));
    // Two parcels of one day are one purchase.
    assert_eq!(stage(&[(100, 1), (100, 2)], 101).0, Stage::New);
    let back = [(100, 1), (190, 1)];
    assert_eq!(stage(&back, 190), (Stage::Returned, on(230)));
    assert_eq!(
        stage(&[(100, 1), (190, 1), (190, 9)], 191).0,
        Stage::Returned
    );
    assert_eq!(stage(&[(100, 1), (190, 1), (200, 1)], 201).0, Stage::Active);
    assert_eq!(Stage::of(purchases(&once).at(on(101)), None).0, None);
    for stage in Stage::ALL {
        assert_eq!(Stage::from_word(stage.word()), Some(stage));
    }
}
