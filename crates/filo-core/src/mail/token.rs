//! The token by which a message is known again when it comes back.
//!
//! It stands in the envelope's sender (VERP), in the message's id and in a header of its own.
//! Who gets a message sees its token; so it is made for one address, and whoever sends back a
//! forged notice with it can speak of no other.
//!
//! **Invariant:** a token is read only together with the address it was made for.

use std::fmt;

use crate::id::{MessageId, WorkspaceKey};
use crate::mail::MailAddress;

/// Letters of the seal: 60 bits, and one guess costs a whole message.
const SEAL_LETTERS: usize = 12;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// `mes_`, 26 letters, a dot and the seal.
const TEXT_BYTES: usize = 30 + 1 + SEAL_LETTERS;

/// The secret that seals tokens.
#[derive(Clone)]
pub struct TokenKey([u8; 32]);

impl fmt::Debug for TokenKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TokenKey(•••)")
    }
}

impl TokenKey {
    /// The key of a workspace; it never changes, so old messages are known for ever.
    #[must_use]
    pub fn of(workspace: &WorkspaceKey) -> Self {
        Self(blake3::derive_key("filo mail token v1", &workspace.0))
    }

    /// The token of a message to an address.
    #[must_use]
    pub fn token(&self, message: MessageId, to: &MailAddress) -> SendToken {
        let to = to.as_str().to_ascii_lowercase();
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&message.to_bytes());
        hasher.update(to.as_bytes());
        let hash = hasher.finalize();
        let letters = hash.as_bytes().iter().take(SEAL_LETTERS);
        let seal = letters.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        SendToken {
            message,
            seal: seal.collect(),
        }
    }

    /// The message of a token, if it was made for one of these addresses; and for which.
    #[must_use]
    pub fn open<'a>(
        &self,
        token: &SendToken,
        candidates: &'a [MailAddress],
    ) -> Option<(MessageId, &'a MailAddress)> {
        let made_for = |to: &&MailAddress| self.token(token.message, to).seal == token.seal;
        let found = candidates.iter().find(made_for)?;
        Some((token.message, found))
    }
}

/// A message with the seal that binds it to the address it went to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendToken {
    message: MessageId,
    seal: String,
}

impl fmt::Display for SendToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.message, self.seal)
    }
}

impl SendToken {
    /// Reads what [`SendToken`] writes, in either case: some servers change it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let (message, seal) = text.split_once('.')?;
        let is_seal =
            seal.len() == SEAL_LETTERS && seal.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some(Self {
            message: message.parse().ok().filter(|_| is_seal)?,
            seal: seal.to_owned(),
        })
    }

    /// Every token that stands somewhere in a text, each once; at most eight.
    #[must_use]
    pub fn all_in(text: &str) -> Vec<Self> {
        let lower = text.to_ascii_lowercase();
        let mut found: Vec<Self> = Vec::new();
        for (start, _) in lower.match_indices("mes_") {
            let token = lower.get(start..start + TEXT_BYTES).and_then(Self::parse);
            if let Some(token) = token
                && !found.contains(&token)
            {
                found.push(token);
            }
            if found.len() == 8 {
                break;
            }
        }
        found
    }

    /// The envelope's sender: what does not arrive comes back here.
    #[must_use]
    pub fn bounce_address(&self, domain: &str) -> String {
        format!("b+{self}@{domain}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> MailAddress {
        MailAddress::parse(text).unwrap()
    }

    #[test]
    fn a_token_speaks_of_its_own_address_only() {
        let key = TokenKey::of(&WorkspaceKey([7; 32]));
        let (anna, bruno) = (address("Anna@example.it"), address("bruno@example.it"));
        let token = key.token(MessageId(5), &anna);
        let bounce = token.bounce_address("bounce.rossi.it");
        assert!(bounce.split('@').next().unwrap().len() <= 64, "{bounce}");
        let read = &SendToken::all_in(&bounce.to_uppercase())[0];
        let lower = address("anna@example.it");
        let both = [bruno.clone(), lower.clone()];
        assert_eq!(key.open(read, &both), Some((MessageId(5), &lower)));
        assert_eq!(key.open(read, &[bruno]), None);
        let other = TokenKey::of(&WorkspaceKey([8; 32]));
        assert_eq!(other.open(read, &[anna]), None);
    }

    proptest! {
        #[test]
        fn a_token_is_read_back_from_any_text(id: u128, before in "\\PC{0,20}", after in "[ >@,;]\\PC{0,20}") {
            let key = TokenKey::of(&WorkspaceKey([1; 32]));
            let to = address("a@b.it");
            let token = key.token(MessageId(id), &to);
            let text = format!("{before}{token}{after}");
            prop_assert!(SendToken::all_in(&text).contains(&token), "{text}");
        }

        #[test]
        fn nothing_else_is_one(text in "\\PC{0,80}") {
            let key = TokenKey::of(&WorkspaceKey([1; 32]));
            for token in SendToken::all_in(&text) {
                prop_assert!(key.open(&token, &[address("a@b.it")]).is_none());
            }
        }
    }
}
