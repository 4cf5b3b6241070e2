//! How much is kept of clicks and opens of mails.

use axum::extract::{Query, State};
use filo_app::tracking::TrackingView;
use filo_app::{App, Error};
use filo_core::consent::purpose::{Ground, Purposes};
use filo_core::tracking::{Mode, Tracking};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::addressing::purpose_name;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, form};

const HERE: &str = "/settings/tracking";

/// The form as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Form {
    mode: String,
    opens: String,
    purpose: String,
    version: i64,
}

impl Form {
    fn of(view: &TrackingView) -> Self {
        let opens = if view.tracking.counts_opens {
            "yes"
        } else {
            "no"
        };
        Self {
            mode: view.tracking.mode.word().to_owned(),
            opens: opens.to_owned(),
            purpose: view.tracking.purpose.to_string(),
            version: view.version,
        }
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let form = Form::of(&app.tracking().await?);
    let purposes = app.purposes().await?.purposes;
    let done = asked.done.as_deref();
    shown(page(&session, (&form, &purposes), None, done))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, mut form } = posted;
    let purposes = app.purposes().await?.purposes;
    let refused = |form: &Form, wrong| {
        crate::console::wrong(page(&session, (form, &purposes), Some(wrong), None))
    };
    let Some(mode) = Mode::from_word(&form.mode) else {
        return refused(&form, ("mode", "tracking-wrong-mode"));
    };
    let tracking = Tracking {
        mode,
        counts_opens: form.opens == "yes",
        purpose: form.purpose.as_str().into(),
    };
    let changed = app.change_tracking(&session.actor, tracking, form.version);
    match changed.await {
        Ok(_saved) => done("/settings/tracking?done=tracking"),
        Err(Error::Invalid { .. }) => refused(&form, ("purpose", "tracking-wrong-purpose")),
        Err(Error::Conflict(_)) => {
            // Saving again is a decision made with open eyes.
            form.version = app.tracking().await?.version;
            refused(&form, ("mode", "tracking-conflict"))
        }
        Err(other) => Err(other.into()),
    }
}

fn page<P: Power>(
    session: &Session<P>,
    (given, purposes): (&Form, &Purposes),
    wrong: Option<(&str, &str)>,
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("settings-tracking");
    let wrong_at = |name: &str| {
        let found = wrong.filter(|(field, _)| *field == name);
        found.map(|(_, key)| words.say(key))
    };
    let modes = Mode::ALL.map(|mode| (mode.word(), format!("tracking-mode-{}", mode.word())));
    let modes = modes.map(|(word, key)| (word, words.say(&key)));
    let modes: Vec<(&str, &str)> = modes.iter().map(|(word, name)| (*word, &**name)).collect();
    let opens = [
        ("no", words.say("tracking-opens-no")),
        ("yes", words.say("tracking-opens-yes")),
    ];
    let opens: Vec<(&str, &str)> = opens.iter().map(|(word, name)| (*word, &**name)).collect();
    let named = named(words, purposes);
    let named: Vec<(&str, &str)> = named
        .iter()
        .map(|(word, name)| (&**word, &**name))
        .collect();
    let select = |name: &str, value: &str, options: &[(&str, &str)]| {
        let (label, hint) = (format!("tracking-{name}"), format!("tracking-{name}-hint"));
        let found = wrong_at(name);
        let field = Field {
            name,
            label: &words.say(&label),
            value,
            hint: Some(&words.say(&hint)),
            wrong: found.as_deref(),
            ..Field::default()
        };
        field.select(options)
    };
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("settings-tracking-lead")) }
        @if wrong.is_some() { p.notice.notice-bad role="alert" { (words.say("tracking-not-saved")) } }
        (form(HERE, &session.token, &html! {
            input type="hidden" name="version" value=(given.version);
            section.card {
                (select("mode", &given.mode, &modes))
                (select("purpose", &given.purpose, &named))
            }
            section.card {
                (select("opens", &given.opens, &opens))
            }
            div.actions { button type="submit" { (words.say("save")) } }
        }))
        section.card {
            h2 { (words.say("tracking-how")) }
            ul.points {
                @for key in ["tracking-how-machines", "tracking-how-links", "tracking-how-old"] {
                    li { (words.say(key)) }
                }
            }
        }
    };
    whole(session, HERE, &title, done, &content)
}

/// The purposes that people are asked about, as they are called; none first.
fn named(words: Words, purposes: &Purposes) -> Vec<(String, String)> {
    let none = (
        String::new(),
        words.say("tracking-purpose-none").into_owned(),
    );
    let asked = purposes
        .0
        .iter()
        .filter(|it| it.ground == Ground::Statement);
    let asked = asked.map(|it| (it.word.to_string(), purpose_name(words, purposes, &it.word)));
    std::iter::once(none).chain(asked).collect()
}
