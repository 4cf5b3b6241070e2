//! The page: what to mend first with what it brings, the figures, and where they come from.

use filo_app::annotation::AnnotationView;
use filo_app::{DayRow, QualityGroup, QualityView, STAFF_SOURCE, SourceView};
use filo_core::quality::Field;
use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::super::annotation::notes;
use super::{field_word, gain_words, percent, reason_word};
use crate::i18n::Words;
use crate::ui::chart::{Chart, Point, line};
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown;

/// Reasons before the rest is folded.
const GROUPS_SHOWN: usize = 8;
const DAY_MICROS: i64 = 86_400 * 1_000_000;

pub(super) struct Whole {
    pub(super) quality: QualityView,
    pub(super) sources: Vec<SourceView>,
    pub(super) now: Timestamp,
    /// What happened beside the course.
    pub(super) annotations: Vec<AnnotationView>,
}

impl Whole {
    pub(super) fn content(&self, words: Words) -> Markup {
        let quality = &self.quality;
        html! {
            a.back href="/people" { (Icon::Back.draw()) (words.say("place-people")) }
            div.head {
                div { h1 { (words.say("quality-title")) } p.lead { (words.say("quality-lead")) } }
            }
            @if quality.people == 0 {
                (empty(&words.say("quality-none"), &html! {
                    p { (words.say("quality-none-hint")) }
                    p { a.button.quiet href="/people" { (words.say("place-people")) } }
                }))
            } @else {
                @if let Some(whole) = quality.whole() { (figures(words, whole)) }
                (self.first(words))
                (self.course(words))
                (self.parts(words))
            }
        }
    }

    /// What to mend first.
    fn first(&self, words: Words) -> Markup {
        let quality = &self.quality;
        let (first, rest) = quality
            .groups
            .split_at(quality.groups.len().min(GROUPS_SHOWN));
        html! {
            section aria-labelledby="quality-first" {
                h2 #quality-first { (words.say("quality-first-title")) }
                @if quality.groups.is_empty() {
                    p.calm { (words.say("quality-all-well")) }
                } @else {
                    @if !quality.gains.is_empty() {
                        ul.gains {
                            @for (gain, count) in &quality.gains {
                                li { a.button.quiet href={ "/quality/findings?gain=" (gain.word()) } { (gain_words(words, *gain, *count)) } }
                            }
                        }
                    }
                    (groups(words, first))
                    @if !rest.is_empty() {
                        details.fold {
                            summary { (words.fill("quality-more", [("count", rest.len().into())])) }
                            (groups(words, rest))
                        }
                    }
                }
                @if quality.left > 0 {
                    p.about { (words.fill("quality-left-count", [("count", quality.left.into()), ("number", words.number(quality.left).into())])) }
                }
            }
        }
    }

    /// The score over time.
    fn course(&self, words: Words) -> Markup {
        let points: Vec<Point> = self
            .quality
            .history
            .iter()
            .filter_map(|row| {
                let at = Timestamp(row.day * DAY_MICROS + DAY_MICROS / 2);
                let label = words.day(at, self.now);
                Some(Point {
                    short: label.clone(),
                    label,
                    value: u64::from((row.scores.whole()? + 5) / 10),
                })
            })
            .collect();
        if points.len() < 2 {
            return html! {};
        }
        let days = self.quality.history.iter().filter_map(|row| {
            row.scores.whole()?;
            let at = Timestamp(row.day * DAY_MICROS + DAY_MICROS / 2);
            words.day_of(at).map(|day| (day, day))
        });
        let notes = &notes(words, &self.annotations, &days.collect::<Vec<_>>());
        let (title, day, score) = (
            words.say("quality-course"),
            words.say("quality-day"),
            words.say("quality-score-percent"),
        );
        html! {
            section.card {
                h2 { (title) }
                (line(&Chart { words, id: "quality", title: &title, heads: (&day, &score), points: &points, notes }))
            }
        }
    }

