//! The sameness meter: how much a text says what others say already, and in which sentences.
//!
//! **Invariant:** a text is alike another exactly as much as the other way round, and every score
//! above [`SAME_FROM`] comes with what causes it.

use filo_stats::text::{Likeness, likeness, sentences};

use super::block::paragraphs;
use super::check::without_statements;
use super::voice::{STOCK, masked};

/// From here on two texts read as the same: stock mails that differ in name and figure have 70
/// and more, texts of one's own 15 and less (see the tests of `filo_stats::text`).
pub const SAME_FROM: f64 = 45.0;
/// Two sentences say the same.
const SENTENCE_FROM: f64 = 55.0;
/// Sentences that are shown.
const PAIRS_MOST: usize = 5;
/// Sentences of a text that are compared.
const SENTENCES_MOST: usize = 60;
/// Words of a sentence that are worth comparing.
const WORDS_LEAST: usize = 4;

/// A text, under whatever one calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<K> {
    /// What it is.
    pub key: K,
    /// As it was written.
    pub text: String,
}

/// Two sentences that say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Here.
    pub own: String,
    /// There.
    pub other: String,
    /// How much, 0–100.
    pub score: f64,
}

/// A text that this one is like.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<K> {
    /// Which; none for the phrases that everybody uses.
    pub key: Option<K>,
    /// How much, 0–100.
    pub score: f64,
    /// Why: the likest sentences.
    pub pairs: Vec<Pair>,
}

/// How alike a text is to each other one, and to the stock phrases; the likest first.
#[must_use]
pub fn same_as<K: Clone + Ord>(text: &str, others: &[Text<K>]) -> Vec<Match<K>> {
    let own = as_read(text);
    let mut matches = Vec::new();
    for other in others {
        let there = as_read(&other.text);
        let Some(likeness) = likeness(&own, &there) else {
            continue;
        };
        matches.push(Match {
            key: Some(other.key.clone()),
            score: likeness.score(),
            pairs: pairs(&own, &there),
        });
    }
    matches.extend(stock(&own));
    matches.sort_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        by_score.then_with(|| one.key.cmp(&other.key))
    });
    matches
}

/// A text as somebody reads it, to be compared: without blocks, tags and links.
#[must_use]
pub fn as_read(text: &str) -> String {
    paragraphs(&masked(&without_statements(text)))
}

fn pairs(own: &str, there: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for mine in worth(own) {
        for theirs in worth(there) {
            let score = likeness(mine, theirs).map_or(0.0, Likeness::score);
            if score >= SENTENCE_FROM {
                let (own, other) = (mine.to_owned(), theirs.to_owned());
                pairs.push(Pair { own, other, score });
            }
        }
    }
    pairs.sort_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        by_score.then_with(|| (&one.own, &one.other).cmp(&(&other.own, &other.other)))
    });
    pairs.truncate(PAIRS_MOST);
    pairs
}

fn worth(text: &str) -> Vec<&str> {
    let long = |sentence: &&str| sentence.split_whitespace().count() >= WORDS_LEAST;
    let sentences = sentences(text).into_iter().filter(long);
    sentences.take(SENTENCES_MOST).collect()
}

/// The sentences that everybody's messages have: the score is their share of the text.
fn stock<K>(own: &str) -> Option<Match<K>> {
    let all = sentences(own);
    let mut pairs = Vec::new();
    for sentence in all.iter().take(SENTENCES_MOST) {
        let lower = sentence.to_lowercase();
        let found = STOCK.iter().find(|stock| lower.contains(stock.phrase));
        let found = found.map(|stock| (stock.phrase, 100.0)).or_else(|| {
            let likest = STOCK
                .iter()
                .filter(|stock| stock.phrase.split(' ').count() >= WORDS_LEAST);
            let scored = likest.filter_map(|stock| {
                let score = likeness(sentence, stock.phrase)?.score();
                Some((stock.phrase, score))
            });
            scored.max_by(|one, other| one.1.total_cmp(&other.1))
        });
        if let Some((phrase, score)) = found.filter(|(_, score)| *score >= SENTENCE_FROM) {
            pairs.push(Pair {
                own: (*sentence).to_owned(),
                other: phrase.to_owned(),
                score,
            });
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let share = pairs.len() as f64 / all.len().max(1) as f64;
    pairs.truncate(PAIRS_MOST);
    let (key, score) = (None, 100.0 * share);
    Some(Match { key, score, pairs })
}
