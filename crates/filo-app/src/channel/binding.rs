//! Whose a chat is: a link to the bot that was made for one person binds the chat in which it is
//! followed to them. A bot never learns anything else of who writes.
//!
//! **Invariant:** what is not sealed with the workspace's own key, or is older than a month, binds
//! nobody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use filo_connect::channel::is_same;
use filo_core::access::Right;
use filo_core::channel::Account;
use filo_core::id::{CustomerId, NodeId, WorkspaceKey};
use filo_core::identity::Identifier;
use filo_core::message::Medium;
use filo_core::time::Timestamp;

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// What a text begins with that follows such a link.
const START: &str = "/start ";
/// A link counts for so long.
const VALID_DAYS: i64 = 30;
const DAY_SECONDS: i64 = 86_400;
/// The seal: 128 bits.
const SEAL_BYTES: usize = 16;
/// The address, the day it ends, the seal; 48 letters, of the 64 that Telegram hands on.
const TOKEN_BYTES: usize = 16 + 4 + SEAL_BYTES;

/// A link to a bot, for one address.
fn token(key: &WorkspaceKey, node: NodeId, last_day: u32) -> String {
    let mut bytes = Vec::with_capacity(TOKEN_BYTES);
    bytes.extend_from_slice(&node.to_bytes());
    bytes.extend_from_slice(&last_day.to_be_bytes());
    let seal = seal(key, &bytes);
    bytes.extend_from_slice(&seal);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The address that a link was made for; nothing if it is none of ours or too old.
fn read(key: &WorkspaceKey, token: &str, today: u32) -> Option<NodeId> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (said, sealed) = bytes.split_at_checked(TOKEN_BYTES - SEAL_BYTES)?;
    let (node, last_day) = said.split_first_chunk::<16>()?;
    let last_day = u32::from_be_bytes(last_day.try_into().ok()?);
    let is_ours = is_same(&seal(key, said), sealed);
    (is_ours && today <= last_day).then(|| NodeId::from_bytes(*node))
}

fn seal(key: &WorkspaceKey, said: &[u8]) -> [u8; SEAL_BYTES] {
    let own = blake3::derive_key("filo telegram link v1", &key.0);
    let hash = blake3::keyed_hash(&own, said);
    let mut seal = [0; SEAL_BYTES];
    seal.copy_from_slice(&hash.as_bytes()[..SEAL_BYTES]);
    seal
}

fn day_of(at: Timestamp, days_on: i64) -> u32 {
    let day = at.0.div_euclid(DAY_SECONDS * 1_000_000) + days_on;
    u32::try_from(day).unwrap_or(0)
}

impl App {
    /// A link by which a person begins a chat with the bot that is then known to be theirs.
    ///
    /// # Errors
    /// If the actor may not, there is no such person, or no bot is connected.
    pub async fn telegram_link(&self, actor: &Actor, customer: CustomerId) -> Result<String> {
        actor.must(Right::ExportPeople)?;
        let view = self.eyes(actor).customer(customer).await?;
        let view = view.ok_or(Error::Missing("customer"))?;
        let bot = self.channel_account(Medium::Telegram).await?;
        let bot = bot.ok_or(Error::Missing("bot"))?;
        Ok(self.bot_link(NodeId::from(view.id), &bot))
    }

    /// The link with which somebody tells a bot who they are.
    pub(crate) fn bot_link(&self, node: NodeId, bot: &Account) -> String {
        let token = token(&self.key(), node, day_of(self.now(), VALID_DAYS));
        let name = bot.sender.trim_start_matches('@');
        format!("https://t.me/{name}?start={token}")
    }

    /// The identifier of the person whose link a text follows, if it does and they are known.
    pub(super) async fn bound_by(&self, medium: Medium, text: &str) -> Result<Option<Identifier>> {
        let token = text
            .strip_prefix(START)
            .filter(|_| medium == Medium::Telegram);
        let node = token.and_then(|token| read(&self.key(), token.trim(), day_of(self.now(), 0)));
        let Some(node) = node else {
            return Ok(None);
        };
        let view = self.customer(CustomerId::from(node)).await?;
        let known = view.and_then(|view| {
            let mut known = view.identifiers.into_iter();
            known.find(|it| it.node == node)
        });
        Ok(known.map(|it| Identifier {
            kind: it.kind,
            value: it.value,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_binds_whom_it_was_made_for_and_fits_what_telegram_hands_on() {
        let key = WorkspaceKey([7; 32]);
        let node = NodeId(u128::MAX / 3);
        let made = token(&key, node, 100);
        assert!(
            made.len() <= 64
                && made
                    .bytes()
                    .all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it))
        );
        assert_eq!(read(&key, &made, 100), Some(node));
        assert_eq!(read(&key, &made, 101), None, "too old");
        assert_eq!(read(&WorkspaceKey([8; 32]), &made, 1), None);
        let mut other = made.clone().into_bytes();
        for at in 0..other.len() {
            let before = other[at];
            other[at] = if before == b'A' { b'B' } else { b'A' };
            let text = String::from_utf8(other.clone()).unwrap();
            assert_eq!(read(&key, &text, 1), None, "letter {at}");
            other[at] = before;
        }
        for text in ["", "A", &made[1..], &format!("{made}AAAA")] {
            assert_eq!(read(&key, text, 1), None, "{text}");
        }
    }
}
