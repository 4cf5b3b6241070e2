//! Whatever a condition is, it has words in both languages.

use filo_core::buyer::{Group, Stage};
use filo_core::event::{Channel, EventKind};
use filo_core::identity::Kind;
use filo_core::segment::text::parse;
use filo_core::segment::{Answer, Figure, Unit};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::names;
use crate::i18n::{Language, Words};
use crate::sentence::{phrase, sentence};

fn one_of(texts: impl IntoIterator<Item = impl Into<String>>) -> impl Strategy<Value = String> {
    let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
    select(texts)
}

fn span() -> impl Strategy<Value = String> {
    let units = Unit::ALL.map(Unit::word);
    (1u32..2000, select(units.to_vec())).prop_map(|(amount, unit)| format!("{amount} {unit}"))
}

fn window() -> impl Strategy<Value = String> {
    let fixed = [
        "ever",
        "today",
        "yesterday",
        "this week",
        "last week",
        "this month",
        "last month",
        "this year",
        "last year",
        "since 2026-01-31",
        "from 2026-01-01 to 2026-01-31",
        "from 2026-01-01 to 2026-01-01",
    ];
    prop_oneof![
        one_of(fixed),
        span().prop_map(|it| format!("in last {it}")),
        span().prop_map(|it| format!("before {it} ago")),
        (span(), span()).prop_map(|(one, other)| format!("from {one} to {other} ago")),
    ]
}

fn comparison() -> impl Strategy<Value = String> {
    let words = [
        "exactly",
        "other than",
        "below",
        "at most",
        "above",
        "at least",
    ];
    let number = || (-2000i32..2000, 0u8..100).prop_map(|(whole, part)| format!("{whole}.{part}"));
    prop_oneof![
        4 => (one_of(words), number()).prop_map(|(word, number)| format!("{word} {number}")),
        1 => (number(), number()).prop_map(|(one, other)| format!("between {one} and {other}")),
    ]
}

fn test() -> impl Strategy<Value = String> {
    let fixed = [
        "is \"shop\"",
        "is \"a\" or \"b\" or \"c\"",
        "is not \"a\" or \"shop\"",
        "contains \"x\"",
        "is set",
        "is empty",
        "is 5",
        "is not 5",
    ];
    prop_oneof![
        one_of(fixed),
        comparison().prop_map(|it| format!("is {it}"))
    ]
}

fn field() -> impl Strategy<Value = String> {
    one_of([
        "channel",
        "revenue",
        "products.*.sku",
        "context.page.path",
        "a_b.c",
        "\"due parole\"",
    ])
}

fn event() -> impl Strategy<Value = String> {
    let kinds = EventKind::ALL.map(EventKind::word);
    let any = kinds.map(|kind| format!("any {kind}"));
    let named = kinds.map(|kind| format!("{kind} \"Nome\""));
    let known = ["\"Order Completed\"", "\"Email Opened\"", "\"Altro\""].map(str::to_owned);
    let filters = vec((field(), test()), 0..3).prop_map(|filters| {
        let filters: Vec<String> = filters
            .into_iter()
            .map(|(it, test)| format!("{it} {test}"))
            .collect();
        match filters.is_empty() {
            true => String::new(),
            false => format!(" where {}", filters.join(" and ")),
        }
    });
    let names = any.into_iter().chain(named).chain(known);
    (one_of(names), filters).prop_map(|(name, filters)| name + &filters)
}

