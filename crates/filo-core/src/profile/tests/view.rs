use super::build::{fold, group, identify, track};
use crate::consent::{Basis, Status};
use crate::event::{Channel, Trust};
use crate::id::EventId;
use crate::money::{Cents, Currency};
use crate::profile::view::summary;
use crate::time::Timestamp;

#[test]
fn a_summary_says_what_the_profile_holds() {
    let consent = r#"{"purpose":"marketing","channel":"email","basis":"consent","wording":"v2"}"#;
    let profile = fold(&[
        track("Product Viewed", 1, "{}"),
        track("Store Visit Recorded", 2, "{}").on(Channel::Shop),
        track("Store Visit Recorded", 3, "{}").on(Channel::Shop),
        identify(4, r#"{"firstName":"Ada","email":"ada@x.it"}"#),
        identify(5, r#"{"lastName":"Rossi"}"#),
        group(6, "acme"),
        track(
            "Order Completed",
            7,
            r#"{"order_id":"A","total":10,"products":[{"quantity":3}]}"#,
        ),
        track("Order Completed", 8, r#"{"order_id":"B","total":5.01}"#),
        track("Consent Granted", 9, consent),
        track("Note Added", 10, r#"{"text":"one"}"#).by(Trust::Staff),
        track("Note Added", 11, r#"{"text":"two"}"#).by(Trust::Staff),
    ]);
    let shown = summary(&profile);
    assert_eq!(shown.display_name.as_deref(), Some("Ada Rossi"));
    assert_eq!(shown.email.as_deref(), Some("ada@x.it"));
    assert_eq!(shown.groups, ["acme"]);
    assert_eq!(shown.event_count, 11);
    assert_eq!(shown.last_seen, Some(Timestamp::from_seconds(9)));
    let uses: Vec<_> = shown
        .channels
        .iter()
        .map(|used| (used.channel, used.count))
        .collect();
    assert_eq!(uses, [(Channel::Web, 7), (Channel::Shop, 2)]);

    let orders = &shown.orders[0];
    assert_eq!(
        (orders.currency, orders.count, orders.item_count),
        (Currency::EUR, 2, 3)
    );
    assert_eq!((orders.gross, orders.average), (Cents(1501), Cents(751)));
    assert_eq!(orders.first_at, Some(Timestamp::from_seconds(7)));
    assert_eq!(orders.last_at, Some(Timestamp::from_seconds(8)));

    let line = &shown.consents[0];
    assert_eq!(
        (line.purpose.as_str(), line.channel),
        ("marketing", Some(Channel::Email))
    );
    assert_eq!(
        (line.status, line.basis, line.wording.as_str()),
        (Status::Granted, Basis::Consent, "v2")
    );
    assert_ne!(line.provenance.map(|proof| proof.event), Some(EventId(0)));
    let notes: Vec<_> = shown.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["two", "one"]);
    assert!(!shown.is_incomplete);
}

#[test]
fn nothing_is_shown_of_nobody() {
    let shown = summary(&fold(&[]));
    assert_eq!(shown.display_name, None);
    assert_eq!(
        (shown.first_seen, shown.last_seen, shown.event_count),
        (None, None, 0)
    );
    assert!(shown.orders.is_empty() && shown.consents.is_empty() && shown.address.is_none());
}
