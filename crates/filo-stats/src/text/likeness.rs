//! How alike two texts are: by their letters, by their build, by their runs of words.
//!
//! Shingles and their overlap: Broder, "On the resemblance and containment of documents" (1997).
//! Self-BLEU: Zhu et al., "Texygen" (SIGIR 2018), over BLEU of Papineni et al. (2002) with one
//! added to the counts of longer runs as in Lin, Och (2004). The longest common run of skeletons
//! is 2L/(n+m), the ratio of Ratcliff, Obershelp with the subsequence in place of the blocks.
//! How the three are put together is our own choice.

use std::collections::{BTreeMap, BTreeSet};

use super::token::{is_of_word, plain, tokens, words};

/// Letters of a shingle.
const SHINGLE: usize = 5;
/// Words of the longest run that is compared.
const RUN: usize = 4;
/// Tokens of a text that are compared: more is no message.
const TOKENS_MOST: usize = 2000;
/// Stands for "none at all" where a logarithm is taken.
const NONE: f64 = 1e-9;

/// How alike two texts are; each part between 0 (nothing) and 1 (the same).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// Shared runs of five letters.
    pub shingles: f64,
    /// Shared build: the order of little words and signs.
    pub skeleton: f64,
    /// Shared runs of one to four words.
    pub runs: f64,
}

impl Likeness {
    /// One number between 0 and 100: 40 parts letters, 35 build (above one half, which any two
    /// texts of a language share), 25 runs.
    #[must_use]
    pub fn score(self) -> f64 {
        let build = ((self.skeleton - 0.5) / 0.5).max(0.0);
        100.0 * (0.40 * self.shingles + 0.35 * build + 0.25 * self.runs)
    }
}

/// How alike two texts are; nothing if one of them has no word.
#[must_use]
pub fn likeness(one: &str, other: &str) -> Option<Likeness> {
    words(one).next()?;
    words(other).next()?;
    let runs = (self_bleu(one, &[other])? + self_bleu(other, &[one])?) / 2.0;
    Some(Likeness {
        shingles: shingle_overlap(one, other),
        skeleton: skeleton_overlap(&skeleton(one), &skeleton(other)),
        runs,
    })
}

/// The shared shingles over all shingles of two texts (Jaccard), without capitals.
#[must_use]
pub fn shingle_overlap(one: &str, other: &str) -> f64 {
    let (one, other) = (shingles(one), shingles(other));
    let shared = one.intersection(&other).count();
    let all = one.len() + other.len() - shared;
    ratio(shared, all)
}

fn shingles(text: &str) -> BTreeSet<Vec<char>> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = folded.chars().flat_map(char::to_lowercase).collect();
    if letters.len() < SHINGLE {
        return BTreeSet::from([letters]);
    }
    letters.windows(SHINGLE).map(<[char]>::to_vec).collect()
}

/// The build of a text: digits as 0, names as N, the words that carry meaning as w, little words
/// and signs as they are.
#[must_use]
pub fn skeleton(text: &str) -> Vec<String> {
    let bone = |(place, token): (usize, &str)| {
        let mut letters = token.chars();
        let first = letters.next().unwrap_or(' ');
        if !is_of_word(first) {
            return plain(first).to_string();
        }
        if token.chars().all(|letter| letter.is_ascii_digit()) {
            return "0".to_owned();
        }
        let folded: String = token
            .chars()
            .flat_map(char::to_lowercase)
            .map(plain)
            .collect();
        if LITTLE.contains(&folded.as_str()) {
            return folded;
        }
        match first.is_uppercase() && place > 0 {
            true => "N".to_owned(),
            false => "w".to_owned(),
        }
    };
    let tokens = tokens(text).into_iter().take(TOKENS_MOST);
    tokens.enumerate().map(bone).collect()
}

/// Little words of Italian and English: they build sentences and say nothing.
const LITTLE: &[&str] = &[
    "ciao", "solo", "per", "te", "il", "lo", "la", "i", "gli", "le", "un", "una", "uno", "di",
    "su", "con", "tra", "fra", "tutta", "tutte", "tutti", "tutto", "e", "o", "ma", "che", "se",
    "non", "ti", "ne", "ci", "vi", "si", "noi", "voi", "lei", "ora", "qui", "del", "della", "dei",
    "delle", "al", "alla", "ai", "alle", "nel", "nella", "sul", "sulla", "the", "an", "of", "to",
    "and", "or", "but", "for", "you", "your", "our", "we", "us", "it", "is", "are", "in", "on",
    "at", "with", "from", "this", "that", "all", "just", "only", "now", "here", "hi", "hello",
];

/// The longest common subsequence of two skeletons as 2L/(n+m).
#[must_use]
pub fn skeleton_overlap(one: &[String], other: &[String]) -> f64 {
    let mut row = vec![0usize; other.len() + 1];
    for bone in one {
        let mut diagonal = 0;
        for (place, facing) in other.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = match bone == facing {
                true => diagonal + 1,
                false => above.max(row[place]),
            };
            diagonal = above;
        }
    }
    ratio(2 * row[other.len()], one.len() + other.len())
}

/// BLEU-4 of a text against others: how much of it they say already.
#[must_use]
pub fn self_bleu(text: &str, others: &[&str]) -> Option<f64> {
    let own = run_words(text);
    let others: Vec<Vec<String>> = others.iter().map(|other| run_words(other)).collect();
    if own.is_empty() || others.is_empty() {
        return None;
    }
    let mut logarithms = 0.0;
    for length in 1..=RUN {
        let mine = runs(&own, length);
        let theirs: Vec<_> = others.iter().map(|other| runs(other, length)).collect();
        let shared: usize = mine
            .iter()
            .map(|(run, count)| {
                let most = theirs.iter().filter_map(|their| their.get(run)).max();
                most.copied().unwrap_or(0).min(*count)
            })
            .sum();
        let all: usize = mine.values().sum();
        let precision = match (length, shared) {
            (1, 0) => NONE / as_number(all.max(1)),
            (1, _) => ratio(shared, all),
            _ => as_number(shared + 1) / as_number(all + 1),
        };
        logarithms += precision.ln() / as_number(RUN);
    }
    let nearest = others
        .iter()
        .map(Vec::len)
        .min_by_key(|length| (length.abs_diff(own.len()), *length))?;
    let brevity = match own.len() >= nearest {
        true => 1.0,
        false => (1.0 - as_number(nearest) / as_number(own.len())).exp(),
    };
    Some(brevity * logarithms.exp())
}

/// The words of a text without capitals; per cent counts as a word, for offers live by it.
fn run_words(text: &str) -> Vec<String> {
    let kept = tokens(text)
        .into_iter()
        .filter(|token| *token == "%" || token.chars().next().is_some_and(is_of_word));
    kept.take(TOKENS_MOST).map(str::to_lowercase).collect()
}

fn runs(words: &[String], length: usize) -> BTreeMap<&[String], usize> {
    let mut counted = BTreeMap::new();
    for run in words.windows(length) {
        *counted.entry(run).or_default() += 1;
    }
    counted
}

fn ratio(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 0.0,
        whole => as_number(part) / as_number(whole),
    }
}

fn as_number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
