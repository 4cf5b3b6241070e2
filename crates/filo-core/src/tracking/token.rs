//! What stands in the address of a link: which link it is, of whose message if that may be known,
//! and a seal over both. Where it leads is no part of it.
//!
//! **Invariant:** without the workspace's key no token can be made, and one without a message
//! is the same for everybody.

use std::fmt;

use super::Mailing;
use crate::id::{LinkId, MessageId, WorkspaceKey};

/// Bytes of the seal: nobody guesses 128 bits.
const SEAL_BYTES: usize = 16;
const ID_BYTES: usize = 16;

/// The secret that seals the links of mails.
#[derive(Clone)]
pub struct TrackingKey([u8; 32]);

impl fmt::Debug for TrackingKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TrackingKey(•••)")
    }
}

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Which link, or which mail.
    pub link: LinkId,
    /// In whose message, where that may be known.
    pub message: Option<MessageId>,
}

impl TrackingKey {
    /// The key of a workspace; it never changes, so the links of old mails lead where they led.
    #[must_use]
    pub fn of(workspace: &WorkspaceKey) -> Self {
        Self(blake3::derive_key("filo mail link v1", &workspace.0))
    }

    /// The id of a link; of the mail itself without an address.
    #[must_use]
    pub fn link(&self, of: &Mailing, url: &str) -> LinkId {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"link");
        hasher.update(&of.journey.to_bytes());
        hasher.update(&of.piece.to_bytes());
        hasher.update(&(of.step.len() as u64).to_be_bytes());
        hasher.update(of.step.as_bytes());
        hasher.update(url.as_bytes());
        let mut id = [0; ID_BYTES];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..ID_BYTES]);
        LinkId::from_bytes(id)
    }

    /// A token, as bytes.
    #[must_use]
    pub fn seal(&self, token: Token) -> Vec<u8> {
        let mut bytes = token.link.to_bytes().to_vec();
        bytes.extend(token.message.iter().flat_map(|it| it.to_bytes()));
        let seal = self.seal_of(&bytes);
        bytes.extend_from_slice(&seal);
        bytes
    }

    /// What a token says; nothing if it is none of ours.
    #[must_use]
    pub fn read(&self, bytes: &[u8]) -> Option<Token> {
        let (said, seal) = bytes.split_last_chunk::<SEAL_BYTES>()?;
        let right = self.seal_of(said);
        // Every byte is looked at, so that the time says nothing.
        let difference = right.iter().zip(seal).fold(0, |sum, (a, b)| sum | (a ^ b));
        if difference != 0 {
            return None;
        }
        let (link, rest) = said.split_first_chunk::<ID_BYTES>()?;
        let message = match rest {
            [] => None,
            rest => Some(MessageId::from_bytes(rest.try_into().ok()?)),
        };
        Some(Token {
            link: LinkId::from_bytes(*link),
            message,
        })
    }

    fn seal_of(&self, said: &[u8]) -> [u8; SEAL_BYTES] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"seal");
        hasher.update(said);
        let mut seal = [0; SEAL_BYTES];
        seal.copy_from_slice(&hasher.finalize().as_bytes()[..SEAL_BYTES]);
        seal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{JourneyId, PieceId};

    #[test]
    fn a_token_is_read_by_who_made_it_only() {
        let key = TrackingKey::of(&WorkspaceKey([1; 32]));
        let other = TrackingKey::of(&WorkspaceKey([2; 32]));
        for message in [None, Some(MessageId(7))] {
            let token = Token {
                link: LinkId(9),
                message,
            };
            let bytes = key.seal(token);
            assert_eq!(key.read(&bytes), Some(token));
            assert_eq!(other.read(&bytes), None);
            for at in 0..bytes.len() {
                let mut forged = bytes.clone();
                forged[at] ^= 1;
                assert_eq!(key.read(&forged), None);
                assert_eq!(key.read(&bytes[..at]), None);
            }
        }
        assert_eq!(key.read(&[]), None);
    }

    #[test]
    fn every_part_of_a_mailing_makes_another_link() {
        let key = TrackingKey::of(&WorkspaceKey([1; 32]));
        let mailing = |journey, step: &str, piece| Mailing {
            journey: JourneyId(journey),
            step: step.to_owned(),
            piece: PieceId(piece),
        };
        let one = key.link(&mailing(1, "hello", 2), "https://a.it/");
        assert_eq!(one, key.link(&mailing(1, "hello", 2), "https://a.it/"));
        for (other, url) in [
            (mailing(3, "hello", 2), "https://a.it/"),
            (mailing(1, "later", 2), "https://a.it/"),
            (mailing(1, "hello", 3), "https://a.it/"),
            (mailing(1, "hello", 2), "https://a.it/b"),
            (mailing(1, "hello", 2), ""),
            (mailing(1, "hellohttps", 2), "://a.it/"),
        ] {
            assert_ne!(one, key.link(&other, url), "{other:?} {url}");
        }
    }
}
