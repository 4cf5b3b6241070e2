//! Repeat purchases of products: by hand, and of a real shop.

use std::collections::BTreeMap;

use super::super::reorder::days;
use super::*;
use crate::buyer::tests::real::online_retail_invoices;
use crate::id::CustomerId;

/// An order with products, told by a channel.
fn basket(second: i64, id: &str, products: &str) -> Event {
    let properties = format!(r#"{{"order_id":"{id}","revenue":5,"products":[{products}]}}"#);
    event(Channel::Web, semantic::ORDER_COMPLETED, second, &properties)
}

fn trail_of(events: &[Event]) -> Trail {
    let mut trail = Trail::default();
    for event in events {
        trail.learn(event, &Rules::default());
        trail.fill(event);
    }
    trail
}

const COFFEE: &str = r#"{"sku":"c-1","name":"Caffè","quantity":2}"#;
const TEA: &str = r#"{"product_id":"t-1"}"#;

/// Twenty buy coffee again after 10 to 29 days, and one never; only one of the twenty waits since
/// as long as is usual.
fn many() -> Trails {
    let mut trails = Vec::new();
    for number in 0..20_i64 {
        let again = (100 - number) * DAY;
        let first = again - (10 + number) * DAY;
        let events = [basket(first, "one", COFFEE), basket(again, "two", COFFEE)];
        let customer = CustomerId(1 + u128::try_from(number).unwrap());
        trails.push((customer, trail_of(&events)));
    }
    trails.push((CustomerId(99), trail_of(&[basket(0, "one", COFFEE)])));
    trails.into_iter().collect()
}

#[test]
fn who_is_past_the_median_and_before_the_third_quartile_is_due() {
    let trails = many();
    // 22 days after the last of them: the others wait since 22 to 41 days, one since 122.
    let shelf = Shelf::of(&trails, at(122 * DAY));
    let report = shelf.report("");
    assert_eq!((report.products, report.found), (1, 1));
    let line = &report.lines[0];
    assert_eq!((line.key.as_str(), line.name.as_str()), ("c-1", "Caffè"));
    assert_eq!((line.buyers, line.returned, line.repeats), (21, 20, 20));
    let rhythm = line.rhythm.unwrap();
    let [lower, median, upper] = rhythm.days;
    assert!(lower < median && median < upper, "{rhythm:?}");
    // Who has not come back counts for as long as they are watched, so it is later than the middle
    // of the gaps that ended, which is 19.
    assert!((19.0..=29.0).contains(&median), "{rhythm:?}");
    assert!(rhythm.share[0] > 0.4 && rhythm.share[1] < rhythm.share[0]);
    let due = shelf.people(Some("c-1"), Who::Due).unwrap();
    let waits = |it: &ShelfPerson| days(it.last_at, at(122 * DAY));
    assert!(!due.is_empty() && due.len() < 20);
    assert!(due.iter().all(|it| (median..upper).contains(&waits(it))));
    assert_eq!(due.len() as u64, line.due);
    assert_eq!(shelf.people(None, Who::Due).unwrap(), due);
    assert_eq!(report.due, line.due);
    for (who, count) in [(Who::Buyers, 21), (Who::Returned, 20)] {
        assert_eq!(shelf.people(Some("c-1"), who).unwrap().len(), count);
    }
    assert_eq!(shelf.people(Some("none"), Who::Buyers), None);
    assert_eq!(due[0].products, ["Caffè"]);
    // Until an instant before, with one repeat too few, nothing is said.
    let before = Shelf::of(&trails, at(100 * DAY - 1)).report("");
    assert_eq!(
        (before.lines[0].repeats, before.lines[0].rhythm),
        (19, None)
    );
    assert_eq!(before.due, 0);
}

#[test]
fn a_product_counts_once_an_order_and_only_of_orders_that_stand() {
    let both = format!("{COFFEE},{TEA},{COFFEE}");
    let gone = event(
        Channel::Web,
        semantic::ORDER_CANCELLED,
        9 * DAY,
        r#"{"order_id":"gone"}"#,
    );
    let trail = trail_of(&[
        basket(0, "a", &both),
        // An item that was forgotten: within a day it is the same purchase.
        basket(DAY - 1, "b", COFFEE),
        basket(8 * DAY, "gone", COFFEE),
        gone,
        basket(
            10 * DAY,
            "c",
            r#"{"sku":"c-1","name":"Caffè forte"},{"sku":"r-1","quantity":0}"#,
        ),
        // A refund tells of products too, and is no purchase.
        event(
            Channel::Web,
            semantic::ORDER_REFUNDED,
            12 * DAY,
            &format!(r#"{{"order_id":"c","products":[{TEA}]}}"#),
        ),
    ]);
    let trails = Trails::from_iter([(CustomerId(1), trail)]);
    let shelf = Shelf::of(&trails, at(30 * DAY));
    let report = shelf.report("");
    let told: Vec<_> = report
        .lines
        .iter()
        .map(|it| {
            (
                it.key.as_str(),
                it.name.as_str(),
                it.buyers,
                it.returned,
                it.repeats,
            )
        })
        .collect();
    assert_eq!(
        told,
        [("c-1", "Caffè forte", 1, 1, 1), ("t-1", "t-1", 1, 0, 0)]
    );
    assert_eq!(shelf.report(" FORTE").found, 1);
    assert_eq!(shelf.report("t-1").lines[0].key, "t-1");
    let nothing = shelf.report("zucchero");
    assert_eq!(
        (nothing.products, nothing.found, nothing.lines.len()),
        (2, 0, 0)
    );
}

/// What the latest telling says counts, whatever comes first; what a browser claimed stands in for
/// a system that tells no products.
#[test]
fn the_order_of_tellings_changes_nothing() {
    let mut corrected = basket(DAY, "a", TEA);
    corrected.name = semantic::ORDER_UPDATED.into();
    let mut claimed = basket(2 * DAY, "a", COFFEE);
    claimed.trust = Trust::Claimed;
    let events = [basket(0, "a", COFFEE), corrected, claimed];
    let mut turned = events.clone();
    turned.reverse();
    assert_eq!(trail_of(&events), trail_of(&turned));
    let mut joined = trail_of(&events[..1]);
    joined.merge(trail_of(&events[1..]));
    assert_eq!(joined.baskets(), trail_of(&events).baskets());
    let keys = |trail: &Trail| {
        let order = trail.orders().get("a").cloned().unwrap();
        let products = trail.baskets().of(&order).iter();
        products.map(|it| it.key.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&trail_of(&events)), ["t-1"]);
    let silent = order(Channel::Server, 0, "a", 5);
    assert_eq!(keys(&trail_of(&[silent, events[2].clone()])), ["c-1"]);
}

/// UCI Online Retail at 2011-09-01, as a program of our own in another language finds it: buyers,
/// who came back, repeats, the share, the quartiles in days, and who is due.
#[test]
fn the_rhythm_of_a_real_shop_is_that_of_another_program() {
    let Some(invoices) = online_retail_invoices() else {
        return;
    };
    let mut trails: BTreeMap<CustomerId, Trail> = BTreeMap::new();
    for (customer, event) in &invoices {
        let id = customer.trim_end_matches(".0").parse().unwrap();
        let trail = trails.entry(CustomerId(id)).or_default();
        trail.learn(event, &Rules::default());
        trail.fill(event);
    }
    let trails: Trails = trails.into_iter().collect();
    let shelf = Shelf::of(&trails, Timestamp::parse("2011-09-01T00:00:00Z").unwrap());
    let report = shelf.report("");
    assert_eq!((report.products, report.due), (3_394, 2_426));
    assert_eq!(report.lines.len(), PRODUCTS_MOST);
    for (line, (key, counts, share, days)) in report.lines.iter().zip([
        (
            "85123A",
            [686, 301, 685, 155],
            0.704_212_896,
            [30.029_861, 62.070_139, 118.234_028],
        ),
        (
            "85099B",
            [458, 210, 539, 94],
            0.765_572_874,
            [28.800_694, 53.794_444, 105.099_306],
        ),
        (
            "22423",
            [681, 238, 515, 179],
            0.638_309_385,
            [30.068_056, 66.090_972, 126.144_444],
        ),
    ]) {
        assert_eq!(line.key, key);
        assert_eq!(
            [line.buyers, line.returned, line.repeats, line.due],
            counts,
            "{key}"
        );
        let rhythm = line.rhythm.unwrap();
        assert!((rhythm.share[0] - share).abs() < 1e-9, "{key} {rhythm:?}");
        let near = rhythm
            .days
            .iter()
            .zip(days)
            .all(|(one, other)| (one - other).abs() < 1e-6);
        assert!(near, "{key} {rhythm:?}");
        let due = shelf.people(Some(key), Who::Due).unwrap();
        assert_eq!(due.len() as u64, line.due);
    }
}
