//! Consent given or withdrawn before a person of the company, with its proof.

use axum::extract::State;
use filo_app::App;
use filo_app::{NewConsent, StatementOrigin};
use filo_core::id::CustomerId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{Answer, Text, created};
use super::note::RecordedOut;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::ProblemOut;
use crate::right::RecordConsent;

/// A statement to record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentIn {
    /// What for.
    #[schema(example = "marketing")]
    purpose: String,
    /// On which channel; `any` for all.
    #[serde(default = "any")]
    #[schema(example = "email")]
    channel: String,
    /// Given (true) or withdrawn (false).
    granted: bool,
    /// The legal basis.
    #[serde(default = "consent")]
    #[schema(example = "consent")]
    basis: String,
    /// The version or text that the person agreed to.
    #[serde(default)]
    wording: String,
    /// Where the proof is; needed when granted.
    #[serde(default)]
    #[schema(example = "form 2026-117, folder A")]
    proof: String,
    /// How it was said: `form`, `page`, `counter`, `call` …
    #[serde(default)]
    how: String,
    /// The form it was said in.
    #[serde(default)]
    form: String,
    /// The page it was said on.
    #[serde(default)]
    page: String,
    /// The address in the network it came from.
    #[serde(default)]
    ip: String,
    /// The browser.
    #[serde(default)]
    user_agent: String,
}

fn any() -> String {
    "any".to_owned()
}

fn consent() -> String {
    "consent".to_owned()
}

/// Records a consent given or withdrawn.
#[utoipa::path(
    post, path = "/customers/{id}/consents", tag = "customers", params(("id" = String, Path)),
    request_body = ConsentIn,
    responses((status = 201, body = RecordedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn record_consent(
    State(app): State<App>,
    key: Bearer<RecordConsent>,
    IdOf(id): IdOf<CustomerId>,
    Body(consent): Body<ConsentIn>,
) -> Answer {
    let ConsentIn {
        purpose,
        channel,
        granted,
        basis,
        wording,
        proof,
        how,
        form,
        page,
        ip,
        user_agent,
    } = consent;
    let consent = NewConsent {
        purpose,
        channel,
        granted,
        basis,
        wording,
        proof,
        how: StatementOrigin {
            how,
            form,
            page,
            ip,
            user_agent,
        },
    };
    let event = app.record_consent(&key.actor, id, &consent).await?;
    created(&RecordedOut { event: Text(event) })
}
