//! A browser that a site brings, and its answer.
//!
//! **Invariant:** a browser is asked once a minute at most, and so many of them an hour that a
//! public key cannot be used to knock at other people's servers.

use compact_str::CompactString;
use filo_connect::channel::web_push::{Notification, Subscription, VapidKey};
use filo_connect::channel::{Handed, hand_over, is_same, web_push as wire};
use filo_core::channel::Secret;
use filo_core::company::Language;
use filo_core::consent::purpose::{Ground, MARKETING, Purpose};
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{CustomerId, NodeId, SourceId};
use filo_core::identity::{Identifier, Kind, Strength};
use filo_core::message::{Class, Medium};
use filo_store::web_push::{self, BrowserRow};
use serde_json::{Value, json};
use smallvec::SmallVec;

use super::{devices, identifier};
use crate::app::App;
use crate::consent::Link;
use crate::customer::CustomerView;
use crate::decision::STAFF_SOURCE;
use crate::error::{Error, Result};
use crate::message::purpose_name;

/// A browser that does not answer within a day is not asked about any more.
const VALID_S: i64 = 86_400;
/// A second press of the same button.
const ONCE_IN_S: i64 = 60;
/// Browsers that are asked in an hour.
pub(super) const ASKED_AN_HOUR_MOST: i64 = 600;
/// Letters of a text's name.
const WORDING_CHARS_MOST: usize = 128;

/// A browser whose person let it be asked.
#[derive(Debug, Clone)]
pub struct BrowserAsked<'a> {
    /// What `PushSubscription.toJSON` gave.
    pub subscription: &'a str,
    /// The visitor.
    pub anonymous_id: &'a str,
    /// What they were asked about; empty for offers.
    pub purpose: &'a str,
    /// The version of the text that they read.
    pub wording: &'a str,
    /// From where, as an event has it.
    pub context: Value,
    /// The source of the site.
    pub source: SourceId,
}

impl App {
    /// Keeps a browser aside and sends it what only it can answer.
    ///
    /// # Errors
    /// If the channel is off, the browser is none, the push service does not take it, or too many
    /// were asked.
    pub async fn ask_browser(&self, asked: BrowserAsked<'_>) -> Result<()> {
        let account = self.channel_account(Medium::Push).await?;
        let account = account.ok_or(Error::Missing("channel"))?;
        let key = self.channel_secret(Medium::Push, Secret::Vapid).await?;
        let key = key.and_then(|kept| VapidKey::parse(&kept));
        let key = key.ok_or(Error::Missing("channel"))?;
        let to = Subscription::parse(asked.subscription)
            .ok_or_else(|| Error::invalid("subscription", "is none"))?;
        let target = self.shared().client.target(&to.endpoint);
        target.map_err(|refusal| Error::invalid("subscription", refusal.to_string()))?;
        let visitor = Identifier::new(Kind::AnonymousId, asked.anonymous_id, &self.rules());
        let visitor = visitor.map_err(|_refusal| Error::invalid("anonymousId", "is none"))?;
        let purpose = self.purpose_asked(asked.purpose).await?;
        let name = identifier(&to.endpoint);
        let node = self.node_of_browser(&name);
        let Some(row) = self
            .keep_aside((node, &to), &asked, &visitor, &purpose)
            .await?
        else {
            // It was asked a moment ago.
            return Ok(());
        };
        let plain = self.question(&row, &purpose).await?;
        let notification = Notification {
            plain: &plain,
            message: None,
            class: Class::Service,
            expires_at: self.now().plus_seconds(VALID_S),
        };
        let contact = format!("mailto:{}", account.sender);
        let drawn = [self.chance().secret(), self.chance().secret()];
        let written = wire::outgoing(&to, &notification, (&key, &contact), drawn, self.now());
        let written = written.ok_or_else(|| Error::invalid("subscription", "is none"))?;
        let (client, now) = (&self.shared().client, self.now());
        let failed = match hand_over(client, written, wire::read, now).await {
            // What may have arrived is answered or not.
            Handed::Accepted { .. } | Handed::Unknown { .. } => return Ok(()),
            Handed::NotNow { .. } => Error::TooOften { retry_after_s: 60 },
            Handed::Refused { text, .. } => Error::invalid("subscription", text),
        };
        if row.confirmed_at.is_none() {
            let mut tx = self.shared().db.begin().await?;
            web_push::remove(&mut tx, node).await?;
            tx.commit().await?;
        }
        Err(failed)
    }

