//! The table of groups: how many, what they bring, how many there were a month before.

use filo_core::buyer::{Group, Moves, Tally};
use filo_core::money::Cents;
use maud::{Markup, html};

use super::{Drawing, percent, word_key};

/// With how many days before the table compares.
const BEFORE_DAYS: u16 = 30;

pub(super) fn table(it: Drawing<'_>) -> Markup {
    let (words, measure) = (it.words, it.measure);
    let groups = measure.groups();
    let total = groups
        .iter()
        .fold(Tally::default(), |sum, (_, one)| sum.plus(*one));
    let moves = measure.moves.iter().find(|it| it.days == BEFORE_DAYS);
    let head = |key: &str| words.say(key);
    let labels = [
        "buyer-head-people",
        "buyer-head-share",
        "buyer-head-revenue",
        "buyer-head-revenue-share",
        "buyer-head-average",
        "buyer-head-before",
    ];
    let labels = labels.map(head);
    html! {
        section aria-labelledby="buyer-groups" {
            h2 #buyer-groups { (words.say("buyer-groups")) }
            p.about { (words.say("buyer-groups-hint")) }
            table.table.buyers {
                thead {
                    tr {
                        th scope="col" { (words.say("buyer-head-group")) }
                        @for label in &labels { th.number scope="col" { (label) } }
                    }
                }
                tbody {
                    @for (group, tally) in &groups {
                        @let cells = row(it, *group, *tally, total, moves);
                        tr {
                            td {
                                div.names {
                                    strong { (name(it, *group)) }
                                    p.about { (words.say(&format!("{}-means", key(*group)))) }
                                    (it.maker(&text(*group), &name(it, *group)))
                                }
                            }
                            @for (label, cell) in labels.iter().zip(&cells) {
                                td.number data-label=(label) { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(
    it: Drawing<'_>,
    group: Group,
    tally: Tally,
    total: Tally,
    moves: Option<&Moves>,
) -> [Markup; 6] {
    let words = it.words;
    let average = (tally.orders > 0).then(|| each(tally.revenue, tally.orders));
    let before = moves.map(|moves| {
        let from = moves.moved.iter().filter(|one| one.from == Some(group));
        from.map(|one| one.people).sum::<u64>()
    });
    let revenue = |cents: Cents| cents.0.max(0).unsigned_abs();
    [
        it.door(tally.people, &text(group), &name(it, group)),
        html! { (percent(words, tally.people, total.people)) },
        html! { (it.amount(tally.revenue.0)) },
        html! { (percent(words, revenue(tally.revenue), revenue(total.revenue))) },
        html! { @if let Some(average) = average { (it.amount(average.0)) } @else { "–" } },
        html! { @if let Some(before) = before { (words.number(before)) } @else { "–" } },
    ]
}

/// What each order brought.
fn each(revenue: Cents, orders: u64) -> Cents {
    let count = u32::try_from(orders).unwrap_or(u32::MAX);
    revenue.each(count)
}

pub(super) fn key(group: Group) -> String {
    word_key("buyer-group", group.word())
}

pub(super) fn name(it: Drawing<'_>, group: Group) -> String {
    it.words.say(&key(group)).into_owned()
}

/// The condition of being in it.
fn text(group: Group) -> String {
    format!("rfm group {}", group.word())
}
