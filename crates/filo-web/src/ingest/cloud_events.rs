//! CloudEvents 1.0 over HTTP: structured, batched and binary (reference: the specification's
//! HTTP protocol binding).
//!
//! `type` gives the event's name, `subject` the user id (or the extension attributes `userid`,
//! `anonymousid`, `groupid`), `source` and `id` together the message id, `time` the time, `data`
//! the properties.
//!
//! **Invariant:** two events are the same exactly if their `source` and `id` are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_app::App;
use filo_core::intake::{Defect, DefectCode, Scalar};
use filo_core::semantic;
use http::header::CONTENT_TYPE;
use serde_json::value::RawValue;

use super::object_text::{ObjectText, quoted};
use super::taking::Refused;
use super::wire::{EVENTS_MOST, set_aside};
use super::{body, delivery, key};
use crate::problem::Problem;

type Attributes<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Longest message id that is kept as text; longer ones are hashed.
const MESSAGE_ID_BYTES_MOST: usize = 100;

/// Takes one event or a batch.
pub(super) async fn receive(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let presented = key::presented(&app, &head.headers)?;
    if presented.known().is_none() {
        return Err(key::unknown_key().about("Authorization"));
    }
    let received = body::receive(&app, &head.headers, body).await?;
    let translated = std::str::from_utf8(&received.bytes)
        .map_err(|_not_text| Defect::new(DefectCode::BrokenJson, "", "is not UTF-8"))
        .and_then(|text| match binary(&head.headers, text) {
            Some(event) => to_segment(&event),
            None => to_segment(text),
        });
    let judged = match translated {
        Ok(translated) => {
            let batch = translated.batch();
            let mut judged = delivery::judge(&app, &head, &presented, batch.as_bytes(), None)?;
            judged.taken.is_single = translated.is_single;
            for refused in &mut judged.taken.refused {
                refused.index = translated
                    .places
                    .get(refused.index)
                    .copied()
                    .unwrap_or_default();
            }
            judged.taken.refused.extend(translated.refused);
            judged
        }
        Err(defect) => delivery::kept_as_it_came(&presented, app.now(), defect, &received.bytes)?,
    };
    judged.deliver(&app, received.permit).await
}

/// Events in Segment's words, and those that cannot be said so.
#[derive(Debug, Default)]
pub(super) struct Translated {
    calls: Vec<String>,
    /// For each call its place among the events.
    places: Vec<usize>,
    pub(super) refused: Vec<Refused>,
    is_single: bool,
}

impl Translated {
    pub(super) fn batch(&self) -> String {
        format!("{{\"batch\":[{}]}}", self.calls.join(","))
    }

    fn add(&mut self, index: usize, event: &str) {
        match call(event) {
            Ok(call) => {
                self.calls.push(call);
                self.places.push(index);
            }
            Err(defect) => self.refused.push(Refused {
                index,
                defect,
                body: event.to_owned(),
            }),
        }
    }
}

/// Reads a structured event or a batch of them.
pub(super) fn to_segment(text: &str) -> Result<Translated, Defect> {
    let mut translated = Translated::default();
    if !text.trim_start().starts_with('[') {
        let event: &RawValue = serde_json::from_str(text).map_err(|error| broken(&error))?;
        translated.is_single = true;
        translated.add(0, event.get());
        return Ok(translated);
    }
    let events: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let mut excess = Vec::new();
    for (index, event) in events.into_iter().enumerate() {
        if index < EVENTS_MOST {
            translated.add(index, event.get());
        } else {
            set_aside(&mut excess, event.get());
        }
    }
    for piece in excess {
        let hint = format!("a batch may hold {EVENTS_MOST} events; send the rest in another one");
        let defect = Defect::new(DefectCode::TooManyEvents, "", hint);
        let body = format!("[{piece}]");
        translated.refused.push(Refused {
            index: EVENTS_MOST,
            defect,
            body,
        });
    }
    Ok(translated)
}

fn broken(error: &serde_json::Error) -> Defect {
    Defect::new(DefectCode::BrokenJson, "", format!("is not JSON: {error}"))
}

