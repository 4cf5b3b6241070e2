//! Events as SDKs send them, with places for what differs from event to event.
//!
//! Modelled on the recorded requests of analytics.js, analytics-node and analytics-python: the
//! same fields, contexts and ids. A place has the same length whatever stands in it (JSON
//! allows spaces after a value), so a whole request is built once and patched afterwards.
//!
//! **Invariant:** patching never changes the length of a request.

use super::draw::mixed;

/// What stands in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A fresh UUID.
    Message,
    /// Milliseconds, thirteen digits.
    Millis,
    /// The instant, RFC 3339 with milliseconds.
    At,
    /// The customer's number, eight digits.
    Customer,
    /// The customer's anonymous id, a UUID.
    Anonymous,
    /// The customer's first name, quoted and padded.
    First,
    /// The customer's last name, quoted and padded.
    Last,
    /// A fresh number, ten digits.
    Serial,
}

impl Place {
    /// How many bytes it takes.
    pub(super) const fn length(self) -> usize {
        match self {
            Self::Message | Self::Anonymous => 36,
            Self::Millis => 13,
            Self::At => 24,
            Self::Customer => 8,
            Self::First | Self::Last => 14,
            Self::Serial => 10,
        }
    }

    const fn of_mark(mark: u8) -> Option<Self> {
        Some(match mark {
            b'M' => Self::Message,
            b'm' => Self::Millis,
            b'T' => Self::At,
            b'C' => Self::Customer,
            b'A' => Self::Anonymous,
            b'F' => Self::First,
            b'L' => Self::Last,
            b'S' => Self::Serial,
            _ => return None,
        })
    }
}

/// Marks: `~M` message id, `~m` milliseconds, `~T` time, `~C` customer, `~A` anonymous id, `~F` and `~L`
/// names, `~S` a number.
const IDENTIFY: &str = concat!(
    r#"{"timestamp":"~T","integrations":{},"type":"identify","userId":"u-~C","anonymousId":"~A","#,
    r#""traits":{"email":"cliente.~C@example.it","firstName":~F,"lastName":~L,"#,
    r#""city":"Bologna","newsletter":true},"context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}},"#,
    r#""messageId":"node-next-~m-~M","_metadata":{"nodeVersion":"v20.20.2","jsRuntime":"node"}}"#,
);
const PAGE: &str = concat!(
    r#"{"timestamp":"~T","type":"page","name":"Carrello","properties":{"path":"/cart","referrer":"https://www.google.it/","search":"","#,
    r#""title":"Carrello","url":"https://shop.example.it/cart?p=~S"},"context":{"page":{"path":"/cart"},"#,
    r#""userAgent":"Mozilla/5.0 (Linux; Android 14)","locale":"it-IT","library":{"name":"analytics.js","version":"npm:next-1.84.3"},"timezone":"Europe/Rome"},"#,
    r#""messageId":"ajs-next-~m-~M","anonymousId":"~A","userId":null}"#,
);
const VIEWED: &str = concat!(
    r#"{"timestamp":"~T","integrations":{},"event":"Product Viewed","type":"track","properties":{"product_id":"~S","sku":"A1","#,
    r#""category":"Scarpe","name":"Scarpa da corsa","price":89.9,"currency":"EUR"},"context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}},"#,
    r#""userId":"u-~C","messageId":"node-next-~m-~M","_metadata":{"nodeVersion":"v20.20.2","jsRuntime":"node"}}"#,
);
const ADDED: &str = concat!(
    r#"{"integrations": {}, "anonymousId": null, "properties": {"cart_id": "~S", "product_id": "507f1f77", "sku": "G-32", "name": "Borraccia", "price": 18.99, "quantity": 1}, "#,
    r#""timestamp": "~T", "context": {"library": {"name": "analytics-python", "version": "2.4.0"}}, "#,
    r#""userId": "u-~C", "type": "track", "event": "Product Added", "messageId": "~M"}"#,
);
const ORDER: &str = concat!(
    r#"{"timestamp":"~T","integrations":{},"event":"Order Completed","type":"track","properties":{"order_id":"o-~S","total":48.5,"revenue":42.5,"#,
    r#""shipping":6,"currency":"EUR","products":[{"sku":"A1","name":"Calze","price":10.5,"quantity":2},{"sku":"B2","name":"Laccio","price":21.5,"quantity":1}]},"#,
    r#""context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}},"userId":"u-~C","messageId":"node-next-~m-~M"}"#,
);
const OPENED: &str = concat!(
    r#"{"timestamp":"~T","type":"track","event":"Email Opened","properties":{"email_id":"~S","email_subject":"Le novità di novembre","campaign_id":"nov","campaign_name":"Novembre"},"#,
    r#""context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"},"userAgent":"Mozilla/5.0"},"userId":"u-~C","messageId":"node-next-~m-~M"}"#,
);

