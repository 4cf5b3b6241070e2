//! How much, when, and for whom: the charts of a rehearsal.

use filo_core::journey::rehearsal::{EACH_MOST, Report, Tally};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::chart::{Chart, Point, bars};

/// What would have left on each day.
pub(super) fn per_day(words: Words, report: &Report) -> Markup {
    let (Some(first), Some(last)) = (words.day_of(report.from), words.day_of(report.until)) else {
        return html! {};
    };
    let tally = &report.main.tally;
    if tally.messages().left == 0 {
        return html! {};
    }
    let days = first.series(1.day()).take_while(|day| *day <= last);
    let points: Vec<Point> = days.map(|day| point(words, day, tally)).collect();
    let title = words.say("rehearsal-per-day");
    html! {
        section.card {
            h2 { (title) }
            (bars(&Chart {
                words,
                id: "rehearsal-days",
                title: &title,
                heads: (&words.say("rehearsal-day"), &words.say("rehearsal-figure-left")),
                points: &points,
                notes: &[],
            }))
        }
    }
}

fn point(words: Words, day: Date, tally: &Tally) -> Point {
    Point {
        label: words.civil_date(day),
        short: words.day_and_month(day),
        value: tally.days.get(&day).map_or(0, |it| it.left),
    }
}

/// How many each would have got.
pub(super) fn each(words: Words, tally: &Tally) -> Markup {
    if tally.people == 0 || tally.messages().planned == 0 {
        return html! {};
    }
    let last = tally.each.iter().rposition(|count| *count > 0).unwrap_or(0);
    let points: Vec<Point> = tally
        .each
        .iter()
        .take(last + 1)
        .enumerate()
        .map(|(messages, people)| {
            let short = match messages {
                EACH_MOST => format!("{EACH_MOST}+"),
                messages => messages.to_string(),
            };
            Point {
                label: words.fill("rehearsal-each-label", [("count", short.as_str().into())]),
                short,
                value: *people,
            }
        })
        .collect();
    let title = words.say("rehearsal-each");
    html! {
        section.card {
            h2 { (title) }
            (bars(&Chart {
                words,
                id: "rehearsal-each",
                title: &title,
                heads: (&words.say("rehearsal-messages"), &words.say("rehearsal-figure-people")),
                points: &points,
                notes: &[],
            }))
        }
    }
}

/// How full the noise budget would have been for each at its fullest.
pub(super) fn budget(words: Words, report: &Report) -> Markup {
    let peaks = &report.main.tally.peaks;
    if report.points == 0 || peaks.iter().all(|count| *count == 0) {
        return html! {};
    }
    let points: Vec<Point> = (0_u64..)
        .zip(peaks)
        .map(|(tenth, people)| {
            let short = format!("{} %", tenth * 10);
            Point {
                label: words.fill("rehearsal-budget-label", [("share", short.as_str().into())]),
                short,
                value: *people,
            }
        })
        .collect();
    let title = words.say("rehearsal-budget");
    let fill = [
        ("points", report.points.into()),
        ("days", report.points_days.into()),
    ];
    html! {
        section.card {
            h2 { (title) }
            (bars(&Chart {
                words,
                id: "rehearsal-budget",
                title: &title,
                heads: (&words.say("rehearsal-budget-share"), &words.say("rehearsal-figure-people")),
                points: &points,
                notes: &[],
            }))
            p.about { (words.fill("rehearsal-budget-hint", fill)) }
        }
    }
}
