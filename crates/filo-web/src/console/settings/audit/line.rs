//! One line of the audit log in words: who, what, about whom or what, and the ids behind it.
//!
//! **Invariant:** what is written down is shown as text, and nothing of it is left out: what has
//! no words is among the ids.

use filo_core::audit::{Party, Sealed};
use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::Log;
use crate::console::session::encode;
use crate::i18n::Words;
use crate::ui::shown as display;

/// Details with words of their own: counts, and days of the calendar.
const COUNTS: [&str; 5] = ["lines", "rejected", "and_before", "rows", "ms"];
const ENDS: &str = "until_s";

/// The row of the table; `heads` are its headings.
pub(super) fn row(words: Words, log: &Log, entry: &Sealed, heads: [&str; 4]) -> Markup {
    let [when, who, which, more] = heads;
    html! {
        tr {
            td {
                strong { (sentence(words, &entry.act)) }
                @for detail in told(words, &entry.detail) { span.about { (detail) } }
            }
            td data-label=(which) { @if let Some(text) = &entry.subject { (subject(words, log, entry, text)) } }
            td data-label=(who) { (actor(words, log, entry)) }
            td.nowrap data-label=(when) { time datetime=(entry.at) { (words.date_time(entry.at)) } }
            td data-label=(more) { (ids(words, entry)) }
        }
    }
}

/// What was done, as a sentence about whoever did it.
pub(super) fn sentence(words: Words, act: &str) -> String {
    let key = format!("audit-act-{}", act.replace('_', "-"));
    let known = words.look_up(&key);
    known.map_or_else(|| display::line(act), std::borrow::Cow::into_owned)
}

/// Who did it, and a link to all they did.
fn actor(words: Words, log: &Log, entry: &Sealed) -> Markup {
    if let Some(id) = &entry.actor {
        let address = format!("/settings/audit?actor={}", encode(id));
        let name = log.key_name(id).unwrap_or(id);
        return html! { a href=(address) { bdi { (display::line(name)) } } };
    }
    html! { (party(words, &entry.party)) }
}

/// Who acts without a key.
pub(super) fn party(words: Words, word: &str) -> String {
    match Party::from_word(word) {
        Some(party) => words
            .say(&format!("audit-party-{}", party.word()))
            .into_owned(),
        None => display::line(word),
    }
}

/// People lead to their page; keys and sources have a name. The ids stand in the last column.
fn subject(words: Words, log: &Log, entry: &Sealed, text: &str) -> Markup {
    let node = text.strip_prefix("idn_").or(text.strip_prefix("cus_"));
    if let Some(node) = node {
        return html! { a href={ "/people/cus_" (node) } { (words.say("audit-the-person")) } };
    }
    let setting = words.look_up(&format!("audit-setting-{}", text.replace('_', "-")));
    if let Some(setting) = setting.filter(|_| entry.act == "setting_changed") {
        return html! { (setting) };
    }
    let name = log.key_name(text).or_else(|| log.source_name(text));
    html! { @if let Some(name) = name { bdi { (display::line(name)) } } }
}

/// The details that say something without the rest of the data.
fn told(words: Words, detail: &str) -> Vec<String> {
    let pairs = detail.split(' ').filter_map(|pair| pair.split_once('='));
    pairs
        .filter_map(|(name, value)| {
            let number: u64 = value.parse().ok()?;
            let shown = if COUNTS.contains(&name) {
                words.number(number)
            } else if name == ENDS {
                let micros = i64::try_from(number).ok()?.checked_mul(1_000_000)?;
                words.date_time(Timestamp(micros))
            } else {
                return None;
            };
            let key = format!("audit-detail-{}", name.replace('_', "-"));
            Some(words.fill(&key, [("value", shown.into())]))
        })
        .collect()
}

/// As it is written down, for whoever compares with the file or the API.
fn ids(words: Words, entry: &Sealed) -> Markup {
    let subject = entry.subject.as_deref().unwrap_or_default();
    let text = [subject, &entry.detail].join(" ");
    html! {
        @if !text.trim().is_empty() {
            details.fold {
                summary.small { (words.say("audit-ids")) }
                code.small { (display::line(text.trim())) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn counts_and_ends_are_told_and_ids_are_not() {
        let words = Words::of(Language::Italian);
        let detail = "lines=1234 event=evt_1 until_s=0 rejected=x";
        let told = told(words, detail);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("1.234") && told[1].contains("1970"),
            "{told:?}"
        );
    }

    #[test]
    fn every_detail_has_its_words() {
        for language in Language::ALL {
            for name in COUNTS.iter().chain([&ENDS]) {
                let key = format!("audit-detail-{}", name.replace('_', "-"));
                assert!(Words::of(language).look_up(&key).is_some(), "{key}");
            }
        }
    }
}
