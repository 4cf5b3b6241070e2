//! The ledger: every statement on a person's threads with its proof, and what was in force when.
//!
//! **Invariant:** what was in force at an instant is the fold of the statements made up to then,
//! by the same rules as now; it does not look at what is known today.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use super::{Consents, Statement, concerns, reading};
use crate::event::Event;
use crate::id::{EventId, NodeId, SourceId, WorkspaceKey};
use crate::identity::Strength;
use crate::json;
use crate::profile::touch::cut;
use crate::time::Timestamp;

/// Bytes of one part of a proof that are shown: a browser's name is a long line.
const PROOF_MOST: usize = 500;

/// How a statement is proven: what its event says of where it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// Where the proof is kept: a form's number, a recording, a witness.
    pub kept: String,
    /// How it was said: `form`, `page`, `link`, `counter`, `call`, `import` …
    pub how: String,
    /// Who of the company took it down.
    pub operator: String,
    /// The form it was made in.
    pub form: String,
    /// The page it was made on.
    pub page: String,
    /// The address of the network it came from.
    pub ip: String,
    /// The browser.
    pub user_agent: String,
    /// The fingerprint (SHA-256) of the text that was shown.
    pub wording_hash: String,
    /// The language in which it was shown.
    pub language: String,
}

/// One event about consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The event: the proof itself.
    pub event: EventId,
    /// What the event is called.
    pub name: String,
    /// When it was said.
    pub at: Timestamp,
    /// When Filo got to know.
    pub received_at: Timestamp,
    /// Through which source.
    pub source: SourceId,
    /// What it says, for each of the person's identifiers that it covers.
    pub statements: Vec<Statement>,
    /// How it is proven.
    pub proof: Proof,
}

/// The statements about a person, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Each event once.
    pub entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// The ledger of somebody's identifiers, out of the events of every thread that could have
    /// covered them.
    #[must_use]
    pub fn of(events: &[Event], own: &[NodeId], key: &WorkspaceKey) -> Self {
        let mut entries: Vec<LedgerEntry> = events
            .iter()
            .filter(|event| concerns(event))
            .filter_map(|event| entry(event, own, key))
            .collect();
        entries.sort_by_key(|entry| (entry.at, entry.event));
        entries.dedup_by_key(|entry| entry.event);
        Self { entries }
    }

    /// What had been said up to an instant, that one included.
    #[must_use]
    pub fn until(&self, at: Timestamp) -> Consents {
        let mut consents = Consents::default();
        let said = self.entries.iter().filter(|entry| entry.at <= at);
        for statement in said.flat_map(|entry| &entry.statements) {
            consents.take(statement.clone());
        }
        consents
    }

    /// The entry of an event.
    #[must_use]
    pub fn entry(&self, event: EventId) -> Option<&LedgerEntry> {
        self.entries.iter().find(|entry| entry.event == event)
    }
}

/// The identifiers that an event about consent covers: its thread's, and every other one that
/// came with it and is the person's own.
#[must_use]
pub fn covered(event: &Event, key: &WorkspaceKey) -> SmallVec<[NodeId; 4]> {
    let mut nodes: SmallVec<[NodeId; 4]> = smallvec![event.thread];
    for identifier in &event.identifiers {
        let node = key.node_id(identifier.kind, &identifier.value);
        if identifier.kind.strength() != Strength::Household && !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    nodes
}

fn entry(event: &Event, own: &[NodeId], key: &WorkspaceKey) -> Option<LedgerEntry> {
    let statements: Vec<Statement> = covered(event, key)
        .into_iter()
        .filter(|node| own.contains(node))
        .flat_map(|node| reading::statements(node, event))
        .collect();
    (!statements.is_empty()).then(|| LedgerEntry {
        event: event.id,
        name: event.name.to_string(),
        at: event.at,
        received_at: event.received_at,
        source: event.source,
        statements,
        proof: proof(event),
    })
}

fn proof(event: &Event) -> Proof {
    let said = |key: &str| text(json::member(&event.properties, key));
    let around = |key: &str| text(json::member(&event.context, key));
    let page = json::member(&event.context, "page").and_then(|page| json::member(page, "url"));
    let first = |one: String, other: String| if one.is_empty() { other } else { one };
    Proof {
        kept: said("proof"),
        how: said("how"),
        operator: first(said("operator"), said("actor")),
        form: said("form"),
        page: first(said("page"), text(page)),
        ip: first(said("ip"), around("ip")),
        user_agent: first(said("user_agent"), around("userAgent")),
        wording_hash: said("wording_hash"),
        language: first(said("language"), around("locale")),
    }
}

fn text(raw: Option<&str>) -> String {
    let text = raw.and_then(json::text).unwrap_or(Cow::Borrowed(""));
    cut(text.trim(), PROOF_MOST).to_owned()
}

#[cfg(test)]
mod tests;
