//! Every key in force, in memory: who sends is looked up here for each request.
//!
//! **Invariant:** a revoked key is not here, and a key whose source is disabled sends nothing;
//! what was read before a change is never put in place after it.

use std::sync::atomic::{AtomicI64, Ordering};

use ahash::HashMap;
use filo_core::id::{KeyId, SourceId};
use filo_core::time::Timestamp;
use filo_store::key::{self, KeyRow};
use filo_store::{Db, source};
use parking_lot::RwLock;
use tokio::sync::{Mutex, MutexGuard};

use crate::error::Result;

/// A key with what is only known here.
#[derive(Debug)]
struct Held {
    row: KeyRow,
    /// Its source is disabled.
    idle: bool,
    /// When it was last used; 0 if not since it was read.
    used_at: AtomicI64,
}

impl Held {
    fn new(row: KeyRow) -> Self {
        Self {
            row,
            idle: false,
            used_at: AtomicI64::new(0),
        }
    }

    fn is_in_force(&self, now: Timestamp) -> bool {
        self.row.expires_at.is_none_or(|end| now < end)
    }

    fn last_used_at(&self) -> Option<Timestamp> {
        let used = self.used_at.load(Ordering::Relaxed);
        let used = (used != 0).then_some(Timestamp(used));
        used.max(self.row.last_used_at)
    }
}

/// Keys by the hash of their text.
#[derive(Debug, Default)]
pub(crate) struct Keyring {
    by_hash: RwLock<HashMap<[u8; 32], Held>>,
    /// Held while a key changes and while all are read anew, or a key that was just ended would
    /// live again.
    changing: Mutex<()>,
}

impl Keyring {
    pub(crate) async fn load(db: &Db) -> Result<Self> {
        let keyring = Self::default();
        keyring.refresh(db).await?;
        Ok(keyring)
    }

    /// Nobody reads the keys anew while this is held.
    pub(crate) async fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().await
    }

    pub(crate) async fn refresh(&self, db: &Db) -> Result<()> {
        let changing = self.change().await;
        let (rows, sources) = {
            let mut tx = db.read().await?;
            (key::list(&mut tx).await?, source::list(&mut tx).await?)
        };
        let is_idle = |id: Option<SourceId>| {
            let mut disabled = sources.iter().filter(|it| it.disabled_at.is_some());
            disabled.any(|it| Some(it.id) == id)
        };
        let mut keys = self.by_hash.write();
        let known = std::mem::take(&mut *keys);
        for row in rows.into_iter().filter(|row| row.revoked_at.is_none()) {
            let held = Held {
                idle: is_idle(row.source),
                used_at: AtomicI64::new(
                    known
                        .get(&row.hash)
                        .map_or(0, |it| it.used_at.load(Ordering::Relaxed)),
                ),
                row,
            };
            keys.insert(held.row.hash, held);
        }
        drop(keys);
        drop(changing);
        Ok(())
    }

    /// Asks about the key of this text, which is used with that if it is in force.
    pub(crate) fn used<T>(
        &self,
        text: &str,
        now: Timestamp,
        ask: impl FnOnce(&KeyRow) -> Option<T>,
    ) -> Option<T> {
        let keys = self.by_hash.read();
        let held = keys.get(blake3::hash(text.as_bytes()).as_bytes())?;
        if held.idle || !held.is_in_force(now) {
            return None;
        }
        held.used_at.fetch_max(now.0, Ordering::Relaxed);
        ask(&held.row)
    }

    /// The row of the key with this hash that is in force now; looking does not use it.
    pub(crate) fn row_of_hash(&self, hash: &[u8; 32], now: Timestamp) -> Option<KeyRow> {
        let keys = self.by_hash.read();
        let held = keys.get(hash)?;
        (held.is_in_force(now) && !held.idle).then(|| held.row.clone())
    }

    /// Whether the text is a key that would be in force if its source were not disabled.
    pub(crate) fn is_idle(&self, text: &str, now: Timestamp) -> bool {
        let keys = self.by_hash.read();
        let held = keys.get(blake3::hash(text.as_bytes()).as_bytes());
        held.is_some_and(|held| held.idle && held.is_in_force(now))
    }

    /// Asks about the list of sites of the key of this text, if there is such a key.
    pub(crate) fn origins_of<T>(&self, text: &str, ask: impl FnOnce(&str) -> T) -> Option<T> {
        let keys = self.by_hash.read();
        let held = keys.get(blake3::hash(text.as_bytes()).as_bytes())?;
        Some(ask(&held.row.origins))
    }

    pub(crate) fn set_origins(&self, id: KeyId, origins: &str) {
        let mut keys = self.by_hash.write();
        for held in keys.values_mut().filter(|held| held.row.id == id) {
            origins.clone_into(&mut held.row.origins);
        }
    }

    pub(crate) fn last_used_at(&self, row: &KeyRow) -> Option<Timestamp> {
        let keys = self.by_hash.read();
        let held = keys.get(&row.hash);
        held.map_or(row.last_used_at, Held::last_used_at)
    }

    /// Uses that the tables do not say yet.
    pub(crate) fn uses(&self) -> Vec<(KeyId, Timestamp)> {
        let keys = self.by_hash.read();
        let newer = keys
            .values()
            .filter(|held| held.last_used_at() > held.row.last_used_at);
        newer
            .filter_map(|held| Some((held.row.id, held.last_used_at()?)))
            .collect()
    }

    /// The tables say them now.
    pub(crate) fn mark_recorded(&self, uses: &[(KeyId, Timestamp)]) {
        let mut keys = self.by_hash.write();
        for held in keys.values_mut() {
            let recorded = uses.iter().find(|(id, _)| *id == held.row.id);
            held.row.last_used_at = recorded.map(|(_, at)| *at).max(held.row.last_used_at);
        }
    }

    pub(crate) fn insert(&self, row: KeyRow) {
        self.by_hash.write().insert(row.hash, Held::new(row));
    }

    pub(crate) fn remove(&self, id: KeyId) {
        self.by_hash.write().retain(|_, held| held.row.id != id);
    }
}
