//! Coming in: with e-mail and password, with a code, with a printed link.
//!
//! **Invariant:** a wrong address, a wrong password and a disabled account are answered alike and
//! after the same work; every login gives a new session; a printed link works once.

use std::net::IpAddr;

use filo_core::access::Role;
use filo_core::audit::Act;
use filo_core::company::Language;
use filo_core::id::UserId;
use filo_store::user::{self, UserRow};
use filo_store::{key, session};

use super::throttle::Pace;
use super::{OpenedSession, Stage, address, hash_of, person_name, role_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// Tries of one address of the network, whatever the account.
const OF_ADDRESS: Pace = Pace {
    burst: 30,
    every_s: 2,
};
/// Tries of one account from one address of the network.
const OF_BOTH: Pace = Pace {
    burst: 10,
    every_s: 6,
};
/// Tries of one account from everywhere: so many that its owner is not kept out by others.
const OF_ACCOUNT: Pace = Pace {
    burst: 60,
    every_s: 1,
};
/// Codes are short: few tries.
const OF_CODE: Pace = Pace {
    burst: 5,
    every_s: 30,
};
/// What a stranger leaves from one address of the network: a family's worth in an hour.
const OF_STRANGER: Pace = Pace {
    burst: 6,
    every_s: 600,
};
/// Longer texts are no password and are not hashed.
const PASSWORD_BYTES_MOST: usize = 1024;

/// From where somebody comes.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The address of the network, if it is known.
    pub address: Option<IpAddr>,
    /// What the browser says it is.
    pub agent: String,
}

/// Somebody who makes their account.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// What people call them.
    pub name: String,
    /// Where they log in with.
    pub email: String,
    /// In which language they read.
    pub language: Language,
    /// As they typed it.
    pub password: String,
}

impl App {
    /// Logs in with e-mail and password; none if they are not right.
    ///
    /// # Errors
    /// [`Error::TooOften`] if it was tried too often, or by too many at once.
    pub async fn log_in(
        &self,
        email: &str,
        password: &str,
        visit: &Visit,
    ) -> Result<Option<OpenedSession>> {
        let email = address(email).unwrap_or_default();
        let both = self.count_try(&email, visit)?;
        let known = {
            let mut tx = self.shared().db.read().await?;
            user::by_email(&mut tx, &email).await?
        };
        let known = known.filter(|user| user.disabled_at.is_none());
        let fits = password.len() <= PASSWORD_BYTES_MOST;
        let stored = known.as_ref().map(|user| &*user.password).filter(|_| fits);
        let typed = if fits { password } else { "" };
        let is_right = self.door().hasher.is_right(typed, stored).await?;
        let Some(user) = known.filter(|_| is_right) else {
            self.note_failed_login().await?;
            return Ok(None);
        };
        self.door().throttle.forgive(&both);
        let stage = if user.factor_since.is_some() {
            Stage::Code
        } else {
            self.stage_of(&user, role_of(&user)?).await?
        };
        self.open_session(&user, stage, visit).await.map(Some)
    }

    /// The second step: a code of the second factor, or a recovery code. None if it is not right.
    ///
    /// # Errors
    /// If it was tried too often, or the actor is not at this step.
    pub async fn log_in_with_code(
        &self,
        actor: &Actor,
        code: &str,
        visit: &Visit,
    ) -> Result<Option<OpenedSession>> {
        let user = self.own_row(actor).await?;
        if !self.is_right_code(&user, code).await? {
            self.note_failed_login().await?;
            return Ok(None);
        }
        if let Some(half) = actor.session {
            let mut tx = self.shared().db.begin().await?;
            session::end(&mut tx, half).await?;
            tx.commit().await?;
        }
        self.open_session(&user, Stage::Whole, visit)
            .await
            .map(Some)
    }

    /// Whether a printed link works now; looking does not use it up.
    #[must_use]
    pub fn is_login_link(&self, text: &str) -> bool {
        self.login_row(text).is_some()
    }

    /// The operator's way in: a printed link, once. None if it does not work.
    ///
    /// # Errors
    /// If it was tried too often.
    pub async fn log_in_with_link(
        &self,
        text: &str,
        visit: &Visit,
    ) -> Result<Option<OpenedSession>> {
        self.count_try("", visit)?;
        let Some(row) = self.login_row(text) else {
            self.note_failed_login().await?;
            return Ok(None);
        };
        let mut tx = self.shared().db.begin().await?;
        if !key::revoke(&mut tx, row.id, self.now()).await? {
            return Ok(None);
        }
        let opened = self
            .begin_session(&mut tx, None, Stage::Whole, &visit.agent)
            .await?;
        tx.commit().await?;
        self.forget_key(row.id);
        Ok(Some(opened))
    }

