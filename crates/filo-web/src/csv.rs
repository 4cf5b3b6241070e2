//! Cells of a CSV file that people open in a spreadsheet.
//!
//! **Invariant:** no cell is taken for a formula: one that begins like a formula gets an
//! apostrophe in front, because its text may come from anybody.

use filo_app::export::harmless;

use crate::i18n::Language;

/// Spreadsheets take a file for UTF-8 when it begins so.
pub(crate) const MARK: &str = "\u{feff}";

/// What stands between cells: where amounts have a comma, spreadsheets expect a semicolon.
pub(crate) const fn separator(language: Language) -> char {
    match language {
        Language::Italian => ';',
        Language::English => ',',
    }
}

/// One row, its cells between separators.
pub(crate) fn row(cells: &[String], separator: char) -> String {
    let mut line = String::new();
    for (position, text) in cells.iter().enumerate() {
        if position > 0 {
            line.push(separator);
        }
        line.push_str(&cell(text, separator));
    }
    line.push_str("\r\n");
    line
}

fn cell(text: &str, separator: char) -> String {
    let harmless = harmless(text);
    if harmless.contains(['"', '\n', '\r', separator]) {
        return format!("\"{}\"", harmless.replace('"', "\"\""));
    }
    harmless.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_separators_quoted() {
        for (text, expected) in [
            ("Anna", "Anna"),
            ("=1+1", "'=1+1"),
            ("+39 347", "'+39 347"),
            ("@x", "'@x"),
            ("-1", "-1"),
            ("-1+1", "'-1+1"),
            ("\tx", "'\tx"),
            ("a;b", "\"a;b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=a;\"b\"", "\"'=a;\"\"b\"\"\""),
            ("", ""),
        ] {
            assert_eq!(cell(text, ';'), expected, "{text}");
        }
        assert_eq!(row(&["a,b".into(), "c".into()], ','), "\"a,b\",c\r\n");
    }
}
