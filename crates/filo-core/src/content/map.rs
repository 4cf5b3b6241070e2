//! The map of content: which piece speaks to whom by what, and where nothing does.

use std::collections::BTreeMap;

use super::piece::Piece;
use crate::buyer::Stage;
use crate::id::PieceId;
use crate::message::Medium;

/// What stands where a stage and a medium meet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The pieces, by name.
    pub pieces: Vec<PieceId>,
    /// Nothing speaks here, although the company speaks by this medium.
    pub is_gap: bool,
}

/// The whole map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentMap {
    /// The media in which something is written; e-mail always.
    pub media: Vec<Medium>,
    /// For each stage (none: for anybody) a cell per medium.
    pub rows: Vec<(Option<Stage>, Vec<Cell>)>,
    /// How many cells are empty.
    pub gaps: usize,
}

/// Draws the map of pieces that are in use.
#[must_use]
pub fn content_map(pieces: &[(PieceId, &Piece)]) -> ContentMap {
    let is_used = |medium: &Medium| {
        *medium == Medium::Email
            || pieces
                .iter()
                .any(|(_, piece)| piece.media().contains(medium))
    };
    let media: Vec<Medium> = Medium::ALL.into_iter().filter(is_used).collect();
    let mut found: BTreeMap<(Option<Stage>, Medium), Vec<PieceId>> = BTreeMap::new();
    let mut ordered: Vec<&(PieceId, &Piece)> = pieces.iter().collect();
    ordered.sort_by_key(|(id, piece)| (piece.name.to_lowercase(), *id));
    for (id, piece) in ordered {
        for medium in piece.media() {
            found.entry((piece.stage, medium)).or_default().push(*id);
        }
    }
    let stages = Stage::ALL.into_iter().map(Some).chain([None]);
    let mut gaps = 0;
    let rows = stages.map(|stage| {
        let cells = media.iter().map(|medium| {
            let pieces = found.remove(&(stage, *medium)).unwrap_or_default();
            // What is for anybody need not be there.
            let is_gap = pieces.is_empty() && stage.is_some();
            gaps += usize::from(is_gap);
            Cell { pieces, is_gap }
        });
        (stage, cells.collect())
    });
    let rows = rows.collect();
    ContentMap { media, rows, gaps }
}
