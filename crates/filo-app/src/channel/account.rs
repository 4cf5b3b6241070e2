//! The accounts: read, changed by one at a time, with the secrets in the vault.
//!
//! **Invariant:** an account that was disconnected keeps its secrets, so that it can be connected
//! again; one that was removed leaves none behind.

use std::collections::BTreeMap;

use filo_connect::channel::{http, site};
use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::channel::{Account, Carrier, Secret};
use filo_core::message::Medium;
use filo_store::{Tx, setting, web_push};

use super::web_push::Browsers;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

/// Where notifications go: to the services of those who make browsers.
const PUSH_SERVICES: &str =
    "fcm.googleapis.com, updates.push.services.mozilla.com, web.push.apple.com, notify.windows.com";
/// Bytes of a secret.
const SECRET_BYTES_MOST: usize = 1_000;

/// The account of a medium as it stands, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelView {
    /// By what it carries.
    pub medium: Medium,
    /// The account; none: messages stay here.
    pub account: Option<Account>,
    /// 0 until somebody has said anything.
    pub version: i64,
    /// The secrets that there are.
    pub has: Vec<Secret>,
    /// Where the carrier tells what came back.
    pub hook: String,
    /// Whether it can be reached there: over https, from outside.
    pub is_public: bool,
    /// Of notifications: what browsers are given, and how many take them.
    pub browsers: Option<Browsers>,
}

/// An account as it is to be.
#[derive(Debug, Clone)]
pub struct ChannelChange {
    /// The account; it is connected.
    pub account: Account,
    /// New secrets; one that is not among them stays what it is.
    pub secrets: BTreeMap<Secret, String>,
    /// The version that was read.
    pub version: i64,
}

impl ChannelView {
    /// The account over which messages leave, if one is connected.
    #[must_use]
    pub fn connected(&self) -> Option<&Account> {
        self.account.as_ref().filter(|account| account.is_connected)
    }
}

impl App {
    /// The media that an account can be connected for.
    #[must_use]
    pub fn channel_media() -> Vec<Medium> {
        let media = Medium::ALL.into_iter();
        media
            .filter(|medium| Carrier::of(*medium).next().is_some())
            .collect()
    }

