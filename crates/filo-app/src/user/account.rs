//! Looking after accounts: one's own, and those of others.

use filo_core::access::{Right, Role};
use filo_core::audit::{Act, Token};
use filo_core::company::Language;
use filo_core::id::UserId;
use filo_store::user::{self, UserRow};

use super::{UserView, person_name, role_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

use super::session::OpenedSession;

/// A company of more people than this is not listed in one page.
const LISTED_MOST: u32 = 500;

impl App {
    /// Everybody with an account, the first one first.
    ///
    /// # Errors
    /// If the actor may not manage users, or the tables cannot be read.
    pub async fn users(&self, actor: &Actor) -> Result<Vec<UserView>> {
        actor.must(Right::ManageUsers)?;
        let mut tx = self.shared().db.read().await?;
        let rows = user::list(&mut tx, LISTED_MOST).await?;
        rows.into_iter().map(UserView::of).collect()
    }

    /// Whether anybody has an account.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn has_users(&self) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        Ok(user::count(&mut tx).await? > 0)
    }

    /// One's own account; none for the operator and for keys.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn own_account(&self, actor: &Actor) -> Result<Option<UserView>> {
        let Some(id) = actor.user else {
            return Ok(None);
        };
        let mut tx = self.shared().db.read().await?;
        user::get(&mut tx, id).await?.map(UserView::of).transpose()
    }

    /// The account with an address, for the command line.
    ///
    /// # Errors
    /// If the actor may not manage users, or nobody has it.
    pub async fn user_by_email(&self, actor: &Actor, email: &str) -> Result<UserView> {
        actor.must(Right::ManageUsers)?;
        let email = super::address(email)?;
        let mut tx = self.shared().db.read().await?;
        let row = user::by_email(&mut tx, &email).await?;
        UserView::of(row.ok_or(Error::Missing("user"))?)
    }

    /// Changes one's own name and language.
    ///
    /// # Errors
    /// If the name is wrong.
    pub async fn change_own(&self, actor: &Actor, name: &str, language: Language) -> Result<()> {
        let id = actor.user.ok_or(Error::Missing("account"))?;
        let name = person_name(name)?;
        let mut tx = self.shared().db.begin().await?;
        user::set_self(&mut tx, id, name, language.tag()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes one's own password; every other session ends, this one goes on under a new text.
    ///
    /// # Errors
    /// If the old one is wrong or the new one is not to be taken.
    pub async fn change_password(
        &self,
        actor: &Actor,
        old: &str,
        new: &str,
    ) -> Result<OpenedSession> {
        let row = self.own_row(actor).await?;
        if !self.is_own_password(&row, old).await? {
            return Err(Error::invalid("old", "this is not the password so far"));
        }
        let password = self.taken_password(new, &row.name, &row.email).await?;
        let mut tx = self.shared().db.begin().await?;
        user::set_password(&mut tx, row.id, &password).await?;
        let opened = self.go_on(&mut tx, actor, row.id).await?;
        let entry = actor.did(Act::PasswordChanged, self.now()).about(row.id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(opened)
    }

    /// Gives somebody another role; their sessions end.
    ///
    /// # Errors
    /// If the actor may not, the role or the person stands above them, or no owner would be left.
    pub async fn set_role(&self, actor: &Actor, id: UserId, role: Role) -> Result<()> {
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        let owners = user::hold_owners(&mut tx).await?;
        let row = user::get(&mut tx, id)
            .await?
            .ok_or(Error::Missing("user"))?;
        let before = reached(actor, &row)?;
        if !actor.rank.may_grant(role) {
            return Err(Error::Forbidden("nobody gives a role above their own"));
        }
        if before == Role::Owner && role != Role::Owner {
            an_owner_stays(&row, owners)?;
        }
        user::set_role(&mut tx, id, role.word()).await?;
        let entry = actor.did(Act::RoleChanged, self.now()).about(id);
        record(&mut tx, &entry.with("role", Token::word(role.word()))).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lets somebody in no more; their sessions end.
    ///
    /// # Errors
    /// If the actor may not, the person stands above them, or no owner would be left.
    pub async fn disable_user(&self, actor: &Actor, id: UserId) -> Result<()> {
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        let owners = user::hold_owners(&mut tx).await?;
        let row = user::get(&mut tx, id)
            .await?
            .ok_or(Error::Missing("user"))?;
        if reached(actor, &row)? == Role::Owner {
            an_owner_stays(&row, owners)?;
        }
        if row.disabled_at.is_none() {
            user::set_disabled(&mut tx, id, Some(self.now())).await?;
            let entry = actor.did(Act::UserDisabled, self.now()).about(id);
            record(&mut tx, &entry).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Lets somebody in again.
    ///
    /// # Errors
    /// If the actor may not, or the person stands above them.
    pub async fn enable_user(&self, actor: &Actor, id: UserId) -> Result<()> {
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        let row = user::get(&mut tx, id)
            .await?
            .ok_or(Error::Missing("user"))?;
        reached(actor, &row)?;
        user::set_disabled(&mut tx, id, None).await?;
        let entry = actor.did(Act::UserEnabled, self.now()).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn own_row(&self, actor: &Actor) -> Result<UserRow> {
        let id = actor.user.ok_or(Error::Missing("account"))?;
        let mut tx = self.shared().db.read().await?;
        user::get(&mut tx, id)
            .await?
            .ok_or(Error::Missing("account"))
    }
}

/// The role of somebody whom the actor may change.
fn reached(actor: &Actor, row: &UserRow) -> Result<Role> {
    let role = role_of(row)?;
    if actor.rank.may_grant(role) {
        Ok(role)
    } else {
        Err(Error::Forbidden("nobody changes who stands above them"))
    }
}

fn an_owner_stays(row: &UserRow, owners: i64) -> Result<()> {
    if row.disabled_at.is_none() && owners <= 1 {
        return Err(Error::Conflict(
            "this is the last owner: make another owner first".to_owned(),
        ));
    }
    Ok(())
}
