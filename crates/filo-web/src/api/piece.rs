//! Pieces of content: what the company says, in every form.

use axum::extract::State;
use filo_app::App;
use filo_core::content::STARTERS;
use filo_core::id::PieceId;

use super::answer::{Answer, created, ok};
use super::paging::Page;
use super::piece_in::{PieceChangeIn, PieceIn, PiecePreviewIn, PieceReturnIn};
use super::piece_map_out::{AlikeOut, MapOut};
use super::piece_out::{PieceOut, PieceVersionOut, RenderingOut, ReviewOut, StarterOut};
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageContent, SeeFigures};

/// Every piece, also those that were put away, by name.
#[utoipa::path(
    get, path = "/pieces", tag = "content",
    responses((status = 200, body = Page<PieceOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_pieces(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let views = app.pieces().await?;
    ok(&Page::whole(views.into_iter().map(PieceOut::new).collect()))
}

/// One piece.
#[utoipa::path(
    get, path = "/pieces/{id}", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = PieceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_piece(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<PieceId>,
) -> Answer {
    ok(&PieceOut::new(app.piece(id).await?))
}

/// What a piece said, the last version first.
#[utoipa::path(
    get, path = "/pieces/{id}/versions", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = Page<PieceVersionOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_piece_versions(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    IdOf(id): IdOf<PieceId>,
) -> Answer {
    let versions = app.piece_versions(id).await?;
    ok(&Page::whole(
        versions.into_iter().map(PieceVersionOut::new).collect(),
    ))
}

/// Makes a piece. What cannot be said is refused with its place.
#[utoipa::path(
    post, path = "/pieces", tag = "content", request_body = PieceIn,
    responses((status = 201, body = PieceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_piece(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    Body(new): Body<PieceIn>,
) -> Answer {
    let made = app.create_piece(&key.actor, new.piece()?).await?;
    created(&PieceOut::new(made))
}

/// Changes a piece, from the version that was read. What it said before stays in its history.
#[utoipa::path(
    put, path = "/pieces/{id}", tag = "content", params(("id" = String, Path)),
    request_body = PieceChangeIn,
    responses((status = 200, body = PieceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_piece(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PieceId>,
    Body(change): Body<PieceChangeIn>,
) -> Answer {
    let from = (id, change.version);
    let changed = app.change_piece(&key.actor, from, change.piece()?).await?;
    ok(&PieceOut::new(changed))
}

/// Lets a piece say again what it said at a version; that is a version of its own.
#[utoipa::path(
    post, path = "/pieces/{id}/return", tag = "content", params(("id" = String, Path)),
    request_body = PieceReturnIn,
    responses((status = 200, body = PieceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn return_piece(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PieceId>,
    Body(back): Body<PieceReturnIn>,
) -> Answer {
    let from = (id, back.version);
    ok(&PieceOut::new(
        app.return_piece(&key.actor, from, back.to).await?,
    ))
}

/// Puts a piece away: nothing says it any more. It can be brought back.
#[utoipa::path(
    post, path = "/pieces/{id}/archiving", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = PieceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn archive_piece(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PieceId>,
) -> Answer {
    ok(&PieceOut::new(app.archive_piece(&key.actor, id).await?))
}

/// Brings back a piece that was put away.
#[utoipa::path(
    post, path = "/pieces/{id}/restoring", tag = "content", params(("id" = String, Path)),
    responses((status = 200, body = PieceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_piece(
    State(app): State<App>,
    key: Bearer<ManageContent>,
    IdOf(id): IdOf<PieceId>,
) -> Answer {
    ok(&PieceOut::new(app.restore_piece(&key.actor, id).await?))
}

/// How a piece, saved or not, would look for a customer or for somebody invented. Nothing is sent
/// or written down; links and what an event would say are made up.
#[utoipa::path(
    post, path = "/pieces/preview", tag = "content", request_body = PiecePreviewIn,
    responses((status = 200, body = RenderingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_piece(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Body(asked): Body<PiecePreviewIn>,
) -> Answer {
    let (piece, wanted) = asked.read()?;
    let rendered = app.preview_piece(&key.actor, &piece, wanted).await?;
    let rendering = rendered.map_err(|fault| Problem::invalid("piece", fault.to_string()))?;
    ok(&RenderingOut::new(rendering))
}

/// What is wrong with a piece, saved or not, and what the voice of the company says to it.
#[utoipa::path(
    post, path = "/pieces/review", tag = "content", request_body = PieceIn,
    responses((status = 200, body = ReviewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn review_piece(
    State(app): State<App>,
    _key: Bearer<SeeFigures>,
    Body(asked): Body<PieceIn>,
) -> Answer {
    let reviewed = app.review_piece(&asked.piece()?).await?;
    ok(&ReviewOut::new(reviewed))
}

/// Which piece speaks to whom by what, and where nothing does.
#[utoipa::path(
    get, path = "/pieces/map", tag = "content",
    responses((status = 200, body = MapOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_content_map(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let (map, names) = app.content_map().await?;
    ok(&MapOut::new(&map, &names))
}

/// The pairs of texts that are most alike, and the texts that say what everybody says, with the
/// sentences that cause it.
#[utoipa::path(
    get, path = "/pieces/sameness", tag = "content",
    responses((status = 200, body = Page<AlikeOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_sameness(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let alike = app.sameness(None).await?;
    ok(&Page::whole(alike.into_iter().map(AlikeOut::new).collect()))
}

/// The pieces to begin with.
#[utoipa::path(
    get, path = "/pieces/starters", tag = "content",
    responses((status = 200, body = Page<StarterOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_starters(_key: Bearer<SeeFigures>) -> Answer {
    ok(&Page::whole(STARTERS.iter().map(StarterOut::new).collect()))
}
