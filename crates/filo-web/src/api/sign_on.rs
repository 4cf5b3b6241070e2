//! Signing on with the company's own directory.

use axum::extract::State;
use filo_app::{App, SignOnChange, SignOnView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, done, ok};
use super::power::Bearer;
use super::request::{Asked, Body};
use crate::problem::ProblemOut;
use crate::right::ManageSettings;

/// The directory (OpenID Connect).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignOnOut {
    /// Who vouches; null while there is no directory.
    #[schema(example = "https://accounts.google.com")]
    issuer: Option<String>,
    /// Filo's name there.
    client_id: String,
    /// What the button says.
    label: String,
    /// The address to enter there.
    redirect_uri: String,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// A directory to use from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignOnIn {
    /// Who vouches: exactly as the directory calls itself.
    issuer: String,
    /// Filo's name there.
    client_id: String,
    /// What the button says, up to 40 characters.
    label: String,
    /// Filo's secret there; without it the one there is stays, if the directory does.
    client_secret: Option<String>,
    /// The version that was read.
    version: i64,
}

/// Which directory to forget.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Removal {
    /// The version that was read.
    version: i64,
}

fn out(view: SignOnView) -> Answer {
    ok(&SignOnOut {
        issuer: view.issuer,
        client_id: view.client_id,
        label: view.label,
        redirect_uri: view.redirect_uri,
        version: view.version,
    })
}

/// The directory as it stands; its secret is not shown.
#[utoipa::path(
    get, path = "/settings/sign-on", tag = "settings",
    responses((status = 200, body = SignOnOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_sign_on(State(app): State<App>, key: Bearer<ManageSettings>) -> Answer {
    out(app.sign_on(&key.actor).await?)
}

/// Uses a directory, once it has answered as OpenID Connect asks.
#[utoipa::path(
    put, path = "/settings/sign-on", tag = "settings", request_body = SignOnIn,
    responses((status = 200, body = SignOnOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_sign_on(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<SignOnIn>,
) -> Answer {
    let change = SignOnChange {
        issuer: asked.issuer,
        client_id: asked.client_id,
        label: asked.label,
        secret: asked.client_secret,
        version: asked.version,
    };
    out(app.change_sign_on(&key.actor, change).await?)
}

/// Uses no directory any more. Links of accounts stay, for the same directory later.
#[utoipa::path(
    delete, path = "/settings/sign-on", tag = "settings", params(Removal),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_sign_on(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Asked(asked): Asked<Removal>,
) -> Answer {
    app.remove_sign_on(&key.actor, asked.version).await?;
    done()
}
