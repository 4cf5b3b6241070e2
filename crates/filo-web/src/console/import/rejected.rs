//! The file of rows that were not taken, sent as it is read, with the reasons in words.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use filo_app::App;
use futures_util::stream::unfold;
use http::header;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::outcome::reason_words;
use crate::console::failure::Failure;
use crate::console::id;
use crate::console::session::Session;
use crate::i18n::Words;
use crate::right::ImportPeople;

/// Bytes read and sent at a time.
const PIECE_BYTES: usize = 64 << 10;

pub(in crate::console) async fn download(
    State(app): State<App>,
    Path(import): Path<String>,
    session: Session<ImportPeople>,
) -> Result<Response, Failure> {
    let (name, file) = app.rejected_lines(&session.actor, id(&import)?).await?;
    let words = session.words;
    let lines = BufReader::with_capacity(PIECE_BYTES, file);
    let stream = unfold(lines, move |mut lines| async move {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        while piece.len() < PIECE_BYTES {
            let mut line = Vec::new();
            match lines.read_until(b'\n', &mut line).await {
                Ok(0) => break,
                Ok(_) => piece.extend(said(words, &line)),
                Err(error) => return Some((Err(error), lines)),
            }
        }
        (!piece.is_empty()).then_some((Ok(piece), lines))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// A line whose last cell is a reason says it in words.
fn said(words: Words, line: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(line) else {
        return line.to_vec();
    };
    let ended = text.trim_end_matches(['\r', '\n']);
    let begin = ended
        .rfind([',', ';', '\t', '|'])
        .map_or(0, |place| place + 1);
    let (before, last) = ended.split_at(begin);
    let word = last.replace('_', "-");
    let plain = !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
    if !plain || words.look_up(&format!("import-reason-{word}")).is_none() {
        return line.to_vec();
    }
    // In quotes, because words may hold what parts the cells.
    let reason = reason_words(words, last).replace('"', "\"\"");
    format!("{before}\"{reason}\"\n").into_bytes()
}

/// The file's own name, as far as a header takes it.
fn disposition(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain: String = stem
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || "-_ ".contains(it) {
                it
            } else {
                '_'
            }
        })
        .take(80)
        .collect();
    format!("attachment; filename=\"{plain}-rejected.csv\"")
}
