//! Taking out what a file brought: first what would go, then the act. And whom it touched.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::import_run::UndoPreview;
use filo_core::id::ImportId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Nothing, frame};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::ImportPeople;
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::page::page as framed;
use crate::ui::shown as display;

/// People of a page.
const PEOPLE: usize = 50;

/// What would go.
pub(in crate::console) async fn preview(
    State(app): State<App>,
    Path(import): Path<String>,
    session: Session<ImportPeople>,
) -> Answer {
    let import: ImportId = id(&import)?;
    let preview = app.preview_undo(&session.actor, import).await?;
    let view = app.import_view(&session.actor, import).await?;
    let words = session.words;
    let title = words.say("import-undo-title");
    let content = html! {
        a.back href={ "/imports/" (import) } { (Icon::Back.draw()) bdi { (display::line(&view.row.file_name)) } }
        section.card.narrow {
            h1 { (title) }
            (what_goes(words, &preview))
            div.actions {
                (button_form(&format!("/imports/{import}/undo"), &session.token, &[], &words.say("import-undo-do"), "danger"))
                a.button.quiet href={ "/imports/" (import) } { (words.say("import-undo-keep")) }
            }
        }
    };
    shown(framed(&frame(&session, &title, None), &content))
}

fn what_goes(words: Words, preview: &UndoPreview) -> Markup {
    let counts = &preview.counts;
    let number = |count: u64| {
        [
            ("count", count.into()),
            ("number", words.number(count).into()),
        ]
    };
    let going = counts.new_people.saturating_sub(preview.staying);
    let changed = counts.people.saturating_sub(counts.new_people);
    html! {
        p { (words.say("import-undo-lead")) }
        ul.points {
            li { (words.fill("import-undo-events", number(counts.events))) }
            @if preview.is_partial {
                @if counts.new_people > 0 { li { (words.fill("import-undo-new", number(counts.new_people))) } }
            } @else {
                @if going > 0 { li { (words.fill("import-undo-going", number(going))) } }
                @if preview.staying > 0 { li { (words.fill("import-undo-staying", number(preview.staying))) } }
            }
            @if changed > 0 { li { (words.fill("import-undo-changed", number(changed))) } }
        }
    }
}

/// Takes it out.
pub(in crate::console) async fn undo(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Nothing>,
) -> Answer {
    let import: ImportId = id(&import)?;
    app.undo_import(&posted.session.actor, import).await?;
    done(&format!("/imports/{import}"))
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct From {
    #[serde(default)]
    from: String,
}

/// Whom it touched.
pub(in crate::console) async fn people(
    State(app): State<App>,
    Path(import): Path<String>,
    session: Session<ImportPeople>,
    Query(asked): Query<From>,
) -> Answer {
    let import: ImportId = id(&import)?;
    let first = asked.from.parse().unwrap_or(0);
    let view = app.import_view(&session.actor, import).await?;
    let (rows, more) = app
        .import_people(&session.actor, import, first, PEOPLE)
        .await?;
    let words = session.words;
    let title = words.say("import-people-title");
    let next = first + u64::try_from(PEOPLE).unwrap_or(0);
    let content = html! {
        div {
            a.back href={ "/imports/" (import) } { (Icon::Back.draw()) bdi { (display::line(&view.row.file_name)) } }
            h1 { (title) }
            p.lead { (words.say("import-people-lead")) }
        }
        section.card {
            @if rows.is_empty() { p.soft { (words.say("import-people-none")) } }
            ul.list {
                @for row in &rows {
                    @let contact = row.email.as_deref().or(row.phone.as_deref()).unwrap_or_default();
                    li {
                        div.line {
                            a href={ "/people/" (row.id) } { bdi { (display::line(row.name.as_deref().unwrap_or(contact))) } }
                            span.soft { bdi { (display::line(contact)) } }
                        }
                    }
                }
            }
            @if more { p { a.button.quiet href={ "/imports/" (import) "/people?from=" (next) } { (words.say("import-people-more")) } } }
        }
    };
    shown(framed(&frame(&session, &title, None), &content))
}
