//! What lies beside the thread of a person, and who else is told of customers, on the wire.

use filo_app::WebhookRow;
use serde::Serialize;
use utoipa::ToSchema;

/// Another system that is told of customers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recipient)]
pub(crate) struct RecipientOut<'a> {
    /// Its address.
    url: &'a str,
    /// What it is for, in the company's words.
    description: &'a str,
    /// What it hears of.
    topics: Vec<&'a str>,
    /// It is told at present.
    enabled: bool,
}

/// What lies beside the thread and names the person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Beside)]
pub(crate) struct BesideOut<'a> {
    /// `quarantine`, `deliveries`, `answers`, `acts`, `incidents`, `requests` or `imports`.
    place: &'static str,
    /// As it stands there.
    texts: Vec<&'a str>,
}

impl<'a> RecipientOut<'a> {
    pub(super) fn new(webhook: &'a WebhookRow) -> Self {
        Self {
            url: &webhook.url,
            description: &webhook.description,
            topics: webhook.topics.split(' ').collect(),
            enabled: webhook.enabled,
        }
    }
}

impl<'a> BesideOut<'a> {
    pub(super) fn new(place: &'static str, texts: &'a [String]) -> Self {
        Self {
            place,
            texts: texts.iter().map(String::as_str).collect(),
        }
    }
}
