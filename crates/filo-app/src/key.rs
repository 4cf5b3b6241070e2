//! Keys: public ones for pages, secret ones for systems, API keys and sessions for people.
//!
//! **Invariant:** of a secret only a hash is stored; a public key can only send. What a key may
//! do is decided here and nowhere else.

use filo_core::event::Trust;
use filo_core::id::{KeyId, SourceId};
use filo_core::time::Timestamp;
use filo_store::key::{self, KeyRow};
use filo_store::source;

use crate::actor::{Actor, Scopes};
use crate::app::App;
use crate::error::{Error, Result};
use crate::source::SourceKind;

pub use filo_store::source::SourceRow as SourceView;

/// Crockford's base 32 in lower case.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 160 bits of chance.
const SECRET_LETTERS: usize = 32;
/// Enough to tell a mistyped key from an unknown one, and for secret scanners.
const CHECK_LETTERS: usize = 4;
/// A printed login link works this long.
const LOGIN_SECONDS: i64 = 3_600;
/// The kind of sources without a key: imports.
const OWN_KIND: &str = "import";
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
    /// A person at the console.
    Session,
}

impl KeyKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Public => "filo_pub_",
            Self::Secret => "filo_sec_",
            Self::Api => "filo_api_",
            Self::Session => "filo_ses_",
        }
    }

    const fn stored(self) -> key::KeyKind {
        match self {
            Self::Public => key::KeyKind::Public,
            Self::Secret => key::KeyKind::Secret,
            Self::Api | Self::Session => key::KeyKind::Api,
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
    /// What it is for: `public`, `secret` or `api`.
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
}

/// What a first start hands to the owner.
#[derive(Debug, Clone)]
pub struct FirstRun {
    /// For the site.
    pub public_key: String,
    /// For the shop's server.
    pub secret_key: String,
    /// For the first login, within the hour.
    pub login_key: String,
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
                key::KeyKind::Api => return None,
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

    /// Who holds this API key or session.
    pub async fn actor(&self, text: &str) -> Option<Actor> {
        self.keyring().used(text, self.now(), |row| {
            (row.kind == key::KeyKind::Api).then(|| Actor {
                key: Some(row.id),
                name: row.name.clone(),
                scopes: Scopes::of_words(&row.scopes),
            })
        })
    }

    /// Makes a key; one that sends gets a source of its own.
    ///
    /// # Errors
    /// If the actor may not administer, or asks for more than they have, or the name is wrong.
    pub async fn create_key(&self, actor: &Actor, new: NewKey) -> Result<CreatedKey> {
        // A session is a person who already holds a key: it gets no more than that.
        if new.kind != KeyKind::Session {
            actor.may_administer()?;
        }
        let more = (new.scopes.read && !actor.scopes.read)
            || (new.scopes.write && !actor.scopes.write)
            || (new.scopes.admin && !actor.scopes.admin);
        if more {
            return Err(Error::Forbidden("a key cannot do more than its maker"));
        }
        let name = checked_name(&new.name)?.to_owned();
        let kind = match new.kind {
            KeyKind::Public => Some(SourceKind::Web),
            KeyKind::Secret => Some(SourceKind::Server),
            KeyKind::Api | KeyKind::Session => None,
        };
        let mut tx = self.shared().db.begin().await?;
        let source = match kind {
            Some(kind) => Some(source::insert(&mut tx, &name, kind.word(), self.now()).await?),
            None => None,
        };
        let (row, text) = self.new_row(&name, source, &new);
        key::insert(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(self.hand_over(row, text))
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
        let text = self.key_text(new.kind);
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
        // Anybody may log out.
        if actor.key != Some(id) {
            actor.may_administer()?;
        }
        let mut tx = self.shared().db.begin().await?;
        if !key::revoke(&mut tx, id, self.now()).await? {
            return Err(Error::Missing("key"));
        }
        tx.commit().await?;
        self.keyring().remove(id);
        Ok(())
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
        let id = source::insert(&mut tx, name, OWN_KIND, self.now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// On the first start, the keys to begin with; later nothing.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn first_run(&self) -> Result<Option<FirstRun>> {
        if !self.keyring().is_empty() || !self.keys().await?.is_empty() {
            return Ok(None);
        }
        let operator = Actor::operator();
        let key = |name: &str, kind| NewKey {
            name: name.to_owned(),
            kind,
            scopes: Scopes::default(),
            expires_at: None,
        };
        let public = self
            .create_key(&operator, key("Sito", KeyKind::Public))
            .await?;
        let secret = self
            .create_key(&operator, key("Server", KeyKind::Secret))
            .await?;
        Ok(Some(FirstRun {
            public_key: public.text,
            secret_key: secret.text,
            login_key: self.login_key().await?,
        }))
    }

    /// A key that opens the console within the hour.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn login_key(&self) -> Result<String> {
        let new = NewKey {
            name: "login".to_owned(),
            kind: KeyKind::Api,
            scopes: Scopes::ALL,
            expires_at: Some(self.now().plus_seconds(LOGIN_SECONDS)),
        };
        Ok(self.create_key(&Actor::operator(), new).await?.text)
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

    fn key_text(&self, kind: KeyKind) -> String {
        let secret = self.chance().secret();
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
}
