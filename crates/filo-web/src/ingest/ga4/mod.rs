//! Google Analytics 4's Measurement Protocol: server-side tag managers and shop plug-ins send it
//! already, so Filo takes it as it is.
//!
//! A request becomes a batch of Segment's calls and goes the common way, so limits, identity and
//! quarantine are the same. The write key stands in `api_secret`.
//!
//! **Invariant:** nothing of an event is left out: names and parameters that mean something to
//! Filo are renamed, all others stay.

mod event;
mod name;

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use filo_app::App;
use filo_core::intake::{Defect, DefectCode, Scalar};
use http::{StatusCode, header};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::body;
use super::delivery::{self, Judged};
use super::key::{Presented, presented, unknown_key};
use super::object_text::ObjectText;
use super::wire::EVENTS_MOST;
use crate::problem::Problem;

/// Real ids and consents have some hundreds of bytes.
const SHARED_BYTES_MOST: usize = 4096;

/// A JSON object by key; the last of repeated keys counts.
type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Takes events. The answer is 204, as Google's: also where some of them went to quarantine.
pub(super) async fn collect(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let (judged, permit) = judge(&app, request).await?;
    judged.deliver(&app, permit).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says what is wrong with events and keeps nothing.
pub(super) async fn debug(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let (judged, _permit) = judge(&app, request).await?;
    let messages: Vec<String> = judged
        .taken
        .refused
        .iter()
        .map(validation_message)
        .collect();
    let text = format!(r#"{{"validationMessages":[{}]}}"#, messages.join(","));
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

fn validation_message(refused: &super::taking::Refused) -> String {
    ObjectText::default()
        .text(
            "fieldPath",
            &format!("events[{}].{}", refused.index, refused.defect.field),
        )
        .text("description", &refused.defect.hint)
        .text(
            "validationCode",
            &refused.defect.code.word().to_ascii_uppercase(),
        )
        .finish()
}

async fn judge(app: &App, request: Request) -> Result<(Judged, filo_app::Permit), Problem> {
    let (head, body) = request.into_parts();
    let known = match secret(head.uri.query().unwrap_or_default()) {
        Some(secret) => Presented::Known(super::key::known(app, &head.headers, &secret)?),
        None => presented(app, &head.headers)?,
    };
    if known.known().is_none() {
        return Err(unknown_key().about("api_secret"));
    }
    let received = body::receive(app, &head.headers, body).await?;
    let translated = std::str::from_utf8(&received.bytes)
        .map_err(|_not_text| Defect::new(DefectCode::BrokenJson, "", "is not UTF-8"))
        .and_then(to_segment);
    let judged = match translated {
        Ok(batch) => delivery::judge(app, &head, &known, batch.as_bytes(), None)?,
        // What cannot be translated is kept as it came.
        Err(defect) => delivery::kept_as_it_came(&known, app.now(), defect, &received.bytes)?,
    };
    Ok((judged, received.permit))
}

fn secret(query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs
        .into_iter()
        .find(|(key, _)| key == "api_secret")
        .map(|(_, value)| value)
}

/// The payload of a request.
#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(borrow)]
    client_id: Option<&'a RawValue>,
    #[serde(borrow)]
    app_instance_id: Option<&'a RawValue>,
    #[serde(borrow)]
    user_id: Option<&'a RawValue>,
    #[serde(borrow)]
    timestamp_micros: Option<&'a RawValue>,
    #[serde(borrow)]
    user_properties: Option<Members<'a>>,
    #[serde(borrow)]
    consent: Option<Members<'a>>,
    #[serde(borrow)]
    events: Vec<Members<'a>>,
}

/// The batch of Segment's calls that a request says.
pub(super) fn to_segment(text: &str) -> Result<String, Defect> {
    let payload: Payload<'_> = serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() {
            DefectCode::WrongType
        } else {
            DefectCode::BrokenJson
        };
        Defect::new(
            code,
            "",
            format!("is not a Measurement Protocol payload: {error}"),
        )
    })?;
    let context = payload.context();
    payload.check_size(&context)?;
    let mut calls = Vec::with_capacity(payload.events.len() + 2);
    // Events first: their places in the batch are their places in the payload.
    for (index, event) in payload.events.iter().enumerate() {
        calls.push(event::call(&payload, event, index, &context));
    }
    if let Some(categories) = payload.categories() {
        let message = payload
            .call(&context, None)
            .raw("properties", &categories)
            .finish();
        calls.push(message.replacen('{', CONSENT_HEAD, 1));
    }
    if let Some(properties) = &payload.user_properties {
        let traits = traits(properties);
        let message = payload.call(&context, None).raw("traits", &traits).finish();
        calls.push(message.replacen('{', "{\"type\":\"identify\",", 1));
    }
    Ok(format!("{{\"batch\":[{}]}}", calls.join(",")))
}

