//! A draft and what is known of the person, as events and as what changes.
//!
//! **Invariant:** the ids of the events depend on what the row says and on the run's generation
//! alone: the same row, in any file and any number of times, is the same events.
//! **Invariant:** a yes of a file never overrules a no that is not proven to be older.

use std::borrow::Cow;

use compact_str::{CompactString, format_compact};
use filo_core::consent::Status;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::identity::Identifier;
use filo_core::profile::Profile;
use filo_core::semantic::LIST_JOINED;
use filo_core::time::Timestamp;
use serde_json::{Map, Value, json};
use smallvec::SmallVec;

use super::consent_row::USUAL_PURPOSE as PURPOSE;
use super::draft::{Draft, DraftConsent, DraftTrait};
use super::plan::Collision;
use super::rows::{Run, hash_of_texts};
use crate::customer::CustomerView;

/// What changes about a person: the key, what was known, what is known from then on.
pub type Difference = (CompactString, Option<String>, String);

/// The events of a draft, and what changes by them.
#[must_use]
pub fn events(
    draft: &Draft,
    person: Option<&CustomerView>,
    run: &Run,
) -> (SmallVec<[Event; 2]>, Vec<Difference>) {
    let mut weighing = Weighing {
        draft,
        person,
        run,
        now: run.moment(draft.row),
        hash: hash_of(draft),
        events: SmallVec::new(),
        differences: Vec::new(),
    };
    // A list of those who want nothing brings nobody in.
    let is_told = person.is_some() || !draft.is_listed;
    if !draft.identifiers.is_empty() && is_told {
        weighing.traits();
        weighing.consents();
        weighing.suppression();
        weighing.list();
    }
    (weighing.events, weighing.differences)
}

struct Weighing<'a> {
    draft: &'a Draft,
    person: Option<&'a CustomerView>,
    run: &'a Run,
    now: Timestamp,
    hash: u128,
    events: SmallVec<[Event; 2]>,
    differences: Vec<Difference>,
}

impl Weighing<'_> {
    fn known(&self) -> Option<&Profile> {
        self.person.map(|person| &person.profile)
    }

    /// Traits that win by the row's own date are said then, all others now: said then, an
    /// older row could not overwrite anything.
    fn traits(&mut self) {
        let (mut usual, mut dated) = (Map::new(), Map::new());
        let changed_at = self.draft.changed_at;
        for said in &self.draft.traits {
            let before = stated(self.known(), &said.key);
            let Some(value) = settled(said, before.as_ref(), self.known(), changed_at) else {
                continue;
            };
            let before = before.as_ref().map(text_of);
            let after = text_of(&value);
            if before.as_deref() == Some(&after) {
                continue;
            }
            self.differences.push((said.key.clone(), before, after));
            let by_date = said.collision == Collision::NewestWins && changed_at.is_some();
            let place = if by_date { &mut dated } else { &mut usual };
            place.insert(said.key.to_string(), value);
        }
        if let Some(at) = changed_at.filter(|_| !dated.is_empty()) {
            self.add(EventKind::Identify, "", at, "newer", &Value::Object(dated));
        }
        if !usual.is_empty() || self.events.is_empty() && !self.is_whole() {
            let traits = Value::Object(usual);
            self.add(EventKind::Identify, "", self.now, "who", &traits);
        }
    }

    /// Whether the person is known to carry every identifier of the row.
    fn is_whole(&self) -> bool {
        let Some(person) = self.person else {
            return false;
        };
        let carries = |one: &Identifier| {
            let mut known = person.identifiers.iter();
            known.any(|it| it.kind == one.kind && it.value == one.value)
        };
        self.draft.identifiers.iter().all(carries)
    }

    fn consents(&mut self) {
        for consent in &self.draft.consents {
            let before = self.status(consent.channel);
            let said_at = consent.at.map(|at| at.min(self.run.received_at));
            let (name, after) = if consent.granted {
                ("Consent Granted", Status::Granted)
            } else {
                ("Consent Withdrawn", Status::Denied)
            };
            if before == Some(after) || consent.granted && self.was_refused(consent, said_at) {
                continue;
            }
            let channel = consent.channel.word();
            let key = format_compact!("consent:{channel}");
            self.differ(key, before, after);
            let properties = json!({
                "purpose": PURPOSE,
                "channel": channel,
                "basis": "consent",
                "proof": consent.proof,
            });
            let part = format_compact!("consent-{channel}");
            let at = said_at.unwrap_or(self.now);
            self.add(EventKind::Track, name, at, &part, &properties);
        }
    }

    /// Whether somebody said no, and the yes of the row is not proven to be younger: a list that
    /// is brought once more must not write to those who unsubscribed since.
    fn was_refused(&self, yes: &DraftConsent, said_at: Option<Timestamp>) -> bool {
        let standing = self
            .known()
            .and_then(|known| known.consents.standing(PURPOSE, Some(yes.channel)));
        let Some(standing) = standing.filter(|it| it.status == Status::Denied) else {
            return false;
        };
        let refused_at = standing.statement.map(|no| no.provenance.at);
        !matches!((said_at, refused_at), (Some(yes), Some(no)) if yes > no)
    }

    fn suppression(&mut self) {
        let Some(reason) = &self.draft.suppression else {
            return;
        };
        let before = self.status(Channel::Email);
        if before == Some(Status::Denied) {
            return;
        }
        self.differ("consent:email".into(), before, Status::Denied);
        let properties = json!({ "reason": reason });
        let name = "Unsubscribed";
        self.add(
            EventKind::Track,
            name,
            self.now,
            "unsubscribed",
            &properties,
        );
    }

    /// Puts whoever is not on the list of the plan on it: what a person of the company decides.
    fn list(&mut self) {
        let Some((list, import)) = self.run.list else {
            return;
        };
        if self.known().is_some_and(|known| known.lists.is_on(list)) {
            return;
        }
        self.differences
            .push(("on_list".into(), None, list.to_string()));
        let properties = json!({ "list": list.to_string(), "actor": import.to_string() });
        let part = format_compact!("list-{list}");
        let before = self.events.len();
        self.add(EventKind::Track, LIST_JOINED, self.now, &part, &properties);
        for event in self.events.iter_mut().skip(before) {
            event.trust = Trust::Staff;
            // It says something about one person, and proves nothing about who that is.
            event.identifiers.truncate(1);
        }
    }

    fn status(&self, channel: Channel) -> Option<Status> {
        let standing = self.known()?.consents.standing(PURPOSE, Some(channel))?;
        Some(standing.status)
    }

    fn differ(&mut self, key: CompactString, before: Option<Status>, after: Status) {
        let before = before.map(|status| status.word().to_owned());
        self.differences
            .push((key, before, after.word().to_owned()));
    }

    fn add(&mut self, kind: EventKind, name: &str, at: Timestamp, part: &str, properties: &Value) {
        let (run, generation, hash) = (self.run, self.run.generation, self.hash);
        let message_id = format_compact!("import-{generation}-{part}-{hash:032x}");
        let happened = (kind, name, at);
        self.events
            .extend(run.event(&self.draft.identifiers, happened, message_id, properties));
    }
}

