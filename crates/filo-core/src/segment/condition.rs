//! What must be true of a person to be in a segment: a tree of conditions.
//!
//! **Invariant:** a condition says nothing that depends on how it was written or on who asks; it
//! is a function of the person, the instant and the company's settings.

use std::collections::BTreeSet;

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::comparison::Comparison;
use super::pattern::ValueTest;
use super::rfm::RfmCondition;
use super::signal::Signal;
use super::window::{Span, Window};
use super::words;
use crate::buyer::Stage;
use crate::event::Channel;
use crate::id::{ListId, PersonaId, SegmentId};
use crate::identity::Kind;

/// What must be true of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of these; with none, everybody.
    All(Vec<Condition>),
    /// One of these; with none, nobody.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// What is known of them.
    Trait(TraitCondition),
    /// They are known by an identifier of this kind.
    Known(#[serde(with = "words::kind")] Kind),
    /// What they allow.
    Consent(ConsentCondition),
    /// What happened.
    Happened(Happened),
    /// One thing happened after another.
    Sequence(Sequence),
    /// What they bought, by the orders as they stand: without what was called off or went back.
    Orders(OrderCondition),
    /// They were met here.
    Met(Meeting),
    /// On how many channels they were met.
    Channels(Channels),
    /// They are in another segment.
    Segment(#[serde(with = "words::segment")] SegmentId),
    /// They were put on this list.
    List(#[serde(with = "words::list")] ListId),
    /// They are of this persona.
    Persona(#[serde(with = "crate::persona::words::persona")] PersonaId),
    /// They are in a share of everybody that is drawn once for all.
    Share(Share),
    /// How recently, how often and for how much they buy, beside all who do.
    Rfm(RfmCondition),
    /// Where they are between the first order and the last.
    Lifecycle(Stage),
}

/// What must be true of a trait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraitCondition {
    /// The trait, in `snake_case`.
    pub key: CompactString,
    /// What it must be.
    pub test: TraitTest,
}

/// What a trait must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraitTest {
    /// Of a collection, one of its parts.
    Value(ValueTest),
    /// A date in this window.
    Date(Window),
    /// A date whose day of the year is at most so many days away, today included: a birthday.
    Anniversary {
        /// Days before it.
        before: u16,
        /// Days after it.
        after: u16,
    },
    /// A date that comes within this time.
    Within(Span),
}

/// What somebody must allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentCondition {
    /// What for.
    pub purpose: CompactString,
    /// Where; nothing means wherever it is.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "words::maybe_channel"
    )]
    pub channel: Option<Channel>,
    /// What they said.
    pub answer: Answer,
}

/// What somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A yes that counts: lawful here, with proof, not expired.
    Yes,
    /// A no.
    No,
    /// A yes that was claimed and waits for its proof.
    Pending,
    /// A yes that no longer counts, or does not count here.
    Void,
    /// They were never asked.
    Unasked,
}

impl Answer {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Yes,
        Self::No,
        Self::Pending,
        Self::Void,
        Self::Unasked,
    ];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Pending => "pending",
            Self::Void => "void",
            Self::Unasked => "unasked",
        }
    }
}

/// What must have happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    /// The events, and the value of them that is looked at.
    pub signal: Signal,
    /// Only those on these days and at these hours, by the customer's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// What must be true of them.
    pub test: HappenedTest,
}

/// What must be true of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HappenedTest {
    /// A number made of those in the window.
    Figure {
        /// Which number.
        figure: Figure,
        /// What it must be.
        is: Comparison,
        /// Which events count.
        during: Window,
    },
    /// The very first one falls in this window.
    First(Window),
    /// The very last one does.
    Last(Window),
    /// The value of the last one is this.
    LastIs(ValueTest),
}

/// A number made of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// How many there were.
    Count,
    /// The sum of their values.
    Sum,
    /// The average of those that have a value; without any, nothing is true of it.
    Average,
    /// The smallest value; without any, nothing is true of it.
    Smallest,
    /// The greatest value; without any, nothing is true of it.
    Greatest,
    /// How many different values there were.
    Distinct,
}

