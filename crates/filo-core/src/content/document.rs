//! Pieces as documents: what is stored, and what the API takes and gives.
//!
//! **Invariant:** reading what was written gives what was; what was read is bounded.

use serde::{Deserialize, Serialize};

use super::piece::Piece;

/// The version that is written.
const VERSION: u8 = 1;
/// Bytes of a document: what a request of the API carries, and some fifty long mails.
pub const PIECE_BYTES_MOST: usize = 200 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<P> {
    version: u8,
    piece: P,
}

/// Why a document is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Too long.
    #[error("at most {PIECE_BYTES_MOST} bytes")]
    TooLong,
    /// Written by a later Filo, or by nobody.
    #[error("version {0} is not known here: write {VERSION}")]
    Version(u8),
    /// Not the JSON of a piece.
    #[error("{0}")]
    Unreadable(String),
}

impl Piece {
    /// Reads a document.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, DocumentFault> {
        if text.len() > PIECE_BYTES_MOST {
            return Err(DocumentFault::TooLong);
        }
        let unreadable = |error: serde_json::Error| DocumentFault::Unreadable(error.to_string());
        let Document { version, piece } = serde_json::from_str(text).map_err(unreadable)?;
        match version {
            VERSION => Ok(piece),
            version => Err(DocumentFault::Version(version)),
        }
    }

    /// Writes the document.
    ///
    /// # Panics
    /// Never in practice: a piece has no part that cannot be serialised.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            version: VERSION,
            piece: self,
        };
        serde_json::to_string(&document).expect("a piece is plain data")
    }
}

/// The id of a promotion in a document: as text.
pub(super) mod promotion {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::id::PromotionId;

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(
        id: &Option<PromotionId>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match id {
            Some(id) => to.collect_str(id),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<PromotionId>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom))
            .transpose()
    }
}

/// A day in a document: as text.
pub(super) mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => to.collect_str(day),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom))
            .transpose()
    }
}
