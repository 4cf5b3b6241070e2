//! An alert in words.

use filo_app::alert::AlertView;
use filo_core::analysis::alert::Subject;
use filo_core::analysis::metric::Measure;
use filo_core::money::Currency;
use maud::{Markup, html};

use crate::console::analysis::compare::cause_words;
use crate::console::annotation::label;
use crate::i18n::Words;
use crate::sentence::figure::{Teller, name};
use crate::ui::shown::line;

/// What is said of an alert in one line: what it is about.
pub(in crate::console) fn headline(words: Words, alert: &AlertView) -> String {
    match (alert.subject, &alert.source) {
        (Subject::Metric(metric), _) => name(words, metric),
        (Subject::SilentSource, Some((_, source))) => {
            words.fill("alert-silent", [("name", line(source).into())])
        }
        (Subject::SilentSource, None) => words.say("alert-subject-silent-source").into_owned(),
    }
}

/// The days that it is about.
pub(in crate::console) fn days_of(words: Words, alert: &AlertView) -> String {
    let (first, last) = alert.days;
    match first == last {
        true => words.civil_date(first),
        false => format!("{} – {}", words.civil_date(first), words.civil_date(last)),
    }
}

fn teller(words: Words, alert: &AlertView) -> Teller {
    let currency = Currency::parse(&alert.facts.currency).unwrap_or(Currency::EUR);
    Teller { words, currency }
}

/// What it was, what it was compared with, and whether chance explains it.
pub(crate) fn sentence(words: Words, alert: &AlertView) -> String {
    let facts = &alert.facts;
    let Subject::Metric(metric) = alert.subject else {
        let said = [
            ("day", words.civil_date(alert.days.0).into()),
            ("before", count(words, facts.before).into()),
        ];
        return words.fill("alert-silent-hint", said);
    };
    let teller = teller(words, alert);
    let value = |value| teller.value(metric, value);
    let by_points = matches!(metric.measure(), Measure::Share | Measure::Score);
    let difference = facts
        .now
        .zip(facts.before)
        .map(|(now, before)| now - before);
    let change = match (by_points, facts.change, difference) {
        (false, Some(change), _) => teller.percent(change),
        (_, _, Some(difference)) => teller.signed(metric, difference),
        _ => "–".to_owned(),
    };
    let (first, last) = facts.before_days;
    let before_days = match first == last {
        true => words.civil_date(first),
        false => format!("{} – {}", words.civil_date(first), words.civil_date(last)),
    };
    let key = match facts.verdict.as_str() {
        "higher" | "lower" => "alert-sentence-beyond",
        _ => "alert-sentence-within",
    };
    words.fill(
        key,
        [
            ("now", value(facts.now).into()),
            ("before", value(facts.before).into()),
            ("days", before_days.into()),
            ("change", change.into()),
            ("people", words.number(facts.people).into()),
        ],
    )
}

fn count(words: Words, value: Option<f64>) -> String {
    value.map_or_else(
        || "–".to_owned(),
        |value| words.decimal(&format!("{value:.0}")),
    )
}

/// Hints at why: where the difference comes from, what happened near in time, what went wrong.
pub(in crate::console) fn reasons(words: Words, alert: &AlertView) -> Markup {
    let teller = teller(words, alert);
    let incidents = alert.facts.incidents.iter().map(|(kind, count)| {
        let key = format!("incident-{}", kind.replace('_', "-"));
        let told = words.look_up(&key);
        let told = told.map_or_else(|| line(kind), std::borrow::Cow::into_owned);
        (told, count.unsigned_abs())
    });
    let incidents: Vec<(String, u64)> = incidents.collect();
    html! {
        @if !alert.causes.is_empty() || !alert.annotations.is_empty() || !incidents.is_empty() {
            ul.points {
                @if let Subject::Metric(metric) = alert.subject {
                    @for cause in &alert.causes { li { (cause_words(teller, metric, cause)) } }
                }
                @for note in &alert.annotations {
                    li { (words.civil_date(note.first)) ": " (label(words, note)) }
                }
                @for (kind, count) in &incidents {
                    li { a href="/incidents" { (kind) } " (" (words.number(*count)) ")" }
                }
            }
        } @else { p.soft { (words.say("alert-no-reason")) } }
    }
}
