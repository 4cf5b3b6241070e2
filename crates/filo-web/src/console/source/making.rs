//! A new source: choose what it is, give it a name; the answer is its page with the key.

use axum::extract::State;
use filo_app::{App, NewSource, SourceKind};
use maud::{Markup, html};
use serde::Deserialize;

use super::NAME_LENGTH_MOST;
use super::{Made, frame, page};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSources, Power};
use crate::ui::form::{Field, form as posting};
use crate::ui::icon::Icon;
use crate::ui::page::page as framed;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct NewForm {
    name: String,
    #[serde(default)]
    kind: String,
}

pub(in crate::console) async fn form(session: Session<ManageSources>) -> Answer {
    let empty = NewForm {
        kind: SourceKind::Web.word().to_owned(),
        ..NewForm::default()
    };
    shown(whole(&session, &empty, None))
}

pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageSources, NewForm>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, "/sources/new")?;
    let Some(kind) = SourceKind::of_word(&form.kind) else {
        return wrong(whole(&session, &form, Some("wrong-kind")));
    };
    let new = NewSource {
        name: form.name.clone(),
        kind,
    };
    match app.create_source(&session.actor, new).await {
        Ok(key) => page::with_key(&app, &session, Made { key }).await,
        Err(filo_app::Error::Invalid { .. }) => wrong(whole(&session, &form, Some("wrong-name"))),
        Err(other) => Err(other.into()),
    }
}

fn whole<P: Power>(session: &Session<P>, form: &NewForm, problem: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("source-new");
    framed(
        &frame(session, &title, None),
        &content(words, form, problem, &session.token),
    )
}

fn content(words: Words, form: &NewForm, problem: Option<&str>, token: &str) -> Markup {
    let said = problem.map(|key| words.say(key));
    let wrong_kind = said.as_deref().filter(|_| problem == Some("wrong-kind"));
    let fields = html! {
        fieldset.field {
            legend { (words.say("source-what")) }
            div.choices {
                @for kind in SourceKind::ALL { (choice(words, kind, form.kind == kind.word())) }
            }
            @if let Some(wrong) = wrong_kind { p.wrong { (wrong) } }
        }
        (Field {
            name: "name",
            label: &words.say("new-name"),
            value: &form.name,
            hint: Some(&words.say("new-name-hint")),
            wrong: said.as_deref().filter(|_| problem == Some("wrong-name")),
            required: true,
            length_most: NAME_LENGTH_MOST,
        }.input())
        div.actions {
            button type="submit" { (words.say("source-create")) }
            a.button.plain href="/sources" { (words.say("cancel")) }
        }
    };
    html! {
        div {
            a.back href="/sources" { (Icon::Back.draw()) (words.say("place-sources")) }
            h1 { (words.say("source-new")) }
            p.lead { (words.say("source-new-lead")) }
        }
        (posting("/sources", token, &fields))
    }
}

fn choice(words: Words, kind: SourceKind, chosen: bool) -> Markup {
    let icon = match kind {
        SourceKind::Web => Icon::Sources,
        SourceKind::App => Icon::Phone,
        SourceKind::Server => Icon::Shop,
        SourceKind::Ga4 => Icon::List,
        SourceKind::CloudEvents => Icon::Flow,
    };
    let word = kind.word();
    html! {
        label.choice {
            input type="radio" name="kind" value=(word) checked[chosen];
            (icon.draw())
            span {
                strong { (words.say(&format!("source-kind-{word}"))) }
                span.about { (words.say(&format!("source-kind-{word}-hint"))) }
            }
        }
    }
}
