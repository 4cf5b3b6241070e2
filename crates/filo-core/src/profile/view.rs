//! A profile as plain data, for pages and for the API.
//!
//! **Invariant:** a summary says only what the profile holds; what is missing stays missing, and
//! amounts of different currencies are never added.

use compact_str::CompactString;
use jiff::civil::Date;

use super::{ChannelUse, Note, Order, Orders, Profile, Provenance, Touch, Traits, trait_key};
use crate::consent::{Basis, Status};
use crate::event::Channel;
use crate::json;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// What a page shows first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileSummary {
    /// Name, else e-mail, else telephone.
    pub display_name: Option<String>,
    /// The full name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The birthday.
    pub birthday: Option<Date>,
    /// The language, two letters, lower case.
    pub language: Option<String>,
    /// The time zone of the device.
    pub timezone: Option<String>,
    /// The address, if any part of it is known.
    pub address: Option<Address>,
    /// When the first event happened.
    pub first_seen: Option<Timestamp>,
    /// The last sign of life.
    pub last_seen: Option<Timestamp>,
    /// The first meeting.
    pub first_touch: Option<Touch>,
    /// The latest meeting.
    pub last_touch: Option<Touch>,
    /// How many events were counted.
    pub event_count: u64,
    /// Orders by currency.
    pub orders: Vec<OrderSummary>,
    /// Where they were met, the most used channel first.
    pub channels: Vec<ChannelUse>,
    /// The companies they belong to.
    pub groups: Vec<CompactString>,
    /// What they allow.
    pub consents: Vec<ConsentLine>,
    /// What they told us, newest first.
    pub notes: Vec<Note>,
    /// Something was too much to be kept: names, traits or orders.
    pub is_incomplete: bool,
}

/// A postal address as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Province or state.
    pub state: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// The orders of one currency. Revenue is without shipping and tax; orders that were called off
/// are only counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSummary {
    /// The currency of the amounts.
    pub currency: Currency,
    /// Orders that stand, refunded ones among them.
    pub count: u32,
    /// Orders that were called off.
    pub cancelled_count: u32,
    /// Pieces in the orders that stand.
    pub item_count: u64,
    /// Their revenue before refunds.
    pub gross: Cents,
    /// What of it went back.
    pub refunded: Cents,
    /// What of it stayed.
    pub net: Cents,
    /// Revenue before refunds per order.
    pub average: Cents,
    /// When the first one that stands was placed.
    pub first_at: Option<Timestamp>,
    /// When the last one that stands was placed.
    pub last_at: Option<Timestamp>,
}

/// What counts about one purpose on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLine {
    /// What for; `*` for everything.
    pub purpose: CompactString,
    /// Where; nothing means everywhere.
    pub channel: Option<Channel>,
    /// What may be done.
    pub status: Status,
    /// On which ground.
    pub basis: Basis,
    /// Version or hash of the text that was shown.
    pub wording: CompactString,
    /// Who said it, when, by which event.
    pub provenance: Option<Provenance>,
}

/// Makes the summary of a profile.
#[must_use]
pub fn summary(profile: &Profile) -> ProfileSummary {
    let traits = &profile.traits;
    let (name, email, phone) = (
        traits.full_name(),
        traits.text("email"),
        traits.text("phone"),
    );
    let mut channels: Vec<ChannelUse> = profile.channels.iter().cloned().collect();
    channels.sort_by_key(|used| (std::cmp::Reverse(used.count), used.channel));
    ProfileSummary {
        display_name: name
            .clone()
            .or_else(|| email.clone())
            .or_else(|| phone.clone()),
        name,
        email,
        phone,
        birthday: traits.birthday(),
        language: language(profile),
        timezone: profile.timezone.as_ref().map(|said| said.value.to_string()),
        address: traits.address(),
        first_seen: profile.first_seen,
        last_seen: profile.last_seen,
        first_touch: profile.first_touch.clone(),
        last_touch: profile.last_touch.clone(),
        event_count: profile.counters.total(),
        orders: order_summaries(&profile.orders),
        channels,
        groups: profile
            .memberships
            .iter()
            .map(|member| member.group.clone())
            .collect(),
        consents: consent_lines(profile),
        notes: profile.notes.newest_first().into_iter().cloned().collect(),
        is_incomplete: profile.counters.is_overflown()
            || traits.is_overflown()
            || profile.orders.is_overflown(),
    }
}

