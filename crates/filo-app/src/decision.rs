//! What people of the company decide and record about a customer. Each is an event on the log,
//! like everything else that happens, so it survives a rebuild and stands on the thread.

use compact_str::CompactString;
use filo_core::access::Right;
use filo_core::consent::{Basis, purpose};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{CustomerId, EventId, NodeId, SourceId};
use filo_core::identity::{Decision, Identifier, Verdict};
use filo_core::profile::About;
use filo_core::semantic;
use serde_json::json;
use smallvec::SmallVec;

use crate::App;
use crate::actor::Actor;
use crate::audit::entered_by;
use crate::error::{Error, Result};

/// The source of what people of the company enter in Filo itself.
pub const STAFF_SOURCE: SourceId = SourceId::STAFF;
/// A note is a few paragraphs.
const NOTE_CHARS_MOST: usize = 4_000;
/// A reason for a ruling is a sentence.
const REASON_CHARS_MOST: usize = 500;

/// A statement about consent, taken down by a person.
#[derive(Debug, Clone, Default)]
pub struct NewConsent {
    /// What for: `marketing`, `profiling` …
    pub purpose: String,
    /// On which channel; `any` for all.
    pub channel: String,
    /// Given, or withdrawn.
    pub granted: bool,
    /// The legal basis: `consent`, `soft_spam`, `contract` …
    pub basis: String,
    /// The version or text that the person agreed to.
    pub wording: String,
    /// Where the proof is: form number, recording, witness.
    pub proof: String,
    /// How it was said, as far as it is known.
    pub how: StatementOrigin,
}

/// How a statement was made: part of its proof.
#[derive(Debug, Clone, Default)]
pub struct StatementOrigin {
    /// `form`, `page`, `counter`, `call` …
    pub how: String,
    /// The form.
    pub form: String,
    /// The page.
    pub page: String,
    /// The address in the network.
    pub ip: String,
    /// The browser.
    pub user_agent: String,
}

impl App {
    /// Rules that two identifiers are one person, or are not, or takes a ruling back.
    ///
    /// # Errors
    /// If the actor may not write, or an identifier is unknown.
    pub async fn rule(
        &self,
        actor: &Actor,
        a: NodeId,
        b: NodeId,
        verdict: Verdict,
        note: &str,
    ) -> Result<EventId> {
        actor.must(Right::DecideIdentity)?;
        bounded("note", note, REASON_CHARS_MOST)?;
        self.must_know(a, b).await?;
        let (a, b) = (a.min(b), a.max(b));
        let decision = Decision {
            verdict,
            a,
            b,
            actor: CompactString::from(&actor.name),
            note: CompactString::from(note),
        };
        let mut event = self.staff_event(
            actor,
            EventKind::Decision,
            verdict.event_name(),
            decision.properties(),
        );
        event.thread = a;
        // With both identifiers in it, the decision can be replayed before anything else.
        event.identifiers = self
            .with_components(&[a, b], |live| {
                let known = |node| live.nodes.get(&node).map(|node| node.identifier.clone());
                Some(SmallVec::from_vec(vec![known(a)?, known(b)?]))
            })
            .await?
            .ok_or(Error::Missing("identifier"))?;
        self.decide(event).await
    }

    /// Writes down what a customer said.
    ///
    /// # Errors
    /// If the actor may not write, the customer is unknown, or the text is empty or too long.
    pub async fn add_note(
        &self,
        actor: &Actor,
        customer: CustomerId,
        text: &str,
        about: About,
    ) -> Result<EventId> {
        actor.must(Right::WriteNotes)?;
        let text = checked_note(text)?;
        let properties = json!({ "text": text, "about": about.word(), "actor": actor.name });
        let event = self.staff_event(
            actor,
            EventKind::Track,
            "Note Added",
            properties.to_string().into_boxed_str(),
        );
        self.record(customer, event).await
    }

