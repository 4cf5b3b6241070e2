//! The post: takes letters, makes messages of them, and hands them over.
//!
//! **Invariant:** a letter that cannot be a message is refused before a connection is opened; a
//! message is handed over over one connection at a time.

use std::sync::Arc;

use filo_core::mail::{SendToken, TokenKey};
use filo_core::time::Timestamp;
use parking_lot::Mutex;
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;

use super::compose::Composed;
use super::conversation::{Conversation, Delivered};
use super::dkim::DkimKey;
use super::folder::Folder;
use super::handed::Handed;
use super::letter::Letter;
use super::line::Relay;
use crate::network::Network;
use crate::tls::{self, TlsError};

/// Connections to a server at once.
const CONNECTIONS_MOST: usize = 4;
/// Messages over one connection: some servers hang up without a word after more.
const MESSAGES_MOST: u32 = 50;
/// A connection that nobody used for so long is not used again.
const IDLE_S_MOST: i64 = 30;

/// How messages are marked.
#[derive(Debug)]
pub struct Envelope {
    /// Seals the tokens.
    pub tokens: TokenKey,
    /// Behind the `@` of the address to which returns go; none: they go to the sender.
    pub bounce_domain: Option<String>,
    /// The signature, if messages are signed here.
    pub dkim: Option<DkimKey>,
}

/// Hands letters over. Cheap to clone.
#[derive(Clone)]
pub struct Post(Arc<Inner>);

struct Inner {
    envelope: Envelope,
    way: Way,
}

enum Way {
    Folder(Folder),
    Relay(Box<Line>),
}

struct Line {
    relay: Relay,
    network: Arc<dyn Network>,
    tls: TlsConnector,
    idle: Mutex<Vec<Idle>>,
    permits: Semaphore,
}

struct Idle {
    conversation: Conversation,
    since: Timestamp,
    messages: u32,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0.way {
            Way::Folder(folder) => write!(out, "Post({folder:?})"),
            Way::Relay(line) => write!(
                out,
                "Post({}:{})",
                line.relay.server.host, line.relay.server.port
            ),
        }
    }
}

impl Post {
    /// Into a folder.
    #[must_use]
    pub fn into_folder(folder: Folder, envelope: Envelope) -> Self {
        Self(Arc::new(Inner {
            envelope,
            way: Way::Folder(folder),
        }))
    }

    /// To a server.
    ///
    /// # Errors
    /// If the certificates cannot be read.
    pub fn to_relay(
        relay: Relay,
        envelope: Envelope,
        roots_pem: &str,
        network: Arc<dyn Network>,
    ) -> Result<Self, TlsError> {
        let line = Line {
            relay,
            network,
            tls: tls::connector(roots_pem, &[])?,
            idle: Mutex::default(),
            permits: Semaphore::new(CONNECTIONS_MOST),
        };
        Ok(Self(Arc::new(Inner {
            envelope,
            way: Way::Relay(Box::new(line)),
        })))
    }

    /// Hands a letter over and says how it ended.
    pub async fn hand_over(&self, letter: &Letter, now: Timestamp) -> Handed {
        let envelope = &self.0.envelope;
        let token = envelope.tokens.token(letter.id, &letter.to.address);
        let message = match self.message(letter, &token, now) {
            Ok(message) => message,
            Err(text) => return Handed::ours(text),
        };
        let from = match &envelope.bounce_domain {
            Some(domain) => token.bounce_address(domain),
            None => letter.from.address.wire(),
        };
        match &self.0.way {
            Way::Folder(folder) => folder.put(letter.id, &message, now).await,
            Way::Relay(line) => {
                let to = letter.to.address.wire();
                line.hand_over(&from, &to, &message, now).await
            }
        }
    }

    fn message(
        &self,
        letter: &Letter,
        token: &SendToken,
        now: Timestamp,
    ) -> Result<Vec<u8>, String> {
        let mut message = Composed::new(letter, token, now).map_err(|fault| fault.to_string())?;
        if let Some(key) = &self.0.envelope.dkim {
            key.sign(&mut message).map_err(|fault| fault.to_string())?;
        }
        Ok(message.bytes())
    }
}

impl Line {
    async fn hand_over(&self, from: &str, to: &str, message: &[u8], now: Timestamp) -> Handed {
        let Ok(_permit) = self.permits.acquire().await else {
            return Handed::broken("the post is closed");
        };
        while let Some(idle) = self.take_idle(now) {
            let Idle {
                mut conversation,
                messages,
                ..
            } = idle;
            match conversation.deliver(from, to, message, true).await {
                Delivered::Stale => {}
                Delivered::Over(handed) => return handed,
                Delivered::Ended(handed) => {
                    self.keep(conversation, messages + 1, now).await;
                    return handed;
                }
            }
        }
        let opened = Conversation::open(&*self.network, &self.tls, &self.relay).await;
        let mut conversation = match opened {
            Ok(conversation) => conversation,
            Err(handed) => return handed,
        };
        match conversation.deliver(from, to, message, false).await {
            Delivered::Ended(handed) => {
                self.keep(conversation, 1, now).await;
                handed
            }
            Delivered::Over(handed) => handed,
            Delivered::Stale => Handed::broken("the server hung up"),
        }
    }

    fn take_idle(&self, now: Timestamp) -> Option<Idle> {
        let mut idle = self.idle.lock();
        let oldest = now.plus_seconds(-IDLE_S_MOST);
        // The clock may have been set: what seems to come from later is not trusted either.
        idle.retain(|it| it.since >= oldest && it.since <= now);
        idle.pop()
    }

    async fn keep(&self, conversation: Conversation, messages: u32, now: Timestamp) {
        if messages >= MESSAGES_MOST {
            conversation.quit().await;
            return;
        }
        let mut idle = self.idle.lock();
        if idle.len() < CONNECTIONS_MOST {
            idle.push(Idle {
                conversation,
                since: now,
                messages,
            });
        }
    }
}
