//! What messages cost, as pages say it.
//!
//! **Invariant:** what has no price says so, and a sum beside it says that it is the least.

use filo_core::cost::{Cost, Item, Line, Micros};
use filo_core::money::Currency;
use maud::{Markup, html};

use crate::i18n::Words;

/// What something that is paid by the piece is called.
pub(crate) fn item_name(words: Words, item: Item) -> String {
    let key = format!("cost-item-{}", item.word().replace('_', "-"));
    words.say(&key).into_owned()
}

/// A price with all its decimals: 0,0385 EUR.
pub(crate) fn price_words(words: Words, price: Micros, currency: Currency) -> String {
    let number = words.decimal(&price.to_string());
    format!("{number} {}", currency.code())
}

/// An amount in whole coins; one that is smaller than a coin is no nothing.
pub(crate) fn amount_words(words: Words, amount: Micros, currency: Currency) -> String {
    let coins = amount.to_cents(currency).0;
    match coins == 0 && amount != Micros::ZERO {
        true => words.fill(
            "cost-under-a-coin",
            [("amount", words.amount(1, currency).into())],
        ),
        false => words.amount(coins, currency),
    }
}

/// What it all came to, in a few words.
pub(crate) fn total_words(words: Words, cost: &Cost) -> String {
    if cost.is_empty() {
        return words.say("cost-nothing").into_owned();
    }
    match (priced_words(words, cost), cost.is_partial()) {
        (None, _) => words.say("cost-no-price").into_owned(),
        (Some(amount), true) => words.fill("cost-at-least", [("amount", amount.into())]),
        (Some(amount), false) => amount,
    }
}

/// What that of it came to that has a price; nothing where nothing has.
pub(crate) fn priced_words(words: Words, cost: &Cost) -> Option<String> {
    let amounts = cost.total().into_iter();
    let amounts: Vec<String> = amounts
        .map(|(currency, amount)| amount_words(words, amount, currency))
        .collect();
    (!amounts.is_empty()).then(|| amounts.join(" + "))
}

fn line_words(words: Words, line: &Line) -> String {
    let amounts = line.amounts.iter();
    let mut parts: Vec<String> = amounts
        .map(|(currency, amount)| amount_words(words, *amount, *currency))
        .collect();
    if line.unpriced == line.units {
        parts.push(words.say("cost-no-price").into_owned());
    } else if line.unpriced > 0 {
        let number = words.number(line.unpriced);
        parts.push(words.fill("cost-some-no-price", [("number", number.into())]));
    }
    parts.join(" + ")
}

/// What each thing came to, and all of it.
pub(crate) fn table(words: Words, cost: &Cost) -> Markup {
    html! {
        div.wide {
            table.plain-table {
                thead { tr {
                    th scope="col" { (words.say("cost-what")) }
                    th.number scope="col" { (words.say("cost-units")) }
                    th.number scope="col" { (words.say("cost-amount")) }
                } }
                tbody {
                    @for (item, line) in &cost.lines {
                        tr {
                            th scope="row" { (item_name(words, *item)) }
                            td.number { (words.number(line.units)) }
                            td.number { (line_words(words, line)) }
                        }
                    }
                    tr {
                        th scope="row" { (words.say("cost-total")) }
                        td {}
                        td.number { strong { (total_words(words, cost)) } }
                    }
                }
            }
        }
        @if cost.is_partial() { (how_to_price(words)) }
    }
}

/// Where prices are given.
pub(crate) fn how_to_price(words: Words) -> Markup {
    html! {
        p.about {
            (words.say("cost-no-price-hint")) " "
            a href="/settings/prices" { (words.say("settings-prices")) }
        }
    }
}

/// What messages that wait for a yes come to.
pub(crate) fn of_yes(words: Words, cost: &Cost) -> Markup {
    let amount = total_words(words, cost);
    html! {
        p { (words.fill("cost-of-yes", [("amount", amount.into())])) }
        @if cost.is_partial() { (how_to_price(words)) }
    }
}
