//! Keys: public ones for pages, secret ones for systems, API keys for programs, and the printed
//! links with which the operator comes in.
//!
//! **Invariant:** of a secret only a hash is stored; a public key can only send. What a key may
//! do is decided here and nowhere else.

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Party};
use filo_core::event::Trust;
use filo_core::id::{KeyId, SourceId};
use filo_core::time::Timestamp;
use filo_store::key::{self, KeyRow};
use filo_store::source;

use crate::actor::{Actor, Scopes};
use crate::app::App;
use crate::audit::record;
use crate::clock::Chance;
use crate::error::{Error, Result};
use crate::key_audit::{ended, record_made};
use crate::source::SourceKind;
use crate::user::Stage;

pub use filo_store::source::SourceRow as SourceView;

/// Crockford's base 32 in lower case.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 160 bits of chance.
const SECRET_LETTERS: usize = 32;
/// Enough to tell a mistyped key from an unknown one, and for secret scanners.
const CHECK_LETTERS: usize = 4;
/// The kind of sources without a key: imports.
pub(crate) const OWN_KIND: &str = "import";
/// Names of keys are short.
const NAME_CHARS_MOST: usize = 100;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Stands in a page: may add events and claims.
    Public,
    /// A system of the company: its events are believed.
    Secret,
    /// The API.
    Api,
    /// A printed link: logs in once.
    Login,
}

impl KeyKind {
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Public => "filo_pub_",
            Self::Secret => "filo_sec_",
            Self::Api => "filo_api_",
            Self::Login => "filo_log_",
        }
    }

    const fn stored(self) -> key::KeyKind {
        match self {
            Self::Public => key::KeyKind::Public,
            Self::Secret => key::KeyKind::Secret,
            Self::Api => key::KeyKind::Api,
            Self::Login => key::KeyKind::Login,
        }
    }
}

/// A key as it is asked for.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub kind: KeyKind,
    /// What it may do; nothing for keys that send.
    pub scopes: Scopes,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

/// A key as it is handed over: the only moment its text is known.
#[derive(Debug, Clone)]
pub struct CreatedKey {
    /// Its id.
    pub id: KeyId,
    /// The source its events come from.
    pub source: Option<SourceId>,
    /// The key.
    pub text: String,
}

/// A key as it is shown.
#[derive(Debug, Clone)]
pub struct KeyView {
    /// Its id.
    pub id: KeyId,
    /// The source its events come from.
    pub source: Option<SourceId>,
    /// What it is for: `public`, `secret`, `api` or `login`.
    pub kind: &'static str,
    /// What people call it.
    pub name: String,
    /// The whole key if it is public, its first characters if not.
    pub shown: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was ended.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// From which sites it may send; none: from anywhere.
    pub origins: Vec<String>,
}

/// Why a key may not send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefusal {
    /// There is no such key in force.
    Unknown,
    /// Its source is disabled.
    SourceDisabled,
}

/// The name as it is kept.
pub(crate) fn checked_name(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MOST {
        return Err(Error::invalid("name", "between 1 and 100 characters"));
    }
    Ok(name)
}

/// What a sender may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteKey {
    /// The source its events come from.
    pub source: SourceId,
    /// How far they are believed.
    pub trust: Trust,
}

impl App {
    /// What the holder of this key may send; none if there is no such key.
    #[must_use]
    pub fn write_key(&self, text: &str) -> Option<WriteKey> {
        self.keyring().used(text, self.now(), |row| {
            let trust = match row.kind {
                key::KeyKind::Public => Trust::Claimed,
                key::KeyKind::Secret => Trust::Verified,
                key::KeyKind::Api | key::KeyKind::Login => return None,
            };
            row.source.map(|source| WriteKey { source, trust })
        })
    }

    /// Why [`App::write_key`] gave nothing.
    #[must_use]
    pub fn key_refusal(&self, text: &str) -> KeyRefusal {
        if self.keyring().is_idle(text, self.now()) {
            KeyRefusal::SourceDisabled
        } else {
            KeyRefusal::Unknown
        }
    }

    /// Who comes with this key of the API, or with the text of a session that is whole.
    pub async fn actor(&self, text: &str) -> Option<Actor> {
        let of_key = self.keyring().used(text, self.now(), |row| {
            let actor = || Actor::of_key(row.id, row.name.clone(), Scopes::of_words(&row.scopes));
            Some((row.kind == key::KeyKind::Api).then(actor))
        });
        if let Some(actor) = of_key {
            return actor;
        }
        match self.visitor(text).await {
            Ok(visitor) => visitor
                .filter(|visitor| visitor.stage == Stage::Whole)
                .map(|visitor| visitor.actor),
            Err(error) => {
                tracing::error!(%error, "a session could not be looked up");
                None
            }
        }
    }

    /// Makes a key; one that sends gets a source of its own.
    ///
    /// # Errors
    /// If the actor may not administer, or asks for more than they have, or the name is wrong.
    pub async fn create_key(&self, actor: &Actor, new: NewKey) -> Result<CreatedKey> {
        actor.must(match new.kind {
            KeyKind::Public | KeyKind::Secret => Right::ManageSources,
            KeyKind::Api | KeyKind::Login => Right::ManageKeys,
        })?;
        actor.must_be_fresh(self.now())?;
        if !actor.rights.cover(new.scopes.rights()) {
            return Err(Error::Forbidden("a key cannot do more than its maker"));
        }
        let name = checked_name(&new.name)?.to_owned();
        let kind = match new.kind {
            KeyKind::Public => Some(SourceKind::Web),
            KeyKind::Secret => Some(SourceKind::Server),
            KeyKind::Api | KeyKind::Login => None,
        };
        let changing = self.keyring().change().await;
        let mut tx = self.shared().db.begin().await?;
        let source = match kind {
            Some(kind) => Some(source::insert(&mut tx, &name, kind.word(), self.now()).await?),
            None => None,
        };
        let (row, text) = self.new_row(&name, source, &new);
        key::insert(&mut tx, &row).await?;
        record_made(&mut tx, actor, &row, new.kind).await?;
        tx.commit().await?;
        let made = self.hand_over(row, text);
        drop(changing);
        Ok(made)
    }

