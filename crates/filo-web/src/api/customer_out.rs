//! A customer as the API shows them: a promise to whoever reads it, apart from how it is kept.

use std::collections::BTreeMap;

use filo_app::computed::ComputedValue;
use filo_app::{CustomerView, IdentifierView};
use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::profile::view::{ProfileSummary, summary};
use filo_core::profile::{ChannelUse, Note, Touch, Traits};
use filo_core::time::Timestamp;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::{Text, trust_word};
use super::computed_trait_out::{ComputedValueOut, values};
use super::order_out::OrderSummaryOut;

/// One identifier of a customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Identifier)]
pub(crate) struct IdentifierOut<'a> {
    /// Its id, which is also the thread of the events that came with it.
    #[schema(value_type = String, example = "idn_0123456789abcdefghjkmnpqrs")]
    id: Text<NodeId>,
    /// What it is.
    #[schema(example = "email")]
    kind: &'static str,
    /// Its normal form.
    #[schema(example = "anna@example.it")]
    value: &'a str,
    /// When an event first carried it.
    #[schema(value_type = String, format = DateTime)]
    first_seen: Text<Timestamp>,
    /// When an event last carried it.
    #[schema(value_type = String, format = DateTime)]
    last_seen: Text<Timestamp>,
    /// How far its senders can be believed at best: `claimed`, `verified` or `staff`.
    trust: &'static str,
}

impl<'a> IdentifierOut<'a> {
    pub(crate) fn new(identifier: &'a IdentifierView) -> Self {
        Self {
            id: Text(identifier.node),
            kind: identifier.kind.word(),
            value: &identifier.value,
            first_seen: Text(identifier.facts.first_seen),
            last_seen: Text(identifier.facts.last_seen),
            trust: trust_word(identifier.facts.trust),
        }
    }
}

/// How often they were met on a channel.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelUse)]
pub(crate) struct ChannelOut {
    /// The channel.
    channel: &'static str,
    /// How many events.
    count: u64,
    /// The first.
    #[schema(value_type = String, format = DateTime)]
    first_at: Text<Timestamp>,
    /// The last.
    #[schema(value_type = String, format = DateTime)]
    last_at: Text<Timestamp>,
}

/// One meeting: the first or the last.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Touch)]
pub(crate) struct TouchOut {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// Where.
    channel: &'static str,
    /// The campaign's source, as `utm_source` said.
    campaign_source: Option<String>,
    /// The campaign's medium.
    campaign_medium: Option<String>,
    /// The campaign's name.
    campaign_name: Option<String>,
    /// The host that led here.
    referrer: Option<String>,
    /// The page.
    path: Option<String>,
}

/// What counts about one purpose on one channel.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub(crate) struct ConsentOut {
    /// What for; `*` for everything.
    purpose: String,
    /// Where; null means everywhere.
    channel: Option<&'static str>,
    /// `granted`, `denied`, or `pending`: a yes that only a public key claims.
    status: &'static str,
    /// The legal basis.
    basis: &'static str,
    /// The version or text they agreed to.
    wording: Option<String>,
    /// When it was said.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Text<Timestamp>>,
    /// The event that says it.
    #[schema(value_type = Option<String>)]
    event: Option<Text<EventId>>,
}

