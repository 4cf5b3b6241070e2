use super::build::{fold, fold_by, identify, track};
use crate::event::{Event, Trust};
use crate::identity::{Rules, Survivorship};
use crate::profile::view::{Address, summary};

fn value(rules: &Rules, events: &[Event]) -> Option<String> {
    let (value, _) = fold_by(rules, events).traits.get("t")?.value()?;
    Some(value.to_string())
}

/// Checks every order of the events and every cut into two merged profiles.
fn check(rule: Survivorship, said: &[(i64, Trust, &str)], expected: Option<&str>) {
    let mut rules = Rules::default();
    rules.traits.insert("t".into(), rule);
    let events: Vec<Event> = said
        .iter()
        .map(|(second, trust, value)| identify(*second, &format!("{{\"t\":{value}}}")).by(*trust))
        .collect();
    let mut orders = vec![Vec::new()];
    for event in &events {
        orders = orders
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(|position| {
                    let mut order = order.clone();
                    order.insert(position, event.clone());
                    order
                })
            })
            .collect();
    }
    for order in orders {
        assert_eq!(
            value(&rules, &order).as_deref(),
            expected,
            "{rule:?} {said:?}"
        );
        for cut in 0..=order.len() {
            let mut merged = fold_by(&rules, &order[..cut]);
            merged.merge(&fold_by(&rules, &order[cut..]));
            assert_eq!(
                merged.hash(),
                fold_by(&rules, &order).hash(),
                "{rule:?} {said:?}"
            );
        }
    }
}

use Survivorship::{Latest, MostTrusted, Oldest, Union};
use Trust::{Claimed, Staff, Verified};

const ONE: &str = r#""1""#;
const TWO: &str = r#""2""#;
const THREE: &str = r#""3""#;
const NOTHING: &str = "null";

#[test]
fn the_latest_wins_but_no_claim_over_what_is_proven() {
    check(Latest, &[(1, Verified, ONE), (2, Verified, TWO)], Some(TWO));
    check(Latest, &[(1, Verified, ONE), (2, Claimed, TWO)], Some(ONE));
    check(Latest, &[(1, Staff, ONE), (2, Verified, TWO)], Some(TWO));
    check(Latest, &[(1, Verified, ONE), (1, Verified, ONE)], Some(ONE));
    let empty = r#""""#;
    let emptied = [(1, Verified, ONE), (2, Verified, empty)];
    check(Latest, &emptied, Some(empty));
}

#[test]
fn the_latest_can_take_a_value_back() {
    let taken_back = (2, Verified, NOTHING);
    check(Latest, &[(1, Verified, ONE), taken_back], None);
    check(Latest, &[taken_back, (3, Claimed, ONE)], None);
    let said_again = [(1, Verified, ONE), taken_back, (3, Verified, TWO)];
    check(Latest, &said_again, Some(TWO));
    let claimed_back = [(1, Verified, ONE), (2, Claimed, NOTHING)];
    check(Latest, &claimed_back, Some(ONE));
}

#[test]
fn the_most_trusted_wins() {
    let all = [(1, Staff, ONE), (2, Verified, TWO), (3, Claimed, THREE)];
    check(MostTrusted, &all, Some(ONE));
    check(MostTrusted, &[(1, Staff, ONE), (2, Staff, TWO)], Some(TWO));
    check(
        MostTrusted,
        &[(1, Verified, ONE), (2, Staff, NOTHING)],
        None,
    );
}

#[test]
fn the_oldest_wins_and_is_taken_back_for_good() {
    check(Oldest, &[(1, Verified, ONE), (2, Verified, TWO)], Some(ONE));
    check(Oldest, &[(1, Claimed, ONE), (2, Verified, TWO)], Some(TWO));
    let taken_back = [
        (1, Verified, ONE),
        (2, Verified, NOTHING),
        (3, Verified, TWO),
    ];
    check(Oldest, &taken_back, None);
    let claimed_back = [(1, Verified, ONE), (2, Claimed, NOTHING)];
    check(Oldest, &claimed_back, Some(ONE));
    let before = [(1, Verified, NOTHING), (2, Verified, TWO)];
    check(Oldest, &before, Some(TWO));
}

