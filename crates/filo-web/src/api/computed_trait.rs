//! Computed traits: what somebody's events and orders add up to.

use axum::extract::State;
use filo_app::App;
use filo_app::computed::ComputedTraitView;
use filo_core::id::ComputedTraitId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, created, ok};
use super::computed_trait_in::{ComputedTraitChangeIn, ComputedTraitIn, ComputedTraitPreviewIn};
use super::computed_trait_out::{ComputedTraitOut, ComputedTraitPreviewOut};
use super::paging::Page;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageSegments};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_computed_traits))
        .routes(routes!(get_computed_trait))
        .routes(routes!(preview_computed_trait))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_computed_trait))
        .routes(routes!(change_computed_trait))
        .routes(routes!(archive_computed_trait))
        .routes(routes!(restore_computed_trait))
}

/// Every computed trait, also those that were put away, by label.
#[utoipa::path(
    get, path = "/computed-traits", tag = "segments",
    responses((status = 200, body = Page<ComputedTraitOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_computed_traits(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
) -> Answer {
    let names = app.segment_names().await?;
    let mut users = app.computed_users().await?;
    let views = app.computed_traits().await?.into_iter();
    let told = views.map(|view| {
        let users = users.remove(view.row.key.as_str()).unwrap_or_default();
        ComputedTraitOut::new(view, users, &names)
    });
    ok(&Page::whole(told.collect()))
}

/// One computed trait.
#[utoipa::path(
    get, path = "/computed-traits/{id}", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = ComputedTraitOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_computed_trait(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<ComputedTraitId>,
) -> Answer {
    ok(&tell(&app, app.computed_trait(id).await?).await?)
}

/// Makes a computed trait. What happened before is gathered beside: until `filled_at` says that
/// it was, its value is being counted. A key that people have as a trait already is refused.
#[utoipa::path(
    post, path = "/computed-traits", tag = "segments", request_body = ComputedTraitIn,
    responses((status = 201, body = ComputedTraitOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_computed_trait(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    Body(new): Body<ComputedTraitIn>,
) -> Answer {
    let made = app.create_computed_trait(&key.actor, new.draft()?).await?;
    created(&tell(&app, made).await?)
}

/// Changes a computed trait. Its key stays; who is in segments that ask about it follows.
#[utoipa::path(
    put, path = "/computed-traits/{id}", tag = "segments", params(("id" = String, Path)),
    request_body = ComputedTraitChangeIn,
    responses((status = 200, body = ComputedTraitOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_computed_trait(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<ComputedTraitId>,
    Body(change): Body<ComputedTraitChangeIn>,
) -> Answer {
    let from = (id, change.version);
    let changed = app.change_computed_trait(&key.actor, from, change.draft()?);
    ok(&tell(&app, changed.await?).await?)
}

/// Puts a computed trait away, unless something asks about it. It can be brought back.
#[utoipa::path(
    post, path = "/computed-traits/{id}/archiving", tag = "segments",
    params(("id" = String, Path)),
    responses((status = 200, body = ComputedTraitOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn archive_computed_trait(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<ComputedTraitId>,
) -> Answer {
    let view = app.archive_computed_trait(&key.actor, id).await?;
    ok(&tell(&app, view).await?)
}

/// Brings back a computed trait that was put away.
#[utoipa::path(
    post, path = "/computed-traits/{id}/restoring", tag = "segments",
    params(("id" = String, Path)),
    responses((status = 200, body = ComputedTraitOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_computed_trait(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<ComputedTraitId>,
) -> Answer {
    let view = app.restore_computed_trait(&key.actor, id).await?;
    ok(&tell(&app, view).await?)
}

/// What a recipe would say of the people who were seen last. Nothing is made.
#[utoipa::path(
    post, path = "/computed-traits/preview", tag = "segments",
    request_body = ComputedTraitPreviewIn,
    responses((status = 200, body = ComputedTraitPreviewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_computed_trait(
    State(app): State<App>,
    _lists: Bearer<ListPeople>,
    key: Bearer<ManageSegments>,
    Body(asked): Body<ComputedTraitPreviewIn>,
) -> Answer {
    let (own, recipe) = asked.recipe()?;
    let preview = app
        .preview_computed_trait(&key.actor, &own, &recipe)
        .await?;
    ok(&ComputedTraitPreviewOut::new(preview))
}

/// A computed trait in the words of the company, with what asks about it.
async fn tell(app: &App, view: ComputedTraitView) -> Result<ComputedTraitOut, Problem> {
    let names = app.segment_names().await?;
    let users = app.computed_trait_users(view.row.id).await?;
    Ok(ComputedTraitOut::new(view, users, &names))
}
