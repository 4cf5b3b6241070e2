//! How the page of a person is laid out: the thread on one side, what is known on the other.

use filo_core::event::Channel;
use filo_core::profile::About;
use filo_core::profile::view::summary;
use maud::{Markup, html};

use super::head::head;
use super::strand::strand;
use super::thread::thread;
use super::{Person, Refused};
use super::{SCANNED, buying, consent, known, list, message, persona, reason, segment};
use crate::console::quality::person as quality;
use crate::console::{computed, journey};
use crate::i18n::Words;
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::shown;

/// Letters of a note at most, as the app has it.
const NOTE_LENGTH_MOST: usize = 4000;

/// What to call them.
pub(super) fn name(words: Words, person: &Person) -> String {
    let known = summary(&person.customer.profile).display_name;
    let first = person
        .customer
        .identifiers
        .first()
        .map(|identifier| identifier.value.to_string());
    match known.or(first) {
        Some(name) if !name.trim().is_empty() => shown::line(&name),
        _ => words.say("person-unknown").into_owned(),
    }
}

/// Everything below the bar.
pub(super) fn content(words: Words, person: &Person, token: &str, refused: &Refused<'_>) -> Markup {
    let summary = summary(&person.customer.profile);
    let customer = &person.customer;
    html! {
        a.back href="/people" { (Icon::Back.draw()) (words.say("place-people")) }
        (head(words, person, &name(words, person), &summary))
        div.person {
            div {
                (note_form(words, person, token, refused))
                (thread_section(words, person))
                (reason::section(words, customer.id, &person.explanation, &customer.links))
                (join_form(words, person))
            }
            aside {
                (known::notes(words, customer.id, &summary, token))
                (known::facts(words, person, &summary))
                (message::card(words, person))
                (known::orders(words, &customer.profile))
                (computed::card(words, &person.computed, person.opens_segments))
                (buying::card(words, person))
                (segment::card(words, person))
                (list::card(words, person, token))
                (journey::card(words, &person.runs.0, &person.runs.1))
                (persona::card(words, person))
                @if let Some(quality) = &person.quality {
                    (quality::card(words, customer.id, quality, (token, person.decides)))
                }
                (known::identifiers(words, customer))
                (known::channels(words, &summary))
                (consent::card(words, customer.id, &person.addressing))
                (known::consents(words, customer.id, &summary, token, refused.consent.as_ref()))
                @if person.may_handle_privacy {
                    section.card {
                        h2 { a href={ "/people/" (customer.id) "/privacy" } { (words.say("person-privacy")) } }
                        p.about { (words.say("person-privacy-lead")) }
                    }
                }
            }
        }
    }
}

fn note_form(words: Words, person: &Person, token: &str, refused: &Refused<'_>) -> Markup {
    let (given, problem) = match &refused.note {
        Some((given, problem)) => (Some(*given), Some(problem.as_str())),
        None => (None, None),
    };
    let text = Field {
        name: "text",
        label: &words.say("note-text"),
        value: given.map_or("", |form| &form.text),
        hint: Some(&words.say("note-hint")),
        wrong: problem,
        required: true,
        length_most: NOTE_LENGTH_MOST,
    };
    let labels = About::ALL.map(|about| words.say(&format!("about-{}", about.word())));
    let options: Vec<(&str, &str)> = About::ALL
        .iter()
        .zip(&labels)
        .map(|(about, label)| (about.word(), &**label))
        .collect();
    let about = Field {
        name: "about",
        label: &words.say("note-about"),
        value: given.map_or(About::Other.word(), |form| &form.about),
        ..Field::default()
    };
    let fields = html! {
        (text.area(3))
        div.row {
            (about.select(&options))
            button type="submit" { (words.say("note-do")) }
        }
    };
    let action = format!("/people/{}/notes", person.customer.id);
    html! {
        details.card.note #note open[problem.is_some()] {
            summary data-note { (words.say("note-title")) }
            (form(&action, token, &fields))
        }
    }
}

fn thread_section(words: Words, person: &Person) -> Markup {
    let customer = person.customer.id;
    let filter = &person.filter;
    let channels: Vec<Channel> = person
        .customer
        .profile
        .channels
        .iter()
        .map(|used| used.channel)
        .collect();
    html! {
        section.thread aria-labelledby="thread-title" {
            h2 #thread-title { (words.say("thread-title")) }
            @if !person.is_later_page && filter.is_empty() {
                (strand(words, &person.scanned, person.is_whole, person.now))
            }
            @if !person.scanned.is_empty() || person.is_later_page {
                (filter.controls(words, customer, &channels))
            }
            @if !filter.is_empty() && person.older.is_some() {
                p.about { (words.fill("thread-scanned", [("count", SCANNED.into())])) }
            }
            @if person.events.is_empty() {
                p.soft { (words.say(if filter.is_empty() { "thread-empty" } else { "thread-none-so" })) }
            } @else {
                (thread(words, &person.events, &person.runs.1.of_segments.lists, person.now))
            }
            p.pages.actions {
                @if person.is_later_page { a.button.quiet href=(filter.address(customer, None)) { (words.say("newest")) } }
                @if let Some(older) = &person.older {
                    a.button.quiet href=(filter.address(customer, Some(older))) { (words.say("older")) }
                }
            }
        }
    }
}

/// "This is the same person as …"
fn join_form(words: Words, person: &Person) -> Markup {
    let who = Field {
        name: "who",
        label: &words.say("join-who"),
        hint: Some(&words.say("join-hint")),
        required: true,
        length_most: 200,
        ..Field::default()
    };
    html! {
        details.card {
            summary { (words.say("join-title")) }
            form.form action={ "/people/" (person.customer.id) "/joins/preview" } {
                (who.input())
                button.quiet type="submit" { (words.say("join-do")) }
            }
        }
    }
}
