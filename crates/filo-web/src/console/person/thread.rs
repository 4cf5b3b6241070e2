//! The thread of a person: events grouped by day, each in words.

use filo_core::consent::EVERY_PURPOSE;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::money::{Currency, Decimal};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::i18n::Words;
use crate::ui::shown;

/// Letters of a note on the thread: all that a note can have.
const NOTE_LETTERS_MOST: usize = 4_000;

/// Events newest first, under the days they happened on.
pub(super) fn thread(words: Words, events: &[Event], now: Timestamp) -> Markup {
    html! {
        @for day in events.chunk_by(|one, other| words.day_of(one.at) == words.day_of(other.at)) {
            @if let Some(first) = day.first() {
                h3.thread-day { (words.day(first.at, now)) }
                ol {
                    @for event in day { (entry(words, event)) }
                }
            }
        }
    }
}

fn entry(words: Words, event: &Event) -> Markup {
    let told = Told::of(words, event);
    html! {
        li.(told.class) {
            div.what {
                time datetime=(event.at) { (words.time(event.at)) }
                strong { (shown::line(&told.title)) }
                @if let Some(about) = &told.about { span.about { bdi { (shown::line(about)) } } }
            }
            @if let Some(said) = &told.said { p.said { (shown::lines(said, NOTE_LETTERS_MOST)) } }
            p.about { (whence(words, event)) }
        }
    }
}

/// Where it happened and how far it can be believed.
fn whence(words: Words, event: &Event) -> Markup {
    html! {
        @if event.trust == Trust::Staff {
            (words.say("trust-staff"))
        } @else {
            (channel_word(words, event.channel))
        }
        @if event.trust == Trust::Claimed {
            " · " span title=(words.say("trust-claimed-hint")) { (words.say("trust-claimed")) }
        }
        @if event.clock_suspect { " · " (words.say("clock-suspect")) }
    }
}

/// A channel in the language.
pub(super) fn channel_word(words: Words, channel: Channel) -> String {
    words
        .say(&format!("channel-{}", channel.word()))
        .into_owned()
}

/// A purpose of consent in the language; one of the company's own as it was sent.
pub(super) fn purpose_word(words: Words, purpose: &str) -> String {
    if purpose == EVERY_PURPOSE {
        return words.say("purpose-every").into_owned();
    }
    let known = words.look_up(&format!("purpose-{purpose}"));
    known.map_or_else(|| shown::line(purpose), std::borrow::Cow::into_owned)
}

/// What an event says in lists that are no thread: what happened, and with what.
pub(in crate::console) fn told(words: Words, event: &Event) -> (String, Option<String>) {
    let told = Told::of(words, event);
    (told.title, told.about)
}

/// One event in words.
struct Told {
    class: &'static str,
    title: String,
    about: Option<String>,
    said: Option<String>,
}

/// The few properties that a line of the thread shows.
#[derive(Deserialize, Default)]
struct Shown<'a> {
    #[serde(borrow)]
    total: Option<&'a RawValue>,
    #[serde(borrow)]
    revenue: Option<&'a RawValue>,
    #[serde(borrow)]
    currency: Option<&'a RawValue>,
    #[serde(borrow)]
    order_id: Option<&'a RawValue>,
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    #[serde(borrow)]
    path: Option<&'a RawValue>,
    #[serde(borrow)]
    name: Option<&'a RawValue>,
    #[serde(borrow)]
    query: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    note: Option<&'a RawValue>,
    #[serde(borrow)]
    actor: Option<&'a RawValue>,
    #[serde(borrow)]
    purpose: Option<&'a RawValue>,
    #[serde(borrow)]
    channel: Option<&'a RawValue>,
}

/// A JSON string or number as text; empty texts say nothing.
fn text(raw: Option<&RawValue>) -> Option<String> {
    let raw = raw?.get();
    let text = if raw.starts_with('"') {
        serde_json::from_str::<String>(raw).ok()?
    } else if raw.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        raw.to_owned()
    } else {
        return None;
    };
    (!text.trim().is_empty()).then_some(text)
}

impl Told {
    fn of(words: Words, event: &Event) -> Self {
        let shown: Shown<'_> = serde_json::from_str(&event.properties).unwrap_or_default();
        match event.kind {
            EventKind::Track => Self::track(words, event, &shown),
            EventKind::Page | EventKind::Screen => Self {
                class: "is-view",
                title: words
                    .say(&format!("event-{}", event.kind.word()))
                    .into_owned(),
                about: view_name(event, &shown),
                said: None,
            },
            EventKind::Identify | EventKind::Group | EventKind::Alias => Self {
                class: "is-known",
                title: words
                    .say(&format!("event-{}", event.kind.word()))
                    .into_owned(),
                about: text(shown.name),
                said: None,
            },
            EventKind::Decision => Self {
                class: "is-decision",
                title: event_title(words, &event.name),
                about: text(shown.actor),
                said: text(shown.note),
            },
        }
    }

