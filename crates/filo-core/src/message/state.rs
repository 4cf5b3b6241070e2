//! Where a message stands, and what a person may do with it there.

use super::Class;

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum State {
    /// It comes to the gate when it is due.
    Queued = 0,
    /// It stands until a person does something.
    Awaiting = 1,
    /// It was let through and is on its way to whoever carries it.
    Claimed = 2,
    /// Whoever carries it has taken it.
    Sent = 3,
    /// It may have been taken, or not: nobody can say.
    Unknown = 4,
    /// It was refused for good.
    Failed = 5,
    /// The gate let it not through, for good.
    Stopped = 6,
    /// A person called it off.
    Cancelled = 7,
    /// It stands until a person has seen it and says yes.
    Unapproved = 8,
}

impl State {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Queued,
        Self::Awaiting,
        Self::Claimed,
        Self::Sent,
        Self::Unknown,
        Self::Failed,
        Self::Stopped,
        Self::Cancelled,
        Self::Unapproved,
    ];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Awaiting => "awaiting",
            Self::Claimed => "claimed",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Cancelled => "cancelled",
            Self::Unapproved => "unapproved",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The state of a code.
    #[must_use]
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| *state as i64 == code)
    }

    /// Whether a person can call it off.
    #[must_use]
    pub const fn can_be_cancelled(self) -> bool {
        matches!(self, Self::Queued | Self::Awaiting | Self::Unapproved)
    }

    /// Whether a person can let it come to the gate again: only they can say whether it is worse
    /// to say it twice or not at all.
    #[must_use]
    pub const fn can_be_sent_again(self) -> bool {
        matches!(
            self,
            Self::Unknown | Self::Failed | Self::Stopped | Self::Cancelled
        )
    }

    /// Whether it may have reached somebody, and so counts against caps and budget.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Claimed | Self::Sent | Self::Unknown)
    }

    /// Where a message stands that had been claimed when everything stopped: what may have left
    /// is not said twice, what is owed is said again.
    #[must_use]
    pub const fn after_crash(class: Class) -> Self {
        match class {
            Class::Marketing => Self::Unknown,
            Class::Transactional | Class::Service => Self::Queued,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state as i64), Some(state));
            assert_eq!(State::from_word(state.word()), Some(state));
            assert!(!(state.can_be_cancelled() && state.can_be_sent_again()));
        }
        assert_eq!(State::from_code(9), None);
    }
}
