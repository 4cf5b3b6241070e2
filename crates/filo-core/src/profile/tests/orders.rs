use super::build::{fold, fold_by, track};
use crate::event::{Event, Trust};
use crate::identity::Rules;
use crate::money::{Cents, Currency};
use crate::profile::view::{OrderSummary, summary};
use crate::time::Timestamp;

fn completed(second: i64, properties: &str) -> Event {
    track("Order Completed", second, properties)
}

fn refunded(second: i64, properties: &str) -> Event {
    track("Order Refunded", second, properties)
}

fn cancelled(second: i64, properties: &str) -> Event {
    track("Order Cancelled", second, properties)
}

fn updated(second: i64, properties: &str) -> Event {
    track("Order Updated", second, properties)
}

/// Checks forwards, backwards, and with every event on a profile of its own.
fn summaries(events: &[Event]) -> Vec<OrderSummary> {
    let profile = fold(events);
    let mut backwards = events.to_vec();
    backwards.reverse();
    assert_eq!(fold(&backwards).hash(), profile.hash());
    let mut merged = fold(&[]);
    for event in &backwards {
        merged.merge(&fold(std::slice::from_ref(event)));
    }
    assert_eq!(merged.hash(), profile.hash());
    summary(&profile).orders
}

/// (count, cancelled, gross, refunded, net) in euro cents.
fn euros(events: &[Event]) -> (u32, u32, i64, i64, i64) {
    let summaries = summaries(events);
    assert!(summaries.len() <= 1, "{summaries:?}");
    summaries.first().map_or((0, 0, 0, 0, 0), |known| {
        assert_eq!(known.currency, Currency::EUR);
        (
            known.count,
            known.cancelled_count,
            known.gross.0,
            known.refunded.0,
            known.net.0,
        )
    })
}

const ORDER: &str = r#"{"order_id":"A1","revenue":100,"shipping":10,"tax":12,"total":122}"#;

