//! Pages that a link opens: the first account, an invitation, a forgotten password.
//!
//! **Invariant:** opening a link changes nothing; a link that does not work says so in one way,
//! whatever the reason.

use axum::Extension;
use axum::extract::{Query, State};
use filo_app::{App, Error, Language, NAME_CHARS_MOST, Newcomer};
use http::Uri;
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::login::{From, PASSWORD_LENGTH_MOST, let_in};
use super::posted::Knock;
use super::session::address_of;
use super::{Answer, done, shown, sign_on, wrong};
use crate::i18n::{self, Words};
use crate::ui::form::Field;
use crate::ui::page::{Frame, page};

#[derive(Debug, Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    key: String,
}

/// What somebody who makes an account sends.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AccountForm {
    key: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

impl AccountForm {
    fn newcomer(&self, words: Words) -> Newcomer {
        Newcomer {
            name: self.person.clone(),
            email: self.email.clone(),
            language: language(words),
            password: self.password.clone(),
        }
    }
}

pub(super) fn language(words: Words) -> Language {
    match words.language {
        i18n::Language::Italian => Language::Italian,
        i18n::Language::English => Language::English,
    }
}

/// A page with the form of an account.
struct Offer<'a> {
    title: &'a str,
    lead: &'a str,
    action: &'a str,
    /// An address that is given and cannot be changed.
    email: Option<&'a str>,
    /// The name of the company's own directory, with which they may come too.
    directory: Option<&'a str>,
}

/// The first account, after the first start.
pub(super) fn welcome_page(words: Words, key: &str, address: &str) -> Markup {
    let form = AccountForm {
        key: key.to_owned(),
        ..AccountForm::default()
    };
    account_page(words, &FIRST, &form, (Some(address), None))
}

const FIRST: Offer<'static> = Offer {
    title: "welcome-title",
    lead: "welcome-lead",
    action: "/welcome",
    email: None,
    directory: None,
};

pub(super) async fn make_owner(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Knock(form): Knock<AccountForm>,
) -> Answer {
    match app
        .make_owner(&form.key, form.newcomer(words), &visit)
        .await
    {
        Ok(opened) => Ok(let_in(&app, &opened.ok_or(Failure::DeadLink)?, None)),
        Err(Error::Invalid { field, reason }) => {
            let problem = (field, reason);
            wrong(account_page(words, &FIRST, &form, (None, Some(&problem))))
        }
        Err(other) => Err(other.into()),
    }
}

/// The form of an invitation.
pub(super) async fn invited(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Query(link): Query<Link>,
    uri: Uri,
) -> Answer {
    let invite = app.invite_of_link(&link.key, &visit).await?;
    let invite = invite.ok_or(Failure::DeadLink)?;
    let form = AccountForm {
        key: link.key,
        ..AccountForm::default()
    };
    let address = address_of(&uri);
    let directory = app.sign_on_label().await?;
    let offer = invitation(&invite.email, directory.as_deref());
    shown(account_page(words, &offer, &form, (Some(&address), None)))
}

fn invitation<'a>(email: &'a str, directory: Option<&'a str>) -> Offer<'a> {
    Offer {
        title: "invited-title",
        lead: "invited-lead",
        action: "/invite",
        email: Some(email),
        directory,
    }
}

pub(super) async fn accept(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Knock(form): Knock<AccountForm>,
) -> Answer {
    match app
        .accept_invite(&form.key, form.newcomer(words), &visit)
        .await
    {
        Ok(opened) => Ok(let_in(&app, &opened.ok_or(Failure::DeadLink)?, None)),
        Err(Error::Invalid { field, reason }) => {
            let invite = app.invite_of_link(&form.key, &visit).await?;
            let invite = invite.ok_or(Failure::DeadLink)?;
            let problem = (field, reason);
            let directory = app.sign_on_label().await?;
            let offer = invitation(&invite.email, directory.as_deref());
            wrong(account_page(words, &offer, &form, (None, Some(&problem))))
        }
        Err(other) => Err(other.into()),
    }
}

/// The form for a new password.
pub(super) async fn forgotten(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Query(link): Query<Link>,
) -> Answer {
    if !app.is_password_link(&link.key, &visit).await? {
        return Err(Failure::DeadLink);
    }
    shown(reset_page(words, &link.key, None))
}

#[derive(Debug, Deserialize)]
pub(super) struct NewPassword {
    key: String,
    password: String,
}

pub(super) async fn set_password(
    State(app): State<App>,
    Extension(words): Extension<Words>,
    From(visit): From,
    Knock(form): Knock<NewPassword>,
) -> Answer {
    match app
        .set_password_with_link(&form.key, &form.password, &visit)
        .await
    {
        Ok(true) => done("/login?done=password-set"),
        Ok(false) => Err(Failure::DeadLink),
        Err(Error::Invalid { reason, .. }) => {
            let problem = words.say(&format!("password-{reason}"));
            wrong(reset_page(words, &form.key, Some(&problem)))
        }
        Err(other) => Err(other.into()),
    }
}

fn reset_page(words: Words, key: &str, problem: Option<&str>) -> Markup {
    let title = words.say("reset-title");
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            form.form method="post" action="/reset" {
                input type="hidden" name="key" value=(key);
                (new_password(words, problem))
                button type="submit" { (words.say("reset-do")) }
            }
        }
    };
    page(&Frame::bare(words, &title), &content)
}

fn account_page(
    words: Words,
    offer: &Offer<'_>,
    form: &AccountForm,
    (address, problem): (Option<&str>, Option<&(&str, String)>),
) -> Markup {
    let title = words.say(offer.title);
    let frame = Frame {
        address,
        ..Frame::bare(words, &title)
    };
    let said = |field: &str| {
        problem
            .filter(|(of, _)| *of == field)
            .map(|_| words.say(&format!("wrong-{field}")))
    };
    let (wrong_name, wrong_email) = (said("person"), said("email"));
    let defect = problem.filter(|(of, _)| *of == "password");
    let wrong_password = defect.map(|(_, reason)| words.say(&format!("password-{reason}")));
    let name = Field {
        name: "person",
        label: &words.say("account-name"),
        value: &form.person,
        hint: Some(&words.say("account-name-hint")),
        wrong: wrong_name.as_deref(),
        required: true,
        length_most: NAME_CHARS_MOST,
    };
    let email = Field {
        name: "email",
        label: &words.say("login-email"),
        value: &form.email,
        wrong: wrong_email.as_deref(),
        required: true,
        length_most: 254,
        ..Field::default()
    };
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            p { (words.say(offer.lead)) }
            form.form method="post" action=(offer.action) {
                input type="hidden" name="key" value=(form.key);
                (name.input())
                @match offer.email {
                    Some(given) => p { (words.say("login-email")) ": " strong { (given) } },
                    None => (email.input()),
                }
                (new_password(words, wrong_password.as_deref()))
                button type="submit" { (words.say("account-make")) }
            }
            @if let Some(label) = offer.directory {
                (sign_on::door(words, label, "/invite/sign-on", ("key", Some(&form.key))))
            }
        }
    };
    page(&frame, &content)
}

pub(super) fn new_password(words: Words, problem: Option<&str>) -> Markup {
    Field {
        name: "password",
        label: &words.say("password-new"),
        hint: Some(&words.say("password-hint")),
        wrong: problem,
        required: true,
        length_most: PASSWORD_LENGTH_MOST,
        ..Field::default()
    }
    .password("new-password")
}
