//! What the owner says of the company.

use axum::extract::State;
use compact_str::CompactString;
use filo_app::{App, CompanyView};
use filo_core::company::{Company, Language};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, ok};
use super::power::Bearer;
use super::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageSettings;

/// The company.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CompanyOut<'a> {
    /// What it is called; empty until somebody says.
    name: &'a str,
    /// What visitors of the console read who have not chosen: `it` or `en`.
    #[schema(example = "it")]
    language: &'static str,
    /// The zone of its days and hours, as the IANA names it.
    #[schema(example = "Europe/Rome")]
    zone: &'a str,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// A change of the company; every field is replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompanyIn {
    /// Up to 100 characters.
    name: String,
    /// `it` or `en`.
    language: String,
    /// A zone of the IANA list.
    zone: String,
    /// The version that was read.
    version: i64,
}

fn out(view: &CompanyView) -> Answer {
    ok(&CompanyOut {
        name: &view.company.name,
        language: view.company.language.tag(),
        zone: &view.company.zone,
        version: view.version,
    })
}

/// Name, language and zone of the company.
#[utoipa::path(
    get, path = "/settings/company", tag = "settings",
    responses((status = 200, body = CompanyOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_company(State(app): State<App>, _key: Bearer<ManageSettings>) -> Answer {
    out(&app.company())
}

/// Changes them, from the version that was read: 409 if somebody else changed them meanwhile.
#[utoipa::path(
    put, path = "/settings/company", tag = "settings", request_body = CompanyIn,
    responses((status = 200, body = CompanyOut<'static>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_company(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<CompanyIn>,
) -> Answer {
    let language = Language::from_tag(&asked.language)
        .ok_or_else(|| Problem::invalid("language", "must be `it` or `en`"))?;
    let company = Company {
        name: CompactString::from(asked.name),
        language,
        zone: CompactString::from(asked.zone),
    };
    let changed = app
        .change_company(&key.actor, company, asked.version)
        .await?;
    out(&changed)
}