    /// All accounts, one for each medium.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn channels(&self, actor: &Actor) -> Result<Vec<ChannelView>> {
        actor.must(Right::ManageSettings)?;
        let mut views = Vec::new();
        for medium in Self::channel_media() {
            views.push(self.channel_as_it_stands(medium).await?);
        }
        Ok(views)
    }

    /// The account of a medium.
    ///
    /// # Errors
    /// If the actor may not see settings, or nobody carries the medium.
    pub async fn channel(&self, actor: &Actor, medium: Medium) -> Result<ChannelView> {
        actor.must(Right::ManageSettings)?;
        self.channel_as_it_stands(medium).await
    }

    pub(crate) async fn channel_as_it_stands(&self, medium: Medium) -> Result<ChannelView> {
        let name = setting_of(medium)?;
        let mut tx = self.shared().db.read().await?;
        let (account, version) = stored(&mut tx, name).await?;
        let mut has = Vec::new();
        for secret in Secret::ALL {
            let kept = self.vault().reveal(&mut tx, place(secret), row_of(medium));
            if kept.await?.is_some() {
                has.push(secret);
            }
        }
        let browsers = match medium {
            Medium::Push => self.browsers(&mut tx).await?,
            _ => None,
        };
        let base = self.shared().links.base();
        Ok(ChannelView {
            browsers,
            medium,
            account,
            version,
            has,
            hook: format!("{base}/public/channels/{}", medium.word()),
            is_public: base.starts_with("https://"),
        })
    }

    /// A secret of the account, as text.
    pub(super) async fn channel_secret(
        &self,
        medium: Medium,
        secret: Secret,
    ) -> Result<Option<String>> {
        let mut tx = self.shared().db.read().await?;
        let kept = self.vault().reveal(&mut tx, place(secret), row_of(medium));
        Ok(kept
            .await?
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Connects an account, in the place of the one there is.
    ///
    /// # Errors
    /// If the actor may not, something is wrong (the first defect is named), or somebody else
    /// changed it meanwhile.
    pub async fn change_channel(
        &self,
        actor: &Actor,
        medium: Medium,
        change: ChannelChange,
    ) -> Result<ChannelView> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let name = setting_of(medium)?;
        let account = Account {
            is_connected: true,
            ..change.account.tidied(medium)
        };
        if let Some(defect) = account.defects(medium).first() {
            return Err(Error::invalid(defect.field, defect.reason));
        }
        if account.carrier == Carrier::Http {
            let target = self.shared().client.target(&account.account);
            target.map_err(|refusal| Error::invalid("account", refusal.to_string()))?;
        }
        let known = self.channel_as_it_stands(medium).await?.version;
        if known != change.version {
            // Before the carrier is told anything.
            let why = format!("{name} was changed by somebody else meanwhile");
            return Err(Error::Conflict(why));
        }
        let (account, hook) = self.asked_of(medium, account, &change.secrets).await?;
        let mut tx = self.shared().db.begin().await?;
        if let Some(hook) = hook {
            let drawn = (self.chance().secret(), self.now());
            let at = (place(Secret::Hook), row_of(medium));
            self.vault()
                .keep(&mut tx, at, hook.as_bytes(), drawn)
                .await?;
        }
        if account.carrier == Carrier::WebPush {
            self.keep_vapid_key(&mut tx).await?;
        }
        let (before, _) = stored(&mut tx, name).await?;
        let is_same = before.as_ref().is_some_and(|before| {
            (before.carrier, &before.account) == (account.carrier, &account.account)
        });
        let given = (medium, &account, is_same);
        self.keep_secrets(&mut tx, given, &change.secrets).await?;
        let put = (name, change.version);
        self.save_channel(tx, actor, Some(&account), put).await?;
        self.channel_as_it_stands(medium).await
    }

    /// Keeps the secrets that are given, and lets those go that the carrier does not need.
    async fn keep_secrets(
        &self,
        tx: &mut Tx<'_>,
        (medium, account, is_same): (Medium, &Account, bool),
        secrets: &BTreeMap<Secret, String>,
    ) -> Result<()> {
        for secret in Secret::ALL {
            let given = secrets.get(&secret).map(|text| text.trim());
            let wanted = account.carrier.secrets().contains(&secret);
            let at = (place(secret), row_of(medium));
            match given.filter(|text| !text.is_empty() && wanted) {
                Some(text) => {
                    let is_one = text.len() <= SECRET_BYTES_MOST
                        && text.bytes().all(|byte| byte.is_ascii_graphic());
                    let is_http = account.carrier == Carrier::Http;
                    if secret == Secret::Identity && text.len() < site::SECRET_CHARS_LEAST {
                        return Err(Error::invalid(secret.word(), "too_short"));
                    }
                    if is_http && http::secret(text).is_none() {
                        return Err(Error::invalid(secret.word(), "no_signing"));
                    }
                    if !is_one {
                        return Err(Error::invalid(secret.word(), "no_secret"));
                    }
                    let drawn = (self.chance().secret(), self.now());
                    let vault = self.vault();
                    vault.keep(tx, at, text.as_bytes(), drawn).await?;
                }
                None if wanted && account.carrier.does_without_secrets() => {}
                None if wanted => {
                    let known = self.vault().reveal(tx, at.0, at.1).await?;
                    // What opens one account opens no other.
                    if known.is_none() || !is_same {
                        return Err(Error::invalid(secret.word(), "missing"));
                    }
                }
                None if account.carrier.made_secret() == Some(secret) => {}
                None => self.vault().forget(tx, at.0, at.1).await?,
            }
        }
        Ok(())
    }

    /// Disconnects an account, or connects it again: it is kept with its secrets meanwhile.
    ///
    /// # Errors
    /// If the actor may not, or there is no account.
    pub async fn switch_channel(
        &self,
        actor: &Actor,
        medium: Medium,
        is_connected: bool,
    ) -> Result<ChannelView> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let name = setting_of(medium)?;
        let mut tx = self.shared().db.begin().await?;
        let (before, version) = stored(&mut tx, name).await?;
        let account = Account {
            is_connected,
            ..before.ok_or(Error::Missing("account"))?
        };
        let put = (name, version);
        self.save_channel(tx, actor, Some(&account), put).await?;
        self.channel_as_it_stands(medium).await
    }

    /// Removes an account with its secrets. That cannot be taken back.
    ///
    /// # Errors
    /// If the actor may not, or there is no account.
    pub async fn remove_channel(&self, actor: &Actor, medium: Medium) -> Result<()> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let name = setting_of(medium)?;
        let mut tx = self.shared().db.begin().await?;
        let (before, version) = stored(&mut tx, name).await?;
        before.ok_or(Error::Missing("account"))?;
        for secret in Secret::ALL {
            let at = (place(secret), row_of(medium));
            self.vault().forget(&mut tx, at.0, at.1).await?;
        }
        if medium == Medium::Push {
            web_push::remove_all(&mut tx).await?;
        }
        self.save_channel(tx, actor, None, (name, version)).await
    }

    /// The host name of whoever carries.
    pub(crate) fn host_of_carrier(&self, account: &Account) -> String {
        let url = match account.carrier {
            // Each browser names its own.
            Carrier::WebPush => PUSH_SERVICES,
            // Who comes to the company's own site is told there.
            Carrier::Site => "",
            Carrier::Twilio => self.config().channel_hosts.twilio.as_str(),
            Carrier::WhatsappCloud => self.config().channel_hosts.graph.as_str(),
            Carrier::Telegram => self.config().channel_hosts.telegram.as_str(),
            Carrier::Http => account.account.as_str(),
        };
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest).to_owned()
    }

    async fn save_channel(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        account: Option<&Account>,
        (name, version): (&'static str, i64),
    ) -> Result<()> {
        let text = serde_json::to_string(&account).map_err(anyhow::Error::from)?;
        match setting::put(&mut tx, name, &text, version, self.now()).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, self.now());
        record(&mut tx, &entry.with("name", Token::word(name))).await?;
        Ok(tx.commit().await?)
    }
}

