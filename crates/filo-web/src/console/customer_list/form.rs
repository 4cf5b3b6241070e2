//! Making a list, and the fields of what it is called.

use axum::extract::State;
use filo_app::customer_list::{DESCRIPTION_CHARS_MOST, ListDraft, NAME_CHARS_MOST};
use filo_app::{App, Error};
use maud::{Markup, html};
use serde::Deserialize;

use super::whole;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::ManageSegments;
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Given {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) version: i64,
}

impl Given {
    pub(super) fn draft(&self) -> ListDraft {
        ListDraft {
            name: self.name.clone(),
            description: self.description.clone(),
        }
    }
}

pub(in crate::console) async fn new_form(session: Session<ManageSegments>) -> Answer {
    shown(draw(&session, &Given::default(), None))
}

pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageSegments, Given>,
) -> Answer {
    let Posted { session, form } = posted;
    match app.create_list(&session.actor, form.draft()).await {
        Ok(view) => done(&format!("/lists/{}?done=list-made", view.row.id)),
        Err(Error::Invalid { field, .. }) => wrong(draw(&session, &form, Some(field))),
        Err(error) => Err(error.into()),
    }
}

fn draw(session: &Session<ManageSegments>, given: &Given, wrong: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("customer-list-new");
    let content = html! {
        a.back href="/lists" { (Icon::Back.draw()) (words.say("place-lists")) }
        section.card.narrow {
            h1 { (title) }
            (form("/lists", &session.token, &html! {
                (fields(words, given, wrong))
                div.actions {
                    button type="submit" { (words.say("customer-list-make")) }
                    a.button.plain href="/lists" { (words.say("cancel")) }
                }
            }))
        }
    };
    whole(session, &title, None, &content)
}

/// What it is called and what it is for.
pub(super) fn fields(words: Words, given: &Given, wrong: Option<&str>) -> Markup {
    let why = |field: &str| {
        let is_it = wrong == Some(field);
        is_it.then(|| words.say(&format!("customer-list-wrong-{field}")))
    };
    let (name_wrong, description_wrong) = (why("name"), why("description"));
    let name = Field {
        name: "name",
        label: &words.say("customer-list-name"),
        value: &given.name,
        hint: Some(&words.say("customer-list-name-hint")),
        wrong: name_wrong.as_deref(),
        required: true,
        length_most: NAME_CHARS_MOST,
    };
    let description = Field {
        name: "description",
        label: &words.say("customer-list-description"),
        value: &given.description,
        wrong: description_wrong.as_deref(),
        length_most: DESCRIPTION_CHARS_MOST,
        ..Field::default()
    };
    html! { (name.input()) (description.area(2)) }
}