/// What they told a person of the company.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Note)]
pub(crate) struct NoteOut {
    /// The event of the note: what removes it.
    #[schema(value_type = String)]
    id: Text<EventId>,
    /// What was said.
    text: String,
    /// What it is about.
    about: &'static str,
    /// Who wrote it down.
    actor: Option<String>,
    /// When it was written down.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Customer)]
pub(crate) struct CustomerOut<'a> {
    /// The id: that of the oldest identifier.
    #[schema(value_type = String, example = "cus_0123456789abcdefghjkmnpqrs")]
    id: Text<CustomerId>,
    /// The full name.
    name: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The telephone number.
    phone: Option<String>,
    /// The birthday, `1980-05-17`.
    #[schema(value_type = Option<String>, format = Date)]
    birthday: Option<Text<jiff::civil::Date>>,
    /// The language, two letters.
    language: Option<String>,
    /// When the first event happened.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_seen: Option<Text<Timestamp>>,
    /// The last sign of life.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_seen: Option<Text<Timestamp>>,
    /// How many events there are.
    event_count: u64,
    /// Every identifier, strongest kind first.
    identifiers: Vec<IdentifierOut<'a>>,
    /// Every trait with the value that counts.
    #[schema(value_type = Object)]
    traits: TraitsOut<'a>,
    /// What the computed traits say, by key; not for whoever may not see personal data.
    computed: BTreeMap<String, ComputedValueOut>,
    /// Orders by currency.
    orders: Vec<OrderSummaryOut>,
    /// Where they were met, the most used channel first.
    channels: Vec<ChannelOut>,
    /// The companies they belong to.
    groups: Vec<String>,
    /// What they allow.
    consents: Vec<ConsentOut>,
    /// What they told us, newest first.
    notes: Vec<NoteOut>,
    /// The first meeting.
    first_touch: Option<TouchOut>,
    /// The last meeting.
    last_touch: Option<TouchOut>,
    /// Something was too much to be kept: names, traits or orders.
    is_incomplete: bool,
}

impl<'a> CustomerOut<'a> {
    pub(crate) fn new(customer: &'a CustomerView, computed: &[ComputedValue]) -> Self {
        let known: ProfileSummary = summary(&customer.profile);
        Self {
            id: Text(customer.id),
            name: known.name,
            email: known.email,
            phone: known.phone,
            birthday: known.birthday.map(Text),
            language: known.language,
            first_seen: known.first_seen.map(Text),
            last_seen: known.last_seen.map(Text),
            event_count: known.event_count,
            identifiers: customer
                .identifiers
                .iter()
                .map(IdentifierOut::new)
                .collect(),
            traits: TraitsOut(&customer.profile.traits),
            computed: values(computed),
            orders: known.orders.iter().map(OrderSummaryOut::new).collect(),
            channels: known.channels.iter().map(channel).collect(),
            groups: known.groups.iter().map(ToString::to_string).collect(),
            consents: known.consents.iter().map(consent).collect(),
            notes: known.notes.iter().map(note).collect(),
            first_touch: known.first_touch.as_ref().map(touch),
            last_touch: known.last_touch.as_ref().map(touch),
            is_incomplete: known.is_incomplete,
        }
    }
}

fn channel(used: &ChannelUse) -> ChannelOut {
    ChannelOut {
        channel: used.channel.word(),
        count: used.count,
        first_at: Text(used.first_at),
        last_at: Text(used.last_at),
    }
}

fn consent(line: &filo_core::profile::view::ConsentLine) -> ConsentOut {
    ConsentOut {
        purpose: line.purpose.to_string(),
        channel: line.channel.map(filo_core::event::Channel::word),
        status: line.status.word(),
        basis: line.basis.word(),
        wording: said(&line.wording),
        at: line
            .provenance
            .as_ref()
            .map(|provenance| Text(provenance.at)),
        event: line
            .provenance
            .as_ref()
            .map(|provenance| Text(provenance.event)),
    }
}

fn note(note: &Note) -> NoteOut {
    NoteOut {
        id: Text(note.provenance.event),
        text: note.text.to_string(),
        about: note.about.word(),
        actor: said(&note.actor),
        at: Text(note.provenance.at),
    }
}

fn touch(touch: &Touch) -> TouchOut {
    let campaign = touch.campaign.as_deref();
    TouchOut {
        at: Text(touch.at),
        channel: touch.channel.word(),
        campaign_source: campaign.and_then(|campaign| said(&campaign.source)),
        campaign_medium: campaign.and_then(|campaign| said(&campaign.medium)),
        campaign_name: campaign.and_then(|campaign| said(&campaign.name)),
        referrer: said(&touch.referrer),
        path: said(&touch.path),
    }
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Traits as an object, each value as it was sent.
#[derive(Debug)]
pub(crate) struct TraitsOut<'a>(pub(crate) &'a Traits);

impl Serialize for TraitsOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value, _) in self.0.iter() {
            if let Ok(raw) = serde_json::from_str::<&RawValue>(&value) {
                map.serialize_entry(key, raw)?;
            }
        }
        map.end()
    }
}