    /// Takes a note back.
    ///
    /// # Errors
    /// If the actor may not write, or the customer has no such note.
    pub async fn remove_note(
        &self,
        actor: &Actor,
        customer: CustomerId,
        note: EventId,
    ) -> Result<EventId> {
        actor.must(Right::WriteNotes)?;
        if !self.has_note(customer, note).await? {
            return Err(Error::Missing("note"));
        }
        self.record(customer, self.note_removal(actor, note)).await
    }

    /// Whether a note stands.
    pub(crate) async fn has_note(&self, customer: CustomerId, note: EventId) -> Result<bool> {
        let view = self
            .customer(customer)
            .await?
            .ok_or(Error::Missing("customer"))?;
        let notes = view.profile.notes.newest_first();
        Ok(notes.iter().any(|known| known.provenance.event == note))
    }

    /// The event that takes a note back.
    pub(crate) fn note_removal(&self, actor: &Actor, note: EventId) -> Event {
        let properties = json!({ "note": note.to_string(), "actor": actor.name });
        self.staff_event(
            actor,
            EventKind::Track,
            "Note Removed",
            properties.to_string().into_boxed_str(),
        )
    }

    /// Takes down a consent given or withdrawn.
    ///
    /// # Errors
    /// If the actor may not write, the customer is unknown, or a field is empty or too long.
    pub async fn record_consent(
        &self,
        actor: &Actor,
        customer: CustomerId,
        consent: &NewConsent,
    ) -> Result<EventId> {
        actor.must(Right::RecordConsent)?;
        let fields = [
            ("purpose", &consent.purpose),
            ("channel", &consent.channel),
            ("basis", &consent.basis),
        ];
        for (field, value) in fields {
            if value.trim().is_empty() {
                return Err(Error::invalid(field, "must not be empty"));
            }
            bounded(field, value, 100)?;
        }
        check_ground(consent)?;
        let how = &consent.how;
        let parts = [
            ("how", &how.how),
            ("form", &how.form),
            ("page", &how.page),
            ("ip", &how.ip),
            ("user_agent", &how.user_agent),
        ];
        for (field, value) in parts {
            bounded(field, value, REASON_CHARS_MOST)?;
        }
        bounded("wording", &consent.wording, REASON_CHARS_MOST)?;
        bounded("proof", &consent.proof, REASON_CHARS_MOST)?;
        if consent.granted && consent.proof.trim().is_empty() {
            return Err(Error::invalid(
                "proof",
                "say where the proof of the consent is",
            ));
        }
        let name = if consent.granted {
            "Consent Granted"
        } else {
            "Consent Withdrawn"
        };
        let wording_hash = self.hash_of_wording(&consent.wording).await?;
        let properties = stated(actor, consent, &wording_hash);
        let mut event = self.staff_event(
            actor,
            EventKind::Track,
            name,
            properties.to_string().into_boxed_str(),
        );
        // A statement made to a person covers every identifier of the customer.
        let view = self
            .customer(customer)
            .await?
            .ok_or(Error::Missing("customer"))?;
        event.identifiers = view
            .identifiers
            .iter()
            .map(|known| Identifier {
                kind: known.kind,
                value: known.value.clone(),
            })
            .collect();
        self.record(customer, event).await
    }

    /// Puts a staff event on a customer's thread.
    async fn record(&self, customer: CustomerId, event: Event) -> Result<EventId> {
        let event = self.placed(customer, event).await?;
        self.decide(event).await
    }

    /// A staff event on the thread of a customer's oldest identifier.
    pub(crate) async fn placed(&self, customer: CustomerId, mut event: Event) -> Result<Event> {
        let view = self
            .customer(customer)
            .await?
            .ok_or(Error::Missing("customer"))?;
        let canonical = NodeId::from(view.id);
        let known = view
            .identifiers
            .iter()
            .find(|identifier| identifier.node == canonical)
            .or(view.identifiers.first())
            .ok_or(Error::Missing("customer"))?;
        event.thread = known.node;
        // The thread is the first identifier's: otherwise that one would not be covered.
        let is_threads = |it: &Identifier| it.kind == known.kind && it.value == known.value;
        if let Some(place) = event.identifiers.iter().position(is_threads) {
            event.identifiers.swap(0, place);
        }
        if event.identifiers.is_empty() {
            event.identifiers.push(Identifier {
                kind: known.kind,
                value: known.value.clone(),
            });
        }
        Ok(event)
    }

