//! How the page of a segment is laid out.

use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::list::moved;
use super::one::One;
use super::tree::tree;
use super::{filling, member, overlap, share};
use crate::console::annotation::notes;
use crate::i18n::Words;
use crate::sentence::sentence;
use crate::ui::chart::{Chart, Point, line};
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::shown::lines;

/// Letters of a description, as the app has it.
const DESCRIPTION_LETTERS_MOST: usize = 500;
const DAY_MICROS: i64 = 86_400 * 1_000_000;

pub(super) fn content(words: Words, one: &One, token: &str, wrong: Option<&str>) -> Markup {
    html! {
        a.back href="/segments" { (Icon::Back.draw()) (words.say("place-segments")) }
        @if let Some(wrong) = wrong { p.notice.notice-bad role="alert" { (wrong) } }
        (head(words, one, token))
        @if one.is_away() { (away(words, one, token)) }
        @else {
            (progress(words, one))
            (figures(words, one))
        }
        div.segment {
            div {
                (says(words, one))
                @if !one.is_away() {
                    (growth(words, one))
                    (member::table(words, one))
                }
            }
            aside {
                @if !one.is_away() {
                    (look(words, one))
                    (overlap::chooser(words, one.view.row.id, &one.others, &[]))
                }
                (member::turns(words, one))
                (facts(words, one))
            }
        }
    }
}

fn head(words: Words, one: &One, token: &str) -> Markup {
    let id = one.view.row.id;
    let description = lines(&one.view.row.description, DESCRIPTION_LETTERS_MOST);
    html! {
        div.head {
            div {
                h1 { (one.name()) }
                p.lead { (sentence(words, &one.view.condition, &one.names)) }
                @if !description.trim().is_empty() { p.soft { (description) } }
            }
            @if one.manages && !one.is_away() {
                div.actions {
                    a.button href={ "/segments/" (id) "/edit" } { (words.say("segment-edit")) }
                    @if one.users.is_empty() {
                        (button_form(&format!("/segments/{id}/archiving"), token, &[], &words.say("segment-archive"), "quiet"))
                    }
                }
            }
        }
    }
}

fn away(words: Words, one: &One, token: &str) -> Markup {
    let row = &one.view.row;
    let when = row.archived_at.map(|at| words.date_time(at));
    html! {
        div.notice {
            p { (words.fill("segment-away-since", [("when", when.unwrap_or_default().into()), ("who", row.changed_by.as_str().into())])) }
            @if one.manages {
                (button_form(&format!("/segments/{}/restoring", row.id), token, &[], &words.say("segment-restore"), "small"))
            }
        }
    }
}

/// How far everybody was looked at, while not all were.
fn progress(words: Words, one: &One) -> Markup {
    html! {
        @if !one.view.is_filled() {
            div.notice {
                label for="segment-progress" { (filling(words, &one.view)) ". " (words.say("segment-filling-hint")) }
                progress #segment-progress max="1000" value=(one.view.filled_thousandths.unwrap_or_default()) {}
            }
        }
    }
}

fn figures(words: Words, one: &One) -> Markup {
    let members = one.view.members;
    html! {
        div.figures {
            div.figure {
                span.about { (words.say("segment-head-members")) }
                strong { (words.number(members.unsigned_abs())) }
            }
            div.figure {
                span.about { (words.say("segment-of-everybody")) }
                strong { (share(words, members, one.everybody)) }
            }
            div.figure {
                span.about { (words.say("segment-head-lately")) }
                strong { (moved(words, one.moves)) }
            }
        }
    }
}

fn says(words: Words, one: &One) -> Markup {
    // A single condition is said above already.
    let is_tree = one.view.condition.children().len() > 1 || one.view.condition.walk().count() > 2;
    html! {
        @if is_tree {
            section.card aria-labelledby="segment-says" {
                h2 #segment-says { (words.say("segment-says")) }
                (tree(words, &one.names, &one.view.condition, None))
            }
        }
    }
}

fn growth(words: Words, one: &One) -> Markup {
    let points: Vec<Point> = one
        .growth
        .days
        .iter()
        // Before it was made nobody was in it, whatever the sum says.
        .filter(|(turned, _)| turned.day >= one.view.row.created_at.0.div_euclid(DAY_MICROS))
        .map(|(turned, members)| {
            let at = Timestamp(turned.day * DAY_MICROS + DAY_MICROS / 2);
            let label = words.date(at);
            let short = words
                .day_of(at)
                .map_or_else(String::new, |day| format!("{}/{}", day.day(), day.month()));
            Point {
                short,
                label,
                value: members.unsigned_abs(),
            }
        })
        .collect();
    let days = one.growth.days.iter();
    let days =
        days.filter(|(turned, _)| turned.day >= one.view.row.created_at.0.div_euclid(DAY_MICROS));
    let days = days.filter_map(|(turned, _)| {
        let at = Timestamp(turned.day * DAY_MICROS + DAY_MICROS / 2);
        words.day_of(at).map(|day| (day, day))
    });
    let notes = &notes(words, &one.annotations, &days.collect::<Vec<_>>());
    let (title, day, count) = (
        words.say("segment-growth"),
        words.say("quality-day"),
        words.say("segment-head-members"),
    );
    let chart = Chart {
        words,
        id: "growth",
        title: &title,
        heads: (&day, &count),
        points: &points,
        notes,
    };
    html! {
        section.card {
            h2 { (title) }
            @if points.len() < 2 { p.soft { (words.say("segment-growth-soon")) } } @else { (line(&chart)) }
        }
    }
}

/// "Is somebody in here, and why?"
fn look(words: Words, one: &One) -> Markup {
    html! {
        section.card {
            h2 { (words.say("segment-look")) }
            (super::why::search(words, one.view.row.id, ""))
        }
    }
}

fn facts(words: Words, one: &One) -> Markup {
    let row = &one.view.row;
    html! {
        section.card {
            h2 { (words.say("segment-facts")) }
            @if !one.users.is_empty() {
                p.about { (words.say("segment-used-by")) }
                ul.points {
                    @for (id, name) in &one.users { li { a href={ "/segments/" (id) } { (name) } } }
                }
            }
            dl.facts {
                dt { (words.say("segment-made")) }
                dd { (words.date(row.created_at)) " · " (crate::ui::shown::line(&row.created_by)) }
                @if row.version > 1 {
                    dt { (words.say("segment-changed")) }
                    dd { (words.date(row.changed_at)) " · " (crate::ui::shown::line(&row.changed_by)) }
                }
                @if let Some(filled) = row.filled_at {
                    dt { (words.say("segment-filled")) }
                    dd { (words.date_time(filled)) }
                }
            }
        }
    }
}
