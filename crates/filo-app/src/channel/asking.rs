//! Asking a carrier who an account is, and telling it where to bring what comes back: what an
//! owner need not copy by hand.

use std::collections::BTreeMap;

use filo_connect::channel::telegram::{self, Telegram};
use filo_connect::channel::{Handed, ask};
use filo_core::channel::{Account, Secret};
use filo_core::message::Medium;

use crate::app::App;
use crate::error::{Error, Result};

impl App {
    /// The account as the carrier knows it, and the secret that it was told to say with what it
    /// brings; as it stands where the carrier is not asked.
    pub(super) async fn asked_of(
        &self,
        medium: Medium,
        account: Account,
        secrets: &BTreeMap<Secret, String>,
    ) -> Result<(Account, Option<String>)> {
        if !account.carrier.is_asked() {
            return Ok((account, None));
        }
        let given = secrets
            .get(&Secret::Token)
            .map(|text| text.trim().to_owned());
        let token = match given.filter(|text| !text.is_empty()) {
            Some(token) => Some(token),
            None => self.channel_secret(medium, Secret::Token).await?,
        };
        let token = token.ok_or_else(|| Error::invalid(Secret::Token.word(), "missing"))?;
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b":_-".contains(&byte);
        if !token.bytes().all(is_token) {
            return Err(Error::invalid(Secret::Token.word(), "no_secret"));
        }
        let telegram = Telegram {
            host: &self.config().channel_hosts.telegram,
            token: &token,
        };
        let refused = |said: String| {
            tracing::info!(said, "a bot was not taken");
            Error::invalid(Secret::Token.word(), "not_known")
        };
        let (client, now) = (&self.shared().client, self.now());
        let answer = ask(client, telegram.who(), now).await.map_err(refused)?;
        let name = telegram::name(&answer);
        let name = name.ok_or_else(|| refused(format!("status {}", answer.status)))?;
        let account = Account {
            sender: format!("@{name}"),
            ..account
        };
        let view = self.channel_as_it_stands(medium).await?;
        if !view.is_public {
            return Ok((account, None));
        }
        let secret: String = self
            .chance()
            .secret()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let answer = ask(client, telegram.hook(&view.hook, &secret), now);
        let answer = answer.await.map_err(refused)?;
        match telegram::read(&answer) {
            Handed::Accepted { .. } => Ok((account, Some(secret))),
            Handed::Refused { text, .. } | Handed::Unknown { text } => Err(refused(text)),
            Handed::NotNow { .. } => Err(refused("not now".to_owned())),
        }
    }
}
