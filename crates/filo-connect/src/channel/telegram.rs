//! Telegram's Bot API (10.1). A bot never writes first: it knows only who has begun with it.

use filo_core::time::Timestamp;
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use serde_json::{Value, json};

use super::handed::{Handed, Outgoing, Why, said};
use super::incoming::{Incoming, Written};
use crate::client::Answer;

/// The header of the secret that was agreed on when the webhook was set.
pub const SECRET: &str = "x-telegram-bot-api-secret-token";

/// A bot.
#[derive(Clone, Copy)]
pub struct Telegram<'a> {
    /// The host of the API.
    pub host: &'a str,
    /// The token of the bot.
    pub token: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Value,
}

impl Telegram<'_> {
    /// A text to a chat as it is written.
    #[must_use]
    pub fn text(&self, chat: i64, text: &str) -> Outgoing {
        let body = json!({
            "chat_id": chat, "text": text, "link_preview_options": { "is_disabled": true },
        });
        self.outgoing("sendMessage", &body)
    }

    /// Asks what the bot is called.
    #[must_use]
    pub fn who(&self) -> Outgoing {
        self.outgoing("getMe", &json!({}))
    }

    /// Says where what people write is to be brought, and with which secret.
    #[must_use]
    pub fn hook(&self, url: &str, secret: &str) -> Outgoing {
        let body = json!({
            "url": url, "secret_token": secret, "max_connections": 10,
            "allowed_updates": ["message", "my_chat_member"],
        });
        self.outgoing("setWebhook", &body)
    }

    fn outgoing(&self, method: &str, body: &Value) -> Outgoing {
        let mut headers = HeaderMap::new();
        let kind = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, kind);
        Outgoing {
            url: format!("{}/bot{}/{method}", self.host, self.token),
            headers,
            body: body.to_string().into(),
        }
    }
}

/// How handing over ended; what was asked for is the text.
#[must_use]
pub fn read(answer: &Answer) -> Handed {
    let Ok(reply) = serde_json::from_slice::<Reply>(&answer.body) else {
        let is_taken = (200..300).contains(&answer.status);
        return match is_taken {
            true => Handed::accepted("", said(answer)),
            false => Handed::refused(Why::Message, said(answer)),
        };
    };
    if reply.ok {
        let id = reply.result["message_id"].as_i64();
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        return Handed::accepted(id, answer.status.to_string());
    }
    let wait_s = reply.parameters["retry_after"].as_i64();
    let why = match reply.error_code {
        // They have blocked the bot, or are gone: nothing arrives until they write again.
        403 => Why::Address,
        400 if reply.description.contains("chat not found") => Why::Address,
        401 | 404 => Why::Account,
        429 => Why::TooFast { wait_s },
        _ => Why::Message,
    };
    Handed::refused(why, format!("{} {}", reply.error_code, reply.description))
}

/// What the bot is called, of the answer to [`Telegram::who`].
#[must_use]
pub fn name(answer: &Answer) -> Option<String> {
    let reply: Reply = serde_json::from_slice(&answer.body).ok()?;
    let name = reply.result["username"].as_str()?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (reply.ok && !name.is_empty() && name.bytes().all(is_name)).then(|| name.to_owned())
}

/// What came, once it was proved; nothing if it is of a group, or nothing that counts here.
#[must_use]
pub fn incoming(body: &[u8]) -> Option<Incoming> {
    let update: Value = serde_json::from_slice(body).ok()?;
    let id = update["update_id"].as_i64()?;
    if let Some(member) = update.get("my_chat_member") {
        let is_private = member["chat"]["type"] == "private";
        let is_blocked = member["new_chat_member"]["status"] == "kicked";
        return (is_private && is_blocked).then(|| {
            Incoming::Written(Written {
                from: member["chat"]["id"].to_string(),
                carrier_id: id.to_string(),
                name: None,
                text: "/stop".to_owned(),
                attachments: 0,
                at: at(member),
            })
        });
    }
    let message = update.get("message")?;
    if message["chat"]["type"] != "private" || message["from"]["is_bot"] == true {
        return None;
    }
    let names = ["first_name", "last_name"].map(|part| message["from"][part].as_str());
    let name: Vec<&str> = names.into_iter().flatten().collect();
    let text = message["text"].as_str().or(message["caption"].as_str());
    let files = ["photo", "document", "voice", "video", "audio", "sticker"];
    let attachments = files.iter().any(|kind| !message[*kind].is_null());
    Some(Incoming::Written(Written {
        from: message["chat"]["id"].as_i64()?.to_string(),
        carrier_id: id.to_string(),
        name: Some(name.join(" ")).filter(|name| !name.is_empty()),
        text: text.unwrap_or_default().to_owned(),
        attachments: u32::from(attachments),
        at: at(message),
    }))
}

fn at(of: &Value) -> Option<Timestamp> {
    let seconds = of["date"].as_i64()?;
    (0..=4_102_444_800)
        .contains(&seconds)
        .then(|| Timestamp::from_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn answered(status: u16, body: &Value) -> Handed {
        read(&Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::from(body.to_string()),
        })
    }

    #[test]
    fn answers_mean_what_the_documentation_says() {
        let taken = answered(200, &json!({"ok": true, "result": {"message_id": 12}}));
        assert_eq!(taken, Handed::accepted("12", "200"));
        for (code, description, parameters, expected) in [
            (
                403,
                "Forbidden: bot was blocked by the user",
                json!({}),
                Why::Address,
            ),
            (400, "Bad Request: chat not found", json!({}), Why::Address),
            (
                400,
                "Bad Request: message text is empty",
                json!({}),
                Why::Message,
            ),
            (401, "Unauthorized", json!({}), Why::Account),
            (
                429,
                "Too Many Requests: retry after 5",
                json!({"retry_after": 5}),
                Why::TooFast { wait_s: Some(5) },
            ),
        ] {
            let body = json!({"ok": false, "error_code": code, "description": description,
                              "parameters": parameters});
            let Handed::Refused { why, .. } = answered(code, &body) else {
                unreachable!("{description}")
            };
            assert_eq!(why, expected, "{description}");
        }
    }

    #[test]
    fn what_came_is_read() {
        let chat = json!({"id": 5_000_000_000_i64, "type": "private"});
        let from = json!({"id": 5_000_000_000_i64, "is_bot": false, "first_name": "Anna"});
        let text = json!({"update_id": 9, "message": {"message_id": 1, "date": 1_749_416_383,
            "chat": chat, "from": from, "text": "Ciao"}});
        let Some(Incoming::Written(Written {
            from: who,
            carrier_id,
            text,
            name,
            ..
        })) = incoming(text.to_string().as_bytes())
        else {
            unreachable!("a message")
        };
        assert_eq!((who.as_str(), carrier_id.as_str()), ("5000000000", "9"));
        assert_eq!((text.as_str(), name.as_deref()), ("Ciao", Some("Anna")));
        let blocked = json!({"update_id": 10, "my_chat_member": {"chat": chat, "from": from,
            "date": 1, "new_chat_member": {"status": "kicked"}}});
        let Some(Incoming::Written(Written { text, .. })) =
            incoming(blocked.to_string().as_bytes())
        else {
            unreachable!("a no")
        };
        assert_eq!(text, "/stop");
        let group = json!({"update_id": 11, "message": {"message_id": 1, "date": 1,
            "chat": {"id": -5, "type": "group"}, "from": from, "text": "STOP"}});
        for nothing in [group, json!({"update_id": 12}), json!([])] {
            assert_eq!(incoming(nothing.to_string().as_bytes()), None, "{nothing}");
        }
    }
}
