//! What whoever is asked is told of the customer: the last order, what they said, why now.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::step::Fact;
use crate::id::EventId;
use crate::profile::Profile;
use crate::time::Timestamp;

/// Letters of what they said.
const SAID_LETTERS_MOST: usize = 280;

/// The facts of a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FactsShown {
    /// The last order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderFact>,
    /// What they said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<SaidFact>,
    /// What brought them into the journey, as the run has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<CompactString>,
}

/// The last order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFact {
    /// When it was placed, in microseconds since 1970.
    pub at: Timestamp,
    /// What was paid, in the smallest unit of the currency.
    pub total: i64,
    /// The currency.
    pub currency: CompactString,
    /// How many pieces.
    pub items: u32,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidFact {
    /// When it was written down, in microseconds since 1970.
    pub at: Timestamp,
    /// The words.
    pub text: CompactString,
    /// The note.
    pub event: EventId,
}

/// What is told of somebody, of what was asked for and is known.
#[must_use]
pub fn facts_of(wanted: &[Fact], profile: &Profile, why: &str) -> FactsShown {
    let mut facts = FactsShown::default();
    if wanted.contains(&Fact::LastOrder) {
        let placed = profile.orders.iter().filter(|order| !order.is_cancelled());
        let last = placed.filter_map(|order| {
            let content = order.content()?;
            Some((
                order.placed_at()?,
                order.id().to_owned(),
                OrderFact {
                    at: order.placed_at()?,
                    total: content.total.0,
                    currency: CompactString::from(content.currency.code()),
                    items: content.item_count,
                },
            ))
        });
        let last = last.max_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        facts.order = last.map(|(_, _, order)| order);
    }
    if wanted.contains(&Fact::Said) {
        let notes = profile.notes.newest_first();
        facts.said = notes.first().map(|note| SaidFact {
            at: note.provenance.at,
            text: note.text.chars().take(SAID_LETTERS_MOST).collect(),
            event: note.provenance.event,
        });
    }
    if wanted.contains(&Fact::Why) {
        facts.why = Some(CompactString::from(why));
    }
    facts
}
