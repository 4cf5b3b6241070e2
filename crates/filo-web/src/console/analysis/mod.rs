//! How the channels work together: the ways on which customers come to buy. Beside it the other
//! boards of the analysis, each in a folder of its own.
//!
//! **Invariant:** every number of ways leads to whose they are, for whoever may list people.

mod behind;
mod board;
mod buyer_person;
mod credit;
pub(super) mod leaving;
mod sequence;
mod touched;
pub(super) mod worth;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::analysis::WaysAsked;
use filo_app::segment::SegmentView;
use filo_core::access::Right;
use filo_core::analysis::{FirstOrder, LOOKBACK_DAYS, Question, Ways, Which};
use filo_core::buyer::Lack;
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use maud::{Markup, html};
use serde::Deserialize;

use self::board::{Board, row};
use super::session::Session;
use super::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::page::{Place, empty};
use crate::ui::shown::line;

pub(super) use behind::show as behind;

/// The periods that are offered, in days back from now.
const PERIODS: [u16; 4] = [30, 90, 180, 365];
const PERIOD_USUAL: u16 = 90;

/// What the page was asked, as its address says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    days: String,
    which: String,
    segment: String,
    /// The channels of a way, with dots between them.
    sequence: String,
    end: String,
}

impl Asked {
    fn days(&self) -> u16 {
        let days = self.days.parse().ok();
        days.filter(|it| PERIODS.contains(it))
            .unwrap_or(PERIOD_USUAL)
    }

    fn which(&self) -> Which {
        Which::from_word(&self.which).unwrap_or_default()
    }

    /// What is asked of the app: whole days of the company's zone, and today so far.
    fn question(&self, app: &App) -> WaysAsked {
        WaysAsked {
            question: Question {
                from: beginning(app, self.days()),
                until: app.now(),
                which: self.which(),
                lookback_days: LOOKBACK_DAYS,
            },
            segment: self.segment.parse().ok(),
        }
    }

    /// The part of an address that asks the same.
    fn query(&self) -> String {
        let mut query = format!("days={}&which={}", self.days(), self.which().word());
        if self.segment.parse::<filo_core::id::SegmentId>().is_ok() {
            query.push_str("&segment=");
            query.push_str(&self.segment);
        }
        query
    }
}

/// The midnight so many days ago.
fn beginning(app: &App, days: u16) -> Timestamp {
    let now = app.now();
    let zone = app.zone();
    let midnight = jiff::Timestamp::from_microsecond(now.0)
        .ok()
        .and_then(|it| {
            let day = it.to_zoned(zone).date();
            let day = day.checked_sub(i64::from(days).days()).ok()?;
            day.to_zoned(app.zone()).ok()
        });
    let back = || now.plus_seconds(-i64::from(days) * 86_400);
    midnight.map_or_else(back, |it| Timestamp(it.timestamp().as_microsecond()))
}

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
    let segments = app.segments().await?;
    let query = asked.query();
    let it = Drawing {
        words,
        ways: &ways,
        query: &query,
        lists: session.actor.may(Right::ListPeople),
    };
    let content = html! {
        div { h1 { (words.say("analysis-title")) } p.lead { (words.say("analysis-lead")) } }
        (row(words, Board::Ways))
        (filter(words, &asked, &segments))
        @if ways.orders + ways.open == 0 {
            (empty(&words.say("analysis-none"), &html! { p { (words.say("analysis-none-hint")) } }))
        } @else {
            (summary(it))
            (sequence::table(it))
            (touched::section(it))
            (credit::section(it))
            (how(words))
        }
    };
    let title = words.say("analysis-title");
    shown(session.page(Place::Analysis, &title, None, &content))
}

fn filter(words: Words, asked: &Asked, segments: &[SegmentView]) -> Markup {
    html! {
        form.row action="/analysis" {
            div.field {
                label for="field-days" { (words.say("analysis-period")) }
                select #field-days name="days" {
                    @for days in PERIODS {
                        option value=(days) selected[asked.days() == days] {
                            (words.fill("analysis-last-days", [("count", days.into())]))
                        }
                    }
                }
            }
            div.field {
                label for="field-which" { (words.say("analysis-which")) }
                select #field-which name="which" {
                    @for which in Which::ALL {
                        option value=(which.word()) selected[asked.which() == which] {
                            (words.say(&format!("analysis-which-{}", which.word())))
                        }
                    }
                }
            }
            (of_whom(words, &asked.segment, segments))
            button.quiet type="submit" { (words.say("analysis-show")) }
        }
    }
}

/// Of everybody, or of who is in a segment.
fn of_whom(words: Words, chosen: &str, segments: &[SegmentView]) -> Markup {
    html! {
        div.field {
            label for="field-segment" { (words.say("analysis-of")) }
            select #field-segment name="segment" {
                option value="" { (words.say("analysis-of-all")) }
                @for view in segments {
                    @let id = view.row.id.to_string();
                    option value=(id) selected[chosen == id] { (line(&view.row.name)) }
                }
            }
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
