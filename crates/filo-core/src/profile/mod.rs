//! The profile: what the events of a thread say about a person, folded together.
//!
//! A profile is kept per thread (identity node); a customer's profile is the merge of those of
//! the customer's nodes, so joining and separating customers only regroups nodes.
//!
//! **Invariant (I10):** a profile is a function of the *set* of events folded into it: any order,
//! and any partition into profiles merged in any order, gives the same bytes. Each event is folded
//! once; the engine recognises repeated ones by their id.

mod counter;
mod list;
mod note;
mod order;
mod order_reading;
pub mod portrait;
mod provenance;
pub(crate) mod sorted;
pub(crate) mod touch;
mod trait_key;
mod trait_test;
mod traits;
pub mod view;
pub mod welcome;

use serde::{Deserialize, Serialize};

pub use counter::{ChannelUse, Channels, Counter, Counters, Membership, Memberships};
pub use list::{LISTS_MOST, Listed, Lists};
pub use note::{About, Note, Notes};
pub(crate) use order::order_key;
pub use order::{Content, Order, Orders};
pub use provenance::Provenance;
pub use touch::{Campaign, Said, Touch};
pub use trait_test::{TraitTest, Wanted};
pub use traits::{Trait, Traits};

/// A key of a trait in the one form under which it is kept; nothing if no trait can be called so.
#[must_use]
pub fn normal_key(key: &str) -> Option<String> {
    trait_key::normal(key).map(std::borrow::Cow::into_owned)
}

/// Whether a trait of this key is one that Filo itself reads.
#[must_use]
pub fn is_standard_key(key: &str) -> bool {
    trait_key::is_standard(key)
}

use crate::consent::Consents;
use crate::event::{Event, EventKind};
use crate::id::NodeId;
use crate::identity::Rules;
use crate::semantic;
use crate::time::Timestamp;
use touch::Surroundings;

/// The first byte of an encoded profile. Another layout gets another number.
const LAYOUT: u8 = 1;
/// The same, with lists behind it: few people are on any, and what was written before there were
/// lists reads as it did.
const LAYOUT_WITH_LISTS: u8 = 2;

/// Bytes that are not a profile of this layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Written by another version of Filo: rebuild it from the events.
    #[error("the profile has layout {found}, this version reads up to {LAYOUT_WITH_LISTS}")]
    Layout {
        /// The layout found.
        found: u8,
    },
    /// Cut short or damaged.
    #[error("the profile cannot be read")]
    Damaged,
}

/// What is known of a person from a set of events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// When the first event happened.
    pub first_seen: Option<Timestamp>,
    /// When the person last gave a sign of life.
    pub last_seen: Option<Timestamp>,
    /// The first meeting.
    pub first_touch: Option<Touch>,
    /// The latest meeting.
    pub last_touch: Option<Touch>,
    /// The language of the device, latest.
    pub locale: Option<Said>,
    /// The time zone of the device, latest.
    pub timezone: Option<Said>,
    /// How often each thing happened.
    pub counters: Counters,
    /// How often they were met on each channel.
    pub channels: Channels,
    /// What was said of them.
    pub traits: Traits,
    /// The companies they belong to.
    pub memberships: Memberships,
    /// What they bought.
    pub orders: Orders,
    /// What they allow.
    pub consents: Consents,
    /// What they told us.
    pub notes: Notes,
    /// The lists they were put on by hand.
    #[serde(skip)]
    pub lists: Lists,
}

impl Profile {
    /// Takes in an event of this thread. Decisions about identity say nothing about the person.
    pub fn fold(&mut self, event: &Event, rules: &Rules) {
        if event.kind == EventKind::Decision {
            return;
        }
        self.counters.count(event);
        self.see(event);
        match event.kind {
            EventKind::Track => self.understand(event, rules),
            EventKind::Identify => self.traits.learn(event, rules),
            EventKind::Group => self.memberships.join(event),
            EventKind::Page | EventKind::Screen | EventKind::Alias | EventKind::Decision => {}
        }
    }

    /// Writes down what an event says about consent, for one more identifier that it came with:
    /// [`Profile::fold`] does it for the event's thread, the engine for the others, whose
    /// profiles do not fold the event itself.
    pub fn fold_consent(&mut self, covers: NodeId, event: &Event) {
        self.consents.learn(covers, event);
    }

