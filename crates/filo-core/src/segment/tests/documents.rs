//! Documents: what they look like, and what is refused where.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::consent::purpose::Purposes;
use crate::event::EventKind;
use crate::id::{CustomerId, SegmentId};
use crate::money::Currency;
use crate::profile::Profile;
use crate::segment::{
    Cause, Condition, Definition, DocumentFault, Person, Scene, Signals, Traces, check_references,
    evaluate,
};
use crate::time::Timestamp;

fn read(condition: &str) -> Result<Definition, DocumentFault> {
    Definition::from_json(&format!(r#"{{"version":1,"condition":{condition}}}"#))
}

fn fault(condition: &str) -> (String, Cause) {
    match read(condition) {
        Err(DocumentFault::Condition(fault)) => (fault.at, fault.cause),
        other => panic!("{condition}: {other:?}"),
    }
}

#[test]
fn a_document_reads_like_a_sentence() {
    let text = concat!(
        r#"{"version":1,"condition":{"all":[{"happened":{"signal":{"kind":"track","#,
        r#""name":"Order Completed","where":[{"field":"products.*.category","#,
        r#""test":{"is":["coffee"]}}]},"test":{"figure":{"figure":"count","#,
        r#""is":{"at_least":2},"during":{"last":"90 days"}}}}},"#,
        r#"{"segment":"seg_00000000000000000000000007"}]}}"#,
    );
    let definition = Definition::from_json(text).unwrap();
    assert_eq!(definition.to_json(), text);
    assert_eq!(
        definition.condition().segments().first(),
        Some(&SegmentId(7))
    );
}

#[test]
fn what_cannot_be_is_refused_where_it_stands() {
    let happened = |rest: &str| format!(r#"{{"happened":{{"signal":{{"name":"A"}},{rest}}}}}"#);
    let figure = |rest: &str| happened(&format!(r#""test":{{"figure":{{{rest}}}}}"#));
    let tag = |rest: &str| format!(r#"{{"trait":{{"key":"tag","test":{{"value":{rest}}}}}}}"#);
    let cases = [
        (tag(r#"{"is":[]}"#), "/trait/test/value", Cause::Values),
        (tag(r#"{"is":[" a"]}"#), "/trait/test/value", Cause::Value),
        (tag(r#"{"contains":""}"#), "/trait/test/value", Cause::Value),
        (
            tag(r#"{"number":{"between":[2,1]}}"#),
            "/trait/test/value/number",
            Cause::Backwards,
        ),
        (
            tag(r#""set""#).replace("tag", "firstName"),
            "/trait/key",
            Cause::TraitKey,
        ),
        (
            figure(r#""figure":"sum","is":{"above":1},"during":"ever""#),
            "/happened/test/figure/figure",
            Cause::NoField,
        ),
        (
            figure(r#""figure":"count","is":{"above":1001},"during":"ever""#),
            "/happened/test/figure/is",
            Cause::BeyondCounting,
        ),
        (
            figure(r#""figure":"count","is":{"above":1},"during":{"ago":["1 day","24 hours"]}"#),
            "/happened/test/figure/during",
            Cause::EmptyWindow,
        ),
        (
            happened(r#""test":{"first":{"days":["2026-02-02","2026-02-01"]}}"#),
            "/happened/test/first",
            Cause::Backwards,
        ),
        (
            happened(r#""test":{"last_is":"set"}"#),
            "/happened/test/last_is",
            Cause::NoField,
        ),
        (
            happened(r#""hours":{"days":0,"from":0,"to":60},"test":{"first":"ever"}"#),
            "/happened/hours",
            Cause::Hours,
        ),
        (
            r#"{"all":[{"not":{"share":{"draw":"x","from":2,"to":2}}}]}"#.into(),
            "/all/0/not/share",
            Cause::Share,
        ),
        (
            r#"{"rfm":{"recency":{"at_least":0}}}"#.into(),
            "/rfm/recency",
            Cause::Score,
        ),
    ];
    for (condition, at, cause) in cases {
        assert_eq!(fault(&condition), (at.to_owned(), cause), "{condition}");
    }
}

#[test]
fn trees_are_bounded() {
    let leaf = r#"{"known":"card"}"#;
    let wide = |count: usize| format!(r#"{{"any":[{}]}}"#, vec![leaf; count].join(","));
    assert!(read(&wide(63)).is_ok());
    assert_eq!(fault(&wide(64)).1, Cause::TooManyConditions);
    let deep = |depth: usize| {
        let (open, close) = (r#"{"not":"#.repeat(depth), "}".repeat(depth));
        format!("{open}{leaf}{close}")
    };
    assert!(read(&deep(7)).is_ok());
    assert_eq!(fault(&deep(8)).1, Cause::TooDeep);
    assert!(matches!(
        read(&deep(5000)),
        Err(DocumentFault::Unreadable(_))
    ));
    let asking = |count: usize| {
        let ask = |n: usize| {
            format!(r#"{{"happened":{{"signal":{{"name":"{n}"}},"test":{{"first":"ever"}}}}}}"#)
        };
        format!(
            r#"{{"any":[{}]}}"#,
            (0..count).map(ask).collect::<Vec<_>>().join(",")
        )
    };
    assert!(read(&asking(16)).is_ok());
    assert_eq!(fault(&asking(17)).1, Cause::TooManySignals);
    let later = Definition::from_json(r#"{"version":2,"condition":{"all":[]}}"#);
    assert_eq!(later, Err(DocumentFault::Version(2)));
}

#[test]
fn segments_never_ask_about_themselves_nor_too_far() {
    let asks = |id: u128| Condition::Segment(SegmentId(id));
    let mut row: BTreeMap<_, _> = (1..16).map(|id| (SegmentId(id), asks(id + 1))).collect();
    row.insert(SegmentId(16), Condition::All(Vec::new()));
    let check = |id: u128, to: u128, row: &BTreeMap<_, _>| {
        check_references(SegmentId(id), &asks(to), row).map_err(|fault| fault.cause)
    };
    assert_eq!(check(99, 1, &row), Ok(()));
    assert_eq!(check(16, 1, &row), Err(Cause::Circle));
    assert_eq!(check(7, 7, &row), Err(Cause::Circle));
    assert_eq!(check(99, 98, &row), Ok(()));
    row.insert(SegmentId(0), asks(1));
    assert_eq!(check(99, 0, &row), Err(Cause::TooManySegments));
    row.insert(SegmentId(16), asks(1));
    assert_eq!(check(99, 1, &row), Err(Cause::TooManySegments));
}

#[test]
fn a_last_value_that_is_written_like_a_number_is_found() {
    let definition = read(
        r#"{"happened":{"signal":{"name":"Moved","field":"postal_code"},"test":{"last_is":{"is":["00185"]}}}}"#,
    )
    .unwrap();
    let mut signals = Signals::default();
    signals.extend(definition.condition().signals());
    let now = Timestamp::from_seconds(1_000);
    let mut event = super::chance::identify(now, "");
    event.kind = EventKind::Track;
    event.name = "Moved".into();
    event.properties = r#"{"postal_code":"00185"}"#.into();
    let mut traces = Traces::default();
    traces.fold(&event, &signals);
    let scene = Scene {
        segments: BTreeMap::new(),
        computed: BTreeMap::new(),
        purposes: Purposes(Vec::new()),
        currency: Currency::EUR,
        zone: jiff::tz::TimeZone::UTC,
        personas: None,
        yardstick: crate::buyer::Yardstick::default(),
    };
    let person = Person {
        customer: CustomerId(1),
        kinds: &[],
        profile: &Profile::default(),
        traces: &traces,
    };
    assert!(evaluate(definition.condition(), &person, &scene, now).holds);
}

proptest! {
    #[test]
    fn no_text_is_too_much_for_the_reader(text in r#"[{}\[\]",:a-z0-9 ]{0,60}"#) {
        let read = Definition::from_json(&text);
        prop_assert!(read.is_err());
    }
}

/// What the book shows is what is read.
#[test]
fn the_examples_of_the_book_are_conditions() {
    let book = include_str!("../../../../../docs/book/en/segments.md");
    let table = book.split("## Conditions").nth(1).unwrap();
    let table = table.split("A value test").next().unwrap();
    let spans = table.split('`').skip(1).step_by(2);
    let whole: Vec<&str> = spans
        .filter(|span| span.starts_with("{\"") && !span.contains('…'))
        .collect();
    assert!(whole.len() > 8, "{whole:?}");
    for condition in whole {
        let document = format!(r#"{{"version":1,"condition":{condition}}}"#);
        if let Err(fault) = Definition::from_json(&document) {
            panic!("{condition}: {fault}");
        }
    }
    let request = book.split("\"condition\": ").nth(1).unwrap();
    let request = request.split("\n}\n```").next().unwrap();
    let document = format!(r#"{{"version":1,"condition":{request}}}"#);
    Definition::from_json(&document).unwrap();
}
