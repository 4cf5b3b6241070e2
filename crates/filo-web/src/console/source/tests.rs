//! What the pages of sources say.

use filo_app::Scopes;
use filo_core::id::SourceId;

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
        origins: Vec::new(),
        last_used_at: None,
    }
}

fn sender(name: &str, kind: &str, key: Option<KeyView>) -> Sender {
    Sender {
        source: SourceView {
            id: SourceId(7),
            name: name.to_owned(),
            kind: kind.to_owned(),
            created_at: Timestamp(0),
            disabled_at: None,
        },
        volumes: Volumes::default(),
        keys: key.into_iter().collect(),
    }
}

#[test]
fn the_list_shows_the_beginning_of_keys_and_hostile_names_as_text() {
    let list = List {
        senders: vec![sender(
            "Sito <b>",
            "web",
            Some(key("public", "filo_pub_wholekey")),
        )],
        in_quarantine: 3,
    };
    for language in Language::ALL {
        let page = list
            .content(Words::of(language), Timestamp(0), Rights::NONE)
            .into_string();
        assert!(
            page.contains("filo_pub_whol") && !page.contains("wholekey"),
            "{page}"
        );
        assert!(
            page.contains("Sito &lt;b&gt;") && !page.contains("<b>"),
            "{page}"
        );
        assert!(page.contains("/sources/7") && page.contains("<span class=\"count\">3</span>"));
    }
}

#[test]
fn every_kind_has_words_and_lines_with_its_key_and_address() {
    for kind in SourceKind::ALL {
        for language in Language::ALL {
            assert!(!kind_word(Words::of(language), kind.word()).starts_with("source-"));
        }
        for snippet in snippet::of(kind, "https://filo.example", "THE_KEY") {
            assert!(
                snippet.text.contains("https://filo.example/")
                    || snippet.text.contains("'https://filo.example'")
            );
            assert!(snippet.text.contains("THE_KEY"), "{}", snippet.text);
        }
    }
}

#[test]
fn instants_are_told_from_now() {
    let words = Words::of(Language::Italian);
    let now = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
    for (seconds, expected) in [
        (20, "adesso"),
        (61, "un minuto fa"),
        (180, "3 minuti fa"),
        (3 * 3600, "3 ore fa"),
        (30 * 3600, "Ieri, 05:00"),
    ] {
        assert_eq!(ago(words, now.plus_seconds(-seconds), now), expected);
    }
}
