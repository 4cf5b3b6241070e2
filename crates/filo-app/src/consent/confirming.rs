//! Double opt-in: a claimed yes waits until its person follows a link and says so again.
//!
//! Filo makes the link and tells it to the company's own mailer, if one listens; otherwise it sends
//! it itself.
//!
//! **Invariant (I16):** one address is asked at most once in 24 hours, whoever claims what.
//! **Invariant:** a link confirms what was claimed for its own address and nothing else.

use compact_str::CompactString;
use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::consent::Status;
use filo_core::consent::purpose::{Ground, MARKETING, Purpose, Purposes};
use filo_core::event::Channel;
use filo_core::id::{ConfirmationId, CustomerId, MessageId, NodeId, SourceId};
use filo_core::identity::Kind;
use filo_core::message::Class;
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::semantic;
use filo_core::time::Timestamp;
use filo_core::webhook::Topic;
use filo_store::confirmation::{self, ConfirmationRow};
use filo_store::message::{self, MessageRow};
use filo_store::{Tx, lease, source};
use serde_json::{Value, json};

use super::choosing::Visitor;
use super::link::Link;
use super::terms;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::clock::Chance;
use crate::engine::Shared;
use crate::error::{Error, Result};
use crate::key::OWN_KIND;
use crate::webhook::{Hearer, News, tell};

/// An address is asked once in so many seconds.
const ONCE_IN_S: i64 = 24 * 3_600;
/// A link can be followed for so many seconds.
const VALID_S: i64 = 7 * 24 * 3_600;
/// Addresses that Filo itself writes to in an hour because somebody claimed a yes.
const ASKED_AN_HOUR_MOST: i64 = 200;
/// Bytes of a purpose or a text's name that a link remembers.
const WORD_MOST: usize = 128;

/// A link that was made.
#[derive(Debug, Clone)]
pub struct MadeConfirmation {
    /// Its id.
    pub id: ConfirmationId,
    /// The address to send, whole.
    pub url: String,
    /// Until when it can be followed.
    pub expires_at: Timestamp,
}

/// What became of a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// It counts from now on.
    Yes,
    /// It had been confirmed before.
    Already,
    /// The link is too old.
    TooLate,
    /// Nobody has this link.
    Unknown,
}

/// What is asked of an address.
struct Asked<'a> {
    node: NodeId,
    purpose: &'a str,
    channel: &'a str,
    wording: &'a str,
}

/// Makes a link, unless the address was asked a short while ago.
async fn ask(
    tx: &mut Tx<'_>,
    shared: &Shared,
    asked: &Asked<'_>,
    (chance, now): (&Chance, Timestamp),
) -> Result<Option<MadeConfirmation>> {
    let last = confirmation::last_asked(tx, asked.node).await?;
    if last.is_some_and(|last| now < last.plus_seconds(ONCE_IN_S)) {
        return Ok(None);
    }
    let id = ConfirmationId(chance.draw());
    let row = ConfirmationRow {
        id,
        node: asked.node,
        purpose: bounded_word(asked.purpose),
        channel: bounded_word(asked.channel),
        wording: bounded_word(asked.wording),
        asked_at: now,
        expires_at: now.plus_seconds(VALID_S),
        confirmed_at: None,
    };
    confirmation::insert(tx, &row).await?;
    let sealer = shared.links.sealer(tx, &shared.vault, (chance, now));
    Ok(Some(MadeConfirmation {
        id,
        url: sealer.await?.url(&Link::Confirm { id }, chance),
        expires_at: row.expires_at,
    }))
}

