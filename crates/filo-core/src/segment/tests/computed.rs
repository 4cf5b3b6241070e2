//! The values of computed traits agree with the definition at every instant, whoever reads again
//! when told to is never late, and segments that ask about them are answered by them.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::chance::{History, KINDS, history, identify, value_test};
use super::computed_chance::{NAMES, formula, of_events, of_orders, term};
use super::computed_reference::accepts;
use super::proof::samples;
use super::reference::Reference;
use crate::consent::purpose::Purposes;
use crate::event::{Event, EventKind};
use crate::id::{CustomerId, SegmentId};
use crate::identity::Rules;
use crate::money::Currency;
use crate::profile::Profile;
use crate::segment::computed::{
    Computed, ComputedKind, Formula, Reading, Recipe, RecipeFault, Recipes, check_computed,
    check_recipe, compute, with_those_made_of,
};
use crate::segment::{
    Book, Condition, Number, Outcome, Person, Scene, Signals, Traces, TraitCondition, TraitTest,
    Value, ValueTest, evaluate,
};
use crate::time::Timestamp;

/// What everybody has received as `points`.
pub(super) const POINTS: Number = Number::whole(7);

fn recipes<const N: usize>(all: [(&str, Recipe); N]) -> Recipes {
    let entry = |(key, recipe): (&str, Recipe)| (CompactString::from(key), Arc::new(recipe));
    all.into_iter().map(entry).collect()
}

fn over(text: &str) -> Recipe {
    Recipe::Formula(text.parse().unwrap())
}

fn scene(computed: Recipes) -> Scene {
    Scene {
        segments: BTreeMap::new(),
        computed,
        purposes: Purposes(Vec::new()),
        currency: Currency::EUR,
        zone: TimeZone::get("Europe/Rome").unwrap(),
        personas: None,
        yardstick: crate::buyer::Yardstick::default(),
    }
}

/// The profile with the points, and the traces of what a scene asks for.
fn known(history: &History, scene: &Scene) -> (Profile, Traces) {
    let mut points = identify(history.now.plus_seconds(-86_400), "1990-10-26");
    points.id = crate::id::EventId(77);
    points.properties = r#"{"points":"7"}"#.into();
    let mut signals = Signals::default();
    signals.extend(scene.computed.values().filter_map(|it| it.signal()));
    let (mut profile, mut traces) = (Profile::default(), Traces::default());
    for event in history.events.iter().chain([&points]) {
        profile.fold(event, &Rules::default());
        traces.fold(event, &signals);
    }
    (profile, traces)
}

