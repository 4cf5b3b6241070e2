use super::*;

#[test]
fn promotes_every_kind_of_identifier_strongest_first() {
    let text = r#"{"type":"identify","anonymousId":"a-1","userId":42,"groupId":"acme",
        "traits":{"email":"Mario.Rossi@Example.IT","phone":"+39 333 1234567",
            "codiceFiscale":"RSSMRA85T10A562S","loyalty_card":"0042-1"},
        "context":{"traits":{"email":"old@example.it"},
            "device":{"id":"d-1","type":"android","advertisingId":"AD-1","adTrackingEnabled":true,
                "token":"push-1"},
            "integrations":{"Google Analytics":{"clientId":"11.22"}},
            "externalIds":[{"id":"c-9","type":"Shopify","collection":"users","encoding":"none"},
                {"id":"x","type":"crm","collection":"accounts","encoding":"none"}]}}"#;
    let kinds: Vec<_> = identifiers(text, Trust::Verified)
        .iter()
        .map(|(kind, _)| *kind)
        .collect();
    assert_eq!(
        kinds,
        [
            "user_id",
            "tax_code",
            "card",
            "email",
            "phone",
            "external_id",
            "push_token",
            "device_id",
            "advertising_id",
            "ga_client_id",
            "anonymous_id",
            "group_id",
        ]
    );
    let event = event(text);
    assert_eq!(
        event.thread,
        WorkspaceKey([3; 32]).node_id(Kind::UserId, "42")
    );
    assert_eq!(
        who(&event)[3],
        ("email", "mario.rossi@example.it".to_owned())
    );
    assert_eq!(who(&event)[5].1, "shopify:c-9");
}

#[test]
fn promotes_from_where_the_field_stands() {
    let phone = ("phone", "+393331234567".to_owned());
    let email = ("email", "a@b.it".to_owned());
    for (text, expected) in [
        (
            r#"{"type":"track","event":"X","properties":{"email":"a@b.it"}}"#,
            vec![email.clone()],
        ),
        (
            r#"{"type":"page","context":{"traits":{"phone":"333 1234567"}}}"#,
            vec![phone],
        ),
        // The first good value counts.
        (
            r#"{"type":"identify","traits":{"email":"nonsense"},"context":{"traits":{"email":"a@b.it"}}}"#,
            vec![email.clone()],
        ),
        // A company's address is nobody's, a payment's card no loyalty card.
        (
            r#"{"type":"group","groupId":"g","traits":{"email":"info@b.it"},"context":{"traits":{"email":"a@b.it"}}}"#,
            vec![email.clone(), ("group_id", "g".to_owned())],
        ),
        (
            r#"{"type":"track","event":"X","properties":{"email":"a@b.it","card":"visa"}}"#,
            vec![email.clone()],
        ),
        // Deeper members are not the person's.
        (
            r#"{"type":"track","event":"X","userId":"u","properties":{"friend":{"email":"a@b.it"}}}"#,
            vec![("user_id", "u".to_owned())],
        ),
        // Those who opted out of tracking have no advertising id.
        (
            r#"{"type":"screen","context":{"device":{"type":"android","id":"d","advertisingId":"ad"}}}"#,
            vec![("device_id", "d".to_owned())],
        ),
        // Each once; blocked ones not at all.
        (
            r#"{"type":"track","event":"X","userId":"null","anonymousId":"a","properties":{"email":"a@b.it"},"context":{"externalIds":[{"id":"a","type":"anonymous_id"}]}}"#,
            vec![email, ("anonymous_id", "a".to_owned())],
        ),
    ] {
        assert_eq!(identifiers(text, Trust::Verified), expected, "{text}");
    }
}

#[test]
fn an_alias_holds_both_ids() {
    let id = |kind, value: &str| (kind, value.to_owned());
    let uuid = "88419dc1-fa69-42ff-b690-14497d9e0dd6";
    let server = r#"{"type":"alias","previousId":"anon-1","userId":"u-1"}"#;
    assert_eq!(
        identifiers(server, Trust::Verified),
        [
            id("user_id", "u-1"),
            id("user_id", "anon-1"),
            id("anonymous_id", "anon-1")
        ]
    );
    let browser = format!(r#"{{"type":"alias","previousId":"{uuid}","userId":"u-1"}}"#);
    assert_eq!(
        identifiers(&browser, Trust::Claimed),
        [id("user_id", "u-1"), id("anonymous_id", uuid)]
    );
    let two_people = r#"{"type":"alias","previousId":"u-0","userId":"u-1","anonymousId":"a"}"#;
    assert_eq!(
        identifiers(two_people, Trust::Claimed),
        [
            id("user_id", "u-1"),
            id("user_id", "u-0"),
            id("anonymous_id", "a")
        ]
    );
    let same = r#"{"type":"alias","previousId":"u-1","userId":"u-1","anonymousId":"a"}"#;
    assert_eq!(
        identifiers(same, Trust::Claimed),
        [id("user_id", "u-1"), id("anonymous_id", "a")]
    );
}

#[test]
fn values_that_join_nobody_share_a_thread_that_is_nobodys() {
    let text = |id: &str| format!(r#"{{"type":"track","event":"X","userId":"{id}"}}"#);
    let first = event(&text("anonymous"));
    let second = event(&text("anonymous"));
    assert!(first.identifiers.is_empty());
    assert_eq!(first.thread, second.thread);
    assert_ne!(first.thread, event(&text("null")).thread);
    assert_ne!(
        first.thread,
        WorkspaceKey([3; 32]).node_id(Kind::UserId, "anonymous")
    );
}
