use super::build::{event, fold, group, identify, track};
use crate::event::{Channel, EventKind, Trust};
use crate::profile::{Campaign, Profile, ProfileError};
use crate::time::Timestamp;

const CONTEXT: &str = r#"{"page":{"path":"/cart","referrer":"https://www.Google.it/","title":"Cart",
    "url":"https://shop.example.it/cart?utm_source=news"},"locale":"it-IT",
    "library":{"name":"analytics.js"},
    "campaign":{"source":"news","medium":"email","name":"natale"},"timezone":"Europe/Rome"}"#;

#[test]
fn first_and_last_touch_are_those_of_event_time() {
    let profile = fold(&[
        track("Product Viewed", 20, "{}").on(Channel::App),
        event(EventKind::Page, "Cart", 10, "{}").amid(CONTEXT),
        track("Store Visit Recorded", 15, "{}").on(Channel::Shop),
    ]);
    let first = profile.first_touch.as_ref().unwrap();
    assert_eq!(first.at, Timestamp::from_seconds(10));
    assert_eq!(
        (first.path.as_str(), first.referrer.as_str()),
        ("/cart", "www.google.it")
    );
    let campaign = Campaign {
        source: "news".into(),
        medium: "email".into(),
        name: "natale".into(),
    };
    assert_eq!(first.campaign.as_deref(), Some(&campaign));
    let last = profile.last_touch.as_ref().unwrap();
    assert_eq!((last.channel, last.campaign.as_ref()), (Channel::App, None));
    assert_eq!(profile.locale.as_ref().unwrap().value, "it-IT");
    assert_eq!(profile.timezone.as_ref().unwrap().value, "Europe/Rome");
    assert_eq!(profile.channels.iter().count(), 3);
}

#[test]
fn a_page_without_context_says_itself_where_it_was() {
    let page = r#"{"path":"/chi-siamo","referrer":"https://shop.it/x","url":"https://SHOP.it/"}"#;
    let profile = fold(&[event(EventKind::Page, "", 1, page)]);
    let touch = profile.first_touch.unwrap();
    assert_eq!(touch.path, "/chi-siamo");
    assert_eq!(
        touch.referrer, "",
        "the company's own site leads nowhere new"
    );
    let tracked = fold(&[track("Form Submitted", 1, page)]);
    assert_eq!(
        tracked.first_touch.unwrap().path,
        "",
        "a property is not a place"
    );
}

#[test]
fn what_only_happens_to_a_customer_is_no_sign_of_life() {
    let profile = fold(&[
        track("Product Viewed", 10, "{}"),
        track("Email Delivered", 20, "{}").on(Channel::Email),
        track("Note Added", 30, r#"{"text":"x"}"#).by(Trust::Staff),
        track("Product Viewed", 40, "{}").amid(r#"{"active":false}"#),
        event(EventKind::Decision, "Customers Joined", 50, "{}").by(Trust::Staff),
    ]);
    assert_eq!(profile.last_seen, Some(Timestamp::from_seconds(10)));
    assert_eq!(profile.first_seen, Some(Timestamp::from_seconds(10)));
    assert_eq!(profile.channels.iter().count(), 1);
    assert_eq!(
        profile.counters.total(),
        4,
        "decisions are not the customer's doing"
    );
    let counter = profile
        .counters
        .get(EventKind::Track, "Product Viewed")
        .unwrap();
    assert_eq!(counter.count, 2);
    assert_eq!(counter.last_at, Timestamp::from_seconds(40));
}

#[test]
fn a_flood_of_names_keeps_the_names_that_matter() {
    let mut events: Vec<_> = (0..400)
        .map(|number| track(&format!("AAA {number:03}"), number, "{}"))
        .collect();
    events.push(track("Signed Up", 1, "{}"));
    events.push(identify(2, r#"{"email":"a@b.it"}"#));
    let profile = fold(&events);
    assert!(profile.counters.is_overflown());
    assert_eq!(profile.counters.iter().count(), 300);
    assert!(
        profile
            .counters
            .get(EventKind::Track, "Signed Up")
            .is_some()
    );
    events.reverse();
    assert_eq!(fold(&events).hash(), profile.hash());
}

#[test]
fn companies_are_remembered_from_group_calls() {
    let profile = fold(&[group(5, "acme"), group(3, "acme"), group(4, "zeta")]);
    let members: Vec<_> = profile.memberships.iter().collect();
    assert_eq!(members.len(), 2);
    assert_eq!(members[0].first_at, Timestamp::from_seconds(3));
    assert_eq!(members[0].last_at, Timestamp::from_seconds(5));
}

#[test]
fn bytes_are_read_back_and_damage_is_noticed() {
    let profile = fold(&[
        event(EventKind::Page, "Cart", 10, "{}").amid(CONTEXT),
        identify(11, r#"{"email":"a@b.it","tags":["x","y"],"gone":null}"#),
        track(
            "Order Completed",
            12,
            r#"{"order_id":"1","total":12.5,"currency":"CHF"}"#,
        ),
        track("Order Refunded", 13, r#"{"order_id":"1","total":-2.5}"#),
        track(
            "Consent Granted",
            14,
            r#"{"purpose":"marketing","basis":"consent"}"#,
        ),
        track(
            "Note Added",
            15,
            r#"{"text":"likes blue","about":"preference"}"#,
        ),
    ]);
    let bytes = profile.encode();
    assert_eq!(Profile::decode(&bytes), Ok(profile.clone()));
    assert!(bytes.len() < 1000, "{} bytes", bytes.len());
    assert_eq!(Profile::decode(&[]), Err(ProfileError::Damaged));
    assert_eq!(
        Profile::decode(&bytes[..bytes.len() / 2]),
        Err(ProfileError::Damaged)
    );
    assert_eq!(
        Profile::decode(&[9, 1]),
        Err(ProfileError::Layout { found: 9 })
    );
    assert!(Profile::default().encode().len() < 40);
}
