//! How often: each event name, each channel, each company.
//!
//! **Invariant:** counting is addition, and first and last are minimum and maximum; an event must
//! be folded once (the engine sees to it by its id).

use std::cmp::Ordering;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::provenance::Provenance;
use super::sorted::{Entry, Sorted};
use crate::event::{Channel, Event, EventKind};
use crate::identity::Kind;
use crate::semantic;
use crate::time::Timestamp;

/// Names kept per profile: sites name pages freely, people look at a few.
const NAMES_MOST: usize = 300;
/// Companies kept per profile.
const GROUPS_MOST: usize = 100;

/// How often one thing happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// What kind of call.
    pub kind: EventKind,
    /// The event's, page's or screen's name.
    pub name: CompactString,
    /// How often.
    pub count: u64,
    /// The first time.
    pub first_at: Timestamp,
    /// The last time.
    pub last_at: Timestamp,
}

impl Counter {
    fn stands_at(&self, kind: EventKind, name: &str) -> Ordering {
        self.kind
            .cmp(&kind)
            .then_with(|| self.name.as_str().cmp(name))
    }
}

impl Entry for Counter {
    fn order(&self, other: &Self) -> Ordering {
        self.stands_at(other.kind, &other.name)
    }

    fn absorb(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.first_at = self.first_at.min(other.first_at);
        self.last_at = self.last_at.max(other.last_at);
    }

    /// A flood of invented names must not push out the names that segments rely on.
    fn weight(&self) -> u8 {
        u8::from(self.kind == EventKind::Track && semantic::is_known(&self.name))
    }
}

/// The counters of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counters(Sorted<Counter, NAMES_MOST>);

impl Counters {
    pub(crate) fn count(&mut self, event: &Event) {
        let (kind, name) = (event.kind, event.name.as_str());
        if let Some(counter) = self.0.find_mut(|counter| counter.stands_at(kind, name)) {
            counter.count = counter.count.saturating_add(1);
            counter.first_at = counter.first_at.min(event.at);
            counter.last_at = counter.last_at.max(event.at);
            return;
        }
        self.0.add(Counter {
            kind,
            name: event.name.clone(),
            count: 1,
            first_at: event.at,
            last_at: event.at,
        });
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// The counter of a name.
    #[must_use]
    pub fn get(&self, kind: EventKind, name: &str) -> Option<&Counter> {
        self.0.find(|counter| counter.stands_at(kind, name))
    }

    /// Every counter, by kind and name.
    pub fn iter(&self) -> impl Iterator<Item = &Counter> {
        self.0.iter()
    }

    /// How many events were counted, of the names that were kept.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0
            .iter()
            .fold(0, |sum, counter| sum.saturating_add(counter.count))
    }

    /// Whether there were more names than could be kept.
    #[must_use]
    pub const fn is_overflown(&self) -> bool {
        self.0.is_overflown()
    }
}

/// How often somebody was met on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelUse {
    /// Where.
    pub channel: Channel,
    /// How often.
    pub count: u64,
    /// The first time.
    pub first_at: Timestamp,
    /// The last time.
    pub last_at: Timestamp,
}

impl Entry for ChannelUse {
    fn order(&self, other: &Self) -> Ordering {
        self.channel.cmp(&other.channel)
    }

    fn absorb(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.first_at = self.first_at.min(other.first_at);
        self.last_at = self.last_at.max(other.last_at);
    }
}

/// The channels on which somebody was met.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Channels(Sorted<ChannelUse, { Channel::ALL.len() }>);

impl Channels {
    pub(crate) fn count(&mut self, event: &Event) {
        self.0.add(ChannelUse {
            channel: event.channel,
            count: 1,
            first_at: event.at,
            last_at: event.at,
        });
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// Each channel once.
    pub fn iter(&self) -> impl Iterator<Item = &ChannelUse> {
        self.0.iter()
    }
}

/// That somebody belongs to a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Said with a public key only.
    pub is_claimed: bool,
    /// The company's id.
    pub group: CompactString,
    /// When it was first said.
    pub first_at: Timestamp,
    /// When it was last said.
    pub last_at: Timestamp,
}

impl Membership {
    fn stands_at(&self, is_claimed: bool, group: &str) -> Ordering {
        (self.is_claimed, self.group.as_str()).cmp(&(is_claimed, group))
    }
}

/// Proven ones first, so that a flood of claims pushes out claims.
impl Entry for Membership {
    fn order(&self, other: &Self) -> Ordering {
        self.stands_at(other.is_claimed, &other.group)
    }

    fn absorb(&mut self, other: &Self) {
        self.first_at = self.first_at.min(other.first_at);
        self.last_at = self.last_at.max(other.last_at);
    }
}

/// The companies that somebody belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Memberships(Sorted<Membership, GROUPS_MOST>);

impl Memberships {
    pub(crate) fn join(&mut self, event: &Event) {
        let groups = event
            .identifiers
            .iter()
            .filter(|known| known.kind == Kind::GroupId);
        for identifier in groups {
            self.0.add(Membership {
                is_claimed: !Provenance::of(event).is_proven(),
                group: identifier.value.clone(),
                first_at: event.at,
                last_at: event.at,
            });
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0, drop);
    }

    /// Each company once; a claim is not shown beside its proof.
    pub fn iter(&self) -> impl Iterator<Item = &Membership> {
        self.0.iter().filter(|member| {
            let proof = |known: &Membership| known.stands_at(false, &member.group);
            !member.is_claimed || self.0.find(proof).is_none()
        })
    }
}
