//! How the map of content and the sameness meter are told in the API.

use std::collections::BTreeMap;

use filo_app::content::{Alike, TextKey};
use filo_core::content::{ContentMap, SAME_FROM};
use filo_core::id::PieceId;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;
use super::piece_out::TextOut;

/// The map of content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContentMap)]
pub(crate) struct MapOut {
    /// The media in which something is written; e-mail always.
    media: Vec<&'static str>,
    /// For each stage of buyers, and for anybody.
    rows: Vec<MapRowOut>,
    /// How many cells are empty where something is missing.
    gaps: usize,
}

/// A row of the map.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContentMapRow)]
pub(crate) struct MapRowOut {
    /// The stage; null for anybody.
    stage: Option<&'static str>,
    /// A cell for each medium.
    cells: Vec<MapCellOut>,
}

/// A cell of the map.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContentMapCell)]
pub(crate) struct MapCellOut {
    /// The pieces, by name.
    pieces: Vec<PieceNameOut>,
    /// Whether something is missing here.
    is_gap: bool,
}

/// A piece by its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PieceName)]
pub(crate) struct PieceNameOut {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: Text<PieceId>,
    /// What it is called.
    pub(super) name: String,
}

impl MapOut {
    pub(super) fn new(map: &ContentMap, names: &BTreeMap<PieceId, String>) -> Self {
        let named = |id: &PieceId| PieceNameOut {
            id: Text(*id),
            name: names.get(id).cloned().unwrap_or_default(),
        };
        let rows = map.rows.iter().map(|(stage, cells)| MapRowOut {
            stage: stage.map(filo_core::buyer::Stage::word),
            cells: cells
                .iter()
                .map(|cell| MapCellOut {
                    pieces: cell.pieces.iter().map(named).collect(),
                    is_gap: cell.is_gap,
                })
                .collect(),
        });
        Self {
            media: map.media.iter().map(|medium| medium.word()).collect(),
            rows: rows.collect(),
            gaps: map.gaps,
        }
    }
}

/// A text that is like another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sameness)]
pub(crate) struct AlikeOut {
    /// The text.
    one: AlikeTextOut,
    /// The other; null if it is like what everybody says.
    other: Option<AlikeTextOut>,
    /// How much, 0–100; from 45 on they read as the same.
    score: f64,
    /// Whether they read as the same.
    is_same: bool,
    /// The sentences that cause it.
    sentences: Vec<SentencesOut>,
}

/// A text of a piece, by the piece's name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SamenessText)]
pub(crate) struct AlikeTextOut {
    /// The piece.
    piece: PieceNameOut,
    /// Which text of it.
    text: TextOut,
}

/// Two sentences that say the same.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SamenessSentences)]
pub(crate) struct SentencesOut {
    /// Here.
    one: String,
    /// There.
    other: String,
    /// How much, 0–100.
    score: f64,
}

impl AlikeOut {
    pub(super) fn new(alike: Alike) -> Self {
        let named = |key: TextKey| AlikeTextOut {
            piece: PieceNameOut {
                id: Text(key.piece),
                name: key.name,
            },
            text: TextOut::new((key.medium, key.language, key.tone, key.variant)),
        };
        let round = |score: f64| (score * 10.0).round() / 10.0;
        let pairs = alike.like.pairs.into_iter().map(|pair| SentencesOut {
            one: pair.own,
            other: pair.other,
            score: round(pair.score),
        });
        Self {
            one: named(alike.text),
            other: alike.like.key.map(named),
            is_same: alike.like.score >= SAME_FROM,
            score: round(alike.like.score),
            sentences: pairs.collect(),
        }
    }
}
