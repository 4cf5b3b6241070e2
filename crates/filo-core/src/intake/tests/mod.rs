mod identifiers;
mod objects;

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;

use super::*;
use crate::event::Channel;
use crate::identity::Kind;
use crate::json;

const RECEIVED: Timestamp = Timestamp(1_795_328_618_000_000);

fn call(text: &str) -> Call<'_> {
    let field = |key| json::member(text, key);
    let scalar = |key| field(key).map_or(Scalar::Absent, Scalar::read);
    Call {
        kind: scalar("type"),
        event: scalar("event"),
        name: scalar("name"),
        category: scalar("category"),
        user_id: scalar("userId"),
        anonymous_id: scalar("anonymousId"),
        previous_id: scalar("previousId"),
        group_id: scalar("groupId"),
        message_id: scalar("messageId"),
        timestamp: scalar("timestamp"),
        original_timestamp: scalar("originalTimestamp"),
        sent_at: scalar("sentAt"),
        channel: scalar("channel"),
        properties: field("properties"),
        traits: field("traits"),
        context: field("context"),
        size_bytes: text.len(),
    }
}

fn sender(trust: Trust) -> Sender<'static> {
    Sender::new(SourceId(7), trust, RECEIVED)
}

fn taken(text: &str, sender: &Sender<'_>) -> Result<Event, Defect> {
    accept(
        &call(text),
        sender,
        &Rules::default(),
        &WorkspaceKey([3; 32]),
        || 42,
    )
}

fn event(text: &str) -> Event {
    taken(text, &sender(Trust::Verified)).unwrap()
}

fn who(event: &Event) -> Vec<(&'static str, String)> {
    event
        .identifiers
        .iter()
        .map(|one| (one.kind.word(), one.value.to_string()))
        .collect()
}

fn identifiers(text: &str, trust: Trust) -> Vec<(&'static str, String)> {
    who(&taken(text, &sender(trust)).unwrap())
}

/// The code and the field of what is wrong.
fn flaw(text: &str) -> (&'static str, String) {
    let defect = taken(text, &sender(Trust::Verified)).unwrap_err();
    assert!(!defect.hint.is_empty());
    (defect.code.word(), defect.field.into_owned())
}

