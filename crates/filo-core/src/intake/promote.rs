//! Which fields of a call say who it was, and as what kind of identifier (reference: Segment
//! Unify's table of promoted identifiers, with the Italian tax code and the loyalty card).
//!
//! **Invariant:** identifiers come out strongest first, each once and never more than
//! [`IDENTIFIERS_MOST`]; a value that is refused stays in the event but joins nobody.

use compact_str::{CompactString, ToCompactString};
use smallvec::SmallVec;

use super::context_view::ContextView;
use super::scalar::Scalar;
use super::survey::Words;
use super::{Call, compose::Objects};
use crate::event::{EventKind, Trust};
use crate::identity::{Identifier, Kind, Rules};
use crate::json::{elements, member, members};

/// A call proves links between all its identifiers, so a long list would join strangers.
pub const IDENTIFIERS_MOST: usize = 16;

/// Who a call is about.
#[derive(Debug)]
pub(super) struct Promoted {
    /// Strongest first; the first names the thread.
    pub(super) identifiers: SmallVec<[Identifier; 2]>,
    /// The first value that was an identifier but cannot join.
    pub(super) refused: Option<(Kind, CompactString)>,
}

struct Collector<'r> {
    rules: &'r Rules,
    identifiers: SmallVec<[Identifier; 2]>,
    refused: Option<(Kind, CompactString)>,
}

impl Collector<'_> {
    /// Takes a value if it can join; says whether it did.
    fn offer(&mut self, kind: Kind, scalar: &Scalar<'_>) -> bool {
        let Some(text) = scalar.as_text() else {
            return false;
        };
        match Identifier::new(kind, text, self.rules) {
            Ok(identifier) => {
                let is_new = !self.identifiers.contains(&identifier);
                if is_new && self.identifiers.len() < IDENTIFIERS_MOST {
                    self.identifiers.push(identifier);
                }
                true
            }
            Err(_refusal) => {
                self.refused
                    .get_or_insert_with(|| (kind, text.to_compact_string()));
                false
            }
        }
    }
}

/// The identifiers of a call.
pub(super) fn promote(
    call: &Call<'_>,
    kind: EventKind,
    trust: Trust,
    objects: &Objects<'_>,
    rules: &Rules,
) -> Promoted {
    let mut found = Collector {
        rules,
        identifiers: SmallVec::new(),
        refused: None,
    };
    found.offer(Kind::UserId, &call.user_id);
    if kind == EventKind::Alias {
        previous(&mut found, call, trust);
    }
    found.offer(Kind::AnonymousId, &call.anonymous_id);
    person(&mut found, kind, objects);
    if objects.context_words.has_any(Words::CONTEXT) {
        context(&mut found, &objects.view);
    }
    found.offer(Kind::GroupId, &call.group_id);
    // Stable: an alias keeps the new user id before the previous one.
    found.identifiers.sort_by_key(|identifier| identifier.kind);
    Promoted {
        identifiers: found.identifiers,
        refused: found.refused,
    }
}

/// An alias may name an anonymous id or a user id, and nothing on the wire says which.
///
/// A server's word joins under both readings, so the right one is among them. A browser's alias
/// comes from analytics.js, which fills in the anonymous id (a UUID) unless a user was known:
/// it gets the one likely reading, and a claim about two user ids is decided by identity's rules.
fn previous(found: &mut Collector<'_>, call: &Call<'_>, trust: Trust) {
    let Some(previous) = call.previous_id.as_text() else {
        return;
    };
    if call.user_id.as_text() == Some(previous) {
        return;
    }
    let anonymous = call.anonymous_id.as_text() == Some(previous) || is_uuid(previous);
    if trust != Trust::Claimed || !anonymous {
        found.offer(Kind::UserId, &call.previous_id);
    }
    if trust != Trust::Claimed || anonymous {
        found.offer(Kind::AnonymousId, &call.previous_id);
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// What traits and properties say about the person: the first of traits, `context.traits` and
/// properties that gives a good value counts.
fn person(found: &mut Collector<'_>, kind: EventKind, objects: &Objects<'_>) {
    let mut wanted = Wanted {
        email: true,
        phone: true,
        tax_code: true,
        card: true,
    };
    // The traits of a group are the company's: its address joins no person.
    let own = objects.main_words.has_any(Words::PERSON) && kind != EventKind::Group;
    if own && kind == EventKind::Identify {
        wanted.look(found, objects.main, true);
    }
    if let Some(traits) = objects.view.traits {
        wanted.look(found, traits, true);
    }
    if own && kind != EventKind::Identify {
        wanted.look(found, objects.main, false);
    }
}

/// Kinds for which no good value has been seen yet.
#[expect(
    clippy::struct_excessive_bools,
    reason = "one per kind, none of them an option"
)]
struct Wanted {
    email: bool,
    phone: bool,
    tax_code: bool,
    card: bool,
}

