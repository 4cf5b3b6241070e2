//! One's own account: name, language, password, sessions, and proving once more who one is.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use filo_app::monday::MondayReader;
use filo_app::{App, Error, Language, NAME_CHARS_MOST, SessionView, UserView};
use filo_core::access::Right;
use filo_core::id::SessionId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::invitation::new_password;
use super::login::{From, PASSWORD_LENGTH_MOST, carry};
use super::monday;
use super::posted::Posted;
use super::session::{Session, inside};
use super::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::{Enrolling, Own};
use crate::ui::device;
use crate::ui::form::{Field, button_form, form, second_thought};
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// What the page shows.
struct Account {
    user: Option<UserView>,
    sessions: Vec<SessionView>,
    /// The company's own directory: its name, and since when the account is linked to it.
    directory: Option<(String, Option<Timestamp>)>,
    /// How one gets the Monday page by mail.
    monday: Option<MondayReader>,
    /// A field that was wrong, with what is wrong.
    problem: Option<(&'static str, String)>,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<Own>,
    Query(asked): Query<Asked>,
) -> Answer {
    let account = load(&app, &session).await?;
    shown(whole(&session, &account, asked.done.as_deref()))
}

async fn load<P>(app: &App, session: &Session<P>) -> Result<Account, Failure> {
    let directory = match app.sign_on_label().await? {
        Some(label) => Some((label, app.own_sign_on(&session.actor).await?)),
        None => None,
    };
    Ok(Account {
        directory,
        user: app.own_account(&session.actor).await?,
        sessions: app.own_sessions(&session.actor).await?,
        monday: match session.actor.user {
            Some(_) => app.own_monday(&session.actor).await?,
            None => None,
        },
        problem: None,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Change {
    person: String,
    language: String,
}

pub(super) async fn change(State(app): State<App>, posted: Posted<Own, Change>) -> Answer {
    let Posted { session, form } = posted;
    let language = Language::from_tag(&form.language).unwrap_or_default();
    match app.change_own(&session.actor, &form.person, language).await {
        Ok(()) => done(&format!(
            "/account?done=account-saved&lang={}",
            language.tag()
        )),
        Err(error) => refused(&app, &session, error).await,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PasswordChange {
    old: String,
    password: String,
}

pub(super) async fn change_password(
    State(app): State<App>,
    posted: Posted<Own, PasswordChange>,
) -> Answer {
    let Posted { session, form } = posted;
    let changed = app.change_password(&session.actor, &form.old, &form.password);
    match changed.await {
        Ok(opened) => {
            let mut response = Redirect::to("/account?done=password-changed").into_response();
            carry(&mut response, &app, &opened);
            Ok(response)
        }
        Err(error) => refused(&app, &session, error).await,
    }
}

/// The page again, with what was wrong beside its field.
async fn refused<P>(app: &App, session: &Session<P>, error: Error) -> Answer {
    let Error::Invalid { field, reason } = error else {
        return Err(error.into());
    };
    let words = session.words;
    let key = match field {
        "password" => format!("password-{reason}"),
        other => format!("wrong-{other}"),
    };
    let mut account = load(app, session).await?;
    account.problem = Some((field, words.say(&key).into_owned()));
    wrong(whole(session, &account, None))
}

pub(super) async fn end_session(
    State(app): State<App>,
    Path(session): Path<String>,
    posted: Posted<Own, Nothing>,
) -> Answer {
    let session: SessionId = id(&session)?;
    app.end_session(&posted.session.actor, session).await?;
    done("/account?done=session-ended")
}

pub(super) async fn end_others(State(app): State<App>, posted: Posted<Own, Nothing>) -> Answer {
    app.end_other_sessions(&posted.session.actor).await?;
    done("/account?done=session-ended")
}

#[derive(Debug, Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

/// Asks for the password once more.
pub(super) async fn ask(session: Session<Enrolling>, Query(asked): Query<Next>) -> Answer {
    shown(confirm_page(&session, asked.next.as_deref(), None))
}

#[derive(Debug, Deserialize)]
pub(super) struct Confirmation {
    #[serde(default)]
    password: String,
    next: Option<String>,
}

pub(super) async fn confirm(
    State(app): State<App>,
    From(visit): From,
    posted: Posted<Enrolling, Confirmation>,
) -> Answer {
    let Posted { session, form } = posted;
    let next = inside(form.next.as_deref());
    if app
        .confirm_password(&session.actor, &form.password, &visit)
        .await?
    {
        return done(next);
    }
    let problem = session.words.say("wrong-old");
    wrong(confirm_page(&session, Some(next), Some(&problem)))
}

fn confirm_page(session: &Session<Enrolling>, next: Option<&str>, problem: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("confirm-title");
    let password = Field {
        name: "password",
        label: &words.say("login-password"),
        wrong: problem,
        required: true,
        length_most: PASSWORD_LENGTH_MOST,
        ..Field::default()
    };
    let fields = html! {
        @if let Some(next) = next { input type="hidden" name="next" value=(next); }
        (password.password("current-password"))
        button type="submit" { (words.say("confirm-do")) }
    };
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            @if session.actor.user.is_some() {
                p { (words.say("confirm-lead")) }
                (form("/account/confirm", &session.token, &fields))
                p.soft { (words.say("sign-on-confirm")) }
            } @else {
                p { (words.say("confirm-operator")) }
            }
        }
    };
    framed(session, &title, &content, None)
}

/// A page of the account.
pub(super) fn framed<P>(
    session: &Session<P>,
    title: &str,
    content: &Markup,
    done: Option<&str>,
) -> Markup {
    let frame = Frame {
        words: session.words,
        title,
        place: Some(Place::Settings),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    };
    page(&frame, content)
}

fn whole<P>(session: &Session<P>, account: &Account, done: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("account-title");
    let content = html! {
        div {
            h1 { (title) }
            @if let Some(user) = &account.user {
                p.soft { (user.email) " · " (words.say(&format!("role-{}", user.role.word()))) }
            }
        }
        @match &account.user {
            Some(user) => {
                (about_me(words, session, account, user))
                (monday::card(words, &session.token, account.monday.as_ref()))
                (password(words, session, account))
                section.card {
                    h2 { (words.say("factor-title")) }
                    @let state = if user.has_second_factor { "factor-on" } else { "factor-off" };
                    p { (words.say(state)) " " a href="/account/second-factor" { (words.say("factor-open")) } }
                }
                @if let Some((label, since)) = &account.directory {
                    (directory(words, session, label, *since))
                }
                (sessions(words, session, account))
            },
            None => p { (words.say("account-operator")) },
        }
        @if session.actor.may(Right::ManageUsers) {
            p { a.button.quiet href="/users" { (words.say("users-title")) } }
        }
    };
    framed(session, &title, &content, done)
}

fn directory<P>(
    words: Words,
    session: &Session<P>,
    label: &str,
    since: Option<Timestamp>,
) -> Markup {
    let named = |key| words.fill(key, [("label", label.to_owned().into())]);
    html! {
        section.card {
            h2 { (words.say("sign-on-title")) }
            @match since {
                Some(since) => {
                    @let date = words.date_time(since);
                    p { (words.fill("sign-on-on", [("date", date.into()), ("label", label.to_owned().into())])) }
                    (second_thought("/account/sign-on/removal", &session.token,
                        &words.say("sign-on-unlink"), &words.say("sign-on-unlink-confirm")))
                },
                None => {
                    p { (named("sign-on-off")) }
                    (button_form("/account/sign-on", &session.token, &[], &named("sign-on-link"), "quiet"))
                },
            }
        }
    }
}

fn about_me<P>(words: Words, session: &Session<P>, account: &Account, user: &UserView) -> Markup {
    let problem = |field| account.problem.as_ref().filter(|(of, _)| *of == field);
    let name = Field {
        name: "person",
        label: &words.say("account-name"),
        value: &user.name,
        hint: Some(&words.say("account-name-hint")),
        wrong: problem("person").map(|(_, text)| &**text),
        required: true,
        length_most: NAME_CHARS_MOST,
    };
    let language = Field {
        name: "language",
        label: &words.say("account-language"),
        value: user.language.tag(),
        ..Field::default()
    };
    let fields = html! {
        (name.input())
        (language.select(&[("it", "Italiano"), ("en", "English")]))
        button type="submit" { (words.say("account-save")) }
    };
    html! { section.card { h2 { (words.say("account-me")) } (form("/account", &session.token, &fields)) } }
}

fn password<P>(words: Words, session: &Session<P>, account: &Account) -> Markup {
    let problem = |field| {
        let found = account.problem.as_ref().filter(|(of, _)| *of == field);
        found.map(|(_, text)| &**text)
    };
    let old = Field {
        name: "old",
        label: &words.say("password-old"),
        wrong: problem("old"),
        required: true,
        length_most: PASSWORD_LENGTH_MOST,
        ..Field::default()
    };
    let fields = html! {
        (old.password("current-password"))
        (new_password(words, problem("password")))
        button type="submit" { (words.say("password-change")) }
    };
    html! {
        section.card {
            h2 { (words.say("login-password")) }
            p.soft { (words.say("password-change-hint")) }
            (form("/account/password", &session.token, &fields))
        }
    }
}

fn sessions<P>(words: Words, session: &Session<P>, account: &Account) -> Markup {
    html! {
        section.card {
            h2 { (words.say("sessions-title")) }
            ul.list {
                @for known in &account.sessions {
                    li.line {
                        div {
                            p.value title=(display::line(&known.agent)) { (device::name(&known.agent)) }
                            p.about { (words.fill("session-seen", [("date", words.date_time(known.last_seen_at).into())])) }
                        }
                        @if Some(known.id) == session.actor.session {
                            span.badge.badge-accent { (words.say("session-this")) }
                        } @else {
                            @let action = format!("/account/sessions/{}/end", known.id);
                            (button_form(&action, &session.token, &[], &words.say("session-end"), "quiet small"))
                        }
                    }
                }
            }
            @if account.sessions.len() > 1 {
                (button_form("/account/sessions/end-others", &session.token, &[], &words.say("session-end-others"), "quiet"))
            }
        }
    }
}
