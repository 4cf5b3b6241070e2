//! What a rehearsal would have cost, at the prices in force now: altogether, by day, and beside
//! another version.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use filo_app::cost::SideCost;
use filo_core::cost::{Cost, Item, Micros, PriceList};
use filo_core::journey::rehearsal::Report;
use maud::{Markup, html};

use super::version_words;
use crate::cost::{amount_words, item_name, priced_words, table, total_words};
use crate::i18n::Words;

/// The card; of a report from before that was counted, what to do.
pub(super) fn card(words: Words, report: &Report, prices: &PriceList) -> Markup {
    let main = SideCost::of(&report.main, prices);
    let beside = report.beside.as_ref();
    let beside = beside.and_then(|side| Some((side.version, SideCost::of(side, prices)?)));
    html! {
        section.card aria-labelledby="cost-title" {
            h2 #cost-title { (words.say("cost-expected")) }
            @match &main {
                None => { p { (words.say("cost-not-counted")) } }
                Some(main) if main.cost.is_empty() => { p { (words.say("cost-nothing")) } }
                Some(main) => {
                    @match priced_words(words, &main.cost) {
                        None => { p { (words.say("cost-without-price")) } }
                        Some(_) => {
                            p { (words.fill("cost-rehearsed", [("amount", total_words(words, &main.cost).into())])) }
                        }
                    }
                    (table(words, &main.cost))
                    (per_day(words, main))
                }
            }
            @if let (Some(main), Some((version, beside))) = (&main, &beside) {
                (compared(words, (report.main.version, &main.cost), (*version, &beside.cost)))
            }
            @if main.is_some() { p.about { (words.say("cost-rehearsed-how")) } }
        }
    }
}

fn per_day(words: Words, main: &SideCost) -> Markup {
    html! {
        details.fold {
            summary { (words.say("cost-per-day")) }
            table.plain-table {
                thead { tr {
                    th scope="col" { (words.say("rehearsal-day")) }
                    th.number scope="col" { (words.say("cost-amount")) }
                } }
                tbody {
                    @for (day, cost) in &main.days {
                        tr {
                            th scope="row" { (words.civil_date(*day)) }
                            td.number { (total_words(words, cost)) }
                        }
                    }
                }
            }
        }
    }
}

/// Two versions side by side: each thing by how much of it there is, and what it all comes to.
fn compared(
    words: Words,
    (version, main): (i64, &Cost),
    (other_version, other): (i64, &Cost),
) -> Markup {
    let items: BTreeSet<Item> = main
        .lines
        .keys()
        .chain(other.lines.keys())
        .copied()
        .collect();
    let units = |cost: &Cost, item: Item| cost.lines.get(&item).map_or(0, |line| line.units);
    html! {
        h3 { (words.say("cost-compared")) }
        div.wide {
            table.plain-table {
                thead { tr {
                    th scope="col" { (words.say("cost-what")) }
                    th.number scope="col" { (version_words(words, version)) }
                    th.number scope="col" { (version_words(words, other_version)) }
                    th.number scope="col" { (words.say("rehearsal-difference")) }
                } }
                tbody {
                    @for item in &items {
                        @let (one, two) = (units(main, *item), units(other, *item));
                        tr {
                            th scope="row" { (item_name(words, *item)) }
                            td.number { (words.number(one)) }
                            td.number { (words.number(two)) }
                            td.number { (signed(one.cmp(&two), &words.number(one.abs_diff(two)))) }
                        }
                    }
                    tr {
                        th scope="row" { (words.say("cost-total")) }
                        td.number { (total_words(words, main)) }
                        td.number { (total_words(words, other)) }
                        td.number { strong { (difference(words, main, other)) } }
                    }
                }
            }
        }
    }
}

/// By how much one costs more; that cannot be said where something has no price.
fn difference(words: Words, main: &Cost, other: &Cost) -> String {
    let (one, two) = (main.total(), other.total());
    let currencies: BTreeSet<_> = one.keys().chain(two.keys()).copied().collect();
    if main.is_partial() || other.is_partial() {
        return words.say("cost-difference-unknown").into_owned();
    }
    let parts = currencies.into_iter().map(|currency| {
        let of = |total: Option<&Micros>| total.copied().unwrap_or_default();
        let (one, two) = (of(one.get(&currency)), of(two.get(&currency)));
        let size = Micros(one.0.saturating_sub(two.0).saturating_abs());
        signed(one.cmp(&two), &amount_words(words, size, currency))
    });
    parts.collect::<Vec<_>>().join(" · ")
}

fn signed(order: Ordering, size: &str) -> String {
    match order {
        Ordering::Equal => "=".to_owned(),
        Ordering::Greater => format!("+{size}"),
        Ordering::Less => format!("−{size}"),
    }
}
