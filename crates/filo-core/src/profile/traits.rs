//! Traits: what was said of a person, who said it, and which of several values counts.
//!
//! **Invariant:** what counts is a function of the set of statements and the rule of survivorship.
//! A claimed statement never wins over a proven one, whatever the rule; `null` takes a value back
//! and is kept as a statement, so that its late arrival changes nothing.

use std::cmp::Ordering;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::provenance::Provenance;
use super::sorted::{Entry, Sorted};
use super::trait_key;
use crate::event::Event;
use crate::identity::{Rules, Survivorship};
use crate::json;

/// Traits kept per profile (Segment's Unify keeps 300).
const TRAITS_MOST: usize = 300;
/// Bytes of a value; a longer one is not kept, because half a JSON value is none.
const VALUE_MOST: usize = 4096;
/// Values kept of a trait that collects them.
const UNION_MOST: usize = 50;

/// One statement about a trait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Version {
    /// The value as JSON; nothing if it was taken back.
    value: Option<CompactString>,
    provenance: Provenance,
}

/// One trait with the statements that its rule needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    key: CompactString,
    survivorship: Survivorship,
    /// Sorted by value, statements that take back first.
    versions: SmallVec<[Version; 1]>,
}

impl Trait {
    /// The key in `snake_case`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value that counts, as JSON, and who said it (of a collection: who said its latest
    /// part). Nothing if it was taken back.
    #[must_use]
    pub fn value(&self) -> Option<(CompactString, &Provenance)> {
        let mut standing = self.versions.iter().filter(|version| self.stands(version));
        if self.survivorship != Survivorship::Union {
            let version = standing.next()?;
            return Some((version.value.clone()?, &version.provenance));
        }
        let latest = standing
            .clone()
            .max_by_key(|version| version.provenance.stamp())?;
        let mut list = CompactString::const_new("[");
        for (position, version) in standing.enumerate() {
            list.push_str(if position == 0 { "" } else { "," });
            list.push_str(version.value.as_deref().unwrap_or_default());
        }
        list.push(']');
        Some((list, &latest.provenance))
    }

    /// A value stands unless it was taken back later.
    fn stands(&self, version: &Version) -> bool {
        let taken_back = self.versions.first().filter(|first| first.value.is_none());
        version.value.is_some()
            && taken_back.is_none_or(|back| version.provenance.stamp() >= back.provenance.stamp())
    }

    fn is_proven(&self) -> bool {
        self.versions
            .first()
            .is_some_and(|version| version.provenance.is_proven())
    }

    /// All statements of a trait are claimed, or all are proven: the first proven one makes the
    /// claims forgotten.
    fn hear(&mut self, version: Version) {
        match (self.is_proven(), version.provenance.is_proven()) {
            (true, false) => return,
            (false, true) => self.versions.clear(),
            (true, true) | (false, false) => {}
        }
        let same_place = |present: &Version| match self.survivorship {
            // One statement: the winner, be it a value or its taking back.
            Survivorship::Latest | Survivorship::MostTrusted => Ordering::Equal,
            // Two: the first value, and the last taking back.
            Survivorship::Oldest => present.value.is_some().cmp(&version.value.is_some()),
            Survivorship::Union => present.value.cmp(&version.value),
        };
        match self.versions.binary_search_by(same_place) {
            Ok(position) => {
                if self.wins(&version, &self.versions[position]) {
                    self.versions[position] = version;
                }
            }
            Err(position) => {
                self.versions.insert(position, version);
                self.versions.truncate(UNION_MOST);
            }
        }
    }

    /// Of two statements in the same place. Equal stamps are two keys of one event that are
    /// written alike in `snake_case`: the one that stands later in the event counts.
    fn wins(&self, challenger: &Version, holder: &Version) -> bool {
        let (ours, theirs) = (&challenger.provenance, &holder.provenance);
        match self.survivorship {
            Survivorship::Oldest if challenger.value.is_some() => ours.stamp() <= theirs.stamp(),
            Survivorship::MostTrusted => {
                (ours.trust, ours.stamp()) >= (theirs.trust, theirs.stamp())
            }
            Survivorship::Latest | Survivorship::Oldest | Survivorship::Union => {
                ours.stamp() >= theirs.stamp()
            }
        }
    }
}