    /// Takes in what another profile knows, from other events.
    pub fn merge(&mut self, other: &Self) {
        self.first_seen = earliest(self.first_seen, other.first_seen);
        self.last_seen = self.last_seen.max(other.last_seen);
        if let Some(touch) = &other.first_touch
            && self
                .first_touch
                .as_ref()
                .is_none_or(|mine| touch.stamp() < mine.stamp())
        {
            self.first_touch = Some(touch.clone());
        }
        if let Some(touch) = &other.last_touch
            && self
                .last_touch
                .as_ref()
                .is_none_or(|mine| touch.stamp() > mine.stamp())
        {
            self.last_touch = Some(touch.clone());
        }
        touch::merge_said(&mut self.locale, other.locale.as_ref());
        touch::merge_said(&mut self.timezone, other.timezone.as_ref());
        self.counters.merge(&other.counters);
        self.channels.merge(&other.channels);
        self.traits.merge(&other.traits);
        self.memberships.merge(&other.memberships);
        self.orders.merge(&other.orders);
        self.consents.merge(&other.consents);
        self.notes.merge(&other.notes);
        self.lists.merge(&other.lists);
    }

    /// The bytes under which it is stored.
    ///
    /// # Panics
    /// Never in practice: a profile has no part that cannot be serialised.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        const WHY: &str = "a profile has no unserialisable part";
        if self.lists.is_empty() {
            return postcard::to_extend(self, vec![LAYOUT]).expect(WHY);
        }
        let bytes = postcard::to_extend(self, vec![LAYOUT_WITH_LISTS]).expect(WHY);
        postcard::to_extend(&self.lists, bytes).expect(WHY)
    }

    /// The profile of stored bytes.
    ///
    /// # Errors
    /// If the bytes are of another layout or damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, ProfileError> {
        Self::take(bytes).map(|(profile, _)| profile)
    }

    /// The profile at the beginning of stored bytes, and what follows it.
    ///
    /// # Errors
    /// If the bytes are of another layout or damaged.
    pub fn take(bytes: &[u8]) -> Result<(Self, &[u8]), ProfileError> {
        fn read<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<(T, &'b [u8]), ProfileError> {
            postcard::take_from_bytes(bytes).map_err(|_damaged| ProfileError::Damaged)
        }
        match bytes.split_first() {
            Some((&LAYOUT, body)) => read(body),
            Some((&LAYOUT_WITH_LISTS, body)) => {
                let (mut profile, rest) = read::<Self>(body)?;
                let (lists, rest) = read(rest)?;
                profile.lists = lists;
                Ok((profile, rest))
            }
            Some((&found, _)) => Err(ProfileError::Layout { found }),
            None => Err(ProfileError::Damaged),
        }
    }

    /// A fingerprint of the content: every part is sorted, so equal sets of events give equal
    /// bytes.
    #[must_use]
    pub fn hash(&self) -> u128 {
        let mut short = [0u8; 16];
        short.copy_from_slice(&blake3::hash(&self.encode()).as_bytes()[..16]);
        u128::from_be_bytes(short)
    }

    fn see(&mut self, event: &Event) {
        self.first_seen = earliest(self.first_seen, Some(event.at));
        if !semantic::is_presence(&event.heading()) {
            return;
        }
        let surroundings = Surroundings::read(&event.context);
        if !surroundings.is_active() {
            return;
        }
        self.last_seen = self.last_seen.max(Some(event.at));
        self.channels.count(event);
        let stamp = (event.at, event.id);
        if self
            .first_touch
            .as_ref()
            .is_none_or(|touch| stamp < touch.stamp())
        {
            self.first_touch = Some(Touch::of(event, &surroundings));
        }
        if self
            .last_touch
            .as_ref()
            .is_none_or(|touch| stamp > touch.stamp())
        {
            self.last_touch = Some(Touch::of(event, &surroundings));
        }
        touch::hear(&mut self.locale, surroundings.locale, event);
        touch::hear(&mut self.timezone, surroundings.timezone, event);
    }

    fn understand(&mut self, event: &Event, rules: &Rules) {
        match event.name.as_str() {
            semantic::ORDER_COMPLETED
            | semantic::ORDER_UPDATED
            | semantic::ORDER_CANCELLED
            | semantic::ORDER_REFUNDED => self.orders.learn(event, rules),
            semantic::NOTE_ADDED | semantic::NOTE_REMOVED => self.notes.learn(event),
            semantic::LIST_JOINED | semantic::LIST_LEFT => self.lists.learn(event),
            _ => self.consents.learn(event.thread, event),
        }
    }
}

fn earliest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    [one, other].into_iter().flatten().min()
}

#[cfg(test)]
mod tests;
