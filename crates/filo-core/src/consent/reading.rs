//! Reading consent out of an event.
//!
//! | event | says |
//! |---|---|
//! | Segment Consent Preference Updated | `context.consent.categoryPreferences`: each category yes or no; an empty object refuses all |
//! | Consent Granted, Consent Withdrawn | `purpose`, `channel` (a word or a list), `basis`, `wording` |
//! | Unsubscribed | no e-mail for any purpose, unless `purpose` or `channel` say otherwise |
//!
//! **Invariant:** when in doubt it reads a no: a yes must name its purpose and a channel that
//! exists; a no without purpose is about everything, a no on an unknown channel about all of them.

use compact_str::CompactString;
use smallvec::{SmallVec, smallvec};

use super::{Basis, EVERY_PURPOSE, Statement, Status};
use crate::event::{Channel, Event, EventKind};
use crate::id::NodeId;
use crate::json;
use crate::profile::Provenance;
use crate::profile::touch::cut;
use crate::semantic;

/// Bytes of a purpose: longer ones are cut, in statements and in questions alike.
const PURPOSE_MOST: usize = 64;
/// Bytes of a wording's version or hash.
const WORDING_MOST: usize = 128;
/// Purposes read of one event; a refusal of more is a refusal of everything.
const LIST_MOST: usize = 30;

type Statements = SmallVec<[Statement; 2]>;

/// Whether an event says anything about consent: then it must be folded into every identifier
/// that it came with.
#[must_use]
pub fn concerns(event: &Event) -> bool {
    event.kind == EventKind::Track
        && matches!(
            event.name.as_str(),
            semantic::CONSENT_PREFERENCE_UPDATED
                | semantic::CONSENT_GRANTED
                | semantic::CONSENT_WITHDRAWN
                | semantic::UNSUBSCRIBED
        )
}

pub(super) fn statements(covers: NodeId, event: &Event) -> Statements {
    if !concerns(event) {
        return Statements::new();
    }
    match event.name.as_str() {
        semantic::CONSENT_PREFERENCE_UPDATED => preferences(covers, event),
        semantic::CONSENT_GRANTED => stated(covers, event, Status::Granted),
        _ => stated(covers, event, Status::Denied),
    }
}

/// A purpose as it is compared: trimmed, lower case, of bounded length.
pub(super) fn normal_purpose(purpose: &str) -> CompactString {
    let lower = CompactString::new(cut(purpose.trim(), 4 * PURPOSE_MOST)).to_lowercase();
    CompactString::new(cut(&lower, PURPOSE_MOST).trim_end())
}

/// A yes in a banner is a yes there and nowhere else: who accepts a site's cookies has not asked
/// for mail. A no is a no everywhere, unless the event names the channel.
fn preferences(covers: NodeId, event: &Event) -> Statements {
    let consent = json::member(&event.context, "consent");
    let Some(categories) = consent.and_then(|consent| json::member(consent, "categoryPreferences"))
    else {
        return Statements::new();
    };
    let named = json::member(&event.properties, "channel")
        .and_then(json::text)
        .and_then(|word| semantic::channel_of_word(&word));
    let banner = match event.channel {
        Channel::App => Channel::App,
        Channel::Web
        | Channel::Email
        | Channel::Sms
        | Channel::Chat
        | Channel::Social
        | Channel::Phone
        | Channel::Shop
        | Channel::Server => Channel::Web,
    };
    let statement = |purpose: CompactString, status: Status| Statement {
        covers,
        purpose,
        channel: if status == Status::Denied {
            named
        } else {
            named.or(Some(banner))
        },
        status,
        basis: if status == Status::Denied {
            Basis::Unstated
        } else {
            Basis::Consent
        },
        wording: CompactString::default(),
        provenance: Provenance::of(event),
    };
    let count = json::members(categories).count();
    if count == 0 || count > LIST_MOST {
        return smallvec![statement(
            CompactString::const_new(EVERY_PURPOSE),
            Status::Denied
        )];
    }
    json::members(categories)
        .filter_map(|(category, raw)| {
            let purpose = normal_purpose(&json::unescaped(category)?);
            let status = match raw {
                "true" => yes(event),
                _ => Status::Denied,
            };
            (status == Status::Denied || purpose != EVERY_PURPOSE)
                .then(|| statement(purpose, status))
        })
        .collect()
}

