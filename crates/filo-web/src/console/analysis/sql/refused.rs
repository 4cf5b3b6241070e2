//! Why there is no answer, in the words of who reads; the engine's own words are English.

use filo_app::sql::Refusal;
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::shown as display;

/// The engine lists what there is, which is long.
const TEXT_CHARS_MOST: usize = 800;

/// What stands over the desk when there is no answer.
pub(super) fn notice(words: Words, refusal: &Refusal) -> Markup {
    let engine = match refusal {
        Refusal::Wrong { text, .. } | Refusal::NotForParquet { text } => Some(text),
        _ => None,
    };
    html! {
        div.notice.notice-bad role="alert" {
            p { (sentence(words, refusal)) }
            @if let Some(text) = engine {
                p lang="en" { (display::lines(text, TEXT_CHARS_MOST)) }
            }
        }
    }
}

/// The refusal as one sentence that says how to go on.
fn sentence(words: Words, refusal: &Refusal) -> String {
    let whole = |count: usize| words.number(u64::try_from(count).unwrap_or(u64::MAX));
    let megabytes = |bytes: usize| whole(bytes >> 20);
    let say = |key: &str| words.say(key).into_owned();
    match refusal {
        Refusal::NotBuilt => say("sql-not-built"),
        Refusal::Empty => say("sql-refused-empty"),
        Refusal::Several => say("sql-refused-several"),
        Refusal::NotForParquet { .. } => say("sql-refused-not-for-parquet"),
        Refusal::Fault(_) => say("failure-internal-hint"),
        Refusal::Wrong { place: None, .. } => say("sql-refused-wrong"),
        Refusal::Wrong {
            place: Some(place), ..
        } => words.fill(
            "sql-refused-wrong-at",
            [
                ("line", words.number(place.line).into()),
                ("column", words.number(place.column).into()),
            ],
        ),
        Refusal::NotAllowed { kind } => words.fill(
            "sql-refused-not-allowed",
            [("kind", display::line(kind).into())],
        ),
        Refusal::TooLong { bytes_most } => words.fill(
            "sql-refused-too-long",
            [("most", whole(bytes_most >> 10).into())],
        ),
        Refusal::TooManyRows { rows_most } => words.fill(
            "sql-refused-too-many-rows",
            [("most", whole(*rows_most).into())],
        ),
        Refusal::TooLarge { bytes_most } => words.fill(
            "sql-refused-too-large",
            [("most", megabytes(*bytes_most).into())],
        ),
        Refusal::TooSlow { seconds } => words.fill(
            "sql-refused-too-slow",
            [("most", words.number(*seconds).into())],
        ),
        Refusal::TooMuchMemory { bytes_most } => words.fill(
            "sql-refused-too-much-memory",
            [("most", megabytes(*bytes_most).into())],
        ),
        Refusal::Busy { most } => words.fill("sql-refused-busy", [("most", whole(*most).into())]),
    }
}

#[cfg(test)]
mod tests {
    use filo_app::sql::Place;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_refusal_has_a_sentence_and_what_comes_from_outside_is_text() {
        let place = Some(Place { line: 2, column: 8 });
        let text = "no <b>colour</b>".to_owned();
        let all = [
            Refusal::NotBuilt,
            Refusal::Empty,
            Refusal::TooLong {
                bytes_most: 16 << 10,
            },
            Refusal::Several,
            Refusal::NotAllowed {
                kind: "<DROP>".to_owned(),
            },
            Refusal::Wrong {
                text: text.clone(),
                place,
            },
            Refusal::Wrong {
                text: text.clone(),
                place: None,
            },
            Refusal::TooManyRows { rows_most: 100_000 },
            Refusal::TooLarge {
                bytes_most: 64 << 20,
            },
            Refusal::TooSlow { seconds: 30 },
            Refusal::TooMuchMemory {
                bytes_most: 256 << 20,
            },
            Refusal::Busy { most: 2 },
            Refusal::NotForParquet { text },
        ];
        for language in Language::ALL {
            let words = Words::of(language);
            for refusal in &all {
                let drawn = notice(words, refusal).into_string();
                assert!(!drawn.contains("sql-"), "{drawn}");
                assert!(
                    !drawn.contains("<b>") && !drawn.contains("<DROP>"),
                    "{drawn}"
                );
            }
        }
        let words = Words::of(Language::English);
        let wrong = sentence(
            words,
            &Refusal::Wrong {
                text: String::new(),
                place,
            },
        );
        assert!(wrong.contains('2') && wrong.contains('8'), "{wrong}");
        assert!(sentence(words, &Refusal::TooManyRows { rows_most: 100_000 }).contains("100,000"));
    }
}
