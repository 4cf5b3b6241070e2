//! The mailbox to which mail comes back: where it is, a test, looking into it, and how that went.
//!
//! **Invariant:** no page shows the password.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::mail::{FetchedReturns, MailboxFault, Opened, ReturnBoxChange, ReturnBoxView};
use filo_app::{App, Error};
use filo_core::mail::{Afterwards, RETURN_BOX_VERSION, ReturnBox, Security, Server};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::{Asked, whole};
use super::{HERE as MAIL, Nothing};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;
use crate::ui::shown as display;

const HERE: &str = "/settings/mail/return-box";
const SAID_LETTERS_MOST: usize = 1_000;

/// What the form holds, as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    is_on: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    port: String,
    #[serde(default)]
    security: String,
    #[serde(default)]
    own_relay: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    folder: String,
    #[serde(default)]
    afterwards: String,
    #[serde(default)]
    move_to: String,
    #[serde(default)]
    version: i64,
}

/// What the page shows beside the mailbox.
#[derive(Default)]
struct Around {
    wrong: Option<(&'static str, String)>,
    conflict: bool,
    tried: Option<Result<Opened, MailboxFault>>,
    fetched: Option<FetchedReturns>,
}

impl Form {
    fn of(view: &ReturnBoxView) -> Self {
        let it = &view.settings;
        let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
        Self {
            is_on: yes(it.is_on),
            host: it.server.host.clone(),
            port: it.server.port.to_string(),
            security: it.server.security.word().to_owned(),
            own_relay: yes(it.server.own_relay),
            user: it.server.user.clone(),
            password: String::new(),
            folder: it.folder.clone(),
            afterwards: it.afterwards.word().to_owned(),
            move_to: it.afterwards.folder().to_owned(),
            version: view.version,
        }
    }