/// Twenty events of a shop's day: half of them pages, one of them an order.
pub(super) const DAY: [&str; 20] = [
    PAGE, VIEWED, PAGE, IDENTIFY, PAGE, VIEWED, PAGE, ADDED, PAGE, VIEWED, PAGE, OPENED, PAGE,
    VIEWED, PAGE, ADDED, PAGE, ORDER, PAGE, VIEWED,
];
/// What is sent first of a customer, so that each is known by all its ids.
pub(super) const FIRST: &str = IDENTIFY;
/// A single call of about one kilobyte, as `/v1/t` gets it.
pub(super) const SINGLE: &str = concat!(
    r#"{"timestamp":"~T","integrations":{"Segment.io":true},"type":"track","event":"Product Viewed","properties":{"product_id":"~S","sku":"A1","category":"Scarpe","#,
    r#""name":"Scarpa da corsa leggera, suola alta, uomo","brand":"Corri","variant":"blu","price":89.9,"quantity":1,"currency":"EUR","position":3,"value":89.9,"#,
    r#""url":"https://shop.example.it/scarpe/uomo/scarpa-da-corsa-leggera?colore=blu","image_url":"https://cdn.example.it/img/scarpa-da-corsa-leggera-blu.jpg"},"#,
    r#""context":{"page":{"path":"/scarpe/uomo/scarpa-da-corsa-leggera","referrer":"https://www.google.it/","search":"?utm_source=news&utm_medium=email&utm_campaign=natale","title":"Scarpa da corsa leggera","#,
    r#""url":"https://shop.example.it/scarpe/uomo/scarpa-da-corsa-leggera?utm_source=news"},"userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36","locale":"it-IT","#,
    r#""library":{"name":"analytics.js","version":"npm:next-1.84.3"},"campaign":{"source":"news","medium":"email","name":"natale"},"timezone":"Europe/Rome"},"#,
    r#""messageId":"ajs-next-~m-~M","anonymousId":"~A","userId":"u-~C"}"#,
);

const FIRST_NAMES: [&str; 16] = [
    "Giulia",
    "Marco",
    "Francesca",
    "Luca",
    "Chiara",
    "Andrea",
    "Sara",
    "Matteo",
    "Elena",
    "Paolo",
    "Martina",
    "Davide",
    "Anna",
    "Simone",
    "Laura",
    "Giovanni",
];
const LAST_NAMES: [&str; 16] = [
    "Rossi", "Russo", "Ferrari", "Esposito", "Bianchi", "Romano", "Colombo", "Ricci", "Marino",
    "Greco", "Bruno", "Gallo", "Conti", "DeLuca", "Costa", "Giordano",
];

/// Appends a template's text and tells where its places are.
pub(super) fn expand(template: &str, into: &mut Vec<u8>, places: &mut Vec<(usize, Place)>) {
    let mut bytes = template.bytes();
    while let Some(byte) = bytes.next() {
        let place = (byte == b'~')
            .then(|| bytes.next().and_then(Place::of_mark))
            .flatten();
        match place {
            Some(place) => {
                places.push((into.len(), place));
                into.resize(into.len() + place.length(), b'0');
            }
            None => into.push(byte),
        }
    }
}

/// What one event is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    /// The customer's number.
    pub(super) customer: u64,
    /// Never the same twice.
    pub(super) message: [u64; 2],
    /// Milliseconds since 1970.
    pub(super) at_ms: u64,
    /// The day of `at_ms` as `2026-11-22T`.
    pub(super) day: &'a [u8],
}

