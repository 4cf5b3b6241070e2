//! Figures of a stretch of time beside those of another, and whether they differ by more than
//! chance.
//!
//! **Invariant:** every number of people leads to them, for whoever may list people.

mod asked;
mod metric;
mod table;

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::analysis::{CompareView, Side};
use filo_core::access::Right;
use filo_core::analysis::metric::{Compared, Metric, Window};
use maud::{Markup, html};

use self::asked::Asked;
use super::board::{Board, row};
use super::figure::Head;
use super::{figure, sheet};
use crate::console::annotation;
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::{SeeFigures, SeePeopleOfFigures};
use crate::sentence::figure::{Teller, name};
use crate::ui::page::Place;

pub(in crate::console) use metric::{cause_words, show as one};
pub(in crate::console) use table::chance;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.compare(&session.actor, &asked.question()).await?;
    let words = session.words;
    if asked.form == "csv" {
        return table::sheet(words, &view);
    }
    let segments = app.segments().await?;
    let query = asked.query();
    let lists = session.actor.may(Right::ListPeople);
    let content = html! {
        div { h1 { (words.say("compare-title")) } p.lead { (words.say("compare-lead")) } }
        (row(words, Board::Compare))
        (asked.filter(words, "/analysis/compare", &segments))
        p { (days_words(words, &view.days)) }
        (table::draw(words, &view, (&query, lists)))
        (sheet::link(words, &format!("/analysis/compare?{query}")))
        (beside(words, &view))
        (how(words))
    };
    let title = words.say("compare-title");
    shown(session.page(Place::Analysis, &title, None, &content))
}

/// Who is behind a figure.
pub(in crate::console) async fn behind(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Path(metric): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let metric = Metric::from_word(&metric).ok_or(Failure::Missing)?;
    let side = Side::from_word(&asked.side).ok_or(Failure::Missing)?;
    let found = app
        .compare_people(&session.actor, &asked.question(), (metric, side))
        .await?;
    let words = session.words;
    let query = asked.query();
    let head = Head {
        board: Board::Compare,
        query: &query,
        title: html! { (name(words, metric)) },
    };
    shown(figure::page(&session, &head, &found))
}

/// What happened in these days, and where notes are written.
fn beside(words: Words, view: &CompareView) -> Markup {
    html! {
        section.card aria-labelledby="compare-notes" {
            div.head {
                h2 #compare-notes { (words.say("annotation-meanwhile")) }
                div.actions {
                    a.button.quiet href="/annotations" { (words.say("annotation-title")) }
                    a.button.quiet href="/alerts" { (words.say("alert-title")) }
                    a.button.quiet href="/monday" { (words.say("monday-title")) }
                }
            }
            @if view.annotations.is_empty() { p.soft { (words.say("annotation-none")) } }
            @else { (annotation::told(words, &view.annotations)) }
        }
    }
}

/// Which days are compared with which.
pub(in crate::console) fn days_words(words: Words, days: &Compared) -> String {
    let said = [
        ("now", window_words(words, days.now).into()),
        ("before", window_words(words, days.before).into()),
    ];
    words.fill("compare-days", said)
}

/// “23/11/2026 – 29/11/2026”.
pub(in crate::console) fn window_words(words: Words, window: Window) -> String {
    match window.first == window.last {
        true => words.civil_date(window.first),
        false => format!(
            "{} – {}",
            words.civil_date(window.first),
            words.civil_date(window.last)
        ),
    }
}

fn how(words: Words) -> Markup {
    let catalogue = Metric::ALL.into_iter();
    html! {
        details.card {
            summary { (words.say("analysis-how")) }
            p { (words.say("compare-how-chance")) }
            p { (words.say("compare-how-length")) }
            p { (words.say("compare-how-many")) }
            dl {
                @for metric in catalogue {
                    dt { strong { (name(words, metric)) } }
                    dd { (crate::sentence::figure::hint(words, metric)) }
                }
            }
            p.about { (words.say("compare-how-source")) }
        }
    }
}

/// How figures of a comparison are written.
const fn teller(words: Words, view: &CompareView) -> Teller {
    Teller {
        words,
        currency: view.currency,
    }
}
