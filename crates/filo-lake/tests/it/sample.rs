//! Events like those that SDKs send, from a seed: the same number gives the same event.

use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{EventId, SourceId, WorkspaceKey};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;

pub(crate) const KEY: WorkspaceKey = WorkspaceKey([7; 32]);
/// 2026-11-01T00:00:00Z.
pub(crate) const NOVEMBER: Timestamp = Timestamp(1_793_491_200_000_000);

/// Hashed numbers, so that a sample needs no generator.
struct Chance(blake3::OutputReader);

impl Chance {
    fn new(purpose: &str, number: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(purpose.as_bytes());
        hasher.update(&number.to_le_bytes());
        Self(hasher.finalize_xof())
    }

    fn below(&mut self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % end
    }

    fn index(&mut self, end: u64) -> usize {
        usize::try_from(self.below(end)).unwrap_or_default()
    }

    fn uuid(&mut self) -> String {
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

struct Customer {
    number: u64,
    agent: &'static str,
    ip: String,
    browser: String,
    email: String,
}

impl Customer {
    fn new(number: u64) -> Self {
        let mut chance = Chance::new("customer", number);
        let part = |chance: &mut Chance| chance.below(256);
        Self {
            number,
            agent: AGENTS[chance.index(4)],
            ip: format!(
                "93.{}.{}.{}",
                part(&mut chance),
                part(&mut chance),
                part(&mut chance)
            ),
            browser: chance.uuid(),
            email: format!("cliente.{}.{number}@example.it", chance.below(1000)),
        }
    }
}

/// Event `number` of a company with so many customers, received over thirty days: about 40 % from
/// browsers, the rest from servers; 300 to 600 bytes as sent.
pub(crate) fn event(number: u64, customers: u64) -> Event {
    let mut chance = Chance::new("event", number);
    let customer = Customer::new(chance.below(customers));
    let web = chance.below(10) < 4;
    let page = PAGES[chance.index(6)];
    let millis = chance.below(29 * 86_400_000).cast_signed();
    let at = NOVEMBER.plus_micros(millis * 1000);
    let (kind, name, properties) = what(&mut chance, number, &customer, web.then_some(page));
    let user = Identifier {
        kind: Kind::UserId,
        value: format!("u-{}", customer.number).into(),
    };
    let uuid = chance.uuid();
    let mut event = Event {
        id: EventId(0),
        thread: KEY.node_id(user.kind, &user.value),
        at,
        received_at: at.plus_micros(200_000 + chance.below(3_000_000).cast_signed()),
        original_at: None,
        clock_suspect: false,
        kind,
        trust: if web { Trust::Claimed } else { Trust::Verified },
        channel: if web { Channel::Web } else { Channel::Server },
        source: SourceId(if web { 1 } else { 2 }),
        message_id: uuid.into(),
        name: name.into(),
        identifiers: [user].into_iter().collect(),
        properties: properties.into(),
        context: r#"{"library":{"name":"@segment/analytics-node","version":"3.1.0"}}"#.into(),
    };
    if web {
        let browser = customer.browser.as_str().into();
        event.identifiers.push(Identifier {
            kind: Kind::AnonymousId,
            value: browser,
        });
        event.message_id = format!("ajs-next-{}-{}", at.0 / 1000, event.message_id).into();
        event.context = browser_context(&customer, page).into();
    }
    event.id = KEY.event_id(event.source, &event.message_id);
    event
}

fn what(
    chance: &mut Chance,
    number: u64,
    customer: &Customer,
    page: Option<(&str, &'static str)>,
) -> (EventKind, &'static str, String) {
    let sku = format!("SKU-{:04}", chance.below(3000));
    let price = format!("{}.{:02}", 3 + chance.below(120), chance.below(100));
    let quantity = 1 + chance.below(4);
    match (chance.below(20), page) {
        (0, _) => {
            let Customer { number, email, .. } = customer;
            let traits = format!(
                r#"{{"email":"{email}","firstName":"Maria","lastName":"Rossi","phone":"+39 333 {number:07}"}}"#
            );
            (EventKind::Identify, "", traits)
        }
        (1..=6, Some(page)) => (EventKind::Page, page.1, page_properties(page)),
        (1..=3, _) => {
            let order = format!(
                r#"{{"order_id":"o-{number}","revenue":{price},"currency":"EUR","products":[{{"sku":"{sku}","price":{price},"quantity":{quantity}}}]}}"#
            );
            (EventKind::Track, "Order Completed", order)
        }
        _ => {
            let position = chance.below(30);
            let product = format!(
                r#"{{"sku":"{sku}","price":{price},"currency":"EUR","category":"Vini","position":{position}}}"#
            );
            (EventKind::Track, "Product Viewed", product)
        }
    }
}

fn page_properties((path, title): (&str, &str)) -> String {
    format!(
        r#"{{"path":"{path}","referrer":"https://www.google.it/","search":"","title":"{title}","url":"https://shop.example.it{path}"}}"#
    )
}

fn browser_context(customer: &Customer, page: (&str, &str)) -> String {
    let (page, Customer { agent, ip, .. }) = (page_properties(page), customer);
    format!(
        r#"{{"page":{page},"userAgent":"{agent}","locale":"it-IT","library":{{"name":"analytics.js","version":"npm:next-1.84.3"}},"timezone":"Europe/Rome","ip":"{ip}"}}"#
    )
}

/// Events `numbers` of [`event`].
pub(crate) fn events(numbers: std::ops::Range<u64>, customers: u64) -> Vec<Event> {
    numbers.map(|number| event(number, customers)).collect()
}
