//! The kinds of identifier, in the order of what they prove.

use serde::{Deserialize, Serialize};

/// What an identifier is. The order is the priority: the first kind present in an event names
/// its thread, and stronger kinds are joined first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// The company's own id of the person.
    UserId = 0,
    /// Italian tax code (codice fiscale).
    TaxCode = 1,
    /// Loyalty card.
    Card = 2,
    /// E-mail address.
    Email = 3,
    /// Mobile telephone, E.164.
    Phone = 4,
    /// An id of another system, written `type:value`.
    External = 5,
    /// Push token of an app.
    PushToken = 6,
    /// Device id of an app.
    DeviceId = 7,
    /// Advertising id of a phone.
    AdvertisingId = 8,
    /// Client id of Google Analytics.
    GaClientId = 9,
    /// Anonymous id of a browser or app.
    AnonymousId = 10,
    /// Fixed-line telephone, E.164: a household, not a person.
    Landline = 11,
    /// The company (account) somebody belongs to.
    GroupId = 12,
    /// A chat with the company's bot of Telegram: of whoever has begun it.
    Telegram = 13,
    /// A browser that takes notifications from the company: of whoever sits there.
    WebPush = 14,
}

/// What an identifier proves about the person who shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// This person.
    Person,
    /// A device that this person used.
    Device,
    /// A household or company: never joins people.
    Household,
}

impl Kind {
    /// Every kind, by priority.
    pub const ALL: [Self; 15] = [
        Self::UserId,
        Self::TaxCode,
        Self::Card,
        Self::Email,
        Self::Phone,
        Self::External,
        Self::PushToken,
        Self::DeviceId,
        Self::AdvertisingId,
        Self::GaClientId,
        Self::AnonymousId,
        Self::Landline,
        Self::GroupId,
        Self::Telegram,
        Self::WebPush,
    ];

    /// The code in stored data: never reused.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The word in the API and in the lake.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::UserId => "user_id",
            Self::TaxCode => "tax_code",
            Self::Card => "card",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::External => "external_id",
            Self::PushToken => "push_token",
            Self::DeviceId => "device_id",
            Self::AdvertisingId => "advertising_id",
            Self::GaClientId => "ga_client_id",
            Self::AnonymousId => "anonymous_id",
            Self::Landline => "landline",
            Self::GroupId => "group_id",
            Self::Telegram => "telegram",
            Self::WebPush => "web_push",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether somebody can be written to or called there.
    #[must_use]
    pub const fn is_address(self) -> bool {
        matches!(
            self,
            Self::Email | Self::Phone | Self::Landline | Self::Telegram | Self::WebPush
        )
    }

    /// What it proves.
    #[must_use]
    pub const fn strength(self) -> Strength {
        match self {
            Self::UserId
            | Self::TaxCode
            | Self::Card
            | Self::Email
            | Self::Phone
            | Self::External
            | Self::Telegram => Strength::Person,
            Self::PushToken
            | Self::DeviceId
            | Self::AdvertisingId
            | Self::GaClientId
            | Self::AnonymousId
            | Self::WebPush => Strength::Device,
            Self::Landline | Self::GroupId => Strength::Household,
        }
    }
}