    /// The first account, an owner's, made with a printed link; none if the link does not work.
    ///
    /// # Errors
    /// If a field is wrong, or there is an account already.
    pub async fn make_owner(
        &self,
        text: &str,
        newcomer: Newcomer,
        visit: &Visit,
    ) -> Result<Option<OpenedSession>> {
        self.count_try("", visit)?;
        let Some(link) = self.login_row(text) else {
            return Ok(None);
        };
        let row = self.account_of(newcomer, Role::Owner).await?;
        let mut tx = self.shared().db.begin().await?;
        // Whoever uses the link up first makes the account.
        if !key::revoke(&mut tx, link.id, self.now()).await? {
            return Ok(None);
        }
        if user::count(&mut tx).await? > 0 || !user::insert(&mut tx, &row).await? {
            return Err(Error::Conflict("there is an account already".to_owned()));
        }
        let made = Actor::operator().did(Act::OwnerMade, self.now());
        record(&mut tx, &made.about(row.id)).await?;
        let opened = self
            .begin_session(&mut tx, Some(&row), Stage::Whole, &visit.agent)
            .await?;
        tx.commit().await?;
        self.forget_key(link.id);
        Ok(Some(opened))
    }

    /// Proves once more who one is; false if the password is not right.
    ///
    /// # Errors
    /// If it was tried too often, or the actor has no password.
    pub async fn confirm_password(
        &self,
        actor: &Actor,
        password: &str,
        visit: &Visit,
    ) -> Result<bool> {
        let user = self.own_row(actor).await?;
        let both = self.count_try(&user.email, visit)?;
        if !self.is_own_password(&user, password).await? {
            return Ok(false);
        }
        self.door().throttle.forgive(&both);
        if let Some(session) = actor.session {
            let mut tx = self.shared().db.begin().await?;
            session::confirm(&mut tx, session, self.now()).await?;
            tx.commit().await?;
        }
        Ok(true)
    }

    pub(super) async fn is_own_password(&self, user: &UserRow, typed: &str) -> Result<bool> {
        let fits = typed.len() <= PASSWORD_BYTES_MOST;
        let hasher = &self.door().hasher;
        Ok(fits && hasher.is_right(typed, Some(&user.password)).await?)
    }

    /// Counts a try at an account, and gives the key under which a right one is forgiven.
    pub(super) fn count_try(&self, email: &str, visit: &Visit) -> Result<String> {
        let now = self.now();
        let from = visit.address.map(network).unwrap_or_default();
        let both = format!("both {from} {email}");
        let mut tries = Vec::new();
        if visit.address.is_some() {
            tries.push((format!("address {from}"), OF_ADDRESS));
        }
        if !email.is_empty() {
            tries.push((both.clone(), OF_BOTH));
            tries.push((format!("account {email}"), OF_ACCOUNT));
        }
        for (key, pace) in tries {
            let counted = self.door().throttle.admit(&key, pace, now);
            counted.map_err(|retry_after_s| Error::TooOften { retry_after_s })?;
        }
        Ok(both)
    }

    /// Counts a try at a code.
    pub(super) fn admit_code(&self, user: UserId) -> Result<()> {
        let key = format!("code {user}");
        let counted = self.door().throttle.admit(&key, OF_CODE, self.now());
        counted.map_err(|retry_after_s| Error::TooOften { retry_after_s })
    }

    /// Counts something that anybody may do without showing who they are.
    pub(crate) fn admit_stranger(&self, what: &'static str, from: Option<IpAddr>) -> Result<()> {
        let from = from.map(network).unwrap_or_default();
        let key = format!("{what} {from}");
        let counted = self.door().throttle.admit(&key, OF_STRANGER, self.now());
        counted.map_err(|retry_after_s| Error::TooOften { retry_after_s })
    }

    /// An account as it will be kept.
    pub(super) async fn account_of(&self, newcomer: Newcomer, role: Role) -> Result<UserRow> {
        let email = address(&newcomer.email)?;
        let name = person_name(&newcomer.name)?.to_owned();
        let password = self
            .taken_password(&newcomer.password, &name, &email)
            .await?;
        Ok(UserRow {
            id: UserId(self.spare_id()),
            name,
            email,
            role: role.word().to_owned(),
            language: newcomer.language.tag().to_owned(),
            password,
            credential_epoch: 0,
            factor_seed: None,
            factor_since: None,
            factor_step: 0,
            created_at: self.now(),
            disabled_at: None,
        })
    }

    async fn open_session(
        &self,
        user: &UserRow,
        stage: Stage,
        visit: &Visit,
    ) -> Result<OpenedSession> {
        let mut tx = self.shared().db.begin().await?;
        let opened = self
            .begin_session(&mut tx, Some(user), stage, &visit.agent)
            .await?;
        tx.commit().await?;
        Ok(opened)
    }

    fn login_row(&self, text: &str) -> Option<key::KeyRow> {
        let row = self.keyring().row_of_hash(&hash_of(text), self.now())?;
        (row.kind == key::KeyKind::Login).then_some(row)
    }
}

/// An IPv6 subscriber owns a /64: each of its addresses would otherwise have tries of its own.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}
