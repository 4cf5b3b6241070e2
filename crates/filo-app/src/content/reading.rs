//! Reading pieces over: what is wrong, what the voice says, and how alike they are.

use std::collections::BTreeMap;

use filo_core::company::Language;
use filo_core::content::voice::{Finding, review};
use filo_core::content::{
    ContentMap, Match, Piece, SAME_FROM, Text, Tone, Variant, Wrong, check, content_map, same_as,
};
use filo_core::id::PieceId;
use filo_core::message::Medium;

use super::PieceView;
use crate::app::App;
use crate::error::Result;

/// Texts that are compared with each other.
const TEXTS_MOST: usize = 80;
/// Pairs that are shown.
const PAIRS_MOST: usize = 50;

/// What is to be said of a piece.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// What keeps it from being saved.
    pub wrong: Vec<Wrong>,
    /// What the voice of the company says, the heaviest first.
    pub findings: Vec<Finding>,
}

/// Which text of which piece.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextKey {
    /// The piece.
    pub piece: PieceId,
    /// What it is called.
    pub name: String,
    /// By what.
    pub medium: Medium,
    /// In which language.
    pub language: Language,
    /// In which tone.
    pub tone: Tone,
    /// Which version.
    pub variant: Variant,
}

/// Two texts that are alike, or one and the phrases that everybody uses.
#[derive(Debug, Clone)]
pub struct Alike {
    /// The text.
    pub text: TextKey,
    /// What it is like, and why.
    pub like: Match<TextKey>,
}

impl App {
    /// What is to be said of a piece, saved or not.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn review_piece(&self, piece: &Piece) -> Result<Reviewed> {
        let voice = self.voice().await?.voice;
        let promotion = self.promotion_of(piece).await?;
        let adaptations = piece.adaptations.iter();
        let mut findings: Vec<Finding> = adaptations
            .flat_map(|adaptation| review(&voice, piece, adaptation, promotion.as_ref()))
            .collect();
        findings.sort_by_key(|it| (it.rule.weight(), it.text, it.field, it.line, it.column));
        Ok(Reviewed {
            wrong: check(piece),
            findings,
        })
    }

    /// The map of the pieces in use, with their names.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn content_map(&self) -> Result<(ContentMap, BTreeMap<PieceId, String>)> {
        let views = self.pieces().await?;
        let standing = views.iter().filter(|view| view.row.archived_at.is_none());
        let pieces: Vec<(PieceId, &Piece)> =
            standing.map(|view| (view.row.id, &view.piece)).collect();
        let names = views
            .iter()
            .map(|view| (view.row.id, view.row.name.clone()));
        Ok((content_map(&pieces), names.collect()))
    }

    /// The pairs of texts in use that are most alike, and the texts that say what everybody says;
    /// of a text in several tones, the tones are not compared with each other.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn sameness(&self, of: Option<PieceId>) -> Result<Vec<Alike>> {
        let views = self.pieces().await?;
        let compared = tokio::task::spawn_blocking(move || compare(&views, of));
        Ok(compared.await.map_err(anyhow::Error::from)?)
    }
}

fn compare(views: &[PieceView], of: Option<PieceId>) -> Vec<Alike> {
    let mut texts: Vec<Text<TextKey>> = views
        .iter()
        .filter(|view| view.row.archived_at.is_none())
        .flat_map(texts_of)
        .collect();
    // Those that were asked for come first, so that they are among those that are compared.
    texts.sort_by_key(|text| (Some(text.key.piece) != of, text.key.clone()));
    texts.truncate(TEXTS_MOST);
    let mut alike = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        if of.is_some_and(|of| of != text.key.piece) {
            continue;
        }
        let is_other = |other: &&Text<TextKey>| {
            let (mine, theirs) = (&text.key, &other.key);
            let is_version = mine.tone == theirs.tone && mine.variant != theirs.variant;
            mine.language == theirs.language
                && mine.medium == theirs.medium
                && (mine.piece != theirs.piece || is_version)
        };
        let others: Vec<Text<TextKey>> = texts[place + 1..]
            .iter()
            .filter(is_other)
            .cloned()
            .collect();
        for like in same_as(&text.text, &others) {
            if like.score >= SAME_FROM || like.key.is_none() {
                let text = text.key.clone();
                alike.push(Alike { text, like });
            }
        }
    }
    alike.sort_by(|one, other| {
        let by_score = other.like.score.total_cmp(&one.like.score);
        by_score.then_with(|| one.text.cmp(&other.text))
    });
    alike.truncate(PAIRS_MOST);
    alike
}

fn texts_of(view: &PieceView) -> Vec<Text<TextKey>> {
    let adaptations = view.piece.adaptations.iter();
    let text = adaptations.map(|it| Text {
        key: TextKey {
            piece: view.row.id,
            name: view.row.name.clone(),
            medium: it.medium,
            language: it.language,
            tone: it.tone,
            variant: it.variant,
        },
        text: it.fields.text.clone(),
    });
    text.filter(|text| !text.text.trim().is_empty()).collect()
}