/// Gives every claimed yes that is to be told its link; what was asked a short while ago, and what
/// nobody listens to, is not told.
pub(crate) async fn ask_to_confirm(
    tx: &mut Tx<'_>,
    shared: &Shared,
    hearers: &[Hearer],
    news: &mut Vec<News>,
    at: (&Chance, Timestamp),
) -> Result<(), filo_store::Error> {
    let topic = Topic::ConfirmationRequested;
    let is_heard = is_heard(hearers);
    let mut told = Vec::with_capacity(news.len());
    for mut item in std::mem::take(news) {
        if item.topic() != topic {
            told.push(item);
            continue;
        }
        let data = item.data_mut();
        let word = |key: &str| first_word(&data[key]);
        let (purpose, channel, wording) = (word("purpose"), word("channel"), word("wording"));
        let node = data["identifier"].as_str().and_then(|id| id.parse().ok());
        let said_at = data["at"].as_str().and_then(Timestamp::parse);
        let is_of_file = first_word(&data["how"]) == "import";
        let source = data["source"].as_u64();
        if let Some(data) = data.as_object_mut() {
            data.remove("at");
            data.remove("how");
            data.remove("source");
        }
        let customer = data["customer"].as_str().and_then(|id| id.parse().ok());
        let (Some(node), Some(customer), false) = (node, customer, purpose.is_empty()) else {
            continue;
        };
        // Where the company's own mailer asks, it says itself how much is too much. Filo writes to
        // who was on a site or in an app just now, never because a file was brought in.
        if !is_heard && (is_of_file || !may_ask_by_mail(tx, (said_at, source), at.1).await?) {
            continue;
        }
        let asked = Asked {
            node,
            purpose: &purpose,
            channel: &channel,
            wording: &wording,
        };
        let made = ask(tx, shared, &asked, at).await;
        let made = made.map_err(|error| filo_store::Error::Unusable(error.to_string()))?;
        let Some(made) = made else {
            continue;
        };
        if is_heard {
            data["url"] = made.url.into();
            data["expires_at"] = made.expires_at.to_string().into();
            data["purpose"] = purpose.into();
            data["channel"] = channel.into();
            told.push(item);
        } else {
            let purposes = terms::stored(tx).await;
            let terms = purposes.map_err(|error| filo_store::Error::Unusable(error.to_string()))?;
            let message = to_confirm(&terms.purposes, customer, (made.id, &purpose), at);
            message::plan(tx, message.as_slice()).await?;
        }
    }
    *news = told;
    Ok(())
}

/// Whether Filo itself writes to whoever claimed a yes: at once or not at all, and to so many an
/// hour that a public key cannot be used to fill mailboxes.
async fn may_ask_by_mail(
    tx: &mut Tx<'_>,
    (said_at, source): (Option<Timestamp>, Option<u64>),
    now: Timestamp,
) -> Result<bool, filo_store::Error> {
    let source = source.and_then(|number| u32::try_from(number).ok());
    let kind = match source {
        Some(number) => source::get(tx, SourceId(number)).await?,
        None => None,
    };
    if kind.is_none_or(|row| row.kind == OWN_KIND) {
        return Ok(false);
    }
    let is_fresh = said_at.is_some_and(|at| now < at.plus_seconds(ONCE_IN_S));
    let asked = confirmation::asked_since(tx, now.plus_seconds(-3_600)).await?;
    Ok(is_fresh && asked < ASKED_AN_HOUR_MOST)
}

/// Whether the company's own mailer sends the links; otherwise Filo does.
fn is_heard(hearers: &[Hearer]) -> bool {
    let topic = Topic::ConfirmationRequested;
    hearers.iter().any(|hearer| hearer.wants(topic))
}

/// The message by which Filo itself asks: owed to whoever claimed a yes, so it goes on the ground
/// of a duty; a company without one sends it by other means.
fn to_confirm(
    purposes: &Purposes,
    customer: CustomerId,
    (confirmation, purpose): (ConfirmationId, &str),
    (chance, now): (&Chance, Timestamp),
) -> Option<MessageRow> {
    let is_duty =
        |it: &&Purpose| it.ground == Ground::Duty && it.channels.contains(&Channel::Email);
    let duty = purposes.0.iter().find(is_duty)?;
    let saying = Saying::Confirmation {
        confirmation,
        purpose: purpose.to_owned(),
    };
    let (id, origin) = (
        MessageId(chance.draw()),
        Origin::Confirmation { confirmation },
    );
    Some(MessageRow {
        class: Class::Transactional,
        purpose: duty.word.to_string(),
        expires_at: now.plus_seconds(VALID_S),
        ..MessageRow::planned(id, origin, customer, saying, now)
    })
}

/// A word, or the first of a list of words.
fn first_word(value: &Value) -> String {
    let first = value.as_array().and_then(|list| list.first());
    let text = first.unwrap_or(value).as_str().unwrap_or_default();
    text.trim().to_lowercase()
}

fn bounded_word(text: &str) -> String {
    text.chars().take(WORD_MOST).collect()
}

