//! The links that customers follow: sealed, so that they say nothing to who reads them and cannot
//! be made up; they survive restarts, because their key is kept in the vault.
//!
//! **Invariant:** what is not sealed with the workspace's own key is no link, whatever it says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use filo_core::id::{ConfirmationId, DataRequestId, MessageId, NodeId, UserId};
use filo_core::time::Timestamp;
use filo_store::{Tx, setting};

use crate::clock::Chance;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::vault::{Place, Vault};

const KEY: Place = Place {
    table: "public_link",
    column: "key",
};
const ROW: [u8; 16] = [0; 16];
/// Made with the key: of two nodes that start for the first time together, one waits here.
const MADE: &str = "public_link_key";
const NONCE_BYTES: usize = 24;
/// What is authenticated beside the content: the form of the content.
const FORM: &[u8] = b"Filo link 1";
/// Letters of a token: longer ones are not looked at.
const TOKEN_CHARS_MOST: usize = 400;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To the preferences of whoever has this address.
    Preferences {
        /// The address.
        node: NodeId,
    },
    /// Out of one purpose, or of all, by mail.
    Unsubscribe {
        /// The address.
        node: NodeId,
        /// The purpose; nothing for all.
        purpose: Option<String>,
    },
    /// To the confirmation of a claimed yes.
    Confirm {
        /// Which.
        id: ConfirmationId,
    },
    /// To the confirmation that a request about their data is theirs.
    Request {
        /// Which.
        id: DataRequestId,
    },
    /// What a browser answers that is asked whether it takes notifications.
    PushYes {
        /// The browser.
        node: NodeId,
    },
    /// Where a browser says what became of a notification.
    PushReport {
        /// Which.
        message: MessageId,
    },
    /// Where a browser brings the subscription that its push service gave in the place of this
    /// one.
    PushRenewal {
        /// The browser.
        node: NodeId,
    },
    /// Where a page says what became of a message on the site.
    SiteReport {
        /// Which.
        message: MessageId,
    },
    /// A message on the site that is a test, and until when.
    SiteTest {
        /// Until then.
        until: Timestamp,
    },
    /// Where somebody of the company ends the Monday page.
    Monday {
        /// Who.
        user: UserId,
    },
}

impl Link {
    const fn folder(&self) -> &'static str {
        match self {
            Self::Preferences { .. } => "preferences",
            Self::Unsubscribe { .. } => "unsubscribe",
            Self::Confirm { .. } => "confirm",
            Self::Request { .. } => "request",
            Self::PushYes { .. } | Self::PushReport { .. } | Self::PushRenewal { .. } => "push",
            Self::SiteReport { .. } | Self::SiteTest { .. } => "site",
            Self::Monday { .. } => "monday",
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let (kind, id, more) = match self {
            Self::Preferences { node } => (1, node.to_bytes(), ""),
            Self::Unsubscribe { node, purpose } => {
                (2, node.to_bytes(), purpose.as_deref().unwrap_or(""))
            }
            Self::Confirm { id } => (3, id.to_bytes(), ""),
            Self::Request { id } => (4, id.to_bytes(), ""),
            Self::PushYes { node } => (5, node.to_bytes(), ""),
            Self::PushReport { message } => (6, message.to_bytes(), ""),
            Self::PushRenewal { node } => (7, node.to_bytes(), ""),
            Self::SiteReport { message } => (8, message.to_bytes(), ""),
            Self::SiteTest { until } => (9, i128::from(until.0).to_be_bytes(), ""),
            Self::Monday { user } => (10, user.to_bytes(), ""),
        };
        let mut bytes = vec![kind];
        bytes.extend_from_slice(&id);
        bytes.extend_from_slice(more.as_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let (id, more) = rest.split_first_chunk::<16>()?;
        let node = NodeId::from_bytes(*id);
        Some(match kind {
            1 => Self::Preferences { node },
            2 => Self::Unsubscribe {
                node,
                purpose: match std::str::from_utf8(more).ok()? {
                    "" => None,
                    word => Some(word.to_owned()),
                },
            },
            3 => Self::Confirm {
                id: ConfirmationId::from_bytes(*id),
            },
            4 => Self::Request {
                id: DataRequestId::from_bytes(*id),
            },
            5 => Self::PushYes { node },
            6 => Self::PushReport {
                message: MessageId::from_bytes(*id),
            },
            7 => Self::PushRenewal { node },
            8 => Self::SiteReport {
                message: MessageId::from_bytes(*id),
            },
            9 => Self::SiteTest {
                until: Timestamp(i64::try_from(i128::from_be_bytes(*id)).ok()?),
            },
            10 => Self::Monday {
                user: UserId::from_bytes(*id),
            },
            _ => return None,
        })
    }
}

/// Where the pages behind links are.
#[derive(Debug)]
pub(crate) struct Links {
    base: String,
}

impl Links {
    pub(crate) fn new(config: &Config) -> Self {
        let base = config.public_pages_url.as_ref();
        Self {
            base: base.unwrap_or(&config.public_url).clone(),
        }
    }

