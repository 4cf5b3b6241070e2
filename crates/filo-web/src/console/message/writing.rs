//! Writing to one customer: the words, what they are for, what the gate says of it before it is
//! sent, and what was written before.

use axum::extract::{Path, Query, State};
use filo_app::{App, Error, MessageRow, NewMessage, Said, Says};
use filo_core::access::Right;
use filo_core::consent::purpose::Purposes;
use filo_core::id::CustomerId;
use filo_core::message::Medium;
use filo_core::message::saying::{
    SUBJECT_CHARS_MOST, TEXT_CHARS_MOST, Words as Wording, WordsFault,
};
use filo_core::profile::view::summary;
use maud::{Markup, html};
use serde::Deserialize;

use super::line;
use super::one::verdict;
use crate::addressing::purpose_name;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{Power, SeePeople, SendMessages};
use crate::ui::form::{Field, form as form_of};
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;
use crate::verdict::{PieceNames, medium_name, piece_names, said_now};

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// The form as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    /// By what it goes.
    #[serde(default)]
    medium: String,
    /// A piece of content; empty for words of one's own.
    #[serde(default)]
    piece: String,
    purpose: String,
    subject: String,
    text: String,
    /// `look` or `send`.
    #[serde(default)]
    act: String,
}

/// A field, and the key of what is wrong with it.
type Wrong = (&'static str, std::borrow::Cow<'static, str>);

const WRONG_PURPOSE: (&str, &str) = ("purpose", "message-wrong-purpose");

impl Form {
    /// What was filled in.
    fn written(&self) -> Result<NewMessage, Wrong> {
        let medium = match self.medium.as_str() {
            "" => Medium::Email,
            word => Medium::from_word(word)
                .filter(|medium| medium.is_carried())
                .ok_or(("medium", "message-wrong-medium".into()))?,
        };
        if !self.piece.is_empty() {
            let piece = self.piece.parse();
            let piece = piece.map_err(|_id| ("piece", "message-wrong-piece".into()))?;
            let says = Says::Piece { piece };
            return Ok(NewMessage { medium, says });
        }
        let words = Wording {
            subject: self.subject.clone(),
            text: self.text.clone(),
        };
        let words = words
            .checked_for(medium)
            .map_err(|fault| (fault.field(), fault_key(fault).into()))?;
        let says = Says::Words {
            purpose: self.purpose.clone(),
            words,
        };
        Ok(NewMessage { medium, says })
    }
}

/// What the page shows beside the form.
#[derive(Default)]
struct Looked {
    /// What the gate would say.
    said: Option<Said>,
    /// The field that is wrong, and the key of why.
    wrong: Option<Wrong>,
}

pub(in crate::console) async fn form(
    State(app): State<App>,
    session: Session<SeePeople>,
    Path(customer): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let (given, looked) = (Form::default(), Looked::default());
    let whole = whole(&app, &session, customer, (&given, &looked)).await?;
    shown(framed(&session, &whole, asked.done.as_deref()))
}

pub(in crate::console) async fn send(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<SendMessages, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let customer: CustomerId = id(&customer)?;
    let mut looked = Looked::default();
    match form.written() {
        Err(wrong) => looked.wrong = Some(wrong),
        Ok(written) if form.act == "send" => {
            match app.write_message(&session.actor, customer, written).await {
                Ok(message) => return done(&format!("/messages/{message}?done=message-written")),
                Err(Error::Invalid { .. }) => {
                    looked.wrong = Some((WRONG_PURPOSE.0, WRONG_PURPOSE.1.into()));
                }
                Err(other) => return Err(other.into()),
            }
        }
        Ok(written) => {
            match app
                .preview_message(&session.actor, customer, &written)
                .await
            {
                Ok(preview) => looked.said = Some(said_now(&preview.verdict, app.now())),
                Err(Error::Invalid { .. }) => {
                    looked.wrong = Some((WRONG_PURPOSE.0, WRONG_PURPOSE.1.into()));
                }
                Err(other) => return Err(other.into()),
            }
        }
    }
    let is_wrong = looked.wrong.is_some();
    let whole = whole(&app, &session, customer, (&form, &looked)).await?;
    let page = framed(&session, &whole, None);
    if is_wrong { wrong(page) } else { shown(page) }
}

pub(super) fn fault_key(fault: WordsFault) -> String {
    format!("message-wrong-{}", fault.word().replace('_', "-"))
}

fn framed<P: Power>(session: &Session<P>, content: &Markup, done: Option<&str>) -> Markup {
    let title = session.words.say("message-to-person");
    let frame = Frame {
        words: session.words,
        title: &title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    };
    page(&frame, content)
}

