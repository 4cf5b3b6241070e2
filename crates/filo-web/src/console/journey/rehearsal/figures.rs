//! What a rehearsal came to, in numbers and words.

use std::collections::BTreeMap;

use compact_str::CompactString;
use filo_core::content::SAME_FROM;
use filo_core::journey::rehearsal::{Alike, Report, Side, Tally};
use maud::{Markup, html};

use super::{version_words, why_words};
use crate::i18n::Words;
use crate::sentence::journey::JourneyNames;
use crate::verdict::medium_name;

/// The numbers one looks for first.
pub(super) fn summary(words: Words, report: &Report) -> Markup {
    let tally = &report.main.tally;
    let messages = tally.messages();
    let figures = [
        ("rehearsal-figure-people", tally.people),
        ("rehearsal-figure-left", messages.left),
        (
            "rehearsal-figure-stopped",
            messages.stopped + messages.unsayable,
        ),
        (
            "rehearsal-figure-waits",
            messages.waits + messages.asks_person,
        ),
    ];
    html! {
        @if report.main.trigger == "hand" { p.notice { (words.say("rehearsal-by-hand")) } }
        @else if tally.people == 0 { p.notice { (words.say("rehearsal-nobody")) } }
        div.figures {
            @for (key, count) in figures {
                div.figure { strong { (words.number(count)) } span { (words.say(key)) } }
            }
        }
        p.about {
            (words.fill("rehearsal-of-customers", [("count", report.customers.into())])) " "
            @if let Some((date, hour, count)) = tally.busiest_hour() {
                (words.fill("rehearsal-busiest", [
                    ("day", words.civil_date(date).into()),
                    ("from", format!("{hour:02}:00").into()),
                    ("count", count.into()),
                ])) " "
            }
            @if tally.cut > 0 { (words.fill("rehearsal-cut", [("count", tally.cut.into())])) }
        }
    }
}

