//! The desk: the question, what can be asked beside it, and what is saved.

use filo_app::App;
use filo_app::sql::{Answered, EXAMPLES, IS_BUILT, NAME_CHARS_MOST, SavedQueryRow, VIEWS};
use filo_core::access::Right;
use filo_core::id::SavedQueryId;
use maud::{Markup, html};

use super::answer;
use super::run::{Asked, Given};
use crate::console::analysis::board::{self, Board};
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::sql_view::{column_key, view_key};
use crate::ui::form::{Field, button_form, form};
use crate::ui::page::Place;
use crate::ui::shown as display;
use crate::ui::toast::toast_with_undo;

/// Lines of the field before it has to be made larger.
const LINES: u8 = 12;

/// What lies on the desk.
pub(super) struct Desk<'a> {
    pub(super) given: &'a Given,
    pub(super) answered: Option<&'a Answered>,
    /// The field because of which it was not saved, or `conflict`.
    pub(super) wrong: Option<&'a str>,
    pub(super) asked: &'a Asked,
}

/// The whole page.
pub(super) async fn page<P: Power>(
    app: &App,
    session: &Session<P>,
    desk: &Desk<'_>,
) -> Result<Markup, Failure> {
    let words = session.words;
    let saved = app.saved_queries(&session.actor).await?;
    let content = html! {
        @if let Some(undo) = undo(session, desk.asked.away.as_deref()) { (undo) }
        div { h1 { (words.say("sql-title")) } p.lead { (words.say("sql-lead")) } }
        (board::row(words, Board::Sql))
        @if !IS_BUILT {
            div.notice.notice-warn {
                p { (words.say("sql-not-built")) }
                p { (words.say("sql-not-built-hint")) }
            }
        }
        @if desk.wrong == Some("conflict") {
            p.notice.notice-bad role="alert" { (words.say("sql-conflict")) }
        }
        div.sql-desk {
            div {
                (editor(session, desk))
                @if let Some(answered) = desk.answered { (answer::section(words, answered)) }
            }
            div {
                (beginnings(session, &saved))
                (views(words))
            }
        }
    };
    let done = desk.asked.done.as_deref();
    let title = words.say("sql-title");
    Ok(session.page(Place::Analysis, &title, done, &content))
}

/// What was removed can be brought back.
fn undo<P>(session: &Session<P>, away: Option<&str>) -> Option<Markup> {
    let id: SavedQueryId = away?.parse().ok()?;
    let words = session.words;
    let action = format!("/saved-queries/{id}/restoring");
    Some(toast_with_undo(
        &words.say("sql-removed"),
        &action,
        &session.token,
        &[],
        &words.say("undo"),
    ))
}

fn editor<P>(session: &Session<P>, desk: &Desk<'_>) -> Markup {
    let (words, given) = (session.words, desk.given);
    let lines = given.lines();
    let wrong = (desk.wrong == Some("statement")).then(|| words.say("wrong-sql-statement"));
    let statement = Field {
        name: "statement",
        label: &words.say("sql-statement"),
        value: &lines,
        hint: Some(&words.say("sql-statement-hint")),
        wrong: wrong.as_deref(),
        required: true,
        ..Field::default()
    };
    let actor = &session.actor;
    let takes_away = !actor.may(Right::SeePersonalData) || actor.may(Right::ExportPeople);
    let content = html! {
        input type="hidden" name="query" value=(given.query);
        input type="hidden" name="version" value=(given.version);
        (statement.code(LINES))
        @if IS_BUILT {
            div.actions {
                button type="submit" name="as" value="page" { (words.say("sql-run")) }
                button.quiet type="submit" name="as" value="plan" { (words.say("sql-explain")) }
                @if takes_away {
                    button.quiet type="submit" name="as" value="csv" { (words.say("sql-csv")) }
                    button.quiet type="submit" name="as" value="parquet" { (words.say("sql-parquet")) }
                }
            }
        }
        @if actor.may(Right::WriteNotes) { (saving(words, desk)) }
    };
    html! {
        section.card aria-labelledby="sql-question" {
            h2 #sql-question { (words.say("sql-question")) }
            (form("/analysis/sql", &session.token, &content))
        }
    }
}

/// The name under which it is saved: anew, or in the place of the one that lies on the desk.
fn saving(words: Words, desk: &Desk<'_>) -> Markup {
    let given = desk.given;
    let wrong = (desk.wrong == Some("name")).then(|| words.say("wrong-sql-name"));
    let name = Field {
        name: "name",
        label: &words.say("sql-name"),
        value: &given.name,
        hint: Some(&words.say("sql-name-hint")),
        wrong: wrong.as_deref(),
        length_most: NAME_CHARS_MOST,
        ..Field::default()
    };
    let open: Option<SavedQueryId> = given.query.parse().ok();
    html! {
        (name.input())
        div.actions {
            @if let Some(id) = open {
                button.quiet type="submit" formaction={ "/saved-queries/" (id) } { (words.say("sql-save-changes")) }
            }
            button.quiet type="submit" formaction="/saved-queries" { (words.say("sql-save")) }
        }
    }
}

/// Saved questions, and some to begin with.
fn beginnings<P>(session: &Session<P>, saved: &[SavedQueryRow]) -> Markup {
    let words = session.words;
    let saves = session.actor.may(Right::WriteNotes);
    html! {
        section.card aria-labelledby="sql-saved" {
            h2 #sql-saved { (words.say("sql-saved")) }
            @if saved.is_empty() { p.about { (words.say("sql-saved-none")) } }
            @else {
                ul.sql-saved {
                    @for row in saved {
                        li {
                            a href={ "/analysis/sql?query=" (row.id) } { bdi { (display::line(&row.name)) } }
                            @if saves {
                                (button_form(&format!("/saved-queries/{}/removal", row.id), &session.token, &[], &words.say("sql-remove"), "link"))
                            }
                        }
                    }
                }
            }
            h3 { (words.say("sql-examples")) }
            ul.sql-saved {
                @for example in EXAMPLES {
                    li {
                        a href={ "/analysis/sql?example=" (example.name) } {
                            (words.say(&format!("sql-example-{}", example.name)))
                        }
                    }
                }
            }
        }
    }
}

/// The views with their columns and what each means.
fn views(words: Words) -> Markup {
    html! {
        section.card aria-labelledby="sql-views" {
            h2 #sql-views { (words.say("sql-views")) }
            p.about { (words.say("sql-views-hint")) }
            @for view in &VIEWS {
                details.fold {
                    summary { span { code { (view.name) } " " (words.say(&view_key(view))) } }
                    dl.sql-columns {
                        @for column in view.columns {
                            div {
                                dt {
                                    code { (quoted(column.name)) } " "
                                    span.soft { (words.say(&format!("sql-kind-{}", column.kind.word()))) }
                                }
                                dd { (words.say(&column_key(view, column.name))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Its name in a statement: one is a word of SQL's own.
fn quoted(name: &str) -> String {
    match name {
        "at" => format!("\"{name}\""),
        _ => name.to_owned(),
    }
}
