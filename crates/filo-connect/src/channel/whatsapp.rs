//! The Cloud API of WhatsApp: messages over Meta's Graph API, and its webhooks.
//!
//! Signed is the raw body, byte by byte: the same words in another spelling of JSON have another
//! signature. What was sent with a message comes back with its statuses, so each finds its own.

use filo_core::channel::Stage;
use filo_core::id::MessageId;
use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderValue, header};
use ring::hmac;
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::handed::{Handed, Outgoing, Why, said};
use super::incoming::{Incoming, Told, Written};
use crate::client::Answer;

/// The header of the signature.
pub const SIGNATURE: &str = "x-hub-signature-256";
/// What stands before the signature.
const PREFIX: &str = "sha256=";
/// The version of the Graph API.
const VERSION: &str = "v23.0";
/// Statuses and messages that one request brings at most.
const BROUGHT_MOST: usize = 1_000;

/// A number of the company on WhatsApp.
#[derive(Clone, Copy)]
pub struct Whatsapp<'a> {
    /// The host of the API.
    pub host: &'a str,
    /// The id of the number at Meta.
    pub number: &'a str,
    /// The token of a system user.
    pub token: &'a str,
}

/// A message that WhatsApp has approved beforehand: the only way to write first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its name there.
    pub name: String,
    /// In which language it was approved.
    pub language: String,
    /// What stands in its places, in their order.
    pub values: Vec<String>,
}

impl Whatsapp<'_> {
    /// A text as it is written: within a day of what they wrote last.
    #[must_use]
    pub fn text(&self, to: &str, text: &str, message: Option<MessageId>) -> Outgoing {
        let mut body = addressed(to, "text", message);
        body["text"] = json!({ "body": text, "preview_url": false });
        self.outgoing(&body)
    }

    /// A template as it is written: at any time.
    #[must_use]
    pub fn template(&self, to: &str, template: &Template, message: Option<MessageId>) -> Outgoing {
        let mut body = addressed(to, "template", message);
        let parameters: Vec<Value> = template
            .values
            .iter()
            .map(|value| json!({ "type": "text", "text": value }))
            .collect();
        let components = match parameters.is_empty() {
            true => json!([]),
            false => json!([{ "type": "body", "parameters": parameters }]),
        };
        body["template"] = json!({
            "name": template.name,
            "language": { "code": template.language, "policy": "deterministic" },
            "components": components,
        });
        self.outgoing(&body)
    }

    fn outgoing(&self, body: &Value) -> Outgoing {
        let mut headers = HeaderMap::new();
        let kind = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, kind);
        if let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", self.token)) {
            bearer.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, bearer);
        }
        Outgoing {
            url: format!("{}/{VERSION}/{}/messages", self.host, self.number),
            headers,
            body: body.to_string().into(),
        }
    }
}

fn addressed(to: &str, kind: &str, message: Option<MessageId>) -> Value {
    let mut body = json!({
        "messaging_product": "whatsapp", "recipient_type": "individual",
        "to": to.trim_start_matches('+'), "type": kind,
    });
    if let Some(message) = message {
        body["biz_opaque_callback_data"] = message.to_string().into();
    }
    body
}

#[derive(Deserialize)]
struct Taken {
    messages: Vec<TakenMessage>,
}

#[derive(Deserialize)]
struct TakenMessage {
    id: String,
    #[serde(default)]
    message_status: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: Fault,
}

#[derive(Deserialize)]
struct Fault {
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    error_data: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    details: String,
}

/// How handing over ended.
#[must_use]
pub fn read(answer: &Answer) -> Handed {
    if (200..300).contains(&answer.status) {
        let taken = serde_json::from_slice::<Taken>(&answer.body).ok();
        let first = taken.and_then(|taken| taken.messages.into_iter().next());
        let (id, status) = first.map_or_else(Default::default, |it| (it.id, it.message_status));
        let text = format!("{} {id} {status}", answer.status);
        return Handed::accepted(id, text.trim_end());
    }
    let Ok(Refusal { error }) = serde_json::from_slice(&answer.body) else {
        let why = match answer.status {
            401..=404 => Why::Account,
            _ => Why::Message,
        };
        return Handed::refused(why, said(answer));
    };
    let details = error.error_data.map(|it| it.details).unwrap_or_default();
    let text = format!("{} {} {details}", error.code, error.message);
    Handed::refused(why(error.code, answer.status), text.trim_end())
}

