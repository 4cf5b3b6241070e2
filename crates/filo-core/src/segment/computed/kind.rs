//! What kind of value a computed trait has, and what can be asked of it.

use super::recipe::{Recipe, Take};
use crate::segment::condition::TraitTest;
use crate::segment::pattern::{Value, ValueTest};

/// What kind of value a computed trait has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComputedKind {
    /// A number.
    Number,
    /// A number or a text, as it came with the events.
    Value,
    /// Several of those.
    List,
}

impl ComputedKind {
    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Value => "value",
            Self::List => "list",
        }
    }

    /// Whether a test can be true of some value of this kind, and of another one not.
    #[must_use]
    pub fn fits(self, test: &TraitTest) -> bool {
        match (self, test) {
            (Self::Value, _) => true,
            (Self::List, test) => matches!(test, TraitTest::Value(_)),
            (Self::Number, TraitTest::Value(test)) => match test {
                ValueTest::Number(_) | ValueTest::Set | ValueTest::Empty => true,
                ValueTest::Contains(_) => false,
                ValueTest::Is(texts) | ValueTest::IsNot(texts) => {
                    let read = |text: &str| Value::of_text(text).and_then(|it| it.number());
                    texts.iter().all(|text| read(text).is_some())
                }
            },
            (Self::Number, _) => false,
        }
    }
}

impl Recipe {
    /// What kind of value it makes.
    #[must_use]
    pub const fn kind(&self) -> ComputedKind {
        match self {
            Self::Orders(_) | Self::Formula(_) => ComputedKind::Number,
            Self::Events(events) => match events.take {
                Take::First | Take::Last | Take::MostFrequent => ComputedKind::Value,
                Take::List => ComputedKind::List,
                Take::Count
                | Take::Sum
                | Take::Average
                | Take::Smallest
                | Take::Greatest
                | Take::Distinct
                | Take::DaysSinceFirst
                | Take::DaysSinceLast => ComputedKind::Number,
            },
        }
    }
}
