//! A new piece: from an example, or from nothing.

use axum::extract::State;
use filo_app::{App, Error};
use filo_core::content::{NAME_CHARS_MOST, Piece, STARTERS, Starter};
use filo_core::message::Class;
use maud::{Markup, html};
use serde::Deserialize;

use super::whole;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::{Language, Words};
use crate::right::ManageContent;
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct New {
    name: String,
    starter: String,
}

pub(in crate::console) async fn new_form(session: Session<ManageContent>) -> Answer {
    shown(draw(&session, "", None))
}

pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageContent, New>,
) -> Answer {
    let (session, new) = (posted.session, posted.form);
    let words = session.words;
    let piece = match Starter::from_word(&new.starter) {
        Some(starter) => starter.piece(company_language(words)),
        None => Piece::new(new.name.trim(), "marketing", Class::Marketing),
    };
    match app.create_piece(&session.actor, piece).await {
        Ok(view) => done(&format!("/pieces/{}?done=content-made", view.row.id)),
        Err(Error::Invalid { field, .. }) => {
            let why = words.say(match field {
                "purpose" => "wrong-content-purpose",
                _ => "wrong-content-name",
            });
            wrong(draw(&session, &new.name, Some(&why)))
        }
        Err(error) => Err(error.into()),
    }
}

/// What examples are called in: the language in which this visitor reads.
const fn company_language(words: Words) -> filo_core::company::Language {
    match words.language {
        Language::Italian => filo_core::company::Language::Italian,
        Language::English => filo_core::company::Language::English,
    }
}

fn draw(session: &Session<ManageContent>, name: &str, why: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("content-new");
    let language = company_language(words);
    let field = Field {
        name: "name",
        label: &words.say("content-name"),
        value: name,
        hint: Some(&words.say("content-name-hint")),
        wrong: why,
        required: true,
        length_most: NAME_CHARS_MOST,
    };
    let content = html! {
        a.back href="/pieces" { (Icon::Back.draw()) (words.say("place-content")) }
        h1 { (title) }
        section.card {
            h2 { (words.say("content-from-nothing")) }
            (form("/pieces", &session.token, &html! {
                (field.input())
                button type="submit" { (words.say("content-begin")) }
            }))
        }
        section aria-labelledby="starters" {
            h2 #starters { (words.say("content-from-example")) }
            p.soft { (words.say("content-from-example-hint")) }
            div.columns.starters {
                @for starter in STARTERS {
                    article.card {
                        h3 { (starter.name(language)) }
                        p { (starter.hint(language)) }
                        (button_form("/pieces", &session.token, &[("starter", starter.word)], &words.say("content-take-example"), "quiet"))
                    }
                }
            }
        }
    };
    whole(session, &title, None, &content)
}
