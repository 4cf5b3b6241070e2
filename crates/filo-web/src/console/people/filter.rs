//! The filters over the list: each is a chip that opens what it can be.

use filo_core::event::Channel;
use filo_core::profile::{TraitTest, Wanted};
use maud::{Markup, html};

use super::{People, address};
use crate::i18n::Words;
use crate::narrowing::Narrowing;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// Fields by chip; a chip is on when one of its fields says something.
type Value = fn(&mut Narrowing) -> &mut String;

/// A choice of one among few.
struct Choice {
    key: &'static str,
    value: Value,
    /// Value and label.
    options: Vec<(String, String)>,
}

pub(super) fn chips(words: Words, people: &People) -> Markup {
    let narrowing = &people.narrowing;
    let any = narrowing.filters() != Narrowing::default();
    html! {
        div.filters role="group" aria-label=(words.say("filter-title")) {
            @for choice in choices(words, people) { (chosen(words, narrowing, &choice)) }
            @for range in RANGES { (ranged(words, narrowing, range)) }
            @if people.sees_traits { (by_trait(words, narrowing)) }
            @if any {
                @let cleared = Narrowing { search: narrowing.search.clone(), sort: narrowing.sort.clone(), ..Narrowing::default() };
                a.button.plain.small href=(address(&cleared, &[])) { (words.say("filter-clear")) }
            }
        }
        @for name in &people.wrong {
            p.wrong role="alert" {
                (words.fill("filter-wrong", [("name", words.say(&format!("filter-{}", name.replace('_', "-"))).into())]))
            }
        }
    }
}

fn choices(words: Words, people: &People) -> Vec<Choice> {
    let say = |key: &str| words.say(key).into_owned();
    let of = |values: &[&str], prefix: &str| {
        values
            .iter()
            .map(|value| ((*value).to_owned(), say(&format!("{prefix}-{value}"))))
            .collect::<Vec<_>>()
    };
    let channels: Vec<&str> = Channel::ALL.map(Channel::word).to_vec();
    let sources = people
        .sources
        .iter()
        .map(|source| (source.id.0.to_string(), line(&source.name)));
    let lists = people.customer_lists.iter();
    let lists = lists.map(|view| (view.row.id.to_string(), line(&view.row.name)));
    vec![
        Choice {
            key: "filter-channel",
            value: |it| &mut it.channel,
            options: of(&channels, "channel"),
        },
        Choice {
            key: "filter-marketing",
            value: |it| &mut it.marketing,
            options: of(&["granted", "denied", "unknown"], "filter-marketing"),
        },
        Choice {
            key: "filter-birthday",
            value: |it| &mut it.birthday,
            options: of(&["today", "week", "month"], "filter-birthday"),
        },
        Choice {
            key: "filter-reach",
            value: |it| &mut it.reach,
            options: of(&["email", "phone", "both"], "filter-reach"),
        },
        Choice {
            key: "filter-source",
            value: |it| &mut it.source,
            options: sources.collect(),
        },
        Choice {
            key: "filter-list",
            value: |it| &mut it.list,
            options: lists.collect(),
        },
    ]
}

fn chosen(words: Words, narrowing: &Narrowing, choice: &Choice) -> Markup {
    let mut read = narrowing.clone();
    let now = (choice.value)(&mut read).clone();
    let label = choice.options.iter().find(|(value, _)| *value == now);
    html! {
        @if !choice.options.is_empty() {
            details.filter.on[label.is_some()] data-menu {
                summary {
                    (words.say(choice.key))
                    @if let Some((_, label)) = label { ": " strong { (label) } }
                }
                div.menu {
                    @for (value, label) in &choice.options {
                        @let there = narrowing.with(|it| (choice.value)(it).clone_from(value));
                        a href=(address(&there, &[])) aria-current=[(*value == now).then_some("true")] {
                            span.tick { @if *value == now { (Icon::Check.draw()) } }
                            (label)
                        }
                    }
                    @if label.is_some() {
                        a.soft href=(address(&narrowing.with(|it| (choice.value)(it).clear()), &[])) {
                            span.tick { (Icon::Close.draw()) } (words.say("filter-remove"))
                        }
                    }
                }
            }
        }
    }
}

/// From one value to another.
struct Range {
    key: &'static str,
    /// Name, label and how to reach it.
    fields: &'static [(&'static str, &'static str, Value)],
    kind: &'static str,
}

