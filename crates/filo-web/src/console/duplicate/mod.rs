//! Forse la stessa persona: the queue of pairs, one after the other, with what speaks for and
//! against and what would move.
//!
//! **Invariant:** an answer is given on a page that shows both; what was just answered can be
//! taken back from the next one.

mod bulk;
mod view;

use axum::extract::{Query, State};
use filo_app::{App, DuplicateAnswer, DuplicateStatus, DuplicateView, SearchReport, SearchState};
use filo_core::id::{CustomerId, NodeId};
use maud::{Markup, html};
use serde::Deserialize;

pub(super) use bulk::{accept, preview};

use super::failure::Failure;
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown_while};
use crate::right::{DecideIdentity, Power};
use crate::ui::page::{Frame, Place, page};
use crate::ui::toast::toast_with_undo;

const HERE: &str = "/duplicates";
/// Pairs in the list beside the one that is looked at.
const LISTED: usize = 25;
/// Pairs looked at to fill it: some may be none any more.
const LOOKED_AT: u32 = 99;

/// Which pair is looked at, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Looked {
    a: Option<String>,
    b: Option<String>,
    done: Option<String>,
    #[serde(rename = "done-a")]
    done_a: Option<String>,
    #[serde(rename = "done-b")]
    done_b: Option<String>,
    /// Show those that were put off.
    later: Option<String>,
}

/// What the page shows.
struct Queue {
    pairs: Vec<DuplicateView>,
    chosen: usize,
    waiting: i64,
    report: SearchReport,
    is_later: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<DecideIdentity>,
    Query(asked): Query<Looked>,
) -> Answer {
    let is_later = asked.later.is_some();
    let status = if is_later {
        DuplicateStatus::Later
    } else {
        DuplicateStatus::Waiting
    };
    let rows = app
        .duplicates(&session.actor, (status, 0), None, LOOKED_AT)
        .await?;
    let mut pairs = Vec::with_capacity(LISTED);
    for row in rows {
        if pairs.len() == LISTED {
            break;
        }
        // Where one of them has become somebody else, there is nothing left to ask.
        pairs.extend(app.duplicate(&session.actor, row.a, row.b).await?);
    }
    let wanted = asked.a.as_deref().zip(asked.b.as_deref());
    let chosen = wanted.and_then(|(a, b)| {
        let is_it = |it: &DuplicateView| it.row.a.to_string() == a && it.row.b.to_string() == b;
        pairs.iter().position(is_it)
    });
    let queue = Queue {
        chosen: chosen.unwrap_or(0),
        pairs,
        waiting: app.duplicates_waiting().await?,
        report: app.duplicate_search(),
        is_later,
    };
    let content = html! {
        (undo(&session, &asked))
        (view::content(session.words, &queue, &session.token))
    };
    let is_answer = asked.done_a.is_some();
    let done = asked.done.as_deref().filter(|_| !is_answer);
    let runs = matches!(queue.report.state, SearchState::Running);
    shown_while(runs, framed(&session, done, &content))
}

fn framed<P: Power>(session: &Session<P>, done: Option<&str>, content: &Markup) -> Markup {
    let words = session.words;
    let frame = Frame {
        words,
        title: &words.say("duplicate-title"),
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    };
    page(&frame, content)
}

/// The way back from the answer that was just given.
fn undo<P: Power>(session: &Session<P>, asked: &Looked) -> Markup {
    let words = session.words;
    let pair = asked.done_a.as_deref().zip(asked.done_b.as_deref());
    let ids = pair.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let Some((a, b)) = ids else { return html! {} };
    let (a, b): (CustomerId, CustomerId) = (a, b);
    let key = match asked.done.as_deref() {
        Some("duplicate-different") => "done-duplicate-different",
        _ => "done-duplicate-same",
    };
    let (first, second) = (NodeId::from(a).to_string(), NodeId::from(b).to_string());
    let hidden = [
        ("a", first.as_str()),
        ("b", second.as_str()),
        ("verdict", "withdrawn"),
    ];
    let action = format!("/people/{a}/rulings");
    toast_with_undo(
        &words.say(key),
        &action,
        &session.token,
        &hidden,
        &words.say("undo"),
    )
}

/// An answer.
#[derive(Debug, Deserialize)]
pub(super) struct Given {
    a: String,
    b: String,
    answer: String,
}

pub(super) async fn answer(
    State(app): State<App>,
    posted: Posted<DecideIdentity, Given>,
) -> Answer {
    let Posted { session, form } = posted;
    let (a, b): (CustomerId, CustomerId) = (id(&form.a)?, id(&form.b)?);
    let answer = DuplicateAnswer::from_word(&form.answer).ok_or(Failure::Missing)?;
    app.answer_duplicate(&session.actor, (a, b), answer).await?;
    match answer {
        DuplicateAnswer::Later => done("/duplicates?done=duplicate-later"),
        DuplicateAnswer::Same | DuplicateAnswer::Different => {
            let word = answer.word();
            done(&format!(
                "{HERE}?done=duplicate-{word}&done-a={a}&done-b={b}"
            ))
        }
    }
}

/// Nothing is asked of whoever starts a search.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn search(
    State(app): State<App>,
    posted: Posted<DecideIdentity, Nothing>,
) -> Answer {
    let begun = app.start_duplicate_search(&posted.session.actor)?;
    done(if begun {
        "/duplicates?done=duplicate-search"
    } else {
        "/duplicates?done=duplicate-search-runs"
    })
}
