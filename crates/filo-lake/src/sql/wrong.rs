//! What DataFusion says is wrong, told to whoever asked: their own fault in its words and with its
//! place, a limit as that limit, and a fault of ours without its text.
//!
//! **Invariant:** no path of the machine is in what they are told.

use arrow::error::ArrowError;
use datafusion::error::DataFusionError;

use super::asked::{Limits, Place, Refusal};
use super::session::Error;

/// Longer texts list every function there is.
const TEXT_CHARS_MOST: usize = 600;
/// What the parser puts before the place.
const LINE: &str = " at Line: ";
const COLUMN: &str = ", Column: ";
/// What stands before the name of a view.
const HOME: [&str; 2] = ["datafusion.public.", "datafusion."];

/// The refusal for an error of a session.
pub(super) fn refused(error: Error, limits: &Limits) -> Refusal {
    match error {
        Error::Query(error) => refusal(&error, limits),
        Error::TooLarge { limit_bytes } => Refusal::TooLarge {
            bytes_most: limit_bytes,
        },
        Error::Columns(error) => Refusal::Fault(error.to_string()),
    }
}

/// The refusal for an error of DataFusion.
pub(super) fn refusal(error: &DataFusionError, limits: &Limits) -> Refusal {
    // Of several the first is told: the others often follow from it.
    let first = error.iter().next().unwrap_or(error);
    let root = first.find_root();
    let text = match root {
        DataFusionError::ResourcesExhausted(_) => {
            return Refusal::TooMuchMemory {
                bytes_most: limits.memory_bytes_most,
            };
        }
        DataFusionError::SQL(inner, _) => inner.to_string(),
        DataFusionError::ArrowError(inner, _) if is_of_the_question(inner) => inner.to_string(),
        DataFusionError::NotImplemented(text)
        | DataFusionError::Internal(text)
        | DataFusionError::Plan(text)
        | DataFusionError::Configuration(text)
        | DataFusionError::Execution(text) => text.clone(),
        DataFusionError::SchemaError(inner, _) => inner.to_string(),
        _ => return Refusal::Fault(error.to_string()),
    };
    let pointed = error.diagnostic().and_then(|it| it.span);
    let pointed = pointed.map(|span| Place {
        line: span.start.line,
        column: span.start.column,
    });
    let (text, parsed) = taken_apart(&text);
    Refusal::Wrong {
        text,
        place: pointed.or(parsed).filter(|it| it.line > 0),
    }
}

/// What comes of values and types, not of files.
fn is_of_the_question(error: &ArrowError) -> bool {
    matches!(
        error,
        ArrowError::NotYetImplemented(_)
            | ArrowError::CastError(_)
            | ArrowError::ParseError(_)
            | ArrowError::SchemaError(_)
            | ArrowError::ComputeError(_)
            | ArrowError::DivideByZero
            | ArrowError::ArithmeticOverflow(_)
            | ArrowError::InvalidArgumentError(_)
            | ArrowError::OffsetOverflowError(_)
    )
}

/// The text without what only the engine needs, and the place that stood in it.
fn taken_apart(text: &str) -> (String, Option<Place>) {
    let text = text.strip_prefix("sql parser error: ").unwrap_or(text);
    let (text, place) = match text.rsplit_once(LINE) {
        Some((before, after)) => match place(after) {
            Some(place) => (before, Some(place)),
            None => (text, None),
        },
        None => (text, None),
    };
    // A trace, where the machine is set to make one, tells paths of sources.
    let text = text.split("\n\nbacktrace: ").next().unwrap_or(text);
    let mut text = text.to_owned();
    for home in HOME {
        text = text.replace(home, "");
    }
    if text.chars().count() > TEXT_CHARS_MOST {
        text = text.chars().take(TEXT_CHARS_MOST).collect();
        text.push('…');
    }
    (text, place)
}

fn place(text: &str) -> Option<Place> {
    let (line, column) = text.split_once(COLUMN)?;
    let digits = column
        .trim()
        .trim_end_matches(|sign: char| !sign.is_ascii_digit());
    Some(Place {
        line: line.trim().parse().ok()?,
        column: digits.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_taken_out_of_the_text() {
        let at = |line, column| Some(Place { line, column });
        for (text, expected, found) in [
            (
                "sql parser error: Expected: an expression, found: FROM at Line: 2, Column: 8",
                "Expected: an expression, found: FROM",
                at(2, 8),
            ),
            (
                "table 'datafusion.public.people' not found",
                "table 'people' not found",
                None,
            ),
            ("no room at Line: here", "no room at Line: here", None),
        ] {
            assert_eq!(taken_apart(text), (expected.to_owned(), found), "{text}");
        }
        let long = taken_apart(&"x".repeat(2_000)).0;
        assert_eq!(long.chars().count(), TEXT_CHARS_MOST + 1);
    }
}
