//! What was counted of mails, as the pages of journeys and of content show it: people and machines
//! apart.

use std::collections::BTreeMap;

use filo_app::tracking::{ClickRow, MailFigures};
use filo_core::id::JourneyId;
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::shown::line;

/// What was counted of a mail, in a line, with its links behind it.
pub(crate) fn of_mail(words: Words, mail: &MailFigures) -> Markup {
    let shown = [
        ("sent", words.number(mail.mail.sent.unsigned_abs()).into()),
        ("people", words.number(mail.people().unsigned_abs()).into()),
        (
            "machines",
            words.number(mail.machines().unsigned_abs()).into(),
        ),
    ];
    let opens = [
        (
            "people",
            words.number(mail.mail.people.unsigned_abs()).into(),
        ),
        (
            "machines",
            words.number(mail.mail.machines.unsigned_abs()).into(),
        ),
    ];
    let has_opens = mail.mail.people + mail.mail.machines > 0;
    html! {
        details.small {
            summary { (words.fill("clicks-of-mail", shown)) }
            @if has_opens { p.about { (words.fill("clicks-opens", opens)) } }
            @if mail.links.is_empty() { p.soft { (words.say("clicks-no-links")) } }
            @else {
                table {
                    thead {
                        tr {
                            th { (words.say("clicks-link")) }
                            th.number { (words.say("clicks-sent")) }
                            th.number { (words.say("clicks-people")) }
                            th.number { (words.say("clicks-machines")) }
                        }
                    }
                    tbody {
                        @for link in &mail.links {
                            tr {
                                td { code { (line(&link.url)) } }
                                td.number { (words.number(link.counts.sent.unsigned_abs())) }
                                td.number { (words.number(link.counts.people.unsigned_abs())) }
                                td.number { (words.number(link.counts.machines.unsigned_abs())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was counted of the mails of a step.
pub(crate) fn of_step(words: Words, all: &[MailFigures], step: &str) -> Markup {
    let mut of_step = all.iter().filter(|mail| mail.of.step == step).peekable();
    html! {
        @if of_step.peek().is_none() { p.small.soft { (words.say("clicks-none-of-step")) } }
        @for mail in of_step { (of_mail(words, mail)) }
    }
}

/// What was counted of the mails that say a piece, journey by journey.
pub(crate) fn of_piece(
    words: Words,
    all: &[MailFigures],
    names: &BTreeMap<JourneyId, String>,
) -> Markup {
    html! {
        section.card aria-labelledby="piece-clicks" {
            h2 #piece-clicks { (words.say("clicks-title")) }
            @if all.is_empty() { p.soft { (words.say("clicks-none-of-piece")) } }
            @for mail in all {
                @let journey = mail.of.journey;
                @let name = names.get(&journey).map_or_else(|| words.say("clicks-journey-gone").into_owned(), |name| line(name));
                p { a href={ "/journeys/" (journey) "#step-" (mail.of.step) } { bdi { (name) } } }
                (of_mail(words, mail))
            }
        }
    }
}

/// What was seen of one message, of whoever said yes to that.
pub(crate) fn of_message(words: Words, clicks: &[ClickRow]) -> Markup {
    html! {
        section.card {
            h2 { (words.say("clicks-title")) }
            ul.list {
                @for click in clicks {
                    li {
                        div.line {
                            @if click.url.is_empty() { strong { (words.say("clicks-opened")) } }
                            @else { code { (line(&click.url)) } }
                            span.about { (words.date_time(click.first_at)) }
                        }
                        p.about {
                            (words.fill("clicks-of-link", [
                                ("people", words.number(click.people.unsigned_abs()).into()),
                                ("machines", words.number(click.machines.unsigned_abs()).into()),
                            ]))
                            @if click.last_at > click.first_at {
                                " · " (words.fill("clicks-last", [("date", words.date_time(click.last_at).into())]))
                            }
                        }
                    }
                }
            }
            p.about { (words.say("clicks-of-message-hint")) }
        }
    }
}

/// What was seen of a link of a message, or of its picture, in a line.
pub(crate) fn told(words: Words, click: &ClickRow) -> Markup {
    html! {
        @if click.url.is_empty() { (words.say("clicks-opened")) } @else { code { (line(&click.url)) } }
        " " (words.date_time(click.first_at)) ": "
        (words.fill("clicks-of-link", [
            ("people", words.number(click.people.unsigned_abs()).into()),
            ("machines", words.number(click.machines.unsigned_abs()).into()),
        ]))
    }
}
