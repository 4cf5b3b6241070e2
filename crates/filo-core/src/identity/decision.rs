//! Decisions of people about identity: these two are one, these two are not, take it back.
//!
//! **Invariant:** a decision is an event like any other, so a rebuild from events knows it; only
//! an event that a person of the company sent is one.

use std::borrow::Cow;

use compact_str::{CompactString, ToCompactString};
use serde::{Deserialize, Serialize};

use super::link::{Link, Ruling};
use crate::event::{Event, EventKind, Trust};
use crate::id::NodeId;

/// Longer reasons are cut: they stand beside every link they rule.
const MOST_NOTE_CHARS: usize = 500;
const MOST_ACTOR_CHARS: usize = 100;

/// What a person says about two identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Verdict {
    /// They are different people, whatever events say.
    Apart = 0,
    /// They are one person, whatever the limits say.
    Together = 1,
    /// No decision any more: the evidence counts again.
    Withdrawn = 2,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Apart, Self::Together, Self::Withdrawn];

    /// The name of the event that carries it.
    #[must_use]
    pub const fn event_name(self) -> &'static str {
        match self {
            Self::Apart => "Customers Separated",
            Self::Together => "Customers Joined",
            Self::Withdrawn => "Decision Withdrawn",
        }
    }

    /// The verdict of an event's name.
    #[must_use]
    pub fn from_event_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|verdict| verdict.event_name() == name)
    }

    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Together => "together",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A decision about two identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is decided.
    pub verdict: Verdict,
    /// One of them.
    pub a: NodeId,
    /// The other.
    pub b: NodeId,
    /// Who decides.
    pub actor: CompactString,
    /// Why.
    pub note: CompactString,
}

/// The properties of the event.
#[derive(Serialize, Deserialize)]
struct Properties<'a> {
    #[serde(borrow)]
    a: Cow<'a, str>,
    #[serde(borrow)]
    b: Cow<'a, str>,
    #[serde(borrow, default)]
    actor: Cow<'a, str>,
    #[serde(borrow, default)]
    note: Cow<'a, str>,
}

impl Decision {
    /// The decision an event carries, if it is one, was taken by a person of the company and
    /// names two different identifiers.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        if event.kind != EventKind::Decision || event.trust != Trust::Staff {
            return None;
        }
        let verdict = Verdict::from_event_name(&event.name)?;
        let properties: Properties<'_> = serde_json::from_str(&event.properties).ok()?;
        let (a, b): (NodeId, NodeId) = (properties.a.parse().ok()?, properties.b.parse().ok()?);
        let cut = |text: &str, most: usize| text.chars().take(most).collect();
        (a != b).then(|| Self {
            verdict,
            a,
            b,
            actor: cut(&properties.actor, MOST_ACTOR_CHARS),
            note: cut(&properties.note, MOST_NOTE_CHARS),
        })
    }

    /// The properties of the event that carries it.
    #[must_use]
    pub fn properties(&self) -> Box<str> {
        let (a, b) = (self.a.to_compact_string(), self.b.to_compact_string());
        serde_json::json!({ "a": a, "b": b, "actor": self.actor, "note": self.note })
            .to_string()
            .into_boxed_str()
    }

    /// The link it rules, as the event that carries it.
    #[must_use]
    pub fn link(self, event: &Event) -> Option<Link> {
        let link = Link::between(self.a, self.b)?;
        let ruling = Ruling {
            verdict: self.verdict,
            at: event.at,
            event: event.id,
            actor: self.actor,
            note: self.note,
        };
        Some(Link {
            ruling: Some(ruling),
            ..link
        })
    }
}
