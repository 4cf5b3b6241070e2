//! Consent: who may be addressed for what, where, and on which proof.
//!
//! A statement covers one identifier: the engine writes it down for every identifier that its
//! event came with. Per identifier the last statement counts; a customer has several identifiers,
//! and of their statuses the most restrictive counts.
//!
//! **Invariant (I16):** a public key can deny and can ask, never grant: a claimed yes is
//! [`Status::Pending`], and stays so until a proven statement follows. The statuses are a function
//! of the set of statements.

pub mod addressing;
pub mod call_hours;
pub mod ledger;
pub mod purpose;
mod reading;
pub mod suppression;

use std::cmp::Ordering;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::event::{Channel, Event};
use crate::id::{EventId, NodeId};
use crate::profile::Provenance;
use crate::profile::sorted::{Entry, Sorted};
use crate::time::Timestamp;

pub use reading::concerns;

/// Every purpose: what a refusal without a purpose refuses.
pub const EVERY_PURPOSE: &str = "*";
/// Statements kept per profile. Proven ones are kept before claimed ones; what is left out
/// counts as a refusal of everything, never as nothing.
const STATEMENTS_MOST: usize = 400;

/// What may be done. Ordered by how much it restricts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Status {
    /// Yes, with proof.
    Granted = 0,
    /// A yes was claimed and waits for its proof.
    Pending = 1,
    /// No.
    Denied = 2,
}

impl Status {
    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Pending => "pending",
            Self::Denied => "denied",
        }
    }
}

/// The legal ground of a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Basis {
    /// Not said.
    Unstated = 0,
    /// Consent (GDPR art. 6(1)(a)).
    Consent = 1,
    /// Similar products to those bought, by e-mail only (Codice privacy art. 130(4)).
    SoftSpam = 2,
    /// A contract (GDPR art. 6(1)(b)).
    Contract = 3,
    /// A legitimate interest (GDPR art. 6(1)(f)).
    LegitimateInterest = 4,
    /// A legal obligation (GDPR art. 6(1)(c)).
    LegalObligation = 5,
}

impl Basis {
    /// Every ground, in the order of its code.
    pub const ALL: [Self; 6] = [
        Self::Unstated,
        Self::Consent,
        Self::SoftSpam,
        Self::Contract,
        Self::LegitimateInterest,
        Self::LegalObligation,
    ];

    /// The word in events and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unstated => "unstated",
            Self::Consent => "consent",
            Self::SoftSpam => "soft_spam",
            Self::Contract => "contract",
            Self::LegitimateInterest => "legitimate_interest",
            Self::LegalObligation => "legal_obligation",
        }
    }

    /// The ground of a word; an unknown one is not a ground.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|basis| basis.word() == word)
            .unwrap_or(Self::Unstated)
    }
}

/// Which statements compete: a claim never replaces a proven statement, and a claimed yes never
/// makes a claimed no forgotten. Kept in this order when there are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Proven,
    ClaimedNo,
    ClaimedYes,
}

/// One statement about one identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The identifier it covers.
    pub covers: NodeId,
    /// What for, lower case; [`EVERY_PURPOSE`] for all.
    pub purpose: CompactString,
    /// Where; nothing means everywhere.
    pub channel: Option<Channel>,
    /// Yes, no, or a yes without proof.
    pub status: Status,
    /// The legal ground.
    pub basis: Basis,
    /// Version or hash of the text that was shown.
    pub wording: CompactString,
    /// Who said it, when, by which event: the proof.
    pub provenance: Provenance,
}

impl Statement {
    fn class(&self) -> Class {
        match (self.provenance.is_proven(), self.status) {
            (true, _) => Class::Proven,
            (false, Status::Denied) => Class::ClaimedNo,
            (false, Status::Granted | Status::Pending) => Class::ClaimedYes,
        }
    }

    fn speaks_of(&self, purpose: &str, channel: Option<Channel>) -> bool {
        (self.purpose == purpose || self.purpose == EVERY_PURPOSE)
            && (self.channel.is_none() || self.channel == channel)
    }
}

impl Entry for Statement {
    fn order(&self, other: &Self) -> Ordering {
        let key = |statement: &Self| (statement.class(), statement.covers, statement.channel);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.purpose.cmp(&other.purpose))
    }

    /// Two statements of one event about one thing can only come from a list that names it
    /// twice: the stricter one counts.
    fn absorb(&mut self, other: &Self) {
        let rank = |statement: &Self| (statement.provenance.stamp(), statement.status);
        if rank(other) > rank(self) {
            self.clone_from(other);
        }
    }
}

