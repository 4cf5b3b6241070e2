//! The answers agree with the definition at every instant, and whoever asks again when told to
//! is never late.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::chance::{EVERYBODY, History, KINDS, condition, history};
use super::reference::Reference;
use crate::consent::purpose::Purposes;
use crate::event::Event;
use crate::id::CustomerId;
use crate::identity::Rules;
use crate::money::Currency;
use crate::profile::Profile;
use crate::segment::{Condition, Definition, Outcome, Person, Scene, Signals, Traces, evaluate};
use crate::time::Timestamp;

const HOUR: i64 = 3_600_000_000;

fn traces<'a>(condition: &Condition, events: impl IntoIterator<Item = &'a Event>) -> Traces {
    let mut signals = Signals::default();
    signals.extend(condition.signals());
    let mut traces = Traces::default();
    for event in events {
        traces.fold(event, &signals);
    }
    traces
}

/// Every hour of the weeks after now, and around every instant at which an event may come into a
/// window or leave it.
pub(super) fn samples(history: &History) -> Vec<Timestamp> {
    let ages = [
        0,
        5 * HOUR / 60,
        HOUR,
        24 * HOUR,
        72 * HOUR,
        168 * HOUR,
        960 * HOUR,
    ];
    // Limits of silence of one's own are any number of days.
    let days = (1..=16).map(|days| days * 24 * HOUR);
    let ages: Vec<i64> = ages.into_iter().chain(days).collect();
    let ages = &ages;
    let edges = history.events.iter().flat_map(|event| {
        let edges = ages.iter().map(move |age| event.at.plus_micros(*age));
        edges.flat_map(|edge| [-1, 0, 1].map(move |by| edge.plus_micros(by)))
    });
    let hours = (0..24 * 16).map(|hour| history.now.plus_micros(hour * HOUR));
    let mut samples: Vec<Timestamp> = edges.chain(hours).collect();
    samples.retain(|at| *at >= history.now);
    samples.sort_unstable();
    samples
}

fn prove(history: &History, condition: &Condition) -> Result<(), TestCaseError> {
    let zone = TimeZone::get("Europe/Rome").unwrap();
    let scene = Scene {
        segments: BTreeMap::from([(EVERYBODY, std::sync::Arc::new(Condition::All(Vec::new())))]),
        computed: BTreeMap::new(),
        purposes: Purposes(Vec::new()),
        currency: Currency::EUR,
        zone: zone.clone(),
        personas: Some(std::sync::Arc::new(super::persona::model())),
        yardstick: history.yardstick.clone(),
    };
    let mut profile = Profile::default();
    for event in history.events.iter().chain(&history.listed) {
        profile.fold(event, &Rules::default());
    }
    let traces = traces(condition, &history.events);
    let person = Person {
        customer: CustomerId(1),
        kinds: &KINDS,
        profile: &profile,
        traces: &traces,
    };
    let ask = |now: Timestamp| -> Result<Outcome, TestCaseError> {
        let outcome = evaluate(condition, &person, &scene, now);
        prop_assert!(outcome.changes_at > now, "{outcome:?} at {now}");
        Ok(outcome)
    };
    let mut told = ask(history.now)?;
    for now in samples(history) {
        while told.changes_at <= now {
            told = ask(told.changes_at)?;
        }
        let reference = Reference {
            history,
            zone: zone.clone(),
            now,
        };
        let expected = reference.holds(condition);
        prop_assert_eq!(ask(now)?.holds, expected, "asked at {}", now);
        prop_assert_eq!(told.holds, expected, "told before {}", now);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn answers_agree_with_the_definition_and_nobody_is_late(
        history in history(),
        condition in condition(),
    ) {
        prove(&history, &condition)?;
    }

    #[test]
    fn a_document_gives_every_checked_condition_back(condition in condition()) {
        match Definition::new(condition) {
            Err(fault) => prop_assert!(!fault.to_string().is_empty()),
            Ok(definition) => {
                let read = Definition::from_json(&definition.to_json());
                prop_assert_eq!(read, Ok(definition));
            }
        }
    }

    #[test]
    fn traces_do_not_depend_on_how_they_were_gathered(
        history in history(),
        condition in condition(),
        parts in proptest::collection::vec(0u8..4, 15),
        shuffled in Just((0..15usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let whole = traces(&condition, &history.events);
        let events = &history.events;
        let mixed: Vec<&Event> = shuffled.iter().filter_map(|place| events.get(*place)).collect();
        let twice = mixed.iter().chain(&mixed).copied();
        prop_assert_eq!(&traces(&condition, twice), &whole);
        let mut merged = Traces::default();
        for part in [2, 0, 3, 1, 0] {
            let of_part = events.iter().zip(&parts).filter(|(_, it)| **it == part);
            merged.merge(&traces(&condition, of_part.map(|(event, _)| event)));
        }
        prop_assert_eq!(&merged, &whole);
        let bytes = postcard::to_allocvec(&whole).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Traces>(&bytes).unwrap(), whole);
    }
}
