//! The list of addresses that nothing is sent to, and the checks of numbers against the public
//! opposition register. An address is known by its node alone, so the list outlives erasure.

use crate::event::Channel;
use crate::id::{NodeId, SuppressionId};
use crate::identity::Kind;
use crate::time::Timestamp;

/// Why nothing goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuppressionReason {
    /// They asked for no more.
    Unsubscribed,
    /// The address does not exist.
    HardBounce,
    /// They reported a message as unwanted.
    Complaint,
    /// Somebody of the company said so.
    ByHand,
    /// They had themselves erased.
    Erased,
}

impl SuppressionReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Unsubscribed,
        Self::HardBounce,
        Self::Complaint,
        Self::ByHand,
        Self::Erased,
    ];

    /// The word in tables and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::HardBounce => "hard_bounce",
            Self::Complaint => "complaint",
            Self::ByHand => "by_hand",
            Self::Erased => "erased",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// Whether it also stops what a contract or the law demands: an order's receipt still reaches
    /// who wants no advertising.
    #[must_use]
    pub const fn stops_duties(self) -> bool {
        match self {
            Self::HardBounce | Self::ByHand | Self::Erased => true,
            Self::Unsubscribed | Self::Complaint => false,
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Its id.
    pub id: SuppressionId,
    /// The identifier, by its keyed hash.
    pub node: NodeId,
    /// Where; nothing means everywhere.
    pub channel: Option<Channel>,
    /// Why.
    pub reason: SuppressionReason,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if it was taken off again.
    pub lifted_at: Option<Timestamp>,
}

impl Suppression {
    /// Whether it holds for a channel at an instant.
    #[must_use]
    pub fn holds(&self, channel: Channel, at: Timestamp) -> bool {
        self.channel.is_none_or(|own| own == channel)
            && self.since <= at
            && self.lifted_at.is_none_or(|lifted| at < lifted)
    }
}

/// A look-up of a number in the register of those who want no calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallCheck {
    /// The number, by its keyed hash.
    pub node: NodeId,
    /// When it was last looked up.
    pub checked_at: Timestamp,
    /// Since when it is known to be in the register, if it was there.
    pub listed_since: Option<Timestamp>,
}

/// A look-up counts for fifteen days (DPR 26/2022, art. 8).
pub const CHECK_DAYS: i64 = 15;

impl CallCheck {
    /// Whether it still counts at an instant.
    #[must_use]
    pub fn is_fresh(&self, at: Timestamp) -> bool {
        self.checked_at <= at && at <= self.checked_at.plus_seconds(CHECK_DAYS * 86_400)
    }
}

/// The kinds of identifier that are addresses of a channel; none where there is no address.
#[must_use]
pub const fn address_kinds(channel: Channel) -> &'static [Kind] {
    match channel {
        Channel::Email => &[Kind::Email],
        Channel::Sms => &[Kind::Phone],
        Channel::Chat => &[Kind::Phone, Kind::Telegram],
        Channel::Phone => &[Kind::Phone, Kind::Landline],
        Channel::App => &[Kind::WebPush],
        Channel::Web | Channel::Social | Channel::Shop | Channel::Server => &[],
    }
}

/// Whether an identifier is an address at all.
#[must_use]
pub const fn is_address(kind: Kind) -> bool {
    kind.is_address()
}
