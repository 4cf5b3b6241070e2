//! The company's accounts at the platforms: one each, with the secrets in the vault.
//!
//! **Invariant:** a secret that was kept is shown to nobody; what opened one account opens no
//! other.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::audience::{Credential, Platform};
use filo_core::audit::{Act, Token};
use filo_store::{Tx, setting};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

/// Bytes of a secret: tokens of some platforms are long.
const SECRET_BYTES_MOST: usize = 2_000;
/// Letters of an id.
const ID_CHARS_MOST: usize = 200;

/// The company's account at a platform, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlatformAccount {
    /// Google: the account that has the lists.
    pub account: String,
    /// Google: the account over it through which one comes in.
    pub login_account: String,
    /// Google: the program that was registered there.
    pub client_id: String,
}

/// An account as it stands, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Where.
    pub platform: Platform,
    /// The account; none: only files can be made.
    pub account: Option<PlatformAccount>,
    /// 0 until somebody has said anything.
    pub version: i64,
    /// The secrets that there are.
    pub has: Vec<Credential>,
    /// How many audiences it carries.
    pub audiences: u64,
}

/// An account as it is to be.
#[derive(Debug, Clone, Default)]
pub struct AccountChange {
    /// The account.
    pub account: PlatformAccount,
    /// New secrets; one that is not among them stays what it is.
    pub secrets: BTreeMap<Credential, String>,
    /// The version that was read.
    pub version: i64,
}

