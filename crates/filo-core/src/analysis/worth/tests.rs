use std::sync::Arc;

use jiff::tz::TimeZone;

use super::*;
use crate::analysis::Buyer;
use crate::analysis::foresight::{CHECK_DAYS, Foresight};
use crate::buyer::{Lacking, Purchase};
use crate::event::Channel;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

const NOW: Timestamp = Timestamp(1_776_254_400_000_000);
const DAY_SECONDS: i64 = 86_400;

fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap()
}

/// An order so many days ago, of so many cents.
fn order(days_ago: i64, cents: i64) -> Purchase {
    Purchase {
        placed_at: NOW.plus_seconds(-days_ago * DAY_SECONDS),
        revenue: Some(Cents(cents)),
    }
}

fn buyer(number: u128, orders: Vec<Purchase>) -> Buyer {
    Buyer {
        customer: CustomerId(number),
        purchases: Purchases::new(orders),
        first_channel: match number % 3 {
            0 => Some(Channel::Web),
            1 => Some(Channel::Shop),
            _ => None,
        },
    }
}

/// Buyers who come at different paces, half of them for some time only.
fn shop(count: u128) -> Vec<Buyer> {
    let each = (0..count).map(|number| {
        let part = i64::try_from(number % 17).unwrap();
        let pace = 6 + 3 * part;
        let first = 150 + 7 * i64::try_from(number % 23).unwrap();
        let last = if number % 2 == 0 { 1 } else { 90 };
        let times = (first - last) / pace;
        let most = i64::try_from(number % 9).unwrap();
        let orders = (0..=times.min(most))
            .map(|at| order(first - at * pace, 1_000 + 100 * part + 150 * (at % 4)));
        buyer(number, orders.collect())
    });
    each.collect()
}

fn foresight(buyers: Vec<Buyer>) -> Foresight {
    Foresight::of(Arc::new(buyers), NOW, Currency::EUR)
}

/// Of 25 who bought 50 days ago, 10 bought for 20.00 ten days ago: 20 × 1 × 1 / (1 − 0.4).
#[test]
fn the_simple_formula_is_the_product_of_what_is_counted() {
    let each = (0..25).map(|number| {
        let mut orders = vec![order(70, 500), order(50, 700)];
        if number < 10 {
            orders.push(order(10, 2_000));
        }
        buyer(number, orders)
    });
    let found = Worth::of(&foresight(each.collect()), |_| true, (By::Channel, &rome()));
    let simple = found.simple.unwrap();
    assert_eq!(simple.period_days, 30);
    assert_eq!((simple.buyers, simple.base, simple.again), (10, 25, 10));
    let near = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 1e-6, "{found}, {expected}");
    };
    near(simple.average, 2_000.0);
    near(simple.times, 1.0);
    near(simple.retention.share, 0.4);
    near(simple.lifespan.unwrap(), 1.0 / 0.6);
    near(simple.worth.unwrap(), 2_000.0 / 0.6);
    // Wilson's interval of 10 of 25 is 0.234 to 0.593.
    near(simple.between.0, 2_000.0 / (1.0 - simple.retention.low));
    assert!((simple.retention.low - 0.234).abs() < 0.001, "{simple:?}");
}

#[test]
fn the_simple_formula_says_what_is_missing() {
    let of = |buyers: Vec<Buyer>| {
        let found = Worth::of(&foresight(buyers), |_| true, (By::Channel, &rome()));
        found.simple.unwrap_err()
    };
    let young = of((0..60).map(|it| buyer(it, vec![order(40, 100)])).collect());
    assert_eq!((young.of, young.have, young.least), (Lacking::Days, 40, 60));
    let few = of((0..19)
        .map(|it| buyer(it, vec![order(70, 100), order(50, 100)]))
        .collect());
    assert_eq!((few.of, few.have, few.least), (Lacking::Buyers, 19, 20));
    // All came again: nobody knows how long they stay.
    let each = (0..25).map(|it| buyer(it, vec![order(70, 100), order(50, 100), order(5, 100)]));
    let endless = Worth::of(&foresight(each.collect()), |_| true, (By::Channel, &rome()));
    let endless = endless.simple.unwrap();
    assert_eq!((endless.worth, endless.between.1), (None, None));
    assert!(endless.between.0 > 100.0);
}

#[test]
fn totals_are_the_sums_of_what_is_expected_of_each_and_hold_them() {
    let foresight = foresight(shop(240));
    let model = foresight.model.as_ref().unwrap();
    assert!(!model.is_flat && model.amounts.is_some());
    for by in By::ALL {
        let worth = Worth::of(&foresight, |_| true, (by, &rome()));
        let total = worth.total.unwrap();
        let sum: f64 = foresight.people.iter().filter_map(Foretold::worth).sum();
        let told = total.worth.unwrap();
        assert!((told.value / sum - 1.0).abs() < 1e-9);
        assert!(told.low < told.value && told.value < told.high && told.low > 0.0);
        for estimate in total.purchases {
            assert!(estimate.low < estimate.value && estimate.value < estimate.high);
        }
        let [month, quarter, year] = total.purchases.map(|it| it.value);
        assert!(month < quarter && quarter < year);
        let of_groups: f64 = worth
            .groups
            .iter()
            .filter_map(|it| it.1.worth)
            .map(|it| it.value)
            .sum();
        assert!((of_groups / sum - 1.0).abs() < 1e-9, "{by:?}");
    }
}

