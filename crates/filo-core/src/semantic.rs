//! What the names of events mean: the field's own names (Segment's e-commerce, B2B, mobile,
//! e-mail, chat, video specifications), their older aliases, Filo's own, and the channel that a
//! call belongs to.
//!
//! **Invariant:** every name has one canonical form; [`canonical`] of a canonical name is itself,
//! and a name that is not known is left exactly as it was.

mod name;

use crate::event::{Channel, Event, EventKind, Heading, Trust};
use crate::id::SourceId;

pub use name::{canonical, is_known};

/// An order was placed.
pub const ORDER_COMPLETED: &str = "Order Completed";
/// An order changed.
pub const ORDER_UPDATED: &str = "Order Updated";
/// An order was called off.
pub const ORDER_CANCELLED: &str = "Order Cancelled";
/// Money of an order went back, all of it or part.
pub const ORDER_REFUNDED: &str = "Order Refunded";
/// Preferences by category, as consent banners send them.
pub const CONSENT_PREFERENCE_UPDATED: &str = "Segment Consent Preference Updated";
/// A person said yes to a purpose.
pub const CONSENT_GRANTED: &str = "Consent Granted";
/// A person took a yes back, or said no.
pub const CONSENT_WITHDRAWN: &str = "Consent Withdrawn";
/// A person wants no more of it.
pub const UNSUBSCRIBED: &str = "Unsubscribed";
/// A person of the company wrote down something that the customer said.
pub const NOTE_ADDED: &str = "Note Added";
/// A note was taken back.
pub const NOTE_REMOVED: &str = "Note Removed";

/// Somebody was put on a list.
pub const LIST_JOINED: &str = "List Joined";
/// Somebody was taken off a list.
pub const LIST_LEFT: &str = "List Left";

/// Whether an event says who is on a list.
#[must_use]
pub fn is_about_list(event: &Event) -> bool {
    event.kind == EventKind::Track && matches!(event.name.as_str(), LIST_JOINED | LIST_LEFT)
}

/// The names of events that tell of an order.
pub const ABOUT_ORDERS: [&str; 4] = [
    ORDER_COMPLETED,
    ORDER_UPDATED,
    ORDER_CANCELLED,
    ORDER_REFUNDED,
];

/// Whether an event tells of an order.
#[must_use]
pub fn is_about_order(event: &Event) -> bool {
    event.kind == EventKind::Track && ABOUT_ORDERS.contains(&event.name.as_str())
}

/// Whether the customer was there: something that only happened *to* them (a mail delivered, a
/// note written about them) is no sign of life and no touch.
#[must_use]
pub fn is_presence(event: &Heading<'_>) -> bool {
    // Elsewhere the word is used of both sides of a conversation; of Filo itself it is what left.
    let has_left = event.source == SourceId::STAFF && event.name == "Message Sent";
    if event.source == SourceId::JOURNEYS || has_left {
        return false;
    }
    match event.kind {
        EventKind::Decision => false,
        EventKind::Track => !matches!(
            event.name,
            NOTE_ADDED
                | NOTE_REMOVED
                | LIST_JOINED
                | LIST_LEFT
                | "Email Sent"
                | "Email Delivered"
                | "Email Bounced"
                | "Push Notification Received"
                | "Push Notification Bounced"
                | "Notifications Renewed"
                | "Message Delivered"
                | "Message Failed"
                | "Live Chat Message Received"
                | "Application Uninstalled"
                | "Points Expired"
                | "Account Deleted"
                | "Trial Ended"
        ),
        // A correction that a person of the company made.
        EventKind::Identify => event.trust != Trust::Staff,
        EventKind::Page | EventKind::Screen | EventKind::Group | EventKind::Alias => true,
    }
}

/// The channel of a call.
///
/// `stated` is what the call says of itself (`properties.channel`, else `context.channel`, else
/// the call's `channel`), `library` is `context.library.name`. A channel that is named wins; then
/// what the event is about; then how it was sent, because a server may report what happened in
/// an e-mail.
#[must_use]
pub fn channel_of(
    kind: EventKind,
    name: &str,
    stated: Option<&str>,
    library: Option<&str>,
) -> Channel {
    let named = stated.and_then(channel_of_word);
    if let Some(channel) = named.filter(|_| !stated.is_some_and(is_way_of_sending)) {
        return channel;
    }
    let by_subject = match kind {
        EventKind::Page => Some(Channel::Web),
        EventKind::Screen => Some(Channel::App),
        EventKind::Track => channel_of_family(name),
        EventKind::Identify | EventKind::Group | EventKind::Alias | EventKind::Decision => None,
    };
    by_subject
        .or(named)
        .or_else(|| library.and_then(channel_of_library))
        .unwrap_or(Channel::Server)
}

/// The channel that a word means, tolerant of case and of the words other systems use.
#[must_use]
pub fn channel_of_word(word: &str) -> Option<Channel> {
    const LONGEST: usize = 16;
    let word = word.trim();
    if word.len() > LONGEST {
        return None;
    }
    let channel = match word.to_ascii_lowercase().as_str() {
        "web" | "browser" | "site" | "website" | "online" => Channel::Web,
        "app" | "mobile" | "ios" | "android" | "push" => Channel::App,
        "email" | "e-mail" | "mail" => Channel::Email,
        "sms" | "text" => Channel::Sms,
        "chat" | "whatsapp" | "telegram" | "livechat" | "live chat" | "messenger" => Channel::Chat,
        "social" | "facebook" | "instagram" | "tiktok" => Channel::Social,
        "phone" | "call" | "telephone" | "voice" => Channel::Phone,
        "shop" | "store" | "pos" | "in-store" | "in_store" | "till" | "retail" => Channel::Shop,
        "server" | "http" | "import" => Channel::Server,
        _ => return None,
    };
    Some(channel)
}

/// Words that say which program sent the call, not where the customer was: weaker than the
/// subject.
fn is_way_of_sending(word: &str) -> bool {
    ["server", "http", "import", "browser", "mobile"]
        .iter()
        .any(|way| word.trim().eq_ignore_ascii_case(way))
}

fn channel_of_family(name: &str) -> Option<Channel> {
    let starts = |prefix: &str| name.starts_with(prefix);
    Some(match name.as_bytes().first()? {
        b'E' if starts("Email ") => Channel::Email,
        b'U' if name == UNSUBSCRIBED => Channel::Email,
        b'L' if starts("Live Chat ") => Channel::Chat,
        b'C' if starts("Chat ") => Channel::Chat,
        b'C' if starts("Call ") => Channel::Phone,
        b'S' if starts("Store ") || starts("Stamp ") => Channel::Shop,
        b'P' if starts("POS ") => Channel::Shop,
        b'T' if starts("Till ") => Channel::Shop,
        b'S' if starts("SMS ") => Channel::Sms,
        b'A' if starts("Application ") => Channel::App,
        b'P' if starts("Push Notification ") => Channel::App,
        b'D' if starts("Deep Link ") => Channel::App,
        b'I' if name == "Install Attributed" => Channel::App,
        _ => return None,
    })
}

fn channel_of_library(library: &str) -> Option<Channel> {
    Some(match library {
        "analytics.js" | "filo.js" | "analytics-next" | "RudderLabs JavaScript SDK" => Channel::Web,
        "analytics-kotlin"
        | "analytics-swift"
        | "analytics-ios"
        | "analytics-android"
        | "analytics-react-native"
        | "@segment/analytics-react-native"
        | "analytics_flutter" => Channel::App,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
