//! Whether a condition is true of somebody, and until when that cannot change by itself.
//!
//! **Invariant:** [`Outcome::changes_at`] is never later than the instant at which the answer
//! becomes another one without any event: whoever asks again at that instant is never late.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use jiff::tz::TimeZone;

use super::computed::{Reading, Recipe};
use super::condition::{Channels, Condition, Meeting, Share};
use super::number::Number;
use super::trace::Traces;
use super::{consent, happened, lifecycle, orders, rfm, sequence, traits};
use crate::buyer::Yardstick;
use crate::consent::purpose::Purposes;
use crate::id::{CustomerId, PersonaId, SegmentId};
use crate::identity::Kind;
use crate::money::Currency;
use crate::persona;
use crate::profile::Profile;
use crate::time::Timestamp;

/// Parts of everybody from which a share is drawn.
pub const SHARES: u16 = 10_000;
/// Segments that ask about segments are followed so deep; deeper is a circle.
pub(super) const DEPTH_MOST: usize = 16;

/// What the company has settled, the same for everybody.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Other segments, for conditions that ask about them.
    pub segments: BTreeMap<SegmentId, Arc<Condition>>,
    /// Computed traits, by key.
    pub computed: BTreeMap<CompactString, Arc<Recipe>>,
    /// What people are asked to allow.
    pub purposes: Purposes,
    /// The currency in which orders are compared.
    pub currency: Currency,
    /// The zone of who has not said where they are.
    pub zone: TimeZone,
    /// Which persona somebody is; nobody is any without it.
    pub personas: Option<Arc<persona::Model>>,
    /// What buyers are measured by.
    pub yardstick: Yardstick,
}

/// One customer, as everything that is known of them together says.
#[derive(Debug)]
pub struct Person<'a> {
    /// Who.
    pub customer: CustomerId,
    /// What kinds of identifiers they are known by.
    pub kinds: &'a [Kind],
    /// Their threads' profiles, merged.
    pub profile: &'a Profile,
    /// Their threads' traces, merged.
    pub traces: &'a Traces,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it is true.
    pub holds: bool,
    /// The first instant at which that may be otherwise without any event; the last instant there
    /// is for never.
    pub changes_at: Timestamp,
}

impl Outcome {
    /// Stays so until something happens.
    pub(super) const fn settled(holds: bool) -> Self {
        Self::until(holds, Timestamp::MAX)
    }

    pub(super) const fn until(holds: bool, changes_at: Timestamp) -> Self {
        Self { holds, changes_at }
    }
}

/// One question: of whom, when, and on which clock.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) person: &'a Person<'a>,
    pub(super) scene: &'a Scene,
    pub(super) now: Timestamp,
    zone: OnceCell<TimeZone>,
    /// The computed traits that were worked out already.
    pub(super) read: RefCell<BTreeMap<CompactString, Reading>>,
    persona: OnceCell<Option<PersonaId>>,
}

impl<'a> Asked<'a> {
    pub(super) const fn new(person: &'a Person<'a>, scene: &'a Scene, now: Timestamp) -> Self {
        Self {
            person,
            scene,
            now,
            zone: OnceCell::new(),
            read: RefCell::new(BTreeMap::new()),
            persona: OnceCell::new(),
        }
    }

    /// The persona they are, which no time changes.
    fn persona(&self) -> Option<PersonaId> {
        let Person { profile, kinds, .. } = self.person;
        let model = self.scene.personas.as_ref();
        let found = || model.and_then(|model| model.persona_of(profile, kinds));
        *self.persona.get_or_init(found)
    }

    /// The customer's zone.
    pub(super) fn zone(&self) -> TimeZone {
        let known = || {
            let said = self.person.profile.timezone.as_ref();
            said.and_then(|said| TimeZone::get(&said.value).ok())
                .unwrap_or_else(|| self.scene.zone.clone())
        };
        self.zone.get_or_init(known).clone()
    }
}

/// Whether a condition is true of somebody at an instant.
#[must_use]
pub fn evaluate(
    condition: &Condition,
    person: &Person<'_>,
    scene: &Scene,
    now: Timestamp,
) -> Outcome {
    Asked::new(person, scene, now).holds(condition, 0)
}

