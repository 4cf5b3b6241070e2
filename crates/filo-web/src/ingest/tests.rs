//! Recorded requests of unmodified clients, and hostile ones, read without a network.

use std::path::{Path, PathBuf};

use filo_core::event::{Event, EventKind, Trust};
use filo_core::id::{SourceId, WorkspaceKey};
use filo_core::identity::{Kind, Rules};
use filo_core::intake::Sender;
use filo_core::time::Timestamp;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use serde_json::Value;

use super::taking::{Taken, Workspace, take, with_wire};
use super::wire::{EVENTS_MOST, write_key};

const RECEIVED: Timestamp = Timestamp(1_795_328_700_000_000);

fn sender(trust: Trust) -> Sender<'static> {
    Sender::new(SourceId(1), trust, RECEIVED)
}

fn taken_as(text: &str, implied: Option<EventKind>, trust: Trust) -> Option<Taken> {
    let rules = Rules::default();
    let spare_id = || 7;
    let workspace = Workspace {
        rules: &rules,
        key: WorkspaceKey([1; 32]),
        spare_id: &spare_id,
    };
    with_wire(text, |wire| {
        take(text, wire, implied, &sender(trust), &workspace)
    })
    .ok()
}

fn taken(text: &str) -> Taken {
    taken_as(text, None, Trust::Verified).unwrap()
}

fn flaws(taken: &Taken) -> Vec<(usize, &'static str)> {
    taken
        .refused
        .iter()
        .map(|one| (one.index, one.defect.code.word()))
        .collect()
}

fn value(event: &Event, kind: Kind) -> Option<&str> {
    event
        .identifiers
        .iter()
        .find(|one| one.kind == kind)
        .map(|one| one.value.as_str())
}

