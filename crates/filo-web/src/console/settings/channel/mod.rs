//! Channels: over which account text messages and the like leave, with a test and what to copy
//! where.
//!
//! **Invariant:** no page shows a secret.

mod form;
mod shown;
mod site;
mod view;

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::channel::{ChannelTested, ChannelView};
use filo_app::{App, Error};
use filo_core::message::Medium;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use self::form::Form;
use super::{Asked, whole};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::right::{ManageSettings, Power};
use crate::verdict::medium_name;

pub(in crate::console) use shown::preview;

const HERE: &str = "/settings/channels";

/// A field and the word of what is wrong with it.
type Wrong = (&'static str, String);

/// What the page of a channel shows.
struct Page {
    view: ChannelView,
    /// The address under which sites reach Filo.
    base: String,
    form: Form,
    wrong: Option<Wrong>,
    /// To whom a test was to go.
    to: String,
    tested: Option<ChannelTested>,
}

impl Page {
    async fn load<P: Power>(
        app: &App,
        session: &Session<P>,
        medium: Medium,
    ) -> Result<Self, Error> {
        let view = app.channel(&session.actor, medium).await?;
        Ok(Self {
            form: Form::of(&view),
            base: app.config().public_url.clone(),
            view,
            wrong: None,
            to: String::new(),
            tested: None,
        })
    }
}

/// Which carrier somebody looks at, where there are several.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Looked {
    done: Option<String>,
    carrier: Option<String>,
}

/// The medium of an address.
fn medium_of(word: &str) -> Result<Medium, Failure> {
    Medium::from_word(word).ok_or(Failure::Missing)
}

const fn address(medium: Medium) -> &'static str {
    match medium {
        Medium::Sms => "/settings/channels/sms",
        Medium::Whatsapp => "/settings/channels/whatsapp",
        Medium::Telegram => "/settings/channels/telegram",
        Medium::Push => "/settings/channels/push",
        Medium::InApp => "/settings/channels/in_app",
        Medium::Email | Medium::Call | Medium::Counter => HERE,
    }
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let views = app.channels(&session.actor).await?;
    let title = session.words.say("settings-channels");
    let content = view::list(session.words, &views);
    let page = whole(&session, HERE, &title, asked.done.as_deref(), &content);
    shown(page)
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Path(medium): Path<String>,
    Query(asked): Query<Looked>,
) -> Answer {
    let mut page = Page::load(&app, &session, medium_of(&medium)?).await?;
    if let Some(carrier) = asked.carrier {
        page.form = page.form.with(&carrier, page.view.medium);
    }
    shown(framed(&session, &page, asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    Path(medium): Path<String>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let medium = medium_of(&medium)?;
    let here = address(medium);
    session.fresh(&app, here)?;
    let changed = match form.change() {
        Ok(change) => app.change_channel(&session.actor, medium, change).await,
        Err((field, reason)) => Err(Error::invalid(field, reason)),
    };
    match changed {
        Ok(_saved) => done(&format!("{here}?done=channel-saved")),
        Err(Error::Invalid { field, reason }) => {
            let mut page = Page::load(&app, &session, medium).await?;
            page.form = form.mended(medium);
            page.wrong = Some((field, reason));
            wrong(framed(&session, &page, None))
        }
        Err(Error::Conflict(_)) => {
            let mut page = Page::load(&app, &session, medium).await?;
            // What the other one wrote is in force; what this one typed stays in the form.
            let version = page.view.version;
            page.form = Form { version, ..form }.mended(medium);
            let words = session.words;
            let note = html! {
                section.notice.notice-warn role="alert" {
                    h2 { (words.say("mail-conflict")) }
                    p { (words.say("mail-conflict-hint")) }
                }
            };
            let content = html! { (note) (view::content(&session, &page)) };
            let title = medium_name(words, medium);
            let page = whole(&session, HERE, &title, None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(in crate::console) async fn connect(
    State(app): State<App>,
    Path(medium): Path<String>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    switch(&app, &posted.session, &medium, true).await
}

pub(in crate::console) async fn disconnect(
    State(app): State<App>,
    Path(medium): Path<String>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    switch(&app, &posted.session, &medium, false).await
}

async fn switch(
    app: &App,
    session: &Session<ManageSettings>,
    medium: &str,
    is_connected: bool,
) -> Answer {
    let medium = medium_of(medium)?;
    let here = address(medium);
    session.fresh(app, here)?;
    app.switch_channel(&session.actor, medium, is_connected)
        .await?;
    let word = if is_connected {
        "connected"
    } else {
        "disconnected"
    };
    done(&format!("{here}?done=channel-{word}"))
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(medium): Path<String>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    let session = posted.session;
    let medium = medium_of(&medium)?;
    let here = address(medium);
    session.fresh(&app, here)?;
    app.remove_channel(&session.actor, medium).await?;
    done(&format!("{here}?done=channel-removed"))
}

/// To whom a test goes.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct TestForm {
    #[serde(default)]
    to: String,
}

/// Sends a test. The answer is the page itself, because it alone tells how it ended.
pub(in crate::console) async fn test(
    State(app): State<App>,
    Path(medium): Path<String>,
    posted: Posted<ManageSettings, TestForm>,
) -> Answer {
    let Posted { session, form } = posted;
    let medium = medium_of(&medium)?;
    let mut page = Page::load(&app, &session, medium).await?;
    page.to.clone_from(&form.to);
    match app.test_channel(&session.actor, medium, &form.to).await {
        Ok(tested) => page.tested = Some(tested),
        Err(Error::Invalid { field, reason }) => {
            page.wrong = Some((field, reason));
            return wrong(framed(&session, &page, None));
        }
        Err(other) => return Err(other.into()),
    }
    shown(framed(&session, &page, None))
}

fn framed<P: Power>(session: &Session<P>, page: &Page, done: Option<&str>) -> Markup {
    let title = medium_name(session.words, page.view.medium);
    whole(session, HERE, &title, done, &view::content(session, page))
}
