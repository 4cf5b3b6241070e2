use super::{canonical, channel_of, channel_of_word, is_known};
use crate::event::{Channel, EventKind};

#[test]
fn the_channel_is_what_is_named_then_the_subject_then_the_way_of_sending() {
    use EventKind::{Identify, Page, Screen, Track};
    for (kind, name, stated, library, channel) in [
        (Page, "Carrello", None, Some("analytics.js"), Channel::Web),
        (Page, "", None, None, Channel::Web),
        (Screen, "Home", None, None, Channel::App),
        (
            Track,
            "Order Completed",
            None,
            Some("analytics.js"),
            Channel::Web,
        ),
        (
            Track,
            "Order Completed",
            None,
            Some("@segment/analytics-node"),
            Channel::Server,
        ),
        (
            Track,
            "Order Completed",
            Some("POS"),
            Some("analytics-node"),
            Channel::Shop,
        ),
        (
            Track,
            "Order Completed",
            Some("server"),
            Some("analytics.js"),
            Channel::Server,
        ),
        (Track, "Email Opened", Some("server"), None, Channel::Email),
        (
            Track,
            "Email Opened",
            None,
            Some("analytics.js"),
            Channel::Email,
        ),
        (
            Track,
            "Live Chat Message Sent",
            Some("browser"),
            None,
            Channel::Chat,
        ),
        (
            Track,
            "Live Chat Message Sent",
            None,
            Some("analytics.js"),
            Channel::Chat,
        ),
        (Track, "Call Logged", None, None, Channel::Phone),
        (Track, "Store Visit Recorded", None, None, Channel::Shop),
        (Track, "Emailed Ticket", None, None, Channel::Server),
        (Track, "Push Notification Tapped", None, None, Channel::App),
        (Identify, "", Some("mobile"), None, Channel::App),
        (
            Identify,
            "",
            Some("carrier pigeon"),
            Some("analytics.js"),
            Channel::Web,
        ),
        (Identify, "Email Opened", None, None, Channel::Server),
    ] {
        assert_eq!(
            channel_of(kind, name, stated, library),
            channel,
            "{kind:?} {name} {stated:?} {library:?}"
        );
    }
}

#[test]
fn every_channel_is_found_by_its_own_word() {
    for channel in Channel::ALL {
        assert_eq!(channel_of_word(channel.word()), Some(channel));
    }
    assert_eq!(channel_of_word(&"x".repeat(100_000)), None);
}

#[test]
fn names_the_code_relies_on_are_canonical() {
    for name in [
        super::ORDER_COMPLETED,
        super::ORDER_UPDATED,
        super::ORDER_CANCELLED,
        super::ORDER_REFUNDED,
        super::CONSENT_PREFERENCE_UPDATED,
        super::CONSENT_GRANTED,
        super::CONSENT_WITHDRAWN,
        super::UNSUBSCRIBED,
        super::NOTE_ADDED,
        super::NOTE_REMOVED,
    ] {
        assert!(is_known(name), "{name}");
    }
    assert_eq!(canonical("completed order"), super::ORDER_COMPLETED);
}
