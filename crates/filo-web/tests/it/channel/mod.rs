//! Channels: what leaves over somebody else's API, what comes back from there, and what people
//! set.

mod account;
mod browser;
mod cost;
mod endpoint;
mod passing_on;
mod site;
mod site_page;
mod site_theirs;
mod telegram;
mod twilio;
mod twilio_returns;
mod web_push;
mod web_push_ends;
mod web_push_renews;
mod web_push_theirs;
mod whatsapp;

use filo_app::Config;
use filo_testkit::{Filo, Reaction, Receiver};
use http::Method;
use serde_json::{Value, json};

use crate::consent_ledger::anna;

const ACCOUNT: &str = "AC00000000000000000000000000000000";
const TOKEN: &str = "12345";
const PUBLIC: &str = "https://filo.example";

/// A Filo whose carriers are the receiver, with nobody held back.
async fn filo_at(receiver: &Receiver) -> Filo {
    filo_with(receiver, |config| config.public_url = PUBLIC.to_owned()).await
}

/// The same for who looks at the console over http: only its pages for customers are public.
async fn console_at(receiver: &Receiver) -> Filo {
    filo_with(receiver, |config| {
        config.public_pages_url = Some(PUBLIC.to_owned());
    })
    .await
}

async fn filo_with(receiver: &Receiver, change: impl FnOnce(&mut Config)) -> Filo {
    let base = receiver.base();
    let filo = Filo::start_with(|config| {
        Receiver::allow(config);
        let hosts = &mut config.channel_hosts;
        hosts.twilio.clone_from(&base);
        hosts.graph.clone_from(&base);
        hosts.telegram.clone_from(&base);
        change(config);
    })
    .await;
    let mut policy = filo.api_get("/api/v1/settings/messages").await;
    policy["holdout_percent"] = 0.into();
    // What is tested is how messages leave, not how many.
    policy["caps"] = json!([]);
    policy["budget"]["points"] = 0.into();
    put(&filo, "/api/v1/settings/messages", policy).await.ok();
    filo
}

async fn put(filo: &Filo, path: &str, body: Value) -> filo_testkit::Answer {
    let request = filo.request(Method::PUT, path).bearer(&filo.api_key);
    request.json(&body).send().await
}

fn twilio(sender: &str) -> Value {
    json!({"carrier": "twilio", "account": ACCOUNT, "sender": sender,
           "secrets": {"token": TOKEN}, "version": 0})
}

/// Anna, who said yes on this channel too.
async fn anna_on(filo: &Filo, channel: &str) -> String {
    let id = anna(filo).await;
    filo.send([
        json!({"type": "track", "event": "Consent Granted", "userId": "anna",
        "messageId": format!("yes-{channel}"),
        "properties": {"purpose": "marketing", "channel": channel, "basis": "consent",
                       "proof": "al banco"}}),
    ])
    .await;
    id
}

async fn write(filo: &Filo, customer: &str, (medium, purpose): (&str, &str), text: &str) -> String {
    let new = json!({"medium": medium, "purpose": purpose, "text": text});
    let path = format!("/api/v1/customers/{customer}/messages");
    let made = filo.api_post(&path, &new).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn message(filo: &Filo, id: &str) -> Value {
    filo.api_get(&format!("/api/v1/messages/{id}")).await
}

async fn sent(filo: &Filo, id: &str) -> String {
    filo.app.send_messages().await.unwrap();
    let whole = message(filo, id).await;
    whole["state"].as_str().unwrap().to_owned()
}

/// The events of somebody with this name, the newest first.
async fn events(filo: &Filo, customer: &str, name: &str) -> Vec<Value> {
    filo.settle().await;
    let path = format!("/api/v1/customers/{customer}/events?limit=100");
    let all = filo.api_get(&path).await;
    let all = all["data"].as_array().unwrap().clone();
    all.into_iter().filter(|it| it["name"] == name).collect()
}

/// Twilio has taken it.
fn taken(sid: &str) -> Reaction {
    let body = json!({"sid": sid, "status": "queued", "account_sid": ACCOUNT, "num_segments": "1",
                      "error_code": null, "direction": "outbound-api"});
    Reaction::Json(201, body.to_string())
}

/// Twilio does not take it.
fn refused(code: u32) -> Reaction {
    let body = json!({"code": code, "message": "no", "status": 400,
                      "more_info": format!("https://www.twilio.com/docs/errors/{code}")});
    Reaction::Json(400, body.to_string())
}

/// A form as Twilio sends it, with its signature.
async fn call(filo: &Filo, path: &str, fields: &[(&str, &str)]) -> filo_testkit::Answer {
    let signature = signature(&format!("{PUBLIC}{path}"), fields);
    signed(filo, path, (fields, &signature)).await
}

async fn signed(
    filo: &Filo,
    path: &str,
    (fields, signature): (&[(&str, &str)], &str),
) -> filo_testkit::Answer {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let request = filo.post(path).header("x-twilio-signature", signature);
    request.form(&body).send().await
}

/// What the documentation says: every parameter by name behind the address, HMAC-SHA1, base64.
fn signature(url: &str, fields: &[(&str, &str)]) -> String {
    use base64::Engine as _;
    let mut sorted = fields.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut text = url.to_owned();
    for (name, value) in sorted {
        text.push_str(name);
        text.push_str(value);
    }
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes());
    let tag = ring::hmac::sign(&key, text.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(tag.as_ref())
}