/// Writes what stands in a place.
pub(super) fn fill(into: &mut [u8], place: Place, facts: &Facts<'_>) {
    match place {
        Place::Message => uuid(into, facts.message[0], facts.message[1]),
        Place::Anonymous => {
            uuid(
                into,
                mixed(facts.customer),
                mixed(facts.customer ^ 0x5bd1_e995_0000_0000),
            );
        }
        Place::Millis => digits(into, facts.at_ms),
        Place::Customer => digits(into, facts.customer),
        Place::Serial => digits(into, facts.message[0] >> 8),
        Place::At => instant(into, facts),
        Place::First => quoted(into, FIRST_NAMES[(facts.customer & 15) as usize]),
        Place::Last => quoted(into, LAST_NAMES[(mixed(facts.customer) & 15) as usize]),
    }
}

/// The last digits of a number, as many as there is room for.
fn digits(into: &mut [u8], mut number: u64) {
    for slot in into.iter_mut().rev() {
        *slot = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// `xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx`.
fn uuid(into: &mut [u8], high: u64, low: u64) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut bits = (u128::from(high) << 64) | u128::from(low);
    for (index, slot) in into.iter_mut().enumerate() {
        *slot = match index {
            8 | 13 | 18 | 23 => b'-',
            14 => b'4',
            19 => b'8',
            _ => {
                let digit = HEX[(bits & 15) as usize];
                bits >>= 4;
                digit
            }
        };
    }
}

fn instant(into: &mut [u8], facts: &Facts<'_>) {
    let of_day = facts.at_ms % 86_400_000;
    into[..11].copy_from_slice(&facts.day[..11]);
    digits(&mut into[11..13], of_day / 3_600_000);
    into[13] = b':';
    digits(&mut into[14..16], of_day / 60_000 % 60);
    into[16] = b':';
    digits(&mut into[17..19], of_day / 1000 % 60);
    into[19] = b'.';
    digits(&mut into[20..23], of_day % 1000);
    into[23] = b'Z';
}

/// A name in quotes, then the spaces that JSON allows.
fn quoted(into: &mut [u8], name: &str) {
    into.fill(b' ');
    into[0] = b'"';
    into[1..=name.len()].copy_from_slice(name.as_bytes());
    into[name.len() + 1] = b'"';
}

/// The name that search looks for: some customer has it.
pub(super) fn name_of(customer: u64) -> (&'static str, &'static str) {
    let first = FIRST_NAMES[(customer & 15) as usize];
    (first, LAST_NAMES[(mixed(customer) & 15) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(template: &str, customer: u64) -> String {
        let (mut bytes, mut places) = (Vec::new(), Vec::new());
        expand(template, &mut bytes, &mut places);
        let facts = Facts {
            customer,
            message: [0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210],
            at_ms: 1_795_328_618_533,
            day: b"2026-11-22T",
        };
        for (at, place) in places {
            fill(&mut bytes[at..at + place.length()], place, &facts);
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn events_are_json_of_the_promised_size() {
        for template in DAY {
            let text = event(template, 12_345);
            serde_json::from_str::<serde_json::Value>(&text).expect(&text);
            assert!(
                (300..=600).contains(&text.len()),
                "{} bytes: {text}",
                text.len()
            );
        }
        assert!(
            (900..=1300).contains(&event(SINGLE, 1).len()),
            "{}",
            event(SINGLE, 1).len()
        );
    }

    #[test]
    fn places_hold_what_they_should() {
        let event: serde_json::Value = serde_json::from_str(&event(IDENTIFY, 42)).unwrap();
        assert_eq!(event["userId"], "u-00000042");
        assert_eq!(event["timestamp"], "2026-11-22T06:23:38.533Z");
        assert_eq!(event["traits"]["firstName"], name_of(42).0);
        assert_eq!(event["traits"]["lastName"], name_of(42).1);
        let id = event["messageId"].as_str().unwrap();
        assert!(id.starts_with("node-next-1795328618533-"), "{id}");
        assert_eq!(id.len(), "node-next-1795328618533-".len() + 36);
    }
}
