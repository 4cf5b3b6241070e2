//! A request's body, whole and unpacked, or the reason why not.
//!
//! **Invariant (I17):** bytes are admitted as they arrive and never held beyond the limits, packed
//! or unpacked; a body that unpacks to more than a hundred times its size is refused.

use std::io::Read as _;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_ENCODING;
use bytes::{Bytes, BytesMut};
use filo_app::{App, Permit};
use flate2::read::MultiGzDecoder;
use http::StatusCode;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;

use super::answer;
use crate::problem::Problem;

/// Segment documents 500 kB; clients of other makes send up to 4 MB.
pub(super) const BODY_BYTES_MOST: usize = 4 << 20;
/// JSON of events compresses ten- to fiftyfold.
const RATIO_MOST: usize = 100;
/// So small a body may unpack to anything: fifty equal events have a ratio of more than 100.
const UNPACKED_BYTES_FREE: usize = 128 << 10;
/// Bytes of a body whose length is not known are admitted in such steps.
const STEP_BYTES: usize = 64 << 10;

/// What of a refused body is read before its connection is given up.
const DRAINED_BYTES_MOST: usize = 2 * BODY_BYTES_MOST;

/// A body, and the right to hold it.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) bytes: Bytes,
    pub(super) permit: Permit,
}

/// Reads and unpacks a body.
pub(super) async fn receive(
    app: &App,
    headers: &HeaderMap,
    body: Body,
) -> Result<Received, Problem> {
    let is_packed = is_gzip(headers)?;
    let (packed, permit) = collect(app, body).await?;
    if !is_packed {
        return Ok(Received {
            bytes: packed,
            permit,
        });
    }
    let bytes = Bytes::from(unpack(&packed)?);
    drop(permit);
    let permit = app.admit(bytes.len()).map_err(answer::busy)?;
    Ok(Received { bytes, permit })
}

/// Whether the body is compressed, in the one way that is understood.
fn is_gzip(headers: &HeaderMap) -> Result<bool, Problem> {
    let Some(encoding) = headers.get(CONTENT_ENCODING) else {
        return Ok(false);
    };
    match encoding
        .to_str()
        .map(|name| name.trim().to_ascii_lowercase())
        .as_deref()
    {
        Ok("gzip" | "x-gzip") => Ok(true),
        Ok("" | "identity") => Ok(false),
        _ => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unknown_encoding",
            "The compression is not known",
            "send the body as it is, or with `Content-Encoding: gzip`",
        )
        .about("Content-Encoding")),
    }
}

async fn collect(app: &App, mut body: Body) -> Result<(Bytes, Permit), Problem> {
    let gathered = gather(app, &mut body).await;
    if gathered.is_err() {
        drain(&mut body).await;
    }
    gathered
}

async fn gather(app: &App, body: &mut Body) -> Result<(Bytes, Permit), Problem> {
    let expected = body.size_hint();
    let known = usize::try_from(expected.lower()).unwrap_or(usize::MAX);
    if known > BODY_BYTES_MOST {
        return Err(Problem::too_large(BODY_BYTES_MOST));
    }
    let mut bytes = BytesMut::with_capacity(known);
    let mut permit = app.admit(0).map_err(answer::busy)?;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_broken| {
            Problem::malformed("the connection ended before the body was complete")
        })?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        let size = bytes.len() + data.len();
        if size > BODY_BYTES_MOST {
            return Err(Problem::too_large(BODY_BYTES_MOST));
        }
        if size > permit.bytes() {
            let is_whole = expected.exact() == Some(size as u64);
            let step = if is_whole {
                size - permit.bytes()
            } else {
                STEP_BYTES.max(size - permit.bytes())
            };
            permit.grow(step).map_err(answer::busy)?;
        }
        bytes.extend_from_slice(&data);
    }
    Ok((bytes.freeze(), permit))
}

/// Reads a refused body to its end and keeps nothing of it: a client that is cut off while it
/// sends sees a broken connection, not the answer that tells it when to come back.
async fn drain(body: &mut Body) {
    let mut left = DRAINED_BYTES_MOST;
    while let Some(Ok(frame)) = body.frame().await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        if length > left {
            return;
        }
        left -= length;
    }
}

/// Unpacks gzip, all members of it.
fn unpack(packed: &[u8]) -> Result<Vec<u8>, Problem> {
    let most = BODY_BYTES_MOST.min((packed.len() * RATIO_MOST).max(UNPACKED_BYTES_FREE));
    let mut bytes = Vec::with_capacity(most.min(packed.len() * 8));
    // One byte more than allowed tells a full body from one that goes on.
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_broken| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "broken_gzip",
                "The body cannot be unpacked",
                "`Content-Encoding` says gzip, but the body is not, or is cut short",
            )
        })?;
    if bytes.len() > most {
        return Err(Problem::too_large(most));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn status(packed: &[u8]) -> u16 {
        unpack(packed).map_or_else(|problem| problem.status.as_u16(), |_| 200)
    }

    #[test]
    fn unpacks_what_was_packed_and_several_members() {
        let text = br#"{"batch":[]}"#;
        assert_eq!(unpack(&pack(text)).unwrap(), text);
        let two = [pack(b"[1,"), pack(b"2]")].concat();
        assert_eq!(unpack(&two).unwrap(), b"[1,2]");
    }

    #[test]
    fn refuses_bombs_and_nonsense() {
        assert_eq!(status(&pack(&vec![b' '; UNPACKED_BYTES_FREE])), 200);
        assert_eq!(status(&pack(&vec![b' '; 1 << 20])), 413);
        assert_eq!(status(&pack(&vec![b' '; 64 << 20])), 413);
        assert_eq!(status(b"{}"), 400);
        assert_eq!(status(&pack(b"{}")[..12]), 400);
        let nested = pack(&pack(&vec![0; 8 << 20]));
        assert!(unpack(&nested).unwrap().len() < 64 << 10);
    }

    #[test]
    fn knows_one_compression() {
        let of = |name: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_ENCODING, http::HeaderValue::from_static(name));
            is_gzip(&headers).map_err(|problem| problem.status.as_u16())
        };
        assert_eq!(of("gzip"), Ok(true));
        assert_eq!(of(" X-GZIP "), Ok(true));
        assert_eq!(of("identity"), Ok(false));
        assert_eq!(of("br"), Err(415));
        assert_eq!(of("gzip, gzip"), Err(415));
        assert_eq!(is_gzip(&HeaderMap::new()), Ok(false));
    }
}
