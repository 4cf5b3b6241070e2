//! What people are compared by, and what never.

use super::invented::{Somebody, at};
use crate::event::{Channel, EventKind, Trust};
use crate::identity::Kind;
use crate::money::Currency;
use crate::persona::{Aspect, Features};

fn buyer() -> Somebody {
    let mut one = Somebody::known_by(&[Kind::Email]);
    one.order(Channel::Shop, 30, 2);
    one.order(Channel::Web, 50, 4);
    one
}

#[test]
fn who_is_hardly_known_is_compared_with_nobody() {
    let mut one = Somebody::known_by(&[Kind::Email]);
    assert_eq!(one.features(), None);
    for _ in 0..3 {
        assert_eq!(one.features(), None);
        one.event("Product Viewed", Channel::Web, "{}");
    }
    assert!(one.features().is_some(), "met three times");
    // A device is nobody yet.
    one.kinds = vec![Kind::AnonymousId];
    assert_eq!(one.features(), None);
    assert!(buyer().features().is_some());
    let mut silent = Somebody::known_by(&[Kind::Email]);
    for _ in 0..9 {
        silent.event("Email Delivered", Channel::Email, "{}");
    }
    assert_eq!(
        silent.features(),
        None,
        "what happens to them is no meeting"
    );
}

#[test]
fn numbers_are_those_of_the_orders_that_stand() {
    let mut one = buyer();
    one.order(Channel::Web, 1_000, 9);
    one.event("Order Cancelled", Channel::Server, r#"{"order_id":"o2"}"#);
    let features = one.features().unwrap();
    let expected = [
        2.0_f64.ln_1p(),
        40.0_f64.ln_1p(),
        3.0_f64.ln_1p(),
        2.0 / 3.0,
        1.0 / 3.0,
        0.0,
        2.0,
    ];
    for (found, expected) in features.numbers.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{features:?}");
    }
    assert_eq!(features.level(Aspect::Returned), 1);
    assert_eq!(features.level(Aspect::Orders), 2, "at least 2, not 5");
    assert_eq!(features.level(Aspect::Average), 3, "at least 20, not 50");
    assert_eq!(features.level(Aspect::Mainly), 1, "online");
    // In another currency nothing is known of amounts, and orders are orders.
    let dollars = Currency::parse("USD").unwrap();
    let other = Features::of(&one.profile(), &one.kinds, dollars).unwrap();
    assert_eq!(other.level(Aspect::Average), 0);
    assert_eq!(other.level(Aspect::Orders), 2);
}

#[test]
fn when_something_happened_is_no_feature() {
    let one = buyer();
    let mut later = one.clone();
    for event in &mut later.events {
        event.at = event.at.plus_seconds(200 * 86_400);
    }
    assert_eq!(one.features(), later.features());
}

#[test]
fn who_somebody_is_beside_buying_is_no_feature() {
    let one = buyer();
    let mut described = one.clone();
    let mut said = described.events[0].clone();
    said.kind = EventKind::Identify;
    said.trust = Trust::Staff;
    said.id.0 += 1;
    said.at = at(50);
    said.name = "".into();
    said.properties = r#"{"birthday":"1950-02-03","age":76,"gender":"f","language":"ar",
        "address":{"city":"Napoli","country":"IT"},"religion":"x","health":"y"}"#
        .into();
    said.context = r#"{"locale":"ar-EG","timezone":"Africa/Cairo"}"#.into();
    described.events.push(said);
    assert_eq!(one.features(), described.features());
}