/// What a code of an answer or of a status means.
fn why(code: i64, status: u16) -> Why {
    match code {
        // Nobody there: not on WhatsApp, too old a program, terms not accepted.
        131_026 => Why::Address,
        // They have switched off advertising of this company.
        131_050 => Why::SaidNo,
        4 | 80_007 | 130_429 | 131_048 | 131_056 => Why::TooFast { wait_s: None },
        // A passing fault, or the person has got enough advertising for now.
        1 | 2 | 131_000 | 131_016 | 131_049 => Why::Transient,
        // The token, rights, money, the number.
        0 | 3 | 10 | 190 | 200..=299 | 368 | 131_005 | 131_031 | 131_042 | 131_045 | 133_010 => {
            Why::Account
        }
        _ => match status {
            401..=404 => Why::Account,
            _ => Why::Message,
        },
    }
}

/// Whether what came was signed with the secret of the app.
#[must_use]
pub fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    let Some(signature) = signature.strip_prefix(PREFIX).and_then(bytes_of_hex) else {
        return false;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::verify(&key, body, &signature).is_ok()
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let pairs = text.as_bytes().chunks_exact(2);
    pairs
        .map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        })
        .collect()
}

/// What is to be given back to whoever asks whether the address is ours; nothing to anybody else.
#[must_use]
pub fn challenge(query: &str, token: &str) -> Option<String> {
    let field = |name: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned())
    };
    let given = field("hub.verify_token")?;
    let is_same = super::is_same(given.as_bytes(), token.as_bytes()) && !token.is_empty();
    let asks = field("hub.mode").as_deref() == Some("subscribe");
    field("hub.challenge").filter(|_| is_same && asks)
}

/// What came, once it was proved.
#[must_use]
pub fn incoming(number: &str, body: &[u8]) -> Vec<Incoming> {
    let Ok(root) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let entries = root["entry"].as_array().into_iter().flatten();
    let changes = entries.flat_map(|entry| entry["changes"].as_array().into_iter().flatten());
    let mut all = Vec::new();
    for change in changes.filter(|change| change["field"] == "messages") {
        let value = &change["value"];
        if value["metadata"]["phone_number_id"].as_str() != Some(number) {
            continue;
        }
        let statuses = value["statuses"].as_array().into_iter().flatten();
        all.extend(statuses.filter_map(told));
        let written = value["messages"].as_array().into_iter().flatten();
        all.extend(written.filter_map(|message| self::written(message, &value["contacts"])));
    }
    all.truncate(BROUGHT_MOST);
    all
}

fn told(status: &Value) -> Option<Incoming> {
    let stage = match status["status"].as_str()? {
        "sent" => Stage::Sent,
        "delivered" => Stage::Delivered,
        "read" => Stage::Read,
        "failed" => Stage::Failed,
        _ => return None,
    };
    let fault: Option<Fault> = serde_json::from_value(status["errors"][0].clone()).ok();
    let fault = fault.filter(|_| stage == Stage::Failed);
    let message = status["biz_opaque_callback_data"].as_str();
    Some(Incoming::Told(Told {
        message: message.and_then(|id| id.parse().ok()),
        carrier_id: status["id"].as_str()?.to_owned(),
        stage,
        at: at(status),
        why: fault.as_ref().map(|fault| why(fault.code, 200)),
        code: fault.map_or_else(String::new, |fault| {
            format!("{} {}", fault.code, fault.title)
                .trim_end()
                .to_owned()
        }),
    }))
}

fn written(message: &Value, contacts: &Value) -> Option<Incoming> {
    let kind = message["type"].as_str()?;
    let text = match kind {
        "text" => &message["text"]["body"],
        "button" => &message["button"]["text"],
        "interactive" => match &message["interactive"]["button_reply"]["title"] {
            Value::Null => &message["interactive"]["list_reply"]["title"],
            title => title,
        },
        "image" | "video" | "audio" | "document" | "sticker" => &message[kind]["caption"],
        // A sign under another message, a change of number: nothing that somebody wrote.
        "reaction" | "system" => return None,
        _ => &Value::Null,
    };
    let is_file = matches!(kind, "image" | "video" | "audio" | "document" | "sticker");
    // Who goes by a name of their own has no number that we see.
    let from = message["from"].as_str()?;
    let known = contacts.as_array().into_iter().flatten();
    let known = known.into_iter().find(|contact| contact["wa_id"] == from);
    let name = known.and_then(|contact| contact["profile"]["name"].as_str());
    Some(Incoming::Written(Written {
        from: format!("+{from}"),
        carrier_id: message["id"].as_str()?.to_owned(),
        name: name.map(str::to_owned),
        text: text.as_str().unwrap_or_default().to_owned(),
        attachments: u32::from(is_file),
        at: at(message),
    }))
}