#[test]
fn a_collection_keeps_every_value() {
    let two = [(1, Verified, ONE), (2, Verified, TWO)];
    check(Union, &two, Some(r#"["1","2"]"#));
    let lists = [(1, Verified, r#"["2","1",null]"#), (2, Staff, THREE)];
    check(Union, &lists, Some(r#"["1","2","3"]"#));
    let claimed = [(1, Claimed, TWO), (2, Claimed, ONE)];
    check(Union, &claimed, Some(r#"["1","2"]"#));
    check(
        Union,
        &[(1, Verified, ONE), (2, Claimed, TWO)],
        Some(r#"["1"]"#),
    );
    let emptied = [
        (1, Verified, ONE),
        (2, Verified, NOTHING),
        (3, Verified, TWO),
    ];
    check(Union, &emptied, Some(r#"["2"]"#));
    let claimed_back = [(1, Verified, ONE), (2, Claimed, NOTHING)];
    check(Union, &claimed_back, Some(r#"["1"]"#));
    check(Union, &[(1, Verified, ONE), (2, Verified, NOTHING)], None);
}

#[test]
fn all_ways_of_writing_a_key_are_one_trait() {
    let profile = fold(&[
        identify(1, r#"{"firstName":"Ada","Last Name":"Lo\u0076elace"}"#),
        identify(2, r#"{"first_name":"Augusta"}"#),
    ]);
    assert_eq!(
        profile.traits.full_name().as_deref(),
        Some("Augusta Lovelace")
    );
    let both = fold(&[identify(1, r#"{"firstName":"one","first_name":"two"}"#)]);
    assert_eq!(
        both.traits.text("first_name").as_deref(),
        Some("two"),
        "the later key counts"
    );
}

#[test]
fn only_identify_speaks_of_the_person() {
    let context = r#"{"traits":{"email":"tracked@x.it"}}"#;
    let profile = fold(&[
        track("Signed In", 1, r#"{"email":"property@x.it"}"#).amid(context),
        identify(2, r#"{"name":"N"}"#).amid(context),
    ]);
    assert_eq!(profile.traits.text("email"), None);
    let rudder = fold(&[identify(1, "").amid(context)]);
    assert_eq!(rudder.traits.text("email").as_deref(), Some("tracked@x.it"));
}

#[test]
fn limits_hold_and_are_told() {
    let long = format!(r#"{{"bio":"{}","email":"a@b.it"}}"#, "x".repeat(5000));
    let profile = fold(&[identify(1, &long)]);
    assert_eq!(profile.traits.iter().count(), 1);
    assert!(profile.traits.is_overflown());

    let many: Vec<String> = (0..400)
        .map(|number| format!(r#""a{number:03}":1"#))
        .collect();
    let flood = identify(2, &format!("{{{}}}", many.join(","))).by(Claimed);
    let said = identify(1, r#"{"name":"Ada","zone":"north"}"#);
    let profile = fold(&[said.clone(), flood.clone()]);
    assert_eq!(profile.traits.iter().count(), 300);
    assert_eq!(profile.traits.text("name").as_deref(), Some("Ada"));
    assert_eq!(
        profile.traits.text("zone").as_deref(),
        Some("north"),
        "claims push out claims"
    );
    assert_eq!(fold(&[flood, said]).hash(), profile.hash());
    assert!(summary(&profile).is_incomplete);
}

#[test]
fn typed_readers() {
    let profile = fold(&[identify(
        1,
        r#"{"email":"ada@x.it","phone":"+39333","birthday":"1980-05-17T00:00:00Z","language":"IT-it",
            "address":{"street":"via Po 1","postalCode":"10121","City":"Torino"},"country":"Italia"}"#,
    )]);
    let shown = summary(&profile);
    assert_eq!(shown.display_name.as_deref(), Some("ada@x.it"));
    assert_eq!(shown.birthday, Some(jiff::civil::date(1980, 5, 17)));
    assert_eq!(shown.language.as_deref(), Some("it"));
    let address = Address {
        street: Some("via Po 1".to_owned()),
        city: Some("Torino".to_owned()),
        postal_code: Some("10121".to_owned()),
        state: None,
        country: Some("Italia".to_owned()),
    };
    assert_eq!(shown.address, Some(address));
    for (text, expected) in [
        ("17/05/1980", Some((1980, 5, 17))),
        ("17.5.1980", Some((1980, 5, 17))),
        ("1980-05-17", Some((1980, 5, 17))),
        ("31/02/1980", None),
        ("17/05/80", None),
        ("maggio", None),
        ("", None),
    ] {
        let profile = fold(&[identify(1, &format!(r#"{{"birthday":"{text}"}}"#))]);
        let expected = expected.map(|(year, month, day)| jiff::civil::date(year, month, day));
        assert_eq!(profile.traits.birthday(), expected, "{text}");
    }
}
