//! Conditions as people write them: `"Order Completed" at least 2 times in last 90 days`.
//!
//! The text says what the tree says and nothing else, so either can be kept and the other made
//! from it. Words are English whatever the language of the console, because a text is a thing to
//! pass on; what reads as a sentence is made elsewhere.
//!
//! **Invariant:** what was printed is read back as the same condition.
//! **Invariant:** no text makes the reader panic, and none costs more than its length.

mod buying;
mod comparison;
mod cursor;
mod event;
mod fault;
mod layout;
mod lexer;
mod phrase;
mod place;
#[cfg(test)]
mod tests;
mod tree;
mod when;

pub use fault::{Expected, TextCause, TextFault};

use super::condition::Condition;
use super::document::Definition;
use cursor::Cursor;
use place::Placed;

/// Bytes of a text: twice those of the longest document, which no condition needs when printed.
const BYTES_MOST: usize = 256 * 1024;

/// Reads a condition. Whether it keeps to the limits is for [`check`](super::check()) to say, or
/// for [`define`].
///
/// # Errors
/// The first thing that is wrong, and where it stands.
pub fn parse(text: &str) -> Result<Condition, TextFault> {
    placed(text).map(|(condition, _)| condition)
}

/// Reads a condition that keeps to the limits and makes sense.
///
/// # Errors
/// The first thing that is wrong, and where it stands.
pub fn define(text: &str) -> Result<Definition, TextFault> {
    let (condition, place) = placed(text)?;
    Definition::new(condition)
        .map_err(|fault| TextFault::new(text, place.of(&fault.at), fault.cause.into()))
}

fn placed(text: &str) -> Result<Placed, TextFault> {
    if text.len() > BYTES_MOST {
        return Err(TextFault::new(text, BYTES_MOST, TextCause::TooLong));
    }
    let mut cursor = Cursor::new(text);
    tree::whole(&mut cursor).map_err(|lost| TextFault::new(text, lost.at, lost.cause))
}

/// Writes a condition: on one line if that is short, otherwise a line for each part.
#[must_use]
pub fn print(condition: &Condition) -> String {
    layout::print(condition)
}
