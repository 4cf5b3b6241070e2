//! How a computed trait is made.
//!
//! **Invariant:** a document is read back as what was written.

use serde::{Deserialize, Serialize};

use super::formula::Formula;
use crate::segment::condition::{Figure, Hours, OrderFigure};
use crate::segment::signal::Signal;
use crate::segment::window::Window;

/// The version of documents that is written.
const VERSION: u8 = 1;
/// Bytes of a document: ten tests of fifty values of 200 bytes would be more, and nobody's.
const BYTES_MOST: usize = 64 * 1024;

/// How a computed trait is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipe {
    /// Out of events.
    Events(EventRecipe),
    /// Out of orders as they stand.
    Orders(OrderRecipe),
    /// Out of other traits.
    Formula(Formula),
}

/// What is taken out of which events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecipe {
    /// What is taken.
    pub take: Take,
    /// Out of which events, and the value of them that is looked at.
    pub signal: Signal,
    /// Only those on these days and at these hours, by the customer's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Which of them count.
    pub during: Window,
}

/// What is taken out of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// How many there were.
    Count,
    /// The sum of their values.
    Sum,
    /// The average of those that have a value.
    Average,
    /// The smallest value.
    Smallest,
    /// The greatest value.
    Greatest,
    /// How many different values there were.
    Distinct,
    /// The first value there was.
    First,
    /// The last value there was.
    Last,
    /// The value there was most often; of several, the one that came last, and of those at one
    /// instant the smallest.
    MostFrequent,
    /// The different values, those that came last first.
    List,
    /// Whole days of 24 hours since the first one.
    DaysSinceFirst,
    /// Whole days of 24 hours since the last one.
    DaysSinceLast,
}

impl Take {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Count,
        Self::Sum,
        Self::Average,
        Self::Smallest,
        Self::Greatest,
        Self::Distinct,
        Self::First,
        Self::Last,
        Self::MostFrequent,
        Self::List,
        Self::DaysSinceFirst,
        Self::DaysSinceLast,
    ];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Average => "average",
            Self::Smallest => "smallest",
            Self::Greatest => "greatest",
            Self::Distinct => "distinct",
            Self::First => "first",
            Self::Last => "last",
            Self::MostFrequent => "most_frequent",
            Self::List => "list",
            Self::DaysSinceFirst => "days_since_first",
            Self::DaysSinceLast => "days_since_last",
        }
    }

    /// The number of conditions that it is, if it is one.
    #[must_use]
    pub const fn figure(self) -> Option<Figure> {
        match self {
            Self::Count => Some(Figure::Count),
            Self::Sum => Some(Figure::Sum),
            Self::Average => Some(Figure::Average),
            Self::Smallest => Some(Figure::Smallest),
            Self::Greatest => Some(Figure::Greatest),
            Self::Distinct => Some(Figure::Distinct),
            Self::First
            | Self::Last
            | Self::MostFrequent
            | Self::List
            | Self::DaysSinceFirst
            | Self::DaysSinceLast => None,
        }
    }

    /// Whether it looks at a value of the events.
    #[must_use]
    pub const fn asks_for_field(self) -> bool {
        !matches!(
            self,
            Self::Count | Self::DaysSinceFirst | Self::DaysSinceLast
        )
    }
}

/// What is taken out of which orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderRecipe {
    /// What is taken.
    pub take: OrderTake,
    /// Which orders count, by when they were placed.
    pub during: Window,
}

/// What is taken out of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderTake {
    /// How many.
    Count,
    /// What they brought, less what went back, in the company's currency.
    Revenue,
    /// Revenue for each.
    Average,
    /// Whole days of 24 hours since the first one.
    DaysSinceFirst,
    /// Whole days of 24 hours since the last one.
    DaysSinceLast,
}

impl OrderTake {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Count,
        Self::Revenue,
        Self::Average,
        Self::DaysSinceFirst,
        Self::DaysSinceLast,
    ];

    /// The word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Revenue => "revenue",
            Self::Average => "average",
            Self::DaysSinceFirst => "days_since_first",
            Self::DaysSinceLast => "days_since_last",
        }
    }

    /// The number of conditions that it is, if it is one.
    #[must_use]
    pub const fn figure(self) -> Option<OrderFigure> {
        match self {
            Self::Count => Some(OrderFigure::Count),
            Self::Revenue => Some(OrderFigure::Revenue),
            Self::Average => Some(OrderFigure::Average),
            Self::DaysSinceFirst | Self::DaysSinceLast => None,
        }
    }
}

/// A recipe with the version of its language.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<R> {
    version: u8,
    recipe: R,
}

/// Why a document is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Too long.
    #[error("at most {BYTES_MOST} bytes")]
    TooLong,
    /// Written by a later Filo, or by nobody.
    #[error("version {0} is not known here: write {VERSION}")]
    Version(u8),
    /// Not the JSON of a recipe.
    #[error("{0}")]
    Unreadable(String),
}

impl Recipe {
    /// Reads a document.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, DocumentFault> {
        if text.len() > BYTES_MOST {
            return Err(DocumentFault::TooLong);
        }
        let unreadable = |error: serde_json::Error| DocumentFault::Unreadable(error.to_string());
        let Document { version, recipe } = serde_json::from_str(text).map_err(unreadable)?;
        match version {
            VERSION => Ok(recipe),
            other => Err(DocumentFault::Version(other)),
        }
    }

    /// Writes the document.
    ///
    /// # Panics
    /// Never in practice: a recipe has no part that cannot be serialised.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            version: VERSION,
            recipe: self,
        };
        serde_json::to_string(&document).expect("a recipe is plain data")
    }

    /// The events that it asks about.
    #[must_use]
    pub const fn signal(&self) -> Option<&Signal> {
        match self {
            Self::Events(events) => Some(&events.signal),
            Self::Orders(_) | Self::Formula(_) => None,
        }
    }
}
