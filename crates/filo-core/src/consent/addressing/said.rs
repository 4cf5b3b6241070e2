//! What a person's statements come to, before anybody asks how they could be reached.

use super::Why;
use crate::consent::purpose::{Ground, Purpose, Purposes};
use crate::consent::{Basis, Consents, Statement, Status};
use crate::event::Channel;
use crate::time::Timestamp;

/// What a person's yes or no comes to at an instant, without asking how they could be reached:
/// why, and when a yes comes to its end. Without a channel it is asked wherever it is.
#[must_use]
pub fn answer(
    consents: &Consents,
    purposes: &Purposes,
    (word, channel): (&str, Option<Channel>),
    at: Timestamp,
) -> (Why, Option<Timestamp>) {
    let Some(purpose) = purposes.get(word) else {
        return (Why::UnknownPurpose, None);
    };
    let said = said(consents, purpose, channel, at);
    (said.why, said.expires_at)
}

/// What a person's statements come to.
pub(super) struct Said<'a> {
    pub(super) why: Why,
    pub(super) status: Status,
    pub(super) statement: Option<&'a Statement>,
    pub(super) expires_at: Option<Timestamp>,
}

/// Whatever the company owes counts without a word.
pub(super) fn said<'a>(
    consents: &'a Consents,
    purpose: &Purpose,
    channel: Option<Channel>,
    at: Timestamp,
) -> Said<'a> {
    let unsaid = |why| Said {
        why,
        status: Status::Pending,
        statement: None,
        expires_at: None,
    };
    if purpose.ground == Ground::Duty {
        return unsaid(Why::Duty);
    }
    let Some(standing) = consents.standing(&purpose.word, channel) else {
        return unsaid(Why::NeverAsked);
    };
    let said_at = standing.statement.map(|statement| statement.provenance.at);
    let basis = standing
        .statement
        .map_or(Basis::Unstated, |statement| statement.basis);
    let counts = |channel: &Channel| purpose.allows(basis, *channel);
    let is_allowed = match &channel {
        Some(channel) => counts(channel),
        None => purpose.channels.iter().any(counts),
    };
    let expires_at = said_at.and_then(|said_at| purpose.expires_at(said_at));
    let why = match standing.status {
        Status::Denied => Why::Denied,
        Status::Pending => Why::Pending,
        Status::Granted if !is_allowed => Why::BasisNotAllowed,
        Status::Granted if expires_at.is_some_and(|end| end <= at) => Why::Expired,
        Status::Granted => Why::Granted,
    };
    Said {
        why,
        status: standing.status,
        statement: standing.statement,
        expires_at,
    }
}