fn happened() -> impl Strategy<Value = String> {
    let figures = Figure::ALL.into_iter().filter(|it| *it != Figure::Count);
    let figures: Vec<&str> = figures
        .map(|figure| match figure {
            Figure::Count => "count",
            Figure::Sum => "total",
            Figure::Average => "average",
            Figure::Smallest => "smallest",
            Figure::Greatest => "greatest",
            Figure::Distinct => "distinct",
        })
        .collect();
    let figure = (one_of(figures), field(), comparison(), window())
        .prop_map(|(figure, field, is, during)| format!("with {figure} {field} {is} {during}"));
    let test = prop_oneof![
        window(),
        (comparison(), window()).prop_map(|(is, during)| format!("{is} times {during}")),
        figure,
        window().prop_map(|it| format!("for the first time {it}")),
        window().prop_map(|it| format!("for the last time {it}")),
        (field(), test()).prop_map(|(field, test)| format!("with last {field} {test}")),
    ];
    let hours = one_of([
        "",
        " on any day",
        " on any day from 09:00 to 18:00",
        " on monday to friday or sunday from 22:00 to 02:00",
        " on saturday",
    ]);
    (event(), hours, test).prop_map(|(event, hours, test)| format!("{event}{hours} {test}"))
}

fn leaf() -> impl Strategy<Value = String> {
    let kinds = Kind::ALL.map(|kind| format!("known by {}", kind.word()));
    let channel = || one_of(Channel::ALL.map(Channel::word));
    let answer = one_of(Answer::ALL.map(Answer::word));
    let asked = prop_oneof![
        test(),
        window(),
        span().prop_map(|it| format!("in next {it}")),
        one_of(["has anniversary today", "has anniversary in next 1 days"]),
        one_of([
            "has anniversary in last 2 days",
            "has anniversary in last 1 days or next 3 days"
        ]),
    ];
    let order = one_of(["count", "revenue", "average"]);
    prop_oneof![
        6 => happened(),
        2 => (event(), window(), event(), span())
            .prop_map(|(first, during, then, within)| format!("{first} {during} then {then} within {within}")),
        1 => (event(), event(), event()).prop_map(|(first, then, without)| {
            format!("{first} then {then} within 1 day without {without}")
        }),
        4 => (one_of(["city", "birthday", "shoe_size"]), asked)
            .prop_map(|(key, asked)| format!("trait {key} {asked}")),
        1 => one_of(kinds),
        2 => (one_of(["marketing", "altro"]), channel(), answer)
            .prop_map(|(purpose, channel, answer)| format!("consent {purpose} on {channel} is {answer}")),
        2 => (order, comparison(), window()).prop_map(|(it, is, during)| format!("order {it} {is} {during}")),
        1 => (channel(), span()).prop_map(|(channel, span)| format!("met on {channel} in last {span}")),
        1 => comparison().prop_map(|is| format!("channel count {is}")),
        1 => (one_of(["recency", "frequency", "monetary"]), comparison())
            .prop_map(|(score, is)| format!("rfm {score} {is}")),
        1 => select(Group::ALL.to_vec()).prop_map(|it| format!("rfm group {}", it.word())),
        1 => select(Stage::ALL.to_vec()).prop_map(|it| format!("lifecycle {}", it.word())),
        1 => one_of([
            "in segment seg_00000000000000000000000007",
            "in segment seg_00000000000000000000000009",
            "share \"s\" from 0.05% to 33.3%",
            "everybody",
            "nobody",
        ]),
    ]
}

fn tree() -> impl Strategy<Value = String> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(|parts| format!("all of ({})", parts.join(", "))),
            vec(inner.clone(), 1..4).prop_map(|parts| format!("any of ({})", parts.join(", "))),
            inner.prop_map(|part| format!("not ({part})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_condition_has_words(text in tree()) {
        let condition = parse(&text);
        prop_assert!(condition.is_ok(), "{text}: {condition:?}");
        let (condition, names) = (condition.unwrap(), names());
        for language in Language::ALL {
            let words = Words::of(language);
            let said = sentence(words, &condition, &names);
            prop_assert!(said.ends_with('.') && said.chars().count() > 8, "{said}");
            for unsaid in ["said-", "channel-", "day-", "{", "$", "  ", " ,"] {
                prop_assert!(!said.contains(unsaid), "{unsaid} in {said}");
            }
            let part = phrase(words, &condition, &names);
            prop_assert!(part.trim_start_matches('(').starts_with(char::is_lowercase), "{part}");
        }
    }
}
