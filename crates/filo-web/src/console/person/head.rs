//! The head of a person's page: who they are in a sentence, how to reach them, figures, and what
//! is worth saying when they come in.

use filo_core::consent::Status;
use filo_core::event::Channel;
use filo_core::identity::Kind;
use filo_core::profile::portrait::{Portrait, portrait};
use filo_core::profile::view::ProfileSummary;
use filo_core::profile::welcome::{Welcome, welcome};
use maud::{Markup, html};

use super::Person;
use super::told::bead;
use crate::i18n::Words;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::shown;

/// Letters of a note in the list of what is worth saying.
const SAID_LETTERS_MOST: usize = 240;

pub(super) fn head(words: Words, person: &Person, name: &str, summary: &ProfileSummary) -> Markup {
    let portrait = portrait(&person.customer.profile, person.now);
    html! {
        header.person-head {
            (monogram(name, "large"))
            div {
                h1 { bdi { (name) } }
                p.lead { (sentence(words, &portrait)) }
                (reach(words, person))
            }
            (ways(words, person))
        }
        (figures(words, summary, &portrait))
        (worth_saying(words, person))
    }
}

/// The value of a kind that is believed most, to write or call to.
fn address(person: &Person, kind: Kind) -> Option<&str> {
    let of_kind = person
        .customer
        .identifiers
        .iter()
        .filter(|it| it.kind == kind);
    of_kind
        .max_by_key(|it| (it.facts.trust, it.facts.last_seen))
        .map(|it| it.value.as_str())
}

/// "Customer since March 2025: 12 orders for € 340, almost one a week. Usually seen in the shop."
fn sentence(words: Words, portrait: &Portrait) -> String {
    let Some(since) = portrait.since else {
        return words.say("person-sentence-none").into_owned();
    };
    let since = words.month(since);
    let first = match &portrait.orders {
        None => words.fill("person-sentence-contact", [("since", since.into())]),
        Some(orders) => {
            let amount = words.amount(orders.net.0, orders.currency);
            let last = orders.last_at.map(|at| words.date(at)).unwrap_or_default();
            let rhythm = portrait.rhythm.map_or_else(String::new, |rhythm| {
                format!(", {}", words.say(&format!("rhythm-{}", rhythm.word())))
            });
            words.fill(
                "person-sentence-customer",
                [
                    ("since", since.into()),
                    ("orders", orders.count.into()),
                    ("amount", amount.into()),
                    ("rhythm", rhythm.into()),
                    ("last", last.into()),
                ],
            )
        }
    };
    match portrait.place {
        Some(place) => format!(
            "{first} {}",
            words.say(&format!("place-met-{}", place.word()))
        ),
        None => first,
    }
}

fn reach(words: Words, person: &Person) -> Markup {
    let marketing = person
        .customer
        .profile
        .consents
        .standing("marketing", None)
        .or_else(|| {
            let each = Channel::ALL.into_iter();
            let standing = |channel| {
                person
                    .customer
                    .profile
                    .consents
                    .standing("marketing", Some(channel))
            };
            each.filter_map(standing)
                .min_by_key(|standing| standing.status)
        })
        .map(|standing| standing.status);
    let (class, key) = match marketing {
        Some(Status::Granted) => ("badge badge-good", "reach-marketing-yes"),
        Some(Status::Denied) => ("badge badge-bad", "reach-marketing-no"),
        Some(Status::Pending) => ("badge badge-warn", "reach-marketing-pending"),
        None => ("badge", "reach-marketing-unknown"),
    };
    html! {
        p.reach-badges {
            (reachable(words, address(person, Kind::Email).is_some(), "email"))
            (reachable(words, address(person, Kind::Phone).is_some(), "phone"))
            a class=(class) href="#consents" { (words.say(key)) }
        }
    }
}

fn reachable(words: Words, has: bool, way: &str) -> Markup {
    html! {
        @if has {
            span.badge.badge-good { (words.say(&format!("reach-{way}"))) " ✓" }
        } @else {
            span.badge { (words.say(&format!("reach-no-{way}"))) }
        }
    }
}