/// What counts about a purpose and channel, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// What may be done.
    pub status: Status,
    /// The statement it rests on; nothing if statements had to be left out.
    pub statement: Option<&'a Statement>,
}

/// The statements of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Consents {
    statements: Sorted<Statement, STATEMENTS_MOST>,
    /// The latest statement that was left out for want of room.
    left_out: Option<(Timestamp, EventId)>,
}

impl Consents {
    /// Writes down what an event says about consent, for one of its identifiers.
    pub(crate) fn learn(&mut self, covers: NodeId, event: &Event) {
        for statement in reading::statements(covers, event) {
            self.take(statement);
        }
    }

    fn take(&mut self, statement: Statement) {
        if let Some(excess) = self.statements.add(statement) {
            leave_out(&mut self.left_out, &excess);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        let mut left_out = self.left_out.max(other.left_out);
        self.statements.merge(&other.statements, |excess| {
            leave_out(&mut left_out, &excess);
        });
        self.left_out = left_out;
    }

    /// Every statement that can still matter.
    pub fn iter(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter()
    }

    /// What counts for the customer: the most restrictive of what counts for each identifier;
    /// nothing if nothing was said. `channel: None` asks about the purpose wherever it is.
    #[must_use]
    pub fn standing(&self, purpose: &str, channel: Option<Channel>) -> Option<Standing<'_>> {
        let purpose = reading::normal_purpose(purpose);
        let strictest = self
            .nodes()
            .into_iter()
            .filter_map(|node| self.standing_of(node, &purpose, channel))
            .max_by_key(|statement| (statement.status, statement.provenance.stamp()));
        match (strictest, self.left_out) {
            (Some(statement), Some(left_out))
                if statement.status != Status::Denied
                    && left_out > statement.provenance.stamp() =>
            {
                Some(Standing {
                    status: Status::Denied,
                    statement: None,
                })
            }
            (None, Some(_)) => Some(Standing {
                status: Status::Denied,
                statement: None,
            }),
            (Some(statement), _) => Some(Standing {
                status: statement.status,
                statement: Some(statement),
            }),
            (None, None) => None,
        }
    }

    /// What counts for one identifier: before a message goes to an address, that address must
    /// be covered.
    #[must_use]
    pub fn standing_of_node(
        &self,
        node: NodeId,
        purpose: &str,
        channel: Option<Channel>,
    ) -> Option<&Statement> {
        self.standing_of(node, &reading::normal_purpose(purpose), channel)
    }

    /// Every purpose and channel about which something was said, with what counts.
    #[must_use]
    pub fn matrix(&self) -> Vec<(&str, Option<Channel>, Standing<'_>)> {
        let mut places: Vec<(&str, Option<Channel>)> = self
            .iter()
            .map(|statement| (statement.purpose.as_str(), statement.channel))
            .collect();
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .filter_map(|(purpose, channel)| {
                Some((purpose, channel, self.standing(purpose, channel)?))
            })
            .collect()
    }

    fn nodes(&self) -> SmallVec<[NodeId; 8]> {
        let mut nodes: SmallVec<[NodeId; 8]> =
            self.iter().map(|statement| statement.covers).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    fn standing_of(
        &self,
        node: NodeId,
        purpose: &str,
        channel: Option<Channel>,
    ) -> Option<&Statement> {
        let last = |class: Class| {
            self.iter()
                .filter(|statement| statement.covers == node && statement.class() == class)
                .filter(|statement| statement.speaks_of(purpose, channel))
                .max_by_key(|statement| (statement.provenance.stamp(), statement.status))
        };
        let (proven, claimed_no) = (last(Class::Proven), last(Class::ClaimedNo));
        let is_later =
            |one: &Statement, than: &Statement| one.provenance.stamp() > than.provenance.stamp();
        // A claimed no takes a proven yes back; nothing claimed replaces a proven no.
        let settled = match (proven, claimed_no) {
            (Some(proven), Some(no)) if proven.status != Status::Denied && is_later(no, proven) => {
                no
            }
            (Some(proven), _) => return Some(proven),
            (None, Some(no)) => no,
            (None, None) => return last(Class::ClaimedYes),
        };
        // Who said no without proof may ask again without proof: it waits, it is no yes.
        last(Class::ClaimedYes)
            .filter(|yes| is_later(yes, settled))
            .or(Some(settled))
    }
}

/// A claimed yes that is left out is as good as none; anything else could have been a no.
fn leave_out(latest: &mut Option<(Timestamp, EventId)>, excess: &Statement) {
    if excess.class() != Class::ClaimedYes {
        *latest = (*latest).max(Some(excess.provenance.stamp()));
    }
}
