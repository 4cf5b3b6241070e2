//! A message as its browser reads it.

use filo_connect::channel::web_push::{Notification, Subscription, VapidKey, outgoing};
use filo_connect::channel::{Outgoing, Why};
use filo_core::channel::Account;
use filo_core::company::Language;
use filo_core::id::MessageId;
use filo_core::identity::{Identifier, Kind};
use filo_core::message::Class;
use filo_store::web_push;
use serde_json::json;

use super::super::sending::{Text, Unwritten};
use crate::app::App;
use crate::consent::Link;
use crate::error::Result;

/// A test counts for so long.
const TEST_SECONDS: i64 = 300;

impl App {
    /// A message as it is written to its browser.
    pub(in crate::channel) async fn notification(
        &self,
        account: &Account,
        key: &str,
        text: &Text<'_>,
    ) -> Result<std::result::Result<Outgoing, Unwritten>> {
        let Some(key) = VapidKey::parse(key) else {
            return Ok(Err((Why::Account, "the key cannot be read")));
        };
        let Some(to) = self.browser(text).await? else {
            return Ok(Err((Why::Address, "no browser")));
        };
        let now = self.now();
        let (class, expires_at) = match text.notice {
            Some(notice) => (notice.class, notice.expires_at),
            None => (Class::Service, now.plus_seconds(TEST_SECONDS)),
        };
        let plain = self.plain(text).await?;
        let notification = Notification {
            plain: &plain,
            message: text.message,
            class,
            expires_at,
        };
        let contact = format!("mailto:{}", account.sender);
        let drawn = [self.chance().secret(), self.chance().secret()];
        let written = outgoing(&to, &notification, (&key, &contact), drawn, now);
        Ok(written.ok_or((Why::Message, "too long for a notification")))
    }

    /// The browser of a message; of a test the one that was given whole.
    async fn browser(&self, text: &Text<'_>) -> Result<Option<Subscription>> {
        if text.message.is_none() {
            return Ok(Subscription::parse(text.to));
        }
        let identifier = Identifier {
            kind: Kind::WebPush,
            value: text.to.into(),
        };
        let node = self.node_of_browser(&identifier);
        let mut tx = self.shared().db.read().await?;
        let row = web_push::get(&mut tx, node).await?;
        let row = row.filter(|row| row.confirmed_at.is_some());
        Ok(row.map(|row| Subscription {
            endpoint: row.endpoint,
            point: row.point,
            auth: row.auth,
        }))
    }

    async fn plain(&self, text: &Text<'_>) -> Result<String> {
        let company = self.company().company.clone();
        let mut told = json!({ "title": company.name.as_str(), "text": text.text });
        if let Some(notice) = text.notice {
            if !notice.title.is_empty() {
                told["title"] = notice.title.as_str().into();
            }
            told["lang"] = notice.language.tag().into();
            if !notice.link.is_empty() {
                told["link"] = notice.link.as_str().into();
            }
            if let Some(way_out) = &notice.way_out {
                told["out"] = way_out.as_str().into();
                told["outLabel"] = match notice.language {
                    Language::Italian => "Non ne voglio più",
                    Language::English => "No more of these",
                }
                .into();
            }
        }
        if let Some(id) = text.message {
            told["tag"] = id.to_string().into();
            told["report"] = self.report_link(id).await?.into();
            // Who took notifications before there was such a link gets it with the next one.
            let identifier = Identifier {
                kind: Kind::WebPush,
                value: text.to.into(),
            };
            let node = self.node_of_browser(&identifier);
            told["renew"] = self.public_link(&Link::PushRenewal { node }).await?.into();
        }
        Ok(told.to_string())
    }

    async fn report_link(&self, message: MessageId) -> Result<String> {
        self.public_link(&Link::PushReport { message }).await
    }
}