impl Entry for Trait {
    fn order(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }

    /// Two rules for one trait meet only between a change of the rules and the rebuild that
    /// follows it; until then the one that keeps more applies.
    fn absorb(&mut self, other: &Self) {
        if self.survivorship as u8 >= other.survivorship as u8 {
            for version in &other.versions {
                self.hear(version.clone());
            }
        } else {
            let mine = std::mem::replace(self, other.clone());
            for version in mine.versions {
                self.hear(version);
            }
        }
    }

    /// A flood of invented traits must not push out name and address, nor one of claims what the
    /// company's systems said. (The weight grows when a trait is proven, and then no claim counts
    /// any more.)
    fn weight(&self) -> u8 {
        match (trait_key::is_standard(&self.key), self.is_proven()) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        }
    }
}

/// The traits of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Traits(Sorted<Trait, TRAITS_MOST>);

impl Traits {
    /// Takes in what an identify call says. Some clients (RudderStack's for Python) put it in
    /// `context.traits` only.
    pub(crate) fn learn(&mut self, event: &Event, rules: &Rules) {
        let mut members = json::members(&event.properties).peekable();
        if members.peek().is_some() {
            return self.learn_members(members, event, rules);
        }
        if let Some(traits) = json::member(&event.context, "traits") {
            self.learn_members(json::members(traits), event, rules);
        }
    }

    fn learn_members<'a>(
        &mut self,
        members: impl Iterator<Item = (&'a str, &'a str)>,
        event: &Event,
        rules: &Rules,
    ) {
        for (key, raw) in members {
            let Some(key) = json::unescaped(key) else {
                continue;
            };
            match trait_key::normal(&key) {
                Some(key) => self.state(&key, raw, event, rules.survivorship(&key)),
                None => self.0.set_overflown(),
            }
        }
    }

    fn state(&mut self, key: &str, raw: &str, event: &Event, survivorship: Survivorship) {
        if raw.starts_with('[') && survivorship == Survivorship::Union {
            for element in json::elements(raw).filter(|element| *element != "null") {
                self.state_one(key, element, event, survivorship);
            }
        } else {
            self.state_one(key, raw, event, survivorship);
        }
    }

    fn state_one(&mut self, key: &str, raw: &str, event: &Event, survivorship: Survivorship) {
        if raw.len() > VALUE_MOST {
            self.0.set_overflown();
            return;
        }
        let version = Version {
            value: normal_value(raw),
            provenance: Provenance::of(event),
        };
        match self.0.find_mut(|present| present.key.as_str().cmp(key)) {
            Some(known) if known.survivorship == survivorship => known.hear(version),
            _ => {
                self.0.add(Trait {
                    key: CompactString::new(key),
                    survivorship,
                    versions: SmallVec::from_iter([version]),
                });
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// A trait by its key in `snake_case`, even if it was taken back.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Trait> {
        self.0.find(|known| known.key.as_str().cmp(key))
    }

    /// The text of a trait that counts: a string without its quotes, a number as written.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        let (value, _) = self.get(key)?.value()?;
        json::text(&value)
            .filter(|text| !text.is_empty())
            .map(std::borrow::Cow::into_owned)
    }

    /// Every trait with the value that counts, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, CompactString, &Provenance)> {
        self.0.iter().filter_map(|known| {
            let (value, provenance) = known.value()?;
            Some((known.key.as_str(), value, provenance))
        })
    }

    /// Whether something could not be kept: too many traits, or too long ones.
    #[must_use]
    pub const fn is_overflown(&self) -> bool {
        self.0.is_overflown()
    }
}

/// One writing per value: strings with escapes are written anew, so that `"\u00e8"` is `"è"`.
fn normal_value(raw: &str) -> Option<CompactString> {
    if raw == "null" {
        return None;
    }
    if raw.starts_with('"')
        && raw.contains('\\')
        && let Some(text) = json::text(raw)
        && let Ok(written) = serde_json::to_string(&text)
    {
        return Some(CompactString::from(written));
    }
    Some(CompactString::new(raw))
}
