//! The list of notes, with what Filo itself did beside them.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::annotation::{AnnotationView, Told};
use filo_core::id::AnnotationId;
use jiff::ToSpan as _;
use maud::{Markup, html};
use serde::Deserialize;

use super::beside::{days, label};
use super::form::{Given, writes};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::{Power, SeeFigures};
use crate::ui::icon::Icon;
use crate::ui::page::{Place, empty};
use crate::ui::toast::toast_with_undo;

/// The list goes back so far, and forward for what is planned.
const BACK_DAYS: i64 = 730;
const AHEAD_DAYS: i64 = 366;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
    #[serde(rename = "done-away")]
    away: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let given = Given::of_day(session.words.day_of(app.now()));
    shown(page(&app, &session, (&given, None), &asked).await?)
}

/// The page, with a form as it was filled in.
pub(super) async fn page<P: Power>(
    app: &App,
    session: &Session<P>,
    (given, wrong): (&Given, Option<&str>),
    asked: &Asked,
) -> Result<Markup, crate::console::failure::Failure> {
    let words = session.words;
    let today = words.day_of(app.now()).unwrap_or_default();
    let time = (
        today.saturating_sub(BACK_DAYS.days()),
        today.saturating_add(AHEAD_DAYS.days()),
    );
    let all = app.annotations(&session.actor, time).await?;
    let writes = writes(session);
    let undo = asked.away.as_deref().and_then(|id| {
        let id: AnnotationId = id.parse().ok()?;
        let action = format!("/annotations/{id}/restoring");
        let text = words.say("annotation-removed");
        Some(toast_with_undo(
            &text,
            &action,
            &session.token,
            &[],
            &words.say("undo"),
        ))
    });
    let content = html! {
        @if let Some(undo) = &undo { (undo) }
        a.back href="/analysis/compare" { (Icon::Back.draw()) (words.say("compare-title")) }
        div { h1 { (words.say("annotation-title")) } p.lead { (words.say("annotation-lead")) } }
        @if writes {
            section.card aria-labelledby="annotation-new" {
                h2 #annotation-new { (words.say("annotation-new")) }
                (given.form(words, "/annotations", &session.token, wrong))
            }
        }
        @if all.is_empty() {
            (empty(&words.say("annotation-none"), &html! { p { (words.say("annotation-none-hint")) } }))
        } @else { (table(words, &all, writes)) }
    };
    let done = asked.done.as_deref();
    Ok(session.page(
        Place::Analysis,
        &words.say("annotation-title"),
        done,
        &content,
    ))
}

fn table(words: Words, all: &[AnnotationView], writes: bool) -> Markup {
    let heads =
        ["annotation-days", "annotation-what", "annotation-whose"].map(|key| words.say(key));
    html! {
        table.table {
            thead { tr { @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for it in all {
                    tr {
                        td data-label=(heads[0]) { (days(words, it)) }
                        td data-label=(heads[1]) {
                            @match &it.told {
                                Told::Written(row) if writes => a href={ "/annotations/" (row.id) } { (label(words, it)) },
                                Told::Written(_) => (label(words, it)),
                                Told::Happened { address, .. } => a href=(address) { (label(words, it)) },
                            }
                        }
                        td data-label=(heads[2]) {
                            @match &it.told {
                                Told::Written(row) => bdi { (row.created_by) },
                                Told::Happened { .. } => "Filo",
                            }
                        }
                    }
                }
            }
        }
    }
}
