//! How customers come to buy and come back, what they are worth and who is leaving: boards side by
//! side, and first the ways to an order.
//!
//! **Invariant:** every number of ways or people leads to whose they are, for whoever may list
//! people.

mod behind;
mod board;
mod buyer_person;
mod cohort;
pub(super) mod compare;
mod credit;
mod figure;
mod flow;
pub(super) mod leaving;
mod question;
mod reorder;
mod sequence;
mod sheet;
pub(super) mod sql;
mod touched;
pub(super) mod worth;

use axum::extract::{Query, State};
use filo_app::App;
use filo_core::access::Right;
use filo_core::analysis::{FirstOrder, Ways};
use filo_core::buyer::Lack;
use maud::{Markup, html};

use self::board::Board;
use self::question::{Asked, Form};
use super::session::Session;
use super::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::page::{Place, empty};

pub(super) use behind::show as behind;
pub(super) use cohort::{behind as cohort_behind, show as cohorts};
pub(super) use flow::{behind as path_behind, show as paths};
pub(super) use reorder::{behind as reorder_behind, show as reorder};

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    ways: &'a Ways,
    query: &'a str,
    /// Whoever looks may see whose ways they are.
    lists: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let ways = app.ways(&session.actor, &asked.question(&app)).await?;
    let words = session.words;
    if asked.is_sheet() {
        return sequence::sheet(words, &ways.sequences, ways.currency);
    }
    let segments = app.segments().await?;
    let query = asked.query();
    let form = Form {
        words,
        asked: &asked,
        segments: &segments,
    };
    let it = Drawing {
        words,
        ways: &ways,
        query: &query,
        lists: session.actor.may(Right::ListPeople),
    };
    let content = html! {
        div { h1 { (words.say("analysis-title")) } p.lead { (words.say("analysis-lead")) } }
        (board::row(words, Board::Ways))
        (form.draw("/analysis", &html! {}))
        @if ways.orders + ways.open == 0 {
            (empty(&words.say("analysis-none"), &html! { p { (words.say("analysis-none-hint")) } }))
        } @else {
            (summary(it))
            (sequence::table(it.sequences()))
            (sheet::link(words, &format!("/analysis?{query}")))
            (touched::section(it))
            (credit::section(it))
            (how(words))
        }
    };
    let title = words.say("analysis-title");
    shown(session.page(Place::Analysis, &title, None, &content))
}

impl<'a> Drawing<'a> {
    const fn sequences(self) -> sequence::Sequences<'a> {
        sequence::Sequences {
            words: self.words,
            all: self.ways.sequences.as_slice(),
            orders: self.ways.orders,
            currency: self.ways.currency,
            query: self.query,
            lists: self.lists,
        }
    }
}

/// The few numbers on top.
fn summary(it: Drawing<'_>) -> Markup {
    let (words, ways) = (it.words, it.ways);
    let rate = percent(words, ways.orders, ways.orders + ways.open);
    html! {
        section.card aria-labelledby="analysis-summary" {
            h2 #analysis-summary { (words.say("analysis-summary")) }
            dl.facts {
                (fact(&words.say("analysis-orders"), &html! { (words.number(ways.orders)) }))
                (fact(&words.say("analysis-revenue"), &html! { (words.amount(ways.revenue.0, ways.currency)) }))
                (fact(&words.say("analysis-people"), &html! { (words.number(ways.customers)) }))
                (fact(&words.say("analysis-rate"), &html! { (rate) }))
                @if let Some(touches) = ways.touches {
                    (fact(&words.say("analysis-touches"), &html! { (middle(words, touches, "analysis-touches-middle")) }))
                }
                @if let Some(days) = ways.days {
                    (fact(&words.say("analysis-days"), &html! { (middle(words, days, "analysis-days-middle")) }))
                }
            }
            @if let Some(text) = first_order(words, &ways.first_order) { p { (text) } }
            @if ways.untouched > 0 {
                p.about {
                    (words.fill("analysis-untouched", [
                        ("count", ways.untouched.into()), ("number", words.number(ways.untouched).into()),
                    ]))
                }
            }
        }
    }
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// What there is too little of.
fn lacking(words: Words, lack: Lack) -> String {
    let number = |count: i64| words.number(count.unsigned_abs());
    let said = [
        ("count", lack.have.unsigned_abs().into()),
        ("have", number(lack.have).into()),
        ("least", number(lack.least).into()),
        ("missing", number(lack.least - lack.have).into()),
    ];
    words.fill(&format!("worth-lack-{}", lack.of.word()), said)
}

/// The middle of something, and where half of all lie.
fn middle(words: Words, [low, middle, high]: [f64; 3], key: &str) -> String {
    let said = [
        ("low", tenths(words, low).into()),
        ("middle", tenths(words, middle).into()),
        ("high", tenths(words, high).into()),
    ];
    words.fill(key, said)
}

/// How long it takes to a first order, where there is one.
fn first_order(words: Words, it: &FirstOrder) -> Option<String> {
    let (days, [share, low, high]) = (it.median_days?, it.within_30?);
    let said = [
        ("days", tenths(words, days).into()),
        ("share", whole_percent(share).into()),
        ("low", whole_percent(low).into()),
        ("high", whole_percent(high).into()),
        ("customers", words.number(it.customers).into()),
    ];
    let key = match days < 0.05 {
        true => "analysis-first-order-same-day",
        false => "analysis-first-order",
    };
    Some(words.fill(key, said))
}

fn how(words: Words) -> Markup {
    html! {
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("analysis-how-way")) }
            p { (words.say("analysis-how-methods")) }
            p.about { (words.say("analysis-how-source")) }
        }
    }
}

/// A number below a hundred with one place behind the point, if it has one; a larger one whole.
fn tenths(words: Words, value: f64) -> String {
    let written = match value >= 99.95 {
        true => format!("{value:.0}"),
        false => format!("{value:.1}"),
    };
    words.decimal(written.strip_suffix(".0").unwrap_or(&written))
}

fn whole_percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A part of a whole as a percentage.
fn percent(words: Words, part: u64, whole: u64) -> String {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    super::segment::share(words, signed(part), signed(whole))
}
