//! One try: signing a message, sending it through the guarded client, and what came back.

use std::sync::Arc;

use anyhow::Context;
use bytes::Bytes;
use filo_connect::{Answer, Client, Failure, Request, SystemNetwork};
use filo_core::time::Timestamp;
use filo_store::webhook_delivery::DeliveryRow;
use http::{HeaderMap, HeaderValue, Method, header};

use super::signature;
use crate::config::Config;

/// Of an answer so much is kept, to be shown.
const ANSWER_LETTERS_KEPT: usize = 1_000;
/// A receiver may ask for so much time at most.
const RETRY_AFTER_S_MOST: i64 = 24 * 3600;

/// The program's one client.
pub(crate) fn client(config: &Config) -> anyhow::Result<Client> {
    Client::new(config.outbound.clone(), Arc::new(SystemNetwork))
        .context("the certificates of `outbound_roots`")
}

/// How a try ended.
#[derive(Debug)]
pub(super) struct Tried {
    pub(super) status: Option<u16>,
    pub(super) text: String,
    /// How long the receiver wants to be left alone.
    pub(super) retry_after_s: i64,
}

impl Tried {
    pub(super) fn succeeded(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }

    /// The receiver wants to hear nothing any more.
    pub(super) fn is_gone(&self) -> bool {
        self.status == Some(410)
    }

    fn failed(failure: &Failure) -> Self {
        let status = match failure {
            Failure::Redirect(status) => Some(*status),
            _ => None,
        };
        Self {
            status,
            text: failure.to_string(),
            retry_after_s: 0,
        }
    }

    fn answered(answer: &Answer) -> Self {
        let text = String::from_utf8_lossy(&answer.body);
        let after = answer.headers.get(header::RETRY_AFTER);
        let after = after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        Self {
            status: Some(answer.status),
            text: text.chars().take(ANSWER_LETTERS_KEPT).collect(),
            retry_after_s: after.unwrap_or(0).clamp(0, RETRY_AFTER_S_MOST),
        }
    }
}

/// Sends a delivery.
pub(super) async fn send(
    client: &Client,
    url: &str,
    secrets: &[Vec<u8>],
    row: &DeliveryRow,
    now: Timestamp,
) -> Tried {
    let answered = async {
        let target = client.target(url)?;
        let request = Request {
            method: Method::POST,
            target: &target,
            headers: headers(secrets, row, now),
            body: Bytes::from(row.body.clone()),
        };
        client.send(request, now).await
    };
    match answered.await {
        Ok(answer) => Tried::answered(&answer),
        Err(failure) => Tried::failed(&failure),
    }
}

fn headers(secrets: &[Vec<u8>], row: &DeliveryRow, now: Timestamp) -> HeaderMap {
    let id = row.id.to_string();
    let seconds = now.0.div_euclid(1_000_000);
    let signature = signature::header(secrets, &id, seconds, &row.body);
    let pairs = [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signature),
    ];
    let readable = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?)));
    let mut headers = HeaderMap::new();
    for (name, value) in readable {
        headers.insert(name, value);
    }
    headers
}
