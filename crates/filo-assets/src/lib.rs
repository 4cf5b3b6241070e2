//! What Filo sends to browsers, built from `web/` and embedded in the program.
//!
//! **Invariant:** an asset is immutable: its entity tag follows its content, so a browser may keep
//! it and ask with `If-None-Match`. Where Node was absent at build time the list is empty, and
//! [`FILO_JS`] has no byte: serve 404 rather than an empty script.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The script for customers' sites; empty if the bundle could not be built.
pub static FILO_JS: &[u8] = match ASSETS {
    [asset, ..] => asset.bytes,
    [] => &[],
};

/// How messages look on the site: the same in `messages.js` and where they are tried out.
pub static MESSAGES_CSS: &str = include_str!("../../../web/src/messages.css");

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The name under which it is served.
    pub name: &'static str,
    /// The content.
    pub bytes: &'static [u8],
    /// The content, compressed, for `Content-Encoding: gzip`.
    pub gzip: &'static [u8],
    /// The entity tag, with its quotes.
    pub etag: &'static str,
}

/// The embedded file of a name.
#[must_use]
pub fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The content of the embedded file of a name.
#[must_use]
pub fn file(name: &str) -> Option<&'static [u8]> {
    asset(name).map(|asset| asset.bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// "Less than 5 KB" is what the documents promise to whoever puts it on a page.
    const FILO_JS_GZIP_BYTES_MOST: usize = 5_000;

    fn built() -> Option<&'static Asset> {
        let found = asset("filo.js");
        if found.is_none() {
            eprintln!("skipped: filo.js was not built (Node or the registry was not there)");
        }
        found
    }

    #[test]
    fn filo_js_is_small() {
        let Some(script) = built() else { return };
        assert!(
            script.gzip.len() < FILO_JS_GZIP_BYTES_MOST,
            "filo.js is {} bytes compressed: every visitor of every customer loads it",
            script.gzip.len()
        );
    }

    #[test]
    fn what_shows_messages_is_a_file_of_its_own_and_makes_no_markup_of_text() {
        let (Some(tracker), Some(shows)) = (built(), asset("messages.js")) else {
            return;
        };
        let text = |asset: &Asset| String::from_utf8_lossy(asset.bytes).into_owned();
        assert!(!text(tracker).contains("attachShadow"));
        let shows = text(shows);
        assert!(shows.contains("attachShadow"));
        for foul in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
        ] {
            assert!(!shows.contains(foul), "{foul}");
        }
    }

    #[test]
    fn the_compressed_file_is_the_file() {
        let Some(script) = built() else { return };
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(script.gzip)
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, script.bytes);
        assert_eq!(FILO_JS, script.bytes);
        assert_eq!(file("filo.js"), Some(script.bytes));
    }

    #[test]
    fn filo_js_says_the_version_of_the_program() {
        let Some(script) = built() else { return };
        let text = String::from_utf8_lossy(script.bytes);
        assert!(
            text.contains(env!("CARGO_PKG_VERSION")),
            "web/src/tracker/analytics.ts: VERSION"
        );
    }

    #[test]
    fn an_unknown_name_gives_nothing() {
        assert!(file("../Cargo.toml").is_none());
    }
}