    /// Where the pages are.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// What seals and reads links, if one was ever made.
    pub(crate) async fn known(&self, tx: &mut Tx<'_>, vault: &Vault) -> Result<Option<Sealer>> {
        let Some(known) = vault.reveal(tx, KEY, ROW).await? else {
            return Ok(None);
        };
        let key = known.as_slice().try_into().map_err(anyhow::Error::from)?;
        Ok(Some(Sealer {
            key,
            base: self.base.clone(),
        }))
    }

    /// What seals and reads links; the first link makes its key.
    pub(crate) async fn sealer(
        &self,
        tx: &mut Tx<'_>,
        vault: &Vault,
        (chance, now): (&Chance, Timestamp),
    ) -> Result<Sealer> {
        if let Some(known) = self.known(tx, vault).await? {
            return Ok(known);
        }
        match setting::put(tx, MADE, "true", 0, now).await {
            Err(filo_store::Error::Conflict(_)) => {
                return Err(Error::Conflict(
                    "another node is making the key of the links: try again".to_owned(),
                ));
            }
            put => put?,
        };
        let key = chance.secret();
        let drawn = (chance.secret(), now);
        vault.keep(tx, (KEY, ROW), &key, drawn).await?;
        Ok(Sealer {
            key,
            base: self.base.clone(),
        })
    }
}

/// Seals links and reads them.
pub(crate) struct Sealer {
    key: [u8; 32],
    base: String,
}

impl Sealer {
    /// The whole address of a link.
    pub(crate) fn url(&self, link: &Link, chance: &Chance) -> String {
        let drawn = chance.secret();
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&drawn[..NONCE_BYTES]);
        let payload = Payload {
            msg: &link.bytes(),
            aad: FORM,
        };
        let sealed = XChaCha20Poly1305::new(&self.key.into())
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a few bytes can be sealed");
        let token = URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat());
        format!("{}/public/{}/{token}", self.base, link.folder())
    }

    /// What a token says; nothing if it is none of ours.
    pub(crate) fn read(&self, token: &str) -> Option<Link> {
        if token.len() > TOKEN_CHARS_MOST {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload {
            msg: sealed,
            aad: FORM,
        };
        let opened = XChaCha20Poly1305::new(&self.key.into())
            .decrypt(&XNonce::from(*nonce), payload)
            .ok()?;
        Link::of_bytes(&opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(byte: u8) -> Sealer {
        Sealer {
            key: [byte; 32],
            base: "https://scelte.example".to_owned(),
        }
    }

    #[test]
    fn links_are_read_back_by_who_made_them_only_and_say_nothing() {
        let chance = Chance::from_seed([1; 32]);
        let node = NodeId(0x0123_4567_89ab_cdef_0123_4567_89ab_cd03);
        for link in [
            Link::Preferences { node },
            Link::Unsubscribe {
                node,
                purpose: None,
            },
            Link::Unsubscribe {
                node,
                purpose: Some("marketing".to_owned()),
            },
            Link::Confirm {
                id: ConfirmationId(9),
            },
            Link::Request {
                id: DataRequestId(10),
            },
            Link::PushYes { node },
            Link::PushReport {
                message: MessageId(11),
            },
            Link::PushRenewal { node },
            Link::SiteReport {
                message: MessageId(12),
            },
            Link::SiteTest {
                until: Timestamp(1_795_328_618_533_000),
            },
        ] {
            let url = links(1).url(&link, &chance);
            assert_ne!(url, links(1).url(&link, &chance), "no two are the same");
            let token = url.rsplit('/').next().unwrap();
            assert_eq!(links(1).read(token), Some(link));
            assert_eq!(links(2).read(token), None);
            let raw = URL_SAFE_NO_PAD.decode(token).unwrap();
            assert!(!raw.windows(16).any(|part| part == node.to_bytes()));
            for at in 0..raw.len() {
                let mut forged = raw.clone();
                forged[at] ^= 1;
                assert_eq!(links(1).read(&URL_SAFE_NO_PAD.encode(forged)), None);
                assert_eq!(links(1).read(&URL_SAFE_NO_PAD.encode(&raw[..at])), None);
            }
        }
        assert_eq!(links(1).read(&"A".repeat(5_000)), None);
    }
}
