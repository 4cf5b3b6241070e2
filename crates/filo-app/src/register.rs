//! The register of what is done with personal data (GDPR, art. 30): written by what is set and by
//! what the program does, and by a person only where nobody else can know.

use filo_core::access::{Right, Role};
use filo_core::audit::{Act, Token};
use filo_core::consent::purpose::Purpose;
use filo_core::privacy::inventory::{PLACES, Place};
use filo_core::privacy::retention::Retention;
use filo_core::time::Timestamp;
use filo_store::{setting, user};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::backup::Schedule;
use crate::consent::Wording;
use crate::decision::bounded;
use crate::error::{Error, Result};
use crate::key::SourceView;
use crate::retention;

const SETTING: &str = "register";
/// Letters of one answer.
pub const ANSWER_CHARS_MOST: usize = 4_000;
/// More people does no company have whose register is this one.
const USERS_MOST: u32 = 10_000;

/// What only a person knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// Who decides about the data: name, address, how they are reached.
    pub controller: String,
    /// Whoever watches over data protection, and how they are reached.
    pub officer: String,
    /// Others who get data and are not told by Filo: an accountant, a hosting provider.
    pub recipients: String,
    /// Countries outside the European Union that data goes to, and on what ground.
    pub transfers: String,
    /// What else is done for security.
    pub security: String,
}

impl Statement {
    const fn fields(&self) -> [(&'static str, &String); 5] {
        [
            ("controller", &self.controller),
            ("officer", &self.officer),
            ("recipients", &self.recipients),
            ("transfers", &self.transfers),
            ("security", &self.security),
        ]
    }
}

/// Another system that is told of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its host name; the whole address may hold a secret.
    pub host: String,
    /// What it is for, in the company's words.
    pub description: String,
    /// What it hears of.
    pub topics: Vec<String>,
    /// It is told at present.
    pub enabled: bool,
}

/// The register.
#[derive(Debug, Clone)]
pub struct Register {
    /// When it was made.
    pub made_at: Timestamp,
    /// What a person wrote.
    pub statement: Statement,
    /// The version that a change of it must name.
    pub version: i64,
    /// What customers are addressed for, and on what grounds.
    pub purposes: Vec<Purpose>,
    /// The texts they agree to: of each purpose the version that is shown now.
    pub wordings: Vec<Wording>,
    /// Every place where something of a customer stands.
    pub places: &'static [Place],
    /// Where data comes from.
    pub sources: Vec<SourceView>,
    /// Who is told.
    pub recipients: Vec<Recipient>,
    /// After how many months what goes.
    pub retention: Retention,
    /// When backups are made and how long they stay.
    pub backups: Schedule,
    /// How many people of the company have which role.
    pub roles: Vec<(Role, u64)>,
}

impl App {
    /// The register as of now.
    ///
    /// # Errors
    /// If the actor may not, or the tables cannot be read.
    pub async fn register(&self, actor: &Actor) -> Result<Register> {
        actor.must(Right::HandlePrivacy)?;
        let purposes = self.purposes().await?.purposes.0;
        let mut wordings = Vec::new();
        for purpose in &purposes {
            for language in filo_core::company::Language::ALL {
                let current = self.current_wording(&purpose.word, language.tag()).await?;
                wordings.extend(current);
            }
        }
        let sources = self.sources().await?;
        let recipients = self.webhooks().await?.into_iter();
        let recipients = recipients.map(|webhook| Recipient {
            host: host_of(&webhook.url),
            description: webhook.description,
            topics: webhook.topics.split(' ').map(str::to_owned).collect(),
            enabled: webhook.enabled,
        });
        let mut recipients: Vec<Recipient> = recipients.collect();
        recipients.extend(self.carriers_as_recipients().await?);
        recipients.extend(self.platforms_as_recipients().await?);
        let mut tx = self.shared().db.read().await?;
        let (statement, version) = stored(&mut tx).await?;
        let (backups, _) = Schedule::load(&mut tx).await?;
        let users = user::list(&mut tx, USERS_MOST).await?;
        let active = users.iter().filter(|user| user.disabled_at.is_none());
        let held: Vec<&str> = active.map(|user| user.role.as_str()).collect();
        let count = |role: Role| held.iter().filter(|word| **word == role.word()).count() as u64;
        let roles = Role::ALL.map(|role| (role, count(role)));
        Ok(Register {
            made_at: self.now(),
            statement,
            version,
            purposes,
            wordings,
            places: PLACES,
            sources,
            recipients,
            retention: retention::stored(&mut tx).await?.rules,
            backups,
            roles: roles.into_iter().filter(|(_, count)| *count > 0).collect(),
        })
    }

    /// Who carries messages that are not mail: they get addresses and texts.
    async fn carriers_as_recipients(&self) -> Result<Vec<Recipient>> {
        let mut recipients = Vec::new();
        for medium in Self::channel_media() {
            let view = self.channel_as_it_stands(medium).await?;
            // Of the company's own site nobody else gets anything.
            let account = view.account.filter(|it| it.carrier.is_handed_to());
            if let Some(account) = account {
                recipients.push(Recipient {
                    host: self.host_of_carrier(&account),
                    description: account.carrier.name().to_owned(),
                    topics: vec![format!("message.{}", medium.word())],
                    enabled: account.is_connected,
                });
            }
        }
        Ok(recipients)
    }

    /// Changes what only a person knows, from the version that was read. Says the next one.
    ///
    /// # Errors
    /// If the actor may not, an answer is too long, or somebody else changed it meanwhile.
    pub async fn change_register(
        &self,
        actor: &Actor,
        statement: &Statement,
        version: i64,
    ) -> Result<i64> {
        actor.must(Right::HandlePrivacy)?;
        for (field, text) in statement.fields() {
            bounded(field, text, ANSWER_CHARS_MOST)?;
        }
        let text = serde_json::to_string(statement).map_err(anyhow::Error::from)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let version = match setting::put(&mut tx, SETTING, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        Ok(version)
    }
}

async fn stored(tx: &mut filo_store::Tx<'_>) -> Result<(Statement, i64)> {
    let Some(found) = setting::get(tx, SETTING).await? else {
        return Ok((Statement::default(), 0));
    };
    let statement = serde_json::from_str(&found.value).map_err(anyhow::Error::from)?;
    Ok((statement, found.version))
}

/// The host name of an address, without what may be secret in it.
fn host_of(url: &str) -> String {
    let url: Option<http::Uri> = url.parse().ok();
    let host = url.as_ref().and_then(http::Uri::host);
    host.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_is_named_by_its_host_alone() {
        for url in [
            "https://hooks.example.it/t/secret?key=1",
            "https://me:secret@hooks.example.it:8443/",
        ] {
            assert_eq!(host_of(url), "hooks.example.it");
        }
    }
}
