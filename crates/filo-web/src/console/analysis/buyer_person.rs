//! People who buy, with what is known and expected of them.

use filo_app::analysis::{BuyerPeople, BuyerPerson, WHO_MOST};
use filo_core::analysis::foresight::rounded;
use filo_core::analysis::leaving::Risk;
use filo_core::money::Currency;
use maud::{Markup, html};

use super::{tenths, whole_percent};
use crate::console::buyer::days_words;
use crate::console::people;
use crate::i18n::Words;
use crate::ui::page::empty;
use crate::ui::shown::line;

/// “12 people”, and how many of them are shown.
pub(super) fn counted(words: Words, found: &BuyerPeople) -> Markup {
    let said = [
        ("count", found.count.into()),
        ("number", words.number(found.count).into()),
        ("when", words.date_time(found.at).into()),
    ];
    html! {
        p.lead { (words.fill("worth-behind-count", said)) }
        @if found.people.is_empty() {
            (empty(&words.say("worth-behind-none"), &html! { p { (words.say("worth-behind-none-hint")) } }))
        }
        @if found.count > WHO_MOST as u64 {
            p.about { (words.fill("analysis-behind-more", [("most", (WHO_MOST as u64).into())])) }
        }
    }
}

/// What is expected of each.
pub(super) fn table(words: Words, found: &BuyerPeople) -> Markup {
    let labels = [
        "worth-head-bought",
        "worth-head-still",
        "worth-head-ahead",
        "worth-head-amount",
        "worth-head-worth",
    ];
    let labels = labels.map(|key| words.say(key));
    html! {
        @if !found.people.is_empty() {
            table.table {
                thead {
                    tr {
                        th scope="col" { (words.say("worth-head-person")) }
                        @for label in &labels { th.number scope="col" { (label) } }
                    }
                }
                tbody {
                    @for person in &found.people {
                        tr {
                            td { (name(words, person)) }
                            td.number data-label=(labels[0]) { (bought(words, person, found.currency)) }
                            td.number data-label=(labels[1]) { (still(person)) }
                            td.number data-label=(labels[2]) { (ahead(words, person)) }
                            td.number data-label=(labels[3]) {
                                @if let Some(amount) = person.known.amount { (words.amount(rounded(amount), found.currency)) }
                                @else { "–" }
                            }
                            td.number data-label=(labels[4]) { (worth(words, person, found.currency)) }
                        }
                    }
                }
            }
        }
    }
}

/// Why somebody is thought to leave, one after the other.
pub(super) fn risks(words: Words, found: &BuyerPeople) -> Markup {
    html! {
        @if !found.people.is_empty() {
            section.card {
                ul.list {
                    @for person in &found.people {
                        li {
                            div.line {
                                (name(words, person))
                                @if let Some(stake) = person.risk.and_then(|it| it.at_stake) {
                                    @let amount = words.amount(rounded(stake), found.currency);
                                    span { (words.fill("leaving-stake", [("amount", amount.into())])) }
                                }
                            }
                            @if let Some(risk) = &person.risk { p.about { (reasons(words, risk, found.currency)) } }
                        }
                    }
                }
            }
        }
    }
}

fn name(words: Words, person: &BuyerPerson) -> Markup {
    let name = match &person.row {
        Some(row) => people::name(words, row),
        None => words.say("analysis-just-came").into_owned(),
    };
    html! { a href={ "/people/" (person.customer()) } { strong { bdi { (line(&name)) } } } }
}

fn bought(words: Words, person: &BuyerPerson, currency: Currency) -> Markup {
    let orders = person.known.orders;
    let said = [
        ("count", orders.into()),
        ("number", words.number(orders).into()),
        (
            "amount",
            words.amount(person.known.revenue.0, currency).into(),
        ),
    ];
    html! {
        (words.fill("worth-bought", said)) br;
        span.soft { (words.fill("worth-last", [("when", words.date(person.known.last_at).into())])) }
    }
}

fn still(person: &BuyerPerson) -> String {
    person
        .known
        .going_on
        .map_or_else(|| "–".to_owned(), whole_percent)
}

/// “0,4 · 1,2 · 4,1”, and between what the last one lies.
fn ahead(words: Words, person: &BuyerPerson) -> Markup {
    let Some(expected) = person.known.expected else {
        return html! { "–" };
    };
    let [month, quarter, year] = expected.map(|it| tenths(words, it));
    html! {
        (month) " · " (quarter) " · " (year)
        @if let Some(between) = &person.between {
            @let [low, high] = between.purchases.map(|it| tenths(words, it));
            br; span.soft { (words.fill("worth-between", [("low", low.into()), ("high", high.into())])) }
        }
    }
}

fn worth(words: Words, person: &BuyerPerson, currency: Currency) -> Markup {
    let amount = |amount: f64| words.amount(rounded(amount), currency);
    html! {
        @match person.known.worth() {
            Some(worth) => (amount(worth)),
            None => "–",
        }
        @if let Some(between) = person.between.filter(|_| person.known.worth().is_some()) {
            @let [low, high] = between.worth.map(amount);
            br; span.soft { (words.fill("worth-between", [("low", low.into()), ("high", high.into())])) }
        }
    }
}

/// In words: the silence, the own pace, the chances, what was spent.
fn reasons(words: Words, risk: &Risk, currency: Currency) -> String {
    let days = |days: i64| days_words(words, days);
    let mut told = vec![match risk.usual_days {
        0 => words.fill(
            "leaving-silent",
            [("silence", days(risk.silence_days).into())],
        ),
        usual => words.fill(
            "leaving-silent-usually",
            [
                ("silence", days(risk.silence_days).into()),
                ("usual", days(usual).into()),
                ("late", days(risk.late_days).into()),
                ("gone", days(risk.gone_days).into()),
            ],
        ),
    }];
    if let Some(chance) = risk.person.going_on {
        told.push(words.fill("leaving-still", [("chance", whole_percent(chance).into())]));
    }
    if let Some(chance) = risk.chance {
        told.push(words.fill("leaving-chance", [("chance", whole_percent(chance).into())]));
    }
    let orders = risk.person.orders;
    told.push(words.fill(
        "leaving-bought",
        [
            ("count", orders.into()),
            ("number", words.number(orders).into()),
            (
                "amount",
                words.amount(risk.person.revenue.0, currency).into(),
            ),
        ],
    ));
    told.join(" ")
}