const RANGES: &[Range] = &[
    Range {
        key: "filter-last",
        fields: &[
            ("last_from", "filter-from-day", |it| &mut it.last_from),
            ("last_to", "filter-to-day", |it| &mut it.last_to),
        ],
        kind: "date",
    },
    Range {
        key: "filter-first",
        fields: &[
            ("first_from", "filter-from-day", |it| &mut it.first_from),
            ("first_to", "filter-to-day", |it| &mut it.first_to),
        ],
        kind: "date",
    },
    Range {
        key: "filter-orders",
        fields: &[("orders", "filter-orders-least", |it| &mut it.orders)],
        kind: "number",
    },
    Range {
        key: "filter-spent",
        fields: &[
            ("spent_from", "filter-from-amount", |it| &mut it.spent_from),
            ("spent_to", "filter-to-amount", |it| &mut it.spent_to),
        ],
        kind: "text",
    },
];

fn ranged(words: Words, narrowing: &Narrowing, range: &Range) -> Markup {
    let mut read = narrowing.clone();
    let values: Vec<String> = range
        .fields
        .iter()
        .map(|(_, _, value)| value(&mut read).clone())
        .collect();
    let on = values.iter().any(|value| !value.is_empty());
    let cleared = narrowing.with(|it| {
        for (_, _, value) in range.fields {
            value(it).clear();
        }
    });
    html! {
        details.filter.on[on] data-menu {
            summary {
                (words.say(range.key))
                @if on { ": " strong { (span_words(words, range, &values)) } }
            }
            div.menu {
                form action="/people" {
                    (hidden(&cleared))
                    @for ((name, label, _), value) in range.fields.iter().zip(&values) {
                        div.field {
                            label for={ "filter-" (name) } { (words.say(label)) }
                            input #{ "filter-" (name) } name=(name) type=(range.kind) value=(value)
                                min=[(range.kind == "number").then_some("0")]
                                inputmode=[(range.kind == "text").then_some("decimal")] maxlength="20";
                        }
                    }
                    div.actions {
                        button.small type="submit" { (words.say("filter-apply")) }
                        @if on { a.button.plain.small href=(address(&cleared, &[])) { (words.say("filter-remove")) } }
                    }
                }
            }
        }
    }
}

/// One trait: which, how, and what it must say.
fn by_trait(words: Words, narrowing: &Narrowing) -> Markup {
    let on = narrowing.trait_test();
    let cleared = narrowing.with(|it| {
        it.trait_name.clear();
        it.trait_is.clear();
        it.trait_value.clear();
    });
    let label = |wanted: Wanted| words.say(&format!("filter-trait-{}", wanted.word()));
    let now = on.as_ref().map(TraitTest::wanted);
    html! {
        details.filter.on[on.is_some()] data-menu {
            summary {
                (words.say("filter-trait"))
                @if let Some(wanted) = now {
                    ": " strong { (line(&narrowing.trait_name)) " " (label(wanted))
                        @if wanted.takes_value() { " " (line(&narrowing.trait_value)) } }
                }
            }
            div.menu {
                form action="/people" {
                    (hidden(&cleared))
                    div.field {
                        label for="filter-trait-name" { (words.say("filter-trait-name")) }
                        input #filter-trait-name name="trait_name" type="text" value=(narrowing.trait_name)
                            required maxlength="100" autocomplete="off" spellcheck="false"
                            aria-describedby="filter-trait-hint";
                        p.hint #filter-trait-hint { (words.say("filter-trait-hint")) }
                    }
                    div.field {
                        label for="filter-trait-is" { (words.say("filter-trait-is")) }
                        select #filter-trait-is name="trait_is" {
                            @for wanted in Wanted::ALL {
                                option value=(wanted.word()) selected[now == Some(wanted)] { (label(wanted)) }
                            }
                        }
                    }
                    div.field {
                        label for="filter-trait-value" { (words.say("filter-trait-value")) }
                        input #filter-trait-value name="trait_value" type="text" value=(narrowing.trait_value)
                            maxlength="200" autocomplete="off";
                    }
                    div.actions {
                        button.small type="submit" { (words.say("filter-apply")) }
                        @if on.is_some() { a.button.plain.small href=(address(&cleared, &[])) { (words.say("filter-remove")) } }
                    }
                }
            }
        }
    }
}

fn span_words(words: Words, range: &Range, values: &[String]) -> String {
    let shown = |value: &String| match (range.kind, value.parse::<jiff::civil::Date>()) {
        ("date", Ok(day)) => words.civil_date(day),
        _ => line(value),
    };
    match values {
        [only] => words.fill("filter-least", [("value", line(only).into())]),
        [from, to] if to.is_empty() => words.fill("filter-since", [("from", shown(from).into())]),
        [from, to] if from.is_empty() => words.fill("filter-until", [("to", shown(to).into())]),
        [from, to] => format!("{} – {}", shown(from), shown(to)),
        _ => String::new(),
    }
}

/// A narrowing as fields that nobody sees.
pub(super) fn hidden(narrowing: &Narrowing) -> Markup {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(&narrowing.query()).unwrap_or_default();
    html! { @for (name, value) in &pairs { input type="hidden" name=(name) value=(value); } }
}
