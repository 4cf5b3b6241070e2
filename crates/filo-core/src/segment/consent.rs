//! Conditions about what people allow.

use super::condition::{Answer, ConsentCondition};
use super::evaluate::{Asked, Outcome};
use crate::consent::addressing::{Why, answer};
use crate::time::Timestamp;

pub(super) fn holds(wanted: &ConsentCondition, asked: &Asked<'_>) -> Outcome {
    let (why, expires_at) = answer(
        &asked.person.profile.consents,
        &asked.scene.purposes,
        (&wanted.purpose, wanted.channel),
        asked.now,
    );
    let said = match why {
        Why::Granted | Why::Duty => Answer::Yes,
        Why::Denied => Answer::No,
        Why::Pending => Answer::Pending,
        Why::Expired | Why::BasisNotAllowed => Answer::Void,
        Why::UnknownPurpose
        | Why::ChannelUnused
        | Why::NeverAsked
        | Why::Stricter
        | Why::NoAddress
        | Why::Suppressed
        | Why::Unchecked
        | Why::DoNotCall
        | Why::OutsideCallHours => Answer::Unasked,
    };
    let changes_at = match said {
        Answer::Yes => expires_at.unwrap_or(Timestamp::MAX),
        Answer::No | Answer::Pending | Answer::Void | Answer::Unasked => Timestamp::MAX,
    };
    Outcome::until(said == wanted.answer, changes_at)
}
