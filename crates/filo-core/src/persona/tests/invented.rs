//! Invented people: each a handful of events, folded as the product folds them.

use filo_stats::random::Random;
use smallvec::SmallVec;

use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{CustomerId, EventId, NodeId, PersonaId, PersonaRunId, SourceId};
use crate::identity::{Kind, Rules};
use crate::money::Currency;
use crate::persona::{Features, Found, find};
use crate::profile::Profile;
use crate::time::Timestamp;

/// What is known of somebody.
#[derive(Debug, Clone)]
pub(super) struct Somebody {
    pub(super) events: Vec<Event>,
    pub(super) kinds: Vec<Kind>,
}

pub(super) fn at(day: i64) -> Timestamp {
    Timestamp::parse("2026-03-01T10:00:00Z")
        .unwrap()
        .plus_seconds(day * 86_400)
}

impl Somebody {
    pub(super) fn known_by(kinds: &[Kind]) -> Self {
        Self {
            events: Vec::new(),
            kinds: kinds.to_vec(),
        }
    }

    pub(super) fn event(&mut self, name: &str, channel: Channel, properties: &str) {
        let number = self.events.len() as u64 + 1;
        self.events.push(Event {
            id: EventId(u128::from(number.wrapping_mul(0x9E37_79B9_7F4A_7C15))),
            thread: NodeId(1),
            at: at(i64::try_from(number).unwrap()),
            received_at: at(400),
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Verified,
            channel,
            source: SourceId(1),
            message_id: "".into(),
            name: name.into(),
            identifiers: SmallVec::new(),
            properties: properties.into(),
            context: "".into(),
        });
    }

    /// An order of so many euros and pieces.
    pub(super) fn order(&mut self, channel: Channel, euros: u32, pieces: u32) {
        let id = self.events.len();
        let properties = format!(
            r#"{{"order_id":"o{id}","revenue":{euros},"currency":"EUR","products":[{{"quantity":{pieces}}}]}}"#
        );
        self.event("Order Completed", channel, &properties);
    }

    pub(super) fn profile(&self) -> Profile {
        let mut profile = Profile::default();
        for event in &self.events {
            profile.fold(event, &Rules::default());
        }
        profile
    }

    pub(super) fn features(&self) -> Option<Features> {
        Features::of(&self.profile(), &self.kinds, Currency::EUR)
    }
}

fn between(random: &mut Random, least: u32, most: u32) -> u32 {
    let range = usize::try_from(most - least + 1).unwrap();
    least + u32::try_from(random.index(range)).unwrap()
}

/// How somebody of one of three kinds is: at the counter, online, by telephone.
pub(super) fn of_kind(kind: usize, random: &mut Random) -> Somebody {
    match kind {
        0 => {
            let mut one = Somebody::known_by(&[Kind::Card]);
            for _ in 0..between(random, 20, 30) {
                one.order(Channel::Shop, between(random, 2, 6), 1);
            }
            one
        }
        1 => {
            let mut one = Somebody::known_by(&[Kind::UserId, Kind::Email]);
            for _ in 0..between(random, 2, 5) {
                one.event("Product Viewed", Channel::Web, "{}");
                one.order(Channel::Web, between(random, 25, 70), between(random, 2, 4));
            }
            one
        }
        _ => {
            let mut one = Somebody::known_by(&[Kind::Phone, Kind::Email]);
            for _ in 0..between(random, 4, 9) {
                one.event("Call Ended", Channel::Phone, "{}");
                one.order(
                    Channel::Phone,
                    between(random, 300, 900),
                    between(random, 10, 30),
                );
            }
            one
        }
    }
}

/// So many of each of the three kinds, mixed; person `n` is of kind `n % 3` while there are any.
pub(super) fn planted(counts: [usize; 3]) -> Vec<(usize, Somebody)> {
    let mut random = Random::seeded(11);
    let mut left = counts;
    let mut people = Vec::new();
    while left.iter().any(|count| *count > 0) {
        for (kind, left) in left.iter_mut().enumerate() {
            if *left > 0 {
                *left -= 1;
                people.push((kind, of_kind(kind, &mut random)));
            }
        }
    }
    people
}

pub(super) fn compared<'a>(
    people: impl IntoIterator<Item = &'a Somebody>,
) -> Vec<(CustomerId, Features)> {
    let features = people.into_iter().map(|it| it.features().unwrap());
    (1..).map(CustomerId).zip(features).collect()
}

/// The search with ids that begin at a number.
pub(super) fn sought(people: &[(CustomerId, Features)], seed: u64, first_id: u128) -> Found {
    let mut ids = (first_id..).map(PersonaId);
    let run = PersonaRunId(first_id);
    find(people, (run, seed), Currency::EUR, || ids.next().unwrap())
}
