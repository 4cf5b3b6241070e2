//! A carrier of the company's own: messages go to an address of theirs as JSON, signed as Standard
//! Webhooks says, and what comes back is signed with the same secret.
//!
//! | there | here |
//! |---|---|
//! | 2xx, with `id` if it has one | taken |
//! | `why`: `address`, `said_no`, `message`, `account`, `transient` | refused, and what follows |
//! | 401, 403, 404 | our account is not in order |
//! | 410, 422 | the address is gone, the message is none |

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_core::channel::Stage;
use filo_core::id::MessageId;
use filo_core::message::Medium;
use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderValue, header};
use ring::hmac;
use serde::Deserialize;
use serde_json::{Value, json};

use super::handed::{Handed, Outgoing, Why, said};
use super::incoming::{Incoming, Told, Written};
use super::whatsapp::Template;
use crate::client::Answer;

/// The headers of Standard Webhooks.
pub const ID: &str = "webhook-id";
/// When it was signed, in seconds.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The signatures, parted by spaces.
pub const SIGNATURE: &str = "webhook-signature";
/// What stands before a secret.
const PREFIX: &str = "whsec_";
/// Bytes of a secret (Standard Webhooks, "Signature scheme").
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// What is signed longer ago is not read: it may be brought again by somebody else.
const TOLERANCE_SECONDS: i64 = 300;

/// The bytes of a secret as it is written; nothing if it is none.
#[must_use]
pub fn secret(text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
    SECRET_BYTES.contains(&bytes.len()).then_some(bytes)
}

fn signature(secret: &[u8], id: &str, seconds: i64, body: &[u8]) -> hmac::Tag {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let mut signing = hmac::Context::with_key(&key);
    signing.update(format!("{id}.{seconds}.").as_bytes());
    signing.update(body);
    signing.sign()
}

/// An address of the company's own.
#[derive(Clone, Copy)]
pub struct Endpoint<'a> {
    /// Where to.
    pub url: &'a str,
    /// With what it is signed.
    pub secret: &'a [u8],
    /// By what it is to go on.
    pub medium: Medium,
    /// Where it is told what comes back.
    pub callback: &'a str,
}

