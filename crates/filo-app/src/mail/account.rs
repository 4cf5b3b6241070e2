//! The settings of mail: read, changed by one at a time, with the secrets in the vault.
//!
//! **Invariant:** no password and no private key leaves the vault but into the post; what was
//! typed and refused is not kept.

use filo_connect::mail::{DkimKey, NameServer};
use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::mail::{
    Dkim, MailSettings, Record, RecordKind, Standing, Way, judge_record, wanted_records,
};
use filo_store::{Tx, setting};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

const SETTING: &str = "mail";
const PASSWORD_LETTERS_MOST: usize = 500;

pub(super) const PASSWORD: Place = Place {
    table: "mail",
    column: "password",
};
pub(super) const DKIM_KEY: Place = Place {
    table: "mail",
    column: "dkim_key",
};
/// There is one account.
pub(super) const ROW: [u8; 16] = [0; 16];

/// The settings as they stand, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailView {
    /// What the owner says.
    pub settings: MailSettings,
    /// 0 until somebody has said anything.
    pub version: i64,
    /// There is a password.
    pub has_password: bool,
}

/// What is to be saved.
#[derive(Debug, Clone)]
pub struct MailChange {
    /// The settings; the public key of signatures stays what it is.
    pub settings: MailSettings,
    /// A new password; none keeps the one there is, an empty one takes it away.
    pub password: Option<String>,
    /// The version that was read.
    pub version: i64,
}

/// A record of the DNS, and how it stands there.
#[derive(Debug, Clone)]
pub struct MailRecord {
    /// What is needed.
    pub wanted: Record,
    /// How it stands; none if nobody has looked.
    pub standing: Option<Standing>,
    /// What the DNS says.
    pub found: Vec<String>,
}

