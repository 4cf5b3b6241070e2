//! Giving an account the directory's way in, taking it away, and an invitation followed with it.

use filo_connect::oidc::Identity;
use filo_core::access::Role;
use filo_core::audit::Act;
use filo_core::id::UserId;
use filo_core::time::Timestamp;
use filo_store::invite::{self, InviteRow};
use filo_store::sign_on::{self, JourneyRow};
use filo_store::user::{self, UserRow};

use super::super::session::actor_of;
use super::super::{NAME_CHARS_MOST, OpenedSession, Visit, address};
use super::journey::{SignOnOutcome, SignOnRefusal};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

impl App {
    /// Since when one's own account has the directory's way in.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn own_sign_on(&self, actor: &Actor) -> Result<Option<Timestamp>> {
        let (Some(owner), Some(issuer)) = (actor.user, self.sign_on_issuer().await?) else {
            return Ok(None);
        };
        let mut tx = self.shared().db.read().await?;
        Ok(sign_on::linked_at(&mut tx, owner, &issuer).await?)
    }

    /// Takes the directory's way into one's own account away; every other session ends.
    ///
    /// # Errors
    /// If there is none, or the actor did not prove who they are a moment ago.
    pub async fn unlink_sign_on(&self, actor: &Actor) -> Result<OpenedSession> {
        actor.must_be_fresh(self.now())?;
        let owner = actor.user.ok_or(Error::Missing("account"))?;
        let mut tx = self.shared().db.begin().await?;
        if !sign_on::unlink(&mut tx, owner).await? {
            return Err(Error::Missing("link"));
        }
        let opened = self.go_on(&mut tx, actor, owner).await?;
        let entry = actor.did(Act::SignOnUnlinked, self.now()).about(owner);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(opened)
    }

    pub(super) async fn link(
        &self,
        actor: &Actor,
        owner: UserId,
        row: &JourneyRow,
        identity: &Identity,
    ) -> Result<SignOnOutcome> {
        let mut tx = self.shared().db.begin().await?;
        let who = (&*row.issuer, &*identity.subject);
        if !sign_on::link(&mut tx, who, owner, self.now()).await? {
            return Ok(SignOnOutcome::Refused(SignOnRefusal::Taken));
        }
        let opened = self.go_on(&mut tx, actor, owner).await?;
        let entry = actor.did(Act::SignOnLinked, self.now()).about(owner);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(SignOnOutcome::Linked(opened))
    }

    pub(super) async fn follow_invite(
        &self,
        invited: &[u8; 32],
        (row, identity, email): (&JourneyRow, &Identity, &str),
        visit: &Visit,
    ) -> Result<SignOnOutcome> {
        let refused = |why| Ok(SignOnOutcome::Refused(why));
        let mut tx = self.shared().db.begin().await?;
        let now = self.now();
        let found = invite::by_hash(&mut tx, invited, now).await?;
        let found = found.filter(|found| address(email).is_ok_and(|it| it == found.email));
        let Some(found) = found else {
            return refused(SignOnRefusal::NotInvited);
        };
        if !invite::use_up(&mut tx, found.id, now).await? {
            return refused(SignOnRefusal::NotInvited);
        }
        let account = self.account_without_password(&found, identity, row)?;
        let who = (&*row.issuer, &*identity.subject);
        if !user::insert(&mut tx, &account).await?
            || !sign_on::link(&mut tx, who, account.id, now).await?
        {
            return refused(SignOnRefusal::Taken);
        }
        let accepted = actor_of(Some(account.id)).did(Act::InviteAccepted, now);
        record(&mut tx, &accepted.about(found.id)).await?;
        let opened = self.open_for(&mut tx, account.id, visit).await?;
        let opened = opened.ok_or(Error::Missing("account"))?;
        tx.commit().await?;
        Ok(SignOnOutcome::In(opened, "/".to_owned()))
    }

    /// Nobody knows its password: there is none, and no text is right for it.
    fn account_without_password(
        &self,
        invited: &InviteRow,
        identity: &Identity,
        row: &JourneyRow,
    ) -> Result<UserRow> {
        let role = Role::from_word(&invited.role).ok_or(Error::Missing("role"))?;
        let said = identity.name.as_deref().unwrap_or_default();
        let clean: String = said.chars().filter(|letter| !letter.is_control()).collect();
        let named = clean.trim();
        let named = if named.is_empty() {
            invited.email.split('@').next().unwrap_or_default()
        } else {
            named
        };
        // The language they read the invitation in came along with the way.
        let language = if row.next == "en" { "en" } else { "it" };
        Ok(UserRow {
            id: UserId(self.spare_id()),
            name: named.chars().take(NAME_CHARS_MOST).collect(),
            email: invited.email.clone(),
            role: role.word().to_owned(),
            language: language.to_owned(),
            password: String::new(),
            credential_epoch: 0,
            factor_seed: None,
            factor_since: None,
            factor_step: 0,
            created_at: self.now(),
            disabled_at: None,
        })
    }
}