/// Google's consent is a state sent with every hit; in Segment's words it is this event.
const CONSENT_HEAD: &str = "{\"type\":\"track\",\"event\":\"Segment Consent Preference Updated\",";

impl Payload<'_> {
    /// Who and when is written into each of the calls, so it must be small, and they few.
    fn check_size(&self, context: &str) -> Result<(), Defect> {
        if self.events.len() > EVENTS_MOST {
            let hint = format!("a request may hold {EVENTS_MOST} events");
            return Err(Defect::new(DefectCode::TooManyEvents, "events", hint));
        }
        if self.call(context, None).finish().len() > SHARED_BYTES_MOST {
            let hint = format!("ids, time and consent may have {SHARED_BYTES_MOST} bytes in all");
            return Err(Defect::new(DefectCode::EventTooLarge, "", hint));
        }
        Ok(())
    }

    /// What all calls of the request share: who and when.
    fn call(&self, context: &str, own_time: Option<&str>) -> ObjectText {
        let time = own_time.or(self.timestamp_micros.map(RawValue::get));
        let mut call = ObjectText::default();
        call.raw_if("userId", self.user_id.map(RawValue::get))
            .raw_if("timestamp", time)
            .text(
                "channel",
                if self.app_instance_id.is_some() {
                    "mobile"
                } else {
                    "browser"
                },
            )
            .raw("context", context);
        call
    }

    fn context(&self) -> String {
        let mut ids = Vec::new();
        for (word, id) in [
            ("ga_client_id", self.client_id),
            ("device_id", self.app_instance_id),
        ] {
            if let Some(id) = id {
                let mut external = ObjectText::default();
                external
                    .raw("id", id.get())
                    .text("type", word)
                    .text("collection", "users");
                ids.push(external.text("encoding", "none").finish());
            }
        }
        let consent = self.categories().unwrap_or_default();
        let consent =
            (!consent.is_empty()).then(|| format!("{{\"categoryPreferences\":{consent}}}"));
        ObjectText::default()
            .raw("library", r#"{"name":"ga4-measurement-protocol"}"#)
            .raw("externalIds", &format!("[{}]", ids.join(",")))
            .raw_if("consent", consent.as_deref())
            .finish()
    }

    /// `{"ad_user_data": true, …}` of `{"ad_user_data": "GRANTED", …}`.
    fn categories(&self) -> Option<String> {
        let mut categories = ObjectText::default();
        for (key, value) in self.consent.iter().flatten() {
            match Scalar::read(value.get()).as_text() {
                Some("GRANTED") => categories.raw(key, "true"),
                Some("DENIED") => categories.raw(key, "false"),
                _ => &mut categories,
            };
        }
        (!categories.is_empty()).then(|| categories.finish())
    }
}

/// `{"plan": "gold"}` of `{"plan": {"value": "gold"}}`.
fn traits(properties: &Members<'_>) -> String {
    #[derive(Deserialize)]
    struct Property<'a> {
        #[serde(borrow)]
        value: &'a RawValue,
    }
    let mut traits = ObjectText::default();
    for (key, property) in properties {
        match serde_json::from_str::<Property<'_>>(property.get()) {
            Ok(Property { value }) => traits.raw(key, value.get()),
            Err(_) => traits.raw(key, property.get()),
        };
    }
    traits.finish()
}

#[cfg(test)]
mod tests;
