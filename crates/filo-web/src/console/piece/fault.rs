//! Faults and findings in the words of the console.

use filo_core::content::voice::{Finding, Weight};
use filo_core::content::{Fault, Field, What, Wrong};
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::shown::line;

/// What is wrong, and what to do, with its place.
pub(in crate::console) fn fault_words(words: Words, fault: &Fault) -> String {
    let word = fault.what.word().replace('_', "-");
    let (near, most) = match &fault.what {
        What::Unknown { near, .. } => (near.clone().unwrap_or_default(), 0),
        What::TooLong { most, .. } => (String::new(), *most),
        _ => (String::new(), 0),
    };
    let key = match near.is_empty() {
        true => format!("content-fault-{word}"),
        false => format!("content-fault-{word}-near"),
    };
    let said = words.fill(
        &key,
        [
            ("about", line(&fault.what.about()).into()),
            ("near", near.into()),
            ("most", most.into()),
        ],
    );
    match fault.line {
        1 => said,
        line => {
            let place = words.fill("content-fault-line", [("line", line.into())]);
            format!("{place}: {said}")
        }
    }
}

/// What a field is called.
pub(super) fn field_words(words: Words, field: Field) -> String {
    words
        .say(&format!("content-field-{}", field.word()))
        .into_owned()
}

/// What keeps a piece from being saved.
pub(super) fn wrong_list(words: Words, wrong: &[Wrong]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            ul.points {
                @for one in wrong {
                    li { strong { (field_words(words, one.fault.field)) } ": " (fault_words(words, &one.fault)) }
                }
            }
        }
    }
}

/// What the voice says, the heaviest first.
pub(super) fn finding_list(words: Words, findings: &[&Finding]) -> Markup {
    html! {
        @if findings.is_empty() { p.soft { (words.say("content-no-findings")) } }
        @else {
            ul.findings {
                @for finding in findings { (one(words, finding)) }
            }
        }
    }
}

fn one(words: Words, finding: &Finding) -> Markup {
    let key = finding.rule.word().replace('_', "-");
    let class = match finding.rule.weight() {
        Weight::Bad => "badge badge-bad",
        Weight::Warn => "badge badge-warn",
        Weight::Hint => "badge",
    };
    let fill = [
        ("quote", line(&finding.quote).into()),
        ("number", finding.number.into()),
    ];
    html! {
        li {
            p {
                span class=(class) { (words.say(&format!("content-weight-{}", finding.rule.weight().word()))) }
                " " (words.fill(&format!("content-rule-{key}"), fill))
            }
            p.about {
                (field_words(words, finding.field))
                @if finding.line > 1 { " · " (words.fill("content-fault-line", [("line", finding.line.into())])) }
                @if !finding.instead.is_empty() { " · " (words.fill("content-instead", [("instead", line(&finding.instead).into())])) }
            }
        }
    }
}
