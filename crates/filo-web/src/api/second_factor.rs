//! The rule that owners and admins have a second factor.

use axum::extract::State;
use filo_app::App;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, ok};
use super::power::Bearer;
use super::request::Body;
use crate::problem::ProblemOut;
use crate::right::{ManageSettings, ManageUsers};

/// The rule.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorRule {
    /// Owners and admins set a second factor up before they go on.
    required: bool,
}

/// Whether owners and admins must have a second factor.
#[utoipa::path(
    get, path = "/settings/second-factor", tag = "settings",
    responses((status = 200, body = SecondFactorRule), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_rule(State(app): State<App>, _key: Bearer<ManageSettings>) -> Answer {
    let required = app.second_factor_required().await?;
    ok(&SecondFactorRule { required })
}

/// Asks owners and admins for a second factor from their next page on, or no more.
#[utoipa::path(
    put, path = "/settings/second-factor", tag = "settings", request_body = SecondFactorRule,
    responses((status = 200, body = SecondFactorRule), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_rule(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    Body(rule): Body<SecondFactorRule>,
) -> Answer {
    app.require_second_factor(&key.actor, rule.required).await?;
    ok(&rule)
}
