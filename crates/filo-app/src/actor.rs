//! Who acts, and what they may do.

use filo_core::id::KeyId;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// What a key or session may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// See customers, sources, quarantine.
    #[serde(default)]
    pub read: bool,
    /// Decide about identity, write notes and consent, repair events.
    #[serde(default)]
    pub write: bool,
    /// Make and revoke keys.
    #[serde(default)]
    pub admin: bool,
}

impl Scopes {
    /// Everything.
    pub const ALL: Self = Self {
        read: true,
        write: true,
        admin: true,
    };

    /// The words in which scopes are stored and shown.
    #[must_use]
    pub fn words(self) -> String {
        self.held().join(" ")
    }

    /// Each word that is held.
    #[must_use]
    pub fn held(self) -> Vec<&'static str> {
        let all = [
            (self.read, "read"),
            (self.write, "write"),
            (self.admin, "admin"),
        ];
        all.into_iter()
            .filter(|(held, _)| *held)
            .map(|(_, word)| word)
            .collect()
    }

    /// Scopes of their words; unknown words give nothing.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        let has = |wanted: &str| words.split_whitespace().any(|word| word == wanted);
        Self {
            read: has("read"),
            write: has("write"),
            admin: has("admin"),
        }
    }
}

/// A person or program of the company, known by a key.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The key they came with; none for the command line, which owns the data folder.
    pub key: Option<KeyId>,
    /// The name of the key, as it stands in audit and evidence.
    pub name: String,
    /// What they may do.
    pub scopes: Scopes,
}

impl Actor {
    /// The operator at the command line.
    #[must_use]
    pub fn operator() -> Self {
        Self {
            key: None,
            name: "operator".to_owned(),
            scopes: Scopes::ALL,
        }
    }

    /// Refuses who may not read.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn may_read(&self) -> Result<()> {
        self.scopes
            .read
            .then_some(())
            .ok_or(Error::Forbidden("needs the scope `read`"))
    }

    /// Refuses who may not write.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn may_write(&self) -> Result<()> {
        self.scopes
            .write
            .then_some(())
            .ok_or(Error::Forbidden("needs the scope `write`"))
    }

    /// Refuses who may not administer.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn may_administer(&self) -> Result<()> {
        self.scopes
            .admin
            .then_some(())
            .ok_or(Error::Forbidden("needs the scope `admin`"))
    }
}
