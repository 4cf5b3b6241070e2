//! Writing a note, changing it, removing it and bringing it back.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::annotation::AnnotationRow;
use filo_app::{App, Error};
use filo_core::access::Right;
use filo_core::analysis::annotation::{Annotation, WORDS_CHARS_MOST};
use filo_core::id::AnnotationId;
use http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::list;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{AnnotateFigures, Power};
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;
use crate::ui::page::Place;

/// The form as it was filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Given {
    words: String,
    first: String,
    last: String,
    version: i64,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// Whether somebody may write notes beside figures.
pub(super) fn writes<P>(session: &Session<P>) -> bool {
    session.actor.may(Right::SeeFigures) && session.actor.may(Right::WriteNotes)
}

pub(super) async fn create(
    State(app): State<App>,
    posted: Posted<AnnotateFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: given,
    } = posted;
    let saved = match given.annotation() {
        Ok(note) => app.annotate(&session.actor, note).await,
        Err(field) => Err(Error::invalid(field, "no day")),
    };
    match saved {
        Ok(_) => done("/annotations?done=annotation-made"),
        Err(Error::Invalid { field, .. }) => {
            let asked = list::Asked::default();
            wrong(list::page(&app, &session, (&given, Some(field)), &asked).await?)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    session: Session<AnnotateFigures>,
    Path(note): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let row = app.annotation(&session.actor, id(&note)?).await?;
    let given = Given::of(&row);
    shown(page(&session, &row, (&given, None), asked.done.as_deref()))
}

pub(super) async fn change(
    State(app): State<App>,
    Path(note): Path<String>,
    posted: Posted<AnnotateFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: mut given,
    } = posted;
    let id: AnnotationId = id(&note)?;
    let saved = match given.annotation() {
        Ok(note) => {
            let from = (id, given.version);
            app.change_annotation(&session.actor, from, note).await
        }
        Err(field) => Err(Error::invalid(field, "no day")),
    };
    match saved {
        Ok(_) => done("/annotations?done=annotation-changed"),
        Err(Error::Invalid { field, .. }) => {
            let row = app.annotation(&session.actor, id).await?;
            wrong(page(&session, &row, (&given, Some(field)), None))
        }
        Err(Error::Conflict(_)) => {
            let row = app.annotation(&session.actor, id).await?;
            given.version = row.version;
            let page = page(&session, &row, (&given, Some("conflict")), None);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove(
    State(app): State<App>,
    Path(note): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    let row = app
        .remove_annotation(&posted.session.actor, id(&note)?)
        .await?;
    done(&format!("/annotations?done-away={}", row.id))
}

pub(super) async fn restore(
    State(app): State<App>,
    Path(note): Path<String>,
    posted: Posted<AnnotateFigures, Nothing>,
) -> Answer {
    app.restore_annotation(&posted.session.actor, id(&note)?)
        .await?;
    done("/annotations?done=annotation-restored")
}

impl Given {
    pub(super) fn of_day(day: Option<Date>) -> Self {
        Self {
            first: day.map(|day| day.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn of(row: &AnnotationRow) -> Self {
        let last = (row.last_day != row.first_day).then(|| row.last_day.clone());
        Self {
            words: row.words.clone(),
            first: row.first_day.clone(),
            last: last.unwrap_or_default(),
            version: row.version,
        }
    }

    /// The note, or the field that cannot be read.
    fn annotation(&self) -> Result<Annotation, &'static str> {
        let first = self.first.trim().parse().map_err(|_no_day| "first")?;
        let last = match self.last.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_no_day| "last")?),
        };
        Ok(Annotation {
            first,
            last,
            words: self.words.clone(),
        })
    }

    pub(super) fn form(
        &self,
        words: Words,
        action: &str,
        token: &str,
        wrong: Option<&str>,
    ) -> Markup {
        let why = |field: &str| {
            let key = format!("wrong-annotation-{field}");
            (wrong == Some(field)).then(|| words.say(&key))
        };
        let (said, from, until) = (why("words"), why("first"), why("last"));
        let text = Field {
            name: "words",
            label: &words.say("annotation-what"),
            value: &self.words,
            hint: Some(&words.say("annotation-what-hint")),
            wrong: said.as_deref(),
            required: true,
            length_most: WORDS_CHARS_MOST,
        };
        let first = Field {
            name: "first",
            label: &words.say("annotation-first"),
            value: &self.first,
            wrong: from.as_deref(),
            required: true,
            ..Field::default()
        };
        let last = Field {
            name: "last",
            label: &words.say("annotation-last"),
            value: &self.last,
            hint: Some(&words.say("annotation-last-hint")),
            wrong: until.as_deref(),
            ..Field::default()
        };
        form(
            action,
            token,
            &html! {
                input type="hidden" name="version" value=(self.version);
                (text.input())
                div.row { (first.date()) (last.date()) }
                div.actions { button type="submit" { (words.say("annotation-save")) } }
            },
        )
    }
}

fn page<P: Power>(
    session: &Session<P>,
    row: &AnnotationRow,
    (given, wrong): (&Given, Option<&str>),
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let to = |word: &str| format!("/annotations/{}{word}", row.id);
    let content = html! {
        a.back href="/annotations" { (Icon::Back.draw()) (words.say("annotation-title")) }
        @if wrong == Some("conflict") { p.notice.notice-bad role="alert" { (words.say("annotation-conflict")) } }
        div.head {
            h1 { (words.say("annotation-one")) }
            div.actions {
                @if row.removed_at.is_some() {
                    (button_form(&to("/restoring"), &session.token, &[], &words.say("annotation-restore"), "small"))
                } @else {
                    (button_form(&to("/removal"), &session.token, &[], &words.say("annotation-remove"), "quiet"))
                }
            }
        }
        @if row.removed_at.is_some() { p.soft { (words.say("annotation-is-removed")) } }
        @else { section.card { (given.form(words, &to(""), &session.token, wrong)) } }
        p.about {
            (words.fill("annotation-by", [
                ("name", row.changed_by.as_str().into()), ("when", words.date_time(row.changed_at).into()),
            ]))
        }
    };
    session.page(
        Place::Analysis,
        &words.say("annotation-one"),
        done,
        &content,
    )
}
