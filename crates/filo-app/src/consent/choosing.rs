//! What customers decide for themselves through a link: their preferences.
//!
//! **Invariant:** a change names the statements that differ and no others.

use compact_str::CompactString;
use filo_core::company::Language;
use filo_core::consent::Basis;
use filo_core::consent::Status;
use filo_core::consent::purpose::{Ground, Purpose};
use filo_core::consent::suppression::address_kinds;
use filo_core::event::{Channel, Event, EventKind};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Identifier, Kind};
use serde_json::{Value, json};
use smallvec::SmallVec;

use super::link::{Link, Sealer};
use super::suppressing::unsubscribed_from;
use super::terms;
use crate::actor::Actor;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;

/// Where customers answer for each channel by itself.
const ASKED: [Channel; 5] = [
    Channel::Email,
    Channel::Sms,
    Channel::Chat,
    Channel::Phone,
    Channel::App,
];

/// From where somebody follows a link: part of the proof.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// The address in the network.
    pub ip: Option<String>,
    /// The browser.
    pub user_agent: String,
    /// The page, without its token.
    pub page: &'static str,
}

/// One line of the preferences.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What for.
    pub purpose: Purpose,
    /// Where; nothing where it is asked once for all channels.
    pub channel: Option<Channel>,
    /// Whether it is a yes that counts.
    pub is_yes: bool,
    /// The name and the words of the text that is agreed to.
    pub wording: Option<(String, String)>,
}

impl Choice {
    /// The word under which a form sends it.
    #[must_use]
    pub fn word(&self) -> String {
        let channel = self.channel.map_or("any", Channel::word);
        format!("{}.{channel}", self.purpose.word)
    }
}

/// What a customer sees of their preferences.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// Their address, of which only they recognise what is left.
    pub address: String,
    /// Each thing they can choose.
    pub choices: Vec<Choice>,
}

impl App {
    /// The address of a link for a customer, to be put into the company's own mails.
    ///
    /// # Errors
    /// If the tables cannot be written: the first link makes its key.
    pub async fn public_link(&self, link: &Link) -> Result<String> {
        Ok(self.sealer().await?.url(link, self.chance()))
    }

    /// What seals and reads links.
    pub(crate) async fn sealer(&self) -> Result<Sealer> {
        let shared = self.shared();
        {
            let mut tx = shared.db.read().await?;
            if let Some(known) = shared.links.known(&mut tx, &shared.vault).await? {
                return Ok(known);
            }
        }
        let mut tx = shared.db.begin().await?;
        let at = (&**self.chance(), self.now());
        let sealer = shared.links.sealer(&mut tx, &shared.vault, at).await?;
        tx.commit().await?;
        Ok(sealer)
    }

