//! What came back: the last notices with their class and why, and one of them with its mail.

use axum::extract::{Path, Query, State};
use filo_app::{App, MailReturnRow};
use filo_core::id::MailReturnId;
use filo_core::mail::returned::Class;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::whole;
use super::HERE;
use crate::api::paging::Cursor;
use crate::console::session::Session;
use crate::console::{Answer, id, shown};
use crate::i18n::Words;
use crate::right::ManageSettings;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

/// Rows of a page.
const ROWS: usize = 50;
const RAW_LETTERS_MOST: usize = 20_000;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    before: Option<String>,
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|cursor| (cursor.at, MailReturnId(cursor.id)));
    let mut rows = app.mail_returns(&session.actor, behind, ROWS + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| more).map(|row| {
        let (at, id) = (row.at, row.id.0);
        Cursor { at, id }.write()
    });
    let words = session.words;
    let title = words.say("mail-returns");
    let content = html! {
        a.back href=(HERE) { (Icon::Back.draw()) (words.say("settings-mail")) }
        h1 { (title) }
        p.lead { (words.say("mail-returns-lead")) }
        @if rows.is_empty() {
            (empty(&words.say("mail-returns-none"), &html! {
                p { (words.say("mail-returns-none-hint")) }
                p { a href="/settings/mail/return-box" { (words.say("mail-return-box")) } }
            }))
        } @else {
            section.card { ul.list { @for row in &rows { (line(words, row)) } } }
            @if let Some(next) = next {
                p { a.button.quiet href={ "/settings/mail/returns?before=" (next) } { (words.say("mail-returns-more")) } }
            }
        }
    };
    shown(whole(&session, HERE, &title, None, &content))
}

fn line(words: Words, row: &MailReturnRow) -> Markup {
    html! {
        li {
            div.line {
                a href={ "/settings/mail/returns/" (row.id) } { bdi { (address(words, row)) } }
                span class=(badge(row.class)) { (class(words, row)) }
            }
            p.about { (words.date_time(row.at)) " · " (effect(words, row)) }
        }
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    Path(given): Path<String>,
    session: Session<ManageSettings>,
) -> Answer {
    let row = app.mail_return(&session.actor, id(&given)?).await?;
    let words = session.words;
    let title = address(words, &row);
    let content = html! {
        a.back href="/settings/mail/returns" { (Icon::Back.draw()) (words.say("mail-returns")) }
        div.head {
            h1 { bdi { (title) } }
            span class=(badge(row.class)) { (class(words, &row)) }
        }
        section.card {
            dl.facts {
                dt { (words.say("mail-return-at")) } dd { (words.date_time(row.at)) }
                dt { (words.say("mail-return-effect")) } dd { (effect(words, &row)) }
                dt { (words.say("mail-return-basis")) } dd { (basis(words, &row)) }
                @if !row.code.is_empty() { dt { (words.say("mail-return-code")) } dd { code { (display::line(&row.code)) } } }
                @if let Some(message) = row.message { dt { (words.say("mail-return-message")) } dd { code { (message) } } }
            }
            @if !row.said.is_empty() {
                p.hint { (words.say("mail-said")) }
                pre.box tabindex="0" { code { (display::line(&row.said)) } }
            }
        }
        @if !row.raw.is_empty() {
            details.card {
                summary { (words.say("mail-return-raw")) }
                pre.box tabindex="0" { code { (display::lines(&row.raw, RAW_LETTERS_MOST)) } }
            }
        }
    };
    shown(whole(&session, HERE, &title, None, &content))
}

fn address(words: Words, row: &MailReturnRow) -> String {
    match row.address.as_str() {
        "" => words.say("mail-return-nobody").into_owned(),
        address => display::line(address),
    }
}

fn class(words: Words, row: &MailReturnRow) -> String {
    let key = format!("mail-class-{}", row.class.word().replace('_', "-"));
    words.say(&key).into_owned()
}

fn effect(words: Words, row: &MailReturnRow) -> String {
    let key = format!("mail-effect-{}", row.effect.replace('_', "-"));
    words.say(&key).into_owned()
}

/// By what the class was found, in words.
fn basis(words: Words, row: &MailReturnRow) -> String {
    let (kind, of) = row.basis.split_once(' ').unwrap_or((&row.basis, ""));
    let key = format!("mail-basis-{kind}");
    words.fill(&key, [("of", display::line(of).into())])
}

const fn badge(class: Class) -> &'static str {
    match class {
        Class::AddressDead | Class::AccountDisabled | Class::Complaint => "badge badge-warn",
        Class::Policy | Class::Configuration => "badge badge-bad",
        Class::Delivered => "badge badge-good",
        Class::MailboxFull
        | Class::TooLarge
        | Class::Temporary
        | Class::Delayed
        | Class::Unknown
        | Class::Unsubscribed
        | Class::AutoReply => "badge",
    }
}
