//! Content: pieces, promotions and the voice; rendering them for somebody.
//!
//! **Invariant:** of two people who change a piece, an offer or the voice from the same version,
//! the second one is refused; a promotion that a piece refers to is not put away.

mod change;
mod person;
mod promotion;
mod reading;
mod rendering;
mod voice;

use filo_core::content::{Piece, Promotion};
use filo_core::id::{PieceId, PromotionId};
use filo_store::Tx;
use filo_store::piece::{self, PieceRow, PieceVersionRow};

use crate::app::App;
use crate::error::{Error, Result};

pub use person::Wanted;
pub(crate) use person::{Known, Script, day_of, links_of};
pub use promotion::PromotionView;
pub use reading::{Alike, Reviewed, TextKey};
pub use rendering::{Rendering, render};
pub use voice::VoiceView;

/// Pieces of a workspace, without those that were put away.
pub const PIECES_MOST: usize = 1000;

/// A piece as it stands.
#[derive(Debug, Clone)]
pub struct PieceView {
    /// The row.
    pub row: PieceRow,
    /// What it says.
    pub piece: Piece,
}

/// A version of a piece.
#[derive(Debug, Clone)]
pub struct PieceVersion {
    /// The row.
    pub row: PieceVersionRow,
    /// What it said.
    pub piece: Piece,
}

impl App {
    /// Every piece, also those that were put away, by name.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn pieces(&self) -> Result<Vec<PieceView>> {
        let rows = {
            let mut tx = self.shared().db.read().await?;
            piece::list(&mut tx).await?
        };
        let views: Result<Vec<_>> = rows.into_iter().map(view).collect();
        let mut views = views?;
        views.sort_by_cached_key(|view| (view.row.name.to_lowercase(), view.row.id));
        Ok(views)
    }

    /// One piece.
    ///
    /// # Errors
    /// If there is none.
    pub async fn piece(&self, id: PieceId) -> Result<PieceView> {
        let mut tx = self.shared().db.read().await?;
        view(known(&mut tx, id).await?)
    }

    /// What a piece said, the last version first.
    ///
    /// # Errors
    /// If there is none.
    pub async fn piece_versions(&self, id: PieceId) -> Result<Vec<PieceVersion>> {
        let mut tx = self.shared().db.read().await?;
        known(&mut tx, id).await?;
        let rows = piece::versions(&mut tx, id).await?;
        rows.into_iter().map(version).collect()
    }

    /// The offer that a piece refers to, also one that was put away.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn promotion_of(&self, piece: &Piece) -> Result<Option<Promotion>> {
        match piece.promotion {
            Some(id) => Ok(Some(self.promotion(id).await?.promotion)),
            None => Ok(None),
        }
    }
}

fn view(row: PieceRow) -> Result<PieceView> {
    let piece = Piece::from_json(&row.document).map_err(anyhow::Error::from)?;
    Ok(PieceView { row, piece })
}

fn version(row: PieceVersionRow) -> Result<PieceVersion> {
    let piece = Piece::from_json(&row.document).map_err(anyhow::Error::from)?;
    Ok(PieceVersion { row, piece })
}

async fn known(tx: &mut Tx<'_>, id: PieceId) -> Result<PieceRow> {
    let row = piece::get(tx, id).await?;
    row.ok_or(Error::Missing("piece"))
}

/// The pieces in use that refer to an offer, by name.
async fn users(tx: &mut Tx<'_>, id: PromotionId) -> Result<Vec<(PieceId, String)>> {
    let mut users = Vec::new();
    for row in piece::list(tx).await? {
        if row.archived_at.is_none() {
            let view = view(row)?;
            if view.piece.promotion == Some(id) {
                users.push((view.row.id, view.row.name));
            }
        }
    }
    users.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    Ok(users)
}