impl Traits {
    /// `name`, else first and last name.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        self.text("name")
            .or_else(|| match (self.text("first_name"), self.text("last_name")) {
                (Some(first), Some(last)) => Some(format!("{first} {last}")),
                (first, last) => first.or(last),
            })
    }

    /// The birthday, as `1980-05-17` (with or without a time) or `17/05/1980`.
    #[must_use]
    pub fn birthday(&self) -> Option<Date> {
        read_date(&self.text("birthday")?)
    }

    /// The address: the parts of `address`, else the traits of the same names.
    #[must_use]
    pub fn address(&self) -> Option<Address> {
        let mut address = Address {
            street: self.text("street"),
            city: self.text("city"),
            postal_code: self.text("postal_code"),
            state: self.text("state"),
            country: self.text("country"),
        };
        let value = self.get("address").and_then(super::Trait::value);
        let object = value.as_ref().map_or("", |(value, _)| value.as_str());
        if let Some(street) = json::text(object).filter(|text| !text.is_empty()) {
            address.street = Some(street.into_owned());
        }
        for (key, raw) in json::members(object) {
            let part = match trait_key::normal(key).as_deref() {
                Some("street") => &mut address.street,
                Some("city") => &mut address.city,
                Some("postal_code") => &mut address.postal_code,
                Some("state") => &mut address.state,
                Some("country") => &mut address.country,
                _ => continue,
            };
            if let Some(text) = json::text(raw).filter(|text| !text.is_empty()) {
                *part = Some(text.into_owned());
            }
        }
        (address != Address::default()).then_some(address)
    }
}

pub(crate) fn read_date(text: &str) -> Option<Date> {
    if let Some(iso) = text.get(..10)
        && let Ok(date) = iso.parse()
    {
        return Some(date);
    }
    let mut parts = text.split(['/', '.', '-']);
    let day = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let year = parts.next()?.trim();
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month, day).ok()
}

/// What was said beats what the device is set to.
fn language(profile: &Profile) -> Option<String> {
    let said = profile.traits.text("language");
    let tag = said.or_else(|| {
        profile
            .locale
            .as_ref()
            .map(|locale| locale.value.to_string())
    })?;
    let language = tag.split(['-', '_']).next()?;
    let is_code = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| language.to_ascii_lowercase())
}

/// Adds orders up by currency: cheap enough to be done whenever a customer changes.
#[must_use]
pub fn order_summaries(orders: &Orders) -> Vec<OrderSummary> {
    let mut summaries: Vec<OrderSummary> = Vec::new();
    for order in orders.iter() {
        let Some(content) = order.content() else {
            continue;
        };
        let currency = content.currency;
        let position = match summaries.binary_search_by_key(&currency, |known| known.currency) {
            Ok(position) => position,
            Err(position) => {
                summaries.insert(position, OrderSummary::empty(currency));
                position
            }
        };
        summaries[position].add(order);
    }
    for summary in &mut summaries {
        summary.net = summary.gross.minus(summary.refunded);
        summary.average = summary.gross.each(summary.count);
    }
    summaries
}

impl OrderSummary {
    const fn empty(currency: Currency) -> Self {
        Self {
            currency,
            count: 0,
            cancelled_count: 0,
            item_count: 0,
            gross: Cents::ZERO,
            refunded: Cents::ZERO,
            net: Cents::ZERO,
            average: Cents::ZERO,
            first_at: None,
            last_at: None,
        }
    }

    fn add(&mut self, order: &Order) {
        let Some(content) = order.content() else {
            return;
        };
        if order.is_cancelled() {
            self.cancelled_count += 1;
            return;
        }
        self.count += 1;
        self.item_count += u64::from(content.item_count);
        self.gross = self.gross.plus(content.revenue);
        self.refunded = self.refunded.plus(order.refunded_revenue());
        let placed_at = order.placed_at();
        self.first_at = [self.first_at, placed_at].into_iter().flatten().min();
        self.last_at = self.last_at.max(placed_at);
    }
}

fn consent_lines(profile: &Profile) -> Vec<ConsentLine> {
    profile
        .consents
        .matrix()
        .into_iter()
        .map(|(purpose, channel, standing)| ConsentLine {
            purpose: CompactString::new(purpose),
            channel,
            status: standing.status,
            basis: standing
                .statement
                .map_or(Basis::Unstated, |statement| statement.basis),
            wording: standing
                .statement
                .map(|known| known.wording.clone())
                .unwrap_or_default(),
            provenance: standing.statement.map(|statement| statement.provenance),
        })
        .collect()
}