    async fn purpose_asked(&self, word: &str) -> Result<Purpose> {
        let word = match word.trim() {
            "" => MARKETING,
            word => word,
        };
        let purposes = self.purposes().await?.purposes;
        let purpose = purposes.get(word).cloned();
        let purpose = purpose.ok_or_else(|| Error::invalid("purpose", "no such purpose"))?;
        match purpose.channels.contains(&Channel::App) {
            true => Ok(purpose),
            false => Err(Error::invalid("purpose", "not done by this way")),
        }
    }

    /// Keeps a browser aside until it answers; nothing if it was asked a moment ago.
    async fn keep_aside(
        &self,
        (node, to): (NodeId, &Subscription),
        asked: &BrowserAsked<'_>,
        visitor: &Identifier,
        purpose: &Purpose,
    ) -> Result<Option<BrowserRow>> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        web_push::sweep(&mut tx, now.plus_seconds(-VALID_S)).await?;
        let known = web_push::get(&mut tx, node).await?;
        if let Some(known) = &known {
            let is_same = is_same(&known.auth, &to.auth) && known.point == to.point;
            if known.confirmed_at.is_some() && !is_same {
                // Whoever knows the address alone is not the browser.
                return Err(Error::invalid("subscription", "is another one"));
            }
            if is_same && now < known.asked_at.plus_seconds(ONCE_IN_S) {
                return Ok(None);
            }
        }
        let in_an_hour = web_push::asked_since(&mut tx, now.plus_seconds(-3_600)).await?;
        if in_an_hour >= ASKED_AN_HOUR_MOST {
            return Err(Error::TooOften {
                retry_after_s: 3_600,
            });
        }
        let row = BrowserRow {
            node,
            visitor: self.key().node_id(visitor.kind, &visitor.value),
            anonymous_id: visitor.value.to_string(),
            endpoint: to.endpoint.clone(),
            point: to.point.clone(),
            auth: to.auth.clone(),
            purpose: purpose.word.to_string(),
            wording: asked.wording.chars().take(WORDING_CHARS_MOST).collect(),
            context: asked.context.to_string(),
            source: asked.source,
            asked_at: now,
            confirmed_at: known.and_then(|known| known.confirmed_at),
        };
        web_push::put(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(Some(row))
    }

    /// The first notification: what they said yes to, and the link that the browser answers.
    async fn question(&self, row: &BrowserRow, purpose: &Purpose) -> Result<String> {
        let context: Value = serde_json::from_str(&row.context).unwrap_or_default();
        let locale = context["locale"].as_str().unwrap_or_default();
        let said = locale.get(..2).map(str::to_ascii_lowercase);
        let company = self.company().company.clone();
        let language = said.and_then(|it| Language::from_tag(&it));
        let language = language.unwrap_or(company.language);
        let purposes = self.purposes().await?.purposes;
        let name = purpose_name(&purposes, &purpose.word, language);
        let text = match language {
            Language::Italian => format!(
                "Le notifiche sono attive: qui ricevi «{name}». Per non riceverne più basta il browser."
            ),
            Language::English => format!(
                "Notifications are on: you get “{name}” here. To get no more, tell your browser."
            ),
        };
        let yes = self.public_link(&Link::PushYes { node: row.node }).await?;
        let renewal = Link::PushRenewal { node: row.node };
        let renew = self.public_link(&renewal).await?;
        let told = json!({
            "title": company.name.as_str(), "text": text, "lang": language.tag(), "yes": yes,
            "renew": renew,
        });
        Ok(told.to_string())
    }

