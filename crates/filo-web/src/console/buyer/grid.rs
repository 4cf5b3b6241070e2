//! The grid of scores: how many people have each pair, the stronger the colour the more.

use filo_core::buyer::{Cell, Cuts, Group, SCORE_MOST};
use maud::{Markup, html};

use super::{Drawing, group};

/// Strengths of the colour.
const STRENGTHS: u64 = 5;

pub(super) fn grid(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let Some(cuts) = &it.measure.yardstick.cuts else {
        return html! {};
    };
    let most = it.measure.cells.iter().map(|cell| cell.tally.people).max();
    let most = most.unwrap_or_default();
    html! {
        section.card {
            h2 { (words.say("buyer-grid")) }
            p.about { (words.say("buyer-grid-hint")) }
            div.scroll tabindex="0" role="region" aria-label=(words.say("buyer-grid")) {
                table.matrix.heat {
                    thead {
                        tr {
                            td { (words.say("buyer-grid-corner")) }
                            @for frequency in 1..=SCORE_MOST {
                                th scope="col" { "F " (frequency) p.about { (often(it, cuts, frequency)) } }
                            }
                        }
                    }
                    tbody {
                        @for recency in (1..=SCORE_MOST).rev() {
                            tr {
                                th scope="row" { "R " (recency) p.about { (recently(it, cuts, recency)) } }
                                @for frequency in 1..=SCORE_MOST { (cell(it, (recency, frequency), most)) }
                            }
                        }
                    }
                }
            }
            @if cuts.is_ladder { p.about { (words.say("buyer-ladder")) } }
            p.about { (money(it, cuts)) }
        }
    }
}

fn cell(it: Drawing<'_>, (recency, frequency): (u8, u8), most: u64) -> Markup {
    let words = it.words;
    let is_here = |cell: &&Cell| (cell.recency, cell.frequency) == (recency, frequency);
    let found = it.measure.cells.iter().find(is_here);
    let people = found.map_or(0, |cell| cell.tally.people);
    let strength = match people {
        0 => 0,
        _ => (people * STRENGTHS).div_ceil(most.max(1)),
    };
    let of = group::name(it, Group::of(recency, frequency));
    let said = [
        ("recency", u64::from(recency).into()),
        ("frequency", u64::from(frequency).into()),
        ("name", of.as_str().into()),
    ];
    let name = words.fill("buyer-grid-cell", said);
    let text = format!("rfm recency exactly {recency} and rfm frequency exactly {frequency}");
    html! {
        td class={ "heat-" (strength) } {
            (it.door(people, &text, &name))
            p.about { (of) }
        }
    }
}

/// From when a score of recency is had.
fn recently(it: Drawing<'_>, cuts: &Cuts, score: u8) -> String {
    let words = it.words;
    match cut(&cuts.recency_days, score) {
        None => words.say("buyer-recency-worst").into_owned(),
        Some(None) => words.say("buyer-nobody").into_owned(),
        Some(Some(days)) => counted(it, "buyer-recency-best", days),
    }
}

/// From how many orders on a score of frequency is had.
fn often(it: Drawing<'_>, cuts: &Cuts, score: u8) -> String {
    let words = it.words;
    match cut(&cuts.orders, score) {
        None => words.say("buyer-orders-fewest").into_owned(),
        Some(None) => words.say("buyer-nobody").into_owned(),
        Some(Some(orders)) => counted(it, "buyer-orders-least", orders),
    }
}

/// “5 da 340 €, 4 da 120 € …”
fn money(it: Drawing<'_>, cuts: &Cuts) -> String {
    let words = it.words;
    let part = |score: u8| {
        let amount = match cut(&cuts.revenue_cents, score)? {
            Some(cents) => it.amount(cents),
            None => words.say("buyer-nobody").into_owned(),
        };
        let said = [
            ("score", u64::from(score).into()),
            ("amount", amount.into()),
        ];
        Some(words.fill("buyer-money-part", said))
    };
    let parts: Vec<String> = (1..=SCORE_MOST).rev().filter_map(part).collect();
    words.fill("buyer-money", [("list", parts.join(", ").into())])
}

/// Where a score begins; nothing of the lowest, which has no beginning.
fn cut(cuts: &[Option<i64>; 4], score: u8) -> Option<Option<i64>> {
    let place = SCORE_MOST.checked_sub(score).map(usize::from)?;
    cuts.get(place).copied()
}

fn counted(it: Drawing<'_>, key: &str, count: i64) -> String {
    let count = count.unsigned_abs();
    let said = [
        ("count", count.into()),
        ("number", it.words.number(count).into()),
    ];
    it.words.fill(key, said)
}