impl Endpoint<'_> {
    /// A message as it is written; `id` is the same however often it is.
    #[must_use]
    pub fn outgoing(
        &self,
        (id, to): (&str, &str),
        text: &str,
        template: Option<&Template>,
        now: Timestamp,
    ) -> Outgoing {
        let template = template
            .map(|it| json!({ "name": it.name, "language": it.language, "values": it.values }));
        let body = json!({
            "type": "message.send", "id": id, "medium": self.medium.word(), "to": to,
            "text": text, "template": template, "callback": self.callback,
        });
        let body = body.to_string();
        let seconds = now.0.div_euclid(1_000_000);
        let tag = signature(self.secret, id, seconds, body.as_bytes());
        let signed = format!("v1,{}", STANDARD.encode(tag.as_ref()));
        let mut headers = HeaderMap::new();
        let kind = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, kind);
        for (name, value) in [
            (ID, id.to_owned()),
            (TIMESTAMP, seconds.to_string()),
            (SIGNATURE, signed),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        Outgoing {
            url: self.url.to_owned(),
            headers,
            body: body.into(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reply {
    id: String,
    why: String,
    code: String,
    text: String,
}

/// How handing over ended.
#[must_use]
pub fn read(answer: &Answer) -> Handed {
    let reply: Reply = serde_json::from_slice(&answer.body).unwrap_or_default();
    if (200..300).contains(&answer.status) {
        return Handed::accepted(reply.id, said(answer));
    }
    let why = why(&reply.why).unwrap_or(match answer.status {
        401..=404 => Why::Account,
        410 => Why::Address,
        _ => Why::Message,
    });
    let text = format!("{} {} {}", answer.status, reply.code, reply.text);
    Handed::refused(why, text.trim_end())
}

fn why(word: &str) -> Option<Why> {
    Some(match word {
        "address" => Why::Address,
        "said_no" => Why::SaidNo,
        "message" => Why::Message,
        "account" => Why::Account,
        "transient" => Why::Transient,
        _ => return None,
    })
}

/// Whether what came was signed with the secret, and not long ago.
#[must_use]
pub fn is_signed(secret: &[u8], headers: &HeaderMap, body: &[u8], now: Timestamp) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(seconds), Some(signatures)) =
        (header(ID), header(TIMESTAMP), header(SIGNATURE))
    else {
        return false;
    };
    let Ok(seconds) = seconds.parse::<i64>() else {
        return false;
    };
    if (now.0.div_euclid(1_000_000) - seconds).abs() > TOLERANCE_SECONDS {
        return false;
    }
    let expected = signature(secret, id, seconds, body);
    signatures.split(' ').any(|one| {
        let given = one
            .strip_prefix("v1,")
            .and_then(|it| STANDARD.decode(it).ok());
        given.is_some_and(|given| super::is_same(&given, expected.as_ref()))
    })
}

/// What came, once it was proved; nothing if it tells of nothing that counts here.
#[must_use]
pub fn incoming(body: &[u8]) -> Option<Incoming> {
    let told: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
    let at = told["at"].as_str().and_then(Timestamp::parse);
    match told["type"].as_str()? {
        "message.received" => Some(Incoming::Written(Written {
            from: text("from"),
            carrier_id: Some(text("id")).filter(|id| !id.is_empty())?,
            name: Some(text("name")).filter(|name| !name.is_empty()),
            text: text("text"),
            attachments: u32::try_from(told["attachments"].as_u64().unwrap_or(0)).unwrap_or(0),
            at,
        })),
        "message.status" => {
            let stage = text("stage");
            let stage = Stage::ALL.into_iter().find(|it| it.word() == stage)?;
            let message: Option<MessageId> = text("message").parse().ok();
            Some(Incoming::Told(Told {
                message: Some(message?),
                carrier_id: text("id"),
                stage,
                at,
                code: text("code"),
                why: why(&text("why")).filter(|_| stage == Stage::Failed),
            }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// The example of the specification.
    #[test]
    fn the_published_message_has_the_published_signature() {
        let own = secret(SECRET).unwrap();
        let body = br#"{"test": 2432232314}"#;
        let tag = signature(&own, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        let expected = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(STANDARD.encode(tag.as_ref()), expected);
        let mut headers = HeaderMap::new();
        let mut put = |name: &'static str, value: &str| {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        };
        put(ID, "msg_p5jXN8AQM9LWM0D4loKWxJek");
        put(TIMESTAMP, "1614265330");
        put(SIGNATURE, &format!("v1a,x v1,{expected}"));
        let at = |seconds: i64| Timestamp::from_seconds(1_614_265_330 + seconds);
        assert!(is_signed(&own, &headers, body, at(0)));
        assert!(is_signed(&own, &headers, body, at(300)));
        assert!(!is_signed(&own, &headers, body, at(301)), "too old");
        assert!(!is_signed(&own, &headers, body, at(-301)), "from tomorrow");
        assert!(!is_signed(&own, &headers, b"{}", at(0)));
        assert!(!is_signed(b"other", &headers, body, at(0)));
        headers.remove(ID);
        assert!(!is_signed(&own, &headers, body, at(0)));
    }

    #[test]
    fn a_secret_is_written_as_the_specification_says() {
        for text in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_",
            "whsec_MfKQ",
            "whsec_è",
        ] {
            assert_eq!(secret(text), None, "{text}");
        }
        assert_eq!(secret(SECRET).map(|it| it.len()), Some(24));
    }

    #[test]
    fn what_came_is_read() {
        let id = MessageId(7);
        let status = json!({"type": "message.status", "message": id.to_string(), "id": "x",
            "stage": "failed", "code": "E1", "why": "address", "at": "2026-10-07T10:00:00Z"});
        let Some(Incoming::Told(told)) = incoming(status.to_string().as_bytes()) else {
            unreachable!("a status")
        };
        assert_eq!(
            (told.message, told.stage, told.why),
            (Some(id), Stage::Failed, Some(Why::Address))
        );
        assert!(told.at.is_some());
        for nothing in [
            json!({"type": "message.status", "message": "x", "stage": "read"}),
            json!({"type": "message.status", "message": id.to_string(), "stage": "lost"}),
            json!({"type": "message.received", "from": "+39333", "text": "Ciao"}),
            json!({"type": "ping"}),
            json!([]),
        ] {
            assert_eq!(incoming(nothing.to_string().as_bytes()), None, "{nothing}");
        }
    }
}
