//! Lists: which ones a person was put on by hand, since when and by whom.
//!
//! **Invariant:** only people of the company, what they bring in, and journeys say who is on a
//! list; never a key that sends events. Of each list the latest statement counts, whatever the
//! order in which they arrive.

use std::cmp::Ordering;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::provenance::Provenance;
use super::sorted::{Entry, Sorted};
use super::touch::cut;
use crate::event::{Event, Trust};
use crate::id::{ListId, SourceId};
use crate::json;
use crate::semantic;
use crate::time::Timestamp;

/// Lists of a workspace, those that were put away among them: so nobody can be on more.
pub const LISTS_MOST: usize = 1_000;
/// Bytes of the name of who said it.
const ACTOR_BYTES_MOST: usize = 200;

/// What was said last of somebody and a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which list.
    pub list: ListId,
    /// They are on it; else they were taken off.
    pub is_on: bool,
    /// Who said it, as the event names them: a person or a key by name, a journey or a file by id.
    pub actor: CompactString,
    /// Since when they are on it; of who was taken off, since when they had been.
    pub since: Timestamp,
    /// When and by which event.
    pub provenance: Provenance,
}

impl Listed {
    fn read(event: &Event) -> Option<Self> {
        let text = |key| json::member(&event.properties, key).and_then(json::text);
        let actor = text("actor").unwrap_or_default();
        // Who is put back is on it since they first were.
        let since = text("since").and_then(|since| Timestamp::parse(&since));
        Some(Self {
            list: text("list")?.parse().ok()?,
            is_on: event.name == semantic::LIST_JOINED,
            actor: CompactString::new(cut(actor.trim(), ACTOR_BYTES_MOST)),
            since: since.filter(|since| *since <= event.at).unwrap_or(event.at),
            provenance: Provenance::of(event),
        })
    }
}

impl Entry for Listed {
    fn order(&self, other: &Self) -> Ordering {
        self.list.cmp(&other.list)
    }

    fn absorb(&mut self, other: &Self) {
        if other.provenance.stamp() > self.provenance.stamp() {
            self.clone_from(other);
        }
    }
}

/// The lists of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lists(Sorted<Listed, LISTS_MOST>);

impl Lists {
    /// Takes in that somebody was put on a list or taken off.
    pub(crate) fn learn(&mut self, event: &Event) {
        let may_say = event.trust == Trust::Staff || event.source == SourceId::JOURNEYS;
        if let Some(listed) = Listed::read(event).filter(|_| may_say) {
            self.0.add(listed);
        }
    }

    /// Takes in what another profile knows.
    pub fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// Whether nothing was ever said of a list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().next().is_none()
    }

    /// Whether they are on a list.
    #[must_use]
    pub fn is_on(&self, list: ListId) -> bool {
        self.last(list).is_some_and(|listed| listed.is_on)
    }

    /// What was said last of a list.
    #[must_use]
    pub fn last(&self, list: ListId) -> Option<&Listed> {
        self.0.find(|listed| listed.list.cmp(&list))
    }

    /// The lists that they are on, by id.
    pub fn standing(&self) -> impl Iterator<Item = &Listed> {
        self.0.iter().filter(|listed| listed.is_on)
    }
}
