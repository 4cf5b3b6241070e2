//! Hashing passwords: Argon2id, slow on purpose, and never more than a few at a time.
//!
//! **Invariant:** memory for hashing is bounded: two work, a few wait, who comes beyond is sent
//! away with a time to come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// OWASP's first choice with one pass: 46 MiB for each hashing.
const MEMORY_KIB: u32 = 46 * 1024;
/// 2 × 46 MiB is what a flood of logins may take.
const WORKING_MOST: usize = 2;
/// Who waits holds no memory for hashing.
const WAITING_MOST: usize = 8;
/// About as long as those who wait need.
const COME_BACK_S: u32 = 2;
/// What is hashed where there is nobody: the same work as for somebody.
const NOBODY: &[u8; 16] = b"nobody has this.";

/// Hashes and compares.
#[derive(Debug)]
pub(crate) struct Hasher {
    room: Semaphore,
    work: Arc<Semaphore>,
    count: AtomicU64,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            room: Semaphore::new(WORKING_MOST + WAITING_MOST),
            work: Arc::new(Semaphore::new(WORKING_MOST)),
            count: AtomicU64::new(0),
        }
    }
}

impl Hasher {
    /// A password as it is kept.
    ///
    /// # Errors
    /// If too many are hashed already.
    pub(crate) async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String> {
        let password = password.to_owned();
        let made = self.work(move || made(&password, &salt)).await?;
        Ok(made?)
    }

    /// Whether this is the password. Without a stored one it is not, after the same work.
    ///
    /// # Errors
    /// If too many are hashed already.
    pub(crate) async fn is_right(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let password = password.to_owned();
        // Who came by the directory has none, and is answered after the same work.
        let stored = stored.filter(|stored| !stored.is_empty());
        let stored = stored.map(str::to_owned);
        self.work(move || match stored {
            Some(stored) => scheme().is_ok_and(|scheme| {
                scheme
                    .verify_password(password.as_bytes(), stored.as_str())
                    .is_ok()
            }),
            None => {
                drop(made(&password, NOBODY));
                false
            }
        })
        .await
    }

    /// How many hashings there have been: what a test compares in place of time.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    async fn work<T: Send + 'static>(
        &self,
        hashing: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let too_many = Error::TooOften {
            retry_after_s: COME_BACK_S,
        };
        let Ok(_place) = self.room.try_acquire() else {
            return Err(too_many);
        };
        // Moved into the work: a caller who goes away does not free memory that is in use.
        let Ok(turn) = Arc::clone(&self.work).acquire_owned().await else {
            return Err(too_many);
        };
        self.count.fetch_add(1, Ordering::Relaxed);
        let done = tokio::task::spawn_blocking(move || {
            let done = hashing();
            drop(turn);
            done
        });
        Ok(done.await.map_err(anyhow::Error::from)?)
    }
}

fn scheme() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, 1, 1, None)
        .map_err(|error| anyhow::anyhow!("the parameters of Argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn made(password: &str, salt: &[u8; 16]) -> anyhow::Result<String> {
    scheme()?
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("a password could not be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_is_right_and_nobody_costs_the_same() {
        let hasher = Hasher::default();
        let stored = hasher.hash("correct horse battery", [7; 16]).await.unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"),
            "{stored}"
        );
        assert!(
            hasher
                .is_right("correct horse battery", Some(&stored))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .is_right("correct horse batterz", Some(&stored))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .is_right("correct horse battery", None)
                .await
                .unwrap()
        );
        assert!(!hasher.is_right("x", Some("damaged")).await.unwrap());
        assert_eq!(hasher.count(), 5);
    }

    #[tokio::test]
    async fn a_flood_is_sent_away() {
        let hasher = Hasher::default();
        let tries = (0..50).map(|_| hasher.is_right("x", None));
        let mut answers = Vec::new();
        let mut open: Vec<_> = tries.map(Box::pin).collect();
        std::future::poll_fn(|context| {
            open.retain_mut(|attempt| match attempt.as_mut().poll(context) {
                std::task::Poll::Ready(answer) => {
                    answers.push(answer.is_ok());
                    false
                }
                std::task::Poll::Pending => true,
            });
            if open.is_empty() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        let taken = answers.iter().filter(|taken| **taken).count();
        assert_eq!(taken, WORKING_MOST + WAITING_MOST);
    }
}
