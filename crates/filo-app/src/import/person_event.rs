//! A draft and what is known of the person, as events and as what changes.
//!
//! **Invariant:** the ids of the events depend on what the row says and on the run's generation
//! alone: the same row, in any file and any number of times, is the same events.

use compact_str::{CompactString, format_compact};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::identity::Identifier;
use filo_core::profile::Profile;
use filo_core::time::Timestamp;
use serde_json::{Map, Value, json};
use smallvec::SmallVec;

use super::draft::{Draft, DraftTrait, Run};
use super::plan::Collision;
use crate::customer::CustomerView;

/// The purpose that a file of customers is about.
const PURPOSE: &str = "marketing";

/// What changes about a person: the key, what was known, what is known from then on.
pub type Difference = (CompactString, Option<String>, String);

/// The events of a draft, and what changes by them.
#[must_use]
pub fn events(
    draft: &Draft,
    person: Option<&CustomerView>,
    run: &Run,
) -> (SmallVec<[Event; 2]>, Vec<Difference>) {
    let mut events = SmallVec::new();
    let mut differences = Vec::new();
    let Some(first) = draft.identifiers.first() else {
        return (events, differences);
    };
    let hash = hash_of(draft);
    let known = person.map(|person| &person.profile);
    let base = |kind, name: &str, at: Timestamp, part: &str, properties: Value| {
        let generation = run.generation;
        let message_id = format_compact!("import-{generation}-{part}-{hash:032x}");
        Event {
            id: run.key.event_id(run.source, &message_id),
            thread: run.key.node_id(first.kind, &first.value),
            at,
            received_at: run.received_at,
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Verified,
            channel: Channel::Server,
            source: run.source,
            message_id,
            name: CompactString::new(name),
            identifiers: draft.identifiers.clone(),
            properties: properties.to_string().into_boxed_str(),
            context: Box::default(),
        }
    };
    let at = draft.changed_at.unwrap_or(run.received_at);
    let mut traits = Map::new();
    for said in &draft.traits {
        let before = known.and_then(|known| known.traits.text(&said.key));
        let Some(value) = settled(said, before.as_deref(), known, at) else {
            continue;
        };
        let after = text_of(&value);
        if before.as_deref() != Some(&after) {
            differences.push((said.key.clone(), before, after));
            traits.insert(said.key.to_string(), value);
        }
    }
    let carries = |person: &CustomerView, one: &Identifier| {
        let known = &person.identifiers;
        known
            .iter()
            .any(|it| it.kind == one.kind && it.value == one.value)
    };
    let is_whole =
        person.is_some_and(|person| draft.identifiers.iter().all(|it| carries(person, it)));
    if !is_whole || !traits.is_empty() {
        events.push(base(
            EventKind::Identify,
            "",
            at,
            "who",
            Value::Object(traits),
        ));
    }
    for consent in &draft.consents {
        let part = format!("consent-{}", consent.channel.word());
        let name = if consent.granted {
            "Consent Granted"
        } else {
            "Consent Withdrawn"
        };
        let standing = known.and_then(|it| it.consents.standing(PURPOSE, Some(consent.channel)));
        let before = standing.map(|it| it.status.word().to_owned());
        let after = if consent.granted { "granted" } else { "denied" };
        let properties = json!({
            "purpose": PURPOSE,
            "channel": consent.channel.word(),
            "basis": "consent",
            "proof": consent.proof,
        });
        if before.as_deref() != Some(after) {
            let key = format_compact!("consent:{}", consent.channel.word());
            differences.push((key, before, after.to_owned()));
            let said_at = consent.at.unwrap_or(at).min(run.received_at);
            events.push(base(EventKind::Track, name, said_at, &part, properties));
        }
    }
    if let Some(reason) = &draft.suppression {
        let standing = known.and_then(|it| it.consents.standing(PURPOSE, Some(Channel::Email)));
        let before = standing.map(|it| it.status.word().to_owned());
        if before.as_deref() != Some("denied") {
            let key = CompactString::const_new("consent:email");
            differences.push((key, before, "denied".to_owned()));
            let properties = json!({ "reason": reason });
            events.push(base(
                EventKind::Track,
                "Unsubscribed",
                at,
                "unsubscribed",
                properties,
            ));
        }
    }
    (events, differences)
}

/// The value that stands after the rule of its column; none if what was known stays.
fn settled(
    said: &DraftTrait,
    before: Option<&str>,
    known: Option<&Profile>,
    at: Timestamp,
) -> Option<Value> {
    match said.collision {
        Collision::Overwrite => Some(said.value.clone()),
        Collision::FillIfBlank => before.is_none().then(|| said.value.clone()),
        Collision::Never => known.is_none().then(|| said.value.clone()),
        Collision::NewestWins => {
            let known = known.and_then(|known| known.traits.get(&said.key));
            let stated = known.and_then(|known| known.value()).map(|(_, by)| by.at);
            stated
                .is_none_or(|stated| stated < at)
                .then(|| said.value.clone())
        }
        Collision::Append => {
            let listed = |value: &Value| match value {
                Value::Array(values) => values.clone(),
                other => vec![other.clone()],
            };
            let mut all: Vec<Value> = before
                .map(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
                .map(|value| listed(&value))
                .unwrap_or_default();
            for value in listed(&said.value) {
                if !all.contains(&value) {
                    all.push(value);
                }
            }
            Some(Value::Array(all))
        }
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Of what a row says, whatever its number: rows that say the same have the same.
#[must_use]
pub fn hash_of(draft: &Draft) -> u128 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    };
    for identifier in &draft.identifiers {
        add(identifier.kind.word());
        add(&identifier.value);
    }
    for said in &draft.traits {
        add(&said.key);
        add(&said.value.to_string());
    }
    for consent in &draft.consents {
        add(consent.channel.word());
        add(if consent.granted { "yes" } else { "no" });
        add(&consent.proof);
    }
    add(draft.suppression.as_deref().unwrap_or_default());
    let mut short = [0u8; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_be_bytes(short)
}
