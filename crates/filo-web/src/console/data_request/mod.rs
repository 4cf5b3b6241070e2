//! What people ask about their data: who waits for what and for how long, taking down what came by
//! telephone or in the shop, and answering.

mod entering;
mod one;

pub(super) use entering::{enter, new_form};
pub(super) use one::{answer, check, extend, refuse, reopen, show};

use axum::extract::{Query, State};
use filo_app::App;
use filo_core::id::DataRequestId;
use filo_core::privacy::data_request::DataRequest;
use maud::{Markup, html};
use serde::Deserialize;

use super::session::Session;
use super::settings::whole;
use super::{Answer, shown};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::HandlePrivacy;
use crate::ui::form::copyable;
use crate::ui::page::empty;
use crate::ui::shown as display;
use crate::ui::tab::{Tab, tabs};

const ADDRESS: &str = "/requests";
/// Rows of a page.
const ROWS: usize = 50;
/// From so many days on it is time.
const SOON_DAYS: i64 = 7;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    show: Option<String>,
    before: Option<String>,
    done: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let closed = asked.show.as_deref() == Some("closed");
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|it| (it.at, DataRequestId(it.id)));
    let page = (behind, ROWS + 1);
    let mut rows = app.data_requests(&session.actor, closed, page).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| more).map(|row| {
        let cursor = cursor(row).write();
        let show = if closed { "closed" } else { "open" };
        format!("{ADDRESS}?show={show}&before={cursor}")
    });
    let title = words.say("settings-requests");
    let (open_label, closed_label) = (words.say("requests-open"), words.say("requests-closed"));
    let tab = |address, label, here| Tab {
        address,
        label,
        count: 0,
        here,
    };
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("requests-lead")) }
        div.actions { a.button.primary href="/requests/new" { (words.say("request-new")) } }
        (tabs(&title, &[
            tab(ADDRESS, &open_label, !closed),
            tab("/requests?show=closed", &closed_label, closed),
        ]))
        @if rows.is_empty() {
            @let key = if closed { "requests-none-closed" } else { "requests-none" };
            (empty(&words.say(key), &html! { p { (words.say("requests-none-hint")) } }))
        } @else {
            section.card aria-label=(title) {
                ul.list { @for row in &rows { (line(words, &app, row)) } }
            }
        }
        @if let Some(next) = next { p.pages.actions { a.button.quiet href=(next) { (words.say("request-more")) } } }
        section.card {
            h2 { (words.say("request-page-title")) }
            p { (words.say("request-page-hint")) }
            (copyable(words, "request-page", &app.data_request_page()))
        }
    };
    shown(whole(
        &session,
        ADDRESS,
        &title,
        asked.done.as_deref(),
        &content,
    ))
}

/// Where a page ends that ends with this one.
pub(crate) fn cursor(row: &DataRequest) -> Cursor {
    Cursor {
        at: row.closed_at.unwrap_or(row.due_at),
        id: row.id.0,
    }
}

fn line(words: Words, app: &App, row: &DataRequest) -> Markup {
    let days = row.days_left(app.now(), &app.zone());
    html! {
        li {
            div.line {
                strong { a href={ (ADDRESS) "/" (row.id) } { (words.say(&format!("wish-{}", row.wish.word()))) } }
                (badge(words, row, days))
            }
            p.about {
                bdi { (contact(words, row)) }
                " · " (words.say(&format!("request-way-{}", row.way.word())))
                " · " (words.date(row.received_at))
                @if row.stage.is_open() { " · " (stage(words, row)) }
            }
        }
    }
}

/// Who asks, as far as it is still known.
fn contact(words: Words, row: &DataRequest) -> String {
    if row.contact.is_empty() {
        return words.say("request-nobody").into_owned();
    }
    display::line(&row.contact)
}

fn stage(words: Words, row: &DataRequest) -> String {
    let key = format!("request-stage-{}", row.stage.word());
    words.say(&key).into_owned()
}

/// How long there still is, or how it ended.
fn badge(words: Words, row: &DataRequest, days: i64) -> Markup {
    if !row.stage.is_open() {
        return html! { span.badge { (stage(words, row)) } };
    }
    let count = [("days", days.unsigned_abs().into())];
    if days < 0 {
        return html! { span.badge.badge-bad { (words.fill("request-overdue", count)) } };
    }
    let told = words.fill("request-days-left", count);
    html! {
        @if days <= SOON_DAYS { span.badge.badge-warn { (told) } } @else { span.badge { (told) } }
    }
}
