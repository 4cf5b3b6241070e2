//! The people who were forgotten, without anything of theirs: a list, and a receipt to print.

use axum::extract::{Path, Query, State};
use filo_app::{App, BackupsLeft, Erasure, Receipt};
use filo_core::id::ErasureId;
use maud::{Markup, html};
use serde::Deserialize;

use crate::api::paging::Cursor;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::settings::whole;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::HandlePrivacy;
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

const ADDRESS: &str = "/settings/erasures";
/// Rows of a page.
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    before: Option<String>,
    done: Option<String>,
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|it| (it.at, ErasureId(it.id)));
    let mut rows = app.erasures(&session.actor, behind, ROWS + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let older = rows.last().filter(|_| more).map(|row| {
        let cursor = Cursor {
            at: row.at,
            id: row.id.0,
        };
        format!("{ADDRESS}?before={}", cursor.write())
    });
    let title = words.say("settings-erasures");
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("erasures-lead")) }
        @if rows.is_empty() {
            (empty(&words.say("erasures-none"), &html! { p { (words.say("erasures-none-hint")) } }))
        } @else {
            section.card aria-label=(title) {
                ul.list { @for row in &rows { (line(words, row)) } }
            }
        }
        @if let Some(older) = older { p.pages.actions { a.button.quiet href=(older) { (words.say("older")) } } }
        p.soft { (words.fill("erasures-turned-away", [("count", app.turned_away().into())])) }
    };
    shown(whole(
        &session,
        ADDRESS,
        &title,
        asked.done.as_deref(),
        &content,
    ))
}

fn line(words: Words, erasure: &Erasure) -> Markup {
    html! {
        li {
            div.line {
                strong { a href={ (ADDRESS) "/" (erasure.id) } { (words.date_time(erasure.at)) } }
                @if erasure.finished_at.is_some() {
                    span.badge.badge-good { (words.say("erasure-ended")) }
                } @else {
                    span.badge.badge-bad { (words.say("erasure-not-ended")) }
                }
            }
            p.about { (ground(words, erasure)) " · " (actor(words, erasure)) }
        }
    }
}

fn ground(words: Words, erasure: &Erasure) -> String {
    let known = words.look_up(&format!("erasure-ground-{}", erasure.ground));
    known.map_or_else(
        || display::line(&erasure.ground),
        std::borrow::Cow::into_owned,
    )
}

/// After a restore Filo does again what somebody had done.
fn actor(words: Words, erasure: &Erasure) -> String {
    if erasure.actor.is_empty() {
        return words.say("erasure-by-filo").into_owned();
    }
    display::line(&erasure.actor)
}

/// What is said of backups that still hold a person.
pub(super) fn backups(words: Words, left: BackupsLeft) -> String {
    match (left.count, left.until) {
        (0, _) => words.say("erasure-backups-none").into_owned(),
        (count, Some(until)) => words.fill(
            "erasure-backups-until",
            [
                ("count", count.into()),
                ("date", words.long_date(until).into()),
            ],
        ),
        (count, None) => words.fill("erasure-backups-kept", [("count", count.into())]),
    }
}

/// The receipt of one.
pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Path(erasure): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let erasure = app.erasure(&session.actor, id(&erasure)?).await?;
    let title = words.say("erasure-receipt");
    let content = html! {
        a.back href=(ADDRESS) { (Icon::Back.draw()) (words.say("settings-erasures")) }
        h1 { (title) }
        p.lead { (words.say("erasure-receipt-lead")) }
        section.card {
            dl.facts {
                dt { (words.say("erasure-at")) } dd { (words.date_time(erasure.at)) }
                dt { (words.say("erasure-ground")) } dd { (ground(words, &erasure)) }
                dt { (words.say("erasure-actor")) } dd { (actor(words, &erasure)) }
                dt { (words.say("erasure-number")) } dd { code { (erasure.id) } }
                @if let Some(at) = erasure.finished_at {
                    dt { (words.say("erasure-ended-at")) } dd { (words.date_time(at)) }
                }
            }
        }
        @match &erasure.receipt {
            Some(receipt) => (went(words, receipt, erasure.kept_hashes)),
            None => {
                section.notice.notice-warn role="status" {
                    p { (words.say("erasure-not-ended-hint")) }
                    (button_form(&format!("{ADDRESS}/{}/end", erasure.id), &session.token, &[],
                        &words.say("erasure-end"), "primary"))
                }
            }
        }
        p.soft { (words.say("erasure-print")) }
    };
    shown(whole(
        &session,
        ADDRESS,
        &title,
        asked.done.as_deref(),
        &content,
    ))
}

fn went(words: Words, receipt: &Receipt, hashes: u64) -> Markup {
    html! {
        section.card {
            h2 { (words.say("erasure-went")) }
            ul.points {
                li { (words.fill("erasure-goes-events", [("count", receipt.events.into())])) }
                li { (words.fill("erasure-goes-identifiers", [("count", receipt.identifiers.into())])) }
                @if receipt.mended > 0 {
                    li { (words.fill("erasure-mended", [("count", receipt.mended.into())])) }
                }
                @for (place, count) in receipt.beside.iter().filter(|(_, count)| *count > 0) {
                    @if let Some(name) = words.look_up(&format!("erasure-place-{place}")) {
                        li { (name) ": " (words.number(*count)) }
                    }
                }
            }
        }
        section.card {
            h2 { (words.say("erasure-left")) }
            ul.points {
                li { (words.fill("erasure-stays-hashes", [("count", hashes.into())])) }
                li { (backups(words, receipt.backups)) }
                @if receipt.told > 0 {
                    li { (words.fill("erasure-told", [("count", receipt.told.into())])) }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Ends one that was begun and could not be ended.
pub(in crate::console) async fn end(
    State(app): State<App>,
    Path(erasure): Path<String>,
    posted: Posted<HandlePrivacy, Nothing>,
) -> Answer {
    let erasure: ErasureId = id(&erasure)?;
    app.finish_erasure(&posted.session.actor, erasure).await?;
    done(&format!("{ADDRESS}/{erasure}?done=erased"))
}