/// Two versions side by side.
pub(super) fn compared(words: Words, main: &Side, beside: &Side) -> Markup {
    let count = |side: &Side| {
        let (tally, messages) = (&side.tally, side.tally.messages());
        [
            ("rehearsal-figure-people", tally.people),
            ("rehearsal-row-runs", tally.runs),
            ("rehearsal-row-planned", messages.planned),
            ("rehearsal-figure-left", messages.left),
            (
                "rehearsal-figure-stopped",
                messages.stopped + messages.unsayable,
            ),
            (
                "rehearsal-figure-waits",
                messages.waits + messages.asks_person,
            ),
            ("rehearsal-row-goals", tally.goals),
        ]
    };
    let rows = count(main).into_iter().zip(count(beside));
    let reasons: Vec<CompactString> = {
        let mut all: Vec<_> = main
            .tally
            .reasons
            .keys()
            .chain(beside.tally.reasons.keys())
            .cloned()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let heads = [main, beside].map(|side| version_words(words, side.version));
    let of = |side: &Side, why: &CompactString| side.tally.reasons.get(why).copied().unwrap_or(0);
    html! {
        section.card {
            h2 { (words.say("rehearsal-compared")) }
            table.plain-table {
                thead { tr {
                    th scope="col" { (words.say("rehearsal-what")) }
                    @for head in &heads { th.number scope="col" { (head) } }
                    th.number scope="col" { (words.say("rehearsal-difference")) }
                } }
                tbody {
                    @for ((key, one), (_, other)) in rows { (row(words, &words.say(key), (one, other))) }
                    @for why in &reasons {
                        (row(words, &why_words(words, why), (of(main, why), of(beside, why))))
                    }
                }
            }
        }
    }
}

fn row(words: Words, label: &str, (one, other): (u64, u64)) -> Markup {
    let difference = match one.cmp(&other) {
        std::cmp::Ordering::Equal => "=".to_owned(),
        std::cmp::Ordering::Greater => format!("+{}", words.number(one - other)),
        std::cmp::Ordering::Less => format!("−{}", words.number(other - one)),
    };
    html! {
        tr {
            th scope="row" { (label) }
            td.number { (words.number(one)) }
            td.number { (words.number(other)) }
            td.number { (difference) }
        }
    }
}

/// Why messages would not have left, or not at once; and why people would not have come in.
pub(super) fn reasons(words: Words, tally: &Tally) -> Markup {
    let parts = [
        ("rehearsal-reasons", &tally.reasons, "why"),
        ("rehearsal-held-up", &tally.held_up, "why"),
        ("rehearsal-refused", &tally.refused, "refused"),
    ];
    html! {
        @for (title, counts, kind) in parts {
            @if !counts.is_empty() {
                section.card {
                    h2 { (words.say(title)) }
                    dl.facts {
                        @for (word, count) in most_first(counts) {
                            dt {
                                @match kind {
                                    "refused" => (words.say(&format!("journey-refused-{word}"))),
                                    _ => (why_words(words, word)),
                                }
                            }
                            dd { (words.number(count)) }
                        }
                    }
                }
            }
        }
    }
}

fn most_first(counts: &BTreeMap<CompactString, u64>) -> Vec<(&CompactString, u64)> {
    let mut sorted: Vec<_> = counts.iter().map(|(word, count)| (word, *count)).collect();
    sorted.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    sorted
}

/// How the ways would have ended, by what would have been said, and who reached the goal anyway.
pub(super) fn outcomes(words: Words, tally: &Tally) -> Markup {
    html! {
        section.card {
            h2 { (words.say("rehearsal-outcomes")) }
            dl.facts {
                dt { (words.say("rehearsal-row-runs")) } dd { (words.number(tally.runs)) }
                @for (ending, count) in most_first(&tally.endings) {
                    dt { (words.say(&format!("journey-ending-{}", ending.replace('_', "-")))) }
                    dd { (words.number(count)) }
                }
                @if tally.under_way > 0 {
                    dt { (words.say("rehearsal-under-way-still")) } dd { (words.number(tally.under_way)) }
                }
                @for (medium, fates) in &tally.media {
                    dt { (medium_name(words, *medium)) }
                    dd { (words.fill("rehearsal-of-planned", [("left", words.number(fates.left).into()), ("planned", words.number(fates.planned).into())])) }
                }
                @if tally.goals > 0 {
                    dt { (words.say("rehearsal-row-goals")) } dd { (words.number(tally.goals)) }
                }
            }
            @if tally.goals > 0 { p.about { (words.say("rehearsal-goals-hint")) } }
        }
    }
}

/// How alike it all reads.
pub(super) fn alike(words: Words, alike: &Alike, names: &JourneyNames) -> Markup {
    let score = |value: f64| words.decimal(&format!("{value:.0}"));
    html! {
        @if alike.texts > 0 || alike.unsayable > 0 {
            section.card {
                h2 { (words.say("rehearsal-alike")) }
                dl.facts {
                    @if let Some(within) = alike.within {
                        dt { (words.say("rehearsal-alike-within")) } dd { (score(within)) }
                    }
                    @if let Some(across) = alike.across {
                        dt { (words.say("rehearsal-alike-across")) } dd { (score(across)) }
                    }
                    @if alike.unsayable > 0 {
                        dt { (words.say("rehearsal-alike-unsayable")) } dd { (words.number(alike.unsayable.into())) }
                    }
                }
                @if let Some(likest) = alike.likest.filter(|it| it.score >= SAME_FROM) {
                    p.wrong {
                        (words.fill("rehearsal-alike-likest", [
                            ("one", piece(names, likest.one).into()),
                            ("other", piece(names, likest.other).into()),
                            ("score", score(likest.score).into()),
                        ]))
                    }
                }
                p.about {
                    (words.fill("rehearsal-alike-how", [
                        ("texts", alike.texts.into()),
                        ("from", score(SAME_FROM).into()),
                    ]))
                }
            }
        }
    }
}

fn piece(names: &JourneyNames, id: filo_core::id::PieceId) -> String {
    names
        .pieces
        .get(&id)
        .cloned()
        .unwrap_or_else(|| id.to_string())
}
