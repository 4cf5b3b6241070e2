//! Approval: which of the messages of journeys a person sees before they leave.
//!
//! **Invariant:** whether a message is asked about is a function of its rule, what made it and how
//! many go the same way; asking again gives the same answer, on every machine and in every version.

use serde::{Deserialize, Serialize};

use super::origin::Origin;

/// The largest share of a sample: all but one are for [`Rule::Every`].
pub const SAMPLE_PERCENT_MOST: u8 = 99;
/// The largest number of people that goes without being looked at.
pub const ABOVE_MOST: u32 = 1_000_000;
/// People who came in so long before or after somebody go the same way with them.
pub const TOGETHER_SECONDS: i64 = 86_400;

const FORM: &[u8] = b"Filo approval sample 1";

/// When a person is asked before something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Never: publishing was the decision.
    #[default]
    Automatic,
    /// Of a hundred messages, so many, drawn.
    Sample(u8),
    /// Each time.
    Every,
    /// Where more people than this go the same way within a day.
    Above(u32),
}

impl Rule {
    /// Whether nobody is ever asked.
    #[must_use]
    pub const fn is_automatic(&self) -> bool {
        matches!(self, Self::Automatic)
    }

    /// The word in forms, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Sample(_) => "sample",
            Self::Every => "every",
            Self::Above(_) => "above",
        }
    }

    /// The number that belongs to it.
    #[must_use]
    pub const fn number(self) -> Option<u32> {
        match self {
            Self::Automatic | Self::Every => None,
            Self::Sample(percent) => Some(percent as u32),
            Self::Above(people) => Some(people),
        }
    }

    /// The rule of a word and its number; nothing where they do not belong together.
    #[must_use]
    pub fn of(word: &str, number: Option<u32>) -> Option<Self> {
        let rule = match (word, number) {
            ("automatic", _) => Self::Automatic,
            ("every", _) => Self::Every,
            ("sample", Some(percent)) => Self::Sample(u8::try_from(percent).ok()?),
            ("above", Some(people)) => Self::Above(people),
            _ => return None,
        };
        rule.can_be_kept().then_some(rule)
    }

    /// Whether its number is within bounds.
    #[must_use]
    pub fn can_be_kept(self) -> bool {
        match self {
            Self::Automatic | Self::Every => true,
            Self::Sample(percent) => (1..=SAMPLE_PERCENT_MOST).contains(&percent),
            Self::Above(people) => (1..=ABOVE_MOST).contains(&people),
        }
    }

    /// Whether a person is asked about a message that goes to so many people. The draw is from 0
    /// to 9999: the first eight bytes of BLAKE3 over the form and the key of what made it, as a
    /// number, modulo ten thousand. A larger share holds the same messages and more.
    #[must_use]
    pub fn asks(self, origin: &Origin, people: u64) -> bool {
        match self {
            Self::Automatic => false,
            Self::Every => true,
            Self::Above(most) => people > u64::from(most),
            Self::Sample(percent) => {
                let mut hasher = blake3::Hasher::new();
                hasher.update(FORM);
                hasher.update(origin.to_string().as_bytes());
                let mut short = [0u8; 8];
                short.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
                u64::from_be_bytes(short) % 10_000 < u64::from(percent) * 100
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use filo_stats::experiment::chi_square;

    use super::*;
    use crate::id::{JourneyId, RunId};

    fn said(run: u128) -> Origin {
        Origin::Journey {
            journey: JourneyId(1),
            run: RunId(run),
            step: "saluto".to_owned(),
        }
    }

    #[test]
    fn a_rule_is_read_back() {
        for (rule, text) in [
            (Rule::Automatic, r#""automatic""#),
            (Rule::Sample(10), r#"{"sample":10}"#),
            (Rule::Every, r#""every""#),
            (Rule::Above(500), r#"{"above":500}"#),
        ] {
            assert_eq!(serde_json::to_string(&rule).unwrap(), text);
            assert_eq!(serde_json::from_str::<Rule>(text).unwrap(), rule);
            assert_eq!(Rule::of(rule.word(), rule.number()), Some(rule));
        }
        for (word, number) in [
            ("sample", Some(0)),
            ("sample", Some(100)),
            ("sample", Some(300)),
            ("above", Some(0)),
            ("above", None),
            ("always", None),
        ] {
            assert_eq!(Rule::of(word, number), None, "{word} {number:?}");
        }
    }

    #[test]
    fn a_sample_is_as_large_as_was_said_and_grows_without_moving_anybody() {
        const MESSAGES: u128 = 50_000;
        let drawn = |percent: u8| -> Vec<u128> {
            let asks = |run: &u128| Rule::Sample(percent).asks(&said(*run), 1);
            (0..MESSAGES).filter(asks).collect()
        };
        let (ten, twenty) = (drawn(10), drawn(20));
        for (drawn, share) in [(&ten, 0.1), (&twenty, 0.2)] {
            let counts = [
                drawn.len(),
                usize::try_from(MESSAGES).unwrap() - drawn.len(),
            ];
            assert!(chi_square(&counts, &[share, 1.0 - share]).unwrap() > 0.001);
        }
        assert!(ten.iter().all(|run| twenty.binary_search(run).is_ok()));
    }

    #[test]
    fn above_counts_people_and_the_others_do_not() {
        let asks = |rule: Rule, people| rule.asks(&said(7), people);
        assert!(!asks(Rule::Above(100), 100) && asks(Rule::Above(100), 101));
        assert!(asks(Rule::Every, 1) && !asks(Rule::Automatic, 1_000_000));
    }

    /// The same on every machine and in every version.
    #[test]
    fn what_is_drawn_never_changes() {
        let drawn: Vec<u128> = (0..60)
            .filter(|run| Rule::Sample(10).asks(&said(*run), 1))
            .collect();
        insta::assert_compact_debug_snapshot!(drawn);
    }
}