    pub(crate) fn staff_event(
        &self,
        actor: &Actor,
        kind: EventKind,
        name: &str,
        properties: Box<str>,
    ) -> Event {
        let now = self.now();
        let message_id = CompactString::from(format!("staff-{:032x}", self.spare_id()));
        Event {
            id: self.key().event_id(STAFF_SOURCE, &message_id),
            thread: NodeId(0),
            at: now,
            received_at: now,
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Staff,
            channel: Channel::Server,
            source: STAFF_SOURCE,
            message_id,
            name: CompactString::from(name),
            identifiers: SmallVec::new(),
            properties,
            context: entered_by(actor),
        }
    }

    /// Appends one event and waits until it has been applied.
    pub(crate) async fn decide(&self, event: Event) -> Result<EventId> {
        let id = event.id;
        self.decide_all(vec![event]).await?;
        Ok(id)
    }

    /// Appends events together and waits until they have been applied.
    pub(crate) async fn decide_all(&self, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let bytes = events.iter().map(|event| event.properties.len() + 512);
        let permit = self.admit(bytes.sum())?;
        let seq = self.append(permit, events).await?;
        self.applied(seq).await
    }
}

/// What a statement that somebody takes down says: only what is known.
fn stated(actor: &Actor, consent: &NewConsent, wording_hash: &str) -> serde_json::Value {
    let mut properties = json!({
        "purpose": consent.purpose.trim(), "channel": consent.channel.trim(),
        "basis": consent.basis.trim(), "wording": consent.wording,
        "proof": consent.proof, "actor": actor.name,
    });
    let known = [
        ("wording_hash", wording_hash),
        ("how", consent.how.how.trim()),
        ("form", consent.how.form.trim()),
        ("page", consent.how.page.trim()),
        ("ip", consent.how.ip.trim()),
        ("user_agent", consent.how.user_agent.trim()),
    ];
    for (key, value) in known.into_iter().filter(|(_, value)| !value.is_empty()) {
        properties[key] = value.into();
    }
    properties
}

/// A ground that exists, on a channel that exists and on which it can carry a yes.
fn check_ground(consent: &NewConsent) -> Result<()> {
    let word = consent.basis.trim();
    let basis = Basis::ALL.into_iter().find(|basis| basis.word() == word);
    let Some(basis) = basis else {
        let words = Basis::ALL.map(Basis::word).join(", ");
        return Err(Error::invalid("basis", format!("one of {words}")));
    };
    let channel = consent.channel.trim().to_lowercase();
    let named = semantic::channel_of_word(&channel);
    if named.is_none() && !matches!(channel.as_str(), "any" | "all" | "*") {
        return Err(Error::invalid(
            "channel",
            "`any`, or a channel such as `email`",
        ));
    }
    let carries = named.is_none_or(|channel| purpose::is_lawful(basis, channel));
    if consent.granted && !carries {
        return Err(Error::invalid(
            "basis",
            "soft_spam counts by e-mail only (Codice privacy, art. 130)",
        ));
    }
    Ok(())
}

/// What a note may say, without the space around it.
pub(crate) fn checked_note(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "write what was said"));
    }
    bounded("text", text, NOTE_CHARS_MOST)?;
    Ok(text)
}

pub(crate) fn bounded(field: &'static str, text: &str, chars_most: usize) -> Result<()> {
    if text.chars().count() > chars_most {
        return Err(Error::invalid(
            field,
            format!("at most {chars_most} characters"),
        ));
    }
    Ok(())
}
