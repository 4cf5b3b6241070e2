//! The list of known names, and the table that finds them.
//!
//! **Invariant:** the table is built by the compiler from the list; a lookup costs one hash and
//! rarely more than one comparison, because it is made for every event.

/// Canonical names, in the order of the specifications they come from.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    // E-commerce v2.
    "Products Searched", "Product List Viewed", "Product List Filtered", "Promotion Viewed",
    "Promotion Clicked", "Product Clicked", "Product Viewed", "Product Added", "Product Removed",
    "Cart Viewed", "Checkout Started", "Checkout Step Viewed", "Checkout Step Completed",
    "Payment Info Entered", "Order Completed", "Order Updated", "Order Refunded",
    "Order Cancelled", "Coupon Entered", "Coupon Applied", "Coupon Denied", "Coupon Removed",
    "Product Added to Wishlist", "Product Removed from Wishlist",
    "Wishlist Product Added to Cart", "Product Shared", "Cart Shared", "Product Reviewed",
    // B2B.
    "Account Created", "Account Deleted", "Signed Up", "Signed In", "Signed Out", "Invite Sent",
    "Account Added User", "Account Removed User", "Trial Started", "Trial Ended",
    // Mobile.
    "Application Installed", "Application Opened", "Application Backgrounded",
    "Application Foregrounded", "Application Updated", "Application Uninstalled",
    "Application Crashed", "Install Attributed", "Push Notification Received",
    "Push Notification Tapped", "Push Notification Bounced", "Deep Link Opened",
    "Deep Link Clicked",
    // E-mail.
    "Email Sent", "Email Delivered", "Email Opened", "Email Link Clicked", "Email Bounced",
    "Email Marked as Spam", "Unsubscribed",
    // Chat, experiments.
    "Live Chat Conversation Started", "Live Chat Conversation Ended", "Live Chat Message Sent",
    "Live Chat Message Received", "Experiment Viewed",
    // Messages on a site or in an app, as Braze calls them.
    "In-App Message Viewed", "In-App Message Clicked", "In-App Message Dismissed",
    // Video.
    "Video Playback Started", "Video Playback Paused", "Video Playback Interrupted",
    "Video Playback Buffer Started", "Video Playback Buffer Completed",
    "Video Playback Seek Started", "Video Playback Seek Completed", "Video Playback Resumed",
    "Video Playback Completed", "Video Playback Exited", "Video Content Started",
    "Video Content Playing", "Video Content Completed", "Video Ad Started", "Video Ad Playing",
    "Video Ad Completed", "Video Quality Updated",
    // Consent.
    "Segment Consent Preference Updated", "Consent Granted", "Consent Withdrawn",
    // Filo's own, in the field's style: noun, then what happened to it.
    "Customers Joined", "Customers Separated", "Decision Withdrawn", "Store Visit Recorded",
    "Points Earned", "Points Redeemed", "Points Expired", "Stamp Added", "Reward Redeemed",
    "Card Issued", "Call Logged", "Appointment Booked", "Appointment Moved",
    "Appointment Cancelled", "Appointment Kept", "Appointment Missed", "Note Added",
    "Note Removed", "Survey Answered", "Message Sent", "Message Delivered", "Message Failed",
    "Message Received", "Message Read", "Quote Requested", "Form Submitted", "Lead Generated", "List Joined",
    "List Left",
];

/// Older names (e-commerce v1 and its Google relatives) and what they are called today.
#[rustfmt::skip]
const ALIASES: &[(&str, &str)] = &[
    ("Viewed Product Category", "Product List Viewed"),
    ("Viewed Promotion", "Promotion Viewed"),
    ("Clicked Promotion", "Promotion Clicked"),
    ("Clicked Product", "Product Clicked"),
    ("Viewed Product", "Product Viewed"),
    ("Added Product", "Product Added"),
    ("Removed Product", "Product Removed"),
    ("Viewed Cart", "Cart Viewed"),
    ("Searched Products", "Products Searched"),
    ("Started Order", "Checkout Started"),
    ("Started Checkout", "Checkout Started"),
    ("Viewed Checkout Step", "Checkout Step Viewed"),
    ("Completed Checkout Step", "Checkout Step Completed"),
    ("Entered Payment Info", "Payment Info Entered"),
    ("Completed Order", "Order Completed"),
    ("Updated Order", "Order Updated"),
    ("Refunded Order", "Order Refunded"),
    ("Cancelled Order", "Order Cancelled"),
    ("Order Canceled", "Order Cancelled"),
    ("Installed Application", "Application Installed"),
    ("Opened Application", "Application Opened"),
    ("Email Clicked", "Email Link Clicked"),
    ("Email Unsubscribed", "Unsubscribed"),
];

