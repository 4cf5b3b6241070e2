//! Notes as charts and pages tell them.

use filo_app::App;
use filo_app::annotation::{AnnotationView, Told};
use filo_core::access::Right;
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::i18n::Words;
use crate::ui::chart::Note;
use crate::ui::shown::line;

/// What happened in the last days, for whoever may see figures.
pub(in crate::console) async fn near<P>(
    app: &App,
    session: &Session<P>,
    days: i64,
) -> Result<Vec<AnnotationView>, Failure> {
    if !session.actor.may(Right::SeeFigures) {
        return Ok(Vec::new());
    }
    let today = session.words.day_of(app.now()).unwrap_or_default();
    let first = today.saturating_sub(days.days());
    Ok(app.annotations(&session.actor, (first, today)).await?)
}

/// So many days that end today, the earliest first.
pub(in crate::console) fn days_back(
    words: Words,
    now: Timestamp,
    count: usize,
) -> Vec<(Date, Date)> {
    let today = words.day_of(now).unwrap_or_default();
    let back = |number: usize| {
        let days = i64::try_from(number).unwrap_or_default();
        let day = today.saturating_sub(days.days());
        (day, day)
    };
    (0..count).rev().map(back).collect()
}

/// Notes on a chart whose points are these stretches of days, the earliest first.
pub(in crate::console) fn notes(
    words: Words,
    all: &[AnnotationView],
    points: &[(Date, Date)],
) -> Vec<Note> {
    let mut found: Vec<&AnnotationView> = all.iter().collect();
    found.sort_by_key(|it| it.first);
    let note = |it: &AnnotationView| {
        let at = points
            .iter()
            .position(|(first, last)| it.first <= *last && *first <= it.last)?;
        Some(Note {
            at,
            text: format!("{}: {}", days(words, it), label(words, it)),
        })
    };
    found.into_iter().filter_map(note).collect()
}

/// “12/11/2026”, or from a day to another.
pub(in crate::console) fn days(words: Words, it: &AnnotationView) -> String {
    match it.first == it.last {
        true => words.civil_date(it.first),
        false => format!(
            "{} – {}",
            words.civil_date(it.first),
            words.civil_date(it.last)
        ),
    }
}

/// What a note says.
pub(in crate::console) fn label(words: Words, it: &AnnotationView) -> String {
    match &it.told {
        Told::Written(row) => line(&row.words),
        Told::Happened { what, name, .. } => {
            let key = format!("annotation-{}", what.word().replace('_', "-"));
            words.fill(&key, [("name", line(name).into())])
        }
    }
}

/// Notes as a list of lines, with where what happened is seen.
pub(in crate::console) fn told(words: Words, all: &[AnnotationView]) -> Markup {
    html! {
        ul.list {
            @for it in all {
                li.line {
                    span {
                        @match &it.told {
                            Told::Written(_) => (label(words, it)),
                            Told::Happened { address, .. } => a href=(address) { (label(words, it)) },
                        }
                    }
                    span.soft { (days(words, it)) }
                }
            }
        }
    }
}
