//! Which directory the company has: an owner says it, and Filo asks it before it is kept.

use filo_connect::oidc::{Fault, Provider, discover};
use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::time::Timestamp;
use filo_store::{Tx, setting};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

const SETTING: &str = "sign_on";
const SECRET: Place = Place {
    table: "setting",
    column: "sign_on_secret",
};
/// There is one directory.
const SECRET_ROW: [u8; 16] = [0; 16];
/// What the button says is short.
pub const LABEL_CHARS_MOST: usize = 40;
const ISSUER_BYTES_MOST: usize = 500;
const CLIENT_ID_BYTES_MOST: usize = 255;
const SECRET_BYTES_MOST: usize = 1024;

/// Directories change their addresses rarely, and their keys are read anew each time.
const KNOWN_SECONDS: i64 = 15 * 60;

/// What the directory said of itself, and until when that is believed.
#[derive(Debug, Default)]
pub(crate) struct KnownDirectory(Mutex<Option<(Provider, Timestamp)>>);

/// The directory as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stored {
    issuer: String,
    client_id: String,
    label: String,
}

/// The directory as it is shown; its secret is not.
#[derive(Debug, Clone, Default)]
pub struct SignOnView {
    /// Who vouches; none while there is no directory.
    pub issuer: Option<String>,
    /// Filo's name there.
    pub client_id: String,
    /// What the button says.
    pub label: String,
    /// The address to enter there.
    pub redirect_uri: String,
    /// The version a change must name.
    pub version: i64,
}

/// A directory to use from now on.
#[derive(Debug, Clone)]
pub struct SignOnChange {
    /// Who vouches: an address.
    pub issuer: String,
    /// Filo's name there.
    pub client_id: String,
    /// What the button says.
    pub label: String,
    /// Filo's secret there; none keeps the one there is.
    pub secret: Option<String>,
    /// The version that was read.
    pub version: i64,
}

/// The directory with all that is needed to ask it.
pub(super) struct Directory {
    pub(super) issuer: String,
    pub(super) client_id: String,
    pub(super) secret: String,
}

impl App {
    /// The directory as it stands.
    ///
    /// # Errors
    /// If the actor may not change settings, or the tables cannot be read.
    pub async fn sign_on(&self, actor: &Actor) -> Result<SignOnView> {
        actor.must(Right::ManageSettings)?;
        let mut tx = self.shared().db.read().await?;
        let (stored, version) = stored(&mut tx).await?;
        Ok(self.sign_on_view(stored, version))
    }

    fn sign_on_view(&self, stored: Option<Stored>, version: i64) -> SignOnView {
        let redirect_uri = self.sign_on_redirect();
        match stored {
            None => SignOnView {
                redirect_uri,
                version,
                ..SignOnView::default()
            },
            Some(stored) => SignOnView {
                issuer: Some(stored.issuer),
                client_id: stored.client_id,
                label: stored.label,
                redirect_uri,
                version,
            },
        }
    }