/// The recorded bodies of one client, in order; none where the data is absent.
fn recorded(client: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/sdk_requests");
    let Ok(folder) = root.join(client).read_dir() else {
        println!("skipped: no recorded requests at {}", root.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = folder
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn server_clients_lose_nothing() {
    for client in [
        "segment_node",
        "segment_py",
        "segment_py_gzip",
        "rudder_node",
        "rudder_py",
    ] {
        let mut people = Vec::new();
        for body in recorded(client) {
            let expected: Value = serde_json::from_str(&body).unwrap();
            let expected = expected["batch"].as_array().unwrap();
            let taken = taken(&body);
            assert_eq!(flaws(&taken), [], "{client}");
            assert_eq!(taken.events.len(), expected.len(), "{client}");
            for (event, sent) in taken.events.iter().zip(expected) {
                assert_eq!(event.message_id, sent["messageId"].as_str().unwrap());
                assert_eq!(event.kind.word(), sent["type"].as_str().unwrap());
                assert_eq!(
                    value(event, Kind::UserId),
                    sent["userId"].as_str(),
                    "{client}"
                );
                let sent_at = sent["originalTimestamp"]
                    .as_str()
                    .or(sent["timestamp"].as_str());
                assert_eq!(
                    Some(event.at),
                    sent_at.and_then(Timestamp::parse),
                    "{client}"
                );
                people.extend(value(event, Kind::Email).map(str::to_owned));
            }
        }
        people.dedup();
        let nobody_recorded = recorded(client).is_empty();
        assert!(
            nobody_recorded || people == ["mario.rossi@example.it"],
            "{client}: {people:?}"
        );
    }
}

#[test]
fn rudder_traits_in_the_context_are_traits() {
    for body in recorded("rudder_py").iter().take(1) {
        let taken = taken(body);
        let identify = taken
            .events
            .iter()
            .find(|event| event.kind == EventKind::Identify)
            .unwrap();
        let traits: Value = serde_json::from_str(&identify.properties).unwrap();
        assert_eq!(traits["birthday"], "1980-05-06");
        assert_eq!(value(identify, Kind::Phone), Some("+393331234567"));
    }
}

#[test]
fn the_browser_links_its_anonymous_id_to_the_user() {
    let single = recorded("segment_web_single");
    let kinds = [
        EventKind::Page,
        EventKind::Identify,
        EventKind::Track,
        EventKind::Group,
        EventKind::Alias,
    ];
    for (body, kind) in single.iter().zip(kinds) {
        let key = with_wire(body, |wire| {
            write_key(wire).map(std::borrow::Cow::into_owned)
        });
        assert_eq!(key.unwrap().as_deref(), Some("WK_TEST"));
        let taken = taken_as(body, Some(kind), Trust::Claimed).unwrap();
        let [event] = taken.events.as_slice() else {
            panic!("{:?}", flaws(&taken))
        };
        assert!(taken.is_single);
        let anonymous = value(event, Kind::AnonymousId);
        assert_eq!(anonymous, Some("9f3e10bf-d3b4-4573-9ee7-7717cb6fbfb5"));
        assert_eq!(event.trust, Trust::Claimed);
        // Its clock is 68 to 75 seconds behind the receipt; what counts is the time till sending.
        assert!(RECEIVED.micros_since(event.at) < 1_000_000);
        assert!(event.original_at.is_some());
        let user = (kind != EventKind::Page).then_some("u-1");
        assert_eq!(value(event, Kind::UserId), user);
    }
    for body in recorded("segment_web_batch") {
        let taken = taken_as(&body, None, Trust::Claimed).unwrap();
        assert_eq!(flaws(&taken), []);
        assert!(taken.events.len() >= 3);
        assert_eq!(
            value(&taken.events[1], Kind::Email),
            Some("mario.rossi@example.it")
        );
    }
}

#[test]
fn what_a_batch_says_reaches_its_messages() {
    let body = r#"{"batch":[
        {"type":"page","userId":"u","timestamp":"2026-11-22T08:00:00Z"},
        {"type":"page","userId":"u","context":{"locale":"en"}}],
        "context":{"locale":"it","app":{"name":"x"}},"sentAt":"2026-11-22T08:00:02Z",
        "integrations":{"All":true},"writeKey":"k"}"#;
    let taken = taken_as(body, None, Trust::Claimed).unwrap();
    assert_eq!(taken.events[0].at, RECEIVED.plus_seconds(-2));
    assert_eq!(
        &*taken.events[0].context,
        r#"{"locale":"it","app":{"name":"x"}}"#
    );
    assert_eq!(
        &*taken.events[1].context,
        r#"{"locale":"en","app":{"name":"x"}}"#
    );
}

#[test]
fn bad_messages_leave_the_good_ones_alone() {
    let large = format!(
        r#"{{"type":"page","userId":"u","x":"{}"}}"#,
        "y".repeat(33_000)
    );
    let body = format!(
        r#"{{"batch":[{{"type":"page","userId":"u"}},7,"x",null,[1,[2]],{{"type":"track","userId":"u"}},
        {{"type":"page","userId":"a","userId":"b"}},{large},{{"type":"page"}},{{"userId":"u"}},
        {{"type":"page","userId":"u","batch":[1],"properties":{{"a":"\ud800\u0000\u202e"}}}}],
        "sentAt":"2026-11-22T08:00:02Z"}}"#
    );
    let taken = taken(&body);
    assert_eq!(taken.events.len(), 2);
    assert_eq!(
        flaws(&taken),
        [
            (1, "not_an_object"),
            (2, "not_an_object"),
            (3, "not_an_object"),
            (4, "not_an_object"),
            (5, "missing_event"),
            (6, "repeated_field"),
            (7, "event_too_large"),
            (8, "no_user_anon_id"),
            (9, "missing_type"),
        ]
    );
    assert_eq!(
        taken.refused[3].body,
        r#"{"batch":[[1,[2]]],"sentAt":"2026-11-22T08:00:02Z"}"#
    );
    assert_eq!(
        taken.refused[4].body,
        r#"{"batch":[{"type":"track","userId":"u"}],"sentAt":"2026-11-22T08:00:02Z"}"#
    );
    // What was refused is refused again for the same reason: a repair starts from the truth.
    for refused in taken
        .refused
        .iter()
        .filter(|one| one.defect.code.word() != "repeated_field")
    {
        let again = super::tests::taken(&refused.body);
        if refused.defect.code.word() != "event_too_large" {
            assert_eq!(again.refused[0].defect, refused.defect);
        }
    }
}

