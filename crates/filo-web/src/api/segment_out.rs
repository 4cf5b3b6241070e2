//! How segments are told in the API.

use filo_app::segment::{
    Growth, MemberRow, Membership, Overlap, Reason, SegmentNames, SegmentView, TurnRow,
};
use filo_core::id::{CustomerId, EventId, SegmentId};
use filo_core::segment::{Condition, Explained, Occasion, text};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;
use crate::i18n::{Language, Words};
use crate::sentence::sentence;

const DAY_MICROS: i64 = 86_400_000_000;

/// A segment: everybody of whom a condition is true.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Segment)]
pub(crate) struct SegmentOut {
    /// Its id.
    #[schema(value_type = String, example = "seg_0123456789abcdefghjkmnpqrs")]
    id: Text<SegmentId>,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// One more with each change; a change must name it.
    version: i64,
    /// Who is in it.
    #[schema(value_type = Object)]
    condition: Condition,
    /// The same as text, which can be sent back in place of it.
    #[schema(example = "\"Order Completed\" at least 2 times in last 90 days")]
    text: String,
    /// The same in a sentence.
    sentence: SentenceOut,
    /// How many are in it; so far, while it is filled.
    members: i64,
    /// How many thousandths of the identifiers were looked at, while not all were.
    filled_thousandths: Option<u32>,
    /// When everybody had been looked at under this condition; null until then.
    #[schema(value_type = Option<String>, format = DateTime)]
    filled_at: Option<Text<Timestamp>>,
    /// When it was put away; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    archived_at: Option<Text<Timestamp>>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

impl SegmentOut {
    pub(super) fn new(view: SegmentView, names: &SegmentNames) -> Self {
        Self {
            text: text::print(&view.condition),
            sentence: SentenceOut::new(&view.condition, names),
            id: Text(view.row.id),
            name: view.row.name,
            description: view.row.description,
            version: view.row.version,
            condition: view.condition,
            members: view.members,
            filled_thousandths: view.filled_thousandths,
            filled_at: view.row.filled_at.map(Text),
            archived_at: view.row.archived_at.map(Text),
            created_at: Text(view.row.created_at),
            changed_at: Text(view.row.changed_at),
            changed_by: view.row.changed_by,
        }
    }
}

/// A condition in a sentence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConditionSentence)]
pub(crate) struct SentenceOut {
    /// In English.
    #[schema(example = "Has placed an order at least 2 times in the last 90 days.")]
    en: String,
    /// In Italian.
    #[schema(example = "Ha fatto un ordine almeno 2 volte negli ultimi 90 giorni.")]
    it: String,
}

impl SentenceOut {
    fn new(condition: &Condition, names: &SegmentNames) -> Self {
        let say = |language| sentence(Words::of(language), condition, names);
        Self {
            en: say(Language::English),
            it: say(Language::Italian),
        }
    }
}

/// Somebody who is in a segment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentMember)]
pub(crate) struct MemberOut {
    /// Who.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    entered_at: Text<Timestamp>,
}

impl MemberOut {
    pub(super) fn new(row: MemberRow) -> Self {
        Self {
            customer: Text(row.customer),
            entered_at: Text(row.entered_at),
        }
    }
}

/// That somebody came into a segment, or left it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentTurn)]
pub(crate) struct TurnOut {
    /// Its place in the order of all turns.
    number: i64,
    /// Who.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// `entered` or `left`.
    turn: &'static str,
    /// `event`, `time` (a window passed them by, or reached them), `identity` (identifiers were
    /// joined or separated), `change` (of the segment) or `removal` (of events); null for turns
    /// from before it was noted.
    reason: Option<&'static str>,
    /// The event, if that was the reason.
    #[schema(value_type = Option<String>)]
    event: Option<Text<EventId>>,
}

impl TurnOut {
    pub(super) fn new(row: TurnRow) -> Self {
        Self {
            number: row.number,
            customer: Text(row.customer),
            at: Text(row.at),
            turn: if row.is_in { "entered" } else { "left" },
            reason: row.occasion.map(Occasion::word),
            event: row.occasion.and_then(Occasion::event).map(Text),
        }
    }
}

/// A day of a segment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentDay)]
pub(crate) struct GrowthDayOut {
    /// The day in UTC: its first instant.
    #[schema(value_type = String, format = DateTime)]
    day: Text<Timestamp>,
    /// How many came in.
    entered: i64,
    /// How many left.
    left: i64,
    /// How many were in at its end.
    members: i64,
}

impl GrowthDayOut {
    pub(super) fn of(growth: Growth) -> Vec<Self> {
        let days = growth.days.into_iter();
        let day = |(turned, members): (filo_app::segment::TurnDay, i64)| Self {
            day: Text(Timestamp(turned.day.saturating_mul(DAY_MICROS))),
            entered: turned.entered,
            left: turned.left,
            members,
        };
        days.map(day).collect()
    }
}

/// How segments lie over one another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentOverlap)]
pub(crate) struct OverlapOut {
    /// The segments, and how many are in each.
    segments: Vec<SizeOut>,
    /// Each two of them, and how many are in both.
    shared: Vec<SharedOut>,
}

/// How many are in a segment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentSize)]
pub(crate) struct SizeOut {
    /// Which.
    #[schema(value_type = String)]
    segment: Text<SegmentId>,
    /// How many.
    members: i64,
}

/// How many are in two segments at once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentShared)]
pub(crate) struct SharedOut {
    /// The two.
    #[schema(value_type = Vec<String>)]
    segments: [Text<SegmentId>; 2],
    /// How many.
    members: i64,
}

impl OverlapOut {
    pub(super) fn new(overlap: Overlap) -> Self {
        let size = |(segment, members)| SizeOut {
            segment: Text(segment),
            members,
        };
        let shared = |(one, other, members)| SharedOut {
            segments: [Text(one), Text(other)],
            members,
        };
        Self {
            segments: overlap.sizes.into_iter().map(size).collect(),
            shared: overlap.shared.into_iter().map(shared).collect(),
        }
    }
}

/// Why somebody is in a segment, or not.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentReason)]
pub(crate) struct ReasonOut {
    /// When it was asked.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// The condition, with its parts in their order.
    condition: ExplainedOut,
}

/// Whether a condition is true of somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedCondition)]
pub(crate) struct ExplainedOut {
    /// The condition in a sentence.
    sentence: SentenceOut,
    /// Whether it is.
    holds: bool,
    /// The first instant at which that may change without any event; null for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    changes_at: Option<Text<Timestamp>>,
    /// The same of its parts; of another segment, of the condition of that.
    #[schema(no_recursion)]
    parts: Vec<ExplainedOut>,
}

impl ReasonOut {
    pub(super) fn new(reason: &Reason, names: &SegmentNames) -> Self {
        Self {
            at: Text(reason.at),
            condition: ExplainedOut::new(&reason.explained, names),
        }
    }
}

impl ExplainedOut {
    fn new(explained: &Explained, names: &SegmentNames) -> Self {
        let changes_at = Some(explained.changes_at).filter(|at| *at != Timestamp::MAX);
        let parts = explained.parts.iter();
        Self {
            sentence: SentenceOut::new(&explained.condition, names),
            holds: explained.holds,
            changes_at: changes_at.map(Text),
            parts: parts.map(|part| Self::new(part, names)).collect(),
        }
    }
}

/// A segment that somebody is in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerSegment)]
pub(crate) struct MembershipOut {
    /// Which.
    #[schema(value_type = String)]
    segment: Text<SegmentId>,
    /// What people call it.
    name: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    entered_at: Text<Timestamp>,
}

impl MembershipOut {
    pub(super) fn new(membership: Membership) -> Self {
        Self {
            segment: Text(membership.segment),
            name: membership.name,
            entered_at: Text(membership.entered_at),
        }
    }
}
