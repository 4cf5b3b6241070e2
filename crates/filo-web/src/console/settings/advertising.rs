//! The accounts at platforms of advertising, over which audiences are told.
//!
//! **Invariant:** no page shows a secret.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::audience::{AccountChange, AccountView, PlatformAccount};
use filo_app::{App, Error};
use filo_core::audience::{Credential, Platform};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSettings, Power};
use crate::ui::form::{Field, form, second_thought};

const HERE: &str = "/settings/advertising";
/// Letters of an id.
const ID_LETTERS_MOST: usize = 200;

/// What the form of an account holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Form {
    account: String,
    login_account: String,
    client_id: String,
    version: i64,
    /// The secrets, by `secret_…`: `token` is the form's own.
    #[serde(flatten)]
    secrets: BTreeMap<String, String>,
}

impl Form {
    fn of(view: &AccountView) -> Self {
        let account = view.account.clone().unwrap_or_default();
        Self {
            account: account.account,
            login_account: account.login_account,
            client_id: account.client_id,
            version: view.version,
            secrets: BTreeMap::new(),
        }
    }

    fn change(&self) -> AccountChange {
        let given = Credential::ALL.into_iter().filter_map(|credential| {
            let text = self.secrets.get(&secret_name(credential))?;
            Some((credential, text.clone()))
        });
        AccountChange {
            account: PlatformAccount {
                account: self.account.clone(),
                login_account: self.login_account.clone(),
                client_id: self.client_id.clone(),
            },
            secrets: given.collect(),
            version: self.version,
        }
    }
}

/// A form that was not right: of which platform, with what was typed and why.
struct Refused {
    platform: Platform,
    form: Form,
    field: &'static str,
}

fn platform_of(word: &str) -> Result<Platform, Failure> {
    Platform::from_word(word).ok_or(Failure::Missing)
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ManageSettings>,
    Query(asked): Query<Asked>,
) -> Answer {
    let views = app.audience_accounts(&session.actor).await?;
    let content = content(session.words, &views, &session.token, None);
    shown(framed(&session, asked.done.as_deref(), &content))
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    Path(platform): Path<String>,
    posted: Posted<ManageSettings, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let platform = platform_of(&platform)?;
    session.fresh(&app, HERE)?;
    let change = form.change();
    match app
        .change_audience_account(&session.actor, platform, change)
        .await
    {
        Ok(_) => done(&format!("{HERE}?done=advertising-saved")),
        Err(Error::Invalid { field, .. }) => {
            let views = app.audience_accounts(&session.actor).await?;
            let refused = Refused {
                platform,
                form,
                field,
            };
            let content = content(session.words, &views, &session.token, Some(&refused));
            wrong(framed(&session, None, &content))
        }
        Err(Error::Conflict(_)) => conflict(&app, &session, "advertising-stale").await,
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(platform): Path<String>,
    posted: Posted<ManageSettings, Nothing>,
) -> Answer {
    let session = posted.session;
    let platform = platform_of(&platform)?;
    session.fresh(&app, HERE)?;
    match app.remove_audience_account(&session.actor, platform).await {
        Ok(()) => done(&format!("{HERE}?done=advertising-removed")),
        Err(Error::Conflict(_)) => conflict(&app, &session, "advertising-used").await,
        Err(other) => Err(other.into()),
    }
}

/// The page as it stands, with why something was not done.
async fn conflict(app: &App, session: &Session<ManageSettings>, key: &str) -> Answer {
    let views = app.audience_accounts(&session.actor).await?;
    let content = html! {
        p.notice.notice-bad role="alert" { (session.words.say(key)) }
        (content(session.words, &views, &session.token, None))
    };
    let page = framed(session, None, &content);
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn framed<P: Power>(session: &Session<P>, done: Option<&str>, content: &Markup) -> Markup {
    let title = session.words.say("settings-advertising");
    whole(session, HERE, &title, done, content)
}

fn content(words: Words, views: &[AccountView], token: &str, refused: Option<&Refused>) -> Markup {
    html! {
        h1 { (words.say("settings-advertising")) }
        p.lead { (words.say("settings-advertising-lead")) }
        p { (words.say("advertising-hint")) " " a href="/audiences" { (words.say("place-audiences")) } }
        @for view in views {
            (account(words, view, token, refused.filter(|it| it.platform == view.platform)))
        }
    }
}

fn account(words: Words, view: &AccountView, token: &str, refused: Option<&Refused>) -> Markup {
    let own = Form::of(view);
    let given = refused.map_or(&own, |it| &it.form);
    let platform = view.platform;
    let word = platform.word();
    let (class, key) = match &view.account {
        Some(_) => ("badge badge-good", "advertising-on"),
        None => ("badge", "advertising-off"),
    };
    let action = format!("{HERE}/{word}");
    html! {
        section.card {
            div.head {
                h2 { (platform.name()) }
                span class=(class) { (words.say(key)) }
            }
            p.hint { (words.say(&format!("advertising-how-{word}"))) }
            details open[refused.is_some() || view.account.is_none()] {
                summary { (words.say("advertising-account")) }
                (form(&action, token, &html! {
                    input type="hidden" name="version" value=(view.version);
                    @if platform == Platform::Google {
                        (id_field(words, "account", &given.account, refused))
                        (id_field(words, "login_account", &given.login_account, refused))
                        (id_field(words, "client_id", &given.client_id, refused))
                    }
                    @for credential in platform.credentials() {
                        (secret_field(words, view, *credential, refused))
                    }
                    button type="submit" { (words.say("advertising-save")) }
                }))
            }
            @if view.account.is_some() {
                @if view.audiences > 0 {
                    p.about { (words.fill("advertising-carries", [("count", view.audiences.into())])) }
                } @else {
                    (second_thought(&format!("{action}/removal"), token, &words.say("advertising-remove"), &words.say("advertising-remove-confirm")))
                }
            }
        }
    }
}

fn wrong_words(words: Words, refused: Option<&Refused>, field: &str) -> Option<String> {
    refused.filter(|it| it.field == field)?;
    let key = format!("advertising-wrong-{}", field.replace('_', "-"));
    words.look_up(&key).map(std::borrow::Cow::into_owned)
}

fn id_field(words: Words, name: &str, value: &str, refused: Option<&Refused>) -> Markup {
    let key = name.replace('_', "-");
    let (wrong, hint) = (
        wrong_words(words, refused, name),
        words.look_up(&format!("advertising-{key}-hint")),
    );
    let field = Field {
        name,
        label: &words.say(&format!("advertising-{key}")),
        value,
        hint: hint.as_deref(),
        wrong: wrong.as_deref(),
        length_most: ID_LETTERS_MOST,
        ..Field::default()
    };
    field.input()
}

/// The name of a secret's field.
fn secret_name(credential: Credential) -> String {
    format!("secret_{}", credential.word())
}

fn secret_field(
    words: Words,
    view: &AccountView,
    credential: Credential,
    refused: Option<&Refused>,
) -> Markup {
    let wrong = wrong_words(words, refused, credential.word());
    let is_kept = view.has.contains(&credential);
    let hint = is_kept.then(|| words.say("advertising-secret-kept"));
    let key = credential.word().replace('_', "-");
    let name = secret_name(credential);
    let field = Field {
        name: &name,
        label: &words.say(&format!("advertising-{key}")),
        hint: hint.as_deref(),
        wrong: wrong.as_deref(),
        ..Field::default()
    };
    field.password("off")
}
