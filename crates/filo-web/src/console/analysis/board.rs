//! The boards of the analysis, side by side.

use maud::Markup;

use crate::i18n::Words;
use crate::ui::tab::{Tab, tabs};

/// A board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Board {
    Ways,
    Worth,
    Leaving,
}

impl Board {
    const ALL: [Self; 3] = [Self::Ways, Self::Worth, Self::Leaving];

    const fn path(self) -> &'static str {
        match self {
            Self::Ways => "/analysis",
            Self::Worth => "/analysis/worth",
            Self::Leaving => "/analysis/leaving",
        }
    }

    /// The key of its label.
    const fn label(self) -> &'static str {
        match self {
            Self::Ways => "analysis-title",
            Self::Worth => "worth-title",
            Self::Leaving => "leaving-title",
        }
    }
}

/// The row of all boards, on one of them.
pub(super) fn row(words: Words, here: Board) -> Markup {
    let labels = Board::ALL.map(|board| words.say(board.label()));
    let boards = Board::ALL.into_iter().zip(&labels);
    let boards: Vec<Tab<'_>> = boards
        .map(|(board, label)| Tab {
            address: board.path(),
            label,
            count: 0,
            here: board == here,
        })
        .collect();
    tabs(&words.say("place-analysis"), &boards)
}