impl Wanted {
    fn look(&mut self, found: &mut Collector<'_>, object: &str, are_traits: bool) {
        for (key, raw) in members(object) {
            let (kind, wanted) = match key {
                "email" => (Kind::Email, &mut self.email),
                "phone" => (Kind::Phone, &mut self.phone),
                "tax_code" | "taxCode" | "codice_fiscale" | "codiceFiscale" => {
                    (Kind::TaxCode, &mut self.tax_code)
                }
                "loyalty_card" | "loyaltyCard" => (Kind::Card, &mut self.card),
                // In the properties of a payment `card` is «visa»: no identifier.
                "card" if are_traits => (Kind::Card, &mut self.card),
                _ => continue,
            };
            if *wanted && found.offer(kind, &Scalar::read(raw)) {
                *wanted = false;
            }
        }
    }
}

/// What the context says: devices, other systems, the company.
fn context(found: &mut Collector<'_>, view: &ContextView<'_>) {
    if let Some(device) = view.device {
        self::device(found, device);
    }
    if let Some(list) = view.external_ids {
        for item in elements(list).take(IDENTIFIERS_MOST) {
            external(found, item);
        }
    }
    if let Some(integrations) = view.integrations {
        let options = member(integrations, "Google Analytics").unwrap_or_default();
        if let Some(client) = member(options, "clientId") {
            found.offer(Kind::GaClientId, &Scalar::read(client));
        }
    }
    if let Some(group) = view.group_id {
        found.offer(Kind::GroupId, &Scalar::read(group));
    }
}

fn device(found: &mut Collector<'_>, device: &str) {
    let field = |key| member(device, key).map_or(Scalar::Absent, Scalar::read);
    found.offer(Kind::DeviceId, &field("id"));
    found.offer(Kind::PushToken, &field("token"));
    // Android reports an id even to those who opted out; iOS reports none.
    let may_track = match member(device, "adTrackingEnabled") {
        Some(answer) => answer == "true",
        None => field("type")
            .as_text()
            .is_some_and(|system| system.eq_ignore_ascii_case("ios")),
    };
    if may_track {
        found.offer(Kind::AdvertisingId, &field("advertisingId"));
    }
}

/// One of `context.externalIds`: `{id, type, collection, encoding}`.
fn external(found: &mut Collector<'_>, item: &str) {
    let field = |key| member(item, key).map_or(Scalar::Absent, Scalar::read);
    let (id, word, collection) = (field("id"), field("type"), field("collection"));
    let (Some(value), Some(word)) = (id.as_text(), word.as_text()) else {
        return;
    };
    let is_account = collection.as_text() == Some("accounts");
    let kind = match word {
        "group_id" | "account_id" => Kind::GroupId,
        _ if is_account => return,
        "user_id" => Kind::UserId,
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "tax_code" | "codice_fiscale" => Kind::TaxCode,
        "card" | "loyalty_card" => Kind::Card,
        "anonymous_id" => Kind::AnonymousId,
        "ga_client_id" => Kind::GaClientId,
        "device_id" | "android.id" | "ios.id" => Kind::DeviceId,
        "android.idfa" | "ios.idfa" => Kind::AdvertisingId,
        "push_token" | "android.push_token" | "ios.push_token" => Kind::PushToken,
        _ => {
            let typed = format!("{}:{value}", word.to_ascii_lowercase());
            found.offer(Kind::External, &typed.into());
            return;
        }
    };
    found.offer(kind, &id);
}
