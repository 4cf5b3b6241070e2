//! Repeated API requests: the same key and body get the same answer, done once.

use filo_store::idempotency::{self, Answer};

use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// Keys are random texts of the client's.
pub const KEY_CHARS_MOST: usize = 255;

/// What is known about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    /// Nothing: do the work, then [`App::remember`] the answer.
    New,
    /// The request was answered so.
    Same {
        /// The status of HTTP.
        status: u16,
        /// The body.
        body: String,
    },
    /// The key came with another request.
    Different,
    /// The first request is still being worked on.
    Running,
}

/// Answers are kept for a day; a client that repeats later means it anew.
const KEPT_SECONDS: i64 = 24 * 3_600;

impl App {
    /// Forgets the keys of yesterday, and those whose request was cut off with the program.
    pub(crate) async fn prune_remembered(&self) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        idempotency::prune(&mut tx, self.now().plus_seconds(-KEPT_SECONDS)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What is known about a client's key; a new one is taken.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn remembered(
        &self,
        actor: &Actor,
        key: &str,
        request_hash: u128,
    ) -> Result<Remembered> {
        let request_hash = *blake3::hash(&request_hash.to_be_bytes()).as_bytes();
        let mut tx = self.shared().db.begin().await?;
        let taken =
            idempotency::reserve(&mut tx, &key_hash(actor, key), &request_hash, self.now()).await?;
        tx.commit().await?;
        Ok(match taken {
            None => Remembered::New,
            Some(known) if known.request_hash != request_hash => Remembered::Different,
            Some(known) => match known.answer {
                None => Remembered::Running,
                Some(answer) => Remembered::Same {
                    status: answer.status,
                    body: String::from_utf8_lossy(&answer.body).into_owned(),
                },
            },
        })
    }

    /// Keeps the answer to a key.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn remember(&self, actor: &Actor, key: &str, status: u16, body: &str) -> Result<()> {
        let answer = Answer {
            status,
            body: body.as_bytes().to_vec(),
        };
        let mut tx = self.shared().db.begin().await?;
        idempotency::finish(&mut tx, &key_hash(actor, key), &answer).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a key back whose request could not be done: the client may send it again.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn forget(&self, actor: &Actor, key: &str) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        idempotency::release(&mut tx, &key_hash(actor, key)).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Two actors may use the same key for different requests.
fn key_hash(actor: &Actor, key: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    // Who comes with a session has no key: then it is the person who counts.
    hasher.update(&actor.key.map_or(0, |key| key.0).to_be_bytes());
    hasher.update(&actor.user.map_or(0, |user| user.0).to_be_bytes());
    hasher.update(key.as_bytes());
    *hasher.finalize().as_bytes()
}
