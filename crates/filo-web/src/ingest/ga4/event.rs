//! One event of a payload as one of Segment's calls.

use std::borrow::Cow;
use std::collections::BTreeSet;

use filo_core::intake::Scalar;
use serde_json::value::RawValue;

use super::super::object_text::ObjectText;
use super::{Members, Payload, name};

/// The call that an event says. What is missing in it is told by the intake, as for any call.
pub(super) fn call(
    payload: &Payload<'_>,
    event: &Members<'_>,
    index: usize,
    context: &str,
) -> String {
    let raw = |key: &str| event.get(key).map(|value| value.get());
    let own_time = raw("timestamp_micros");
    let mut call = payload.call(context, own_time);
    if let Some(message_id) = message_id(payload, event, index, own_time) {
        call.text("messageId", &message_id);
    }
    let params: Members<'_> = raw("params")
        .and_then(|params| serde_json::from_str(params).ok())
        .unwrap_or_default();
    let name = raw("name").map_or(Scalar::Absent, Scalar::read);
    let param = |key: &str| params.get(key).map(|value| value.get());
    match name.as_text() {
        Some("page_view") => {
            call.text("type", "page")
                .raw_if("name", param("page_title"));
        }
        Some("screen_view") => {
            let screen = param("screen_name").or_else(|| param("firebase_screen"));
            call.text("type", "screen").raw_if("name", screen);
        }
        Some(name) => {
            call.text("type", "track").text("event", name::event(name));
        }
        None => {
            call.text("type", "track");
        }
    }
    let event_name = name::event(name.as_text().unwrap_or_default());
    call.raw("properties", &properties(event_name, &params));
    if let Some(group) = param("group_id") {
        call.raw("groupId", group);
    }
    call.finish()
}

/// Google gives events no id. With the sender's own time, in microseconds, equal content at the
/// same place is the same event sent again; without it nobody can tell.
fn message_id(
    payload: &Payload<'_>,
    event: &Members<'_>,
    index: usize,
    own_time: Option<&str>,
) -> Option<String> {
    let time = own_time.or(payload.timestamp_micros.map(RawValue::get))?;
    let mut hasher = blake3::Hasher::new();
    let who = [payload.user_id, payload.client_id, payload.app_instance_id];
    for part in who.into_iter().flatten().map(RawValue::get).chain([time]) {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    for (key, value) in event {
        hasher.update(key.as_bytes()).update(b"\0");
        hasher.update(value.get().as_bytes()).update(b"\0");
    }
    hasher.update(&index.to_be_bytes());
    let hash = hasher.finalize().to_hex();
    hash.get(..32).map(|short| format!("ga4-{short}"))
}

fn properties(event: &str, params: &Members<'_>) -> String {
    let mut properties = ObjectText::default();
    let mut written = BTreeSet::new();
    let mut products = Vec::new();
    for (key, value) in params {
        let renamed = name::parameter(event, key);
        if renamed == "products" {
            products = serde_json::from_str(value.get()).unwrap_or_default();
            properties.raw(renamed, &list(&products));
        } else {
            properties.raw(renamed, value.get());
        }
        written.insert(Cow::Borrowed(renamed));
    }
    if let ([product], true) = (products.as_slice(), name::is_about_a_product(event)) {
        for (key, value) in product {
            let renamed = name::product(key);
            if !written.contains(renamed) {
                properties.raw(renamed, value.get());
            }
        }
    }
    properties.finish()
}

/// The products of `items`.
fn list(products: &[Members<'_>]) -> String {
    let objects: Vec<String> = products
        .iter()
        .map(|product| {
            let mut object = ObjectText::default();
            for (key, value) in product {
                object.raw(name::product(key), value.get());
            }
            object.finish()
        })
        .collect();
    format!("[{}]", objects.join(","))
}