/// Writing, calling, noting: at hand on a desktop, in reach of the thumb on a phone.
fn ways(words: Words, person: &Person) -> Markup {
    html! {
        nav.ways aria-label=(words.say("ways-title")) {
            a.button href="#note" { (Icon::Note.draw()) (words.say("ways-note")) }
            @if let Some(phone) = address(person, Kind::Phone) {
                a.button.quiet href={ "tel:" (phone) } { (Icon::Phone.draw()) (words.say("ways-call")) }
            }
            @if let Some(email) = address(person, Kind::Email) {
                a.button.quiet href={ "mailto:" (email) } { (Icon::Mail.draw()) (words.say("ways-write")) }
            }
        }
    }
}

fn figures(words: Words, summary: &ProfileSummary, portrait: &Portrait) -> Markup {
    html! {
        div.figures {
            @if let Some(orders) = &portrait.orders {
                (figure(&words.amount(orders.net.0, orders.currency), &words.say("figure-spent")))
                (figure(&words.number(orders.count.into()), &words.say("figure-orders")))
                (figure(&words.amount(orders.average.0, orders.currency), &words.say("figure-average")))
            }
            @if let Some(last) = summary.last_seen { (figure(&words.date(last), &words.say("figure-last-seen"))) }
            (figure(&words.number(summary.event_count), &words.say("figure-events")))
        }
    }
}

fn figure(value: &str, label: &str) -> Markup {
    html! { div.figure { strong { (value) } span.soft.small { (label) } } }
}

/// What to know before saying hello.
fn worth_saying(words: Words, person: &Person) -> Markup {
    let Some(today) = words.day_of(person.now) else {
        return html! {};
    };
    let facts = welcome(&person.customer.profile, today, person.now);
    html! {
        @if !facts.is_empty() {
            section.welcome aria-labelledby="welcome-title" {
                h2 #welcome-title { (words.say("know-now-title")) }
                ul { @for fact in &facts { (told(words, fact)) } }
            }
        }
    }
}

fn told(words: Words, fact: &Welcome) -> Markup {
    let (icon, text) = match fact {
        Welcome::BirthdayToday => (Icon::Cake, words.say("welcome-birthday-today").into_owned()),
        Welcome::BirthdaySoon { day } => (
            Icon::Cake,
            words.fill(
                "welcome-birthday-soon",
                [("day", words.day_and_month(*day).into())],
            ),
        ),
        Welcome::LongAway { months } => (
            Icon::Today,
            words.fill("welcome-long-away", [("months", (*months).into())]),
        ),
        Welcome::BackAfter { months } => (
            Icon::Today,
            words.fill("welcome-back-after", [("months", (*months).into())]),
        ),
        Welcome::RoundOrder { number } => (
            Icon::Cart,
            words.fill("welcome-round-order", [("number", (*number).into())]),
        ),
        Welcome::NextRoundOrder { number } => (
            Icon::Cart,
            words.fill("welcome-next-round-order", [("number", (*number).into())]),
        ),
        Welcome::Said(note) => {
            let subject = words.say(&format!("about-{}", note.about.word()));
            return html! {
                li.is-said {
                    (Icon::Note.draw())
                    div {
                        p { (subject) ": " q { (shown::lines(&note.text, SAID_LETTERS_MOST)) } }
                        p.about { (words.date(note.provenance.at)) @if !note.actor.is_empty() { " · " bdi { (shown::line(&note.actor)) } } }
                    }
                }
            };
        }
    };
    html! { li { (icon.draw()) p { (text) } } }
}

/// Channels with their share of all meetings.
pub(super) fn share(words: Words, summary: &ProfileSummary) -> Markup {
    let total: u64 = summary.channels.iter().map(|used| used.count).sum();
    let mut left = 0.0;
    let part = |count: u64| {
        // Shares for the eye: the last digit of a large count is lost on purpose.
        #[expect(clippy::cast_precision_loss, reason = "a bar of a thousand parts")]
        let share = count as f64 / total.max(1) as f64;
        share * 1000.0
    };
    html! {
        svg.share-bar viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=(words.say("channels-title")) {
            @for used in &summary.channels {
                @let width = part(used.count);
                rect class={ "bar " (bead(used.channel)) } x=(format!("{left:.0}")) y="0" height="10" width=(format!("{:.0}", (width - 3.0).max(2.0))) {}
                ({ left += width; "" })
            }
        }
    }
}
