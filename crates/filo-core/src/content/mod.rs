//! Content: what a company says, once for every medium, language and tone.
//!
//! A piece holds the texts; [`compose`] makes of one of them what one person is told, from facts
//! alone. An offer is a [`Promotion`] of its own, so that it says the same everywhere.
//!
//! **Invariant:** whatever stands in a template, composing ends within its fuel and its size and
//! never panics; what comes from data is text and never markup.
//! **Invariant:** variations that vary hold no figure, link, code or term.

mod block;
mod check;
mod compose;
mod different;
mod document;
mod fact;
mod field;
mod kind;
mod letter;
mod limit;
mod map;
mod piece;
mod promotion;
mod reason;
mod said;
mod sameness;
mod scan;
mod shield;
mod sms;
mod starter;
mod template;
mod tone;
mod turn;
mod variable;
pub mod voice;

#[cfg(test)]
mod tests;

pub use block::{Block, Span, paragraphs};
pub use check::{Wrong, check};
pub use compose::{Asking, Composed, Links, compose, variations_of};
pub use different::most_different;
pub use document::{DocumentFault, PIECE_BYTES_MOST};
pub use fact::{Fact, Facts, OrderFacts};
pub use field::{Field, Fields, fields_of};
pub use kind::{Category, Variant};
pub use letter::{Letter, mjml, plain};
pub use limit::{Counted, LETTER_BYTES_WARN, Limit, count, limit_of};
pub use map::{Cell, ContentMap, content_map};
pub use piece::{Adaptation, Explaining, NAME_CHARS_MOST, Piece, Variation};
pub use promotion::{Promotion, PromotionFault, Terms};
pub use reason::{Reason, why};
pub use sameness::{Match, Pair, SAME_FROM, Text, as_read, same_as};
pub use sms::{Coding, Segments, segments};
pub use starter::{STARTERS, Starter};
pub use template::{Fault, What};
pub use tone::{Address, Tone, language_for, tone_for};
pub use turn::{Seed, turn};
pub use variable::{VARIABLES, Variable};
