//! Who speaks to a platform and how; and trying an audience out without putting anybody there.

use filo_connect::advertising::google::{self, Google};
use filo_connect::advertising::linkedin::{self, Linkedin};
use filo_connect::advertising::meta::{self, Meta};
use filo_connect::advertising::{Batch, Outgoing, Told, Why, tell};
use filo_core::access::Right;
use filo_core::audience::{AddressKind, Credential, Platform, Record, hashed};
use filo_core::id::AudienceId;
use filo_store::audience::AudienceRow;

use super::account::PlatformAccount;
use super::{known, platform_of};
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};

/// An address that nobody has: it shows whether anybody could be put there.
const EXAMPLE: &str = "nobody@example.com";
/// How trying an audience out ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// What is in the way, as a word; nothing is.
    pub why: Option<&'static str>,
    /// What the platform said.
    pub text: String,
}

/// Who speaks to a platform, with what it takes.
pub(super) enum Speaker {
    Meta {
        token: String,
    },
    Google {
        account: PlatformAccount,
        token: String,
    },
    Linkedin {
        token: String,
    },
}

impl App {
    /// Asks the platform whether it knows an audience and lets us change it; nobody is put there.
    ///
    /// # Errors
    /// If the actor may not, there is no such audience, or a person takes it there.
    pub async fn test_audience(&self, actor: &Actor, id: AudienceId) -> Result<Tested> {
        actor.must(Right::ManageSegments)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            known(&mut tx, id).await?
        };
        if row.remote.is_empty() {
            let why = "a person takes this audience there: there is nothing to try";
            return Err(Error::Conflict(why.to_owned()));
        }
        let told = match self.speaker(platform_of(&row)?).await? {
            Err(told) => told,
            Ok(speaker) => self.look_there(&row, &speaker).await,
        };
        Ok(match told {
            Told::Taken { text, .. } => Tested { why: None, text },
            Told::Failed { why, text } => Tested {
                why: Some(why.word()),
                text,
            },
            Told::Spoiled { refused } => Tested {
                why: Some(Why::Batch.word()),
                text: refused.into_iter().map(|(_, why)| why).collect(),
            },
            Told::NotNow { .. } => Tested {
                why: Some("transient"),
                text: String::new(),
            },
        })
    }

    async fn look_there(&self, row: &AudienceRow, speaker: &Speaker) -> Told {
        let hosts = &self.config().advertising_hosts;
        let (client, now) = (&self.shared().client, self.now());
        let audience = row.remote.as_str();
        match speaker {
            Speaker::Meta { token } => {
                let host = hosts.meta.as_str();
                let outgoing = Meta {
                    host,
                    audience,
                    token,
                }
                .look();
                tell(client, outgoing, meta::read_look, now).await
            }
            Speaker::Google { account, token } => {
                let list = self.google_list(account, audience, token);
                let example = Record::bare(AddressKind::Email, hashed(EXAMPLE));
                tell(client, list.look(&example), google::read, now).await
            }
            Speaker::Linkedin { token } => {
                let host = hosts.linkedin.as_str();
                let outgoing = Linkedin {
                    host,
                    audience,
                    token,
                }
                .look();
                tell(client, outgoing, linkedin::read_look, now).await
            }
        }
    }

    fn google_list<'a>(
        &'a self,
        account: &'a PlatformAccount,
        audience: &'a str,
        token: &'a str,
    ) -> Google<'a> {
        Google {
            host: &self.config().advertising_hosts.google,
            audience,
            account: &account.account,
            login_account: &account.login_account,
            token,
        }
    }

    /// Tells a platform a batch.
    pub(super) async fn tell_there(
        &self,
        row: &AudienceRow,
        speaker: &Speaker,
        batch: Batch<'_>,
    ) -> Told {
        let hosts = &self.config().advertising_hosts;
        let (client, now) = (&self.shared().client, self.now());
        let audience = row.remote.as_str();
        match speaker {
            Speaker::Meta { token } => {
                let host = hosts.meta.as_str();
                let session = u32::try_from(self.spare_id() >> 97).unwrap_or(1);
                let outgoing = Meta {
                    host,
                    audience,
                    token,
                }
                .change(batch, session);
                tell(client, outgoing, |answer| meta::read(answer, batch), now).await
            }
            Speaker::Google { account, token } => {
                let outgoing = self.google_list(account, audience, token).change(batch);
                tell(client, outgoing, google::read, now).await
            }
            Speaker::Linkedin { token } => {
                let host = hosts.linkedin.as_str();
                let outgoing = Linkedin {
                    host,
                    audience,
                    token,
                }
                .change(batch);
                tell(
                    client,
                    outgoing,
                    |answer| linkedin::read(answer, batch),
                    now,
                )
                .await
            }
        }
    }

    /// Who speaks to a platform; or why nobody can.
    pub(super) async fn speaker(&self, platform: Platform) -> Result<Result<Speaker, Told>> {
        let Some(account) = self.platform_account(platform).await? else {
            let text = "no account is connected".to_owned();
            let why = Why::Account;
            return Ok(Err(Told::Failed { why, text }));
        };
        Ok(Ok(match platform {
            Platform::Meta => Speaker::Meta {
                token: self.platform_secret(platform, Credential::Token).await?,
            },
            Platform::Linkedin => Speaker::Linkedin {
                token: self.platform_secret(platform, Credential::Token).await?,
            },
            Platform::Google => {
                let (program, refresh) = (
                    self.platform_secret(platform, Credential::ClientSecret)
                        .await?,
                    self.platform_secret(platform, Credential::RefreshToken)
                        .await?,
                );
                let asked = google::Client {
                    host: &self.config().advertising_hosts.google_tokens,
                    id: &account.client_id,
                    secret: &program,
                    refresh_token: &refresh,
                };
                match self.google_token(asked.ask()).await {
                    Ok(token) => Speaker::Google { account, token },
                    Err(told) => return Ok(Err(told)),
                }
            }
        }))
    }

    async fn google_token(&self, asked: Outgoing) -> Result<String, Told> {
        let mut token = String::new();
        let read = |answer: &filo_connect::Answer| match google::token(answer) {
            Ok(given) => {
                token = given;
                Told::Taken {
                    refused: Vec::new(),
                    again: Vec::new(),
                    text: String::new(),
                }
            }
            Err(told) => told,
        };
        let told = tell(&self.shared().client, asked, read, self.now()).await;
        match told {
            Told::Taken { .. } => Ok(token),
            told => Err(told),
        }
    }
}
