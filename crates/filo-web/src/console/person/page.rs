//! How the page of a person is laid out: the thread on one side, what is known on the other.

use filo_core::profile::About;
use filo_core::profile::view::{OrderSummary, ProfileSummary, summary};
use maud::{Markup, html};

use super::known;
use super::reason;
use super::thread::thread;
use super::{Person, Refused};
use crate::i18n::Words;
use crate::ui::form::{Field, form};
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
        header.stack {
            p.small { a href="/people" { "← " (words.say("place-people")) } }
            h1 { bdi { (name(words, person)) } }
            p.lead { (sentence(words, &summary)) }
            (figures(words, &summary))
        }
        div.person {
            div {
                (note_form(words, person, token, refused))
                (thread_section(words, person))
                (reason::section(words, customer.id, &person.explanation, &customer.links))
                (join_form(words, person))
            }
            aside {
                (known::identifiers(words, customer))
                (known::facts(words, &summary))
                (known::notes(words, customer.id, &summary, token))
                (known::orders(words, &customer.profile))
                (known::channels(words, &summary))
                (known::consents(words, customer.id, &summary, token, refused.consent.as_ref()))
            }
        }
    }
}

/// Who they are, in a sentence.
fn sentence(words: Words, summary: &ProfileSummary) -> String {
    let Some(first) = summary.first_seen else {
        return words.say("person-sentence-none").into_owned();
    };
    let last = summary.last_seen.unwrap_or(first);
    let (first, last) = (words.date(first), words.date(last));
    match main_orders(summary) {
        Some(orders) => words.fill(
            "person-sentence-customer",
            [
                ("first", first.into()),
                ("last", last.into()),
                ("orders", orders.count.into()),
                ("amount", words.amount(orders.net.0, orders.currency).into()),
            ],
        ),
        None => words.fill(
            "person-sentence-contact",
            [("first", first.into()), ("last", last.into())],
        ),
    }
}

/// The currency in which they bought most often.
fn main_orders(summary: &ProfileSummary) -> Option<&OrderSummary> {
    summary
        .orders
        .iter()
        .filter(|orders| orders.count > 0)
        .max_by_key(|orders| orders.count)
}

fn figures(words: Words, summary: &ProfileSummary) -> Markup {
    html! {
        div.figures {
            (figure(&words.number(summary.event_count), &words.say("figure-events")))
            @if let Some(orders) = main_orders(summary) {
                (figure(&words.number(orders.count.into()), &words.say("figure-orders")))
                (figure(&words.amount(orders.net.0, orders.currency), &words.say("figure-spent")))
                (figure(&words.amount(orders.average.0, orders.currency), &words.say("figure-average")))
            }
        }
    }
}

fn figure(value: &str, label: &str) -> Markup {
    html! { div.figure { strong { (value) } span.soft.small { (label) } } }
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
        (about.select(&options))
        button type="submit" { (words.say("note-do")) }
    };
    let action = format!("/people/{}/notes", person.customer.id);
    html! {
        details.card open[problem.is_some()] {
            summary { (words.say("note-title")) }
            (form(&action, token, &fields))
        }
    }
}

fn thread_section(words: Words, person: &Person) -> Markup {
    let here = format!("/people/{}", person.customer.id);
    html! {
        section.thread aria-labelledby="thread-title" {
            h2 #thread-title { (words.say("thread-title")) }
            @if person.events.is_empty() {
                p.soft { (words.say("thread-empty")) }
            } @else {
                (thread(words, &person.events, person.now))
            }
            p.pages.actions {
                @if person.is_later_page { a.button.quiet href=(here) { (words.say("newest")) } }
                @if let Some(older) = &person.older {
                    a.button.quiet href={ (here) "?before=" (older) } { (words.say("older")) }
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
