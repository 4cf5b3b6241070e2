//! Short ways to write events.

use compact_str::CompactString;
use smallvec::SmallVec;

use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, NodeId, SourceId};
use crate::identity::{Identifier, Kind, Rules};
use crate::profile::Profile;
use crate::time::Timestamp;

/// An event at `second`; its id is made of everything that tells it apart.
pub(super) fn event(kind: EventKind, name: &str, second: i64, properties: &str) -> Event {
    Event {
        id: EventId(0),
        thread: NodeId(1),
        at: Timestamp::from_seconds(second),
        received_at: Timestamp::from_seconds(second),
        original_at: None,
        clock_suspect: false,
        kind,
        trust: Trust::Verified,
        channel: Channel::Web,
        source: SourceId(1),
        message_id: CompactString::default(),
        name: name.into(),
        identifiers: SmallVec::new(),
        properties: properties.into(),
        context: "".into(),
    }
    .identified()
}

pub(super) fn track(name: &str, second: i64, properties: &str) -> Event {
    event(EventKind::Track, name, second, properties)
}

pub(super) fn identify(second: i64, traits: &str) -> Event {
    event(EventKind::Identify, "", second, traits)
}

pub(super) fn group(second: i64, id: &str) -> Event {
    let mut event = event(EventKind::Group, "", second, "{}");
    event.identifiers.push(Identifier {
        kind: Kind::GroupId,
        value: id.into(),
    });
    event.identified()
}

pub(super) fn fold(events: &[Event]) -> Profile {
    fold_by(&Rules::default(), events)
}

pub(super) fn fold_by(rules: &Rules, events: &[Event]) -> Profile {
    let mut profile = Profile::default();
    for event in events {
        profile.fold(event, rules);
    }
    profile
}

/// Small changes to an event, in the order in which one says them.
impl Event {
    pub(super) fn by(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self.identified()
    }

    pub(super) fn on(mut self, channel: Channel) -> Self {
        self.channel = channel;
        self.identified()
    }

    pub(super) fn of(mut self, thread: NodeId) -> Self {
        self.thread = thread;
        self.identified()
    }

    pub(super) fn amid(mut self, context: &str) -> Self {
        self.context = context.into();
        self.identified()
    }

    /// Equal content is the same event; anything else is another.
    pub(super) fn identified(mut self) -> Self {
        self.id = EventId(0);
        let bytes = crate::event::encode(std::slice::from_ref(&self));
        let mut short = [0u8; 16];
        short.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
        self.id = EventId(u128::from_be_bytes(short));
        self
    }
}
