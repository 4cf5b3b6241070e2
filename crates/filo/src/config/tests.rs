//! What settings are refused, and what the file of defaults holds.

use super::*;

#[test]
fn the_file_of_defaults_is_the_defaults_and_names_every_key() {
    assert_eq!(Config::parse(DEFAULTS).unwrap(), Config::default());
    let table: toml::Table = DEFAULTS.parse().unwrap();
    let mut keys: Vec<_> = table.keys().map(String::as_str).collect();
    let mut known = KEYS;
    keys.sort_unstable();
    known.sort_unstable();
    assert_eq!(keys, known);
}

#[test]
fn a_wrong_key_names_the_right_one() {
    let error = Config::parse("lisen = \"127.0.0.1:1\"")
        .unwrap_err()
        .to_string();
    assert_eq!(error, "there is no setting `lisen`: did you mean `listen`?");
    assert!(
        Config::parse("password = 1")
            .unwrap_err()
            .to_string()
            .contains("memory_mb")
    );
    assert!(Config::parse("listen = \"here\"").is_err());
}

#[test]
fn flags_win_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("filo.toml");
    std::fs::write(&path, "memory_mb = 64\nlog = \"debug\"\n").unwrap();
    let settings = Settings {
        config: Some(path),
        memory_mb: Some(128),
        ..Settings::default()
    };
    let config = settings.resolve().unwrap();
    assert_eq!((config.memory_mb, config.log.as_str()), (128, "debug"));
}

#[test]
fn values_that_cannot_work_are_refused() {
    for (settings, word) in [
        (
            Settings {
                memory_mb: Some(1),
                ..Settings::default()
            },
            "memory_mb",
        ),
        (
            Settings {
                store: Some("mysql://x".to_owned()),
                ..Settings::default()
            },
            "store",
        ),
        (
            Settings {
                schema: Some("a\"b".to_owned()),
                ..Settings::default()
            },
            "schema",
        ),
        (
            Settings {
                public_url: Some("shop.it".to_owned()),
                ..Settings::default()
            },
            "public",
        ),
        (
            Settings {
                public_pages_url: Some("https://shop.it/pages".to_owned()),
                ..Settings::default()
            },
            "public_pages_url",
        ),
        (
            Settings {
                public_url: Some("https://Shop.it".to_owned()),
                public_pages_url: Some("https://shop.it/".to_owned()),
                ..Settings::default()
            },
            "another host name",
        ),
    ] {
        assert!(
            settings.resolve().unwrap_err().to_string().contains(word),
            "{word}"
        );
    }
}

#[test]
fn ways_out_are_read() {
    let text = "outbound_hosts = [\"erp.lan:9000\"]\noutbound_ports = [8443]";
    let config = Config::parse(text).unwrap();
    assert_eq!(config.outbound().unwrap().hosts.len(), 1);
    let wrong = Config::parse("outbound_hosts = [\"http://x\"]").unwrap();
    assert!(
        wrong
            .outbound()
            .unwrap_err()
            .to_string()
            .contains("host:port")
    );
    let absent = Config::parse("outbound_roots = \"/no/such/file\"").unwrap();
    assert!(absent.outbound().is_err());
}

#[test]
fn links_use_the_public_address() {
    let listening = SocketAddr::from(([127, 0, 0, 1], 8080));
    let mut config = Config::default();
    assert_eq!(config.public_url(listening), "http://127.0.0.1:8080");
    config.public_url = "https://filo.example.it/".to_owned();
    assert_eq!(config.public_url(listening), "https://filo.example.it");
}
