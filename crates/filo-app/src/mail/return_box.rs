//! The settings of the mailbox to which mail comes back, with its password in the vault.
//!
//! **Invariant:** the password leaves the vault only into a conversation with the mailbox that it
//! was given for: a change of machine or user needs it anew.

use std::sync::Arc;

use filo_connect::SystemNetwork;
use filo_connect::mail::{Account, Mailbox, MailboxFault, Opened};
use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::mail::{Afterwards, ReturnBox};
use filo_store::return_box::{self, ReturnBoxRow};
use filo_store::{Tx, setting};

use super::account::ROW;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

const SETTING: &str = "mail_return_box";
const PASSWORD_LETTERS_MOST: usize = 500;
const PASSWORD: Place = Place {
    table: "mail_return_box",
    column: "password",
};

/// The mailbox as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnBoxView {
    /// What the owner says.
    pub settings: ReturnBox,
    /// 0 until somebody has said anything.
    pub version: i64,
    /// There is a password.
    pub has_password: bool,
    /// How far it was looked through; none before the first time.
    pub state: Option<ReturnBoxRow>,
}

/// What is to be saved.
#[derive(Debug, Clone)]
pub struct ReturnBoxChange {
    /// The settings.
    pub settings: ReturnBox,
    /// A new password; none keeps the one there is.
    pub password: Option<String>,
    /// The version that was read.
    pub version: i64,
}

impl App {
    /// The mailbox as it stands.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn return_box(&self, actor: &Actor) -> Result<ReturnBoxView> {
        actor.must(Right::ManageSettings)?;
        let mut tx = self.shared().db.read().await?;
        let (settings, version) = stored(&mut tx).await?;
        let password = self.vault().reveal(&mut tx, PASSWORD, ROW).await?;
        let state = return_box::get(&mut tx, &settings.name()).await?;
        Ok(ReturnBoxView {
            settings,
            version,
            has_password: password.is_some(),
            state,
        })
    }

    /// Saves the mailbox. It is looked into soon after, if it is on.
    ///
    /// # Errors
    /// If the actor may not, something is wrong (the first defect is named), or somebody else
    /// changed it meanwhile.
    pub async fn change_return_box(
        &self,
        actor: &Actor,
        change: ReturnBoxChange,
    ) -> Result<ReturnBoxView> {
        actor.must(Right::ManageSettings)?;
        let now = self.now();
        actor.must_be_fresh(now)?;
        let settings = change.settings.tidied();
        if let Some(defect) = settings.defects().first() {
            return Err(Error::invalid(defect.field, defect.reason));
        }
        let mut tx = self.shared().db.begin().await?;
        let (before, _) = stored(&mut tx).await?;
        let password = change.password.filter(|typed| !typed.is_empty());
        self.keep_box_password(&mut tx, (&before, &settings), password)
            .await?;
        let text = serde_json::to_string(&settings).map_err(anyhow::Error::from)?;
        match setting::put(&mut tx, SETTING, &text, change.version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let name = settings.name();
        return_box::forget_others(&mut tx, &name).await?;
        // Whatever was in the way may be mended.
        let known = return_box::get(&mut tx, &name).await?;
        let state = ReturnBoxRow {
            due_at: now,
            failures: 0,
            failing_since: None,
            fault: String::new(),
            ..known.unwrap_or_else(|| ReturnBoxRow::new(now))
        };
        return_box::put(&mut tx, &name, &state).await?;
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        self.return_box(actor).await
    }

    /// Logs in and opens the folder, and the one that messages are moved to: to see whether it
    /// works. Nothing is read and nothing is marked.
    ///
    /// # Errors
    /// If the actor may not, or there is no mailbox; what the other side said is in the answer.
    pub async fn test_return_box(
        &self,
        actor: &Actor,
    ) -> Result<std::result::Result<Opened, MailboxFault>> {
        actor.must(Right::ManageSettings)?;
        let (settings, account) = self.box_with_account().await?;
        Ok(self.try_return_box(&settings, &account).await)
    }

    async fn try_return_box(
        &self,
        settings: &ReturnBox,
        account: &Account,
    ) -> std::result::Result<Opened, MailboxFault> {
        let mut mailbox = self.open_return_box(settings, account).await?;
        if let Afterwards::Move(folder) = &settings.afterwards {
            mailbox.select(folder).await?;
        }
        let opened = mailbox.select(&settings.folder).await?;
        mailbox.log_out().await;
        Ok(opened)
    }

    /// Logs in.
    pub(super) async fn open_return_box(
        &self,
        settings: &ReturnBox,
        account: &Account,
    ) -> std::result::Result<Mailbox, MailboxFault> {
        let roots = &self.config().outbound.roots_pem;
        Mailbox::open(Arc::new(SystemNetwork), roots, &settings.server, account).await
    }

    /// The settings, with who logs in.
    ///
    /// # Errors
    /// If there is no mailbox yet.
    pub(super) async fn box_with_account(&self) -> Result<(ReturnBox, Account)> {
        let mut tx = self.shared().db.read().await?;
        let (settings, _) = stored(&mut tx).await?;
        let password = self.vault().reveal(&mut tx, PASSWORD, ROW).await?;
        let none = || Error::Conflict("no mailbox is set for mail that comes back".to_owned());
        let password = password.ok_or_else(none)?;
        let account = Account {
            user: settings.server.user.clone(),
            password: String::from_utf8_lossy(&password).into_owned(),
        };
        Ok((settings, account))
    }

    async fn keep_box_password(
        &self,
        tx: &mut Tx<'_>,
        (before, settings): (&ReturnBox, &ReturnBox),
        password: Option<String>,
    ) -> Result<()> {
        let Some(password) = password else {
            let known = self.vault().reveal(tx, PASSWORD, ROW).await?.is_some();
            if known && before.server == settings.server {
                return Ok(());
            }
            return Err(Error::invalid("password", "missing"));
        };
        let is_control = |letter: char| letter.is_control();
        if password.len() > PASSWORD_LETTERS_MOST || password.chars().any(is_control) {
            return Err(Error::invalid("password", "no_password"));
        }
        let drawn = (self.chance().secret(), self.now());
        let at = (PASSWORD, ROW);
        self.vault().keep(tx, at, password.as_bytes(), drawn).await
    }
}

/// What the owner says, with its version.
pub(super) async fn stored(tx: &mut Tx<'_>) -> Result<(ReturnBox, i64)> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok((ReturnBox::default(), 0));
    };
    let settings = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
    Ok((settings, stored.version))
}
