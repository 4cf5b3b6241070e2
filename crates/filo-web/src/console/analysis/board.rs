//! The boards of analysis, side by side.

use maud::Markup;

use crate::i18n::Words;
use crate::ui::tab::{Tab, tabs};

/// A board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Board {
    /// The ways to an order.
    Ways,
    /// What follows on what.
    Paths,
    /// Who comes back.
    Cohorts,
    /// When the same is bought again.
    Reorder,
}

impl Board {
    const ALL: [Self; 4] = [Self::Ways, Self::Paths, Self::Cohorts, Self::Reorder];

    pub(super) const fn address(self) -> &'static str {
        match self {
            Self::Ways => "/analysis",
            Self::Paths => "/analysis/paths",
            Self::Cohorts => "/analysis/cohorts",
            Self::Reorder => "/analysis/reorder",
        }
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Ways => "analysis-title",
            Self::Paths => "flow-title",
            Self::Cohorts => "cohort-title",
            Self::Reorder => "reorder-title",
        }
    }
}

/// All of them, and which one is open.
pub(super) fn row(words: Words, here: Board) -> Markup {
    let labels = Board::ALL.map(|board| words.say(board.key()));
    let tab = |(board, label)| {
        let board: Board = board;
        Tab {
            address: board.address(),
            label,
            count: 0,
            here: board == here,
        }
    };
    let labels = labels.iter().map(AsRef::as_ref);
    let all: Vec<Tab<'_>> = Board::ALL.into_iter().zip(labels).map(tab).collect();
    tabs(&words.say("place-analysis"), &all)
}
