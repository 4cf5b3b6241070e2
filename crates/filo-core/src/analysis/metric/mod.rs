//! The catalogue of figures that are compared, watched and written on Mondays: what each counts,
//! what it is in, and which way is good.
//!
//! **Invariant:** a figure is a sum over people, or the ratio of two such sums, so it can be taken
//! apart by people, channels, sources and kinds of event without a rest.

mod cause;
mod compare;
mod doing;
mod part;
mod stretch;
#[cfg(test)]
mod tests;
mod waiting;

pub use cause::{Cause, Causes, Dimension, causes};
pub use compare::{Comparison, Figure, PEOPLE_LEAST, Paired, Verdict, figure_of};
pub use doing::{Doings, Person, SCORE_EVENT};
pub use part::Part;
pub use stretch::{Against, Compared, DAYS_MOST, STRETCHES, Stretch, Window};
pub use waiting::{Answers, Waiting};

/// A figure of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Orders that were not called off.
    Orders,
    /// What these brought, less what went back.
    Revenue,
    /// People who ordered.
    Buyers,
    /// People whose very first order it was.
    NewBuyers,
    /// What an order brought on average.
    AverageOrder,
    /// Of those who ordered, who had ordered before.
    Returning,
    /// Visits, on any channel.
    Visits,
    /// People and visitors who came by.
    Visitors,
    /// Times that somebody wrote to the company.
    Written,
    /// Of these, those answered by a person within a day.
    AnsweredInDay,
    /// How likely people are to recommend the company.
    Recommendation,
    /// Of those who rated, who was satisfied.
    Satisfaction,
    /// People who unsubscribed, or took a consent back.
    Unsubscribed,
    /// People who called a message spam.
    Complaints,
}

/// What a figure is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A count of happenings.
    Count,
    /// A count of people, each once.
    People,
    /// An amount.
    Money,
    /// An amount for each of something.
    MoneyEach,
    /// A part of a whole, from 0 to 1.
    Share,
    /// From −100 to 100.
    Score,
}

/// Which way is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// More is better.
    More,
    /// Fewer is better.
    Fewer,
    /// Neither by itself.
    Neither,
}

impl Metric {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::Orders,
        Self::Revenue,
        Self::Buyers,
        Self::NewBuyers,
        Self::AverageOrder,
        Self::Returning,
        Self::Visits,
        Self::Visitors,
        Self::Written,
        Self::AnsweredInDay,
        Self::Recommendation,
        Self::Satisfaction,
        Self::Unsubscribed,
        Self::Complaints,
    ];

    /// The word in addresses, in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Revenue => "revenue",
            Self::Buyers => "buyers",
            Self::NewBuyers => "new_buyers",
            Self::AverageOrder => "average_order",
            Self::Returning => "returning",
            Self::Visits => "visits",
            Self::Visitors => "visitors",
            Self::Written => "written",
            Self::AnsweredInDay => "answered_in_day",
            Self::Recommendation => "recommendation",
            Self::Satisfaction => "satisfaction",
            Self::Unsubscribed => "unsubscribed",
            Self::Complaints => "complaints",
        }
    }

    /// The figure of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// What it is in.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Orders | Self::Visits | Self::Written => Measure::Count,
            Self::Buyers
            | Self::NewBuyers
            | Self::Visitors
            | Self::Unsubscribed
            | Self::Complaints => Measure::People,
            Self::Revenue => Measure::Money,
            Self::AverageOrder => Measure::MoneyEach,
            Self::Returning | Self::AnsweredInDay | Self::Satisfaction => Measure::Share,
            Self::Recommendation => Measure::Score,
        }
    }

    /// Which way is good news.
    #[must_use]
    pub const fn sense(self) -> Sense {
        match self {
            Self::Unsubscribed | Self::Complaints => Sense::Fewer,
            Self::Written | Self::Returning => Sense::Neither,
            Self::Orders
            | Self::Revenue
            | Self::Buyers
            | Self::NewBuyers
            | Self::AverageOrder
            | Self::Visits
            | Self::Visitors
            | Self::AnsweredInDay
            | Self::Recommendation
            | Self::Satisfaction => Sense::More,
        }
    }

    /// Whether it says how customers find it: these stand on every Monday page.
    #[must_use]
    pub const fn is_of_experience(self) -> bool {
        matches!(
            self,
            Self::Written
                | Self::AnsweredInDay
                | Self::Recommendation
                | Self::Satisfaction
                | Self::Unsubscribed
                | Self::Complaints
        )
    }
}

impl Measure {
    /// Whether it grows with the time that is looked at.
    #[must_use]
    pub const fn is_sum(self) -> bool {
        matches!(self, Self::Count | Self::People | Self::Money)
    }

    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::People => "people",
            Self::Money => "money",
            Self::MoneyEach => "money_each",
            Self::Share => "share",
            Self::Score => "score",
        }
    }
}
