//! Web Push: a notification to one browser, over the push service that the browser named.
//!
//! | there (RFC 8030) | here |
//! |---|---|
//! | 201, 200, 202, 204 | taken |
//! | 404, 410 | the browser wants no more, or is gone: its subscription goes |
//! | 401, 403 | our key is not in order |
//! | 400, 413 and other | this message cannot be said like this |
//! | 429, 503 | later |
//!
//! **Invariant:** what stands in a notification is read by its browser alone (RFC 8291); the push
//! service sees how long it is and from whom it comes (RFC 8292).

mod seal;
mod vapid;

use bytes::Bytes;
use filo_core::id::MessageId;
use filo_core::message::Class;
use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Deserialize;

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

use super::handed::{Handed, Outgoing, Why, said};
use crate::client::Answer;

pub use seal::{PLAIN_BYTES_MOST, seal};
pub use vapid::VapidKey;

/// Bytes of a point of P-256 written out whole.
const POINT_BYTES: usize = 65;
/// Bytes of the secret that a browser gives with its point.
const AUTH_BYTES: usize = 16;
/// Bytes of a subscription as a browser writes it.
pub const SUBSCRIPTION_BYTES_MOST: usize = 4_096;
/// Services keep nothing for longer than four weeks.
const TTL_SECONDS_MOST: i64 = 28 * 86_400;

/// Where a browser gets notifications, and with what they are sealed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The address at its push service.
    pub endpoint: String,
    /// Its public key, on the curve.
    pub point: Vec<u8>,
    /// Its secret.
    pub auth: Vec<u8>,
}

#[derive(Deserialize)]
struct Written {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

impl Subscription {
    /// Reads what `PushSubscription.toJSON` gives; nothing if nobody can be reached by it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > SUBSCRIPTION_BYTES_MOST {
            return None;
        }
        let written: Written = serde_json::from_str(text).ok()?;
        let found = Self {
            endpoint: written.endpoint,
            point: bytes_of(&written.keys.p256dh)?,
            auth: bytes_of(&written.keys.auth)?,
        };
        let is_one = found.point.len() == POINT_BYTES
            && found.auth.len() == AUTH_BYTES
            && p256::PublicKey::from_sec1_bytes(&found.point).is_ok();
        is_one.then_some(found)
    }
}

/// Browsers write base64url without padding, and some libraries with it.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let decoded = URL_SAFE_NO_PAD.decode(text);
    decoded.or_else(|_| URL_SAFE.decode(text)).ok()
}

/// A notification on its way.
#[derive(Debug, Clone, Copy)]
pub struct Notification<'a> {
    /// What its browser reads.
    pub plain: &'a str,
    /// Which message: said again before the browser was there, it takes its own place.
    pub message: Option<MessageId>,
    /// Of what class: what is owed may wake a telephone up.
    pub class: Class,
    /// After that it makes no sense any more.
    pub expires_at: Timestamp,
}

/// A notification as it is written; nothing if it is too long.
#[must_use]
pub fn outgoing(
    to: &Subscription,
    notification: &Notification<'_>,
    (key, contact): (&VapidKey, &str),
    drawn: [[u8; 32]; 2],
    now: Timestamp,
) -> Option<Outgoing> {
    let body = seal(to, notification.plain.as_bytes(), drawn)?;
    let left_s = notification.expires_at.micros_since(now) / 1_000_000;
    let ttl = left_s.clamp(0, TTL_SECONDS_MOST).to_string();
    let topic = notification
        .message
        .map(|id| URL_SAFE_NO_PAD.encode(id.to_bytes()));
    let urgency = match notification.class {
        Class::Transactional => "high",
        Class::Service | Class::Marketing => "normal",
    };
    let mut headers = HeaderMap::new();
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    put("ttl", &ttl);
    put("urgency", urgency);
    put("content-encoding", "aes128gcm");
    put(header::CONTENT_TYPE.as_str(), "application/octet-stream");
    put(
        "authorization",
        &key.authorization(&to.endpoint, contact, now)?,
    );
    if let Some(topic) = topic {
        put("topic", &topic);
    }
    Some(Outgoing {
        url: to.endpoint.clone(),
        headers,
        body: Bytes::from(body),
    })
}

