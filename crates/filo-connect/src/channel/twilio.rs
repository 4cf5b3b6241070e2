//! Twilio: text messages and WhatsApp over its senders (Messages API 2010-04-01).
//!
//! What it sends here is signed over the whole address and every parameter, those that nobody has
//! heard of among them; the address is the public one, not what a proxy makes of it.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_core::channel::{Sender, Stage, sender};
use filo_core::id::MessageId;
use filo_core::message::Medium;
use http::{HeaderMap, HeaderValue, header};
use ring::hmac;
use serde::Deserialize;
use url::form_urlencoded::{self, Serializer};

use super::handed::{Handed, Outgoing, Why, said};
use super::incoming::{Incoming, Told, Written};
use crate::client::Answer;

/// The header of the signature.
pub const SIGNATURE: &str = "x-twilio-signature";
/// What stands before the numbers of WhatsApp.
const WHATSAPP: &str = "whatsapp:";
/// The parameter under which the address of a status names its message.
const MESSAGE: &str = "message";

/// An account, and in whose name it sends.
#[derive(Clone, Copy)]
pub struct Twilio<'a> {
    /// The host of the API.
    pub host: &'a str,
    /// `AC…`.
    pub account: &'a str,
    /// The token of the account.
    pub token: &'a str,
    /// A group `MG…`, a number or a name.
    pub sender: &'a str,
    /// By what it goes.
    pub medium: Medium,
    /// Where it is told how far a message came; nothing where nobody can tell.
    pub callback: Option<&'a str>,
}

#[derive(Default, Deserialize)]
struct Taken {
    #[serde(default)]
    sid: String,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: u32,
    #[serde(default)]
    message: String,
}

impl Twilio<'_> {
    /// A message as it is written: to a number in the form `+39…`.
    #[must_use]
    pub fn outgoing(&self, to: &str, text: &str, message: Option<MessageId>) -> Outgoing {
        let prefix = match self.medium {
            Medium::Whatsapp => WHATSAPP,
            _ => "",
        };
        let mut form = Serializer::new(String::new());
        form.append_pair("To", &format!("{prefix}{to}"));
        match sender(self.sender) {
            Some(Sender::Service(group)) => form.append_pair("MessagingServiceSid", group),
            _ => form.append_pair("From", &format!("{prefix}{}", self.sender)),
        };
        form.append_pair("Body", text);
        if let (Some(callback), Some(message)) = (self.callback, message) {
            form.append_pair("StatusCallback", &format!("{callback}?{MESSAGE}={message}"));
        }
        let basic = STANDARD.encode(format!("{}:{}", self.account, self.token));
        let mut headers = HeaderMap::new();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let mut basic = HeaderValue::from_str(&format!("Basic {basic}"))
            .expect("base64 is made of printable letters");
        basic.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, basic);
        Outgoing {
            url: format!(
                "{}/2010-04-01/Accounts/{}/Messages.json",
                self.host, self.account
            ),
            headers,
            body: form.finish().into(),
        }
    }
}

/// How handing over ended.
#[must_use]
pub fn read(answer: &Answer) -> Handed {
    if (200..300).contains(&answer.status) {
        let taken: Taken = serde_json::from_slice(&answer.body).unwrap_or_default();
        let text = format!("{} {} {}", answer.status, taken.sid, taken.status);
        return Handed::accepted(taken.sid, text.trim_end());
    }
    let Ok(refusal) = serde_json::from_slice::<Refusal>(&answer.body) else {
        let why = match answer.status {
            401..=404 => Why::Account,
            _ => Why::Message,
        };
        return Handed::refused(why, said(answer));
    };
    let text = format!("{} {}", refusal.code, refusal.message);
    Handed::refused(why(refusal.code, answer.status), text)
}

/// What a code of an answer or of a status means.
fn why(code: u32, status: u16) -> Why {
    match code {
        // No number, no mobile, unknown at the other end, a landline.
        21_211 | 21_214 | 21_217 | 21_614 | 30_005 | 30_006 => Why::Address,
        21_610 => Why::SaidNo,
        // The country, the sender or its group, who logs in, money.
        20_003 | 20_005 | 20_404 | 21_212 | 21_266 | 21_408 | 21_606 | 21_609 | 21_659 | 21_660
        | 21_703 | 21_705 | 30_002 | 63_007 => Why::Account,
        14_107 | 20_429 | 21_611 | 30_001 => Why::TooFast { wait_s: None },
        // Switched off, out of reach, trouble of a network.
        30_003 | 30_008 | 30_009 | 30_010 => Why::Transient,
        _ => match status {
            401..=404 => Why::Account,
            _ => Why::Message,
        },
    }
}

/// Whether what came was signed with the token of the account. `url` is the public address with
/// everything behind the question mark.
#[must_use]
pub fn is_signed(token: &str, url: &str, body: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else {
        return false;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    let parameters = parameters(body);
    let spellings = [Some(url.to_owned()), with_port(url)];
    spellings.into_iter().flatten().any(|mut signed| {
        for (name, value) in &parameters {
            signed.push_str(name);
            signed.push_str(value);
        }
        hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
    })
}

/// Sorted, and each once.
fn parameters(body: &[u8]) -> BTreeSet<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// The same address with the port that everybody leaves out, or without it: either is signed.
fn with_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port = match scheme {
        "https" => ":443",
        _ => ":80",
    };
    match host.strip_suffix(port) {
        Some(host) => Some(format!("{scheme}://{host}{path}")),
        None if host.contains(':') => None,
        None => Some(format!("{scheme}://{host}{port}{path}")),
    }
}