    fn track(words: Words, event: &Event, shown: &Shown<'_>) -> Self {
        let is_note = event.name == "Note Added";
        let is_order = event.name.starts_with("Order ");
        let class = match (event.trust, is_order) {
            (Trust::Staff, _) => "is-staff",
            (_, true) => "is-order",
            (_, false) => "is-done",
        };
        let consent = || {
            let purpose = purpose_word(words, &text(shown.purpose)?);
            let channel = text(shown.channel).and_then(|word| Channel::from_word(&word));
            let channel = channel.map(|channel| channel_word(words, channel));
            Some(channel.map_or(purpose.clone(), |channel| format!("{purpose} · {channel}")))
        };
        let about = if is_order {
            order_words(words, shown)
        } else if is_note {
            text(shown.actor)
        } else {
            consent()
                .or_else(|| text(shown.name))
                .or_else(|| text(shown.query))
        };
        let said = if is_note { text(shown.text) } else { None };
        Self {
            class,
            title: event_title(words, &event.name),
            about,
            said,
        }
    }
}

/// The name of a known event in the language, of another as it was sent.
fn event_title(words: Words, name: &str) -> String {
    let slug: String = name
        .chars()
        .take(60)
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    words
        .look_up(&format!("event-{slug}"))
        .map_or_else(|| name.to_owned(), Into::into)
}

fn view_name(event: &Event, shown: &Shown<'_>) -> Option<String> {
    let name = Some(event.name.to_string()).filter(|name| !name.is_empty());
    name.or_else(|| text(shown.title))
        .or_else(|| text(shown.path))
}

fn order_words(words: Words, shown: &Shown<'_>) -> Option<String> {
    let currency = text(shown.currency)
        .as_deref()
        .map_or(Some(Currency::EUR), Currency::parse);
    let amount = text(shown.total).or_else(|| text(shown.revenue));
    let amount = amount
        .zip(currency)
        .and_then(|(amount, currency)| {
            Some((Decimal::parse(&amount)?.to_cents(currency)?, currency))
        })
        .map(|(cents, currency)| words.amount(cents.0, currency));
    let number = text(shown.order_id).map(|id| format!("#{id}"));
    match (amount, number) {
        (Some(amount), Some(number)) => Some(format!("{amount} · {number}")),
        (amount, number) => amount.or(number),
    }
}

#[cfg(test)]
mod tests {
    use filo_core::id::{EventId, NodeId, SourceId};

    use super::*;
    use crate::i18n::Language;

    fn event(kind: EventKind, name: &str, properties: &str, at: &str) -> Event {
        let at = Timestamp::parse(at).unwrap();
        Event {
            id: EventId(1),
            thread: NodeId(1),
            at,
            received_at: at,
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Verified,
            channel: Channel::Web,
            source: SourceId(1),
            message_id: "m".into(),
            name: name.into(),
            identifiers: smallvec::SmallVec::new(),
            properties: properties.into(),
            context: "".into(),
        }
    }

    fn page(language: Language, events: &[Event]) -> String {
        let now = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
        thread(Words::of(language), events, now).into_string()
    }

    #[test]
    fn orders_show_amount_and_number_in_the_language() {
        let order = event(
            EventKind::Track,
            "Order Completed",
            r#"{"order_id":"A-17","total":1234.5,"currency":"EUR"}"#,
            "2026-11-23T09:00:00Z",
        );
        let italian = page(Language::Italian, std::slice::from_ref(&order));
        assert!(italian.contains("Ordine completato"), "{italian}");
        assert!(italian.contains("€\u{a0}1.234,50 · #A-17"), "{italian}");
        let english = page(Language::English, &[order]);
        assert!(english.contains("€1,234.50 · #A-17"), "{english}");
    }

    #[test]
    fn days_are_headings_and_hostile_names_are_text() {
        let events = [
            event(
                EventKind::Track,
                "<script>alert(1)</script>",
                "{}",
                "2026-11-23T09:00:00Z",
            ),
            event(
                EventKind::Page,
                "",
                r#"{"path":"/\u202e<b>"}"#,
                "2026-11-22T09:00:00Z",
            ),
            event(EventKind::Page, "", "{broken", "2026-11-22T08:00:00Z"),
        ];
        let page = page(Language::English, &events);
        assert_eq!(page.matches("<h3").count(), 2, "{page}");
        assert!(
            page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{page}"
        );
        assert!(page.contains("/&lt;b&gt;"), "{page}");
        assert!(!page.contains('\u{202e}'));
    }

    #[test]
    fn notes_show_what_was_said_and_by_whom() {
        let note = event(
            EventKind::Track,
            "Note Added",
            r#"{"text":"Teme i tempi\ndi consegna","actor":"Giulia"}"#,
            "2026-11-23T09:00:00Z",
        );
        let page = page(
            Language::Italian,
            &[Event {
                trust: Trust::Staff,
                ..note
            }],
        );
        assert!(page.contains("Teme i tempi\ndi consegna"), "{page}");
        assert!(
            page.contains("Giulia") && page.contains("is-staff"),
            "{page}"
        );
    }
}
