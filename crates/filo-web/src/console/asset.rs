//! Stylesheet, scripts, type and icon of the console: embedded, never from elsewhere.
//!
//! **Invariant:** the console is whole without Node and without a network: what it loads is in
//! the program, compressed once.

use std::io::Write;
use std::sync::LazyLock;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use filo_app::App;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, StatusCode, header};

const STYLE: &str = concat!(
    include_str!("../ui/style/tokens.css"),
    include_str!("../ui/style/base.css"),
    include_str!("../ui/style/shell.css"),
    include_str!("../ui/style/button.css"),
    include_str!("../ui/style/form.css"),
    include_str!("../ui/style/card.css"),
    include_str!("../ui/style/fold.css"),
    include_str!("../ui/style/over.css"),
    include_str!("../ui/style/table.css"),
    include_str!("../ui/style/chart.css"),
    include_str!("../ui/style/thread.css"),
    include_str!("../ui/style/settings.css"),
    include_str!("../ui/style/rule.css"),
    include_str!("../ui/style/today.css"),
    include_str!("../ui/style/source.css"),
    include_str!("../ui/style/component.css"),
    include_str!("../ui/style/people.css"),
    include_str!("../ui/style/quality.css"),
    include_str!("../ui/style/journey.css"),
    include_str!("../ui/style/impact.css"),
    include_str!("../ui/style/person.css"),
    include_str!("../ui/style/duplicate.css"),
    include_str!("../ui/style/segment.css"),
    include_str!("../ui/style/segment_form.css"),
    include_str!("../ui/style/buyer.css"),
    include_str!("../ui/style/piece.css"),
    include_str!("../ui/style/message.css"),
    include_str!("../ui/style/sql.css"),
    include_str!("../ui/style/print.css"),
);
const SCRIPT: &str = concat!(
    include_str!("../ui/script/form.js"),
    include_str!("../ui/script/palette.js"),
    include_str!("../ui/script/duplicate.js"),
    include_str!("../ui/script/keys.js"),
    include_str!("../ui/script/live.js"),
    include_str!("../ui/script/people.js"),
    include_str!("../ui/script/segment.js"),
    include_str!("../ui/script/piece.js"),
    include_str!("../ui/script/channel.js"),
);

/// What is served, compressed where that helps.
struct Asset {
    kind: &'static str,
    bytes: &'static [u8],
    gzip: Option<Vec<u8>>,
    tag: String,
}

impl Asset {
    fn text(kind: &'static str, text: &'static str) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let packed = encoder
            .write_all(text.as_bytes())
            .and_then(|()| encoder.finish());
        Self {
            // Writing to memory does not fail; if it did, the text would leave as it is.
            gzip: packed.ok(),
            ..Self::plain(kind, text.as_bytes())
        }
    }

    fn plain(kind: &'static str, bytes: &'static [u8]) -> Self {
        Self {
            kind,
            bytes,
            gzip: None,
            tag: format!("\"{}\"", &blake3::hash(bytes).to_hex()[..16]),
        }
    }

    /// Revalidated each time, so that a new version shows at once and an unchanged one costs 304.
    fn answer(&'static self, asked: &HeaderMap) -> Response {
        let names = |header, wanted: &str| {
            let value: Option<&HeaderValue> = asked.get(header);
            value.is_some_and(|value| value.to_str().is_ok_and(|text| text.contains(wanted)))
        };
        let gzip = self
            .gzip
            .as_deref()
            .filter(|_| names(header::ACCEPT_ENCODING, "gzip"));
        let mut response = if names(header::IF_NONE_MATCH, &self.tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            gzip.unwrap_or(self.bytes).into_response()
        };
        let headers = response.headers_mut();
        let fixed = [
            (header::CONTENT_TYPE, self.kind),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::VARY, "accept-encoding"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if gzip.is_some() && response.status() == StatusCode::OK {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if let Ok(tag) = HeaderValue::from_str(&self.tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

static STYLE_ASSET: LazyLock<Asset> =
    LazyLock::new(|| Asset::text("text/css; charset=utf-8", STYLE));
static SCRIPT_ASSET: LazyLock<Asset> =
    LazyLock::new(|| Asset::text("text/javascript; charset=utf-8", SCRIPT));
static ICON_ASSET: LazyLock<Asset> =
    LazyLock::new(|| Asset::text("image/svg+xml", include_str!("../ui/icon.svg")));
static TEXT_FONT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::plain(
        "font/woff2",
        include_bytes!("../ui/font/hanken-grotesk.woff2"),
    )
});
static SERIF_FONT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::plain(
        "font/woff2",
        include_bytes!("../ui/font/source-serif-4.woff2"),
    )
});

/// Their addresses; none of them needs a session.
#[rustfmt::skip]
pub(super) fn routes() -> Router<App> {
    let serve = |asset: &'static LazyLock<Asset>| get(move |asked: HeaderMap| async move { asset.answer(&asked) });
    Router::new()
        .route("/assets/console.css",          serve(&STYLE_ASSET))
        .route("/assets/console.js",           serve(&SCRIPT_ASSET))
        .route("/assets/hanken-grotesk.woff2", serve(&TEXT_FONT))
        .route("/assets/source-serif-4.woff2", serve(&SERIF_FONT))
        .route("/favicon.svg",                 serve(&ICON_ASSET))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a first page may load of style and script, as it travels.
    const GZIP_BYTES_MOST: usize = 60_000;

    #[test]
    fn style_and_script_are_small_and_hold_nothing_from_elsewhere() {
        let packed = |asset: &'static LazyLock<Asset>| asset.gzip.as_ref().unwrap().len();
        assert!(packed(&STYLE_ASSET) + packed(&SCRIPT_ASSET) < GZIP_BYTES_MOST);
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("http://") && !text.contains("https://"));
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let mut asked = HeaderMap::new();
        asked.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("br, gzip"),
        );
        let first = STYLE_ASSET.answer(&asked);
        assert_eq!(first.headers()[header::CONTENT_ENCODING], "gzip");
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        let again = STYLE_ASSET.answer(&asked);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(TEXT_FONT.answer(&HeaderMap::new()).status(), StatusCode::OK);
    }
}
