//! May this person be addressed for this, here, now? One function, with its reasons.
//!
//! **Invariant (I3, I4):** a yes rests on a statement in force whose ground counts on the
//! channel, or on a duty; and on at least one address that nothing stops.
//! **Invariant:** the answer is a function of its arguments, so it can be asked of any instant.

mod said;

use compact_str::CompactString;
use jiff::civil::DateTime;

use super::purpose::{Ground, Purpose, Purposes};
use super::suppression::{CallCheck, Suppression, SuppressionReason, address_kinds, is_address};
use super::{Consents, Statement, Status, call_hours};
use crate::event::Channel;
use crate::id::NodeId;
use crate::identity::Kind;
use crate::time::Timestamp;

pub use said::answer;
use said::said;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What for.
    pub purpose: &'a str,
    /// Where.
    pub channel: Channel,
    /// When.
    pub at: Timestamp,
    /// The same instant on the customer's clock.
    pub wall: Option<DateTime>,
}

/// What it is answered from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The company's purposes.
    pub purposes: &'a Purposes,
    /// What the person said, up to that instant.
    pub consents: &'a Consents,
    /// The person's identifiers.
    pub nodes: &'a [NodeId],
    /// The lines of the suppression list about them, also those taken off again.
    pub suppressions: &'a [Suppression],
    /// The look-ups of their numbers.
    pub checks: &'a [CallCheck],
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// They said yes, and it counts.
    Granted,
    /// A contract or the law asks for it.
    Duty,
    /// The company has no such purpose.
    UnknownPurpose,
    /// The company does not do this on this channel.
    ChannelUnused,
    /// Nobody asked them.
    NeverAsked,
    /// They claimed a yes that was never confirmed.
    Pending,
    /// They said no.
    Denied,
    /// One of their identifiers said yes, another did not: the stricter counts.
    Stricter,
    /// Their yes has come to its end.
    Expired,
    /// Their yes rests on a ground that does not count here.
    BasisNotAllowed,
    /// They have no address of this kind.
    NoAddress,
    /// Every address is on the suppression list.
    Suppressed,
    /// The number was not looked up in the register within fifteen days.
    Unchecked,
    /// The number is in the register of those who want no calls.
    DoNotCall,
    /// Nobody is called at this hour.
    OutsideCallHours,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Granted,
        Self::Duty,
        Self::UnknownPurpose,
        Self::ChannelUnused,
        Self::NeverAsked,
        Self::Pending,
        Self::Denied,
        Self::Stricter,
        Self::Expired,
        Self::BasisNotAllowed,
        Self::NoAddress,
        Self::Suppressed,
        Self::Unchecked,
        Self::DoNotCall,
        Self::OutsideCallHours,
    ];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Duty => "duty",
            Self::UnknownPurpose => "unknown_purpose",
            Self::ChannelUnused => "channel_unused",
            Self::NeverAsked => "never_asked",
            Self::Pending => "pending",
            Self::Denied => "denied",
            Self::Stricter => "stricter",
            Self::Expired => "expired",
            Self::BasisNotAllowed => "basis_not_allowed",
            Self::NoAddress => "no_address",
            Self::Suppressed => "suppressed",
            Self::Unchecked => "unchecked",
            Self::DoNotCall => "do_not_call",
            Self::OutsideCallHours => "outside_call_hours",
        }
    }
}

/// One reason, with the instant it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Why.
    pub why: Why,
    /// When it was said, or since when it is so.
    pub at: Option<Timestamp>,
    /// For the suppression list: what was the matter.
    pub suppressed: Option<SuppressionReason>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Yes or no.
    pub may: bool,
    /// Why: for a yes the one ground, for a no everything that stands against it.
    pub reasons: Vec<Reason>,
    /// The statement in force.
    pub statement: Option<Statement>,
    /// When that yes comes to its end.
    pub expires_at: Option<Timestamp>,
    /// From when they may be asked, where there is no yes; nothing: at once.
    pub ask_from: Option<Timestamp>,
    /// The addresses that may be used.
    pub addresses: Vec<NodeId>,
}

impl Verdict {
    /// About somebody who is not known: there is no address.
    #[must_use]
    pub fn unknown() -> Self {
        Self::no(Why::NoAddress)
    }

    /// The same for a medium that reaches only these kinds of identifier, of all that its channel
    /// knows; none where it needs no address.
    #[must_use]
    pub fn only(mut self, kinds: &[Kind]) -> Self {
        if !self.may || kinds.is_empty() || self.addresses.is_empty() {
            return self;
        }
        let fits = |node: &NodeId| node.kind().is_some_and(|kind| kinds.contains(&kind));
        self.addresses.retain(fits);
        if self.addresses.is_empty() {
            self.may = false;
            self.reasons.clear();
            self.because(Why::NoAddress, None);
        }
        self
    }

    fn no(why: Why) -> Self {
        let mut verdict = Self {
            may: false,
            reasons: Vec::new(),
            statement: None,
            expires_at: None,
            ask_from: None,
            addresses: Vec::new(),
        };
        verdict.because(why, None);
        verdict
    }

    fn because(&mut self, why: Why, at: Option<Timestamp>) {
        self.reasons.push(Reason {
            why,
            at,
            suppressed: None,
        });
    }
}

