//! Messages to customers: all of them, each with what the gate said of it, and writing one.

mod one;
mod rewriting;
mod writing;

use axum::extract::{Path, Query, State};
use filo_app::{App, MessageCursor, MessageRow};
use filo_core::access::Right;
use filo_core::id::MessageId;
use filo_core::message::state::State as Stands;
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{ListPeople, SendMessages};
use crate::ui::page::{Frame, Place, empty, page};
use crate::ui::shown as display;
use crate::ui::tab::{Tab, tabs};
use crate::verdict::{PieceNames, medium_name, piece_names, said_by};

pub(super) use one::show;
pub(super) use rewriting::{save as rewrite, show as rewriting};
pub(super) use writing::{form, send};

/// Rows of a page.
const ROWS: u32 = 50;
/// The states by which the list can be narrowed, in the order of their tabs.
const TABS: [Stands; 7] = [
    Stands::Queued,
    Stands::Unapproved,
    Stands::Awaiting,
    Stands::Sent,
    Stands::Stopped,
    Stands::Unknown,
    Stands::Failed,
];

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
    before: Option<String>,
    done: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let state = asked.state.as_deref().and_then(Stands::from_word);
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|cursor| MessageCursor {
        planned_at: cursor.at,
        id: MessageId(cursor.id),
    });
    let mut rows = app
        .messages(&session.actor, state, behind, ROWS + 1)
        .await?;
    let more = rows.len() > ROWS as usize;
    rows.truncate(ROWS as usize);
    let last = rows.last().filter(|_| more).map(|row| Cursor {
        at: row.planned_at,
        id: row.id.0,
    });
    let names = piece_names(&app).await?;
    let counts = app.message_counts(&session.actor).await?;
    let count = |of: Stands| {
        let found = counts.iter().find(|(state, _)| *state == of);
        found.map_or(0, |(_, count)| *count)
    };
    let all = words.say("messages-all");
    let labels = TABS.map(|of| state_name(words, of));
    let addresses = TABS.map(|of| format!("/messages?state={}", of.word()));
    let mut shown_tabs = vec![Tab {
        address: "/messages",
        label: &all,
        count: 0,
        here: state.is_none(),
    }];
    for ((of, label), address) in TABS.iter().zip(&labels).zip(&addresses) {
        if count(*of) > 0 || state == Some(*of) {
            shown_tabs.push(Tab {
                address,
                label,
                count: u64::try_from(count(*of)).unwrap_or(0),
                here: state == Some(*of),
            });
        }
    }
    let title = words.say("place-messages");
    let content = html! {
        div { h1 { (title) } p.lead { (words.say("messages-lead")) } }
        (tabs(&title, &shown_tabs))
        @if session.actor.may(Right::ManageJourneys) {
            p.actions { a.button.quiet.small href="/approvals" { (words.say("place-approvals")) } }
        }
        @if rows.is_empty() {
            (empty(&words.say("messages-none"), &html! { p { (words.say("messages-none-hint")) } }))
        } @else {
            section.card { ul.list { @for row in &rows { (line(words, row, &names)) } } }
        }
        @if let Some(last) = last {
            @let of = state.map_or_else(String::new, |of| format!("&state={}", of.word()));
            p.pages { a.button.quiet href={ "/messages?before=" (last.write()) (of) } { (words.say("older")) } }
        }
    };
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::Messages),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: asked.done.as_deref(),
    };
    shown(page(&frame, &content))
}

/// Where a message stands, in a word.
pub(super) fn state_name(words: Words, state: Stands) -> String {
    words
        .say(&format!("message-state-{}", state.word()))
        .into_owned()
}

/// A message as a line of a list.
pub(super) fn line(words: Words, row: &MessageRow, names: &PieceNames) -> Markup {
    let (subject, _) = said_by(words, &row.saying, names);
    html! {
        li {
            a.line href={ "/messages/" (row.id) } {
                span { strong { bdi { (display::line(&subject)) } } }
                (badge(words, row.state))
            }
            p.about {
                (medium_name(words, row.medium)) " · " (words.date_time(row.planned_at))
                @if row.waits_for_visit() {
                    " · " (words.fill("message-waits-visit", [("date", words.date_time(row.expires_at).into())]))
                }
            }
        }
    }
}

/// Where a message stands, as a sign.
pub(super) fn badge(words: Words, state: Stands) -> Markup {
    let class = match state {
        Stands::Sent => "badge badge-good",
        Stands::Failed => "badge badge-bad",
        Stands::Unknown | Stands::Awaiting | Stands::Unapproved => "badge badge-warn",
        Stands::Queued | Stands::Claimed | Stands::Stopped | Stands::Cancelled => "badge",
    };
    html! { span class=(class) { (state_name(words, state)) } }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn cancel(
    State(app): State<App>,
    Path(message): Path<String>,
    posted: Posted<SendMessages, Nothing>,
) -> Answer {
    let message: MessageId = id(&message)?;
    app.cancel_message(&posted.session.actor, message).await?;
    done(&format!("/messages/{message}?done=message-cancelled"))
}

pub(super) async fn again(
    State(app): State<App>,
    Path(message): Path<String>,
    posted: Posted<SendMessages, Nothing>,
) -> Answer {
    let message: MessageId = id(&message)?;
    app.send_message_again(&posted.session.actor, message)
        .await?;
    done(&format!("/messages/{message}?done=message-again"))
}