#[test]
fn every_number_is_that_of_the_people_behind_it() {
    let foresight = foresight(shop(240));
    let zone = rome();
    for by in By::ALL {
        let is_asked = |it: CustomerId| it.0.is_multiple_of(2) || by == By::Channel;
        let worth = Worth::of(&foresight, is_asked, (by, &zone));
        let behind = |who: Who| Worth::behind(&foresight, is_asked, (who, &zone)).len() as u64;
        assert_eq!(behind(Who::All), worth.people);
        assert_eq!(behind(Who::Once), worth.once);
        for (band, count) in worth.bands.iter().enumerate() {
            assert_eq!(behind(Who::Band(band)), *count, "{band}");
        }
        assert_eq!(worth.once + worth.bands.iter().sum::<u64>(), worth.people);
        for (group, total) in &worth.groups {
            assert_eq!(behind(Who::Group(*group)), total.people, "{group:?}");
            assert_eq!(Group::from_word(&group.word()), Some(*group));
        }
        let all: u64 = worth.groups.iter().map(|it| it.1.people).sum();
        assert_eq!(all, worth.people);
        assert!(worth.groups.len() > 1);
        assert!(worth.top.is_sorted_by_key(Foretold::rank) && worth.top.len() == TOP_MOST);
    }
    for wrong in ["", "moon", "2026", "2026-13", "2026-q5", "2026-0", "-q1"] {
        assert_eq!(Group::from_word(wrong), None, "{wrong}");
    }
}

#[test]
fn what_was_told_before_is_checked_against_what_came() {
    let foresight = foresight(shop(240));
    let check = foresight.check.unwrap();
    assert_eq!(
        check.from,
        NOW.plus_seconds(-i64::from(CHECK_DAYS) * DAY_SECONDS)
    );
    let people: u64 = check.bands.iter().map(|it| it.people).sum();
    assert_eq!(
        (people, check.people.len(), check.bands.len()),
        (240, 240, 5)
    );
    assert!(
        check
            .bands
            .is_sorted_by(|one, other| one.predicted <= other.predicted)
    );
    let bought = check.people.iter().filter(|it| it.bought).count() as u64;
    assert_eq!(check.bands.iter().map(|it| it.bought).sum::<u64>(), bought);
    assert!(bought > 0 && check.came >= bought);
    // By hand: the square of each chance less what was.
    let sum: f64 = check
        .people
        .iter()
        .map(|it| (it.predicted - if it.bought { 1.0 } else { 0.0 }).powi(2))
        .sum();
    assert!((check.brier - sum / 240.0).abs() < 1e-12);
    let share = f64::from(u32::try_from(bought).unwrap()) / 240.0;
    assert!((check.brier_of_share - share * (1.0 - share)).abs() < 1e-9);
}

#[test]
fn with_too_few_buyers_nothing_is_foretold_and_it_is_said_what_is_missing() {
    let foresight = foresight(shop(60));
    let lacks = foresight.model.as_ref().unwrap_err();
    assert_eq!(
        (lacks[0].of, lacks[0].have, lacks[0].least),
        (Lacking::Buyers, 60, 100)
    );
    let worth = Worth::of(&foresight, |_| true, (By::Channel, &rome()));
    assert_eq!(
        (worth.people, worth.total, worth.groups.len()),
        (60, None, 0)
    );
    assert!(worth.top.iter().all(|it| it.worth().is_none()));
}

#[test]
fn what_is_ordered_within_a_day_is_one_purchase_and_foreign_money_is_none() {
    let foreign = Purchase {
        revenue: None,
        ..order(10, 0)
    };
    let orders = vec![order(30, 100), order(20, 200), order(20, 300), foreign];
    let foresight = foresight(vec![buyer(1, orders)]);
    let person = foresight.person(CustomerId(1)).unwrap();
    assert_eq!((person.purchases(), person.orders), (3, 4));
    assert_eq!(person.revenue, Cents(600));
    let spent = person.spent.unwrap();
    assert!((spent.mean() - 500.0).abs() < 1e-9);
    assert!((person.history.last() - 20.0).abs() < 1e-9);
    assert!((person.history.watched() - 30.0).abs() < 1e-9);
    // Who came today was watched for half a day, and who comes tomorrow not at all.
    let new = Foresight::of(
        Arc::new(vec![
            buyer(1, vec![order(0, 100)]),
            buyer(2, vec![order(-1, 100)]),
        ]),
        NOW,
        Currency::EUR,
    );
    assert_eq!(new.people.len(), 1);
    assert!((new.people[0].history.watched() - 0.5).abs() < 1e-9);
}