/// A power of two, about four times the number of names, so that probes stay short.
const SLOT_COUNT: usize = 512;
const EMPTY: u16 = u16::MAX;

/// For each slot the position in `NAMES`, or behind them in `ALIASES`.
static SLOTS: [u16; SLOT_COUNT] = slots();

/// The canonical form of an event's name: known names and aliases in any case are written the
/// one way; anything else stays as it is.
#[must_use]
pub fn canonical(name: &str) -> &str {
    find(name).unwrap_or(name)
}

/// Whether the name, as it stands, is a canonical one.
#[must_use]
pub fn is_known(name: &str) -> bool {
    find(name) == Some(name)
}

fn find(name: &str) -> Option<&'static str> {
    let mut slot = hash(name.as_bytes()) % SLOT_COUNT;
    loop {
        let entry = SLOTS[slot];
        if entry == EMPTY {
            return None;
        }
        let (written, meant) = pair(entry as usize);
        if written.eq_ignore_ascii_case(name) {
            return Some(meant);
        }
        slot = (slot + 1) % SLOT_COUNT;
    }
}

const fn pair(entry: usize) -> (&'static str, &'static str) {
    if entry < NAMES.len() {
        (NAMES[entry], NAMES[entry])
    } else {
        ALIASES[entry - NAMES.len()]
    }
}

const fn slots() -> [u16; SLOT_COUNT] {
    let mut slots = [EMPTY; SLOT_COUNT];
    let mut entry: u16 = 0;
    while (entry as usize) < NAMES.len() + ALIASES.len() {
        let (written, _) = pair(entry as usize);
        let mut slot = hash(written.as_bytes()) % SLOT_COUNT;
        while slots[slot] != EMPTY {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = entry;
        entry += 1;
    }
    slots
}

/// FNV-1a over lower-case letters. Nobody gains by collisions: the table is fixed.
const fn hash(name: &[u8]) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < name.len() {
        hash = (hash ^ name[at].to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ (hash >> 16)) as usize
}

#[cfg(test)]
mod tests {
    use super::{ALIASES, NAMES, SLOT_COUNT, canonical, is_known};

    #[test]
    fn every_name_is_found_in_any_case() {
        for name in NAMES {
            assert_eq!(canonical(name), *name);
            assert_eq!(canonical(&name.to_lowercase()), *name);
            assert_eq!(canonical(&name.to_uppercase()), *name);
            assert!(is_known(name), "{name}");
        }
    }

    #[test]
    fn aliases_lead_to_canonical_names() {
        for (alias, name) in ALIASES {
            assert_eq!(canonical(alias), *name);
            assert!(
                is_known(name),
                "{alias} leads to {name}, which is not in the list"
            );
            assert!(!is_known(alias), "{alias}");
        }
    }

    #[test]
    fn no_name_stands_twice() {
        let mut written: Vec<String> = NAMES
            .iter()
            .chain(ALIASES.iter().map(|(alias, _)| alias))
            .map(|name| name.to_lowercase())
            .collect();
        let count = written.len();
        written.sort();
        written.dedup();
        assert_eq!(written.len(), count);
        assert!(
            count * 3 <= SLOT_COUNT,
            "the table is getting full: double it"
        );
    }

    #[test]
    fn unknown_names_stay_as_they_are() {
        for name in [
            "",
            "Pizza Mangiata",
            "order completed!",
            "Ordine completato",
            "è",
        ] {
            assert_eq!(canonical(name), name);
            assert!(!is_known(name));
        }
    }
}