impl Asked<'_> {
    pub(super) fn holds(&self, condition: &Condition, depth: usize) -> Outcome {
        match condition {
            Condition::All(children) => self.together(children, true, depth),
            Condition::Any(children) => self.together(children, false, depth),
            Condition::Not(child) => {
                let inner = self.holds(child, depth);
                Outcome::until(!inner.holds, inner.changes_at)
            }
            Condition::Trait(wanted) => traits::holds(wanted, self),
            Condition::Known(kind) => Outcome::settled(self.person.kinds.contains(kind)),
            Condition::Consent(wanted) => consent::holds(wanted, self),
            Condition::Happened(wanted) => happened::holds(wanted, self),
            Condition::Sequence(wanted) => sequence::holds(wanted, self),
            Condition::Orders(wanted) => orders::holds(wanted, self),
            Condition::Met(meeting) => self.met(*meeting),
            Condition::Channels(wanted) => self.channels(*wanted),
            Condition::Segment(id) => match self.scene.segments.get(id) {
                Some(other) if depth < DEPTH_MOST => self.holds(other, depth + 1),
                // A segment that is no more has nobody in it.
                _ => Outcome::settled(false),
            },
            Condition::List(id) => Outcome::settled(self.person.profile.lists.is_on(*id)),
            Condition::Persona(id) => Outcome::settled(self.persona() == Some(*id)),
            Condition::Share(share) => Outcome::settled(draws(share, self.person.customer)),
            Condition::Rfm(wanted) => rfm::holds(*wanted, self),
            Condition::Lifecycle(stage) => lifecycle::holds(*stage, self),
        }
    }

    /// Several conditions: all of them (`rest` is true) or one of them (`rest` is false). Those
    /// that are otherwise decide; while one of them cannot change, neither can the whole.
    fn together(&self, children: &[Condition], rest: bool, depth: usize) -> Outcome {
        let mut all_rest = Timestamp::MAX;
        let mut decided: Option<Timestamp> = None;
        for child in children {
            let outcome = self.holds(child, depth);
            if outcome.holds == rest {
                all_rest = all_rest.min(outcome.changes_at);
                continue;
            }
            if outcome.changes_at == Timestamp::MAX {
                return Outcome::settled(!rest);
            }
            decided = decided.max(Some(outcome.changes_at));
        }
        match decided {
            Some(changes_at) => Outcome::until(!rest, changes_at),
            None => Outcome::until(rest, all_rest),
        }
    }

    fn met(&self, meeting: Meeting) -> Outcome {
        let used = &self.person.profile.channels;
        let Some(used) = used.iter().find(|used| used.channel == meeting.channel) else {
            return Outcome::settled(false);
        };
        let Some(span) = meeting.last else {
            return Outcome::settled(true);
        };
        let over = used.last_at.plus_micros(span.micros());
        match self.now < over {
            true => Outcome::until(true, over),
            false => Outcome::settled(false),
        }
    }

    fn channels(&self, wanted: Channels) -> Outcome {
        let mut count = 0;
        let mut changes_at = Timestamp::MAX;
        for used in self.person.profile.channels.iter() {
            let over = wanted
                .last
                .map(|span| used.last_at.plus_micros(span.micros()));
            if over.is_none_or(|over| self.now < over) {
                count += 1;
                changes_at = over.map_or(changes_at, |over| over.min(changes_at));
            }
        }
        Outcome::until(wanted.is.accepts(Number::whole(count)), changes_at)
    }
}

/// Whether a customer is in a share: the same for ever, and evenly spread.
fn draws(share: &Share, customer: CustomerId) -> bool {
    let mut hasher = blake3::Hasher::new();
    hasher.update(share.draw.as_bytes());
    hasher.update(&customer.to_bytes());
    let mut short = [0u8; 8];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    let part = u64::from_be_bytes(short) % u64::from(SHARES);
    (u64::from(share.from)..u64::from(share.to)).contains(&part)
}