    pub(crate) fn hand_over(&self, row: KeyRow, text: String) -> CreatedKey {
        let (id, source) = (row.id, row.source);
        self.keyring().insert(row);
        CreatedKey { id, source, text }
    }

    pub(crate) fn new_row(
        &self,
        name: &str,
        source: Option<SourceId>,
        new: &NewKey,
    ) -> (KeyRow, String) {
        let text = key_text(self.chance(), new.kind);
        let shown = match new.kind {
            KeyKind::Public => text.clone(),
            _ => text.chars().take(new.kind.prefix().len() + 4).collect(),
        };
        let row = KeyRow {
            id: KeyId(self.spare_id()),
            source,
            kind: new.kind.stored(),
            name: name.to_owned(),
            shown,
            hash: *blake3::hash(text.as_bytes()).as_bytes(),
            scopes: if source.is_some() {
                String::new()
            } else {
                new.scopes.words()
            },
            created_at: self.now(),
            expires_at: new.expires_at,
            revoked_at: None,
            last_used_at: None,
            origins: String::new(),
        };
        (row, text)
    }

    /// Every key, ended ones too.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn keys(&self) -> Result<Vec<KeyView>> {
        let mut tx = self.shared().db.read().await?;
        let rows = key::list(&mut tx).await?;
        Ok(rows
            .into_iter()
            .map(|row| KeyView {
                last_used_at: self.keyring().last_used_at(&row),
                origins: row.origins.split_whitespace().map(str::to_owned).collect(),
                id: row.id,
                source: row.source,
                kind: row.kind.word(),
                scopes: Scopes::of_words(&row.scopes),
                name: row.name,
                shown: row.shown,
                created_at: row.created_at,
                expires_at: row.expires_at,
                revoked_at: row.revoked_at,
            })
            .collect())
    }

    /// Ends a key at once.
    ///
    /// # Errors
    /// If the actor may not administer, or there is no such key in force.
    pub async fn revoke_key(&self, actor: &Actor, id: KeyId) -> Result<()> {
        let now = self.now();
        let changing = self.keyring().change().await;
        let mut tx = self.shared().db.begin().await?;
        // Whoever may not make such a key may not end it, unless it is their own.
        if actor.key != Some(id) {
            let sends = key::get(&mut tx, id)
                .await?
                .is_some_and(|row| row.source.is_some());
            actor.must(if sends {
                Right::ManageSources
            } else {
                Right::ManageKeys
            })?;
        }
        if !key::revoke(&mut tx, id, now).await? {
            return Err(Error::Missing("key"));
        }
        let row = key::get(&mut tx, id).await?.ok_or(Error::Missing("key"))?;
        record(&mut tx, &ended(actor, &row, now)).await?;
        tx.commit().await?;
        self.keyring().remove(id);
        drop(changing);
        Ok(())
    }

    /// Takes a key that has ended out of memory.
    pub(crate) fn forget_key(&self, id: KeyId) {
        self.keyring().remove(id);
    }

    /// The sources, oldest first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn sources(&self) -> Result<Vec<SourceView>> {
        let mut tx = self.shared().db.read().await?;
        Ok(source::list(&mut tx).await?)
    }

    /// Filo's own source of that name, for imports; made if it is not there.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn own_source(&self, name: &str) -> Result<SourceId> {
        let mut tx = self.shared().db.begin().await?;
        let known = source::list(&mut tx).await?;
        if let Some(row) = known
            .iter()
            .find(|row| row.name == name && row.kind == OWN_KIND)
        {
            return Ok(row.id);
        }
        let now = self.now();
        let id = source::insert(&mut tx, name, OWN_KIND, now).await?;
        let entry = Entry::new(now, Party::Filo, Act::SourceMade).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Reads the keys anew: another node may have made or ended some.
    pub(crate) async fn refresh_keys(&self) {
        if let Err(error) = self.keyring().refresh(&self.shared().db).await {
            tracing::warn!(%error, "the keys could not be read anew");
        }
    }

    /// Writes down when keys were last used: from time to time, not at each use.
    pub(crate) async fn record_key_uses(&self) -> Result<()> {
        let uses = self.keyring().uses();
        if uses.is_empty() {
            return Ok(());
        }
        let mut tx = self.shared().db.begin().await?;
        key::record_use(&mut tx, &uses).await?;
        tx.commit().await?;
        self.keyring().mark_recorded(&uses);
        Ok(())
    }
}

fn key_text(chance: &Chance, kind: KeyKind) -> String {
    let secret = chance.secret();
    let mut text = String::from(kind.prefix());
    for byte in &secret[..SECRET_LETTERS] {
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    let check = blake3::hash(text.as_bytes());
    for byte in &check.as_bytes()[..CHECK_LETTERS] {
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    text
}

#[cfg(test)]
mod tests;
