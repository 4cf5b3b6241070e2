//! Recency, frequency and monetary value as computed traits, against what `lifetimes` 0.11.3 says
//! of the purchases of CDNOW (Fader, Hardie, 2001).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::chance::identify;
use crate::consent::purpose::Purposes;
use crate::event::{Event, EventKind};
use crate::id::{CustomerId, EventId};
use crate::money::Currency;
use crate::profile::Profile;
use crate::segment::computed::{Recipe, compute};
use crate::segment::{Number, Person, Scene, Signals, Traces};
use crate::time::Timestamp;

const RECIPES: [(&str, &str); 4] = [
    (
        "recency",
        r#"{"events":{"take":"days_since_last","signal":{"name":"Bought"},"during":"ever"}}"#,
    ),
    (
        "frequency",
        r#"{"events":{"take":"distinct","signal":{"name":"Bought","field":"day"},"during":"ever"}}"#,
    ),
    (
        "monetary",
        r#"{"events":{"take":"sum","signal":{"name":"Bought","field":"dollars"},"during":"ever"}}"#,
    ),
    ("each", r#"{"formula":"monetary / frequency"}"#),
];

fn found(name: &str) -> Option<PathBuf> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut paths = folders.map(|folder| folder.join("shared").join(name));
    paths.find(|path| path.is_file())
}

/// A line of the sample: customer, customer of the sample, day, discs, dollars.
fn bought(number: u128, line: &str) -> Option<(u64, Event)> {
    let mut words = line.split_whitespace().skip(1);
    let customer = words.next()?.parse().ok()?;
    let (day, dollars) = (words.next()?, words.nth(1)?);
    let at = format!("{}-{}-{}T00:00:00Z", &day[..4], &day[4..6], &day[6..]);
    let event = Event {
        id: EventId(number),
        kind: EventKind::Track,
        name: "Bought".into(),
        properties: format!(r#"{{"day":"day {day}","dollars":{dollars}}}"#).into(),
        ..identify(Timestamp::parse(&at)?, "")
    };
    Some((customer, event))
}

#[test]
fn recency_frequency_and_monetary_value_are_those_of_another_program() {
    let files = (
        found("golden/segmentation_cdnow.json"),
        found("data/cdnow/CDNOW_sample.txt"),
    );
    let (Some(golden), Some(sample)) = files else {
        return println!("skipped: the purchases of CDNOW are not beside this checkout");
    };
    let golden = std::fs::read_to_string(golden).unwrap();
    let golden: serde_json::Value = serde_json::from_str(&golden).unwrap();
    let mut scene = Scene {
        segments: BTreeMap::new(),
        computed: BTreeMap::new(),
        purposes: Purposes(Vec::new()),
        currency: Currency::EUR,
        zone: TimeZone::UTC,
        personas: None,
        yardstick: crate::buyer::Yardstick::default(),
    };
    for (key, json) in RECIPES {
        let document = format!(r#"{{"version":1,"recipe":{json}}}"#);
        let recipe = Recipe::from_json(&document).unwrap();
        scene.computed.insert(key.into(), recipe.into());
    }
    let mut signals = Signals::default();
    signals.extend(scene.computed.values().filter_map(|it| it.signal()));
    let mut people: BTreeMap<u64, Traces> = BTreeMap::new();
    let sample = std::fs::read_to_string(sample).unwrap();
    for (number, line) in (1..).zip(sample.lines()) {
        let (customer, event) = bought(number, line).unwrap();
        people.entry(customer).or_default().fold(&event, &signals);
    }
    assert_eq!(people.len(), 2357);
    let now = Timestamp::parse("1998-07-01T00:00:00Z").unwrap();
    let expected = golden["rfm"]["first5"].as_array().unwrap();
    assert_eq!(expected.len(), 5);
    for row in expected {
        let person = Person {
            customer: CustomerId(1),
            kinds: &[],
            profile: &Profile::default(),
            traces: &people[&row["id"].as_u64().unwrap()],
        };
        let values: BTreeMap<_, _> = compute(&person, &scene, now).into_iter().collect();
        let told = |key: &str| values[key].value.as_ref().unwrap().number().unwrap();
        let number = |key: &str| Number::read(&row[key].to_string()).unwrap();
        assert_eq!(told("recency"), number("R"), "{row}");
        assert_eq!(told("frequency"), number("F"), "{row}");
        assert_eq!(told("monetary"), number("M"), "{row}");
        let each = number("M").over(number("F"));
        assert_eq!(Some(told("each")), each, "{row}");
    }
}
