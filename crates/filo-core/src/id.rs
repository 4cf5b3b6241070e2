//! Every id of the product, in one list. Ids are newtypes over 128 bits and are
//! written with a prefix (`cus_…`), so that they cannot be swapped and read well in a log.
//!
//! **Invariant:** a [`NodeId`] depends only on the workspace's key and the normalised
//! identifier, so it survives a rebuild and is the same on every node.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identity::Kind;

/// Crockford's alphabet in lower case: no i, l, o, u, so ids can be read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in base 32.
const TEXT_LENGTH: usize = 26;

/// An id that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id: expected `{prefix}_` and 26 letters or digits")]
pub struct InvalidId {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

fn write_base32(value: u128, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = [0u8; TEXT_LENGTH];
    let mut rest = value;
    for slot in text.iter_mut().rev() {
        *slot = ALPHABET[(rest & 31) as usize];
        rest >>= 5;
    }
    out.write_str(std::str::from_utf8(&text).unwrap_or_default())
}

fn read_base32(text: &str) -> Option<u128> {
    if text.len() != TEXT_LENGTH {
        return None;
    }
    let mut value: u128 = 0;
    for (position, byte) in text.bytes().enumerate() {
        let digit = ALPHABET
            .iter()
            .position(|letter| *letter == byte.to_ascii_lowercase())?;
        // 26 letters hold 130 bits: the first may only be 0–7.
        if position == 0 && digit > 7 {
            return None;
        }
        value = (value << 5) | digit as u128;
    }
    Some(value)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u128);

        impl $name {
            /// What stands before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// The sixteen bytes under which the id is stored.
            #[must_use]
            pub fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }

            /// The id of sixteen stored bytes.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(u128::from_be_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!($prefix, "_"))?;
                write_base32(self.0, out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(read_base32)
                    .map(Self)
                    .ok_or(InvalidId { prefix: $prefix })
            }
        }
    )*};
}

ids! {
    /// One identifier of somebody: the node of the identity graph, and the thread on which
    /// events that came with it stay for ever.
    NodeId = "idn";
    /// A customer: the id of the oldest identifier of the person.
    CustomerId = "cus";
    /// An event: source and message id, hashed. Equal ids are the same event.
    EventId = "evt";
    /// A quarantined request or event.
    QuarantineId = "qua";
    /// A key of the API or of a source.
    KeyId = "key";
    /// Something a person should look at.
    IncidentId = "inc";
    /// A request repeated with the same `Idempotency-Key`.
    RequestId = "req";
    /// A webhook: an address of the company's that hears what happens.
    WebhookId = "whk";
    /// One message to one webhook; the same however often it is sent.
    DeliveryId = "msg";
    /// A person of the company.
    UserId = "usr";
    /// A person's visit to the console, from login to logout.
    SessionId = "ses";
    /// An invitation to the company's Filo.
    InviteId = "inv";
    /// Rules that are tried.
    TrialId = "trl";
    /// A line of the list of addresses that nothing is sent to.
    SuppressionId = "sup";
    /// A claimed yes that waits for its confirmation.
    ConfirmationId = "cnf";
    /// Long work beside requests.
    JobId = "job";
    /// A file that was brought in, or is to be.
    ImportId = "imp";
    /// Something that came back by mail.
    MailReturnId = "mrt";
    /// A message to a customer.
    MessageId = "mes";
    /// A piece of content.
    PieceId = "pce";
    /// What a person said of messages that they were asked about.
    ApprovalId = "apv";
    /// A promotion: an offer that every piece of content refers to.
    PromotionId = "prm";
    /// A journey.
    JourneyId = "jrn";
    /// One person's way through a journey.
    RunId = "run";
    /// A version of a journey played over what really happened.
    RehearsalId = "reh";
    /// Something a person of the company is asked to do.
    TaskId = "tsk";
    /// A segment: everybody of whom a condition is true.
    SegmentId = "seg";
    /// A list: people put together by hand.
    ListId = "lst";
    /// An audience: people that a platform of advertising is told of.
    AudienceId = "aud";
    /// A computed trait: what somebody's events and orders add up to.
    ComputedTraitId = "ctr";
    /// A kind of customers that was found, for as long as it is found again.
    PersonaId = "prs";
    /// One search for kinds of customers.
    PersonaRunId = "prn";
    /// The forgetting of a person.
    ErasureId = "era";
    /// What a person asked about their data.
    DataRequestId = "dsr";
    /// One time that what was kept long enough went.
    RetentionRunId = "ret";
    /// A link of a mail as a step sends it to everybody, or that mail itself.
    LinkId = "lnk";
    /// A dated note beside figures.
    AnnotationId = "ann";
    /// A rule by which a figure is watched.
    AlertRuleId = "alr";
    /// What a rule told once.
    AlertId = "alt";
    /// A question in SQL that somebody saved.
    SavedQueryId = "sqy";
}

