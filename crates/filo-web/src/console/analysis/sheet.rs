//! The figures of a board as a file for a spreadsheet, in the language's own form.

use axum::response::IntoResponse;
use http::header;
use maud::{Markup, html};

use crate::console::Answer;
use crate::csv::{MARK, row, separator};
use crate::i18n::Words;

/// The link to the file of the board at an address, which has a query.
pub(super) fn link(words: Words, address: &str) -> Markup {
    html! {
        p { a.button.quiet href={ (address) "&as=csv" } download { (words.say("analysis-csv")) } }
    }
}

/// A file with heads and rows.
pub(super) fn file(words: Words, name: &str, heads: &[String], rows: &[Vec<String>]) -> Answer {
    let separator = separator(words.language);
    let mut text = format!("{MARK}{}", row(heads, separator));
    for cells in rows {
        text.push_str(&row(cells, separator));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.csv\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}

/// What stands above columns.
pub(super) fn heads<const N: usize>(words: Words, keys: [&str; N]) -> Vec<String> {
    keys.map(|key| words.say(key).into_owned()).to_vec()
}

/// A number in a cell; nothing where there is none.
pub(super) fn decimal(words: Words, value: Option<f64>) -> String {
    let written = value.map(|it| format!("{it:.4}"));
    let written = written.map(|it| it.trim_end_matches('0').trim_end_matches('.').to_owned());
    let point = words.decimal_sign().to_string();
    written.map_or_else(String::new, |it| it.replace('.', &point))
}
