//! The thread of a person: events grouped by day, each in words; runs of views are one line.

use std::collections::BTreeMap;

use filo_core::event::{Event, EventKind, Trust};
use filo_core::id::{ListId, SourceId};
use filo_core::semantic::is_about_list;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::told::{Told, bead, channel_word};
use crate::i18n::Words;
use crate::ui::shown;

/// Letters of a note on the thread: all that a note can have.
const NOTE_LETTERS_MOST: usize = 4_000;
/// Views in a row that are told one by one; more are folded.
const VIEWS_TOLD: usize = 2;

/// Events newest first, under the days they happened on.
pub(super) fn thread(
    words: Words,
    events: &[Event],
    lists: &BTreeMap<ListId, String>,
    now: Timestamp,
) -> Markup {
    html! {
        @for day in events.chunk_by(|one, other| words.day_of(one.at) == words.day_of(other.at)) {
            @if let Some(first) = day.first() {
                h3.thread-day { (words.day(first.at, now)) }
                ol {
                    @for run in day.chunk_by(|one, other| is_view(one) && is_view(other) && one.channel == other.channel) {
                        @if run.len() > VIEWS_TOLD { (folded(words, run)) }
                        @else { @for event in run { (entry(words, event, lists)) } }
                    }
                }
            }
        }
    }
}

fn is_view(event: &Event) -> bool {
    matches!(event.kind, EventKind::Page | EventKind::Screen)
}

/// "12 pages seen", with the pages on demand.
fn folded(words: Words, views: &[Event]) -> Markup {
    let Some(newest) = views.first() else {
        return html! {};
    };
    html! {
        li class={ "is-view is-many " (bead(newest.channel)) } {
            details {
                summary.what {
                    time datetime=(newest.at) { (words.time(newest.at)) }
                    span { (words.fill("thread-views", [("count", views.len().into())])) }
                    span.about { (channel_word(words, newest.channel)) }
                }
                ul.views {
                    @for view in views {
                        @let told = Told::of(words, view);
                        li {
                            time.soft datetime=(view.at) { (words.time(view.at)) } " "
                            bdi { (shown::line(told.about.as_deref().unwrap_or(&told.title))) }
                        }
                    }
                }
            }
        }
    }
}

/// The list that somebody was put on or taken off, by name.
fn list_name(event: &Event, lists: &BTreeMap<ListId, String>) -> Option<String> {
    #[derive(Deserialize)]
    struct Named<'a> {
        list: &'a str,
    }
    let counts = event.trust == Trust::Staff || event.source == SourceId::JOURNEYS;
    if !counts || !is_about_list(event) {
        return None;
    }
    let named: Named<'_> = serde_json::from_str(&event.properties).ok()?;
    lists.get(&named.list.parse().ok()?).cloned()
}

fn entry(words: Words, event: &Event, lists: &BTreeMap<ListId, String>) -> Markup {
    let mut told = Told::of(words, event);
    told.about = told.about.or_else(|| list_name(event, lists));
    html! {
        li class={ (told.class) " " (bead(event.channel)) } {
            div.what {
                time datetime=(event.at) { (words.time(event.at)) }
                strong { (shown::line(&told.title)) }
                @if let Some(about) = &told.about { span.about { bdi { (shown::line(about)) } } }
            }
            @if let Some(said) = &told.said { blockquote.said { (shown::lines(said, NOTE_LETTERS_MOST)) } }
            @if !told.lines.is_empty() { (bought(words, &told)) }
            p.about { (whence(words, event)) }
        }
    }
}

fn bought(words: Words, told: &Told) -> Markup {
    html! {
        details.bought {
            summary { (words.fill("thread-lines", [("count", told.lines.len().into())])) }
            ul {
                @for (name, pieces, price) in &told.lines {
                    li {
                        span { bdi { (shown::line(name)) } }
                        span.number { (shown::line(pieces)) " ×" @if let Some(price) = price { " " (price) } }
                    }
                }
            }
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

#[cfg(test)]
mod tests {
    use filo_core::event::Channel;
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
        thread(Words::of(language), events, &BTreeMap::new(), now).into_string()
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

    #[test]
    fn runs_of_views_are_one_line_and_orders_have_lines_on_demand() {
        let view = |minute: u8| {
            let at = format!("2026-11-23T09:{minute:02}:00Z");
            event(EventKind::Page, "", r#"{"path":"/vini"}"#, &at)
        };
        let order = event(
            EventKind::Track,
            "Order Completed",
            r#"{"order_id":"A","total":40,"products":[{"name":"Miscela <b>","quantity":2,"price":18.9},{"sku":"s-1"},{"quantity":1}]}"#,
            "2026-11-23T08:00:00Z",
        );
        let mut events: Vec<Event> = (0..12).rev().map(view).collect();
        events.push(order);
        let page = page(Language::Italian, &events);
        assert!(page.contains("12 pagine viste"), "{page}");
        assert_eq!(page.matches("is-view").count(), 1, "{page}");
        assert!(
            page.contains("Miscela &lt;b&gt;") && page.contains("s-1"),
            "{page}"
        );
        assert!(page.contains("on-web"), "{page}");
    }
}
