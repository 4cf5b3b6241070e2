//! What made somebody come into a segment, or leave it.
//!
//! **Invariant:** the words are a promise to whoever reads turns: they grow, they do not change.

use crate::id::EventId;

/// What made somebody come into a segment, or leave it. Where several did, the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// Time: a window passed them by, or reached them.
    Time,
    /// The segment was changed, or something that it is measured by.
    Change,
    /// An event.
    Event(EventId),
    /// Events were taken out.
    Removal,
    /// Their identifiers were joined with others, or separated from them.
    Identity,
}

impl Occasion {
    /// The word in tables, messages and the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Change => "change",
            Self::Event(_) => "event",
            Self::Removal => "removal",
            Self::Identity => "identity",
        }
    }

    /// The event, if it was one.
    #[must_use]
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::Event(id) => Some(id),
            Self::Time | Self::Change | Self::Removal | Self::Identity => None,
        }
    }

    /// The occasion of a word and an event; nothing for a word that is none.
    #[must_use]
    pub fn from_word(word: &str, event: Option<EventId>) -> Option<Self> {
        let plain = [Self::Time, Self::Change, Self::Removal, Self::Identity];
        let plain = plain.into_iter().find(|it| it.word() == word);
        plain.or_else(|| event.filter(|_| word == "event").map(Self::Event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        let event = EventId(7);
        for occasion in [
            Occasion::Time,
            Occasion::Change,
            Occasion::Event(event),
            Occasion::Removal,
            Occasion::Identity,
        ] {
            let read = Occasion::from_word(occasion.word(), occasion.event());
            assert_eq!(read, Some(occasion));
        }
        assert_eq!(Occasion::from_word("event", None), None);
        assert_eq!(Occasion::from_word("", None), None);
    }
}
