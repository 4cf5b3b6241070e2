//! A touch: one moment at which customer and company met, and the way that led there; with it
//! what `context` says about language and place.
//!
//! **Invariant:** a touch is a function of its event alone; of several, the earliest and the
//! latest by (time, event id) are kept.

use std::borrow::Cow;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::event::{Channel, Event, EventKind};
use crate::id::{EventId, SourceId};
use crate::json;
use crate::time::Timestamp;

/// Longer paths, hosts and campaign names are cut: they are shown, not followed.
const TEXT_MOST: usize = 200;
/// The longest language tag (RFC 5646 advises 35) and zone name (32 so far) have room.
const TAG_MOST: usize = 40;

/// One moment at which customer and company met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// When.
    pub at: Timestamp,
    /// The event that tells of it.
    pub event: EventId,
    /// Where they met.
    pub channel: Channel,
    /// Who told.
    pub source: SourceId,
    /// The campaign that led there.
    pub campaign: Option<Box<Campaign>>,
    /// The host of the site that led there, lower case; empty if none, or the company's own.
    pub referrer: CompactString,
    /// The page's path; empty if there was no page.
    pub path: CompactString,
}

/// What the address of the first page said about a campaign (`utm_…`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Campaign {
    /// `utm_source`.
    pub source: CompactString,
    /// `utm_medium`.
    pub medium: CompactString,
    /// `utm_campaign`.
    pub name: CompactString,
}

/// The parts of `context` that a profile reads, raw.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Surroundings<'a> {
    campaign: Option<&'a str>,
    page: Option<&'a str>,
    pub(crate) locale: Option<&'a str>,
    pub(crate) timezone: Option<&'a str>,
    is_inactive: bool,
}

impl<'a> Surroundings<'a> {
    pub(crate) fn read(context: &'a str) -> Self {
        let mut found = Self::default();
        for (key, value) in json::members(context) {
            match key {
                "campaign" => found.campaign = Some(value),
                "page" => found.page = Some(value),
                "locale" => found.locale = Some(value),
                "timezone" => found.timezone = Some(value),
                "active" => found.is_inactive = value == "false",
                _ => {}
            }
        }
        found
    }

    /// `context.active: false` asks not to take the event for a sign of life.
    pub(crate) const fn is_active(&self) -> bool {
        !self.is_inactive
    }
}

impl Touch {
    pub(crate) fn of(event: &Event, surroundings: &Surroundings<'_>) -> Self {
        let mut place = surroundings.page.map(Place::read).unwrap_or_default();
        if event.kind == EventKind::Page && (place.path.is_none() || place.referrer.is_none()) {
            let stated = Place::read(&event.properties);
            place.path = place.path.or(stated.path);
            place.referrer = place.referrer.or(stated.referrer);
            place.url = place.url.or(stated.url);
        }
        Self {
            at: event.at,
            event: event.id,
            channel: event.channel,
            source: event.source,
            campaign: surroundings.campaign.and_then(Campaign::read).map(Box::new),
            referrer: place.referring_host().unwrap_or_default(),
            path: place.path.and_then(short_text).unwrap_or_default(),
        }
    }

    pub(crate) const fn stamp(&self) -> (Timestamp, EventId) {
        (self.at, self.event)
    }
}

impl Campaign {
    fn read(raw: &str) -> Option<Self> {
        let mut campaign = Self::default();
        for (key, value) in json::members(raw) {
            let part = match key {
                "source" => &mut campaign.source,
                "medium" => &mut campaign.medium,
                "name" => &mut campaign.name,
                _ => continue,
            };
            *part = short_text(value).unwrap_or_default();
        }
        (campaign != Self::default()).then_some(campaign)
    }
}

#[derive(Default)]
struct Place<'a> {
    path: Option<&'a str>,
    referrer: Option<&'a str>,
    url: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn read(raw: &'a str) -> Self {
        let mut place = Self::default();
        for (key, value) in json::members(raw) {
            match key {
                "path" => place.path = Some(value),
                "referrer" => place.referrer = Some(value),
                "url" => place.url = Some(value),
                _ => {}
            }
        }
        place
    }

    /// A page of the same site leads nowhere new.
    fn referring_host(&self) -> Option<CompactString> {
        let referrer = json::text(self.referrer?)?;
        let referring = host(&referrer)?;
        let url = self.url.and_then(json::text);
        let own = url.as_deref().and_then(host);
        if own.is_some_and(|own| own.eq_ignore_ascii_case(referring)) {
            return None;
        }
        Some(CompactString::new(cut(referring, TEXT_MOST)).to_lowercase())
    }
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

fn short_text(raw: &str) -> Option<CompactString> {
    json::text(raw).map(|text| CompactString::new(cut(&text, TEXT_MOST)))
}

/// The beginning of a text, at most so many bytes, never half a letter.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Something said again and again, of which the latest counts: language, time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What was said.
    pub value: CompactString,
    /// When.
    pub at: Timestamp,
    /// The event that said it.
    pub event: EventId,
}

/// Takes a newer statement; the common case (the same value again) allocates nothing.
pub(crate) fn hear(known: &mut Option<Said>, raw: Option<&str>, event: &Event) {
    let Some(value) = raw.and_then(json::text) else {
        return;
    };
    if value.is_empty() || value.len() > TAG_MOST {
        return;
    }
    match known {
        Some(said) if (said.at, said.event) >= (event.at, event.id) => {}
        Some(said) => {
            if said.value != value {
                said.value = to_compact(value);
            }
            (said.at, said.event) = (event.at, event.id);
        }
        None => {
            *known = Some(Said {
                value: to_compact(value),
                at: event.at,
                event: event.id,
            });
        }
    }
}

pub(crate) fn merge_said(mine: &mut Option<Said>, other: Option<&Said>) {
    let stamp = |said: &Said| (said.at, said.event);
    if other.map(stamp) > mine.as_ref().map(stamp) {
        *mine = other.cloned();
    }
}

fn to_compact(text: Cow<'_, str>) -> CompactString {
    CompactString::from(text)
}

#[cfg(test)]
mod tests {
    use super::{cut, host};

    #[test]
    fn hosts_of_addresses() {
        for (url, expected) in [
            ("https://www.google.it/search?q=x", Some("www.google.it")),
            ("http://user:secret@Shop.it:8080?x", Some("Shop.it")),
            (
                "android-app://com.facebook.katana",
                Some("com.facebook.katana"),
            ),
            ("$direct", None),
            ("", None),
            ("https:///x", None),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn cuts_between_letters() {
        assert_eq!(cut("perché", 6), "perch");
        assert_eq!(cut("perché", 7), "perché");
        assert_eq!(cut("perché", 100), "perché");
    }
}
