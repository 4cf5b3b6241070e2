//! Why a customer is one, as the API shows it.

use std::collections::HashMap;

use filo_app::{Explanation, IdentifierView};
use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::identity::{Evidence, Kind, Obstacle, Outcome, Reason, Ruling};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Text, trust_word};

/// An identifier in a reason.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReasonEnd)]
pub(crate) struct EndOut<'a> {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<NodeId>,
    /// What it is.
    kind: &'static str,
    /// Its normal form.
    value: Option<&'a str>,
}

/// The event that proves a link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub(crate) struct EvidenceOut {
    /// How far its sender can be believed.
    trust: &'static str,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// The event.
    #[schema(value_type = String)]
    event: Text<EventId>,
    /// Where it came from.
    source: u32,
}

/// What a person decided about a link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ruling)]
pub(crate) struct RulingOut<'a> {
    /// `apart`, `together` or `withdrawn`.
    verdict: &'static str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// The event of the decision.
    #[schema(value_type = String)]
    event: Text<EventId>,
    /// Who.
    actor: &'a str,
    /// Why.
    note: &'a str,
}

/// One link and what it did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reason)]
pub(crate) struct ReasonOut<'a> {
    /// One end.
    a: EndOut<'a>,
    /// The other.
    b: EndOut<'a>,
    /// `joined`, `agreed` (its ends were one already) or `refused`.
    outcome: &'static str,
    /// As the so-many-th of the customer's links, if it joined.
    order: Option<u32>,
    /// Why it was refused.
    obstacle: Option<&'static str>,
    /// The kind of identifier of which there would be too many.
    limited_kind: Option<&'static str>,
    /// The event that proves it.
    evidence: Option<EvidenceOut>,
    /// What a person decided about it.
    ruling: Option<RulingOut<'a>>,
}

/// Why a customer is one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Explanation)]
pub(crate) struct ExplanationOut<'a> {
    /// The customer.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// The links that joined, in their order; those that agree; those that were refused.
    reasons: Vec<ReasonOut<'a>>,
}

impl<'a> ExplanationOut<'a> {
    pub(crate) fn new(explanation: &'a Explanation) -> Self {
        let known: HashMap<NodeId, &IdentifierView> = explanation
            .identifiers
            .iter()
            .chain(&explanation.others)
            .map(|identifier| (identifier.node, identifier))
            .collect();
        let reasons = explanation.reasons.iter();
        Self {
            customer: Text(explanation.customer),
            reasons: reasons.map(|reason| reason_out(reason, &known)).collect(),
        }
    }
}

fn reason_out<'a>(
    reason: &'a Reason,
    known: &HashMap<NodeId, &'a IdentifierView>,
) -> ReasonOut<'a> {
    let end = |node: NodeId, kind: Kind| EndOut {
        id: Text(node),
        kind: kind.word(),
        value: known.get(&node).map(|identifier| identifier.value.as_str()),
    };
    let (outcome, order, obstacle) = match reason.outcome {
        Outcome::Joined { order } => ("joined", Some(order), None),
        Outcome::Agreed => ("agreed", None, None),
        Outcome::Refused { obstacle } => ("refused", None, Some(obstacle)),
    };
    ReasonOut {
        a: end(reason.a.id, reason.a.kind),
        b: end(reason.b.id, reason.b.kind),
        outcome,
        order,
        obstacle: obstacle.map(Obstacle::word),
        limited_kind: obstacle.and_then(limited_kind),
        evidence: reason.evidence.as_ref().map(evidence_out),
        ruling: reason.ruling.as_ref().map(ruling_out),
    }
}

fn evidence_out(evidence: &Evidence) -> EvidenceOut {
    EvidenceOut {
        trust: trust_word(evidence.trust),
        at: Text(evidence.at),
        event: Text(evidence.event),
        source: evidence.source.0,
    }
}

fn ruling_out(ruling: &Ruling) -> RulingOut<'_> {
    RulingOut {
        verdict: ruling.verdict.word(),
        at: Text(ruling.at),
        event: Text(ruling.event),
        actor: &ruling.actor,
        note: &ruling.note,
    }
}

const fn limited_kind(obstacle: Obstacle) -> Option<&'static str> {
    match obstacle {
        Obstacle::Limit(kind) => Some(kind.word()),
        Obstacle::KeptApart
        | Obstacle::TwoVerifiedPeople
        | Obstacle::Suspended
        | Obstacle::CustomerFull
        | Obstacle::TooManyMerges
        | Obstacle::ComponentTooLarge
        | Obstacle::Household
        | Obstacle::SharedDevice
        | Obstacle::DeviceOfAnother => None,
    }
}
