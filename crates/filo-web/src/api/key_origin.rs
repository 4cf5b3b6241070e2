//! From which sites a public key may send.

use axum::extract::State;
use filo_app::App;
use filo_core::id::KeyId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, ok};
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::ProblemOut;
use crate::right::ManageSources;

/// The sites of a public key.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Origins {
    /// Up to 20, each as browsers write it; none: the key may be used from anywhere.
    #[schema(example = json!(["https://shop.example"]))]
    origins: Vec<String>,
}

/// Says from which sites a public key may send. From others events are refused with 403
/// `origin_not_allowed`; what says no site, such as an app or a server, is refused too.
#[utoipa::path(
    put, path = "/keys/{id}/origins", tag = "sources", params(("id" = String, Path)),
    request_body = Origins,
    responses((status = 200, body = Origins), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_origins(
    State(app): State<App>,
    key: Bearer<ManageSources>,
    IdOf(id): IdOf<KeyId>,
    Body(asked): Body<Origins>,
) -> Answer {
    let origins = app.set_origins(&key.actor, id, &asked.origins).await?;
    ok(&Origins { origins })
}
