//! Setting a forgotten password anew, with a link that somebody above hands over.
//!
//! **Invariant:** a link works once, for an hour; using it ends every session. There is no way
//! to ask for one without being known, so nobody learns from it who has an account.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::company::Language;
use filo_core::id::UserId;
use filo_store::user;

use super::session::actor_of;
use super::{Visit, hash_of, role_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::mail::Told;

const VALID_SECONDS: i64 = 3_600;
const PREFIX: &str = "filo_rst_";

/// A link as it is handed over: the only moment it is known.
#[derive(Debug, Clone)]
pub struct PasswordLink {
    /// The whole address.
    pub link: String,
    /// Whether it could also be sent to them.
    pub told: Told,
}

impl App {
    /// Makes a link for somebody below; an earlier one of theirs ends.
    ///
    /// # Errors
    /// If the actor may not, or the person does not stand below them.
    pub async fn password_link(&self, actor: &Actor, id: UserId) -> Result<PasswordLink> {
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        let row = user::get(&mut tx, id)
            .await?
            .ok_or(Error::Missing("user"))?;
        // The operator owns the data folder, and is the way back in for the last owner.
        let is_operator = actor.user.is_none() && actor.key.is_none();
        if !is_operator && !actor.rank.is_above(role_of(&row)?) {
            return Err(Error::Forbidden(
                "only for people below; for an owner: filo user reset",
            ));
        }
        let text = self.secret_text(PREFIX);
        let expires_at = self.now().plus_seconds(VALID_SECONDS);
        user::insert_reset(&mut tx, &hash_of(&text), id, expires_at).await?;
        let entry = actor.did(Act::PasswordLinkMade, self.now()).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        let link = format!("{}/reset?key={text}", self.config().public_url);
        let language = Language::from_tag(&row.language).unwrap_or_default();
        let told = self.mail_password_link(&row.email, language, &link).await;
        Ok(PasswordLink { link, told })
    }

    /// Whether a link works; looking does not use it up.
    ///
    /// # Errors
    /// If links were tried too often.
    pub async fn is_password_link(&self, text: &str, visit: &Visit) -> Result<bool> {
        self.count_try("", visit)?;
        let mut tx = self.shared().db.read().await?;
        let owner = user::reset_owner(&mut tx, &hash_of(text), self.now()).await?;
        Ok(owner.is_some())
    }

    /// Sets the password anew; false if the link does not work. Every session ends, and the new
    /// password has to be used to come in.
    ///
    /// # Errors
    /// If the password is not to be taken.
    pub async fn set_password_with_link(
        &self,
        text: &str,
        password: &str,
        visit: &Visit,
    ) -> Result<bool> {
        self.count_try("", visit)?;
        let hash = hash_of(text);
        let row = {
            let mut tx = self.shared().db.read().await?;
            match user::reset_owner(&mut tx, &hash, self.now()).await? {
                Some(owner) => user::get(&mut tx, owner).await?,
                None => None,
            }
        };
        let Some(row) = row else { return Ok(false) };
        let password = self.taken_password(password, &row.name, &row.email).await?;
        let mut tx = self.shared().db.begin().await?;
        if !user::use_reset(&mut tx, &hash, self.now()).await? {
            return Ok(false);
        }
        user::set_password(&mut tx, row.id, &password).await?;
        let entry = actor_of(Some(row.id)).did(Act::PasswordChanged, self.now());
        record(&mut tx, &entry.about(row.id)).await?;
        tx.commit().await?;
        Ok(true)
    }
}
