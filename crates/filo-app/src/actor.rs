//! Who acts, and what they may do.

use filo_core::access::{Rank, Right, Rights, Scope, rights_of_scopes};
use filo_core::id::{KeyId, SessionId, UserId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A password entered this long ago still counts for what is sensitive.
pub const FRESH_SECONDS: i64 = 5 * 60;

/// What a key of the API may do, in the words in which it is asked for and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// See customers, sources, quarantine.
    #[serde(default)]
    pub read: bool,
    /// Decide about identity, write notes and consent, repair events.
    #[serde(default)]
    pub write: bool,
    /// Make and revoke keys, look after users and settings.
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

    /// What they allow.
    #[must_use]
    pub fn rights(self) -> Rights {
        let held = [
            (self.read, Scope::Read),
            (self.write, Scope::Write),
            (self.admin, Scope::Admin),
        ];
        rights_of_scopes(
            held.into_iter()
                .filter(|(held, _)| *held)
                .map(|(_, scope)| scope),
        )
    }
}

/// A person or program of the company.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The key they came with, if it was one.
    pub key: Option<KeyId>,
    /// The person, if it is one with an account.
    pub user: Option<UserId>,
    /// Their session, if they have logged in.
    pub session: Option<SessionId>,
    /// The name, as it stands in audit and evidence.
    pub name: String,
    /// What they may do.
    pub rights: Rights,
    /// How high they stand among users.
    pub rank: Rank,
    /// When they last proved who they are; none where there is nothing to prove again (a key,
    /// the command line).
    pub confirmed_at: Option<Timestamp>,
}

impl Actor {
    /// The operator at the command line, who owns the data folder.
    #[must_use]
    pub fn operator() -> Self {
        Self {
            key: None,
            user: None,
            session: None,
            name: "operator".to_owned(),
            rights: Scopes::ALL.rights(),
            rank: Rank::Owner,
            confirmed_at: None,
        }
    }

    /// Filo itself, where the owner lets it join whom it takes for one person.
    pub(crate) fn by_itself() -> Self {
        Self {
            name: "Filo".to_owned(),
            rights: [Right::DecideIdentity, Right::SeePeople]
                .into_iter()
                .collect(),
            rank: Rank::Member,
            ..Self::operator()
        }
    }

    /// Whether it is Filo itself.
    pub(crate) fn is_filo(&self) -> bool {
        self.key.is_none() && self.user.is_none() && self.rank == Rank::Member
    }

    /// The holder of a key.
    pub(crate) fn of_key(key: KeyId, name: String, scopes: Scopes) -> Self {
        Self {
            key: Some(key),
            name,
            rights: scopes.rights(),
            rank: if scopes.admin {
                Rank::Admin
            } else {
                Rank::Member
            },
            ..Self::operator()
        }
    }

    /// Whether they have a right.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.rights.have(right)
    }

    /// Refuses who lacks a right.
    ///
    /// # Errors
    /// [`Error::Lacks`].
    pub fn must(&self, right: Right) -> Result<()> {
        self.may(right).then_some(()).ok_or(Error::Lacks(right))
    }

    /// Whether they proved who they are a moment ago.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.confirmed_at
            .is_none_or(|at| now < at.plus_seconds(FRESH_SECONDS))
    }

    /// Refuses who has to prove again who they are.
    ///
    /// # Errors
    /// [`Error::Unconfirmed`].
    pub fn must_be_fresh(&self, now: Timestamp) -> Result<()> {
        self.is_fresh(now).then_some(()).ok_or(Error::Unconfirmed)
    }
}