    /// What the button of the login page says; none if there is no directory.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn sign_on_label(&self) -> Result<Option<String>> {
        let mut tx = self.shared().db.read().await?;
        Ok(stored(&mut tx).await?.0.map(|stored| stored.label))
    }

    /// Uses a directory from now on, once it has answered.
    ///
    /// # Errors
    /// If the actor may not, a field is wrong, the directory does not answer as it must, or
    /// somebody else changed it meanwhile.
    pub async fn change_sign_on(&self, actor: &Actor, change: SignOnChange) -> Result<SignOnView> {
        actor.must(Right::ManageSettings)?;
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let wanted = checked(&change)?;
        let secret = change.secret.as_deref().map(str::trim);
        let secret = secret.filter(|secret| !secret.is_empty());
        if secret.is_some_and(|secret| secret.len() > SECRET_BYTES_MOST) {
            return Err(Error::invalid("secret", "too long"));
        }
        self.ask_directory(&wanted.issuer)
            .await
            .map_err(|fault| Error::invalid("issuer", fault.to_string()))?;
        let mut tx = self.shared().db.begin().await?;
        let before = stored(&mut tx).await?.0;
        // Another directory must not be shown the secret of the one before.
        let stays = before.is_some_and(|before| before.issuer == wanted.issuer);
        match secret {
            Some(secret) => {
                let drawn = (self.chance().secret(), self.now());
                let at = (SECRET, SECRET_ROW);
                self.vault()
                    .keep(&mut tx, at, secret.as_bytes(), drawn)
                    .await?;
            }
            None if stays => {}
            None => return Err(Error::invalid("secret", "write the secret")),
        }
        let version = self
            .put_sign_on(&mut tx, actor, Some(&wanted), change.version)
            .await?;
        tx.commit().await?;
        Ok(self.sign_on_view(Some(wanted), version))
    }

    /// Uses no directory any more. Links stay, and work again with the same directory.
    ///
    /// # Errors
    /// If the actor may not, or somebody else changed it meanwhile.
    pub async fn remove_sign_on(&self, actor: &Actor, version: i64) -> Result<()> {
        actor.must(Right::ManageSettings)?;
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        if stored(&mut tx).await?.0.is_none() {
            return Err(Error::Missing("directory"));
        }
        self.put_sign_on(&mut tx, actor, None, version).await?;
        self.vault().forget(&mut tx, SECRET, SECRET_ROW).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn put_sign_on(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        wanted: Option<&Stored>,
        version: i64,
    ) -> Result<i64> {
        let text = serde_json::to_string(&wanted).map_err(anyhow::Error::from)?;
        let version = match setting::put(tx, SETTING, &text, version, self.now()).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, self.now());
        record(tx, &entry.with("name", Token::word(SETTING))).await?;
        Ok(version)
    }

    /// The address under which the directory sends browsers back.
    pub(super) fn sign_on_redirect(&self) -> String {
        let public_url = self.config().public_url.trim_end_matches('/');
        format!("{public_url}/login/sign-on")
    }

    /// What a directory says of itself, asked now.
    async fn ask_directory(&self, issuer: &str) -> Result<Provider, Fault> {
        let now = self.now();
        let provider = discover(&self.shared().client, issuer, now).await?;
        let known = (provider.clone(), now.plus_seconds(KNOWN_SECONDS));
        *self.door().directory.0.lock() = Some(known);
        Ok(provider)
    }

    /// The same, from memory if it was asked of late: so nobody makes Filo ask by asking Filo.
    pub(super) async fn known_directory(&self, issuer: &str) -> Result<Provider, Fault> {
        let known = self.door().directory.0.lock().clone();
        let now = self.now();
        let fresh = known.filter(|(known, until)| known.issuer == issuer && now < *until);
        match fresh {
            Some((provider, _)) => Ok(provider),
            None => self.ask_directory(issuer).await,
        }
    }

    pub(super) async fn directory(&self) -> Result<Directory> {
        let mut tx = self.shared().db.read().await?;
        let stored = stored(&mut tx).await?.0;
        let stored = stored.ok_or(Error::Missing("directory"))?;
        let secret = self.vault().reveal(&mut tx, SECRET, SECRET_ROW).await?;
        let secret = String::from_utf8(secret.unwrap_or_default());
        Ok(Directory {
            issuer: stored.issuer,
            client_id: stored.client_id,
            secret: secret.map_err(anyhow::Error::from)?,
        })
    }

    pub(super) async fn sign_on_issuer(&self) -> Result<Option<String>> {
        let mut tx = self.shared().db.read().await?;
        Ok(stored(&mut tx).await?.0.map(|stored| stored.issuer))
    }
}

async fn stored(tx: &mut Tx<'_>) -> Result<(Option<Stored>, i64)> {
    let Some(kept) = setting::get(tx, SETTING).await? else {
        return Ok((None, 0));
    };
    let stored = serde_json::from_str(&kept.value).map_err(anyhow::Error::from)?;
    Ok((stored, kept.version))
}

fn checked(change: &SignOnChange) -> Result<Stored> {
    let part = |field, text: &str, most: usize| {
        let text = text.trim();
        let fits = !text.is_empty() && text.len() <= most && !text.contains(char::is_control);
        fits.then(|| text.to_owned())
            .ok_or_else(|| Error::invalid(field, "one line of text"))
    };
    let label = part("label", &change.label, LABEL_CHARS_MOST * 4)?;
    if label.chars().count() > LABEL_CHARS_MOST {
        return Err(Error::invalid("label", "at most 40 characters"));
    }
    let client_id = part("client_id", &change.client_id, CLIENT_ID_BYTES_MOST)?;
    if client_id.contains(char::is_whitespace) {
        return Err(Error::invalid("client_id", "without spaces"));
    }
    let issuer = part("issuer", &change.issuer, ISSUER_BYTES_MOST)?;
    if issuer.contains(['?', '#']) {
        return Err(Error::invalid("issuer", "without ? and #"));
    }
    Ok(Stored {
        issuer,
        client_id,
        label,
    })
}