    /// What the token of a link says; nothing if it is none of ours.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn read_link(&self, token: &str) -> Result<Option<Link>> {
        let shared = self.shared();
        let mut tx = shared.db.read().await?;
        let known = shared.links.known(&mut tx, &shared.vault).await?;
        Ok(known.and_then(|sealer| sealer.read(token)))
    }

    /// The links of a customer's e-mail addresses: the address's identifier, preferences,
    /// unsubscribing.
    ///
    /// # Errors
    /// If the actor may not see people, or there is no such person.
    pub async fn public_links(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<Vec<(NodeId, String, String)>> {
        let view = self.seen(actor, id).await?;
        let (sealer, chance) = (self.sealer().await?, self.chance());
        let emails = view.identifiers.iter().filter(|it| it.kind == Kind::Email);
        Ok(emails
            .map(|it| {
                let node = it.node;
                let out = Link::Unsubscribe {
                    node,
                    purpose: None,
                };
                let preferences = Link::Preferences { node };
                (
                    node,
                    sealer.url(&preferences, chance),
                    sealer.url(&out, chance),
                )
            })
            .collect())
    }

    /// The language in which a person reads: what they said, what their device speaks, what the
    /// company speaks.
    #[must_use]
    pub fn language_of(&self, view: &CustomerView) -> Language {
        let said = view.profile.traits.text("language");
        let device = view
            .profile
            .locale
            .as_ref()
            .map(|said| said.value.to_string());
        said.into_iter()
            .chain(device)
            .find_map(|text| Language::from_tag(text.get(..2)?.to_ascii_lowercase().as_str()))
            .unwrap_or(self.company().company.language)
    }

    /// The person behind a link, if there still is one.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn behind_link(&self, node: NodeId) -> Result<Option<CustomerView>> {
        self.customer(CustomerId::from(node)).await
    }

    /// What somebody can choose.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn preferences(&self, view: &CustomerView, node: NodeId) -> Result<Preferences> {
        let (terms, unsubscribed) = {
            let mut tx = self.shared().db.read().await?;
            let terms = terms::stored(&mut tx).await?;
            (terms, unsubscribed_from(&mut tx, node, self.now()).await?)
        };
        let language = self.language_of(view);
        let shows = self.shows_on_site(view).await?;
        let mut choices = Vec::new();
        for purpose in &terms.purposes.0 {
            let asks =
                purpose.ground == Ground::Statement && purpose.bases.contains(&Basis::Consent);
            if !asks {
                continue;
            }
            let wording = self.current_wording(&purpose.word, language.tag()).await?;
            let wording = wording.map(|it| (it.name(), it.text));
            for channel in places(purpose, view, shows) {
                let standing = view.profile.consents.standing(&purpose.word, channel);
                let at = standing.and_then(|it| Some(it.statement?.provenance.at));
                let is_over = at
                    .and_then(|at| purpose.expires_at(at))
                    .is_some_and(|end| end <= self.now());
                let is_yes = standing.is_some_and(|it| it.status == Status::Granted)
                    && !is_over
                    && !channel.is_some_and(|channel| unsubscribed.contains(&channel));
                choices.push(Choice {
                    purpose: purpose.clone(),
                    channel,
                    is_yes,
                    wording: wording.clone(),
                });
            }
        }
        let own = view.identifiers.iter().find(|it| it.node == node);
        Ok(Preferences {
            address: own.map(|it| masked(&it.value)).unwrap_or_default(),
            choices,
        })
    }

    /// Takes down what somebody chose: the words of the lines that are to be a yes. Says whether
    /// anything changed.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn choose(
        &self,
        view: &CustomerView,
        node: NodeId,
        wanted: &[String],
        visitor: &Visitor,
    ) -> Result<bool> {
        let preferences = self.preferences(view, node).await?;
        let mut events = Vec::new();
        let mut reads_again = Vec::new();
        for choice in &preferences.choices {
            let wants = wanted.contains(&choice.word());
            if wants == choice.is_yes {
                continue;
            }
            reads_again.extend(choice.channel.filter(|_| wants));
            let mut properties = json!({
                "purpose": choice.purpose.word.as_str(),
                "channel": choice.channel.map_or("any", Channel::word), "how": "page",
            });
            if wants {
                properties["basis"] = "consent".into();
            }
            if let Some((name, _)) = choice.wording.as_ref().filter(|_| wants) {
                properties["wording"] = name.as_str().into();
                properties["wording_hash"] = self.hash_of_wording(name).await?.into();
            }
            let name = if wants {
                "Consent Granted"
            } else {
                "Consent Withdrawn"
            };
            events.push(self.said_by_person(view, node, (name, &properties), visitor));
        }
        if events.is_empty() {
            return Ok(false);
        }
        self.decide_all(events).await?;
        self.subscribe_address(node, &reads_again).await?;
        Ok(true)
    }

    /// What somebody says about themselves: it covers every identifier of theirs.
    pub(super) fn said_by_person(
        &self,
        view: &CustomerView,
        node: NodeId,
        (name, properties): (&str, &Value),
        visitor: &Visitor,
    ) -> Event {
        let mut event = self.said_through(view, name, properties, visitor);
        event.thread = node;
        event.identifiers = identifiers(view, node, &view.threads());
        event
    }

    /// An event that a customer makes by following a link: it proves what they said, and nothing
    /// about who is who.
    pub(super) fn said_through(
        &self,
        view: &CustomerView,
        name: &str,
        properties: &Value,
        visitor: &Visitor,
    ) -> Event {
        let nobody = Actor::operator();
        let properties = properties.to_string().into_boxed_str();
        let mut event = self.staff_event(&nobody, EventKind::Track, name, properties);
        event.message_id = CompactString::from(format!("link-{:032x}", self.spare_id()));
        event.id = self.key().event_id(event.source, &event.message_id);
        event.channel = Channel::Web;
        let mut context = json!({
            "link": visitor.page, "userAgent": visitor.user_agent,
            "page": { "url": format!("{}{}", self.shared().links.base(), visitor.page) },
            "locale": self.language_of(view).tag(),
        });
        if let Some(ip) = &visitor.ip {
            context["ip"] = ip.as_str().into();
        }
        event.context = context.to_string().into_boxed_str();
        event
    }
}

/// Those of a customer's identifiers, the thread's first.
pub(crate) fn identifiers(
    view: &CustomerView,
    thread: NodeId,
    nodes: &[NodeId],
) -> SmallVec<[Identifier; 2]> {
    let of = |wanted: bool| {
        view.identifiers
            .iter()
            .filter(move |it| (it.node == thread) == wanted && nodes.contains(&it.node))
    };
    of(true)
        .chain(of(false))
        .map(|it| Identifier {
            kind: it.kind,
            value: it.value.clone(),
        })
        .collect()
}

/// Where a purpose is asked about, of those addresses that somebody has.
fn places(purpose: &Purpose, view: &CustomerView, shows: bool) -> Vec<Option<Channel>> {
    if !purpose.by_channel {
        return vec![None];
    }
    let has = |channel: &Channel| {
        let kinds = address_kinds(*channel);
        view.identifiers.iter().any(|it| kinds.contains(&it.kind))
    };
    ASKED
        .into_iter()
        .filter(has)
        .chain(shows.then_some(Channel::Web))
        .filter(|channel| purpose.channels.contains(channel))
        .map(Some)
        .collect()
}

/// An address of which only its owner recognises what is left: `a•••@e•••.it`.
fn masked(address: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    let Some((name, host)) = address.split_once('@') else {
        let end: Vec<char> = address.chars().rev().take(2).collect();
        return format!("•••{}", end.into_iter().rev().collect::<String>());
    };
    let ending = host.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{}•••@{}•••.{ending}", first(name), first(host))
}

#[cfg(test)]
#[path = "choosing_tests.rs"]
mod tests;