    /// The figures by kind of value and by source.
    fn parts(&self, words: Words) -> Markup {
        let of = |scope: &str| -> Vec<&DayRow> {
            let rows = self.quality.figures.iter();
            rows.filter(|row| row.scope == scope).collect()
        };
        let field = |row: &DayRow| {
            Field::from_word(&row.subject).map_or_else(String::new, |it| field_word(words, it))
        };
        let source = |row: &DayRow| self.source_name(words, &row.subject);
        let (fields, sources) = (of("field"), of("source"));
        html! {
            @if !fields.is_empty() { (table(words, "quality-by-field", &fields, field)) }
            @if !sources.is_empty() { (table(words, "quality-by-source", &sources, source)) }
            p.about { (words.say("quality-how")) }
        }
    }

    fn source_name(&self, words: Words, number: &str) -> String {
        if number == STAFF_SOURCE.0.to_string() {
            return words.say("quality-source-staff").into_owned();
        }
        let known = self
            .sources
            .iter()
            .find(|source| source.id.0.to_string() == number);
        known.map_or_else(
            || words.fill("quality-source-unknown", [("number", number.into())]),
            |source| shown::line(&source.name),
        )
    }
}

fn figures(words: Words, row: &DayRow) -> Markup {
    html! {
        dl.measures {
            div.measure.whole {
                dt { (words.say("quality-whole")) }
                dd { (percent(row.scores.whole())) }
                dd.about { (words.fill("quality-people", [("count", row.people.unsigned_abs().into()), ("number", words.number(row.people.unsigned_abs()).into())])) }
            }
            @for (word, figure) in row.scores.figures() {
                div.measure {
                    dt { (words.say(&format!("quality-{word}"))) }
                    dd { (percent(figure)) }
                    dd.about { (words.say(&format!("quality-{word}-hint"))) }
                }
            }
        }
    }
}

fn groups(words: Words, groups: &[QualityGroup]) -> Markup {
    html! {
        ul.kinds {
            @for group in groups {
                @let address = format!("/quality/findings?reason={}", group.reason.word());
                li.kind data-row {
                    span.kind-count { (words.number(group.people)) }
                    div {
                        h3 { a href=(address) { (reason_word(words, group.reason)) } }
                        p.about {
                            span class={ "badge severity-" (group.reason.severity().word()) } {
                                (words.say(&format!("quality-severity-{}", group.reason.severity().word())))
                            }
                            @if group.proposed > 0 {
                                " " (words.fill("quality-proposed", [("count", group.proposed.into()), ("number", words.number(group.proposed).into())]))
                            }
                            @if group.gained > 0 {
                                " · " (words.fill("quality-gained", [("count", group.gained.into()), ("number", words.number(group.gained).into())]))
                            }
                        }
                    }
                    a.button.quiet.small href=(address) { (words.say("quality-open")) }
                }
            }
        }
    }
}

fn table(words: Words, key: &str, rows: &[&DayRow], name: impl Fn(&DayRow) -> String) -> Markup {
    let heads = [
        "completeness",
        "validity",
        "freshness",
        "uniqueness",
        "consistency",
    ]
    .map(|word| words.say(&format!("quality-{word}")));
    let (people, score) = (words.say("quality-head-people"), words.say("quality-whole"));
    html! {
        section aria-labelledby=(key) {
            h2 #(key) { (words.say(key)) }
            table.table {
                thead {
                    tr {
                        th scope="col" { (words.say(&format!("{key}-head"))) }
                        th.number scope="col" { (people) }
                        @for head in &heads { th.number scope="col" { (head) } }
                        th.number scope="col" { (score) }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            td { strong { (name(row)) } }
                            td.number data-label=(people) { (words.number(row.people.unsigned_abs())) }
                            @for ((_, figure), head) in row.scores.figures().iter().zip(&heads) {
                                td.number data-label=(head) { (percent(*figure)) }
                            }
                            td.number data-label=(score) { strong { (percent(row.scores.whole())) } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_page_without_people_and_one_without_faults_say_so() {
        for language in Language::ALL {
            let words = Words::of(language);
            let mut whole = Whole {
                quality: QualityView::default(),
                sources: vec![],
                annotations: vec![],
                now: Timestamp(0),
            };
            assert!(
                whole
                    .content(words)
                    .into_string()
                    .contains("class=\"empty\"")
            );
            whole.quality.people = 3;
            assert!(
                whole
                    .content(words)
                    .into_string()
                    .contains("class=\"calm\"")
            );
        }
    }
}
