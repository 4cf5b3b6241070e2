//! Handing messages to whoever carries what is not mail, and reading what they tell.
//!
//! For each carrier there is what is written, how its answer is read, and how what it sends here
//! is proved and read; all of it without a connection. The connection is the guarded client's.
//!
//! **Invariant:** that a message *may* have been taken is said exactly when the request may have
//! arrived and no answer says what became of it.
//! **Invariant:** what is not signed with the secret of the account is not read.

mod handed;
pub mod http;
mod incoming;
pub mod site;
pub mod telegram;
pub mod twilio;
pub mod web_push;
pub mod whatsapp;

pub use handed::{Handed, Outgoing, Why, ask, hand_over};
pub(crate) use handed::{retry_after, said, shortened};
pub use incoming::{Incoming, Told, Written};

/// Where the carriers are. Tests put themselves in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    /// The API of Twilio.
    pub twilio: String,
    /// The Graph API of Meta.
    pub graph: String,
    /// The Bot API of Telegram.
    pub telegram: String,
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
#[must_use]
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    // Hashes of it compare in constant time.
    blake3::hash(one) == blake3::hash(other)
}

impl Default for Hosts {
    fn default() -> Self {
        Self {
            twilio: "https://api.twilio.com".to_owned(),
            graph: "https://graph.facebook.com".to_owned(),
            telegram: "https://api.telegram.org".to_owned(),
        }
    }
}
