//! A source in the list, and what its row says of its keys.

use filo_app::KeyView;
use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::{Sender, ago, kind_word};
use crate::i18n::Words;
use crate::ui::chart::spark;
use crate::ui::shown;

/// Hours of the small chart.
const HOURS: usize = 24;

pub(super) fn row(words: Words, sender: &Sender, now: Timestamp) -> Markup {
    let source = &sender.source;
    let volumes = &sender.volumes;
    html! {
        li.sender data-row {
            div.sender-name {
                a href={ "/sources/" (source.id.0) } { bdi { (shown::line(&source.name)) } }
                span.badge { (kind_word(words, &source.kind)) }
                @if source.disabled_at.is_some() { span.badge.badge-warn { (words.say("source-disabled")) } }
            }
            div.sender-volume {
                (spark(&by_hour(&volumes.hours, now)))
                span.number title=(words.say("volume-day-hint")) {
                    strong { (words.number(volumes.last_day)) } " " span.soft { (words.say("volume-day")) }
                }
                span.number {
                    strong { (words.number(volumes.last_month)) } " " span.soft { (words.say("volume-month")) }
                }
            }
            p.about.sender-last { (last(words, volumes.last_at, now)) }
            p.about.sender-keys { (keys(words, &source.kind, &sender.keys, now)) }
        }
    }
}

pub(super) fn last(words: Words, at: Option<Timestamp>, now: Timestamp) -> String {
    match at {
        Some(at) => words.fill("source-last", [("when", ago(words, at, now).into())]),
        None => words.say("source-never").into_owned(),
    }
}

fn keys(words: Words, kind: &str, keys: &[KeyView], now: Timestamp) -> Markup {
    html! {
        @match keys {
            [] if kind == "import" => (words.say("source-without-key")),
            [] => (words.say("source-no-key")),
            [key, rest @ ..] => {
                code { (short(&key.shown)) "…" }
                @if rest.is_empty() { " · " (used(words, key, now)) }
                @else { " " (words.fill("keys-more", [("count", rest.len().into())])) }
            }
        }
    }
}

/// The first signs of a key: enough to tell keys apart.
pub(super) fn short(shown: &str) -> String {
    shown.chars().take(13).collect()
}

pub(super) fn used(words: Words, key: &KeyView, now: Timestamp) -> String {
    match key.last_used_at {
        Some(at) => words.fill("key-used", [("when", ago(words, at, now).into())]),
        None => words.say("key-unused").into_owned(),
    }
}

/// Events of the last hours, the newest last.
fn by_hour(hours: &[(Timestamp, u64)], now: Timestamp) -> Vec<u64> {
    let mut values = vec![0; HOURS];
    for (begin, events) in hours {
        let before = now.micros_since(*begin) / 3_600_000_000;
        let place = usize::try_from(before)
            .ok()
            .and_then(|before| HOURS.checked_sub(before + 1));
        if let Some(value) = place.and_then(|place| values.get_mut(place)) {
            *value += events;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_stand_in_order_and_old_ones_nowhere() {
        let now = Timestamp::from_seconds(100 * 3600 + 1800);
        let hour = |hour: i64, events| (Timestamp::from_seconds(hour * 3600), events);
        let values = by_hour(&[hour(76, 9), hour(77, 1), hour(99, 2), hour(100, 3)], now);
        assert_eq!(values.len(), 24);
        assert_eq!((values[0], values[22], values[23]), (1, 2, 3));
        assert_eq!(values.iter().sum::<u64>(), 6);
    }
}
