//! Webhooks: what is told to the company's other systems, and when it is tried again.
//!
//! **Invariant:** the words of the topics and the shape of a message are a promise to receivers:
//! they grow, they do not change.

use serde_json::Value;

use crate::time::Timestamp;

/// What a webhook can hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Somebody is there who was not.
    CustomerCreated,
    /// Two customers became one.
    CustomerJoined,
    /// One customer became two.
    CustomerSeparated,
    /// Something about a customer changed.
    CustomerUpdated,
    /// A customer was forgotten: whoever heard of them is to forget them too.
    CustomerErased,
    /// An order was completed.
    OrderCompleted,
    /// A customer said what may be done with their data.
    ConsentChanged,
    /// A customer claimed a yes that has to be confirmed by them.
    ConfirmationRequested,
    /// A customer came into a segment.
    SegmentEntered,
    /// A customer left a segment.
    SegmentLeft,
    /// A journey came to a step that tells other systems.
    JourneyStep,
    /// An event could not be taken in.
    EventQuarantined,
    /// A person should look at something.
    IncidentOpened,
}

impl Topic {
    /// Every topic, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::CustomerCreated,
        Self::CustomerJoined,
        Self::CustomerSeparated,
        Self::CustomerUpdated,
        Self::CustomerErased,
        Self::OrderCompleted,
        Self::ConsentChanged,
        Self::ConfirmationRequested,
        Self::SegmentEntered,
        Self::SegmentLeft,
        Self::JourneyStep,
        Self::EventQuarantined,
        Self::IncidentOpened,
    ];

    /// The word in messages and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CustomerCreated => "customer.created",
            Self::CustomerJoined => "customer.joined",
            Self::CustomerSeparated => "customer.separated",
            Self::CustomerUpdated => "customer.updated",
            Self::CustomerErased => "customer.erased",
            Self::OrderCompleted => "order.completed",
            Self::ConsentChanged => "consent.changed",
            Self::ConfirmationRequested => "consent.confirmation_requested",
            Self::SegmentEntered => "segment.entered",
            Self::SegmentLeft => "segment.left",
            Self::JourneyStep => "journey.step",
            Self::EventQuarantined => "event.quarantined",
            Self::IncidentOpened => "incident.opened",
        }
    }

    /// The topic of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }
}

/// The word of a message that a person sends to try a webhook.
pub const TEST: &str = "webhook.test";

/// The body of a message, as Standard Webhooks has it.
#[must_use]
pub fn message(word: &str, at: Timestamp, data: &Value) -> String {
    serde_json::json!({ "type": word, "timestamp": at.to_string(), "data": data }).to_string()
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// Seconds from one try to the next: quick at first, then over a bit more than three days.
const WAITS_S: [i64; 9] = [
    5,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];
/// A wait is lengthened by up to a tenth, so that what failed together does not come back
/// together.
const JITTER_PARTS: i64 = 10;
/// An address that has only failed for so long is not tried any more.
pub const PATIENCE_S: i64 = 5 * 24 * HOUR;

/// When a message is tried again after so many tries, if at all. `chance` spreads the tries.
#[must_use]
pub fn next_try(tries: u32, now: Timestamp, chance: u128) -> Option<Timestamp> {
    let index = usize::try_from(tries).ok()?.checked_sub(1)?;
    let wait = WAITS_S.get(index)?.saturating_mul(1_000_000);
    let spread = wait / JITTER_PARTS + 1;
    let more = i64::try_from(chance % u128::from(spread.unsigned_abs())).unwrap_or(0);
    Some(now.plus_micros(wait + more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_word(topic.word()), Some(topic));
        }
        assert_eq!(Topic::from_word(TEST), None);
    }

    #[test]
    fn waits_grow_and_are_never_shorter_than_said() {
        let now = Timestamp(0);
        assert_eq!(next_try(0, now, 0), None);
        assert_eq!(next_try(10, now, 0), None, "nine waits, ten tries");
        for (index, wait) in (1..).zip(WAITS_S) {
            for chance in [0, 1, 77, u128::MAX, u128::MAX / 3] {
                let again = next_try(index, now, chance).unwrap();
                let longest = wait * 1_000_000 + wait * 1_000_000 / 10;
                assert!((wait * 1_000_000..=longest).contains(&again.0), "{index}");
            }
        }
    }

    #[test]
    fn a_message_has_the_shape_that_is_promised() {
        let body = message(
            "order.completed",
            Timestamp(0),
            &serde_json::json!({ "order": "1" }),
        );
        assert_eq!(
            body,
            r#"{"data":{"order":"1"},"timestamp":"1970-01-01T00:00:00.000Z","type":"order.completed"}"#
        );
    }
}