/// Whether a person may be addressed, and why.
#[must_use]
pub fn may_address(question: &Question<'_>, known: &Known<'_>) -> Verdict {
    let purpose_word = CompactString::from(question.purpose.trim()).to_lowercase();
    let Some(purpose) = known.purposes.get(&purpose_word) else {
        return Verdict::no(Why::UnknownPurpose);
    };
    if !purpose.channels.contains(&question.channel) {
        return Verdict::no(Why::ChannelUnused);
    }
    let mut verdict = ground(question, known, purpose);
    let said_yes_at = verdict
        .statement
        .as_ref()
        .filter(|_| verdict.may)
        .map(|statement| statement.provenance.at);
    let is_duty = purpose.ground == Ground::Duty;
    let mut against = addresses(
        question,
        known,
        is_duty,
        said_yes_at,
        &mut verdict.addresses,
    );
    if question.channel == Channel::Phone
        && !is_duty
        && question.wall.is_some_and(|wall| !call_hours::is_open(wall))
    {
        against.push(Reason {
            why: Why::OutsideCallHours,
            at: None,
            suppressed: None,
        });
    }
    if !against.is_empty() {
        if verdict.may {
            // The yes itself is no reason for a no; it stays readable in the statement.
            verdict.reasons.clear();
        }
        verdict.may = false;
        verdict.reasons.extend(against);
    }
    verdict
}

/// What the person said, or what the company owes.
fn ground(question: &Question<'_>, known: &Known<'_>, purpose: &Purpose) -> Verdict {
    let said = said(known.consents, purpose, Some(question.channel), question.at);
    let why = said.why;
    if matches!(why, Why::Duty | Why::NeverAsked) {
        let mut verdict = Verdict::no(why);
        verdict.may = why == Why::Duty;
        return verdict;
    }
    let at = said.statement.map(|statement| statement.provenance.at);
    let mut verdict = Verdict::no(why);
    verdict.reasons.clear();
    verdict.because(
        why,
        if why == Why::Expired {
            said.expires_at
        } else {
            at
        },
    );
    if said.status != Status::Granted && somebody_said_yes(question, known, purpose) {
        verdict.because(Why::Stricter, None);
    }
    verdict.may = why == Why::Granted;
    verdict.statement = said.statement.cloned();
    if said.status == Status::Granted {
        verdict.expires_at = said.expires_at;
    }
    verdict.ask_from = at
        .filter(|_| said.status == Status::Denied)
        .map(|at| purpose.ask_again_at(at))
        .filter(|from| *from > question.at);
    verdict
}

fn somebody_said_yes(question: &Question<'_>, known: &Known<'_>, purpose: &Purpose) -> bool {
    known.consents.iter().any(|statement| {
        let own = known.consents.standing_of_node(
            statement.covers,
            &purpose.word,
            Some(question.channel),
        );
        own.is_some_and(|own| own.status == Status::Granted)
    })
}

/// Finds the addresses that may be used, and what stands against the others if there is none.
fn addresses(
    question: &Question<'_>,
    known: &Known<'_>,
    is_duty: bool,
    said_yes_at: Option<Timestamp>,
    usable: &mut Vec<NodeId>,
) -> Vec<Reason> {
    let stops = |node: NodeId| {
        known.suppressions.iter().find(move |line| {
            line.node == node
                && line.holds(question.channel, question.at)
                && (!is_duty || line.reason.stops_duties())
        })
    };
    let suppressed = |line: &Suppression| Reason {
        why: Why::Suppressed,
        at: Some(line.since),
        suppressed: Some(line.reason),
    };
    // A line about an identifier that is no address is about the whole person.
    let of_person = known
        .nodes
        .iter()
        .filter(|node| !node.kind().is_some_and(is_address))
        .find_map(|node| stops(*node));
    if let Some(line) = of_person {
        return vec![suppressed(line)];
    }
    let kinds = address_kinds(question.channel);
    if kinds.is_empty() {
        return Vec::new();
    }
    let of_kind = |node: &&NodeId| node.kind().is_some_and(|kind| kinds.contains(&kind));
    let mut against = Vec::new();
    for node in known.nodes.iter().filter(of_kind) {
        let stopped = stops(*node).map(suppressed).or_else(|| {
            let calls = question.channel == Channel::Phone && !is_duty;
            calls
                .then(|| register(*node, question, known, said_yes_at))
                .flatten()
        });
        match stopped {
            Some(reason) => against.push(reason),
            None => usable.push(*node),
        }
    }
    if !usable.is_empty() {
        return Vec::new();
    }
    if against.is_empty() {
        against.push(Reason {
            why: Why::NoAddress,
            at: None,
            suppressed: None,
        });
    }
    against
}

/// What the register of those who want no calls says against a number. A yes that was given
/// after the number got there counts (law 5/2018, art. 1).
fn register(
    node: NodeId,
    question: &Question<'_>,
    known: &Known<'_>,
    said_yes_at: Option<Timestamp>,
) -> Option<Reason> {
    let reason = |why, at| Reason {
        why,
        at,
        suppressed: None,
    };
    let check = known.checks.iter().find(|check| check.node == node);
    let Some(check) = check.filter(|check| check.is_fresh(question.at)) else {
        return Some(reason(Why::Unchecked, check.map(|check| check.checked_at)));
    };
    let since = check.listed_since?;
    let is_later = said_yes_at.is_some_and(|said| said > since);
    (!is_later).then(|| reason(Why::DoNotCall, Some(since)))
}

#[cfg(test)]
mod tests;