    /// What it says, or the field that cannot be read.
    fn change(&self) -> Result<ReturnBoxChange, Error> {
        let port = self.port.trim().parse();
        let port = port.map_err(|_text| Error::invalid("port", "no_port"))?;
        let security = Security::from_word(&self.security);
        let afterwards = Afterwards::from_word(&self.afterwards, &self.move_to);
        Ok(ReturnBoxChange {
            settings: ReturnBox {
                version: RETURN_BOX_VERSION,
                is_on: !self.is_on.is_empty(),
                server: Server {
                    host: self.host.clone(),
                    port,
                    security: security.ok_or_else(|| Error::invalid("security", "in_clear"))?,
                    user: self.user.clone(),
                    own_relay: !self.own_relay.is_empty(),
                },
                folder: self.folder.clone(),
                afterwards: afterwards.ok_or_else(|| Error::invalid("afterwards", "missing"))?,
            },
            password: (!self.password.is_empty()).then(|| self.password.clone()),
            version: self.version,
        })
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.return_box(&session.actor).await?;
    let given = Form::of(&view);
    let page = (&view, &given, Around::default());
    shown(drawn(&session, page, asked.done.as_deref()))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    let changed = match form.change() {
        Ok(change) => app.change_return_box(&session.actor, change).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_saved) => done("/settings/mail/return-box?done=mail-return-box-saved"),
        Err(Error::Invalid { field, reason }) => {
            let view = app.return_box(&session.actor).await?;
            let around = Around {
                wrong: Some((field, reason)),
                ..Around::default()
            };
            wrong(drawn(&session, (&view, &form, around), None))
        }
        Err(Error::Conflict(_)) => {
            // What the other one wrote is in force; what this one typed stays in the form.
            let view = app.return_box(&session.actor).await?;
            let form = Form {
                version: view.version,
                ..form
            };
            let around = Around {
                conflict: true,
                ..Around::default()
            };
            let page = drawn(&session, (&view, &form, around), None);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// Logs in. The answer is the page itself, because it alone tells how it ended.
pub(in crate::console) async fn test(
    State(app): State<App>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    let session = posted.session;
    let around = Around {
        tried: Some(app.test_return_box(&session.actor).await?),
        ..Around::default()
    };
    let view = app.return_box(&session.actor).await?;
    shown(drawn(&session, (&view, &Form::of(&view), around), None))
}

/// Looks into it at once.
pub(in crate::console) async fn fetch(
    State(app): State<App>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    let session = posted.session;
    let around = Around {
        fetched: Some(app.fetch_returns(&session.actor).await?),
        ..Around::default()
    };
    let view = app.return_box(&session.actor).await?;
    shown(drawn(&session, (&view, &Form::of(&view), around), None))
}

fn drawn<P: Power>(
    session: &Session<P>,
    (view, given, around): (&ReturnBoxView, &Form, Around),
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("mail-return-box");
    let content = html! {
        a.back href=(MAIL) { (Icon::Back.draw()) (words.say("settings-mail")) }
        h1 { (title) }
        p.lead { (words.say("mail-return-box-lead")) }
        @if around.conflict {
            section.notice.notice-warn role="alert" {
                h2 { (words.say("mail-conflict")) }
                p { (words.say("mail-conflict-hint")) }
            }
        }
        @if let Some(tried) = &around.tried { (tried_notice(words, tried)) }
        @if let Some(fetched) = &around.fetched { (fetched_notice(words, fetched)) }
        (standing(words, view, &session.token))
        section.card {
            h2 { (words.say("mail-return-box-where")) }
            (form(HERE, &session.token, &fields(words, (view, given), around.wrong.as_ref())))
        }
    };
    whole(session, MAIL, &title, done, &content)
}

fn tried_notice(words: Words, tried: &Result<Opened, MailboxFault>) -> Markup {
    match tried {
        Ok(opened) => html! {
            section.notice.notice-good role="status" {
                h2 { (words.say("mail-return-box-well")) }
                p { (words.fill("mail-return-box-found", [("count", i64::from(opened.messages).into())])) }
            }
        },
        Err(fault) => trouble(words, "mail-return-box-not", &fault.to_string()),
    }
}

fn fetched_notice(words: Words, fetched: &FetchedReturns) -> Markup {
    let (taken, left) = (i64::from(fetched.taken), i64::from(fetched.left_alone));
    html! {
        @match &fetched.fault {
            Some(fault) => (trouble(words, "mail-return-box-broke", fault)),
            None => section.notice.notice-good role="status" {
                h2 { (words.fill("mail-return-box-fetched", [("taken", taken.into()), ("left", left.into())])) }
                @if fetched.has_more { p { (words.say("mail-return-box-more")) } }
            },
        }
    }
}

/// What is in the way, with what the other side said.
fn trouble(words: Words, key: &str, said: &str) -> Markup {
    html! {
        section.notice.notice-warn role="status" {
            h2 { (words.say(key)) }
            p.hint { (words.say("mail-return-box-said")) }
            pre.box tabindex="0" { code { (display::lines(said, SAID_LETTERS_MOST)) } }
        }
    }
}

/// How it went so far, and what there is to press.
fn standing(words: Words, view: &ReturnBoxView, token: &str) -> Markup {
    let state = view.state.as_ref();
    let button = |act: &str, key: &str| {
        let address = format!("{HERE}/{act}");
        button_form(&address, token, &[], &words.say(key), "quiet small")
    };
    html! {
        section.card {
            @if !view.has_password {
                p { (words.say("mail-return-box-none")) }
            } @else {
                p { (words.say(if view.settings.is_on { "mail-return-box-is-on" } else { "mail-return-box-is-off" })) }
                @if let Some(state) = state {
                    @match state.looked_at {
                        Some(at) => p.about { (words.fill("mail-return-box-looked", [
                            ("date", words.date_time(at).into()),
                            ("taken", state.taken.into()),
                            ("left", state.left_alone.into()),
                        ])) },
                        None => p.about { (words.say("mail-return-box-never")) },
                    }
                    @if !state.fault.is_empty() { (trouble(words, "mail-return-box-broke", &state.fault)) }
                    @if state.failures > 0 && view.settings.is_on {
                        p { (words.fill("mail-return-box-again", [("date", words.date_time(state.due_at).into())])) }
                    }
                }
                div.actions {
                    (button("test", "mail-return-box-test"))
                    (button("fetch", "mail-return-box-fetch"))
                    a.button.quiet.small href="/settings/mail/returns" { (words.say("mail-returns")) }
                }
            }
        }
    }
}

fn fields(
    words: Words,
    (view, given): (&ReturnBoxView, &Form),
    wrong: Option<&(&'static str, String)>,
) -> Markup {
    let fault = |name: &str| {
        let (_, reason) = wrong.filter(|(field, _)| *field == name)?;
        let key = format!("mail-wrong-{}", reason.replace('_', "-"));
        Some(words.say(&key).into_owned())
    };
    let text = |name: &'static str, value: &str, key: &str, length_most: usize| {
        let (wrong, hint) = (fault(name), words.look_up(&format!("{key}-hint")));
        Field {
            name,
            label: &words.say(key),
            value,
            hint: hint.as_deref(),
            wrong: wrong.as_deref(),
            length_most,
            ..Field::default()
        }
        .input()
    };
    let choice = |name: &'static str, value: &str, key: &str, options: &[&'static str]| {
        let wrong = fault(name);
        let named: Vec<_> = options
            .iter()
            .map(|option| words.say(&format!("{key}-{option}")))
            .collect();
        let options: Vec<(&str, &str)> = options
            .iter()
            .zip(&named)
            .map(|(option, name)| (*option, &**name))
            .collect();
        Field {
            name,
            label: &words.say(key),
            value,
            wrong: wrong.as_deref(),
            ..Field::default()
        }
        .select(&options)
    };
    html! {
        input type="hidden" name="version" value=(given.version);
        label.check {
            input type="checkbox" name="is_on" value="yes" checked[!given.is_on.is_empty()];
            span { (words.say("mail-return-box-on")) }
        }
        (text("host", &given.host, "mail-return-box-host", 253))
        (text("port", &given.port, "mail-return-box-port", 5))
        (choice("security", &given.security, "mail-security", &["tls", "starttls", "none"]))
        label.check {
            input type="checkbox" name="own_relay" value="yes" checked[!given.own_relay.is_empty()];
            span { (words.say("mail-own-relay")) }
        }
        (text("user", &given.user, "mail-return-box-user", 254))
        (password(words, view, fault("password").as_deref()))
        (text("folder", &given.folder, "mail-return-box-folder", 200))
        (choice("afterwards", &given.afterwards, "mail-return-box-afterwards", &Afterwards::WORDS))
        (text("move_to", &given.move_to, "mail-return-box-move-to", 200))
        button type="submit" { (words.say("save")) }
    }
}

fn password(words: Words, view: &ReturnBoxView, wrong: Option<&str>) -> Markup {
    let hint = if view.has_password {
        "mail-return-box-password-kept"
    } else {
        "mail-return-box-password-hint"
    };
    Field {
        name: "password",
        label: &words.say("mail-password"),
        hint: Some(&words.say(hint)),
        wrong,
        ..Field::default()
    }
    .password("off")
}
