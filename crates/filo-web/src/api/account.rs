//! One's own account, for who comes with the text of a session; a key has none.

use axum::extract::State;
use axum::response::Response;
use filo_app::{App, Error, Language, UserView};
use filo_core::id::UserId;
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::idempotency::Repetition;
use super::power::Bearer;
use super::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::Own;

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub(crate) struct AccountOut {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<UserId>,
    /// What people call one.
    name: String,
    /// Where one logs in with.
    email: String,
    /// The role.
    role: &'static str,
    /// In which language one reads.
    language: &'static str,
    /// Whether one can come in with a password.
    has_password: bool,
    /// Whether a second factor is asked for.
    has_second_factor: bool,
    /// Recovery codes that are unused; null without a second factor.
    recovery_codes_left: Option<i64>,
    /// Since when the company's directory is a way in.
    #[schema(value_type = Option<String>, format = DateTime)]
    signs_on_since: Option<Text<Timestamp>>,
}

/// Another name and language; absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountIn {
    /// Up to 60 characters.
    name: Option<String>,
    /// `it` or `en`.
    language: Option<String>,
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordIn {
    /// The password so far.
    old: String,
    /// The new one: at least 12 characters.
    new: String,
}

/// A session that goes on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionOut {
    /// Its text, in the place of the one before: the only moment it is known.
    session: String,
}

/// One's own account; 404 for a key, which has none.
#[utoipa::path(
    get, path = "/account", tag = "users",
    responses((status = 200, body = AccountOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_account(State(app): State<App>, key: Bearer<Own>) -> Answer {
    account(&app, &key).await
}

async fn own(app: &App, key: &Bearer<Own>) -> Result<UserView, Problem> {
    let user = app.own_account(&key.actor).await?;
    Ok(user.ok_or(Error::Missing("account"))?)
}

async fn account(app: &App, key: &Bearer<Own>) -> Answer {
    let user = own(app, key).await?;
    let codes = if user.has_second_factor {
        Some(app.recovery_codes_left(&key.actor).await?)
    } else {
        None
    };
    ok(&AccountOut {
        id: Text(user.id),
        role: user.role.word(),
        language: user.language.tag(),
        name: user.name,
        email: user.email,
        has_password: user.has_password,
        has_second_factor: user.has_second_factor,
        recovery_codes_left: codes,
        signs_on_since: app.own_sign_on(&key.actor).await?.map(Text),
    })
}

/// Changes one's own name and language.
#[utoipa::path(
    patch, path = "/account", tag = "users", request_body = AccountIn,
    responses((status = 200, body = AccountOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_account(
    State(app): State<App>,
    key: Bearer<Own>,
    Body(asked): Body<AccountIn>,
) -> Answer {
    let user = own(&app, &key).await?;
    let language = match asked.language {
        None => user.language,
        Some(tag) => Language::from_tag(&tag)
            .ok_or_else(|| Problem::invalid("language", "must be `it` or `en`"))?,
    };
    let name = asked.name.unwrap_or(user.name);
    app.change_own(&key.actor, &name, language).await?;
    account(&app, &key).await
}

/// Changes one's own password; every other session ends, and this one goes on under another text.
#[utoipa::path(
    post, path = "/account/password", tag = "users", request_body = PasswordIn,
    responses((status = 200, body = SessionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_password(
    State(app): State<App>,
    key: Bearer<Own>,
    Body(asked): Body<PasswordIn>,
) -> Answer {
    let opened = app
        .change_password(&key.actor, &asked.old, &asked.new)
        .await?;
    let mut response: Response = ok(&SessionOut {
        session: opened.text,
    })?;
    response.extensions_mut().insert(already_shown());
    Ok(response)
}

/// A repeated request gets this in place of the session.
fn already_shown() -> Repetition {
    let body = serde_json::json!({
        "type": "/problems/key_already_shown", "code": "key_already_shown", "status": 409,
        "title": "The session was shown already",
        "detail": "the first request changed the password; if the session's text was lost, log in",
    });
    Repetition {
        status: StatusCode::CONFLICT,
        body: body.to_string(),
    }
}
