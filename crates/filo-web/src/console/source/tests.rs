//! What the page of sources shows, and which keys its form asks for.

use super::*;
use crate::i18n::Language;

fn key(kind: &'static str, shown: &str) -> KeyView {
    KeyView {
        id: KeyId(3),
        source: None,
        kind,
        name: "Sito <b>".to_owned(),
        shown: shown.to_owned(),
        scopes: Scopes::ALL,
        created_at: Timestamp(0),
        expires_at: None,
        revoked_at: None,
    }
}

#[test]
fn a_site_has_its_line_to_paste_and_a_server_no_secret() {
    let sources = Sources {
        sources: vec![
            SourceRow {
                name: "Sito".to_owned(),
                kind: "web".to_owned(),
                keys: vec![key("public", "filo_pub_whole")],
            },
            SourceRow {
                name: "Server".to_owned(),
                kind: "server".to_owned(),
                keys: vec![key("secret", "filo_sec_abcd")],
            },
        ],
        api_keys: vec![key("api", "filo_api_abcd")],
        url: "https://filo.example".to_owned(),
        ..Sources::default()
    };
    for language in Language::ALL {
        let page = content(Words::of(language), &sources, Timestamp(0), "t").into_string();
        let line = "https://filo.example/analytics.js/v1/filo_pub_whole/analytics.min.js";
        assert!(page.contains(line), "{page}");
        assert!(page.contains("curl -u YOUR_KEY:"), "{page}");
        assert!(page.contains("Sito &lt;b&gt;"), "{page}");
    }
}

#[test]
fn a_form_asks_only_for_keys_there_are() {
    let form = |kind: &str, power: &str| NewForm {
        name: "x".to_owned(),
        kind: kind.to_owned(),
        power: power.to_owned(),
    };
    let scopes = |kind, power| form(kind, power).key().map(|key| key.scopes.words());
    assert_eq!(scopes("public", "admin").as_deref(), Some(""));
    assert_eq!(scopes("api", "write").as_deref(), Some("read write"));
    assert_eq!(scopes("session", "admin"), None);
    assert_eq!(scopes("api", "all"), None);
}
