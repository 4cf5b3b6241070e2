//! The one way in which CSV leaves Filo.
//!
//! **Invariant:** no cell that a spreadsheet would take for a formula leaves as one: text from
//! outside that begins like one gets an apostrophe in front, which spreadsheets show as text.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// What a formula begins with in the spreadsheets in use, full width forms included.
const FORMULA_BEGINNINGS: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// A cell that no spreadsheet takes for a formula. Plain numbers stay as they are: they are none.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let is_formula = |text: &str| text.starts_with(FORMULA_BEGINNINGS);
    let bare = cell.trim_start_matches(is_skipped);
    if (is_formula(cell) || is_formula(bare)) && !is_number(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// What spreadsheets skip, or do not show, before they look for a formula.
fn is_skipped(letter: char) -> bool {
    let is_unseen = matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}');
    letter.is_whitespace() || letter.is_control() || is_unseen
}

/// Digits with at most one sign and one point: `-5.20`, `+39021234567`.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let points = digits.bytes().filter(|byte| *byte == b'.').count();
    digits.starts_with(|letter: char| letter.is_ascii_digit())
        && points <= 1
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// CSV in the making, in memory: lines are added, and what is there is taken away to be sent.
#[derive(Debug)]
pub struct CsvText(::csv::Writer<Vec<u8>>);

impl Default for CsvText {
    fn default() -> Self {
        Self(::csv::Writer::from_writer(Vec::new()))
    }
}

impl CsvText {
    /// Adds a line.
    ///
    /// # Errors
    /// If it has another number of cells than the lines before.
    pub fn line<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let cells: Vec<Cow<'_, str>> = cells.into_iter().map(harmless).collect();
        self.0
            .write_record(cells.iter().map(|cell| cell.as_bytes()))
            .map_err(unwritten)
    }

    /// What was added.
    ///
    /// # Errors
    /// None: memory takes what is written.
    pub fn text(self) -> Result<String> {
        let bytes = self.0.into_inner().map_err(unwritten)?;
        String::from_utf8(bytes).map_err(unwritten)
    }
}

fn unwritten(error: impl Into<anyhow::Error>) -> Error {
    Error::Internal(error.into().context("writing CSV"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_disarmed_and_honest_cells_stay() {
        for formula in [
            "=1+1",
            "=HYPERLINK(\"http://evil.example\")",
            "+1+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{feff}=1",
            "\u{200b}\u{a0} @x",
            "\n=1",
            "\u{ff1d}1",
            "-",
            "--1",
            "+1.2.3",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"), "{formula:?}");
        }
        for honest in [
            "",
            "Anna",
            "-5.20",
            "+39021234567",
            "a=b",
            "'x",
            "3-4",
            "O'Hara",
        ] {
            assert_eq!(harmless(honest), honest);
        }
    }

    #[test]
    fn lines_are_quoted_where_needed() {
        let mut csv = CsvText::default();
        csv.line(["name", "note"]).unwrap();
        csv.line(["Anna, \"la\" Rossa", "=1\n2"]).unwrap();
        let text = csv.text().unwrap();
        assert_eq!(text, "name,note\n\"Anna, \"\"la\"\" Rossa\",\"'=1\n2\"\n");
    }

    /// What a spreadsheet does before it decides: it leaves out what does not show.
    fn begins_a_formula(cell: &str) -> bool {
        let shown = cell.chars().find(|letter| !is_skipped(*letter));
        let raw = cell.chars().next();
        let begins =
            |letter: Option<char>| letter.is_some_and(|it| FORMULA_BEGINNINGS.contains(&it));
        begins(shown) || begins(raw)
    }

    proptest! {
        #[test]
        fn no_cell_leaves_as_a_formula(
            cell in "[ \\t\\r\\n\u{feff}\u{200b}\u{a0}]{0,3}[=+@a0-]{0,3}.{0,6}",
            other in any::<String>(),
        ) {
            let mut csv = CsvText::default();
            // Readers take a mark of byte order away from the beginning of a file.
            csv.line(["one", "other"]).unwrap();
            csv.line([cell.as_str(), other.as_str()]).unwrap();
            let text = csv.text().unwrap();
            let mut reader = ::csv::ReaderBuilder::new()
                .has_headers(true)
                .from_reader(text.as_bytes());
            let line = reader.records().next().unwrap().unwrap();
            for (read, cell) in line.iter().zip([&cell, &other]) {
                prop_assert!(!begins_a_formula(read) || is_number(read), "{cell:?} left as {read:?}");
                let kept = read == cell || read.strip_prefix('\'') == Some(cell.as_str());
                prop_assert!(kept, "{cell:?} left as {read:?}");
            }
        }
    }
}
