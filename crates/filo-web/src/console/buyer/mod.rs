//! Who buys: the groups of buyers, the grid behind them, the lifecycle, and who moved.
//!
//! **Invariant:** only counts and sums are shown here; whoever wants the people behind a number
//! goes to the form of segments, which asks for the right to see them.

mod grid;
mod group;
mod moved;
mod stage;

use axum::extract::{Query, State};
use filo_app::{App, BuyersView};
use filo_core::access::Right;
use filo_core::buyer::{BUYERS_LEAST, Measure};
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::segment::whole;
use super::session::{Session, encode};
use super::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::{ListPeople, ManageSegments};
use crate::ui::icon::Icon;
use crate::ui::page::empty;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// With how many days before groups are compared.
    days: String,
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// What the parts of the page are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    words: Words,
    measure: &'a Measure,
    /// Whoever looks may make segments, and so see who is behind a number.
    manages: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.buyers().await?;
    let words = session.words;
    let manages = session.actor.may(Right::ManageSegments);
    let button = html! {
        @if manages {
            form method="post" action="/buyers/measuring" {
                input type="hidden" name="token" value=(session.token);
                button.quiet type="submit" { (words.say("buyer-measure")) }
            }
        }
    };
    let content = html! {
        a.back href="/segments" { (Icon::Back.draw()) (words.say("place-segments")) }
        div.head {
            div { h1 { (words.say("buyer-title")) } p.lead { (words.say("buyer-lead")) } }
            @if view.measure.is_some() { (button) }
        }
        @match view.measure.as_ref().filter(|it| it.yardstick.cuts.is_some()) {
            Some(measure) => {
                (measured(words, &view, measure))
                (parts(Drawing { words, measure, manages }, &asked.days))
            }
            None => (not_yet(words, &view, &button)),
        }
    };
    let title = words.say("buyer-title");
    let done = asked.done.as_deref();
    shown(whole(&session, &title, done, &content))
}

pub(super) async fn measure(
    State(app): State<App>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    app.measure_buyers(&posted.session.actor).await?;
    done("/buyers?done=buyer-measured")
}

fn parts(it: Drawing<'_>, days: &str) -> Markup {
    html! {
        (group::table(it))
        (grid::grid(it))
        (stage::lifecycle(it))
        (moved::matrix(it, days))
        (how(it.words))
    }
}

/// When it was measured, and when it is again.
fn measured(words: Words, view: &BuyersView, measure: &Measure) -> Markup {
    let said = [
        ("count", measure.buyers.into()),
        ("number", words.number(measure.buyers).into()),
        ("customers", words.number(measure.customers).into()),
        ("when", words.date_time(measure.at).into()),
    ];
    html! {
        p.about {
            (words.fill("buyer-measured", said)) " "
            @if let Some(next) = view.next_at {
                (words.fill("buyer-next", [("when", words.date_time(next).into())]))
            }
        }
    }
}

/// Too few have bought: what is missing, and why so many.
fn not_yet(words: Words, view: &BuyersView, button: &Markup) -> Markup {
    let least = u64::try_from(BUYERS_LEAST).unwrap_or(u64::MAX);
    let missing = least.saturating_sub(view.buyers_now);
    let said = [
        ("count", missing.into()),
        ("number", words.number(missing).into()),
    ];
    let hint = html! {
        p { (words.fill("buyer-none-hint", [("least", least.into())])) }
        p {
            strong {
                @if missing > 0 { (words.fill("buyer-missing", said)) }
                @else { (words.say("buyer-enough")) }
            }
        }
        @if missing == 0 && view.measure.is_none() { (button) }
    };
    empty(&words.say("buyer-none"), &hint)
}

fn how(words: Words) -> Markup {
    html! {
        details.card {
            summary { (words.say("buyer-how")) }
            p { (words.say("buyer-how-scores")) }
            p { (words.say("buyer-how-time")) }
            p.about { (words.say("buyer-how-source")) }
        }
    }
}

impl Drawing<'_> {
    /// A number that leads to the people behind it: a condition in the form of segments.
    fn door(self, count: u64, text: &str, name: &str) -> Markup {
        let number = self.words.number(count);
        html! {
            @if self.manages && count > 0 { a href=(self.address(text, name)) { (number) } }
            @else { (number) }
        }
    }

    /// Where a segment of a condition is made.
    fn address(self, text: &str, name: &str) -> String {
        format!(
            "/segments/new?text={}&called={}",
            encode(text),
            encode(name)
        )
    }

    fn amount(self, cents: i64) -> String {
        self.words.amount(cents, self.measure.currency)
    }

    fn days(self, days: i64) -> String {
        days_words(self.words, days)
    }

    /// The sign that makes a segment.
    fn maker(self, text: &str, name: &str) -> Markup {
        let words = self.words;
        let label = words.fill("buyer-segment-of", [("name", name.into())]);
        html! {
            @if self.manages {
                a.button.plain.small href=(self.address(text, name)) aria-label=(label) {
                    (Icon::Plus.draw()) (words.say("buyer-segment"))
                }
            }
        }
    }
}

/// “94 giorni”.
pub(in crate::console) fn days_words(words: Words, days: i64) -> String {
    let days = days.unsigned_abs();
    let said = [
        ("count", days.into()),
        ("number", words.number(days).into()),
    ];
    words.fill("buyer-days", said)
}

/// The key of a word of documents.
pub(in crate::console) fn word_key(key: &str, word: &str) -> String {
    format!("{key}-{}", word.replace('_', "-"))
}

/// A part of a whole as a percentage.
fn percent(words: Words, part: u64, whole: u64) -> String {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    super::segment::share(words, signed(part), signed(whole))
}