/// What came, once it was proved; nothing if it tells of nothing that counts here. `query` is what
/// stands behind the question mark of the address.
#[must_use]
pub fn incoming(query: &str, body: &[u8]) -> Option<Incoming> {
    let all: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let field = |name: &str| {
        let found = all.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let carrier_id = field("MessageSid").to_owned();
    if carrier_id.is_empty() {
        return None;
    }
    let status = field("MessageStatus");
    if status.is_empty() || status == "received" {
        return Some(Incoming::Written(Written {
            from: field("From").trim_start_matches(WHATSAPP).to_owned(),
            carrier_id,
            name: Some(field("ProfileName").to_owned()).filter(|name| !name.is_empty()),
            text: field("Body").to_owned(),
            attachments: field("NumMedia").parse().unwrap_or(0),
            at: None,
        }));
    }
    let stage = match status {
        "sent" => Stage::Sent,
        "delivered" => Stage::Delivered,
        "read" => Stage::Read,
        "failed" | "undelivered" => Stage::Failed,
        _ => return None,
    };
    let code = field("ErrorCode").to_owned();
    let message = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == MESSAGE);
    Some(Incoming::Told(Told {
        message: message.and_then(|(_, id)| id.parse().ok()),
        carrier_id,
        stage,
        at: None,
        why: code
            .parse()
            .ok()
            .filter(|_| stage == Stage::Failed)
            .map(|code| why(code, 200)),
        code,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "12345";
    const HOOK: &str = "https://filo.example/hooks/twilio/sms";
    const STOP: &str = "MessageSid=SM00000000000000000000000000000001\
        &SmsSid=SM00000000000000000000000000000001&AccountSid=AC00000000000000000000000000000000\
        &From=%2B393331234567&To=%2B390210000000&Body=STOP&NumMedia=0";
    const DELIVERED: &str = "MessageSid=SM00000000000000000000000000000001\
        &MessageStatus=delivered&To=%2B393331234567&From=Filo\
        &AccountSid=AC00000000000000000000000000000000&ApiVersion=2010-04-01";

    /// Computed with Twilio's own library, the first as in its documentation.
    #[test]
    fn published_requests_have_published_signatures() {
        let call = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234\
            &From=%2B14158675309&To=%2B18005551212";
        for (url, body, signature) in [
            (
                "https://mycompany.com/myapp.php?foo=1&bar=2",
                call,
                "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            ),
            (HOOK, STOP, "QvQ2VRIO2nT0sxqYe0nvKhwbXIY="),
            (HOOK, DELIVERED, "0NgBg9bsHED2UqLokoYzD/EkTVM="),
        ] {
            assert!(is_signed(TOKEN, url, body.as_bytes(), signature), "{url}");
            assert!(!is_signed("12346", url, body.as_bytes(), signature));
            assert!(!is_signed(
                TOKEN,
                &format!("{url}x"),
                body.as_bytes(),
                signature
            ));
            let more = format!("{body}&New=1");
            assert!(!is_signed(TOKEN, url, more.as_bytes(), signature));
            for wrong in ["", "=", "QvQ2VRIO2nT0sxqYe0nvKhwbXI", "AAAA"] {
                assert!(!is_signed(TOKEN, url, body.as_bytes(), wrong));
            }
        }
    }

    #[test]
    fn the_port_that_everybody_leaves_out_may_be_signed_or_not() {
        let with = "https://filo.example:443/hooks/twilio/sms";
        let signature = "QvQ2VRIO2nT0sxqYe0nvKhwbXIY=";
        assert!(is_signed(TOKEN, with, STOP.as_bytes(), signature));
        let other = "https://filo.example:8443/hooks/twilio/sms";
        assert!(!is_signed(TOKEN, other, STOP.as_bytes(), signature));
        // What is sent twice is signed once.
        let twice = format!("{STOP}&NumMedia=0");
        assert!(is_signed(TOKEN, HOOK, twice.as_bytes(), signature));
    }

    #[test]
    fn what_came_is_read() {
        let written = incoming("", STOP.as_bytes());
        let expected = Incoming::Written(Written {
            from: "+393331234567".to_owned(),
            carrier_id: "SM00000000000000000000000000000001".to_owned(),
            name: None,
            text: "STOP".to_owned(),
            attachments: 0,
            at: None,
        });
        assert_eq!(written, Some(expected));
        let id = MessageId(7);
        let Some(Incoming::Told(told)) = incoming(&format!("message={id}"), DELIVERED.as_bytes())
        else {
            unreachable!("a status")
        };
        assert_eq!((told.message, told.stage), (Some(id), Stage::Delivered));
        let failed = DELIVERED.replace("delivered", "undelivered") + "&ErrorCode=30005";
        let Some(Incoming::Told(told)) = incoming("message=x", failed.as_bytes()) else {
            unreachable!("a status")
        };
        assert_eq!(told.message, None);
        assert_eq!(
            (told.stage, told.code.as_str(), told.why),
            (Stage::Failed, "30005", Some(Why::Address))
        );
        for nothing in ["", "MessageSid=SM1&MessageStatus=queued", "Body=ciao"] {
            assert_eq!(incoming("", nothing.as_bytes()), None, "{nothing}");
        }
    }
}
