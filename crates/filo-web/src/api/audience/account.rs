//! The accounts over which audiences are told.
//!
//! **Invariant:** no answer holds a secret.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use filo_app::audience::{AccountChange, PlatformAccount};
use filo_app::{App, Error};
use filo_core::audience::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::out::AccountOut;
use crate::api::answer::{Answer, done, ok};
use crate::api::paging::Page;
use crate::api::power::Bearer;
use crate::api::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageSettings;

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_accounts))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_account, remove_account))
}

/// An account at a platform, in the place of the one there is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AudienceAccountChange)]
pub(crate) struct AccountIn {
    /// Google: the id of the advertising account that has the lists.
    #[serde(default)]
    account: String,
    /// Google: the id of the account over it through which one comes in; empty: none.
    #[serde(default)]
    login_account: String,
    /// Google: the id of the program that was registered there.
    #[serde(default)]
    client_id: String,
    /// New secrets by name: `token` at Meta and LinkedIn; `client_secret` and `refresh_token` at
    /// Google. One that is left out stays.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
    /// The version that was read.
    version: i64,
}

/// The accounts over which audiences are told, one for each platform.
#[utoipa::path(
    get, path = "/audience-accounts", tag = "audiences",
    responses((status = 200, body = Page<AccountOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_accounts(State(app): State<App>, key: Bearer<ManageSettings>) -> Answer {
    let views = app.audience_accounts(&key.actor).await?.into_iter();
    ok(&Page::whole(views.map(AccountOut::new).collect()))
}

/// Connects an account: 409 if somebody else changed it meanwhile.
#[utoipa::path(
    put, path = "/audience-accounts/{platform}", tag = "audiences",
    params(("platform" = String, Path)), request_body = AccountIn,
    responses((status = 200, body = AccountOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_account(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(platform): Path<String>,
    Body(asked): Body<AccountIn>,
) -> Answer {
    let platform = platform_of(&platform)?;
    let change = asked.read(platform)?;
    let changed = app.change_audience_account(&key.actor, platform, change);
    ok(&AccountOut::new(changed.await?))
}

/// Removes an account with its secrets.
#[utoipa::path(
    delete, path = "/audience-accounts/{platform}", tag = "audiences",
    params(("platform" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_account(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(platform): Path<String>,
) -> Answer {
    let platform = platform_of(&platform)?;
    app.remove_audience_account(&key.actor, platform).await?;
    done()
}

/// The platform of a path; one that there is not names nothing.
fn platform_of(word: &str) -> Result<Platform, Error> {
    Platform::from_word(word).ok_or(Error::Missing("platform"))
}

impl AccountIn {
    fn read(self, platform: Platform) -> Result<AccountChange, Problem> {
        let known = platform.credentials();
        let mut secrets = BTreeMap::new();
        for (word, text) in self.secrets {
            let found = known.iter().find(|it| it.word() == word);
            let found = found.ok_or_else(|| {
                let words: Vec<&str> = known.iter().map(|it| it.word()).collect();
                let hint = format!("there is no `{word}`; there are {}", words.join(", "));
                Problem::invalid("secrets", hint)
            })?;
            secrets.insert(*found, text);
        }
        Ok(AccountChange {
            account: PlatformAccount {
                account: self.account,
                login_account: self.login_account,
                client_id: self.client_id,
            },
            secrets,
            version: self.version,
        })
    }
}
