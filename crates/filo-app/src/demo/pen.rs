//! What writes the demo's events: each becomes a call as a shop, till or site sends it, and
//! goes through the same intake as theirs.
//!
//! **Invariant:** the id of a message depends on what wrote it and for whom, so a demo that was
//! interrupted is written again without an event counting twice; nothing is later than the end.

use compact_str::CompactString;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{SourceId, WorkspaceKey};
use filo_core::identity::{Decision, Identifier, Kind, Rules, Verdict};
use filo_core::intake::{self, Call, Defect, Scalar, Sender};
use filo_core::time::Timestamp;
use smallvec::SmallVec;

use super::body::Body;
use super::calendar::Calendar;
use super::company::Source;
use super::draft::Draft;
use super::truth::Truth;
use crate::decision::STAFF_SOURCE;

/// Until an event of a site or till is there.
const DELAY_MICROS: i64 = 1_400_000;

/// What all events need.
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) calendar: Calendar,
    pub(super) rules: Rules,
    pub(super) key: WorkspaceKey,
    /// The numbers of the sources, in the order of [`Source::ALL`].
    pub(super) sources: Vec<SourceId>,
}

impl World {
    fn sender(&self, source: Source, received_at: Timestamp) -> Sender<'static> {
        let id = self.source(source);
        let trust = match source.key_kind() {
            crate::key::KeyKind::Public => Trust::Claimed,
            _ => Trust::Verified,
        };
        Sender::new(id, trust, received_at)
    }

    pub(super) fn source(&self, source: Source) -> SourceId {
        self.sources
            .get(source as usize)
            .copied()
            .unwrap_or(STAFF_SOURCE)
    }
}

/// Writes events into a list.
pub(super) struct Pen<'w> {
    pub(super) world: &'w World,
    pub(super) events: Vec<Event>,
    truth: &'w mut Truth,
    purpose: &'static str,
    owner: u32,
    stretch: u16,
    count: u32,
    fault: Option<String>,
}

impl<'w> Pen<'w> {
    pub(super) fn new(world: &'w World, truth: &'w mut Truth, stretch: u16) -> Self {
        Self {
            world,
            events: Vec::new(),
            truth,
            purpose: "",
            owner: 0,
            stretch,
            count: 0,
            fault: None,
        }
    }

    /// What follows is written for this purpose and person.
    pub(super) fn turn_to(&mut self, purpose: &'static str, owner: u32) {
        self.purpose = purpose;
        self.owner = owner;
        self.count = 0;
    }

    /// What follows goes on for the same purpose and person; `chapter` comes once.
    pub(super) fn turn_to_more(&mut self, purpose: &'static str, owner: u32, chapter: u16) {
        self.turn_to(purpose, owner);
        self.count = 1000 * (1 + u32::from(chapter));
    }

    fn message_id(&mut self) -> String {
        self.count += 1;
        format!(
            "{}-{}-{}-{}",
            self.purpose, self.owner, self.stretch, self.count
        )
    }

    /// Writes a call down as an event.
    pub(super) fn write(&mut self, source: Source, draft: Draft) {
        let message_id = self.message_id();
        if draft.at > self.world.calendar.until() {
            return;
        }
        let received_at = draft.at.plus_micros(DELAY_MICROS);
        match accept(self.world, source, draft, &message_id, received_at) {
            Ok(event) => self.keep(event),
            Err(defect) => self.note_fault(&defect),
        }
    }

    /// Writes the same call twice, with one message id: what a system does that was not sure of
    /// having been heard.
    pub(super) fn write_twice(&mut self, source: Source, draft: Draft) {
        self.write(source, draft.clone());
        self.count -= 1;
        self.write(source, draft);
    }

    fn note_fault(&mut self, defect: &Defect) {
        let fault = format!("{} of the demo: {defect}", self.purpose);
        self.fault.get_or_insert(fault);
    }

    fn keep(&mut self, event: Event) {
        self.truth.note(&self.world.key, &event, self.owner);
        self.events.push(event);
    }

    /// A call that its system sends wrongly, as it stands in quarantine, and what is wrong.
    pub(super) fn spoiled(
        &mut self,
        source: Source,
        call: &Call<'_>,
        received_at: Timestamp,
    ) -> Option<Defect> {
        let sender = self.world.sender(source, received_at);
        intake::accept(call, &sender, &self.world.rules, &self.world.key, || 0).err()
    }

    /// A note by somebody of the company about the person of an identifier.
    pub(super) fn note(&mut self, whose: (Kind, &str), at: Timestamp, note: Body) {
        self.staff_event("Note Added", whose, at, note);
    }

    /// A consent or refusal that somebody of the company took down.
    pub(super) fn consent(
        &mut self,
        whose: (Kind, &str),
        at: Timestamp,
        granted: bool,
        said: Body,
    ) {
        let name = if granted {
            "Consent Granted"
        } else {
            "Consent Withdrawn"
        };
        self.staff_event(name, whose, at, said);
    }

