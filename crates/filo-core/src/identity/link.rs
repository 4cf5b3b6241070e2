//! Links: what is known about two identifiers belonging together, from events and from people.
//!
//! **Invariant:** merging is commutative, associative and idempotent, so a link is a function of
//! the set of events about it. Evidence keeps its strongest proof; of rulings the last one stands.

use std::cmp::Reverse;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::decision::{Decision, Verdict};
use super::{Kind, Strength};
use crate::event::{Event, EventKind, Trust};
use crate::id::{EventId, NodeId, SourceId, WorkspaceKey};
use crate::time::Timestamp;

/// The version of the rules by which events prove links (the star of [`links_of`]).
pub const LINKING_VERSION: u32 = 1;

/// Two identifiers and what is known about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The smaller of the two nodes.
    pub a: NodeId,
    /// The greater of the two nodes.
    pub b: NodeId,
    /// The best proof by an event that they belong together.
    pub evidence: Option<Evidence>,
    /// What a person last decided about them.
    pub ruling: Option<Ruling>,
}

/// The proof of a link by an event that carried both identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// How far the event's sender can be believed.
    pub trust: Trust,
    /// When it happened.
    pub at: Timestamp,
    /// The event.
    pub event: EventId,
    /// Where the event came from.
    pub source: SourceId,
    /// Which version of the linking rules saw the proof in it.
    pub rule_version: u32,
}

impl Evidence {
    /// Keeps the better of two proofs: more trust, then the earlier.
    pub fn merge(&mut self, other: &Self) {
        if other.rank() < self.rank() {
            *self = *other;
        }
    }

    fn rank(&self) -> impl Ord {
        (
            Reverse(self.trust),
            self.at,
            self.event,
            self.source,
            self.rule_version,
        )
    }
}

/// What a person decided about two identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The decision.
    pub verdict: Verdict,
    /// When it was taken.
    pub at: Timestamp,
    /// The event of the decision.
    pub event: EventId,
    /// Who took it.
    pub actor: CompactString,
    /// Why, in that person's words.
    pub note: CompactString,
}

impl Ruling {
    /// Keeps the later of two decisions.
    pub fn merge(&mut self, other: &Self) {
        if other.rank() > self.rank() {
            *self = other.clone();
        }
    }

    fn rank(&self) -> impl Ord + '_ {
        (
            self.at,
            self.event,
            self.verdict,
            self.actor.as_str(),
            self.note.as_str(),
        )
    }
}

impl Link {
    /// A link between two different nodes about which nothing is known yet.
    #[must_use]
    pub fn between(one: NodeId, other: NodeId) -> Option<Self> {
        (one != other).then(|| Self {
            a: one.min(other),
            b: one.max(other),
            evidence: None,
            ruling: None,
        })
    }

    /// What tells this link from others.
    #[must_use]
    pub const fn pair(&self) -> (NodeId, NodeId) {
        (self.a, self.b)
    }

    /// Adds what another record knows about the same pair; one about another pair is ignored.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(
            self.pair(),
            other.pair(),
            "only records of one pair are merged"
        );
        if self.pair() != other.pair() {
            return;
        }
        match (&mut self.evidence, &other.evidence) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, theirs) => *mine = *theirs,
            (Some(_), None) => {}
        }
        match (&mut self.ruling, &other.ruling) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, theirs) => mine.clone_from(theirs),
            (Some(_), None) => {}
        }
    }

    /// The decision that stands; one that was taken back is none.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.ruling
            .as_ref()
            .map(|ruling| ruling.verdict)
            .filter(|it| *it != Verdict::Withdrawn)
    }

    /// Whether it speaks for joining: a person said so, or an event proves it and no person
    /// said otherwise.
    #[must_use]
    pub fn is_live(&self) -> bool {
        match self.verdict() {
            Some(Verdict::Together) => true,
            Some(Verdict::Apart) => false,
            Some(Verdict::Withdrawn) | None => self.evidence.is_some(),
        }
    }

    /// How far it can be believed, while it is live. A decision is a person's of the company.
    #[must_use]
    pub fn trust(&self) -> Option<Trust> {
        match self.verdict() {
            Some(Verdict::Together) => Some(Trust::Staff),
            Some(Verdict::Apart) => None,
            Some(Verdict::Withdrawn) | None => self.evidence.map(|evidence| evidence.trust),
        }
    }
}

/// The nodes of an event's identifiers, in their order: the first is its thread.
#[must_use]
pub fn nodes_of(event: &Event, key: &WorkspaceKey) -> SmallVec<[NodeId; 4]> {
    // The thread is the first identifier's node already; hashing is the dear part.
    let others = event.identifiers.iter().skip(1);
    let first = event.identifiers.first().map(|_| event.thread);
    first
        .into_iter()
        .chain(others.map(|it| key.node_id(it.kind, &it.value)))
        .collect()
}

/// What an event says about links: the pairs it proves or, for a decision, rules.
///
/// An event with identifiers i1 (the strongest), i2, i3 … proves i1–i2, i1–i3 …: a star, so that
/// a shared weak identifier does not also tie the weak ones to each other.
///
/// Two user ids in one event prove a link only if the event is an alias, which says just that.
/// So evidence between two user ids *is* an alias, and clustering can see from the link alone
/// that the limit of one user id was lifted on purpose.
#[must_use]
pub fn links_of(event: &Event, key: &WorkspaceKey) -> SmallVec<[Link; 2]> {
    if event.kind == EventKind::Decision {
        return Decision::of(event)
            .and_then(|decision| decision.link(event))
            .into_iter()
            .collect();
    }
    if event.identifiers.len() < 2 {
        return SmallVec::new();
    }
    links_between(event, &nodes_of(event, key))
}

/// The star of an event whose nodes are known already (see [`nodes_of`]); none for a decision.
///
/// What people of the company write down about a customer names them by their identifiers, but
/// proves nothing about who they are: only a decision does.
#[must_use]
pub fn links_between(event: &Event, nodes: &[NodeId]) -> SmallVec<[Link; 2]> {
    let mut links = SmallVec::new();
    if event.trust == Trust::Staff {
        return links;
    }
    let (Some((strongest, weaker)), Some((thread, others))) =
        (event.identifiers.split_first(), nodes.split_first())
    else {
        return links;
    };
    let evidence = Evidence {
        trust: event.trust,
        at: event.at,
        event: event.id,
        source: event.source,
        rule_version: LINKING_VERSION,
    };
    for (identifier, node) in weaker.iter().zip(others) {
        let two_user_ids = strongest.kind == Kind::UserId && identifier.kind == Kind::UserId;
        if two_user_ids && event.kind != EventKind::Alias {
            continue;
        }
        if let Some(link) = Link::between(*thread, *node) {
            links.push(Link {
                evidence: Some(evidence),
                ..link
            });
        }
    }
    links
}

/// Whether evidence between two kinds can join at all: a household or a company never does.
#[must_use]
pub fn can_join(one: Kind, other: Kind) -> bool {
    one.strength() != Strength::Household && other.strength() != Strength::Household
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
