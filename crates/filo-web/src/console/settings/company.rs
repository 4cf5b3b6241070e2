//! The company: name, language, zone.
//!
//! **Invariant:** whoever saves over somebody else's change is shown that change first.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::company::{Company, Language, NAME_CHARS_MOST};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, form};

const HERE: &str = "/settings/company";
/// The longest name of a zone has 30 letters.
const ZONE_LENGTH_MOST: usize = 60;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let form = Form::of(&app);
    shown(page(&session, &form, &[], asked.done.as_deref()))
}

/// The form as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Form {
    name: String,
    language: String,
    zone: String,
    version: i64,
}

impl Form {
    fn of(app: &App) -> Self {
        let view = app.company();
        Self {
            name: view.company.name.to_string(),
            language: view.company.language.tag().to_owned(),
            zone: view.company.zone.to_string(),
            version: view.version,
        }
    }

    fn company(&self) -> Option<Company> {
        Some(Company {
            name: self.name.as_str().into(),
            language: Language::from_tag(&self.language)?,
            zone: self.zone.trim().into(),
        })
    }
}

/// A field and what is wrong with it, by the key of its text.
type Wrong = (&'static str, &'static str);

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, mut form } = posted;
    let Some(company) = form.company() else {
        return refused(&session, &form, ("language", "wrong-choice"));
    };
    match app
        .change_company(&session.actor, company, form.version)
        .await
    {
        Ok(_saved) => done("/settings/company?done=company-saved"),
        Err(Error::Invalid { field: "zone", .. }) => {
            refused(&session, &form, ("zone", "wrong-zone"))
        }
        Err(Error::Invalid { field, .. }) => refused(&session, &form, (field, "wrong-name")),
        Err(Error::Conflict(_)) => {
            // What the other one wrote stands above; what this one typed stays in the form, and
            // saving again is a decision made with open eyes.
            let theirs = Form::of(&app);
            form.version = theirs.version;
            let note = conflict(session.words, &theirs);
            let content = html! { (note) (content(&session, &form, &[])) };
            let title = session.words.say("settings-company");
            let page = whole(&session, HERE, &title, None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn refused<P: Power>(session: &Session<P>, form: &Form, wrong: Wrong) -> Answer {
    crate::console::wrong(page(session, form, &[wrong], None))
}

fn page<P: Power>(
    session: &Session<P>,
    form: &Form,
    wrong: &[Wrong],
    done: Option<&str>,
) -> Markup {
    let title = session.words.say("settings-company");
    whole(session, HERE, &title, done, &content(session, form, wrong))
}

fn conflict(words: Words, theirs: &Form) -> Markup {
    html! {
        section.notice.notice-warn role="alert" {
            h2 { (words.say("company-conflict")) }
            p { (words.say("company-conflict-hint")) }
            dl.facts {
                dt { (words.say("company-name")) } dd { (theirs.name) }
                dt { (words.say("company-language")) } dd { (theirs.language) }
                dt { (words.say("company-zone")) } dd { (theirs.zone) }
            }
        }
    }
}

fn content<P: Power>(session: &Session<P>, given: &Form, wrong: &[Wrong]) -> Markup {
    let words = session.words;
    let fault = |field: &str| {
        wrong
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, key)| words.say(key).into_owned())
    };
    let (name_fault, zone_fault) = (fault("name"), fault("zone"));
    let language_fault = fault("language");
    let name = Field {
        name: "name",
        label: &words.say("company-name"),
        value: &given.name,
        hint: Some(&words.say("company-name-hint")),
        wrong: name_fault.as_deref(),
        length_most: NAME_CHARS_MOST,
        ..Field::default()
    };
    let language = Field {
        name: "language",
        label: &words.say("company-language"),
        value: &given.language,
        hint: Some(&words.say("company-language-hint")),
        wrong: language_fault.as_deref(),
        ..Field::default()
    };
    let zone = Field {
        name: "zone",
        label: &words.say("company-zone"),
        value: &given.zone,
        hint: Some(&words.say("company-zone-hint")),
        wrong: zone_fault.as_deref(),
        required: true,
        length_most: ZONE_LENGTH_MOST,
    };
    let names = Language::ALL.map(|language| words.say(&format!("language-{}", language.tag())));
    let languages: Vec<(&str, &str)> = Language::ALL
        .iter()
        .zip(&names)
        .map(|(language, name)| (language.tag(), &**name))
        .collect();
    let fields = html! {
        input type="hidden" name="version" value=(given.version);
        (name.input())
        (language.select(&languages))
        (zone.suggested("zones"))
        (zones())
        button type="submit" { (words.say("save")) }
    };
    html! {
        h1 { (words.say("settings-company")) }
        p.lead { (words.say("settings-company-lead")) }
        section.card { (form(HERE, &session.token, &fields)) }
    }
}

/// The zones of the world, for the browser to complete what is typed.
fn zones() -> Markup {
    html! {
        datalist #zones {
            @for name in jiff::tz::db().available() { option value=(name.as_str()) {} }
        }
    }
}