    fn staff_event(&mut self, name: &str, whose: (Kind, &str), at: Timestamp, properties: Body) {
        let Some(identifier) = self.identifier(whose) else {
            return;
        };
        let properties = properties.finish().into_boxed_str();
        let event = self.by_staff(EventKind::Track, name, at, properties);
        let thread = self.world.key.node_id(identifier.kind, &identifier.value);
        self.keep_until(Event {
            thread,
            identifiers: SmallVec::from_iter([identifier]),
            ..event
        });
    }

    /// A ruling by somebody of the company.
    pub(super) fn rule(
        &mut self,
        verdict: Verdict,
        pair: [(Kind, &str); 2],
        at: Timestamp,
        said: (&str, &str),
    ) {
        let [one, other] = pair.map(|whose| self.identifier(whose));
        let (Some(one), Some(other)) = (one, other) else {
            return;
        };
        let node = |known: &Identifier| self.world.key.node_id(known.kind, &known.value);
        let (a, b) = (node(&one), node(&other));
        let (a, b, identifiers) = if a < b {
            (a, b, [one, other])
        } else {
            (b, a, [other, one])
        };
        let (actor, note) = (CompactString::from(said.0), CompactString::from(said.1));
        let decision = Decision {
            verdict,
            a,
            b,
            actor,
            note,
        };
        let event = self.by_staff(
            EventKind::Decision,
            verdict.event_name(),
            at,
            decision.properties(),
        );
        // The two are two people: the truth does not learn from rulings.
        if at <= self.world.calendar.until() {
            self.events.push(Event {
                thread: a,
                identifiers: SmallVec::from_iter(identifiers),
                ..event
            });
        }
    }

    fn keep_until(&mut self, event: Event) {
        if event.at <= self.world.calendar.until() {
            self.keep(event);
        }
    }

    fn identifier(&mut self, (kind, value): (Kind, &str)) -> Option<Identifier> {
        let identifier = Identifier::new(kind, value, &self.world.rules).ok();
        if identifier.is_none() {
            let fault = format!(
                "{} of the demo: {value} is no {}",
                self.purpose,
                kind.word()
            );
            self.fault.get_or_insert(fault);
        }
        identifier
    }

    fn by_staff(&mut self, kind: EventKind, name: &str, at: Timestamp, said: Box<str>) -> Event {
        let message_id = CompactString::from(self.message_id());
        Event {
            id: self.world.key.event_id(STAFF_SOURCE, &message_id),
            thread: filo_core::id::NodeId(0),
            at,
            received_at: at,
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Staff,
            channel: Channel::Server,
            source: STAFF_SOURCE,
            message_id,
            name: CompactString::from(name),
            identifiers: SmallVec::new(),
            properties: said,
            context: "".into(),
        }
    }

    /// The events, in the order of time.
    ///
    /// # Errors
    /// If the demo wrote a call that the intake refuses.
    pub(super) fn finish(mut self) -> anyhow::Result<Vec<Event>> {
        if let Some(fault) = self.fault {
            anyhow::bail!(fault);
        }
        self.events.sort_by_key(|event| (event.at, event.id));
        Ok(self.events)
    }
}

fn accept(
    world: &World,
    source: Source,
    draft: Draft,
    message_id: &str,
    received_at: Timestamp,
) -> Result<Event, Defect> {
    let text = |body: Body| (!body.is_empty()).then(|| body.finish());
    let scalar = |text: Option<String>| text.map_or(Scalar::Absent, Scalar::from);
    let (properties, traits, context) = (
        text(draft.properties),
        text(draft.traits),
        text(draft.context),
    );
    let word = |word: &'static str| match word {
        "" => Scalar::Absent,
        word => word.into(),
    };
    let length = |body: &Option<String>| body.as_ref().map_or(0, String::len);
    let call = Call {
        kind: draft.kind.into(),
        event: if draft.kind == "track" {
            draft.name.into()
        } else {
            Scalar::Absent
        },
        name: if draft.kind == "page" {
            draft.name.into()
        } else {
            Scalar::Absent
        },
        user_id: scalar(draft.user_id),
        anonymous_id: scalar(draft.anonymous_id),
        group_id: scalar(draft.group_id),
        message_id: message_id.into(),
        timestamp: draft.at.to_string().into(),
        channel: word(draft.channel),
        properties: properties.as_deref(),
        traits: traits.as_deref(),
        context: context.as_deref(),
        size_bytes: 200 + length(&properties) + length(&traits) + length(&context),
        ..Call::default()
    };
    let sender = world.sender(source, received_at);
    // Every message has an id, so none is made up.
    intake::accept(&call, &sender, &world.rules, &world.key, || 0)
}
