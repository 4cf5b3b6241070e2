//! The routes of content: what the company says, its offers, its voice.

use filo_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{piece, promotion};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(piece::list_pieces))
        .routes(routes!(piece::get_content_map))
        .routes(routes!(piece::get_sameness))
        .routes(routes!(piece::list_starters))
        .routes(routes!(piece::get_piece))
        .routes(routes!(piece::list_piece_versions))
        .routes(routes!(piece::preview_piece))
        .routes(routes!(piece::review_piece))
        .routes(routes!(promotion::list_promotions))
        .routes(routes!(promotion::get_promotion))
        .routes(routes!(promotion::get_voice))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(piece::create_piece))
        .routes(routes!(piece::change_piece))
        .routes(routes!(piece::return_piece))
        .routes(routes!(piece::archive_piece))
        .routes(routes!(piece::restore_piece))
        .routes(routes!(promotion::create_promotion))
        .routes(routes!(promotion::change_promotion))
        .routes(routes!(promotion::archive_promotion))
        .routes(routes!(promotion::restore_promotion))
        .routes(routes!(promotion::put_voice))
}