/// A source of events: small, because it stands in every event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

impl SourceId {
    /// What people of the company enter in Filo itself, and what it does for them.
    pub const STAFF: Self = Self(0);
    /// What journeys put on threads: Filo's own doing, no sign of life.
    pub const JOURNEYS: Self = Self(u32::MAX);
    /// What Filo saw of links and pictures of mails: somebody was there, and nobody said so.
    pub const TRACKING: Self = Self(u32::MAX - 1);
}

/// The secret of a workspace, from which its ids are derived: without it nobody can
/// find out from a customer id which address it stands for.
#[derive(Clone, Copy)]
pub struct WorkspaceKey(pub [u8; 32]);

impl fmt::Debug for WorkspaceKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("WorkspaceKey(•••)")
    }
}

impl WorkspaceKey {
    fn hash(&self, domain: u8, parts: [&[u8]; 2]) -> u128 {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&[domain]);
        hasher.update(parts[0]);
        hasher.update(parts[1]);
        let mut short = [0u8; 16];
        short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        u128::from_be_bytes(short)
    }

    /// The id of an event: the same source and message id give the same event.
    #[must_use]
    pub fn event_id(&self, source: SourceId, message_id: &str) -> EventId {
        EventId(self.hash(1, [&source.0.to_be_bytes(), message_id.as_bytes()]))
    }

    /// The node of a normalised identifier.
    #[must_use]
    pub fn node_id(&self, kind: Kind, value: &str) -> NodeId {
        let hash = self.hash(2, [&[kind.code()], value.as_bytes()]);
        NodeId((hash & !KIND_BITS) | u128::from(kind.code()))
    }

    /// The mark of a text: the same text has the same mark, and nobody without the key can try
    /// which text it was.
    #[must_use]
    pub fn text_mark(&self, text: &str) -> u64 {
        let hash = self.hash(3, [text.as_bytes(), &[]]).to_be_bytes();
        hash.iter()
            .take(8)
            .fold(0, |mark, byte| mark << 8 | u64::from(*byte))
    }
}

/// The last byte of a node id is its kind, so that what an identifier can prove is known
/// without loading it. 120 bits of hash remain.
const KIND_BITS: u128 = 0xff;

impl NodeId {
    /// What kind of identifier it is; none if the id was made up.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        Kind::from_code(self.to_bytes()[15])
    }
}

impl From<NodeId> for CustomerId {
    fn from(oldest: NodeId) -> Self {
        Self(oldest.0)
    }
}

impl From<CustomerId> for NodeId {
    fn from(customer: CustomerId) -> Self {
        Self(customer.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_and_read_back() {
        for value in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            let id = CustomerId(value);
            assert_eq!(id.to_string().parse::<CustomerId>(), Ok(id));
        }
        assert_eq!(CustomerId(0).to_string(), "cus_00000000000000000000000000");
    }

    #[test]
    fn a_node_id_tells_its_kind() {
        let key = WorkspaceKey([7; 32]);
        for kind in Kind::ALL {
            assert_eq!(key.node_id(kind, "x").kind(), Some(kind));
        }
        assert_ne!(key.node_id(Kind::Email, "x"), key.node_id(Kind::Email, "y"));
    }

    #[test]
    fn a_mark_is_of_the_text_and_of_the_key() {
        let key = WorkspaceKey([7; 32]);
        assert_eq!(key.text_mark("a"), key.text_mark("a"));
        assert_ne!(key.text_mark("a"), key.text_mark("b"));
        assert_ne!(key.text_mark("a"), WorkspaceKey([8; 32]).text_mark("a"));
    }

    #[test]
    fn ids_of_another_kind_are_refused() {
        let thread = NodeId(7).to_string();
        assert!(thread.parse::<CustomerId>().is_err());
        assert!(
            "cus_zzzzzzzzzzzzzzzzzzzzzzzzzz"
                .parse::<CustomerId>()
                .is_err()
        );
    }
}