#[test]
fn the_excess_of_a_batch_is_kept() {
    let messages = vec![r#"{"type":"page","userId":"u"}"#; EVENTS_MOST + 3001];
    let body = format!(r#"{{"batch":[{}]}}"#, messages.join(","));
    let first = taken(&body);
    assert_eq!(first.events.len(), EVENTS_MOST);
    assert!(
        first
            .refused
            .iter()
            .all(|one| one.defect.code.word() == "too_many_events")
    );
    assert!(
        first
            .refused
            .iter()
            .all(|one| one.body.len() <= filo_app::BODY_BYTES_MOST)
    );
    let kept: usize = first
        .refused
        .iter()
        .map(|one| taken(&one.body).events.len())
        .sum();
    assert_eq!(kept, 3001);
}

#[test]
fn sizes_are_exact_to_the_byte() {
    let body = |length: usize| {
        let frame = r#"{"userId":"u","properties":{"a":""}}"#.len();
        format!(
            r#"{{"userId":"u","properties":{{"a":"{}"}}}}"#,
            "x".repeat(length - frame)
        )
    };
    let page = Some(EventKind::Page);
    let of = |length| flaws(&taken_as(&body(length), page, Trust::Verified).unwrap());
    assert_eq!(body(32_768).len(), 32_768);
    assert_eq!(of(32_768), []);
    assert_eq!(of(32_769), [(0, "event_too_large")]);
}

#[test]
fn broken_json_is_broken_whatever_it_is() {
    for text in [
        "",
        "{",
        "{\"batch\":[}",
        "{\"batch\":[{}]",
        "{} {}",
        "nul",
        "{\"a\":\u{1}}",
    ] {
        assert!(taken_as(text, None, Trust::Verified).is_none(), "{text:?}");
    }
    // Not broken, but no message.
    for (text, code) in [
        ("[]", "not_an_object"),
        ("7", "not_an_object"),
        (r#"{"batch":{"a":1}}"#, "wrong_type"),
        (r#"{"batch":"x"}"#, "wrong_type"),
        (r#"{"batch":null}"#, "wrong_type"),
        (r#"{"batch":[],"batch":[{}]}"#, "repeated_field"),
    ] {
        let taken = taken(text);
        assert_eq!(flaws(&taken), [(0, code)], "{text}");
        assert!(taken.is_single);
    }
    assert_eq!(flaws(&taken(r#"{"batch":[]}"#)), []);
    assert_eq!(
        taken("\u{feff}{\"type\":\"page\",\"userId\":\"u\"}")
            .events
            .len(),
        1
    );
    // Half a character in a key cannot be parsed; it is mended.
    assert_eq!(
        taken(r#"{"type":"page","userId":"u","\ud800":1}"#)
            .events
            .len(),
        1
    );
}

#[test]
fn depth_bombs_cost_nothing() {
    let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
    for text in [
        deep.clone(),
        format!(r#"{{"batch":[{deep}]}}"#),
        format!(r#"{{"type":"page","userId":"u","x":{deep}}}"#),
        format!(r#"{{"type":"page","userId":{deep}}}"#),
    ] {
        assert_eq!(taken(&text).events.len(), 0);
    }
    assert!(taken_as(&"[".repeat(1_000_000), None, Trust::Verified).is_none());
    assert!(taken_as(&r#"{"batch":["#.repeat(10_000), None, Trust::Verified).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}|[\\[\\]{}\",:\\\\a1ud8 ]{0,80}") {
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        let read = taken_as(&text, None, Trust::Claimed);
        // What is no JSON is never taken; what is JSON is, but for the exceptions of `wire`.
        prop_assert_eq!(read.is_some() && !is_json, false);
    }

    #[test]
    fn every_message_is_taken_or_refused(
        messages in proptest::collection::vec("\\{\"type\":\"(page|track|buy)\",\"userId\":(1|\"u\"|true)\\}|[1-9][0-9]{0,2}|null|\\[\\]|\"x\"", 0..20),
    ) {
        let body = format!("{{\"batch\":[{}]}}", messages.join(","));
        let taken = taken(&body);
        prop_assert_eq!(taken.events.len() + taken.refused.len(), messages.len());
    }
}