/// What is known of a trait; an empty text is nothing.
fn stated(known: Option<&Profile>, key: &str) -> Option<Value> {
    let (value, _) = known?.traits.get(key)?.value()?;
    let value: Value = serde_json::from_str(&value).ok()?;
    (!value.is_null() && value != "").then_some(value)
}

/// The value that stands after the rule of its column; none if what was known stays.
fn settled(
    said: &DraftTrait,
    before: Option<&Value>,
    known: Option<&Profile>,
    changed_at: Option<Timestamp>,
) -> Option<Value> {
    match said.collision {
        Collision::Overwrite => Some(said.value.clone()),
        Collision::FillIfBlank => before.is_none().then(|| said.value.clone()),
        Collision::Never => known.is_none().then(|| said.value.clone()),
        // A row that does not say when it was changed is newer than nothing.
        Collision::NewestWins => {
            let known = known.and_then(|known| known.traits.get(&said.key));
            let stated = known.and_then(|known| known.value()).map(|(_, by)| by.at);
            let is_newer = stated.is_none_or(|stated| changed_at.is_some_and(|at| stated < at));
            is_newer.then(|| said.value.clone())
        }
        Collision::Append => {
            let listed = |value: &Value| match value {
                Value::Array(values) => values.clone(),
                other => vec![other.clone()],
            };
            let mut all = before.map(listed).unwrap_or_default();
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
    let mut said: Vec<Cow<'_, str>> = Vec::new();
    for stated in &draft.traits {
        said.push(stated.key.as_str().into());
        said.push(stated.value.to_string().into());
    }
    for consent in &draft.consents {
        said.push(consent.channel.word().into());
        said.push(if consent.granted { "yes" } else { "no" }.into());
        said.push(consent.proof.as_str().into());
        said.push(
            consent
                .at
                .map_or_else(String::new, |at| at.to_string())
                .into(),
        );
    }
    said.push(draft.suppression.as_deref().unwrap_or_default().into());
    let said: Vec<&str> = said.iter().map(AsRef::as_ref).collect();
    hash_of_texts(&draft.identifiers, &said)
}

#[cfg(test)]
#[path = "person_event_tests.rs"]
mod tests;
