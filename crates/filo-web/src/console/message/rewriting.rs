//! Writing a message anew for its one person, before somebody says yes to it.

use axum::extract::{Path, State};
use filo_app::{App, Error, MessageRow};
use filo_core::id::MessageId;
use filo_core::message::Medium;
use filo_core::message::saying::{SUBJECT_CHARS_MOST, Words as Wording, text_chars_most};
use maud::{Markup, html};
use serde::Deserialize;

use super::writing::fault_key;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::right::{ManageJourneys, Power};
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::page::Place;

/// Lines of the text that are seen at once.
const ROWS: u8 = 14;

/// The form as it was filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Form {
    subject: String,
    text: String,
}

impl Form {
    fn of(words: Wording) -> Self {
        Self {
            subject: words.subject,
            text: words.text,
        }
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageJourneys>,
    Path(message): Path<String>,
) -> Answer {
    let message: MessageId = id(&message)?;
    let draft = match app.message_draft(&session.actor, message).await {
        Err(Error::Conflict(_)) => {
            return done(&format!("/messages/{message}?done=approval-gone"));
        }
        found => found?,
    };
    // What cannot be said as it stands can be said in other words.
    let given = draft.says.map_or_else(|_why| Form::default(), Form::of);
    shown(draw(&session, &draft.row, &given, None))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    Path(message): Path<String>,
    posted: Posted<ManageJourneys, Form>,
) -> Answer {
    let message: MessageId = id(&message)?;
    let Posted { session, form } = posted;
    let words = Wording {
        subject: form.subject.clone(),
        text: form.text.clone(),
    };
    let gone = || done(&format!("/messages/{message}?done=approval-gone"));
    let row = match app.message_draft(&session.actor, message).await {
        Err(Error::Conflict(_)) => return gone(),
        found => found?.row,
    };
    if let Err(fault) = words.clone().checked_for(row.medium) {
        let why = session.words.say(&fault_key(fault)).into_owned();
        return wrong(draw(&session, &row, &form, Some((fault.field(), &why))));
    }
    match app.rewrite_message(&session.actor, message, words).await {
        Ok(()) => done(&format!("/messages/{message}?done=message-rewritten")),
        Err(Error::Conflict(_)) => gone(),
        Err(error) => Err(error.into()),
    }
}

fn draw<P: Power>(
    session: &Session<P>,
    row: &MessageRow,
    given: &Form,
    fault: Option<(&str, &str)>,
) -> Markup {
    let words = session.words;
    let title = words.say("message-rewrite");
    let of = |name: &str| {
        fault
            .filter(|(field, _)| *field == name)
            .map(|(_, why)| why)
    };
    let fields = html! {
        @if row.medium == Medium::Email {
            (Field {
                name: "subject",
                label: &words.say("message-subject"),
                value: &given.subject,
                wrong: of("subject"),
                required: true,
                length_most: SUBJECT_CHARS_MOST,
                ..Field::default()
            }.input())
        }
        (Field {
            name: "text",
            label: &words.say("message-text"),
            value: &given.text,
            hint: Some(&words.say("message-text-hint")),
            wrong: of("text"),
            required: true,
            length_most: text_chars_most(row.medium),
        }.area(ROWS))
        div.actions {
            button type="submit" { (words.say("save")) }
            a.button.quiet href={ "/messages/" (row.id) } { (words.say("cancel")) }
        }
    };
    let content = html! {
        a.back href={ "/messages/" (row.id) } { (Icon::Back.draw()) (words.say("message-back")) }
        div { h1 { (title) } p.lead { (words.say("message-rewrite-lead")) } }
        section.card { (form(&format!("/messages/{}/words", row.id), &session.token, &fields)) }
    };
    session.page(Place::Messages, &title, None, &content)
}
