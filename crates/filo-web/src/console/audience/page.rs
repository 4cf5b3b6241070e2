//! How the page of an audience is laid out: who is offered, how telling the platform goes, and
//! what can be done.

use filo_app::audience::{Cut, State};
use filo_core::audience::Delivery;
use maud::{Markup, html};

use super::badge;
use super::form::{Given, fields};
use super::one::One;
use crate::i18n::Words;
use crate::ui::form::{button_form, form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::shown::{line, lines};

const DESCRIPTION_LETTERS_MOST: usize = 500;
/// Letters of what a platform said.
const SAID_LETTERS_MOST: usize = 400;

pub(super) fn content(words: Words, one: &One, token: &str, wrong: Option<&str>) -> Markup {
    let is_push = one.view.delivery == Delivery::Push;
    html! {
        a.back href="/audiences" { (Icon::Back.draw()) (words.say("place-audiences")) }
        @if let Some(wrong) = wrong { p.notice.notice-bad role="alert" { (wrong) } }
        (head(words, one, token))
        @if one.view.state() == State::Ending { (ending(words, one, token)) }
        (people(words, one))
        @if is_push { (telling(words, one, token)) } @else { (handing(words, one, token)) }
        @if !one.refused.is_empty() { (refused(words, one)) }
        @if one.exports { (whole_file(words, one, token)) }
        (facts(words, one))
        @if one.manages && one.view.state() != State::Ending {
            (changing(words, one, token))
            (removing(words, one, token))
        }
    }
}

fn at(one: &One, what: &str) -> String {
    format!("/audiences/{}/{what}", one.view.row.id)
}

fn head(words: Words, one: &One, token: &str) -> Markup {
    let row = &one.view.row;
    let state = one.view.state();
    let description = lines(&row.description, DESCRIPTION_LETTERS_MOST);
    html! {
        div.head {
            div {
                h1 { (one.name()) }
                p.lead { (one.view.platform.name()) " " (badge(words, state)) }
                @if !description.trim().is_empty() { p.soft { (description) } }
            }
            @if one.manages && state != State::Ending {
                div.actions {
                    @if row.paused_at.is_some() {
                        (button_form(&at(one, "resuming"), token, &[], &words.say("audience-resume"), "quiet"))
                    } @else {
                        (button_form(&at(one, "pausing"), token, &[], &words.say("audience-pause"), "quiet"))
                    }
                }
            }
        }
        @if row.paused_at.is_some() { p.notice { (words.say("audience-paused-hint")) } }
        @if one.view.is_filling { p.notice role="status" { (words.say("audience-filling")) } }
    }
}

/// Everybody is being taken out.
fn ending(words: Words, one: &One, token: &str) -> Markup {
    let left = one.view.counts.to_take_out;
    let filled = [
        ("count", left.into()),
        ("number", words.number(left).into()),
    ];
    html! {
        div.notice.notice-warn {
            p { (words.fill("audience-ending-left", filled)) }
            @if one.manages {
                div.actions {
                    (button_form(&at(one, "keeping"), token, &[], &words.say("audience-keep"), "small"))
                }
                (gone_there(words, one, token))
            }
        }
    }
}

fn gone_there(words: Words, one: &One, token: &str) -> Markup {
    let hidden = [("gone_there", "yes")];
    html! {
        details.second-thought {
            summary { (words.say("audience-gone-there")) }
            p.hint { (words.say("audience-gone-there-hint")) }
            (button_form(&at(one, "removal"), token, &hidden, &words.say("audience-gone-there-do"), "danger small"))
        }
    }
}

fn people(words: Words, one: &One) -> Markup {
    let counts = &one.view.counts;
    let of = |key: &str, count: u64| {
        html! { dt { (words.say(key)) } dd { (words.number(count)) } }
    };
    html! {
        section.card aria-labelledby="audience-people" {
            h2 #audience-people { (words.say("audience-people")) }
            dl.facts {
                (of("audience-standing-offered", counts.offered))
                (of("audience-standing-no-yes", counts.no_yes))
                (of("audience-standing-no-address", counts.no_address))
                (of("audience-by-email", counts.emails))
                @if one.view.platform.takes_phones() { (of("audience-by-phone", counts.phones)) }
                @if counts.refused > 0 { (of("audience-refused-count", counts.refused)) }
            }
            @if counts.people() > 0 && counts.offered == 0 { p.hint { (words.say("audience-nobody-hint")) } }
            @else if counts.people() == 0 { p.hint { (words.say("audience-empty-hint")) } }
        }
    }
}

/// How telling the platform goes.
fn telling(words: Words, one: &One, token: &str) -> Markup {
    let (counts, health) = (&one.view.counts, &one.view.row.health);
    let when = |at: Option<filo_core::time::Timestamp>| {
        at.map_or_else(|| "—".to_owned(), |at| words.date_time(at))
    };
    html! {
        section.card aria-labelledby="audience-telling" {
            h2 #audience-telling { (words.say("audience-telling")) }
            dl.facts {
                dt { (words.say("audience-remote")) } dd { code { (line(&one.view.row.remote)) } }
                dt { (words.say("audience-to-put")) } dd { (words.number(counts.to_put)) }
                dt { (words.say("audience-to-take-out")) } dd { (words.number(counts.to_take_out)) }
                dt { (words.say("audience-last-success")) } dd { (when(health.last_success_at)) }
                @if health.last_failure_at.is_some() {
                    dt { (words.say("audience-last-failure")) } dd { (when(health.last_failure_at)) }
                }
            }
            @if let Some(since) = health.failing_since {
                div.notice.notice-bad role="alert" {
                    p { (words.fill("audience-failing-since", [("date", words.date_time(since).into())])) }
                    p { code { (lines(&health.last_answer, SAID_LETTERS_MOST)) } }
                    @if health.due_at > one.now {
                        p { (words.fill("audience-next", [("date", words.date_time(health.due_at).into())])) }
                    }
                }
            }
            @if let Some(tested) = &one.tested { (test_outcome(words, tested)) }
            @if one.manages {
                div.actions {
                    (button_form(&at(one, "test"), token, &[], &words.say("audience-test"), "quiet small"))
                    @if counts.to_put + counts.to_take_out > 0 {
                        (button_form(&at(one, "telling"), token, &[], &words.say("audience-tell-now"), "quiet small"))
                    }
                }
            }
        }
    }
}

fn test_outcome(words: Words, tested: &filo_app::audience::Tested) -> Markup {
    let (class, key) = match tested.why {
        None => ("notice notice-good", "audience-test-good".to_owned()),
        Some(why) => (
            "notice notice-bad",
            format!("audience-why-{}", why.replace('_', "-")),
        ),
    };
    html! {
        div class=(class) role="status" {
            p { (words.say(&key)) }
            @if !tested.text.is_empty() { p { code { (lines(&tested.text, SAID_LETTERS_MOST)) } } }
        }
    }
}

/// Files that a person takes there.
fn handing(words: Words, one: &One, token: &str) -> Markup {
    let (row, counts) = (&one.view.row, &one.view.counts);
    let number = |count: u64| {
        [
            ("count", count.into()),
            ("number", words.number(count).into()),
        ]
    };
    html! {
        section.card aria-labelledby="audience-handing" {
            h2 #audience-handing { (words.say("audience-handing")) }
            p { (words.say("audience-handing-hint")) }
            p {
                (words.fill("audience-changes-in", number(counts.to_put))) " · "
                (words.fill("audience-changes-out", number(counts.to_take_out)))
            }
            @if one.exports && one.manages && row.paused_at.is_none() && counts.to_put + counts.to_take_out > 0 {
                (button_form(&at(one, "files"), token, &[], &words.say("audience-file-close"), ""))
            }
            @if let Some(file_at) = row.file_at {
                p.about { (words.fill("audience-file-last", [("date", words.date_time(file_at).into())])) }
                @if one.exports {
                    div.actions {
                        (take(words, one, Cut::Put, token))
                        (take(words, one, Cut::TakenOut, token))
                    }
                }
            }
        }
    }
}

fn take(words: Words, one: &One, cut: Cut, token: &str) -> Markup {
    let label = words.say(&format!("audience-file-{}", cut.word()));
    let action = at(one, &format!("files/{}", cut.word()));
    html! {
        // A file is no page: the browser takes it by itself.
        form.inline method="post" action=(action) data-turbo="false" {
            input type="hidden" name="token" value=(token);
            button.quiet.small type="submit" { (Icon::Download.draw()) (label) }
        }
    }
}

fn whole_file(words: Words, one: &One, token: &str) -> Markup {
    html! {
        section.card {
            h2 { (words.say("audience-file-whole")) }
            p.hint { (words.say("audience-file-whole-hint")) }
            (take(words, one, Cut::Whole, token))
        }
    }
}

fn refused(words: Words, one: &One) -> Markup {
    html! {
        details.card {
            summary { (words.say("audience-refused")) }
            p.hint { (words.say("audience-refused-hint")) }
            ul.list {
                @for row in &one.refused {
                    @let hash: String = row.address.iter().take(6).map(|it| format!("{it:02x}")).collect();
                    li {
                        @if let Some(customer) = row.customer { a href={ "/people/" (customer) } { code { (hash) "…" } } }
                        @else { code { (hash) "…" } }
                        p.about { (lines(row.refused.as_deref().unwrap_or_default(), SAID_LETTERS_MOST)) }
                    }
                }
            }
        }
    }
}

fn facts(words: Words, one: &One) -> Markup {
    let row = &one.view.row;
    html! {
        section.card {
            h2 { (words.say("audience-facts")) }
            dl.facts {
                dt { (words.say("audience-segment")) }
                dd {
                    @match (row.segment, &one.segment) {
                        (Some(id), Some(name)) => { a href={ "/segments/" (id) } { (name) } }
                        _ => { (words.say("audience-segment-none")) }
                    }
                }
                dt { (words.say("audience-purpose")) } dd { code { (line(&row.purpose)) } }
                dt { (words.say("audience-made")) }
                dd { (words.date(row.created_at)) " · " (line(&row.created_by)) }
                @if row.version > 1 {
                    dt { (words.say("audience-changed")) }
                    dd { (words.date(row.changed_at)) " · " (line(&row.changed_by)) }
                }
            }
        }
    }
}

fn changing(words: Words, one: &One, token: &str) -> Markup {
    let own = Given::of(&one.view);
    let (given, refused) = match &one.given {
        Some((given, refused)) => (given, Some(refused)),
        None => (&own, None),
    };
    html! {
        details.card open[refused.is_some()] {
            summary { (words.say("audience-edit")) }
            (form(&format!("/audiences/{}", one.view.row.id), token, &html! {
                input type="hidden" name="version" value=(given.version);
                (fields(words, given, &one.choices, refused))
                button type="submit" { (words.say("audience-save")) }
            }))
        }
    }
}

fn removing(words: Words, one: &One, token: &str) -> Markup {
    let (hint, act) = match one.view.delivery {
        Delivery::Push => ("audience-remove-hint", "audience-remove-confirm"),
        Delivery::File => ("audience-remove-file-hint", "audience-remove-file-confirm"),
    };
    html! {
        section.card {
            h2 { (words.say("audience-remove")) }
            p.hint { (words.say(hint)) }
            (second_thought(&at(one, "removal"), token, &words.say("audience-remove"), &words.say(act)))
        }
    }
}