fn call(event: &str) -> Result<String, Defect> {
    let attributes: Attributes<'_> = serde_json::from_str(event)
        .map_err(|_other| Defect::new(DefectCode::NotAnObject, "", "an event must be an object"))?;
    let text = |key: &str| {
        let raw = attributes.get(key).map(|value| value.get());
        raw.map_or(Scalar::Absent, Scalar::read)
            .as_text()
            .map(str::to_owned)
    };
    let required = |key: &'static str| {
        text(key).ok_or_else(|| {
            let hint = "every CloudEvent needs specversion, id, source and type";
            Defect::new(DefectCode::MissingAttribute, key, hint)
        })
    };
    if !required("specversion")?.starts_with("1.") {
        let hint = "is not 1.0, the version that is understood";
        return Err(Defect::new(DefectCode::WrongType, "specversion", hint));
    }
    let (id, source, kind) = (required("id")?, required("source")?, required("type")?);
    let user = text("userid").or_else(|| text("subject"));
    let mut call = ObjectText::default();
    call.text("type", "track")
        .text("event", &name(&kind))
        .text("messageId", &message_id(&source, &id));
    for (field, value) in [
        ("userId", user),
        ("anonymousId", text("anonymousid")),
        ("groupId", text("groupid")),
        ("timestamp", text("time")),
    ] {
        if let Some(value) = value {
            call.text(field, &value);
        }
    }
    call.raw("properties", &data(&attributes)?)
        .raw("context", &context(&attributes));
    Ok(call.finish())
}

fn message_id(source: &str, id: &str) -> String {
    let whole = format!("{source}#{id}");
    if whole.len() <= MESSAGE_ID_BYTES_MOST {
        return whole;
    }
    let hash = blake3::hash(whole.as_bytes()).to_hex();
    format!("ce-{}", hash.get(..32).unwrap_or_default())
}

/// A name for people of a reverse domain name: `it.shop.order.completed.v1` is Order Completed if
/// that is a known name; a type that says nothing known keeps its text.
fn name(kind: &str) -> String {
    let is_version = |part: &&str| {
        part.strip_prefix('v')
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let parts: Vec<&str> = kind.split('.').filter(|part| !is_version(part)).collect();
    for count in 1..=parts.len().min(4) {
        let last = parts
            .get(parts.len() - count..)
            .unwrap_or_default()
            .join(" ");
        let words = last.replace(['_', '-', '/'], " ");
        let canonical = semantic::canonical(&words);
        if semantic::is_known(canonical) {
            return canonical.to_owned();
        }
    }
    kind.to_owned()
}

/// The data as an object: what is no object stands in one as `data`.
fn data(attributes: &Attributes<'_>) -> Result<String, Defect> {
    let raw =
        match (attributes.get("data"), attributes.get("data_base64")) {
            (Some(data), _) => data.get().to_owned(),
            (None, Some(encoded)) => {
                let encoded = Scalar::read(encoded.get())
                    .as_text()
                    .unwrap_or_default()
                    .to_owned();
                let bytes = STANDARD.decode(encoded).ok();
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
                let hint = "must be base64 of text; other data has no place on a customer's thread";
                Defect::new(DefectCode::WrongType, "data_base64", hint)
            })?;
                if serde_json::from_str::<&RawValue>(&text).is_ok() {
                    text
                } else {
                    quoted(&text)
                }
            }
            (None, None) => return Ok("null".to_owned()),
        };
    let is_object = raw.trim_start().starts_with('{');
    Ok(if is_object || raw == "null" {
        raw
    } else {
        format!("{{\"data\":{raw}}}")
    })
}

/// All attributes but the data, so that nothing that was said is lost.
fn context(attributes: &Attributes<'_>) -> String {
    let mut kept = ObjectText::default();
    for (key, value) in attributes {
        if !matches!(key.as_ref(), "data" | "data_base64") {
            kept.raw(key, value.get());
        }
    }
    let kept = kept.finish();
    ObjectText::default().raw("cloudevent", &kept).finish()
}

/// The structured form of an event in binary mode: attributes in `ce-` headers, data in the body.
fn binary(headers: &HeaderMap, body: &str) -> Option<String> {
    headers.get("ce-specversion")?;
    let mut event = ObjectText::default();
    for (name, value) in headers {
        let attribute = name.as_str().strip_prefix("ce-");
        if let (Some(attribute), Ok(value)) = (attribute, std::str::from_utf8(value.as_bytes())) {
            event.text(attribute, &percent_decoded(value));
        }
    }
    if let Some(content_type) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    {
        event.text("datacontenttype", content_type);
    }
    if serde_json::from_str::<&RawValue>(body).is_ok() {
        event.raw("data", body);
    } else if !body.is_empty() {
        event.text("data", body);
    }
    Some(event.finish())
}

/// Attributes in headers are percent-encoded UTF-8.
fn percent_decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
