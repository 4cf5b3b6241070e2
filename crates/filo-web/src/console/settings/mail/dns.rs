//! The records of the DNS: what to set, and how it stands.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::mail::MailRecord;
use filo_core::mail::Standing;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::whole;
use super::HERE;
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::ManageSettings;
use crate::ui::form::copyable;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    done: Option<String>,
    /// Ask the name server.
    look: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let looks = asked.look.is_some();
    let records = app.mail_records(&session.actor, looks).await?;
    let words = session.words;
    let title = words.say("mail-dns");
    let content = html! {
        a.back href=(HERE) { (Icon::Back.draw()) (words.say("settings-mail")) }
        h1 { (title) }
        p.lead { (words.say("mail-dns-lead")) }
        @if records.is_empty() {
            (empty(&words.say("mail-dns-none"), &html! { p { (words.say("mail-dns-none-hint")) } }))
        } @else {
            p { a.button href="/settings/mail/dns?look=yes" { (words.say("mail-dns-look")) } }
            @for (index, record) in records.iter().enumerate() { (one(words, index, record)) }
            p.hint { (words.say("mail-dns-later")) }
        }
    };
    shown(whole(
        &session,
        HERE,
        &title,
        asked.done.as_deref(),
        &content,
    ))
}

fn one(words: Words, index: usize, record: &MailRecord) -> Markup {
    let kind = record.wanted.kind.word().replace('_', "-");
    let (name, value) = (format!("dns-name-{index}"), format!("dns-value-{index}"));
    html! {
        section.card {
            div.line {
                h2 { (words.say(&format!("mail-record-{kind}"))) }
                @if let Some(standing) = record.standing {
                    span class=(badge(standing)) { (words.say(&format!("mail-standing-{}", standing.word()))) }
                }
            }
            p { (words.say(&format!("mail-record-{kind}-hint"))) }
            p.hint { (words.say("mail-record-name")) " · " (record.wanted.kind.dns_type()) }
            (copyable(words, &name, &record.wanted.name))
            p.hint { (words.say("mail-record-value")) }
            (copyable(words, &value, &record.wanted.value))
            @if !record.found.is_empty() {
                details {
                    summary { (words.say("mail-record-found")) }
                    @for found in &record.found {
                        pre.box tabindex="0" { code { (display::lines(found, 600)) } }
                    }
                }
            }
        }
    }
}

const fn badge(standing: Standing) -> &'static str {
    match standing {
        Standing::Right => "badge badge-good",
        Standing::Missing | Standing::Different | Standing::Several => "badge badge-warn",
        Standing::Unknown => "badge",
    }
}