fn stated(covers: NodeId, event: &Event, status: Status) -> Statements {
    let details = Details::read(event);
    let refuses = status == Status::Denied;
    let mut purposes = details.purposes;
    purposes.retain(|purpose| !purpose.is_empty() && (refuses || purpose != EVERY_PURPOSE));
    if refuses && (purposes.is_empty() || purposes.len() > LIST_MOST) {
        purposes = smallvec![CompactString::const_new(EVERY_PURPOSE)];
    }
    purposes.truncate(LIST_MOST);
    let mut channels = if refuses {
        refused_channels(&details.channels, event)
    } else {
        granted_channels(&details.channels, details.basis)
    };
    channels.sort_unstable();
    channels.dedup();
    let mut statements = Statements::new();
    for purpose in &purposes {
        for channel in &channels {
            statements.push(Statement {
                covers,
                purpose: purpose.clone(),
                channel: *channel,
                status: if refuses { Status::Denied } else { yes(event) },
                basis: details.basis,
                wording: details.wording.clone(),
                provenance: Provenance::of(event),
            });
        }
    }
    statements
}

fn yes(event: &Event) -> Status {
    if Provenance::of(event).is_proven() {
        Status::Granted
    } else {
        Status::Pending
    }
}

type ChannelList = SmallVec<[Option<Channel>; 2]>;

fn refused_channels(words: &[CompactString], event: &Event) -> ChannelList {
    if words.is_empty() {
        let everywhere = event.name != semantic::UNSUBSCRIBED;
        return smallvec![if everywhere {
            None
        } else {
            Some(Channel::Email)
        }];
    }
    words
        .iter()
        .map(|word| semantic::channel_of_word(word))
        .collect()
}

/// Soft spam is for e-mail only, whatever the event says.
fn granted_channels(words: &[CompactString], basis: Basis) -> ChannelList {
    let mut channels: ChannelList = words
        .iter()
        .filter_map(|word| match word.as_str() {
            "*" | "all" | "any" => Some(None),
            word => semantic::channel_of_word(word).map(Some),
        })
        .collect();
    if words.is_empty() {
        channels.push(None);
    }
    if basis == Basis::SoftSpam {
        let reaches_mail = channels
            .iter()
            .any(|channel| channel.is_none_or(|channel| channel == Channel::Email));
        channels.clear();
        channels.extend(reaches_mail.then_some(Some(Channel::Email)));
    }
    channels
}

struct Details {
    purposes: SmallVec<[CompactString; 2]>,
    channels: SmallVec<[CompactString; 2]>,
    basis: Basis,
    wording: CompactString,
}

impl Details {
    fn read(event: &Event) -> Self {
        let mut details = Self {
            purposes: SmallVec::new(),
            channels: SmallVec::new(),
            basis: Basis::Unstated,
            wording: CompactString::default(),
        };
        for (key, raw) in json::members(&event.properties) {
            match key {
                "purpose" | "purposes" => details.purposes.extend(words(raw)),
                "channel" | "channels" => details.channels.extend(words(raw)),
                "basis" => {
                    let word = json::text(raw).unwrap_or_default();
                    details.basis = Basis::from_word(&word);
                }
                "wording" => {
                    let wording = json::text(raw).unwrap_or_default();
                    details.wording = CompactString::new(cut(wording.trim(), WORDING_MOST));
                }
                _ => {}
            }
        }
        details
    }
}

/// One word or a list of words, as they are compared.
fn words(raw: &str) -> SmallVec<[CompactString; 2]> {
    if raw.starts_with('[') {
        let texts = json::elements(raw).filter_map(json::text);
        return texts
            .take(LIST_MOST + 1)
            .map(|text| normal_purpose(&text))
            .collect();
    }
    json::text(raw)
        .map(|text| normal_purpose(&text))
        .into_iter()
        .collect()
}
