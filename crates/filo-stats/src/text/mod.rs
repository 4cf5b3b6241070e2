//! Texts as numbers: how easy they are to read, and how alike two of them are.
//!
//! **Invariant:** a text without a word has no readability, and two texts are exactly as alike as
//! the other way round.

mod likeness;
mod readability;
mod token;

#[cfg(test)]
mod tests;

pub use likeness::{Likeness, likeness, self_bleu, shingle_overlap, skeleton, skeleton_overlap};
pub use readability::{
    Measured, flesch_reading_ease, gulpease, measure, sentences, syllables_of_english,
};
