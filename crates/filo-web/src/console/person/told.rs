//! One event of the thread in words.

use filo_core::consent::EVERY_PURPOSE;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::money::{Currency, Decimal};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::i18n::Words;
use crate::ui::shown;

/// Lines of an order that are shown; the rest is counted.
pub(super) const ORDER_LINES_MOST: usize = 50;

/// A channel in the language.
pub(in crate::console) fn channel_word(words: Words, channel: Channel) -> String {
    words
        .say(&format!("channel-{}", channel.word()))
        .into_owned()
}

/// The class that gives a bead its channel's colour; relatives share one.
pub(in crate::console) const fn bead(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "on-web",
        Channel::App => "on-app",
        Channel::Email => "on-email",
        Channel::Sms | Channel::Phone => "on-phone",
        Channel::Chat | Channel::Social => "on-social",
        Channel::Shop => "on-shop",
        Channel::Server => "on-server",
    }
}

/// A purpose of consent in the language; one of the company's own as it was sent.
pub(super) fn purpose_word(words: Words, purpose: &str) -> String {
    if purpose == EVERY_PURPOSE {
        return words.say("purpose-every").into_owned();
    }
    let known = words.look_up(&format!("purpose-{purpose}"));
    known.map_or_else(|| shown::line(purpose), std::borrow::Cow::into_owned)
}

/// One event in words.
pub(super) struct Told {
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) about: Option<String>,
    pub(super) said: Option<String>,
    /// What was bought: name, pieces, price of one.
    pub(super) lines: Vec<(String, String, Option<String>)>,
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
    #[serde(borrow)]
    products: Option<&'a RawValue>,
}

/// One line of an order.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Product<'a> {
    #[serde(borrow)]
    name: Option<&'a RawValue>,
    #[serde(borrow)]
    product_id: Option<&'a RawValue>,
    #[serde(borrow)]
    sku: Option<&'a RawValue>,
    #[serde(borrow)]
    quantity: Option<&'a RawValue>,
    #[serde(borrow)]
    price: Option<&'a RawValue>,
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
    pub(super) fn of(words: Words, event: &Event) -> Self {
        let shown: Shown<'_> = serde_json::from_str(&event.properties).unwrap_or_default();
        let plain = |class, about| Self {
            class,
            title: words
                .say(&format!("event-{}", event.kind.word()))
                .into_owned(),
            about,
            said: None,
            lines: Vec::new(),
        };
        match event.kind {
            EventKind::Track => Self::track(words, event, &shown),
            EventKind::Page | EventKind::Screen => plain("is-view", view_name(event, &shown)),
            EventKind::Identify | EventKind::Group | EventKind::Alias => {
                plain("is-known", text(shown.name))
            }
            EventKind::Decision => Self {
                title: event_title(words, &event.name),
                said: text(shown.note),
                ..plain("is-decision", text(shown.actor))
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
        Self {
            class,
            title: event_title(words, &event.name),
            about,
            said: if is_note { text(shown.text) } else { None },
            lines: if is_order {
                order_lines(words, shown)
            } else {
                Vec::new()
            },
        }
    }
}

/// The name of a known event in the language, of another as it was sent.
pub(in crate::console) fn event_title(words: Words, name: &str) -> String {
    let known = words.look_up_name("event", name);
    known.map_or_else(|| name.to_owned(), Into::into)
}

fn view_name(event: &Event, shown: &Shown<'_>) -> Option<String> {
    let name = Some(event.name.to_string()).filter(|name| !name.is_empty());
    name.or_else(|| text(shown.title))
        .or_else(|| text(shown.path))
}

fn currency(shown: &Shown<'_>) -> Option<Currency> {
    text(shown.currency)
        .as_deref()
        .map_or(Some(Currency::EUR), Currency::parse)
}

fn amount(words: Words, raw: &str, currency: Currency) -> Option<String> {
    let cents = Decimal::parse(raw)?.to_cents(currency)?;
    Some(words.amount(cents.0, currency))
}

fn order_words(words: Words, shown: &Shown<'_>) -> Option<String> {
    let total = text(shown.total).or_else(|| text(shown.revenue));
    let amount = total
        .zip(currency(shown))
        .and_then(|(total, currency)| amount(words, &total, currency));
    let number = text(shown.order_id).map(|id| format!("#{id}"));
    match (amount, number) {
        (Some(amount), Some(number)) => Some(format!("{amount} · {number}")),
        (amount, number) => amount.or(number),
    }
}

fn order_lines(words: Words, shown: &Shown<'_>) -> Vec<(String, String, Option<String>)> {
    let products: Vec<Product<'_>> = shown
        .products
        .and_then(|products| serde_json::from_str(products.get()).ok())
        .unwrap_or_default();
    let currency = currency(shown);
    products
        .iter()
        .take(ORDER_LINES_MOST)
        .filter_map(|product| {
            let name = text(product.name)
                .or_else(|| text(product.sku))
                .or_else(|| text(product.product_id))?;
            let pieces = text(product.quantity).unwrap_or_else(|| "1".to_owned());
            let price = text(product.price).zip(currency);
            let price = price.and_then(|(price, currency)| amount(words, &price, currency));
            Some((name, pieces, price))
        })
        .collect()
}
/// What an event says in lists that are no thread: what happened, and with what.
pub(in crate::console) fn in_short(words: Words, event: &Event) -> (String, Option<String>) {
    let told = Told::of(words, event);
    (told.title, told.about)
}
