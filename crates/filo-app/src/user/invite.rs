//! Inviting people of the company.
//!
//! **Invariant:** an invitation works once, for 48 hours, for one address and one role; who
//! follows it cannot choose another.

use anyhow::Context as _;
use filo_core::access::{Right, Role};
use filo_core::audit::{Act, Token};
use filo_core::id::InviteId;
use filo_core::time::Timestamp;
use filo_store::invite::{self, InviteRow};
use filo_store::user;

use super::session::actor_of;
use super::{Newcomer, OpenedSession, Stage, Visit, address, hash_of, role_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::mail::Told;

const VALID_SECONDS: i64 = 48 * 3_600;
const LISTED_MOST: u32 = 200;
const PREFIX: &str = "filo_inv_";

/// What has become of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteState {
    /// It can be followed.
    Open,
    /// An account was made with it.
    Used,
    /// It was taken back.
    Revoked,
    /// Nobody followed it in time.
    Expired,
}

/// An invitation as it is shown.
#[derive(Debug, Clone)]
pub struct InviteView {
    /// Its id.
    pub id: InviteId,
    /// Whom it is for.
    pub email: String,
    /// The role they get.
    pub role: Role,
    /// Who invited.
    pub invited_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be followed.
    pub expires_at: Timestamp,
    /// What has become of it.
    pub state: InviteState,
}

/// An invitation as it is handed over: the only moment its link is known.
#[derive(Debug, Clone)]
pub struct CreatedInvite {
    /// Its id.
    pub id: InviteId,
    /// The whole address to send.
    pub link: String,
    /// Until when it can be followed.
    pub expires_at: Timestamp,
    /// Whether it could also be sent to them.
    pub told: Told,
}

impl App {
    /// Invites somebody; an earlier invitation of theirs ends.
    ///
    /// # Errors
    /// If the actor may not, the role stands above theirs, or the address has an account.
    pub async fn invite(&self, actor: &Actor, email: &str, role: Role) -> Result<CreatedInvite> {
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        if !actor.rank.may_grant(role) {
            return Err(Error::Forbidden("nobody invites to a role above their own"));
        }
        let email = address(email)?;
        let text = self.secret_text(PREFIX);
        let now = self.now();
        let row = InviteRow {
            id: InviteId(self.spare_id()),
            hash: hash_of(&text),
            email,
            role: role.word().to_owned(),
            invited_by: actor.name.clone(),
            created_at: now,
            expires_at: now.plus_seconds(VALID_SECONDS),
            used_at: None,
            revoked_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        if user::by_email(&mut tx, &row.email).await?.is_some() {
            return Err(Error::invalid("email", "taken"));
        }
        invite::revoke_for(&mut tx, &row.email, now).await?;
        invite::insert(&mut tx, &row).await?;
        let entry = actor.did(Act::Invited, now).about(row.id);
        record(&mut tx, &entry.with("role", Token::word(role.word()))).await?;
        tx.commit().await?;
        let link = format!("{}/invite?key={text}", self.config().public_url);
        let told = self.mail_invitation(&row.email, &actor.name, &link).await;
        Ok(CreatedInvite {
            id: row.id,
            link,
            expires_at: row.expires_at,
            told,
        })
    }

    /// Invitations, the newest first.
    ///
    /// # Errors
    /// If the actor may not manage users.
    pub async fn invites(&self, actor: &Actor) -> Result<Vec<InviteView>> {
        actor.must(Right::ManageUsers)?;
        let mut tx = self.shared().db.read().await?;
        let rows = invite::list(&mut tx, LISTED_MOST).await?;
        let now = self.now();
        rows.into_iter().map(|row| view(row, now)).collect()
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// If the actor may not, or there is none to take back.
    pub async fn revoke_invite(&self, actor: &Actor, id: InviteId) -> Result<()> {
        actor.must(Right::ManageUsers)?;
        let mut tx = self.shared().db.begin().await?;
        let row = invite::get(&mut tx, id)
            .await?
            .ok_or(Error::Missing("invite"))?;
        if !actor.rank.may_grant(stored_role(&row)?) {
            return Err(Error::Forbidden("nobody changes who stands above them"));
        }
        if !invite::revoke(&mut tx, id, self.now()).await? {
            return Err(Error::Conflict(
                "it was used or taken back already".to_owned(),
            ));
        }
        let entry = actor.did(Act::InviteRevoked, self.now()).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The invitation of a link, if it works; looking does not use it up.
    ///
    /// # Errors
    /// If links were tried too often.
    pub async fn invite_of_link(&self, text: &str, visit: &Visit) -> Result<Option<InviteView>> {
        self.count_try("", visit)?;
        let mut tx = self.shared().db.read().await?;
        let row = invite::by_hash(&mut tx, &hash_of(text), self.now()).await?;
        row.map(|row| view(row, self.now())).transpose()
    }

    /// Makes the account of an invitation, once; none if the link does not work. The address and
    /// the role are those of the invitation.
    ///
    /// # Errors
    /// If a field is wrong.
    pub async fn accept_invite(
        &self,
        text: &str,
        newcomer: Newcomer,
        visit: &Visit,
    ) -> Result<Option<OpenedSession>> {
        let Some(invited) = self.invite_of_link(text, visit).await? else {
            return Ok(None);
        };
        let newcomer = Newcomer {
            email: invited.email,
            ..newcomer
        };
        let row = self.account_of(newcomer, invited.role).await?;
        let mut tx = self.shared().db.begin().await?;
        if !invite::use_up(&mut tx, invited.id, self.now()).await? {
            return Ok(None);
        }
        if !user::insert(&mut tx, &row).await? {
            return Err(Error::Conflict("this address has an account".to_owned()));
        }
        let stage = self.stage_of(&row, role_of(&row)?).await?;
        let accepted = actor_of(Some(row.id)).did(Act::InviteAccepted, self.now());
        record(&mut tx, &accepted.about(invited.id)).await?;
        let opened = self
            .begin_session(&mut tx, Some(&row), stage, &visit.agent)
            .await?;
        debug_assert!(opened.stage != Stage::Code);
        tx.commit().await?;
        Ok(Some(opened))
    }
}

fn stored_role(row: &InviteRow) -> Result<Role> {
    let role = Role::from_word(&row.role);
    Ok(role.with_context(|| format!("{} has the unknown role {}", row.id, row.role))?)
}

fn view(row: InviteRow, now: Timestamp) -> Result<InviteView> {
    let state = match (row.used_at, row.revoked_at) {
        (Some(_), _) => InviteState::Used,
        (None, Some(_)) => InviteState::Revoked,
        (None, None) if row.expires_at <= now => InviteState::Expired,
        (None, None) => InviteState::Open,
    };
    Ok(InviteView {
        role: stored_role(&row)?,
        id: row.id,
        email: row.email,
        invited_by: row.invited_by,
        created_at: row.created_at,
        expires_at: row.expires_at,
        state,
    })
}