#[test]
fn says_what_is_missing_or_wrong() {
    for (text, code, field) in [
        ("{}", "missing_type", "type"),
        (r#"{"type":"buy","userId":"u"}"#, "unknown_type", "type"),
        (
            r#"{"type":"decision","userId":"u"}"#,
            "unknown_type",
            "type",
        ),
        (
            r#"{"type":"track","event":"X"}"#,
            "no_user_anon_id",
            "userId",
        ),
        (
            r#"{"type":"track","event":"X","userId":""}"#,
            "no_user_anon_id",
            "userId",
        ),
        (r#"{"type":"track","userId":"u"}"#, "missing_event", "event"),
        (
            r#"{"type":"track","userId":"u","event":" "}"#,
            "missing_event",
            "event",
        ),
        (
            r#"{"type":"group","userId":"u"}"#,
            "missing_group_id",
            "groupId",
        ),
        (
            r#"{"type":"alias","userId":"u"}"#,
            "missing_previous_id",
            "previousId",
        ),
        (r#"{"type":"page","userId":true}"#, "wrong_type", "userId"),
        (
            r#"{"type":"page","userId":"u","properties":[1]}"#,
            "wrong_type",
            "properties",
        ),
        (
            r#"{"type":"identify","userId":"u","traits":"x"}"#,
            "wrong_type",
            "traits",
        ),
        (
            r#"{"type":"page","userId":"u","timestamp":"ieri"}"#,
            "bad_timestamp",
            "timestamp",
        ),
    ] {
        assert_eq!(flaw(text), (code, field.to_owned()), "{text}");
    }
}

#[test]
fn holds_calls_to_the_limits() {
    let long = "x".repeat(501);
    let wide: Vec<_> = (0..301).map(|n| format!("\"k{n}\":1")).collect();
    let wide = wide.join(",");
    let deep = format!("{}{}", "[".repeat(64), "]".repeat(64));
    let large = "y".repeat(EVENT_BYTES_MOST);
    for (members, code, field) in [
        (
            format!(r#""messageId":"{long}""#),
            "message_id_too_long",
            "messageId",
        ),
        (
            format!(r#""type":"group","groupId":"{long}""#),
            "group_id_too_long",
            "groupId",
        ),
        (
            format!(r#""type":"track","event":"{long}""#),
            "name_too_long",
            "event",
        ),
        (
            format!(r#""properties":{{{wide}}}"#),
            "too_many_properties",
            "properties",
        ),
        (
            format!(r#""context":{{{wide}}}"#),
            "too_many_properties",
            "context",
        ),
        (
            format!(r#""properties":{{"a":{deep}}}"#),
            "too_deep",
            "properties",
        ),
        (
            format!(r#""properties":{{"a":"{large}"}}"#),
            "event_too_large",
            "",
        ),
    ] {
        let text = format!(r#"{{"type":"page","userId":"u",{members}}}"#);
        assert_eq!(flaw(&text), (code, field.to_owned()));
    }
}

#[test]
fn a_repeated_message_is_the_same_event() {
    let text = r#"{"type":"page","userId":"u","messageId":"m-1"}"#;
    assert_eq!(event(text).id, event(text).id);
    let other_source = Sender::new(SourceId(8), Trust::Verified, RECEIVED);
    assert_ne!(event(text).id, taken(text, &other_source).unwrap().id);
    let without = event(r#"{"type":"page","userId":"u"}"#);
    assert_eq!(without.message_id, format!("filo-{:032x}", 42));
    // A hundred characters, not bytes.
    let long = "è".repeat(100);
    assert_eq!(
        event(&format!(
            r#"{{"type":"page","userId":"u","messageId":"{long}"}}"#
        ))
        .message_id,
        long
    );
}

#[test]
fn names_and_channels_are_canonical() {
    for (text, name, channel) in [
        (
            r#"{"type":"track","event":"Completed Order","userId":"u"}"#,
            "Order Completed",
            Channel::Server,
        ),
        (
            r#"{"type":"page","name":" Home ","userId":"u"}"#,
            "Home",
            Channel::Web,
        ),
        (r#"{"type":"screen","userId":"u"}"#, "", Channel::App),
        (
            r#"{"type":"track","event":"X","userId":"u","context":{"library":{"version":"1","name":"analytics.js"}}}"#,
            "X",
            Channel::Web,
        ),
        (
            r#"{"type":"track","event":"X","userId":"u","properties":{"channel":"shop"}}"#,
            "X",
            Channel::Shop,
        ),
        (
            r#"{"type":"track","event":"X","userId":"u","channel":"mobile"}"#,
            "X",
            Channel::App,
        ),
    ] {
        let event = event(text);
        assert_eq!(
            (event.name.as_str(), event.channel),
            (name, channel),
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn anything_gives_an_event_or_a_defect(
        values in proptest::collection::vec("\\PC{0,20}|\"[a-z\\\\u0-9d]{0,9}\"|\\{\"email\":\"[a-z@.]{0,8}\"\\}|\\[\\]|[0-9.]{1,9}", 9),
        claimed in any::<bool>(),
    ) {
        let keys = ["type", "event", "userId", "previousId", "timestamp", "category", "properties", "context", "traits"];
        let members: Vec<_> = keys
            .iter()
            .zip(&values)
            .filter(|(_, value)| serde_json::from_str::<&serde_json::value::RawValue>(value).is_ok())
            .map(|(key, value)| format!("\"{key}\":{value}"))
            .collect();
        let text = format!("{{\"anonymousId\":\"a\",\"type\":\"page\",{}}}", members.join(","));
        let trust = if claimed { Trust::Claimed } else { Trust::Verified };
        if let Ok(event) = taken(&text, &sender(trust)) {
            for object in [&event.properties, &event.context] {
                prop_assert!(object.is_empty() || serde_json::from_str::<Value>(object).is_ok());
            }
            prop_assert!(event.at <= RECEIVED.plus_seconds(300));
            let nodes = event.identifiers.first();
            let expected = nodes.map(|one| WorkspaceKey([3; 32]).node_id(one.kind, &one.value));
            prop_assert_eq!(expected.unwrap_or(event.thread), event.thread);
        }
    }
}
