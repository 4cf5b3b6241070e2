//! Whom a message comes from: what made it, so that the same thing makes it once.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::as_text;
use crate::id::{ConfirmationId, JourneyId, MessageId, RunId, UserId};

/// What made a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// A person of the company wrote it to this one customer.
    Hand {
        /// Itself: written again, it is another one.
        #[serde(with = "as_text")]
        message: MessageId,
        /// Who; nothing if it came with a key of the API.
        #[serde(
            default,
            with = "as_text::or_none",
            skip_serializing_if = "Option::is_none"
        )]
        user: Option<UserId>,
    },
    /// A claimed yes is to be confirmed.
    Confirmation {
        /// Which.
        #[serde(with = "as_text")]
        confirmation: ConfirmationId,
    },
    /// A step of a journey.
    Journey {
        /// Which journey.
        #[serde(with = "as_text")]
        journey: JourneyId,
        /// Whose way through it.
        #[serde(with = "as_text")]
        run: RunId,
        /// Which step: no walk comes to one twice.
        step: String,
    },
}

impl Origin {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Hand { .. } => "hand",
            Self::Confirmation { .. } => "confirmation",
            Self::Journey { .. } => "journey",
        }
    }
}

/// What makes it the same message: no two rows have one key.
impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hand { message, .. } => write!(out, "hand {message}"),
            Self::Confirmation { confirmation } => write!(out, "confirmation {confirmation}"),
            Self::Journey { run, step, .. } => write!(out, "journey {run} {step}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_made_a_message_is_read_back() {
        let (id, run) = (u128::MAX >> 1, RunId(7));
        for origin in [
            Origin::Hand {
                message: MessageId(id),
                user: Some(UserId(id)),
            },
            Origin::Hand {
                message: MessageId(1),
                user: None,
            },
            Origin::Confirmation {
                confirmation: ConfirmationId(id),
            },
            Origin::Journey {
                journey: JourneyId(id),
                run,
                step: "saluto".to_owned(),
            },
        ] {
            let text = crate::message::written(&origin);
            assert_eq!(
                crate::message::read::<Origin>(&text),
                Some(origin),
                "{text}"
            );
        }
    }
}