impl App {
    /// Makes the link by which a customer confirms a yes, and tells it to the webhooks that
    /// listen.
    ///
    /// # Errors
    /// If the actor may not record consent, the customer has no e-mail address or no such
    /// purpose is asked about; [`Error::TooOften`] if the address was asked within 24 hours.
    pub async fn request_confirmation(
        &self,
        actor: &Actor,
        customer: CustomerId,
        (purpose, channel): (&str, Option<Channel>),
    ) -> Result<MadeConfirmation> {
        actor.must(Right::RecordConsent)?;
        let view = self.customer(customer).await?;
        let view = view.ok_or(Error::Missing("customer"))?;
        let emails = view.identifiers.iter().filter(|it| it.kind == Kind::Email);
        let address = emails.max_by_key(|it| (it.facts.last_seen, it.node));
        let Some(address) = address else {
            return Err(Error::Conflict("they have no e-mail address".to_owned()));
        };
        let language = self.language_of(&view);
        let wording = self.current_wording(purpose, language.tag()).await?;
        let wording = wording.map(|wording| wording.name()).unwrap_or_default();
        let (now, chance) = (self.now(), self.chance());
        let mut tx = self.shared().db.begin().await?;
        let terms = terms::stored(&mut tx).await?;
        let known = terms.purposes.get(purpose);
        if known.is_none_or(|purpose| purpose.ground != Ground::Statement) {
            return Err(Error::invalid(
                "purpose",
                "one that customers are asked about",
            ));
        }
        let asked = Asked {
            node: address.node,
            purpose,
            channel: channel.map_or("any", Channel::word),
            wording: &wording,
        };
        let made = ask(&mut tx, self.shared(), &asked, (chance, now)).await?;
        let made = made.ok_or(Error::TooOften {
            retry_after_s: u32::try_from(ONCE_IN_S).unwrap_or(u32::MAX),
        })?;
        let entry = actor.did(Act::ConfirmationMade, now).about(made.id);
        record(&mut tx, &entry).await?;
        let data = json!({
            "customer": view.id.to_string(), "identifier": address.node.to_string(),
            "purpose": purpose, "channel": asked.channel, "wording": wording,
            "url": made.url, "expires_at": made.expires_at.to_string(),
        });
        let news = News::new(Topic::ConfirmationRequested, view.id.to_string(), data);
        let hearers = self.shared().hearing.hearers();
        tell(&mut tx, &hearers, &[news], (chance, now)).await?;
        if !is_heard(&hearers) {
            let message = to_confirm(&terms.purposes, view.id, (made.id, purpose), (chance, now));
            message::plan(&mut tx, message.as_slice()).await?;
        }
        lease::notify_changed(&mut tx).await?;
        tx.commit().await?;
        self.refresh_webhooks().await;
        self.shared().outbox.wake();
        Ok(made)
    }

    /// What a link asks to be confirmed; nothing if it is unknown or its person is gone.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn confirmation(&self, id: ConfirmationId) -> Result<Option<ConfirmationRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(confirmation::get(&mut tx, id).await?)
    }

    /// Confirms what was claimed: from now on it is a yes with proof.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn confirm(&self, id: ConfirmationId, visitor: &Visitor) -> Result<Confirmed> {
        let Some(row) = self.confirmation(id).await? else {
            return Ok(Confirmed::Unknown);
        };
        if row.confirmed_at.is_some() {
            return Ok(Confirmed::Already);
        }
        let now = self.now();
        if now >= row.expires_at {
            return Ok(Confirmed::TooLate);
        }
        let Some(view) = self.customer(CustomerId::from(row.node)).await? else {
            return Ok(Confirmed::Unknown);
        };
        let channel = semantic::channel_of_word(&row.channel);
        let consents = &view.profile.consents;
        let waits = |node: NodeId| {
            consents
                .standing_of_node(node, &row.purpose, channel)
                .is_some_and(|statement| statement.status == Status::Pending)
        };
        let covered = view
            .identifiers
            .iter()
            .filter(|it| it.node == row.node || waits(it.node));
        let nodes: Vec<NodeId> = covered.map(|it| it.node).collect();
        let mut properties = json!({
            "purpose": row.purpose, "basis": "consent", "how": "double_opt_in",
            "proof": row.id.to_string(), "asked_at": row.asked_at.to_string(),
            "channel": if row.channel.is_empty() { "any" } else { &row.channel },
        });
        if !row.wording.is_empty() {
            properties["wording"] = row.wording.as_str().into();
            let hash = self.hash_of_wording(&row.wording).await?;
            if !hash.is_empty() {
                properties["wording_hash"] = hash.into();
            }
        }
        let mut event = self.said_through(&view, "Consent Granted", &properties, visitor);
        // A link that is followed twice at once says the same once.
        event.message_id = CompactString::from(format!("confirm-{id}"));
        event.id = self.key().event_id(event.source, &event.message_id);
        event.thread = row.node;
        event.identifiers = super::choosing::identifiers(&view, row.node, &nodes);
        self.decide(event).await?;
        let mut tx = self.shared().db.begin().await?;
        confirmation::confirm(&mut tx, id, now).await?;
        tx.commit().await?;
        let by_mail = channel.is_none_or(|channel| channel == Channel::Email);
        if by_mail && row.purpose == MARKETING {
            self.subscribe_address(row.node, &[Channel::Email]).await?;
        }
        Ok(Confirmed::Yes)
    }
}
