//! Copying a piece, putting it away, and bringing it back.

use axum::extract::{Path, State};
use filo_app::App;
use filo_core::content::NAME_CHARS_MOST;
use filo_core::id::PieceId;
use serde::Deserialize;

use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::ManageContent;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// A piece of one's own that says the same.
pub(in crate::console) async fn copy(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<ManageContent, Nothing>,
) -> Answer {
    let session = posted.session;
    let view = app.piece(id::<PieceId>(&piece)?).await?;
    let mut piece = view.piece;
    let name = session
        .words
        .fill("content-copy-of", [("name", piece.name.as_str().into())]);
    piece.name = name.chars().take(NAME_CHARS_MOST).collect();
    let made = app.create_piece(&session.actor, piece).await?;
    done(&format!("/pieces/{}?done=content-copied", made.row.id))
}

pub(in crate::console) async fn archive(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<ManageContent, Nothing>,
) -> Answer {
    let piece: PieceId = id(&piece)?;
    app.archive_piece(&posted.session.actor, piece).await?;
    done(&format!("/pieces?done-away={piece}"))
}

pub(in crate::console) async fn restore(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<ManageContent, Nothing>,
) -> Answer {
    let piece: PieceId = id(&piece)?;
    app.restore_piece(&posted.session.actor, piece).await?;
    done(&format!("/pieces/{piece}?done=content-back"))
}
