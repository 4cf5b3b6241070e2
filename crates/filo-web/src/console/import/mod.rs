//! Bringing files in: drop a file, say what its columns are, see what would happen, do it, and
//! take it back.
//!
//! **Invariant:** nothing is brought in by a file alone: whoever drops it sees first what is
//! recognised and says yes; every step works without a script.

mod list;
mod mapping;
mod outcome;
mod page;
mod rejected;
mod subject;
mod target;
#[cfg(test)]
mod tests;
mod undo;
mod uploading;

pub(super) use mapping::plan;
pub(super) use outcome::field_words;
pub(super) use page::{discard, show, start, stop, try_out};
pub(super) use rejected::download as rejected;
pub(super) use subject::choose as choose_subject;
pub(super) use undo::{people, preview as undo_preview, undo};
pub(super) use uploading::upload;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::import_run::{ImportCursor, ImportRun, ImportState};
use filo_core::id::ImportId;
use maud::Markup;
use serde::Deserialize;

use super::session::Session;
use super::source::{in_quarantine, sections};
use super::{Answer, shown, wrong};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{ImportPeople, Power};
use crate::ui::page::{Frame, Place, page as framed};

/// Rows of a page.
const ROWS: usize = 30;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
    #[serde(default)]
    before: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// What the list shows.
struct Listed {
    rows: Vec<ImportRun>,
    next: Option<String>,
    in_quarantine: u64,
    /// Why the file just sent was not taken.
    refused: Option<String>,
}

impl Listed {
    async fn load(app: &App, before: &str) -> filo_app::Result<Self> {
        let behind = Cursor::read(before).map(|cursor| ImportCursor {
            created_at: cursor.at,
            id: ImportId(cursor.id),
        });
        let mut rows = app.imports(behind, ROWS + 1).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(|row| {
            let cursor = Cursor {
                at: row.created_at,
                id: row.id.0,
            };
            cursor.write()
        });
        Ok(Self {
            rows,
            next,
            in_quarantine: in_quarantine(app).await?,
            refused: None,
        })
    }
}

pub(super) async fn show_list(
    State(app): State<App>,
    session: Session<ImportPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let listed = Listed::load(&app, &asked.before).await?;
    let content = list_content(&app, &session, &listed);
    let title = session.words.say("imports-title");
    let frame = frame(&session, &title, asked.done.as_deref());
    shown(framed(&frame, &content))
}

fn list_content<P: Power>(app: &App, session: &Session<P>, listed: &Listed) -> Markup {
    let words = session.words;
    let tabs = sections(
        words,
        "/imports",
        listed.in_quarantine,
        session.actor.rights,
    );
    list::content(words, listed, &tabs, app.now(), &session.token)
}

/// The list again, with why a file was not taken.
async fn refused<P: Power>(app: &App, session: &Session<P>, reason: String) -> Answer {
    let mut listed = Listed::load(app, "").await?;
    listed.refused = Some(reason);
    let content = list_content(app, session, &listed);
    let title = session.words.say("imports-title");
    wrong(framed(&frame(session, &title, None), &content))
}

fn frame<'a, P: Power>(
    session: &'a Session<P>,
    title: &'a str,
    done: Option<&'a str>,
) -> Frame<'a> {
    Frame {
        words: session.words,
        title,
        place: Some(Place::Sources),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    }
}

/// How it stands, as a badge says it.
fn state_badge(words: Words, state: ImportState) -> Markup {
    let class = match state {
        ImportState::Done => "badge badge-good",
        ImportState::Failed => "badge badge-bad",
        ImportState::Trying | ImportState::Running | ImportState::Undoing => "badge badge-accent",
        ImportState::Draft | ImportState::Tried | ImportState::Cancelled | ImportState::Undone => {
            "badge"
        }
    };
    let word = words.say(&format!("import-state-{}", state.word()));
    maud::html! { span class=(class) { (word) } }
}