async fn stored(tx: &mut Tx<'_>, name: &str) -> Result<(Option<Account>, i64)> {
    let Some(stored) = setting::get(tx, name).await? else {
        return Ok((None, 0));
    };
    let account = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
    Ok((account, stored.version))
}

/// The setting of a medium's account.
fn setting_of(medium: Medium) -> Result<&'static str> {
    match medium {
        Medium::Sms => Ok("channel_sms"),
        Medium::Whatsapp => Ok("channel_whatsapp"),
        Medium::Telegram => Ok("channel_telegram"),
        Medium::Push => Ok("channel_push"),
        Medium::InApp => Ok("channel_in_app"),
        Medium::Email | Medium::Call | Medium::Counter => Err(Error::Missing("channel")),
    }
}

pub(super) const fn place(secret: Secret) -> Place {
    Place {
        table: "channel",
        column: secret.word(),
    }
}

/// There is one account for each medium.
pub(super) fn row_of(medium: Medium) -> [u8; 16] {
    let mut row = [0; 16];
    let word = medium.word().as_bytes();
    row[..word.len()].copy_from_slice(word);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_medium_that_somebody_carries_has_a_place_of_its_own() {
        let media = App::channel_media();
        assert!(!media.is_empty());
        for medium in &media {
            assert!(setting_of(*medium).is_ok(), "{medium:?}");
            let same = media.iter().filter(|it| row_of(**it) == row_of(*medium));
            assert_eq!(same.count(), 1);
        }
    }
}
