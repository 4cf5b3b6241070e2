//! By what messages queue: those that go to one provider of mailboxes, or over one account.

use super::Medium;
use crate::mail::Provider;

/// Messages that keep one pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Mail for mailboxes of one provider.
    Mail(Provider),
    /// Everything that goes over the account of a medium.
    Account(Medium),
}

impl Lane {
    /// The word in the tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail(provider) => provider.word(),
            Self::Account(medium) => medium.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_lanes_share_a_word() {
        let lanes = Provider::ALL.iter().map(|it| Lane::Mail(*it));
        let lanes: Vec<Lane> = lanes
            .chain(Medium::ALL.iter().map(|it| Lane::Account(*it)))
            .collect();
        let words: BTreeSet<&str> = lanes.iter().map(|lane| lane.word()).collect();
        assert_eq!(words.len(), lanes.len());
    }
}