async fn whole<P: Power>(
    app: &App,
    session: &Session<P>,
    customer: CustomerId,
    (given, looked): (&Form, &Looked),
) -> Result<Markup, Failure> {
    let words = session.words;
    let actor = &session.actor;
    let view = app.eyes(actor).customer(customer).await?;
    let view = view.ok_or(Failure::Missing)?;
    let name = summary(&view.profile).display_name;
    let name = name.map_or_else(
        || words.say("person-unknown").into_owned(),
        |name| display::line(&name),
    );
    let rows = app.messages_of(actor, view.id).await?;
    let purposes = app.purposes().await?.purposes;
    let names = piece_names(app).await?;
    let action = format!("/people/{}/messages", view.id);
    Ok(html! {
        a.back href={ "/people/" (view.id) } { (Icon::Back.draw()) bdi { (name) } }
        h1 { (words.say("message-to-person")) }
        @if actor.may(Right::SendMessages) {
            @if let Some(said) = &looked.said { (judged(words, said)) }
            (fields(words, (&action, &session.token), (given, looked), (&purposes, &names)))
        }
        (before(words, &rows, &names))
    })
}

/// What the gate would say now.
fn judged(words: Words, said: &Said) -> Markup {
    html! {
        section.card #verdict aria-live="polite" {
            h2 { (words.say("message-would")) }
            (verdict(words, said))
        }
    }
}

fn fields(
    words: Words,
    (action, token): (&str, &str),
    (given, looked): (&Form, &Looked),
    (purposes, names): (&Purposes, &PieceNames),
) -> Markup {
    let fault = |field: &str| {
        let found = looked.wrong.as_ref().filter(|(name, _)| *name == field);
        found.map(|(_, key)| words.say(key).into_owned())
    };
    let offered: Vec<(&str, String)> = purposes
        .0
        .iter()
        .filter(|purpose| {
            let is_done = |medium: &Medium| purpose.channels.contains(&medium.channel());
            Medium::CARRIED.iter().any(is_done)
        })
        .map(|purpose| {
            let word = purpose.word.as_str();
            (word, purpose_name(words, purposes, word))
        })
        .collect();
    let options: Vec<(&str, &str)> = offered
        .iter()
        .map(|(word, name)| (*word, name.as_str()))
        .collect();
    let (wrong_purpose, wrong_subject, wrong_text) =
        (fault("purpose"), fault("subject"), fault("text"));
    let purpose = Field {
        name: "purpose",
        label: &words.say("message-purpose"),
        value: &given.purpose,
        hint: Some(&words.say("message-purpose-hint")),
        wrong: wrong_purpose.as_deref(),
        ..Field::default()
    };
    let subject = Field {
        name: "subject",
        label: &words.say("message-subject"),
        value: &given.subject,
        wrong: wrong_subject.as_deref(),
        hint: Some(&words.say("message-subject-hint")),
        length_most: SUBJECT_CHARS_MOST,
        ..Field::default()
    };
    let text = Field {
        name: "text",
        label: &words.say("message-text"),
        value: &given.text,
        hint: Some(&words.say("message-text-hint")),
        wrong: wrong_text.as_deref(),
        required: names.is_empty(),
        length_most: TEXT_CHARS_MOST,
    };
    html! {
        section.card {
            (form_of(action, token, &html! {
                (medium(words, given, fault("medium").as_deref()))
                @if !names.is_empty() { (piece(words, given, fault("piece").as_deref(), names)) }
                (purpose.select(&options))
                (subject.input())
                (text.area(8))
                div.actions {
                    button type="submit" name="act" value="send" { (words.say("message-send")) }
                    button.quiet type="submit" name="act" value="look" { (words.say("message-look")) }
                }
            }))
        }
    }
}

/// By what it goes.
fn medium(words: Words, given: &Form, wrong: Option<&str>) -> Markup {
    let named = Medium::CARRIED.map(|medium| (medium.word(), medium_name(words, medium)));
    let options: Vec<(&str, &str)> = named.iter().map(|(word, name)| (*word, &**name)).collect();
    Field {
        name: "medium",
        label: &words.say("message-medium"),
        value: &given.medium,
        wrong,
        ..Field::default()
    }
    .select(&options)
}

/// Which piece is sent, if one is.
fn piece(words: Words, given: &Form, wrong: Option<&str>, names: &PieceNames) -> Markup {
    let own = words.say("message-own-words");
    let mut pieces = vec![(String::new(), own.to_string())];
    pieces.extend(
        names
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone())),
    );
    let pieces: Vec<(&str, &str)> = pieces
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str()))
        .collect();
    Field {
        name: "piece",
        label: &words.say("message-what"),
        value: &given.piece,
        hint: Some(&words.say("message-what-hint")),
        wrong,
        ..Field::default()
    }
    .select(&pieces)
}

fn before(words: Words, rows: &[MessageRow], names: &PieceNames) -> Markup {
    html! {
        section.card {
            h2 { (words.say("messages-before")) }
            @if rows.is_empty() { p.soft { (words.say("messages-before-none")) } }
            ul.list { @for row in rows { (line(words, row, names)) } }
        }
    }
}
