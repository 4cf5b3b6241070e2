use super::*;

#[test]
fn properties_stay_as_written() {
    let properties = |text: &str| event(text).properties.to_string();
    for (text, expected) in [
        (
            r#"{"type":"page","userId":"u","properties":{ "a" : 1.50 }}"#,
            r#"{ "a" : 1.50 }"#,
        ),
        (r#"{"type":"page","userId":"u","properties":{}}"#, ""),
        (r#"{"type":"page","userId":"u","properties":[ ]}"#, ""),
        (r#"{"type":"page","userId":"u","properties":null}"#, ""),
        (
            r#"{"type":"page","userId":"u","category":"St\"ore"}"#,
            r#"{"category":"St\"ore"}"#,
        ),
        (
            r#"{"type":"page","userId":"u","category":"Store","properties":{"a":1}}"#,
            r#"{"a":1,"category":"Store"}"#,
        ),
        (
            r#"{"type":"page","userId":"u","category":"Store","properties":{"category":"x"}}"#,
            r#"{"category":"x"}"#,
        ),
        (
            r#"{"type":"identify","userId":"u","traits":{"x":null,"y":""}}"#,
            r#"{"x":null,"y":""}"#,
        ),
        (
            r#"{"type":"identify","userId":"u","context":{"traits":{"a":1}}}"#,
            r#"{"a":1}"#,
        ),
        (
            r#"{"type":"identify","userId":"u","traits":{"b":2},"context":{"traits":{"a":1}}}"#,
            r#"{"b":2}"#,
        ),
        (
            r#"{"type":"page","userId":"u","properties":{"a":"\ud83d"}}"#,
            r#"{"a":"\ufffd"}"#,
        ),
        (
            r#"{"type":"page","userId":"u","properties":{"a":"\u0000"}}"#,
            r#"{"a":"\ufffd"}"#,
        ),
    ] {
        assert_eq!(properties(text), expected, "{text}");
    }
}

#[test]
fn the_context_of_the_batch_stands_under_the_calls() {
    let mut sender = sender(Trust::Verified);
    sender.context = Some(r#"{"app":{"name":"Till"},"locale":"it-IT"}"#);
    let context = |text| taken(text, &sender).unwrap().context.to_string();
    assert_eq!(
        context(r#"{"type":"page","userId":"u","context":{"locale":"en"}}"#),
        r#"{"locale":"en","app":{"name":"Till"}}"#
    );
    assert_eq!(
        context(r#"{"type":"page","userId":"u"}"#),
        r#"{"app":{"name":"Till"},"locale":"it-IT"}"#
    );
    let long = format!(r#"{{"a":"{}"}}"#, "x".repeat(5000));
    let bomb = Sender {
        context: Some(&long),
        ..sender.clone()
    };
    let defect = taken(r#"{"type":"page","userId":"u"}"#, &bomb).unwrap_err();
    assert_eq!(defect.code, DefectCode::EventTooLarge);
}

#[test]
fn only_the_customers_own_device_leaves_its_network() {
    let request = |trust| Sender {
        address: Some(Ipv4Addr::new(93, 45, 1, 77)),
        user_agent: Some("Mozilla \"5\""),
        ..sender(trust)
    };
    let context = |text, trust| taken(text, &request(trust)).unwrap().context.to_string();
    let page = r#"{"type":"page","userId":"u","context":{"locale":"it"}}"#;
    assert_eq!(
        context(page, Trust::Claimed),
        r#"{"locale":"it","ip":"93.45.1.0","userAgent":"Mozilla \"5\""}"#
    );
    assert_eq!(context(page, Trust::Verified), r#"{"locale":"it"}"#);
    let given = r#"{"type":"page","userId":"u","context":{"ip":"1.2.3.4","userAgent":"x"}}"#;
    assert_eq!(
        context(given, Trust::Claimed),
        r#"{"ip":"1.2.3.4","userAgent":"x"}"#
    );
    let direct = r#"{"type":"page","userId":"u","context":{"direct":true}}"#;
    assert_eq!(
        context(direct, Trust::Verified),
        r#"{"direct":true,"ip":"93.45.1.0"}"#
    );
}