impl Figure {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Count,
        Self::Sum,
        Self::Average,
        Self::Smallest,
        Self::Greatest,
        Self::Distinct,
    ];
}

/// Days of the week and hours of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The days: Monday is the lowest of seven bits.
    pub days: u8,
    /// The first minute of the day, 0 to 1439.
    pub from: u16,
    /// The minute after the last, 1 to 1440; less than the first to go past midnight.
    pub to: u16,
}

/// One thing happened, and then another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    /// The first.
    pub first: Signal,
    /// When it must have been.
    pub during: Window,
    /// The other.
    pub then: Signal,
    /// So soon after it.
    pub within: Span,
    /// Nothing of this between the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<Signal>,
}

/// What must be true of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderCondition {
    /// Which number.
    pub figure: OrderFigure,
    /// What it must be.
    pub is: Comparison,
    /// Which orders count, by when they were placed.
    pub during: Window,
}

/// A number made of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderFigure {
    /// How many.
    Count,
    /// What they brought, less what went back, in the company's currency.
    Revenue,
    /// Revenue for each; without any, nothing is true of it.
    Average,
}

impl OrderFigure {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Count, Self::Revenue, Self::Average];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Revenue => "revenue",
            Self::Average => "average",
        }
    }
}

/// Where somebody must have been met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Where.
    #[serde(with = "words::channel")]
    pub channel: Channel,
    /// How long ago at most; nothing for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Span>,
}

/// On how many channels somebody must have been met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// How many.
    pub is: Comparison,
    /// How long ago at most; nothing for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Span>,
}

/// A share of everybody: those whose draw, from 0 to 9999, falls between the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Another name is another draw.
    pub draw: CompactString,
    /// The first of the ten thousand parts.
    pub from: u16,
    /// The part after the last.
    pub to: u16,
}

impl Condition {
    /// The conditions right below.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::All(children) | Self::Any(children) => children,
            Self::Not(child) => std::slice::from_ref(child),
            Self::Trait(_)
            | Self::Known(_)
            | Self::Consent(_)
            | Self::Happened(_)
            | Self::Sequence(_)
            | Self::Orders(_)
            | Self::Met(_)
            | Self::Channels(_)
            | Self::Segment(_)
            | Self::List(_)
            | Self::Persona(_)
            | Self::Share(_)
            | Self::Rfm(_)
            | Self::Lifecycle(_) => &[],
        }
    }

    /// This one and every one below, from the top.
    pub fn walk(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(next.children().iter().rev());
            Some(next)
        })
    }

    /// The signals it asks about.
    pub fn signals(&self) -> impl Iterator<Item = &Signal> {
        self.walk().flat_map(|condition| {
            let signals: [Option<&Signal>; 3] = match condition {
                Self::Happened(happened) => [Some(&happened.signal), None, None],
                Self::Sequence(sequence) => [
                    Some(&sequence.first),
                    Some(&sequence.then),
                    sequence.without.as_ref(),
                ],
                _ => [None, None, None],
            };
            signals.into_iter().flatten()
        })
    }

    /// The other segments it asks about.
    #[must_use]
    pub fn segments(&self) -> BTreeSet<SegmentId> {
        let named = |condition: &Self| match condition {
            Self::Segment(id) => Some(*id),
            _ => None,
        };
        self.walk().filter_map(named).collect()
    }

    /// The lists it asks about.
    #[must_use]
    pub fn lists(&self) -> BTreeSet<ListId> {
        let named = |condition: &Self| match condition {
            Self::List(id) => Some(*id),
            _ => None,
        };
        self.walk().filter_map(named).collect()
    }

    /// The personas it asks about.
    #[must_use]
    pub fn personas(&self) -> BTreeSet<PersonaId> {
        let named = |condition: &Self| match condition {
            Self::Persona(id) => Some(*id),
            _ => None,
        };
        self.walk().filter_map(named).collect()
    }
}

/// The days that a trait's date is compared with are the customer's.
pub(super) fn date_of(raw: &str) -> Option<Date> {
    raw.get(..10)?.parse().ok()
}