fn prove(history: &History, computed: Recipes, test: &ValueTest) -> Result<(), TestCaseError> {
    let scene = scene(computed);
    let (profile, traces) = known(history, &scene);
    let person = Person {
        customer: CustomerId(1),
        kinds: &KINDS,
        profile: &profile,
        traces: &traces,
    };
    for (key, recipe) in &scene.computed {
        let condition = Condition::Trait(TraitCondition {
            key: key.clone(),
            test: TraitTest::Value(test.clone()),
        });
        let read = |now: Timestamp| -> Result<(Reading, Outcome), TestCaseError> {
            let all = compute(&person, &scene, now);
            let (_, reading) = all.into_iter().find(|(name, _)| name == key).unwrap();
            let outcome = evaluate(&condition, &person, &scene, now);
            prop_assert!(reading.changes_at > now, "{reading:?} at {now}");
            prop_assert!(outcome.changes_at > now, "{outcome:?} at {now}");
            Ok((reading, outcome))
        };
        let (mut told, mut held) = read(history.now)?;
        for now in samples(history) {
            while told.changes_at <= now {
                told = read(told.changes_at)?.0;
            }
            while held.changes_at <= now {
                held = read(held.changes_at)?.1;
            }
            let reference = Reference {
                history,
                zone: scene.zone.clone(),
                now,
            };
            let expected = reference.computed(recipe, &scene.computed);
            let (reading, outcome) = read(now)?;
            prop_assert_eq!(&reading.value, &expected, "{} read at {}", key, now);
            prop_assert_eq!(&told.value, &expected, "{} told before {}", key, now);
            let is_so = accepts(test, expected.as_ref());
            prop_assert_eq!(outcome.holds, is_so, "{} asked at {}", key, now);
            prop_assert_eq!(held.holds, is_so, "{} held before {}", key, now);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn values_agree_with_the_definition_and_nobody_is_late(
        history in history(),
        events in of_events(),
        orders in of_orders(),
        formula in formula(),
        test in value_test(),
    ) {
        let all = [("of_events", events), ("of_orders", orders), ("over", Recipe::Formula(formula))];
        prove(&history, recipes(all), &test)?;
    }
}

proptest! {
    #[test]
    fn a_formula_is_read_back_from_its_text(term in term()) {
        let text = Formula::unchecked(term.clone()).to_string();
        match text.parse::<Formula>() {
            Ok(read) => prop_assert_eq!(read.term(), &term, "{}", text),
            // Chance may write more than a formula may have.
            Err(fault) => prop_assert!(fault.to_string().contains("at most"), "{} {}", text, fault),
        }
    }

    #[test]
    fn a_recipe_is_read_back_from_its_document(recipe in prop_oneof![of_events(), of_orders()]) {
        prop_assert_eq!(Recipe::from_json(&recipe.to_json()), Ok(recipe));
    }

    #[test]
    fn an_event_changes_no_value_that_the_book_does_not_name(
        history in history(),
        events in of_events(),
        orders in of_orders(),
        formula in formula(),
    ) {
        let computed = recipes([
            ("of_events", events),
            ("of_orders", orders),
            ("over", Recipe::Formula(formula)),
        ]);
        let mut scene = scene(computed.clone());
        let asked = computed.keys().enumerate().map(|(place, key)| {
            let test = TraitTest::Value(ValueTest::Set);
            let wanted = TraitCondition { key: key.clone(), test };
            (SegmentId(place as u128), Arc::new(Condition::Trait(wanted)))
        });
        scene.segments = asked.collect();
        let book = Book::new(scene);
        let value = |events: &[Event]| {
            let part = History { events: events.to_vec(), ..history.clone() };
            let (profile, traces) = known(&part, book.scene());
            let person =
                Person { customer: CustomerId(1), kinds: &KINDS, profile: &profile, traces: &traces };
            compute(&person, book.scene(), history.now)
        };
        for (place, event) in history.events.iter().enumerate() {
            let (before, after) = (value(&history.events[..place]), value(&history.events[..=place]));
            let touched = book.touched(event);
            for (at, (one, other)) in before.iter().zip(&after).enumerate() {
                let at = u32::try_from(at).unwrap();
                prop_assert!(one.1.value == other.1.value || touched.contains(&at), "{}", one.0);
            }
        }
    }
}

fn number(value: Option<Computed>) -> Option<String> {
    value?.number().map(|number| number.to_string())
}

fn read_alone(computed: Recipes, key: &str) -> Option<Computed> {
    let now = Timestamp::parse("2026-06-01T12:00:00Z").unwrap();
    let history = History {
        listed: Vec::new(),
        now,
        day: "1990-10-26".to_owned(),
        events: Vec::new(),
        yardstick: crate::buyer::Yardstick::default(),
    };
    let scene = scene(computed);
    let (profile, traces) = known(&history, &scene);
    let person = Person {
        customer: CustomerId(1),
        kinds: &KINDS,
        profile: &profile,
        traces: &traces,
    };
    let all = compute(&person, &scene, now);
    all.into_iter().find(|(name, _)| name == key)?.1.value
}

#[test]
fn formulas_count_with_received_and_computed_traits() {
    for (text, expected) in [
        ("points", Some("7")),
        ("points / 2", Some("3.5")),
        ("points / 0", None),
        ("points / (points - 7)", None),
        ("nobodys + 1", None),
        ("if_missing(nobodys, 3) + 1", Some("4")),
        ("round(points / 3, 2)", Some("2.33")),
        ("round(points / 2)", Some("4")),
        ("max(points, 10) - min(points, 10)", Some("3")),
        ("max(points, nobodys)", None),
        ("abs(2 - points) * -1", Some("-5")),
        ("double + points", Some("21")),
        ("1 + 2 * 3 - 4 / 8", Some("6.5")),
        ("(1 + 2) × 3 ÷ 2", Some("4.5")),
        ("8 - 3 - 2", Some("3")),
    ] {
        let all = recipes([("it", over(text)), ("double", over("points * 2"))]);
        assert_eq!(number(read_alone(all, "it")).as_deref(), expected, "{text}");
    }
}

#[test]
fn circles_lists_and_long_rows_are_refused() {
    let all = recipes([("b", over("a + 1")), ("c", over("b + 1"))]);
    let circle = check_recipe("a", &over("c + 1"), &all);
    assert!(matches!(circle, Err(RecipeFault::Circle(_))), "{circle:?}");
    assert!(matches!(
        check_recipe("a", &over("a"), &Recipes::new()),
        Err(RecipeFault::Circle(_))
    ));
    assert_eq!(check_recipe("a", &over("points"), &all), Ok(()));

    let row = |count: usize| -> Recipes {
        let one = |place: usize| {
            let recipe = over(&format!("t{} + t{} * 2", place + 1, place + 1));
            (CompactString::from(format!("t{place}")), Arc::new(recipe))
        };
        (1..count).map(one).collect()
    };
    assert_eq!(check_recipe("t0", &over("t1"), &row(8)), Ok(()));
    let too_long = check_recipe("t0", &over("t1"), &row(9));
    assert_eq!(too_long, Err(RecipeFault::TooManySteps));
    // Also from below.
    let too_long = check_recipe("t9", &over("points"), &row(9));
    assert_eq!(too_long, Err(RecipeFault::TooManySteps));

    let list = r#"{"version":1,"recipe":{"events":{
        "take":"list","signal":{"name":"A","field":"tag"},"during":"ever"}}}"#;
    let list = Recipe::from_json(list).unwrap();
    let all = recipes([("tags", list.clone())]);
    let refused = Err(RecipeFault::List("tags".into()));
    assert_eq!(check_recipe("it", &over("tags + 1"), &all), refused);
    let all = recipes([("it", over("tags + 1"))]);
    assert_eq!(check_recipe("tags", &list, &all), refused);
    let made_of = with_those_made_of(&"tags".into(), &all);
    assert_eq!(made_of.len(), 2);
}

