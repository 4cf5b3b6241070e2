//! The page of one file: what it shows and offers depends on how far it is.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::App;
use filo_app::import_run::{ImportState, ImportView};
use filo_core::id::ImportId;
use filo_core::time::Timestamp;
use http::StatusCode;
use maud::{Markup, html};

use super::list::drop_form;
use super::{Asked, Nothing, frame, mapping, outcome, state_badge, subject};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown_while};
use crate::i18n::Words;
use crate::right::{ImportPeople, Power};
use crate::ui::form::{button_form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::page::page as framed;
use crate::ui::shown as display;

/// Why a plan was refused.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) field: &'static str,
    pub(super) reason: String,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    Path(import): Path<String>,
    session: Session<ImportPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.import_view(&session.actor, id(&import)?).await?;
    let page = whole(&session, &view, app.now(), (None, asked.done.as_deref()));
    shown_while(view.row.state.is_busy(), page)
}

/// The page with the form that was not right.
pub(super) fn again<P: Power>(
    app: &App,
    session: &Session<P>,
    view: &ImportView,
    refused: &Refused,
) -> Answer {
    let page = whole(session, view, app.now(), (Some(refused), None));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(in crate::console) async fn try_out(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Nothing>,
) -> Answer {
    let import: ImportId = id(&import)?;
    app.try_import(&posted.session.actor, import).await?;
    done(&format!("/imports/{import}"))
}

pub(in crate::console) async fn start(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Nothing>,
) -> Answer {
    let import: ImportId = id(&import)?;
    app.start_import(&posted.session.actor, import).await?;
    done(&format!("/imports/{import}"))
}

pub(in crate::console) async fn stop(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Nothing>,
) -> Answer {
    let import: ImportId = id(&import)?;
    app.cancel_import(&posted.session.actor, import).await?;
    done(&format!("/imports/{import}?done=import-stopping"))
}

pub(in crate::console) async fn discard(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Nothing>,
) -> Answer {
    let import: ImportId = id(&import)?;
    app.discard_import(&posted.session.actor, import).await?;
    done("/imports?done=import-discarded")
}

fn whole<P: Power>(
    session: &Session<P>,
    view: &ImportView,
    now: Timestamp,
    (refused, done): (Option<&Refused>, Option<&str>),
) -> Markup {
    let title = display::line(&view.row.file_name);
    let content = content(session.words, view, now, (&session.token, refused));
    framed(&frame(session, &title, done), &content)
}

pub(super) fn content(
    words: Words,
    view: &ImportView,
    now: Timestamp,
    (token, refused): (&str, Option<&Refused>),
) -> Markup {
    let row = &view.row;
    html! {
        div {
            a.back href="/imports" { (Icon::Back.draw()) (words.say("imports-title")) }
            div.head {
                h1 { bdi { (display::line(&row.file_name)) } }
                (state_badge(words, row.state))
            }
            p.lead {
                (words.day(row.created_at, now)) ", " (words.time(row.created_at))
                " · " bdi { (display::line(&row.actor)) }
            }
        }
        @if let Some(before) = view.before.filter(|_| is_to_come(row.state)) {
            p.notice.notice-warn { (words.fill("import-before", [("date", words.date_time(before).into())])) }
        }
        @if let Some(failure) = &row.failure {
            section.notice.notice-bad role="alert" {
                h2 { (words.say("import-failed")) }
                p lang="en" { (display::line(failure)) }
            }
        }
        @match row.state {
            ImportState::Draft => (draft(words, view, token, refused)),
            ImportState::Tried => (tried(words, view, token, refused)),
            ImportState::Trying | ImportState::Running | ImportState::Undoing => (busy(words, view, token)),
            ImportState::Done | ImportState::Cancelled | ImportState::Failed => (over(words, view, token)),
            ImportState::Undone => (undone(words, view, token)),
        }
    }
}

/// Whether the file can still be brought in.
const fn is_to_come(state: ImportState) -> bool {
    matches!(
        state,
        ImportState::Draft | ImportState::Trying | ImportState::Tried
    )
}

fn draft(words: Words, view: &ImportView, token: &str, refused: Option<&Refused>) -> Markup {
    html! {
        (recognised(words, view))
        (subject::choice(words, view, token))
        section.card aria-labelledby="mapping-title" {
            h2 #mapping-title { (words.say("import-mapping")) }
            (mapping::mapping(words, view, token, refused))
        }
        (throw_away(words, view, token))
    }
}

fn tried(words: Words, view: &ImportView, token: &str, refused: Option<&Refused>) -> Markup {
    let at = |what: &str| format!("/imports/{}/{what}", view.row.id);
    html! {
        @if let Some(trial) = &view.trial {
            (outcome::counts(words, ("import-would", view.plan.subject), trial))
            @if trial.is_without_effect() {
                p.notice { (words.say("import-nothing-new")) }
            }
            section.card {
                p { (words.say("import-start-lead")) }
                div.actions {
                    (button_form(&at("start"), token, &[], &words.say("import-start"), "primary"))
                    a.button.quiet href="#mapping-title" { (words.say("import-change")) }
                }
            }
            (outcome::warnings(words, trial))
            (outcome::rejected(words, view, trial))
            (outcome::examples(words, &view.report))
        }
        (subject::choice(words, view, token))
        details.card open[refused.is_some()] {
            summary #mapping-title { (words.say("import-mapping")) }
            (mapping::mapping(words, view, token, refused))
        }
        (throw_away(words, view, token))
    }
}

fn throw_away(words: Words, view: &ImportView, token: &str) -> Markup {
    let action = format!("/imports/{}/removal", view.row.id);
    let (label, confirm) = (
        words.say("import-discard"),
        words.say("import-discard-confirm"),
    );
    html! { section.card { (second_thought(&action, token, &label, &confirm)) } }
}

fn recognised(words: Words, view: &ImportView) -> Markup {
    let Some(seen) = &view.seen else {
        return html! { p.notice { (words.say("import-unseen")) } };
    };
    let preset = seen.preset.as_deref();
    let preset =
        preset.and_then(|it| words.look_up(&format!("import-preset-{}", it.replace('_', "-"))));
    let rows = [
        ("count", seen.rows.into()),
        ("number", words.number(seen.rows).into()),
    ];
    html! {
        section.card aria-labelledby="seen-title" {
            h2 #seen-title { (words.say("import-recognised")) }
            dl.facts {
                dt { (words.say("import-written-by")) }
                dd { @match preset { Some(preset) => (preset), None => (words.say("import-preset-unknown")) } }
                dt { (words.say("import-size")) }
                dd { (words.fill("import-about-rows", rows)) }
                dt { (words.say("import-form")) }
                dd { (seen.format.to_uppercase()) " · " (seen.encoding) }
            }
            @for warning in &seen.warnings {
                @if let Some(text) = words.look_up(&format!("import-warning-{}", warning.replace('_', "-"))) {
                    p.notice.notice-warn { (text) }
                }
            }
        }
    }
}

fn busy(words: Words, view: &ImportView, token: &str) -> Markup {
    let row = &view.row;
    let progress = view.progress.clone().unwrap_or_default();
    let percent = progress.percent();
    let numbers = [
        ("done", words.number(progress.done).into()),
        ("total", words.number(progress.total).into()),
    ];
    let stops = row.state != ImportState::Undoing;
    html! {
        section.card role="status" {
            h2 { (words.say(&format!("import-busy-{}", row.state.word()))) }
            progress max="100" value=[percent] aria-label=(words.say(&format!("import-busy-{}", row.state.word()))) {}
            @if progress.total > 0 { p { (words.fill("import-progress", numbers)) } }
            p.hint { (words.say("import-busy-hint")) }
            @if stops {
                (button_form(&format!("/imports/{}/cancellation", row.id), token, &[], &words.say("import-stop"), "quiet"))
            }
        }
    }
}

fn over(words: Words, view: &ImportView, token: &str) -> Markup {
    let row = &view.row;
    let counts = view.counts.clone().unwrap_or_default();
    html! {
        @if row.state == ImportState::Cancelled { p.notice.notice-warn { (words.say("import-stopped")) } }
        (outcome::counts(words, ("import-did", view.plan.subject), &counts))
        @if row.state == ImportState::Done && counts.is_without_effect() {
            p.notice { (words.say("import-nothing-new-done")) }
        }
        section.card {
            div.actions {
                @if counts.people > 0 && view.goes_at.is_some() {
                    a.button.quiet href={ "/imports/" (row.id) "/people" } { (words.fill("import-see-people", [("count", counts.people.into())])) }
                }
                @if !counts.is_without_effect() {
                    a.button.quiet href={ "/imports/" (row.id) "/undo" } { (Icon::Undo.draw()) (words.say("import-undo")) }
                }
            }
            @if let Some(goes) = view.goes_at {
                p.hint { (words.fill("import-goes-at", [("date", words.date_time(goes).into())])) }
            } @else {
                p.hint { (words.say("import-file-gone")) }
            }
        }
        (outcome::warnings(words, &counts))
        (outcome::rejected(words, view, &counts))
        (outcome::examples(words, &view.report))
        (same_again(words, view, token))
    }
}

fn undone(words: Words, view: &ImportView, token: &str) -> Markup {
    let row = &view.row;
    let by = display::line(row.undone_by.as_deref().unwrap_or_default());
    let at = row.undone_at.unwrap_or_default();
    let said = [("date", words.date_time(at).into()), ("name", by.into())];
    html! {
        p.notice { (words.fill("import-undone-by", said)) }
        (same_again(words, view, token))
    }
}

fn same_again(words: Words, view: &ImportView, token: &str) -> Markup {
    html! {
        details.card {
            summary { (words.say("import-same-again")) }
            p.hint { (words.say("import-same-again-hint")) }
            (drop_form(words, token, Some(&view.row.id.to_string()), None))
        }
    }
}
