//! What lies in the folder: the last messages, and one of them as it would arrive.
//!
//! **Invariant:** the drawn message is answered alone, with a policy that lets nothing run and
//! nothing be fetched; the page shows it in a frame that is a place of its own.

use axum::extract::{Path, State};
use filo_app::App;
use filo_app::mail::{Handing, KeptMail};
use maud::{Markup, html};

use super::super::whole;
use super::HERE;
use crate::console::framed::{Pictures, framed};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::ManageSettings;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

/// Messages of the page.
const SHOWN: usize = 50;
/// Letters of a text that are shown.
const TEXT_LETTERS_MOST: usize = 50_000;

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ManageSettings>,
) -> Answer {
    let mails = app.kept_mails(&session.actor, SHOWN).await?;
    let handing = app.mail_handing().await?;
    let words = session.words;
    let title = words.say("mail-folder");
    let content = html! {
        a.back href=(HERE) { (Icon::Back.draw()) (words.say("settings-mail")) }
        h1 { (title) }
        p.lead { (words.say(match handing {
            Handing::Folder => "mail-folder-lead",
            Handing::Server => "mail-folder-lead-server",
        })) }
        @if mails.is_empty() {
            (empty(&words.say("mail-folder-none"), &html! { p { (words.say("mail-folder-none-hint")) } }))
        } @else {
            section.card { ul.list { @for mail in &mails { (line(words, mail)) } } }
        }
    };
    shown(whole(&session, HERE, &title, None, &content))
}

fn line(words: Words, mail: &KeptMail) -> Markup {
    html! {
        li {
            div.line {
                a href={ "/settings/mail/folder/" (mail.name) } { bdi { (subject(words, mail)) } }
                span.soft { (words.date_time(mail.at)) }
            }
            p.about { bdi { (display::line(&mail.to)) } }
        }
    }
}

fn subject(words: Words, mail: &KeptMail) -> String {
    match display::line(&mail.subject) {
        empty if empty.is_empty() => words.say("mail-no-subject").into_owned(),
        subject => subject,
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
    session: Session<ManageSettings>,
) -> Answer {
    let mail = app.kept_mail(&session.actor, &name).await?;
    let words = session.words;
    let title = subject(words, &mail);
    let content = html! {
        a.back href="/settings/mail/folder" { (Icon::Back.draw()) (words.say("mail-folder")) }
        h1 { bdi { (title) } }
        p.about { bdi { (display::line(&mail.to)) } " · " (words.date_time(mail.at)) }
        @if mail.html.is_some() {
            section.card {
                h2 { (words.say("mail-drawn")) }
                iframe.mail-frame sandbox="" title=(words.say("mail-drawn"))
                    src={ "/settings/mail/folder/" (mail.name) "/drawn" } {}
            }
        }
        section.card {
            h2 { (words.say("mail-text")) }
            pre.box tabindex="0" { (display::lines(&mail.text, TEXT_LETTERS_MOST)) }
        }
        details.card {
            summary { (words.say("mail-headers")) }
            dl.facts {
                @for (name, value) in &mail.headers {
                    dt { (display::line(name)) }
                    dd { code { (display::line(value)) } }
                }
            }
        }
    };
    shown(whole(&session, HERE, &title, None, &content))
}

/// The message as it is drawn, for the frame alone.
pub(in crate::console) async fn drawn(
    State(app): State<App>,
    Path(name): Path<String>,
    session: Session<ManageSettings>,
) -> Answer {
    let mail = app.kept_mail(&session.actor, &name).await?;
    let html = mail.html.ok_or(filo_app::Error::Missing("message"))?;
    Ok(framed(html, Pictures::Carried))
}