/// Checks what becomes of the order after more was told, each time as (event, its properties
/// beside the order's id).
fn check(told: &[(&str, &str)], expected: (u32, u32, i64, i64, i64)) {
    let mut events = vec![completed(10, ORDER)];
    for (second, (name, rest)) in (20..).zip(told) {
        let properties = format!(r#"{{"order_id":"A1"{rest}}}"#);
        events.push(track(&format!("Order {name}"), second, &properties));
    }
    assert_eq!(euros(&events), expected, "{told:?}");
}

#[test]
fn refunds_take_their_share_of_the_revenue() {
    check(&[], (1, 0, 10_000, 0, 10_000));
    check(&[("Refunded", "")], (1, 0, 10_000, 10_000, 0));
    let half = (1, 0, 10_000, 5000, 5000);
    check(&[("Refunded", r#","total":61"#)], half);
    check(&[("Refunded", r#","total":"-61,00""#)], half);
    let more = r#","total":30.5"#;
    let two = [("Refunded", r#","total":61"#), ("Refunded", more)];
    check(&two, (1, 0, 10_000, 7500, 2500));
    let products = r#","products":[{"price":6.1,"quantity":2}]"#;
    check(&[("Refunded", products)], (1, 0, 10_000, 1000, 9000));
}

#[test]
fn absurd_refunds_take_nothing_or_no_more_than_was_paid() {
    let untouched = (1, 0, 10_000, 0, 10_000);
    check(&[("Refunded", r#","total":"boh""#)], untouched);
    check(
        &[("Refunded", r#","total":61,"currency":"USD""#)],
        untouched,
    );
    let too_much = [("Refunded", r#","total":9999"#)];
    check(&too_much, (1, 0, 10_000, 10_000, 0));
}

#[test]
fn orders_change_and_are_called_off() {
    check(&[("Cancelled", "")], (0, 1, 0, 0, 0));
    check(&[("Cancelled", ""), ("Refunded", "")], (0, 1, 0, 0, 0));
    let change = r#","revenue":50,"total":61"#;
    check(&[("Updated", change)], (1, 0, 5000, 0, 5000));
    let no_amount = r#","status":"shipped""#;
    check(&[("Updated", no_amount)], (1, 0, 10_000, 0, 10_000));
}

#[test]
fn what_is_told_of_an_unknown_order_waits_for_it() {
    let nothing = (0, 0, 0, 0, 0);
    let refund = refunded(20, r#"{"order_id":"A1","total":61}"#);
    assert_eq!(euros(&[refund]), nothing);
    let nameless = [
        refunded(20, "{}"),
        cancelled(21, "{}"),
        updated(22, r#"{"total":5}"#),
    ];
    assert_eq!(euros(&nameless), nothing);
}

#[test]
fn refunds_told_twice_under_one_id_count_once() {
    let webhook = refunded(20, r#"{"order_id":"A1","total":61,"refund_id":"R1"}"#);
    let server = refunded(21, r#"{"order_id":"A1","total":61,"refund_id":"R1"}"#);
    assert_eq!(euros(&[completed(10, ORDER), webhook, server]).3, 5000);
}

#[test]
fn two_sources_that_tell_of_one_order_count_it_once() {
    let browser = completed(9, r#"{"order_id":"A1","revenue":1,"total":1}"#).by(Trust::Claimed);
    let server = completed(10, ORDER);
    let events = [browser, server];
    assert_eq!(euros(&events), (1, 0, 10_000, 0, 10_000));
    let shown = summaries(&events);
    assert_eq!(
        shown[0].first_at,
        Some(Timestamp::from_seconds(10)),
        "proven time wins too"
    );
}

#[test]
fn a_claim_never_changes_what_the_companys_systems_told() {
    let claims = [
        cancelled(20, r#"{"order_id":"A1"}"#).by(Trust::Claimed),
        refunded(21, r#"{"order_id":"A1"}"#).by(Trust::Claimed),
        updated(22, r#"{"order_id":"A1","revenue":9999999}"#).by(Trust::Claimed),
    ];
    let mut events = vec![completed(10, ORDER)];
    events.extend(claims.clone());
    assert_eq!(euros(&events), (1, 0, 10_000, 0, 10_000));
    let mut claimed = vec![completed(10, ORDER).by(Trust::Claimed)];
    claimed.extend(claims);
    assert_eq!(euros(&claimed), (0, 1, 0, 0, 0));
}

#[test]
fn a_proven_refund_counts_on_a_claimed_order() {
    let refund = refunded(20, r#"{"order_id":"A1","total":61}"#);
    let claimed = completed(10, ORDER).by(Trust::Claimed);
    let both = [claimed.clone(), refund.clone()];
    assert_eq!(euros(&both), (1, 0, 10_000, 5000, 5000));
    assert!(fold(&both).orders.get("A1").unwrap().is_claimed());
    let all = [claimed, refund, completed(11, ORDER)];
    assert_eq!(euros(&all), (1, 0, 10_000, 5000, 5000));
    assert!(!fold(&all).orders.get("A1").unwrap().is_claimed());
    assert_eq!(fold(&all).orders.iter().count(), 1);
}

#[test]
fn a_flood_of_claims_pushes_out_claims_only() {
    let mut events: Vec<Event> = (0..2500)
        .map(|number| {
            let properties = format!(r#"{{"order_id":"0{number}","total":1}}"#);
            completed(number, &properties).by(Trust::Claimed)
        })
        .collect();
    events.push(completed(1, r#"{"order_id":"Z","total":7}"#));
    let profile = fold(&events);
    assert!(profile.orders.is_overflown());
    assert_eq!(profile.orders.iter().count(), 2000);
    assert!(profile.orders.get("Z").is_some());
    events.reverse();
    assert_eq!(fold(&events).hash(), profile.hash());
}

#[test]
fn amounts_that_are_missing_have_a_substitute() {
    for (properties, revenue, total) in [
        (r#"{"revenue":10,"subtotal":9,"total":13}"#, 1000, 1300),
        (r#"{"subtotal":9,"total":13}"#, 900, 1300),
        (r#"{"total":13,"tax":2,"shipping":1}"#, 1300, 1300),
        (r#"{"revenue":10,"tax":"2,20","shipping":1}"#, 1000, 1320),
        (r#"{"value":7}"#, 700, 700),
        (
            r#"{"products":[{"price":"0,55","quantity":48},{"price":1}]}"#,
            2740,
            2740,
        ),
        (r#"{"revenue":"gratis","total":null}"#, 0, 0),
        (r#"{"revenue":1e3}"#, 100_000, 100_000),
        ("{}", 0, 0),
        ("", 0, 0),
    ] {
        let profile = fold(&[completed(1, properties)]);
        let order = profile.orders.iter().next().unwrap();
        let content = order.content().unwrap();
        assert_eq!(
            (content.revenue, content.total),
            (Cents(revenue), Cents(total)),
            "{properties}"
        );
        assert!(
            order.id().starts_with("evt_"),
            "an order without id has that of its event"
        );
    }
}

#[test]
fn currencies_are_never_added() {
    let rules = Rules {
        currency: "CHF".into(),
        ..Rules::default()
    };
    let profile = fold_by(
        &rules,
        &[
            completed(1, r#"{"order_id":1,"total":10.5}"#),
            completed(2, r#"{"order_id":"2","total":10,"currency":"eur"}"#),
            completed(3, r#"{"order_id":"3","total":1000,"currency":"JPY"}"#),
            refunded(4, r#"{"order_id":"3","total":400}"#),
            completed(5, r#"{"order_id":"5","total":20,"currency":"franchi"}"#),
        ],
    );
    let shown: Vec<_> = summary(&profile)
        .orders
        .iter()
        .map(|known| {
            (
                known.currency.to_string(),
                known.count,
                known.net.0,
                known.average.0,
            )
        })
        .collect();
    let expected = [
        ("CHF", 2, 3050, 1525),
        ("EUR", 1, 1000, 1000),
        ("JPY", 1, 600, 1000),
    ]
    .map(|(code, count, net, average)| (code.to_owned(), count, net, average));
    assert_eq!(shown, expected);
    assert!(profile.orders.get("1").is_some(), "a number is an id too");
}

#[test]
fn sums_do_not_overflow() {
    let huge = r#""total":92233720368547758.07,"products":[{"price":1,"quantity":1e20}]"#;
    let events: Vec<Event> = (0..3)
        .map(|number| completed(number, &format!(r#"{{"order_id":"{number}",{huge}}}"#)))
        .collect();
    let shown = summaries(&events);
    assert_eq!(shown[0].gross, Cents(i64::MAX));
    assert_eq!(shown[0].count, 3);
}
