//! Events like those that SDKs send, from a seed: the same number gives the same event.

use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{SourceId, WorkspaceKey};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;

pub(crate) const KEY: WorkspaceKey = WorkspaceKey([7; 32]);
/// 2026-11-01T00:00:00Z.
pub(crate) const NOVEMBER: Timestamp = Timestamp(1_793_491_200_000_000);
const DAY_MICROS: u64 = 86_400_000_000;

/// Hashed numbers, so that a sample needs no generator.
pub(crate) struct Chance(blake3::OutputReader);

impl Chance {
    pub(crate) fn new(purpose: &str, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(purpose.as_bytes());
        hasher.update(&number.to_le_bytes());
        Self(hasher.finalize_xof())
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % end
    }

    pub(crate) fn uuid(&mut self) -> String {
        let mut bytes = [0; 16];
        self.0.fill(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ]
        .join("-")
    }
}

const PAGES: [(&str, &str); 6] = [
    ("/", "Home"),
    ("/cart", "Carrello"),
    ("/vini/rossi", "Vini rossi"),
    ("/oli/extravergine", "Olio extravergine"),
    ("/checkout", "Cassa"),
    ("/account/orders", "I miei ordini"),
];
const AGENTS: [&str; 4] = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
];

/// Event `number` of a company with so many customers, received over thirty days: about 40 % from
/// browsers, the rest from servers; 300 to 600 bytes as sent.
pub(crate) fn event(number: u64, customers: u64) -> Event {
    let mut chance = Chance::new("event", number);
    let customer = chance.below(customers);
    let at = Timestamp(NOVEMBER.0 + (chance.below(29 * DAY_MICROS) / 1000 * 1000) as i64);
    let mut person = Chance::new("customer", customer);
    let agent = AGENTS[person.below(4) as usize];
    let ip = format!(
        "{}.{}.{}.{}",
        2 + person.below(200),
        person.below(256),
        person.below(256),
        person.below(256)
    );
    let browser = person.uuid();
    let user = Identifier {
        kind: Kind::UserId,
        value: format!("u-{customer}").into(),
    };
    let email = format!("cliente.{}.{customer}@example.it", person.below(1000));
    let web = chance.below(10) < 4;
    let sku = format!("SKU-{:04}", chance.below(3000));
    let price = format!("{}.{:02}", 3 + chance.below(120), chance.below(100));
    let millis = at.0 / 1000;
    let uuid = chance.uuid();
    let received_at = at.plus_micros(200_000 + chance.below(3_000_000) as i64);
    let (path, title) = PAGES[chance.below(6) as usize];
    let (kind, name, properties) = match chance.below(20) {
        0 => (
            EventKind::Identify,
            "",
            format!(
                r#"{{"email":"{email}","firstName":"Maria","lastName":"Rossi","phone":"+39 333 {customer:07}"}}"#
            ),
        ),
        1..=6 if web => (
            EventKind::Page,
            title,
            format!(
                r#"{{"path":"{path}","referrer":"https://www.google.it/","search":"","title":"{title}","url":"https://shop.example.it{path}"}}"#
            ),
        ),
        1..=3 => (
            EventKind::Track,
            "Order Completed",
            format!(
                r#"{{"order_id":"o-{number}","revenue":{price},"currency":"EUR","products":[{{"sku":"{sku}","price":{price},"quantity":{}}}]}}"#,
                1 + chance.below(4)
            ),
        ),
        _ => (
            EventKind::Track,
            "Product Viewed",
            format!(
                r#"{{"sku":"{sku}","price":{price},"currency":"EUR","category":"Vini","position":{}}}"#,
                chance.below(30)
            ),
        ),
    };
    let mut event = Event {
        id: KEY.event_id(SourceId(1), ""),
        thread: KEY.node_id(user.kind, &user.value),
        at,
        received_at,
        original_at: None,
        clock_suspect: false,
        kind,
        trust: if web { Trust::Claimed } else { Trust::Verified },
        channel: if web { Channel::Web } else { Channel::Server },
        source: SourceId(if web { 1 } else { 2 }),
        message_id: if web { format!("ajs-next-{millis}-{uuid}") } else { uuid }.into(),
        name: name.into(),
        identifiers: [user].into_iter().collect(),
        properties: properties.into(),
        context: if web {
            format!(r#"{{"page":{{"path":"{path}","referrer":"https://www.google.it/","search":"","title":"{title}","url":"https://shop.example.it{path}"}},"userAgent":"{agent}","locale":"it-IT","library":{{"name":"analytics.js","version":"npm:next-1.84.3"}},"timezone":"Europe/Rome","ip":"{ip}"}}"#)
        } else {
            r#"{"library":{"name":"@segment/analytics-node","version":"3.1.0"}}"#.to_owned()
        }
        .into(),
    };
    if web {
        event.identifiers.push(Identifier {
            kind: Kind::AnonymousId,
            value: browser.into(),
        });
    }
    event.id = KEY.event_id(event.source, &event.message_id);
    event
}

/// Events `numbers` of [`event`].
pub(crate) fn events(numbers: std::ops::Range<u64>, customers: u64) -> Vec<Event> {
    numbers.map(|number| event(number, customers)).collect()
}
