//! How alike what would have been said reads: each text of a sample beside each other one.
//!
//! **Invariant:** what is kept of texts is how alike they are, never a word of them.

use filo_stats::text::{Likeness, likeness};
use serde::{Deserialize, Serialize};

use crate::as_text;
use crate::content::{SAME_FROM, as_read};
use crate::id::PieceId;

/// Texts that are compared: each with each other one, 1,770 pairs.
pub const TEXTS_MOST: usize = 60;

/// How alike texts read, 0–100: from [`SAME_FROM`] on two read as the same.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// How many were compared.
    pub texts: u32,
    /// How many more could not be said: something was missing that they speak of.
    pub unsayable: u32,
    /// One piece as different people read it, on average.
    pub within: Option<f64>,
    /// Different pieces, on average.
    pub across: Option<f64>,
    /// Of the pairs of different pieces, the share that reads as the same, 0–1.
    pub same_share: Option<f64>,
    /// The two pieces of which texts are the likest, and how much.
    pub likest: Option<Likest>,
}

/// Two pieces that read alike.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Likest {
    /// One.
    #[serde(with = "as_text")]
    pub one: PieceId,
    /// The other.
    #[serde(with = "as_text")]
    pub other: PieceId,
    /// How alike.
    pub score: f64,
}

/// Sums up scores.
#[derive(Default)]
struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    fn note(&mut self, score: f64) {
        self.sum += score;
        self.count += 1;
    }

    fn value(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }
}

impl Alike {
    /// Compares texts, the first of them if there are many.
    #[must_use]
    pub fn of(texts: &[(PieceId, String)], unsayable: u32) -> Self {
        let read: Vec<(PieceId, String)> = texts
            .iter()
            .take(TEXTS_MOST)
            .map(|(piece, text)| (*piece, as_read(text)))
            .collect();
        let (mut within, mut across, mut same) = (Mean::default(), Mean::default(), 0_u32);
        let mut likest: Option<Likest> = None;
        for (place, (piece, text)) in read.iter().enumerate() {
            for (other, there) in &read[place + 1..] {
                let Some(score) = likeness(text, there).map(Likeness::score) else {
                    continue;
                };
                if piece == other {
                    within.note(score);
                    continue;
                }
                across.note(score);
                same += u32::from(score >= SAME_FROM);
                if likest.is_none_or(|known| score > known.score) {
                    likest = Some(Likest {
                        one: *piece.min(other),
                        other: *piece.max(other),
                        score,
                    });
                }
            }
        }
        Self {
            texts: u32::try_from(read.len()).unwrap_or(u32::MAX),
            unsayable,
            within: within.value(),
            across: across.value(),
            same_share: (across.count > 0).then(|| f64::from(same) / f64::from(across.count)),
            likest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_within_and_across_pieces() {
        let text = |piece: u128, text: &str| (PieceId(piece), text.to_owned());
        let offer =
            "Ciao Anna, da domani il pane di segale costa meno: passa a prenderlo in bottega.";
        let same =
            "Ciao Bruno, da domani il pane di segale costa meno: passa a prenderlo in bottega.";
        let other =
            "Il tuo ordine è partito stamattina e arriva giovedì con il corriere di sempre.";
        let alike = Alike::of(&[text(1, offer), text(1, same), text(2, other)], 1);
        assert_eq!((alike.texts, alike.unsayable), (3, 1));
        assert!(alike.within.unwrap() > SAME_FROM, "{alike:?}");
        assert!(alike.across.unwrap() < SAME_FROM, "{alike:?}");
        assert_eq!(alike.same_share, Some(0.0));
        let likest = alike.likest.unwrap();
        assert_eq!((likest.one, likest.other), (PieceId(1), PieceId(2)));
        let copied = Alike::of(&[text(1, offer), text(2, offer)], 0);
        assert_eq!((copied.within, copied.same_share), (None, Some(1.0)));
        assert_eq!(Alike::of(&[text(1, offer)], 0).across, None);
    }
}
