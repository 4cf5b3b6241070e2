use super::{canonical, channel_of, channel_of_word, is_known};
use crate::event::{Channel, EventKind};

use EventKind::{Identify, Page, Screen, Track};

const JS: Option<&str> = Some("analytics.js");
const NODE: Option<&str> = Some("@segment/analytics-node");

#[test]
fn a_channel_that_is_named_wins() {
    let order = "Order Completed";
    let chat = "Live Chat Message Sent";
    for (name, stated, channel) in [
        (order, "POS", Channel::Shop),
        (order, " whatsapp ", Channel::Chat),
        (order, "server", Channel::Server),
        // Words for the sending program say less than the subject.
        ("Email Opened", "server", Channel::Email),
        (chat, "browser", Channel::Chat),
        (chat, "app", Channel::App),
        (order, "carrier pigeon", Channel::Web),
    ] {
        assert_eq!(
            channel_of(Track, name, Some(stated), JS),
            channel,
            "{name}, {stated}"
        );
    }
    assert_eq!(channel_of(Identify, "", Some("mobile"), None), Channel::App);
}

#[test]
fn then_what_it_is_about_then_what_sent_it() {
    for (kind, name, library, channel) in [
        (Page, "Carrello", None, Channel::Web),
        (Screen, "Home", JS, Channel::App),
        (Track, "Order Completed", JS, Channel::Web),
        (Track, "Order Completed", NODE, Channel::Server),
        (Track, "Email Opened", JS, Channel::Email),
        (Track, "Unsubscribed", NODE, Channel::Email),
        (Track, "Live Chat Message Sent", JS, Channel::Chat),
        (Track, "Call Logged", None, Channel::Phone),
        (Track, "Store Visit Recorded", None, Channel::Shop),
        (Track, "Emailed Ticket", None, Channel::Server),
        (Track, "Push Notification Tapped", None, Channel::App),
        (Identify, "Email Opened", None, Channel::Server),
    ] {
        assert_eq!(
            channel_of(kind, name, None, library),
            channel,
            "{kind:?} {name}"
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
