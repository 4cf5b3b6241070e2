//! Sources: who sends, how much, with which key.
//!
//! **Invariant:** a secret is on a page once, right after it was made, and never again.

mod day;
mod key_list;
mod making;
mod page;
mod row;
mod snippet;
#[cfg(test)]
mod tests;

pub(super) use key_list::set_origins;
pub(super) use making::{create, form as new_form};
pub(super) use page::{add_key, disable, enable, rename, show};

use axum::extract::{Path, Query, State};
use filo_app::{App, CreatedKey, KeyView, SourceKind, SourceView, Volumes};
use filo_core::access::{Right, Rights};
use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::{ManageSources, Power, SeeSources};
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, empty, page as framed};
use crate::ui::tab::{Tab, tabs};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// Letters of a name, as the app has it.
const NAME_LENGTH_MOST: usize = 100;

/// A source with what it sent and its keys in force.
pub(super) struct Sender {
    source: SourceView,
    volumes: Volumes,
    keys: Vec<KeyView>,
}

/// Keys that can be used now.
pub(super) async fn keys_in_force(app: &App) -> filo_app::Result<Vec<KeyView>> {
    let mut keys = app.keys().await?;
    let now = app.now();
    keys.retain(|key| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end));
    Ok(keys)
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeSources>,
    Query(asked): Query<Asked>,
) -> Answer {
    let list = List::load(&app).await?;
    shown(list.page(&session, app.now(), asked.done.as_deref()))
}

/// What the list shows.
pub(super) struct List {
    senders: Vec<Sender>,
    in_quarantine: u64,
}

impl List {
    async fn load(app: &App) -> filo_app::Result<Self> {
        let mut keys = keys_in_force(app).await?;
        let mut senders = Vec::new();
        for source in app.sources().await? {
            senders.push(Sender {
                volumes: app.volumes(source.id).await?,
                keys: keys
                    .extract_if(.., |key| key.source == Some(source.id))
                    .collect(),
                source,
            });
        }
        Ok(Self {
            senders,
            in_quarantine: in_quarantine(app).await?,
        })
    }

    fn page<P: Power>(&self, session: &Session<P>, now: Timestamp, done: Option<&str>) -> Markup {
        let words = session.words;
        let content = self.content(words, now, session.actor.rights);
        framed(&frame(session, &words.say("place-sources"), done), &content)
    }

    fn content(&self, words: Words, now: Timestamp, rights: Rights) -> Markup {
        html! {
            div.head {
                div { h1 { (words.say("place-sources")) } p.lead { (words.say("sources-lead")) } }
                a.button href="/sources/new" { (Icon::Plus.draw()) (words.say("source-new")) }
            }
            (sections(words, "/sources", self.in_quarantine, rights))
            @if self.senders.is_empty() {
                (empty(&words.say("sources-none"), &html! {
                    p { (words.say("sources-none-hint")) }
                    a.button href="/sources/new" { (words.say("source-new")) }
                }))
            } @else {
                ul.senders {
                    @for sender in &self.senders { (row::row(words, sender, now)) }
                }
            }
        }
    }
}

/// How much waits in quarantine, of very much "at least".
pub(super) async fn in_quarantine(app: &App) -> filo_app::Result<u64> {
    let groups = app.quarantine_groups().await?;
    Ok(groups.iter().map(|group| group.count.unsigned_abs()).sum())
}

/// The pages about what arrives, as far as whoever looks may open them.
pub(super) fn sections(words: Words, here: &str, in_quarantine: u64, rights: Rights) -> Markup {
    let keys = [
        "place-sources",
        "place-live",
        "place-quarantine",
        "imports-title",
    ];
    let labels = keys.map(|key| words.say(key));
    let [sources, live, quarantine, imports] = &labels;
    let tab = |address, label, count| Tab {
        address,
        label,
        count,
        here: here == address,
    };
    let mut all = vec![
        tab("/sources", sources, 0),
        tab("/live", live, 0),
        tab("/quarantine", quarantine, in_quarantine),
    ];
    if rights.have(Right::ImportPeople) {
        all.push(tab("/imports", imports, 0));
    }
    tabs(&words.say("place-sources"), &all)
}

pub(super) fn frame<'a, P: Power>(
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

/// What a source is, in words.
pub(super) fn kind_word(words: Words, kind: &str) -> String {
    let known = SourceKind::of_word(kind).map_or("other", SourceKind::word);
    words.say(&format!("source-kind-{known}")).into_owned()
}

/// "3 minuti fa", or the day.
pub(super) fn ago(words: Words, at: Timestamp, now: Timestamp) -> String {
    let minutes = now.micros_since(at) / 60_000_000;
    match minutes {
        ..1 => words.say("ago-now").into_owned(),
        1..60 => words.fill("ago-minutes", [("count", minutes.into())]),
        60..1440 => words.fill("ago-hours", [("count", (minutes / 60).into())]),
        _ => format!("{}, {}", words.day(at, now), words.time(at)),
    }
}

/// Ends a key.
pub(super) async fn revoke(
    State(app): State<App>,
    Path(key): Path<String>,
    posted: Posted<ManageSources, Nothing>,
) -> Answer {
    let key: KeyId = id(&key)?;
    let keys = app.keys().await?;
    let source = keys.iter().find(|it| it.id == key).and_then(|it| it.source);
    app.revoke_key(&posted.session.actor, key).await?;
    match source {
        Some(source) => done(&format!(
            "/sources/{source}?done=key-revoked",
            source = source.0
        )),
        None => done("/sources?done=key-revoked"),
    }
}

/// A key just made, to be shown with its snippets.
pub(super) struct Made {
    key: CreatedKey,
}