fn at(of: &Value) -> Option<Timestamp> {
    let seconds = of["timestamp"].as_str()?.parse().ok()?;
    (0..=4_102_444_800)
        .contains(&seconds)
        .then(|| Timestamp::from_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_bodies_have_published_signatures() {
        let secret = "app-secret";
        for (body, signature) in [
            (
                r#"{"object":"whatsapp_business_account","entry":[]}"#,
                "d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f",
            ),
            (
                r#"{"text":"caff\u00e8"}"#,
                "7d5b7d24d466c27402ea3383c43eb1614f6b2f59870f06d7cb6a601ded3604e7",
            ),
            (
                r#"{"text":"caffè"}"#,
                "9b624445217581416479eceac76b388be5a6e6a49eadcbf5a3314786a1967740",
            ),
        ] {
            let header = format!("sha256={signature}");
            assert!(is_signed(secret, body.as_bytes(), &header), "{body}");
            assert!(!is_signed("other", body.as_bytes(), &header));
            assert!(!is_signed(secret, format!("{body} ").as_bytes(), &header));
            for wrong in [
                signature,
                "",
                "sha256=",
                "sha256=zz",
                "sha256=d3",
                "sha256=è0",
            ] {
                assert!(!is_signed(secret, body.as_bytes(), wrong), "{wrong}");
            }
        }
    }

    #[test]
    fn only_who_knows_the_word_gets_the_challenge() {
        let query = "hub.mode=subscribe&hub.verify_token=parola&hub.challenge=1158201444";
        assert_eq!(challenge(query, "parola").as_deref(), Some("1158201444"));
        assert_eq!(challenge(query, "altra"), None);
        let none = "hub.mode=subscribe&hub.verify_token=&hub.challenge=1";
        assert_eq!(challenge(none, ""), None);
        assert_eq!(
            challenge("hub.verify_token=parola&hub.challenge=1", "parola"),
            None
        );
        assert_eq!(challenge("", "parola"), None);
    }

    #[test]
    fn what_came_is_read() {
        let id = MessageId(7);
        let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [
            {"field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
                "contacts": [{"profile": {"name": "Sheena Nelson"}, "wa_id": "16505551234"}],
                "messages": [
                    {"from": "16505551234", "id": "wamid.A", "timestamp": "1749416383",
                     "type": "text", "text": {"body": "Ciao"}},
                    {"from_user_id": "US.134", "id": "wamid.B", "timestamp": "1749416383",
                     "type": "text", "text": {"body": "no number"}},
                    {"from": "16505551234", "id": "wamid.C", "timestamp": "1749416383",
                     "type": "reaction", "reaction": {"emoji": "x"}}],
                "statuses": [
                    {"id": "wamid.D", "status": "failed", "timestamp": "1749416384",
                     "biz_opaque_callback_data": id.to_string(),
                     "errors": [{"code": 131_026, "title": "Message undeliverable"}]}]}},
            {"field": "messages", "value": {"metadata": {"phone_number_id": "2"},
                "statuses": [{"id": "wamid.E", "status": "read"}]}},
            {"field": "account_update", "value": {}}]}]});
        let all = incoming("106540352242922", body.to_string().as_bytes());
        assert_eq!(all.len(), 2, "{all:?}");
        let Incoming::Told(told) = &all[0] else {
            unreachable!("the status")
        };
        assert_eq!((told.message, told.why), (Some(id), Some(Why::Address)));
        assert_eq!(told.at, Some(Timestamp::from_seconds(1_749_416_384)));
        let Incoming::Written(Written {
            from, name, text, ..
        }) = &all[1]
        else {
            unreachable!("the message")
        };
        assert_eq!((from.as_str(), text.as_str()), ("+16505551234", "Ciao"));
        assert_eq!(name.as_deref(), Some("Sheena Nelson"));
        assert_eq!(incoming("1", b"[]"), []);
        assert_eq!(incoming("1", b"no JSON"), []);
    }
}
