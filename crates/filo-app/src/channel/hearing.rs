//! What carriers bring here: proved first, then read.

use ::http::HeaderMap;
use filo_connect::channel::{Incoming, http, is_same, telegram, twilio, whatsapp};
use filo_core::channel::{Account, Carrier, Secret};
use filo_core::message::Medium;

use super::account::ChannelView;
use crate::app::App;
use crate::error::{Error, Result};

/// A request of a carrier, as it came.
#[derive(Debug, Clone, Copy)]
pub struct Hook<'a> {
    /// What stands behind the question mark of the address; empty if there is none.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It was read.
    Read(Carrier),
    /// It was not signed as it must be: nothing of it was read.
    Unproved,
    /// No account of this medium hears anything.
    Nobody,
}

impl App {
    /// Takes in what a carrier brings.
    ///
    /// # Errors
    /// If the log or the tables cannot be written: it is to be brought again.
    pub async fn hear_channel(&self, medium: Medium, hook: Hook<'_>) -> Result<Heard> {
        let view = match self.channel_as_it_stands(medium).await {
            Err(Error::Missing(_)) => return Ok(Heard::Nobody),
            view => view?,
        };
        // What was sent before an account was disconnected still comes back.
        let Some(account) = view.account.clone() else {
            return Ok(Heard::Nobody);
        };
        let Some(all) = self.proved(&view, &account, hook).await? else {
            return Ok(Heard::Unproved);
        };
        for incoming in all {
            self.take_incoming((medium, account.carrier), incoming)
                .await?;
        }
        Ok(Heard::Read(account.carrier))
    }

    /// What a request brings, if it is signed with the account's own secret; nothing if not.
    async fn proved(
        &self,
        view: &ChannelView,
        account: &Account,
        hook: Hook<'_>,
    ) -> Result<Option<Vec<Incoming>>> {
        let header = |name: &str| {
            let value = hook.headers.get(name).and_then(|it| it.to_str().ok());
            value.unwrap_or_default()
        };
        let kept = match account.carrier {
            Carrier::Twilio | Carrier::Http => Secret::Token,
            Carrier::WhatsappCloud => Secret::AppSecret,
            Carrier::Telegram => Secret::Hook,
            // Push services bring nothing; browsers speak through links of their own.
            Carrier::WebPush | Carrier::Site => return Ok(None),
        };
        let secret = self.channel_secret(view.medium, kept).await?;
        let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
            return Ok(None);
        };
        let is_signed = match account.carrier {
            Carrier::Twilio => {
                let url = match hook.query {
                    "" => view.hook.clone(),
                    query => format!("{}?{query}", view.hook),
                };
                twilio::is_signed(&secret, &url, hook.body, header(twilio::SIGNATURE))
            }
            Carrier::WhatsappCloud => {
                whatsapp::is_signed(&secret, hook.body, header(whatsapp::SIGNATURE))
            }
            Carrier::Telegram => is_same(header(telegram::SECRET).as_bytes(), secret.as_bytes()),
            Carrier::Http => http::secret(&secret).is_some_and(|secret| {
                http::is_signed(&secret, hook.headers, hook.body, self.now())
            }),
            Carrier::WebPush | Carrier::Site => false,
        };
        if !is_signed {
            return Ok(None);
        }
        Ok(Some(match account.carrier {
            Carrier::Twilio => Vec::from_iter(twilio::incoming(hook.query, hook.body)),
            Carrier::WhatsappCloud => whatsapp::incoming(&account.account, hook.body),
            Carrier::Telegram => Vec::from_iter(telegram::incoming(hook.body)),
            Carrier::Http => Vec::from_iter(http::incoming(hook.body)),
            Carrier::WebPush | Carrier::Site => Vec::new(),
        }))
    }

    /// What is given back to a carrier that asks whether the address is ours; nothing to anybody
    /// else.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn answer_challenge(&self, medium: Medium, query: &str) -> Result<Option<String>> {
        let account = match self.channel_as_it_stands(medium).await {
            Err(Error::Missing(_)) => return Ok(None),
            view => view?.account,
        };
        if account.is_none_or(|account| account.carrier != Carrier::WhatsappCloud) {
            return Ok(None);
        }
        let token = self.channel_secret(medium, Secret::VerifyToken).await?;
        Ok(whatsapp::challenge(query, &token.unwrap_or_default()))
    }

    async fn take_incoming(&self, from: (Medium, Carrier), incoming: Incoming) -> Result<()> {
        match incoming {
            Incoming::Told(told) => self.take_told(from.0, &told).await,
            Incoming::Written(written) => self.take_written(from, written).await,
        }
    }
}
