use std::sync::Arc;

use jiff::tz::TimeZone;

use super::*;
use crate::analysis::Buyer;
use crate::buyer::{Everybody, Purchase, Purchases};
use crate::money::Currency;
use crate::time::Timestamp;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn buyer(number: u128, orders: &[&str]) -> Buyer {
    let orders = orders.iter().map(|text| Purchase {
        placed_at: at(text),
        revenue: Some(Cents(2_000)),
    });
    Buyer {
        customer: CustomerId(number),
        purchases: Purchases::new(orders.collect()),
        first_channel: None,
    }
}

fn foresight(buyers: Vec<Buyer>, now: &str) -> Foresight {
    Foresight::of(Arc::new(buyers), at(now), Currency::EUR)
}

fn of(foresight: &Foresight, name: &str) -> Leaving {
    Leaving::of(foresight, |_| true, (30, None, &zone(name)))
}

fn month(leaving: &Leaving, word: &str) -> Month {
    let found = leaving.months.iter().find(|it| it.word() == word);
    *found.unwrap()
}

/// Anna orders in January and February; the order of Bruno lies in February or in March, by where
/// one is.
fn two() -> Foresight {
    let buyers = vec![
        buyer(1, &["2026-01-10T12:00:00Z", "2026-02-20T12:00:00Z"]),
        buyer(2, &["2026-02-28T23:30:00Z"]),
    ];
    foresight(buyers, "2026-04-15T12:00:00Z")
}

#[test]
fn months_are_those_of_the_wall_with_their_ends_and_the_change_of_the_clock() {
    let leaving = of(&two(), "Europe/Rome");
    let words: Vec<String> = leaving.months.iter().map(Month::word).collect();
    assert_eq!(
        (words.len(), &*words[0], &*words[11]),
        (12, "2025-04", "2026-03")
    );
    for pair in leaving.months.windows(2) {
        assert_eq!(pair[0].until, pair[1].from);
    }
    let march = month(&leaving, "2026-03");
    assert_eq!(march.from, at("2026-02-28T23:00:00Z"));
    assert_eq!(march.until, at("2026-03-31T22:00:00Z"));
    // On the last instant of a month it is not over yet.
    let still = foresight(
        vec![buyer(1, &["2026-01-10T12:00:00Z"])],
        "2026-03-31T21:59:59Z",
    );
    assert_eq!(of(&still, "Europe/Rome").months[11].word(), "2026-02");
    assert_eq!(of(&still, "Pacific/Auckland").months[11].word(), "2026-03");
}

#[test]
fn who_was_lost_in_a_month_was_a_customer_at_its_start() {
    let foresight = two();
    let rome = of(&foresight, "Europe/Rome");
    let churn = |leaving: &Leaving, word: &str| {
        let window = month(leaving, word).window;
        (window.start, window.lost)
    };
    assert_eq!(churn(&rome, "2026-01"), (0, 0));
    assert_eq!(churn(&rome, "2026-02"), (1, 0));
    assert_eq!(churn(&rome, "2026-03"), (1, 1));
    // In New York the order of Bruno was placed on 28 February.
    let york = of(&foresight, "America/New_York");
    assert_eq!(churn(&york, "2026-03"), (2, 2));
    for (name, leaving) in [("Europe/Rome", &rome), ("America/New_York", &york)] {
        for told in &leaving.months {
            for (part, count) in [
                (Part::Start, told.window.start),
                (Part::Lost, told.window.lost),
            ] {
                let who = Who::Month((told.year, told.number), Rule::Window, part);
                let found = Leaving::behind(&foresight, |_| true, (who, 30, None, &zone(name)));
                assert_eq!(found.len() as u64, count, "{name} {} {part:?}", told.word());
            }
        }
    }
    let none = Who::Month((2020, 1), Rule::Window, Part::Start);
    let asked = (none, 30, None, &zone("Europe/Rome"));
    assert_eq!(Leaving::behind(&foresight, |_| true, asked), []);
}

/// Eighty who come every 20 days; every fourth one has been silent for long.
fn regulars() -> Vec<Buyer> {
    let now = at("2026-04-15T12:00:00Z");
    let each = (0..80_u32).map(|number| {
        let last = if number % 4 == 0 {
            60 + i64::from(number)
        } else {
            i64::from(number % 19)
        };
        let orders = (0..8).map(|order| Purchase {
            placed_at: now.plus_seconds(-86_400 * (last + order * (15 + i64::from(number % 11)))),
            revenue: Some(Cents(1_000)),
        });
        Buyer {
            customer: CustomerId(u128::from(number)),
            purchases: Purchases::new(orders.collect()),
            first_channel: None,
        }
    });
    each.collect()
}

#[test]
fn who_is_at_risk_and_lost_is_what_the_lifecycle_says() {
    let (buyers, now) = (regulars(), "2026-04-15T12:00:00Z");
    let mut everybody = Everybody::default();
    for buyer in &buyers {
        everybody.add(&buyer.purchases);
    }
    let measure = everybody.measure(at(now), Currency::EUR, 80);
    let limits = measure.yardstick.limits.unwrap();
    let stage = |wanted: Stage| {
        let mut stages = measure.stages.iter();
        stages
            .find(|(stage, _)| *stage == wanted)
            .map_or(0, |(_, tally)| tally.people)
    };
    let foresight = foresight(buyers, now);
    let rome = zone("Europe/Rome");
    let leaving = Leaving::of(&foresight, |_| true, (90, Some(&limits), &rome));
    assert_eq!(leaving.at_risk, Some(stage(Stage::AtRisk)));
    assert_eq!(leaving.lost, Some(stage(Stage::Lost)));
    assert!(stage(Stage::Lost) > 0, "{measure:?}");
    for (who, count) in [
        (Who::AtRisk, leaving.at_risk.unwrap()),
        (Who::Lost, leaving.lost.unwrap()),
    ] {
        let found = Leaving::behind(&foresight, |_| true, (who, 90, Some(&limits), &rome));
        assert_eq!(found.len() as u64, count, "{who:?}");
        for risk in found {
            let least = match who {
                Who::AtRisk => risk.late_days,
                _ => risk.gone_days,
            };
            assert!(
                risk.silence_days >= least && risk.usual_days > 0,
                "{risk:?}"
            );
        }
    }
    let sum = |of: fn(&Churn) -> u64| -> u64 {
        leaving
            .months
            .iter()
            .map(|it| of(&it.rhythm.unwrap()))
            .sum()
    };
    assert!(sum(|it| it.lost) > 0 && sum(|it| it.start) > sum(|it| it.lost));
    // Only of those who are asked for.
    let some = Leaving::of(&foresight, |it| it.0 < 8, (90, Some(&limits), &rome));
    assert_eq!(some.people, 8);
    // Without limits nobody is at risk, and nobody behind it.
    let none = Leaving::of(&foresight, |_| true, (90, None, &rome));
    assert_eq!((none.at_risk, none.lost, none.at_stake), (None, None, None));
    let asked = (Who::Lost, 90, None, &rome);
    assert_eq!(Leaving::behind(&foresight, |_| true, asked), []);
}
