//! The fields of Segment's messages, in one list.

/// The fields of a message that are read; all others are dropped (`integrations`, `_metadata` …).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Type,
    Event,
    Name,
    Category,
    UserId,
    AnonymousId,
    PreviousId,
    GroupId,
    MessageId,
    Timestamp,
    OriginalTimestamp,
    SentAt,
    Channel,
    Properties,
    Traits,
    Context,
    WriteKey,
    Batch,
}

/// Fields of a single message: all but `batch`.
pub(super) const FIELDS: [Field; 17] = [
    Field::Type,
    Field::Event,
    Field::Name,
    Field::Category,
    Field::UserId,
    Field::AnonymousId,
    Field::PreviousId,
    Field::GroupId,
    Field::MessageId,
    Field::Timestamp,
    Field::OriginalTimestamp,
    Field::SentAt,
    Field::Channel,
    Field::Properties,
    Field::Traits,
    Field::Context,
    Field::WriteKey,
];

impl Field {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Event => "event",
            Self::Name => "name",
            Self::Category => "category",
            Self::UserId => "userId",
            Self::AnonymousId => "anonymousId",
            Self::PreviousId => "previousId",
            Self::GroupId => "groupId",
            Self::MessageId => "messageId",
            Self::Timestamp => "timestamp",
            Self::OriginalTimestamp => "originalTimestamp",
            Self::SentAt => "sentAt",
            Self::Channel => "channel",
            Self::Properties => "properties",
            Self::Traits => "traits",
            Self::Context => "context",
            Self::WriteKey => "writeKey",
            Self::Batch => "batch",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "type" => Self::Type,
            "event" => Self::Event,
            "name" => Self::Name,
            "category" => Self::Category,
            "userId" => Self::UserId,
            "anonymousId" => Self::AnonymousId,
            "previousId" => Self::PreviousId,
            "groupId" => Self::GroupId,
            "messageId" => Self::MessageId,
            "timestamp" => Self::Timestamp,
            "originalTimestamp" => Self::OriginalTimestamp,
            "sentAt" => Self::SentAt,
            "channel" => Self::Channel,
            "properties" => Self::Properties,
            "traits" => Self::Traits,
            "context" => Self::Context,
            "writeKey" => Self::WriteKey,
            "batch" => Self::Batch,
            _ => return None,
        })
    }
}
