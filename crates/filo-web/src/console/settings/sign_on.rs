//! The company's own directory, with which people sign on.
//!
//! **Invariant:** a directory is kept only once it has answered; its secret is never shown again.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::{App, Error, LABEL_CHARS_MOST, SignOnChange, SignOnView};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, copyable, form};

const HERE: &str = "/settings/sign-on";
const ISSUER_LENGTH_MOST: usize = 500;
const CLIENT_ID_LENGTH_MOST: usize = 255;
const SECRET_LENGTH_MOST: usize = 1024;

/// The form as it was filled in.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Form {
    issuer: String,
    client_id: String,
    label: String,
    #[serde(default)]
    secret: String,
    version: i64,
}

impl Form {
    fn of(view: &SignOnView) -> Self {
        Self {
            issuer: view.issuer.clone().unwrap_or_default(),
            client_id: view.client_id.clone(),
            label: view.label.clone(),
            secret: String::new(),
            version: view.version,
        }
    }
}

/// What was wrong: the field, and a detail in the words of who answered.
struct Wrong {
    field: &'static str,
    detail: String,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.sign_on(&session.actor).await?;
    let given = Form::of(&view);
    let content = content(&session, &view, &given, None);
    shown(framed(&session, &content, asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, mut form } = posted;
    session.fresh(&app, HERE)?;
    let change = SignOnChange {
        issuer: form.issuer.clone(),
        client_id: form.client_id.clone(),
        label: form.label.clone(),
        secret: Some(form.secret.clone()),
        version: form.version,
    };
    match app.change_sign_on(&session.actor, change).await {
        Ok(_kept) => done("/settings/sign-on?done=sign-on-saved"),
        Err(Error::Invalid { field, reason }) => {
            let view = app.sign_on(&session.actor).await?;
            let detail = reason;
            let content = content(&session, &view, &form, Some(&Wrong { field, detail }));
            wrong(framed(&session, &content, None))
        }
        Err(Error::Conflict(_)) => {
            // What this one typed stays in the form; saving again is a decision.
            let view = app.sign_on(&session.actor).await?;
            form.version = view.version;
            let words = session.words;
            let note = html! {
                section.notice.notice-warn role="alert" {
                    h2 { (words.say("company-conflict")) }
                    p { (words.say("company-conflict-hint")) }
                    p { (view.issuer.as_deref().unwrap_or("–")) }
                }
            };
            let content = html! { (note) (content(&session, &view, &form, None)) };
            let page = framed(&session, &content, None);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Removal {
    version: i64,
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    posted: Posted<ManageSettings, Removal>,
) -> Answer {
    posted.session.fresh(&app, HERE)?;
    app.remove_sign_on(&posted.session.actor, posted.form.version)
        .await?;
    done("/settings/sign-on?done=sign-on-removed")
}

fn framed<P: Power>(session: &Session<P>, content: &Markup, done: Option<&str>) -> Markup {
    let title = session.words.say("settings-sign-on");
    whole(session, HERE, &title, done, content)
}

fn content<P: Power>(
    session: &Session<P>,
    view: &SignOnView,
    given: &Form,
    refused: Option<&Wrong>,
) -> Markup {
    let words = session.words;
    html! {
        h1 { (words.say("settings-sign-on")) }
        p.lead { (words.say("settings-sign-on-lead")) }
        section.card {
            h2 { (words.say("sign-on-there")) }
            p { (words.say("sign-on-there-hint")) }
            (copyable(words, "redirect", &view.redirect_uri))
        }
        section.card {
            h2 { (words.say("sign-on-here")) }
            (form(HERE, &session.token, &fields(words, view, given, refused)))
        }
        @if view.issuer.is_some() {
            section.card {
                h2 { (words.say("sign-on-remove")) }
                p.soft { (words.say("sign-on-remove-hint")) }
                details.second-thought {
                    summary { (words.say("sign-on-remove")) }
                    @let hidden = html! {
                        input type="hidden" name="version" value=(view.version);
                        button.danger.small type="submit" { (words.say("sign-on-remove-confirm")) }
                    };
                    (form("/settings/sign-on/removal", &session.token, &hidden))
                }
            }
        }
    }
}

fn fields(words: Words, view: &SignOnView, given: &Form, refused: Option<&Wrong>) -> Markup {
    let said = |field: &str| {
        let refused = refused.filter(|wrong| wrong.field == field)?;
        let key = format!("sign-on-wrong-{}", field.replace('_', "-"));
        Some(words.fill(&key, [("detail", refused.detail.clone().into())]))
    };
    let faults = ["issuer", "client_id", "secret", "label"].map(said);
    let [issuer_fault, id_fault, secret_fault, label_fault] = &faults;
    let field = |name, key: &str, value, wrong: &'_ Option<String>, most| {
        let label = words.say(key).into_owned();
        let hint = words.say(&format!("{key}-hint")).into_owned();
        (name, label, hint, value, wrong.clone(), most)
    };
    let parts = [
        field(
            "issuer",
            "sign-on-issuer",
            &given.issuer,
            issuer_fault,
            ISSUER_LENGTH_MOST,
        ),
        field(
            "client_id",
            "sign-on-client-id",
            &given.client_id,
            id_fault,
            CLIENT_ID_LENGTH_MOST,
        ),
        field(
            "label",
            "sign-on-label",
            &given.label,
            label_fault,
            LABEL_CHARS_MOST,
        ),
    ];
    let secret_label = words.say("sign-on-secret");
    let secret_hint = words.say(if view.issuer.is_some() {
        "sign-on-secret-kept"
    } else {
        "sign-on-secret-hint"
    });
    let secret = Field {
        name: "secret",
        label: &secret_label,
        hint: Some(&secret_hint),
        wrong: secret_fault.as_deref(),
        length_most: SECRET_LENGTH_MOST,
        ..Field::default()
    };
    html! {
        input type="hidden" name="version" value=(given.version);
        @for (name, label, hint, value, wrong, most) in &parts {
            (Field { name, label, value, hint: Some(hint), wrong: wrong.as_deref(), required: true, length_most: *most }.input())
        }
        (secret.password("off"))
        button type="submit" { (words.say("sign-on-save")) }
    }
}