impl App {
    /// The settings of mail.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn mail(&self, actor: &Actor) -> Result<MailView> {
        actor.must(Right::ManageSettings)?;
        self.mail_as_it_stands().await
    }

    pub(crate) async fn mail_as_it_stands(&self) -> Result<MailView> {
        let mut tx = self.shared().db.read().await?;
        let mut view = stored(&mut tx).await?;
        let password = self.vault().reveal(&mut tx, PASSWORD, ROW).await?;
        view.has_password = password.is_some();
        Ok(view)
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// If the actor may not, something is wrong (the first defect is named), or somebody else
    /// changed them meanwhile.
    pub async fn change_mail(&self, actor: &Actor, change: MailChange) -> Result<MailView> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let mut settings = change.settings.tidied();
        let mut tx = self.shared().db.begin().await?;
        let before = stored(&mut tx).await?;
        keep_key(&mut settings, &before.settings);
        if let Some(defect) = settings.defects().first() {
            return Err(Error::invalid(defect.field, defect.reason));
        }
        self.keep_password(&mut tx, &settings, change.password)
            .await?;
        if settings.dkim.is_none() {
            self.vault().forget(&mut tx, DKIM_KEY, ROW).await?;
        }
        self.save(tx, actor, &settings, change.version).await?;
        self.mail_as_it_stands().await
    }

    /// Makes a new key of signatures; the one before, if there was one, signs no more.
    ///
    /// # Errors
    /// If the actor may not, or the names cannot be.
    pub async fn make_dkim_key(
        &self,
        actor: &Actor,
        selector: &str,
        domain: &str,
        version: i64,
    ) -> Result<MailView> {
        actor.must(Right::ManageSettings)?;
        actor.must_be_fresh(self.now())?;
        let wanted = Dkim {
            selector: selector.to_owned(),
            domain: domain.to_owned(),
            public_key: String::new(),
        };
        let check = |settings: &MailSettings| match settings.defects().first() {
            Some(defect) => Err(Error::invalid(defect.field, defect.reason)),
            None => Ok(()),
        };
        let with = |mut settings: MailSettings, dkim: Dkim| {
            settings.dkim = Some(dkim);
            settings.tidied()
        };
        let before = self.mail_as_it_stands().await?.settings;
        check(&with(before, wanted.clone()))?;
        let seed = self.chance().secret();
        // It looks for primes: not where requests wait, and not inside a transaction.
        let made = tokio::task::spawn_blocking(move || DkimKey::generate(seed)).await;
        let (private, public_key) = made
            .map_err(anyhow::Error::from)?
            .map_err(anyhow::Error::from)?;
        let mut tx = self.shared().db.begin().await?;
        let before = stored(&mut tx).await?.settings;
        let settings = with(
            before,
            Dkim {
                public_key,
                ..wanted
            },
        );
        check(&settings)?;
        let drawn = (self.chance().secret(), self.now());
        self.vault()
            .keep(&mut tx, (DKIM_KEY, ROW), &private, drawn)
            .await?;
        self.save(tx, actor, &settings, version).await?;
        self.mail_as_it_stands().await
    }

    /// The records that the settings need; `look` asks the name server how they stand.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn mail_records(&self, actor: &Actor, look: bool) -> Result<Vec<MailRecord>> {
        let settings = self.mail(actor).await?.settings;
        let mut records = Vec::new();
        for wanted in wanted_records(&settings) {
            let found = if look {
                Some(self.look_up(&wanted).await)
            } else {
                None
            };
            records.push(match found {
                None => MailRecord {
                    wanted,
                    standing: None,
                    found: Vec::new(),
                },
                Some(None) => MailRecord {
                    wanted,
                    standing: Some(Standing::Unknown),
                    found: Vec::new(),
                },
                Some(Some(found)) => MailRecord {
                    standing: Some(judge_record(&wanted, &found)),
                    wanted,
                    found,
                },
            });
        }
        Ok(records)
    }

    async fn look_up(&self, wanted: &Record) -> Option<Vec<String>> {
        let server = self.name_server();
        let number = self.question_number();
        let asked = match wanted.kind {
            RecordKind::BounceMx => server.machines(&wanted.name, number).await,
            RecordKind::Spf | RecordKind::Dkim | RecordKind::Dmarc => {
                server.texts(&wanted.name, number).await
            }
        };
        match asked {
            Ok(found) => Some(found),
            Err(fault) => {
                tracing::info!(%fault, "a record of the DNS could not be looked up");
                None
            }
        }
    }

    pub(super) fn name_server(&self) -> NameServer {
        match self.config().name_server {
            Some(address) => NameServer::at(address),
            None => NameServer::of_system(),
        }
    }

    pub(super) fn question_number(&self) -> u16 {
        let bytes = self.spare_id().to_le_bytes();
        u16::from_le_bytes([bytes[0], bytes[1]])
    }

    async fn keep_password(
        &self,
        tx: &mut Tx<'_>,
        settings: &MailSettings,
        password: Option<String>,
    ) -> Result<()> {
        let logs_in = matches!(&settings.way, Way::Smtp(server) if !server.user.is_empty());
        let known = self.vault().reveal(tx, PASSWORD, ROW).await?.is_some();
        match password {
            Some(password) if !password.is_empty() && logs_in => {
                let is_control = |letter: char| letter.is_control();
                if password.len() > PASSWORD_LETTERS_MOST || password.chars().any(is_control) {
                    return Err(Error::invalid("password", "no_password"));
                }
                let drawn = (self.chance().secret(), self.now());
                let at = (PASSWORD, ROW);
                self.vault().keep(tx, at, password.as_bytes(), drawn).await
            }
            None if logs_in && known => Ok(()),
            _ if logs_in => Err(Error::invalid("password", "missing")),
            _ => self.vault().forget(tx, PASSWORD, ROW).await,
        }
    }

    async fn save(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        settings: &MailSettings,
        version: i64,
    ) -> Result<()> {
        let text = serde_json::to_string(settings).map_err(anyhow::Error::from)?;
        match setting::put(&mut tx, SETTING, &text, version, self.now()).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, self.now());
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        Ok(tx.commit().await?)
    }
}

/// The settings without what the vault knows.
pub(super) async fn stored(tx: &mut Tx<'_>) -> Result<MailView> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok(MailView::default());
    };
    Ok(MailView {
        settings: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
        version: stored.version,
        has_password: false,
    })
}

/// A form says under which name the key stands, never the key.
fn keep_key(settings: &mut MailSettings, before: &MailSettings) {
    let Some(dkim) = &mut settings.dkim else {
        return;
    };
    let key = before.dkim.as_ref().map(|known| known.public_key.clone());
    dkim.public_key = key.unwrap_or_default();
}
