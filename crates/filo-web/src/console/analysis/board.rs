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
    /// What customers are worth.
    Worth,
    /// Who is leaving.
    Leaving,
    /// Figures beside what they were.
    Compare,
    /// Questions in SQL.
    Sql,
}

impl Board {
    const ALL: [Self; 8] = [
        Self::Compare,
        Self::Ways,
        Self::Paths,
        Self::Cohorts,
        Self::Reorder,
        Self::Worth,
        Self::Leaving,
        Self::Sql,
    ];

    pub(super) const fn address(self) -> &'static str {
        match self {
            Self::Ways => "/analysis",
            Self::Paths => "/analysis/paths",
            Self::Cohorts => "/analysis/cohorts",
            Self::Reorder => "/analysis/reorder",
            Self::Worth => "/analysis/worth",
            Self::Leaving => "/analysis/leaving",
            Self::Compare => "/analysis/compare",
            Self::Sql => "/analysis/sql",
        }
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Ways => "analysis-title",
            Self::Paths => "flow-title",
            Self::Cohorts => "cohort-title",
            Self::Reorder => "reorder-title",
            Self::Worth => "worth-title",
            Self::Leaving => "leaving-title",
            Self::Compare => "compare-title",
            Self::Sql => "sql-title",
        }
    }
}

/// All of them, and which one is open.
pub(super) fn row(words: Words, here: Board) -> Markup {
    let labels = Board::ALL.map(|board| words.say(board.key()));
    let boards = Board::ALL.into_iter().zip(&labels);
    let boards: Vec<Tab<'_>> = boards
        .map(|(board, label)| Tab {
            address: board.address(),
            label,
            count: 0,
            here: board == here,
        })
        .collect();
    tabs(&words.say("place-analysis"), &boards)
}