    /// The browser has answered: from now on it takes notifications.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn take_browser_yes(&self, node: NodeId) -> Result<()> {
        let known = {
            let mut tx = self.shared().db.read().await?;
            web_push::get(&mut tx, node).await?
        };
        let now = self.now();
        let is_open = |row: &BrowserRow| {
            now < row.asked_at.plus_seconds(VALID_S)
                && row.confirmed_at.is_none_or(|at| at < row.asked_at)
        };
        let Some(row) = known.filter(is_open) else {
            return Ok(());
        };
        let name = identifier(&row.endpoint);
        let asked = self.allowed_event(&row, name.clone());
        self.decide_all(vec![asked]).await?;
        if let Some(granted) = self.granted_event(&row, name).await? {
            self.decide_all(vec![granted]).await?;
        }
        let mut tx = self.shared().db.begin().await?;
        web_push::confirm(&mut tx, node, now).await?;
        tx.commit().await?;
        self.open_address(node, Channel::App, "the browser said yes")
            .await?;
        self.subscribe_address(node, &[Channel::App]).await
    }

    /// That a visitor let a browser be asked, on their thread: as the site says.
    pub(super) fn allowed_event(&self, row: &BrowserRow, browser: Identifier) -> Event {
        let visitor = Identifier {
            kind: Kind::AnonymousId,
            value: CompactString::from(&row.anonymous_id),
        };
        let mut event = self.browser_event(row, "allowed");
        event.trust = Trust::Claimed;
        event.source = row.source;
        event.id = self.key().event_id(event.source, &event.message_id);
        event.name = CompactString::const_new("Notifications Allowed");
        event.thread = row.visitor;
        event.identifiers = SmallVec::from_iter([visitor, browser]);
        event.properties = json!({ "purpose": row.purpose }).to_string().into();
        event.context = row.context.as_str().into();
        event
    }

    /// The yes. It covers what is believed to be the person's, and nothing else of theirs.
    async fn granted_event(&self, row: &BrowserRow, browser: Identifier) -> Result<Option<Event>> {
        let purposes = self.purposes().await?.purposes;
        let purpose = purposes.get(&row.purpose);
        if purpose.is_none_or(|purpose| purpose.ground == Ground::Duty) {
            return Ok(None);
        }
        let view = self.customer(CustomerId::from(row.node)).await?;
        let context: Value = serde_json::from_str(&row.context).unwrap_or_default();
        let mut properties = json!({
            "purpose": row.purpose, "channel": Channel::App.word(), "basis": "consent",
            "how": "browser",
            "proof": "the browser asked its person, and answered a notification that only it could read",
        });
        if let Some(page) = context["page"]["url"].as_str() {
            properties["page"] = page.into();
        }
        if !row.wording.is_empty() {
            properties["wording"] = row.wording.as_str().into();
            let hash = self.hash_of_wording(&row.wording).await?;
            if !hash.is_empty() {
                properties["wording_hash"] = hash.into();
            }
        }
        let mut event = self.browser_event(row, "yes");
        event.name = CompactString::const_new("Consent Granted");
        event.identifiers = match &view {
            Some(view) => covered(view, row.node, browser),
            None => SmallVec::from_iter([browser]),
        };
        event.properties = properties.to_string().into();
        event.context = row.context.as_str().into();
        Ok(Some(event))
    }

    /// An event about a browser, the same however often it is made for the same question.
    pub(super) fn browser_event(&self, row: &BrowserRow, what: &str) -> Event {
        let now = self.now();
        let key = format!("push-{what}-{}-{}", row.node, row.asked_at.0);
        let message_id = CompactString::from(key);
        Event {
            id: self.key().event_id(STAFF_SOURCE, &message_id),
            thread: row.node,
            at: now,
            received_at: now,
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Staff,
            channel: Channel::Web,
            source: STAFF_SOURCE,
            message_id,
            name: CompactString::const_new(""),
            identifiers: SmallVec::new(),
            properties: "{}".into(),
            context: "{}".into(),
        }
    }
}

/// What a yes of a browser covers: of somebody it is believed to be, whatever else is believed to
/// be theirs; of somebody else it speaks for itself alone.
fn covered(view: &CustomerView, node: NodeId, browser: Identifier) -> SmallVec<[Identifier; 2]> {
    let devices = devices(view);
    let is_theirs = devices.is_theirs(node);
    let others = view.identifiers.iter().filter(|it| {
        let is_device = it.kind.strength() == Strength::Device;
        let is_believed = it.facts.trust > Trust::Claimed || is_device;
        is_theirs && it.node != node && is_believed && devices.is_theirs(it.node)
    });
    let others = others.map(|it| Identifier {
        kind: it.kind,
        value: it.value.clone(),
    });
    std::iter::once(browser).chain(others).collect()
}