/// How handing over ended.
#[must_use]
pub fn read(answer: &Answer) -> Handed {
    match answer.status {
        200..=299 => Handed::accepted("", answer.status.to_string()),
        404 | 410 => Handed::refused(Why::Address, said(answer)),
        401 | 403 => Handed::refused(Why::Account, said(answer)),
        429 => Handed::refused(Why::TooFast { wait_s: None }, said(answer)),
        _ => Handed::refused(Why::Message, said(answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &str = r#""keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}"#;

    fn browser() -> Subscription {
        let text =
            format!(r#"{{"endpoint":"https://push.example/a/b?c","expirationTime":null,{KEYS}}}"#);
        Subscription::parse(&text).unwrap()
    }

    #[test]
    fn what_is_no_subscription_is_not_read() {
        let found = browser();
        assert_eq!((found.point.len(), found.auth.len()), (65, 16));
        let off_curve = format!(
            r#"{{"endpoint":"https://p.example/","keys":{{"p256dh":"{}","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}}}"#,
            URL_SAFE_NO_PAD.encode([4; 65])
        );
        for text in [
            "",
            "{}",
            r#"{"endpoint":"https://p.example/"}"#,
            &off_curve,
            &format!(r#"{{"endpoint":"{}",{KEYS}}}"#, "x".repeat(5_000)),
            &KEYS.replace("BTBZ", "!!!!"),
        ] {
            assert_eq!(Subscription::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_notification_says_how_long_it_counts_and_how_urgent_it_is() {
        let now = Timestamp::from_seconds(1_791_367_201);
        let key = VapidKey::of([7; 32]);
        let written = |class, seconds| {
            let notification = Notification {
                plain: "{}",
                message: Some(MessageId(9)),
                class,
                expires_at: now.plus_seconds(seconds),
            };
            let drawn = [[1; 32], [2; 32]];
            outgoing(
                &browser(),
                &notification,
                (&key, "mailto:a@b.it"),
                drawn,
                now,
            )
            .unwrap()
        };
        let header =
            |outgoing: &Outgoing, name: &str| outgoing.headers[name].to_str().unwrap().to_owned();
        let offer = written(Class::Marketing, 3_600);
        assert_eq!(header(&offer, "ttl"), "3600");
        assert_eq!(header(&offer, "urgency"), "normal");
        assert_eq!(header(&offer, "topic").len(), 22);
        let owed = written(Class::Transactional, 90 * 86_400);
        assert_eq!(header(&owed, "ttl"), "2419200");
        assert_eq!(header(&owed, "urgency"), "high");
        assert_eq!(header(&written(Class::Service, -5), "ttl"), "0");
        assert!(header(&owed, "authorization").starts_with("vapid t="));
    }

    #[test]
    fn answers_mean_what_the_documents_say() {
        for (status, expected) in [
            (404, Why::Address),
            (410, Why::Address),
            (401, Why::Account),
            (403, Why::Account),
            (400, Why::Message),
            (413, Why::Message),
            (429, Why::TooFast { wait_s: None }),
        ] {
            let answer = Answer {
                status,
                headers: HeaderMap::new(),
                body: Bytes::from_static(b"no"),
            };
            let Handed::Refused { why, .. } = read(&answer) else {
                unreachable!("{status}")
            };
            assert_eq!(why, expected, "{status}");
        }
        for status in [200, 201, 202, 204] {
            let answer = Answer {
                status,
                headers: HeaderMap::new(),
                body: Bytes::new(),
            };
            assert!(matches!(read(&answer), Handed::Accepted { .. }), "{status}");
        }
    }
}
