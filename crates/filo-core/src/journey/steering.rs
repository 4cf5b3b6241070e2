//! Why the shares of an experiment became what they are, and what a person can say of them.
//!
//! **Invariant:** the words are a promise to whoever reads histories: they grow, they do not
//! change.

/// Why shares came into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShareReason {
    /// They were learnt from what people did.
    Learnt,
    /// A person let them stand still.
    Frozen,
    /// A person made them equal, and they stand still.
    Equal,
    /// A person lets them learn again; until the next time they are what they were.
    Resumed,
}

impl ShareReason {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Learnt, Self::Frozen, Self::Equal, Self::Resumed];

    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Learnt => "learnt",
            Self::Frozen => "frozen",
            Self::Equal => "equal",
            Self::Resumed => "resumed",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// Whether shares go on learning after it.
    #[must_use]
    pub const fn learns(self) -> bool {
        match self {
            Self::Learnt | Self::Resumed => true,
            Self::Frozen | Self::Equal => false,
        }
    }
}

/// What a person says of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Steering {
    /// Let them stand still as they are.
    Freeze,
    /// Make them equal, and let them stand still.
    Equalise,
    /// Let them learn again.
    Resume,
}

impl Steering {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Freeze, Self::Equalise, Self::Resume];

    /// The word in the API, in forms and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Freeze => "freeze",
            Self::Equalise => "equal",
            Self::Resume => "resume",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|steering| steering.word() == word)
    }

    /// Why shares are then what they are.
    #[must_use]
    pub const fn reason(self) -> ShareReason {
        match self {
            Self::Freeze => ShareReason::Frozen,
            Self::Equalise => ShareReason::Equal,
            Self::Resume => ShareReason::Resumed,
        }
    }

    /// Whether it says something new of shares that came into force last for this reason; nothing
    /// is a reason of its own: they learn from the beginning.
    #[must_use]
    pub fn changes(self, last: Option<ShareReason>) -> bool {
        let learns = last.is_none_or(ShareReason::learns);
        match self {
            Self::Freeze => learns,
            Self::Equalise => last != Some(ShareReason::Equal),
            Self::Resume => !learns,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_can_be_taken_back_and_is_said_once() {
        use ShareReason::{Equal, Frozen, Learnt, Resumed};
        for (last, possible) in [
            (None, vec![Steering::Freeze, Steering::Equalise]),
            (Some(Learnt), vec![Steering::Freeze, Steering::Equalise]),
            (Some(Resumed), vec![Steering::Freeze, Steering::Equalise]),
            (Some(Frozen), vec![Steering::Equalise, Steering::Resume]),
            (Some(Equal), vec![Steering::Resume]),
        ] {
            let found = Steering::ALL.into_iter().filter(|it| it.changes(last));
            assert_eq!(found.collect::<Vec<_>>(), possible, "{last:?}");
        }
        for steering in Steering::ALL {
            assert_eq!(Steering::from_word(steering.word()), Some(steering));
        }
        for reason in ShareReason::ALL {
            assert_eq!(ShareReason::from_word(reason.word()), Some(reason));
        }
    }
}