impl App {
    /// The accounts, one for each platform.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn audience_accounts(&self, actor: &Actor) -> Result<Vec<AccountView>> {
        actor.must(Right::ManageSettings)?;
        let mut views = Vec::with_capacity(Platform::ALL.len());
        for platform in Platform::ALL {
            views.push(self.account_at(platform).await?);
        }
        Ok(views)
    }

    /// Which platforms can be told by Filo itself.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn connected_platforms(&self) -> Result<Vec<Platform>> {
        let mut tx = self.shared().db.read().await?;
        let mut found = Vec::new();
        for platform in Platform::ALL {
            let (account, _) = stored(&mut tx, platform).await?;
            found.extend(account.map(|_| platform));
        }
        Ok(found)
    }

    pub(super) async fn account_at(&self, platform: Platform) -> Result<AccountView> {
        let mut tx = self.shared().db.read().await?;
        let (account, version) = stored(&mut tx, platform).await?;
        let mut has = Vec::new();
        for credential in platform.credentials() {
            let (place, row) = place(platform, *credential);
            let kept = self.vault().reveal(&mut tx, place, row).await?;
            has.extend(kept.map(|_| *credential));
        }
        Ok(AccountView {
            platform,
            account,
            version,
            has,
            audiences: told(&mut tx, platform).await?,
        })
    }

    /// Connects an account, in the place of the one there is.
    ///
    /// # Errors
    /// If the actor may not, something is wrong, or somebody else changed it meanwhile.
    pub async fn change_audience_account(
        &self,
        actor: &Actor,
        platform: Platform,
        change: AccountChange,
    ) -> Result<AccountView> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let account = checked(platform, change.account)?;
        let mut tx = self.shared().db.begin().await?;
        let (before, _) = stored(&mut tx, platform).await?;
        let is_same = before.as_ref() == Some(&account);
        for credential in platform.credentials() {
            let at = place(platform, *credential);
            let given = change.secrets.get(credential).map(|text| text.trim());
            match given.filter(|text| !text.is_empty()) {
                Some(text) => {
                    let is_one = text.len() <= SECRET_BYTES_MOST
                        && text.bytes().all(|byte| byte.is_ascii_graphic());
                    if !is_one {
                        return Err(Error::invalid(credential.word(), "no_secret"));
                    }
                    let drawn = (self.chance().secret(), self.now());
                    let vault = self.vault();
                    vault.keep(&mut tx, at, text.as_bytes(), drawn).await?;
                }
                None => {
                    let known = self.vault().reveal(&mut tx, at.0, at.1).await?;
                    if known.is_none() || !is_same {
                        return Err(Error::invalid(credential.word(), "missing"));
                    }
                }
            }
        }
        let put = (platform, change.version);
        self.save_account(tx, actor, Some(&account), put).await?;
        self.try_audiences_again(platform).await?;
        self.account_at(platform).await
    }

    /// Removes an account with its secrets.
    ///
    /// # Errors
    /// If the actor may not, there is none, or an audience is told over it.
    pub async fn remove_audience_account(&self, actor: &Actor, platform: Platform) -> Result<()> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        let (before, version) = stored(&mut tx, platform).await?;
        before.ok_or(Error::Missing("account"))?;
        if told(&mut tx, platform).await? > 0 {
            let why = "audiences are told over this account: remove them first";
            return Err(Error::Conflict(why.to_owned()));
        }
        for credential in platform.credentials() {
            let (place, row) = place(platform, *credential);
            self.vault().forget(&mut tx, place, row).await?;
        }
        self.save_account(tx, actor, None, (platform, version))
            .await
    }

    /// A secret of an account, as text.
    pub(super) async fn platform_secret(
        &self,
        platform: Platform,
        credential: Credential,
    ) -> Result<String> {
        let mut tx = self.shared().db.read().await?;
        let (place, row) = place(platform, credential);
        let kept = self.vault().reveal(&mut tx, place, row).await?;
        Ok(String::from_utf8_lossy(&kept.unwrap_or_default()).into_owned())
    }

    pub(super) async fn platform_account(
        &self,
        platform: Platform,
    ) -> Result<Option<PlatformAccount>> {
        let mut tx = self.shared().db.read().await?;
        Ok(stored(&mut tx, platform).await?.0)
    }

    async fn save_account(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        account: Option<&PlatformAccount>,
        (platform, version): (Platform, i64),
    ) -> Result<()> {
        let name = setting_of(platform);
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

/// How many audiences are told over a platform's account.
async fn told(tx: &mut Tx<'_>, platform: Platform) -> Result<u64> {
    let rows = filo_store::audience::list(tx).await?;
    let is_told = |row: &&filo_store::audience::AudienceRow| {
        row.platform == platform.word() && row.delivery == "push"
    };
    Ok(rows.iter().filter(is_told).count() as u64)
}

fn checked(platform: Platform, account: PlatformAccount) -> Result<PlatformAccount> {
    if platform != Platform::Google {
        return Ok(PlatformAccount::default());
    }
    let trimmed = PlatformAccount {
        account: account.account.trim().to_owned(),
        login_account: account.login_account.trim().to_owned(),
        client_id: account.client_id.trim().to_owned(),
    };
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_account = |text: &str| {
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
        plain && (8..=12).contains(&digits(text))
    };
    if !is_account(&trimmed.account) {
        return Err(Error::invalid("account", "no_account"));
    }
    if !trimmed.login_account.is_empty() && !is_account(&trimmed.login_account) {
        return Err(Error::invalid("login_account", "no_account"));
    }
    let is_plain = trimmed
        .client_id
        .bytes()
        .all(|byte| byte.is_ascii_graphic());
    if trimmed.client_id.is_empty() || !is_plain || trimmed.client_id.len() > ID_CHARS_MOST {
        return Err(Error::invalid("client_id", "no_client"));
    }
    Ok(trimmed)
}

async fn stored(tx: &mut Tx<'_>, platform: Platform) -> Result<(Option<PlatformAccount>, i64)> {
    let Some(stored) = setting::get(tx, setting_of(platform)).await? else {
        return Ok((None, 0));
    };
    let account = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
    Ok((account, stored.version))
}

const fn setting_of(platform: Platform) -> &'static str {
    match platform {
        Platform::Meta => "audience_account_meta",
        Platform::Google => "audience_account_google",
        Platform::Linkedin => "audience_account_linkedin",
    }
}

/// Where a secret of a platform is kept.
fn place(platform: Platform, credential: Credential) -> (Place, [u8; 16]) {
    let mut row = [0; 16];
    let word = platform.word().as_bytes();
    row[..word.len()].copy_from_slice(word);
    let place = Place {
        table: "audience_account",
        column: credential.word(),
    };
    (place, row)
}