#[test]
fn a_condition_asks_of_a_computed_trait_only_what_it_can_be() {
    let all = recipes([("total", over("points"))]);
    let asks = |test: TraitTest| {
        let key = "total".into();
        check_computed(
            &Condition::Not(Box::new(Condition::Trait(TraitCondition { key, test }))),
            &all,
        )
    };
    let value = |test: ValueTest| asks(TraitTest::Value(test));
    assert!(value(ValueTest::Set).is_ok());
    assert!(value(ValueTest::Is(vec!["7".into()])).is_ok());
    let fault = value(ValueTest::Is(vec!["seven".into()])).unwrap_err();
    assert_eq!(fault.at, "/not/trait/test");
    assert!(value(ValueTest::Contains("7".into())).is_err());
    let birthday = TraitTest::Anniversary {
        before: 1,
        after: 1,
    };
    assert!(asks(birthday.clone()).is_err());
    assert!(ComputedKind::Value.fits(&birthday));
    assert!(!ComputedKind::List.fits(&birthday));
    let shown = Computed::Many(vec![Value::Number(POINTS), Value::Text("a\"b".into())]);
    assert_eq!(shown.to_json(), r#"[7,"a\"b"]"#);
}

#[test]
fn a_date_among_the_values_is_asked_about_as_a_date() {
    let json = r#"{"version":1,"recipe":{"events":{
        "take":"last","signal":{"kind":"identify","field":"day"},"during":"ever"}}}"#;
    let scene = scene(recipes([("told", Recipe::from_json(json).unwrap())]));
    let now = Timestamp::parse("2026-10-25T12:00:00Z").unwrap();
    let event = identify(now.plus_seconds(-60), "1990-10-26");
    assert_eq!(event.kind, EventKind::Identify);
    let history = History {
        listed: Vec::new(),
        now,
        day: String::new(),
        events: vec![event],
        yardstick: crate::buyer::Yardstick::default(),
    };
    let (profile, traces) = known(&history, &scene);
    let person = Person {
        customer: CustomerId(1),
        kinds: &KINDS,
        profile: &profile,
        traces: &traces,
    };
    let condition = Condition::Trait(TraitCondition {
        key: "told".into(),
        test: TraitTest::Anniversary {
            before: 1,
            after: 0,
        },
    });
    assert!(evaluate(&condition, &person, &scene, now).holds);
    assert_eq!(NAMES.len(), 4);
}
