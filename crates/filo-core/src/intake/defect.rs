//! What is wrong with a call that was not taken, in words that a program can match and a person
//! can act on.
//!
//! **Invariant:** the words of the codes never change: stored quarantine and translations use them.

use std::borrow::Cow;

/// What kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DefectCode {
    /// The text is not JSON.
    BrokenJson,
    /// An object was needed.
    NotAnObject,
    /// A field has a value of the wrong type.
    WrongType,
    /// A field stands twice in one object.
    RepeatedField,
    /// In a batch, `type` is missing.
    MissingType,
    /// A `type` that no call has.
    UnknownType,
    /// Nothing says whose event it is.
    NoUserAnonId,
    /// A track call without `event`.
    MissingEvent,
    /// A group call without `groupId`.
    MissingGroupId,
    /// An alias call without `previousId`.
    MissingPreviousId,
    /// An attribute that CloudEvents demands is missing.
    MissingAttribute,
    /// A time that cannot be read.
    BadTimestamp,
    /// The event is larger than 32 kB.
    EventTooLarge,
    /// The batch holds more events than one request may.
    TooManyEvents,
    /// More than 300 properties or traits.
    TooManyProperties,
    /// Objects in objects in objects …
    TooDeep,
    /// `messageId` is longer than 100 characters.
    MessageIdTooLong,
    /// The name is longer than 200 characters.
    NameTooLong,
    /// `groupId` is longer than 500 characters.
    GroupIdTooLong,
}

impl DefectCode {
    /// Every code.
    pub const ALL: [Self; 19] = [
        Self::BrokenJson,
        Self::NotAnObject,
        Self::WrongType,
        Self::RepeatedField,
        Self::MissingType,
        Self::UnknownType,
        Self::NoUserAnonId,
        Self::MissingEvent,
        Self::MissingGroupId,
        Self::MissingPreviousId,
        Self::MissingAttribute,
        Self::BadTimestamp,
        Self::EventTooLarge,
        Self::TooManyEvents,
        Self::TooManyProperties,
        Self::TooDeep,
        Self::MessageIdTooLong,
        Self::NameTooLong,
        Self::GroupIdTooLong,
    ];

    /// The word in the API, in quarantine and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BrokenJson => "broken_json",
            Self::NotAnObject => "not_an_object",
            Self::WrongType => "wrong_type",
            Self::RepeatedField => "repeated_field",
            Self::MissingType => "missing_type",
            Self::UnknownType => "unknown_type",
            Self::NoUserAnonId => "no_user_anon_id",
            Self::MissingEvent => "missing_event",
            Self::MissingGroupId => "missing_group_id",
            Self::MissingPreviousId => "missing_previous_id",
            Self::MissingAttribute => "missing_attribute",
            Self::BadTimestamp => "bad_timestamp",
            Self::EventTooLarge => "event_too_large",
            Self::TooManyEvents => "too_many_events",
            Self::TooManyProperties => "too_many_properties",
            Self::TooDeep => "too_deep",
            Self::MessageIdTooLong => "message_id_too_long",
            Self::NameTooLong => "name_too_long",
            Self::GroupIdTooLong => "group_id_too_long",
        }
    }
}

/// Why a call was not taken, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {hint}")]
pub struct Defect {
    /// What kind of fault.
    pub code: DefectCode,
    /// The field, in the sender's words.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do, in English.
    pub hint: String,
}

impl Defect {
    /// A defect of a field.
    pub fn new(
        code: DefectCode,
        field: impl Into<Cow<'static, str>>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            field: field.into(),
            hint: hint.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_word_of_its_own() {
        let mut words: Vec<_> = DefectCode::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), DefectCode::ALL.len());
    }
}
