//! Promotions and the voice of the company.

use axum::extract::State;
use filo_app::App;
use filo_app::content::{PromotionView, VoiceView};
use filo_core::content::Promotion;
use filo_core::content::voice::Voice;
use filo_core::id::PromotionId;
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, ok};
use super::paging::Page;
use super::piece_map_out::PieceNameOut;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageContent, SeeFigures};

/// A promotion to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromotionIn {
    /// What is offered: the book describes it.
    #[schema(value_type = Object, example = json!({
        "name": "Ten years", "terms": {"en": "two coffees for one"}, "code": "TEN",
        "ends_on": "2026-12-31"
    }))]
    promotion: Box<RawValue>,
}

/// A promotion as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromotionChangeIn {
    /// The version that was read.
    version: i64,
    /// What is offered.
    #[schema(value_type = Object)]
    promotion: Box<RawValue>,
}

fn read(raw: &RawValue) -> Result<Promotion, Problem> {
    let document = format!(r#"{{"version":1,"promotion":{}}}"#, raw.get());
    Promotion::from_json(&document).map_err(|fault| Problem::invalid(fault.field, fault.reason))
}

/// An offer that pieces refer to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Promotion)]
pub(crate) struct PromotionOut {
    /// Its id.
    #[schema(value_type = String, example = "prm_0123456789abcdefghjkmnpqrs")]
    id: Text<PromotionId>,
    /// One more with each change; a change must name it.
    version: i64,
    /// What is offered.
    #[schema(value_type = Object)]
    promotion: Promotion,
    /// The pieces in use that refer to it; while there are any, it cannot be put away.
    pieces: Vec<PieceNameOut>,
    /// When it was put away; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    archived_at: Option<Text<Timestamp>>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

impl PromotionOut {
    fn new(view: PromotionView) -> Self {
        let pieces = view
            .pieces
            .into_iter()
            .map(|(id, name)| PieceNameOut { id: Text(id), name });
        Self {
            id: Text(view.row.id),
            version: view.row.version,
            promotion: view.promotion,
            pieces: pieces.collect(),
            archived_at: view.row.archived_at.map(Text),
            changed_at: Text(view.row.changed_at),
            changed_by: view.row.changed_by,
        }
    }
}

/// Every promotion, also those that were put away, by name.
#[utoipa::path(
    get, path = "/promotions", tag = "content",
    responses((status = 200, body = Page<PromotionOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_promotions(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let views = app.promotions().await?;
    ok(&Page::whole(
        views.into_iter().map(PromotionOut::new).collect(),
    ))
}

/// One promotion.
#[utoipa::path(
    get, path = "/promotions/{id}", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = PromotionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_promotion(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<PromotionId>,
) -> Answer {
    ok(&PromotionOut::new(app.promotion(id).await?))
}

/// Makes a promotion.
#[utoipa::path(
    post, path = "/promotions", tag = "content", request_body = PromotionIn,
    responses((status = 201, body = PromotionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_promotion(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    Body(new): Body<PromotionIn>,
) -> Answer {
    let made = app.create_promotion(&key.actor, read(&new.promotion)?);
    created(&PromotionOut::new(made.await?))
}

/// Changes a promotion: every piece that refers to it tells it so from now on.
#[utoipa::path(
    put, path = "/promotions/{id}", tag = "content", params(("id" = String, Path)),
    request_body = PromotionChangeIn,
    responses((status = 200, body = PromotionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_promotion(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PromotionId>,
    Body(change): Body<PromotionChangeIn>,
) -> Answer {
    let from = (id, change.version);
    let changed = app.change_promotion(&key.actor, from, read(&change.promotion)?);
    ok(&PromotionOut::new(changed.await?))
}

/// Puts a promotion away, unless a piece in use refers to it. It can be brought back.
#[utoipa::path(
    post, path = "/promotions/{id}/archiving", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = PromotionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn archive_promotion(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PromotionId>,
) -> Answer {
    ok(&PromotionOut::new(
        app.archive_promotion(&key.actor, id).await?,
    ))
}

/// Brings back a promotion that was put away.
#[utoipa::path(
    post, path = "/promotions/{id}/restoring", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = PromotionOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_promotion(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PromotionId>,
) -> Answer {
    ok(&PromotionOut::new(
        app.restore_promotion(&key.actor, id).await?,
    ))
}

/// How the company speaks.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Voice)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoiceDocument {
    /// One more with each change; a change must name it.
    version: i64,
    /// The rules.
    #[schema(value_type = Object)]
    voice: Voice,
}

impl VoiceDocument {
    fn new(view: VoiceView) -> Self {
        let VoiceView { voice, version } = view;
        Self { version, voice }
    }
}

/// How the company speaks: the tone of who stated none, and the rules that texts are read by.
#[utoipa::path(
    get, path = "/settings/voice", tag = "content",
    responses((status = 200, body = VoiceDocument), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_voice(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    ok(&VoiceDocument::new(app.voice().await?))
}

/// Changes how the company speaks, from the version that was read.
#[utoipa::path(
    put, path = "/settings/voice", tag = "content", request_body = VoiceDocument,
    responses((status = 200, body = VoiceDocument), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_voice(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    Body(new): Body<VoiceDocument>,
) -> Answer {
    let changed = app.change_voice(&key.actor, new.voice, new.version);
    ok(&VoiceDocument::new(changed.await?))
}
