//! The name of an event, page or screen, under which it is counted and chosen.
//!
//! **Invariant:** a name holds no control, zero-width or bidirectional character, so two names
//! that look alike for that reason are one, and a log line or a page shows what is there.

use std::borrow::Cow;

use compact_str::{CompactString, ToCompactString};

use super::{Call, Defect, DefectCode, within};
use crate::event::EventKind;
use crate::semantic;

/// Longest name. The longest of Segment's has 32.
const NAME_CHARS_MOST: usize = 200;

/// The name of a call, in its canonical form.
pub(super) fn of(call: &Call<'_>, kind: EventKind) -> Result<CompactString, Defect> {
    let (field, scalar) = match kind {
        EventKind::Track => ("event", &call.event),
        EventKind::Page | EventKind::Screen => ("name", &call.name),
        EventKind::Identify | EventKind::Group | EventKind::Alias | EventKind::Decision => {
            return Ok(CompactString::default());
        }
    };
    let tidy = tidy(scalar.as_text().unwrap_or_default());
    if tidy.is_empty() && kind == EventKind::Track {
        let hint = "a track call needs the name of what was done, such as Order Completed";
        return Err(Defect::new(DefectCode::MissingEvent, field, hint));
    }
    if kind == EventKind::Track {
        return within(
            semantic::canonical(&tidy),
            NAME_CHARS_MOST,
            DefectCode::NameTooLong,
            field,
        );
    }
    within(&tidy, NAME_CHARS_MOST, DefectCode::NameTooLong, field)
}

/// The text without what cannot be seen.
fn tidy(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Cow::Borrowed(text.trim());
    }
    let visible: String = text
        .chars()
        .filter(|character| !is_hidden(*character))
        .collect();
    Cow::Owned(visible.trim().to_owned())
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
        )
}

/// Enough of a wrong value to recognise it, safe to show.
pub(super) fn shortened(text: &str) -> CompactString {
    tidy(text)
        .chars()
        .take(40)
        .collect::<String>()
        .to_compact_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_nothing() {
        for (text, expected) in [
            ("Order Completed", "Order Completed"),
            ("  Città visitata ", "Città visitata"),
            ("Order\u{202e}detelpmoC", "OrderdetelpmoC"),
            ("Or\u{200b}der\n", "Order"),
            ("\u{feff}", ""),
            ("a\u{0}b\u{1b}[31m", "ab[31m"),
        ] {
            assert_eq!(tidy(text), expected, "{text:?}");
        }
    }
}
