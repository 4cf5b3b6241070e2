//! An event: one thing that happened with a customer, as every later part reads it.
//!
//! **Invariant:** an event is complete in itself (ids, time, source, trust); folding it needs
//! nothing but the rules, so the same set of events gives the same customers in any order.

mod forgetting;
mod frame;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use forgetting::Forgotten;
pub use frame::{Frame, FrameError, Head, encode};

use crate::id::{EventId, NodeId, SourceId};
use crate::identity::Identifier;
use crate::time::Timestamp;

/// What kind of call it was, in the field's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum EventKind {
    /// Something was done; the name says what.
    Track = 0,
    /// Traits of a person.
    Identify = 1,
    /// A page was seen.
    Page = 2,
    /// A screen of an app was seen.
    Screen = 3,
    /// A person belongs to a company.
    Group = 4,
    /// Two ids are the same person.
    Alias = 5,
    /// A person of the company decided about identity: joined, kept apart, or took it back.
    Decision = 6,
}

impl EventKind {
    /// Every kind, in the order of its code.
    pub const ALL: [Self; 7] = [
        Self::Track,
        Self::Identify,
        Self::Page,
        Self::Screen,
        Self::Group,
        Self::Alias,
        Self::Decision,
    ];

    /// The word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Identify => "identify",
            Self::Page => "page",
            Self::Screen => "screen",
            Self::Group => "group",
            Self::Alias => "alias",
            Self::Decision => "decision",
        }
    }

    /// The kind of a word on the wire.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How far an event's sender can be believed.
///
/// A browser's key is public: whoever reads the page can send with it. It may add events and
/// claims; it never merges verified people, grants consent, earns points or reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Trust {
    /// Sent with a public key: a claim.
    Claimed = 0,
    /// Sent with a secret key: the company's own system says so.
    Verified = 1,
    /// Said or done by a person of the company.
    Staff = 2,
}

/// Where the customer and the company met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Channel {
    /// The site.
    Web = 0,
    /// The app.
    App = 1,
    /// E-mail.
    Email = 2,
    /// Text messages.
    Sms = 3,
    /// WhatsApp, Telegram, the chat on the site.
    Chat = 4,
    /// Social networks.
    Social = 5,
    /// The telephone.
    Phone = 6,
    /// The counter: shop, bar, stand.
    Shop = 7,
    /// A system of the company, without the customer being there.
    Server = 8,
}

impl Channel {
    /// Every channel, in the order of its code.
    pub const ALL: [Self; 9] = [
        Self::Web,
        Self::App,
        Self::Email,
        Self::Sms,
        Self::Chat,
        Self::Social,
        Self::Phone,
        Self::Shop,
        Self::Server,
    ];

    /// The word in the API and in the lake.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::App => "app",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Chat => "chat",
            Self::Social => "social",
            Self::Phone => "phone",
            Self::Shop => "shop",
            Self::Server => "server",
        }
    }

    /// The channel of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// What an event is, apart from whose it is, when it was and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// What kind of call.
    pub kind: EventKind,
    /// How far it can be believed.
    pub trust: Trust,
    /// Where it happened.
    pub channel: Channel,
    /// The source it came from.
    pub source: SourceId,
    /// Its name; empty for identify, group and alias.
    pub name: &'a str,
}

/// One event, normalised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Source and message id, hashed: what makes a repeated event recognisable.
    pub id: EventId,
    /// The node of the strongest identifier: the thread on which the event stays for ever.
    pub thread: NodeId,
    /// When it happened, corrected for the sender's clock.
    pub at: Timestamp,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When the sender said it happened, where that differs from `at`.
    pub original_at: Option<Timestamp>,
    /// The sender's clock cannot be right.
    pub clock_suspect: bool,
    /// What kind of call.
    pub kind: EventKind,
    /// How far it can be believed.
    pub trust: Trust,
    /// Where it happened.
    pub channel: Channel,
    /// The source it came from.
    pub source: SourceId,
    /// The sender's own id of the message, as sent.
    pub message_id: CompactString,
    /// The event's, page's or screen's name; empty for identify, group and alias.
    pub name: CompactString,
    /// Who it was, strongest first, each once; the first one's node is `thread`.
    pub identifiers: SmallVec<[Identifier; 2]>,
    /// `properties` (or `traits` for identify and group) as sent: a JSON object or empty.
    pub properties: Box<str>,
    /// `context` as sent, merged with the batch's: a JSON object or empty.
    pub context: Box<str>,
}

impl Event {
    /// What it is.
    #[must_use]
    pub fn heading(&self) -> Heading<'_> {
        Heading {
            kind: self.kind,
            trust: self.trust,
            channel: self.channel,
            source: self.source,
            name: &self.name,
        }
    }
}
