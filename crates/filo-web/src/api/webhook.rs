//! Webhooks: telling other systems what happens.
//!
//! **Invariant:** a secret is in one answer, the one that made it, and never again.

use axum::extract::State;
use axum::response::Response;
use filo_app::{
    App, DeliveryCursor, DeliveryRow, DeliveryStatus, Topic, WebhookChange, WebhookRow,
    WebhookSecret,
};
use filo_core::id::{DeliveryId, WebhookId};
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done, ok};
use super::asked::DeliveriesAsked;
use super::idempotency::Repetition;
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf, IdsOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageWebhooks;

/// A webhook: an address that hears what happens.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct WebhookOut {
    /// Its id.
    #[schema(value_type = String, example = "whk_0123456789abcdefghjkmnpqrs")]
    id: Text<WebhookId>,
    /// Where to.
    url: String,
    /// What people call it.
    description: String,
    /// What it hears of.
    topics: Vec<String>,
    /// Whether it hears at all.
    enabled: bool,
    /// Why Filo itself stopped telling it: `gone` (it answered 410) or `failing` (for five days).
    disabled_reason: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// Until when the secret before the last change signs too.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_secret_until: Option<Text<Timestamp>>,
    /// When a message was taken last.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<Text<Timestamp>>,
    /// When one was not taken last.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_failure_at: Option<Text<Timestamp>>,
    /// Since when every try has failed.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Text<Timestamp>>,
    /// Tries that failed since the last that did not.
    failures: i64,
    /// Messages dropped because more than 10,000 waited.
    dropped: i64,
    /// `whsec_…`, only in the answer that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

/// A webhook to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookIn {
    /// Where to: https, a public address.
    url: String,
    /// What people call it.
    #[serde(default)]
    description: String,
    /// What it hears of, such as `order.completed`.
    topics: Vec<String>,
}

/// What is to change about a webhook; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookChangeIn {
    /// Where to.
    url: Option<String>,
    /// What people call it.
    description: Option<String>,
    /// What it hears of.
    topics: Option<Vec<String>>,
    /// Whether it hears at all.
    enabled: Option<bool>,
}

/// A message to a webhook, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub(crate) struct DeliveryOut {
    /// The `webhook-id` under which it is sent, each time the same.
    #[schema(value_type = String, example = "msg_0123456789abcdefghjkmnpqrs")]
    id: Text<DeliveryId>,
    /// What it tells.
    topic: String,
    /// The id of what it is about.
    subject: String,
    /// The message.
    #[schema(value_type = Object)]
    body: Option<Box<RawValue>>,
    /// `waiting`, `delivered`, `failed` (every try) or `dropped` (no room).
    status: &'static str,
    /// How often it was tried.
    tries: u32,
    /// When it was told.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was tried last.
    #[schema(value_type = Option<String>, format = DateTime)]
    tried_at: Option<Text<Timestamp>>,
    /// When it is tried next; null if it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Text<Timestamp>>,
    /// The status of the last answer; null if there was none.
    answer_status: Option<u16>,
    /// The beginning of the last answer, or why there was none.
    answer: Option<String>,
}

/// What to send anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplayIn {
    /// Everything told since then that did not arrive.
    #[schema(format = DateTime)]
    since: String,
}

/// How much is sent anew.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Replayed)]
pub(crate) struct ReplayedOut {
    /// How many messages.
    count: u64,
}

/// The message that was sent to try a webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TestSent)]
pub(crate) struct TestOut {
    /// Its id: look it up among the deliveries.
    #[schema(value_type = String)]
    delivery: Text<DeliveryId>,
}

/// The webhooks.
#[utoipa::path(
    get, path = "/webhooks", tag = "webhooks",
    responses((status = 200, body = Page<WebhookOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_webhooks(State(app): State<App>, _key: Bearer<ManageWebhooks>) -> Answer {
    let rows = app.webhooks().await?.into_iter();
    ok(&Page::whole(rows.map(WebhookOut::new).collect()))
}

/// One webhook, and how sending to it goes.
#[utoipa::path(
    get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 200, body = WebhookOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_webhook(
    State(app): State<App>,
    _key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
) -> Answer {
    ok(&WebhookOut::new(app.webhook(id).await?))
}

/// Makes a webhook. Its secret is shown this once.
#[utoipa::path(
    post, path = "/webhooks", tag = "webhooks", request_body = WebhookIn,
    responses((status = 201, body = WebhookOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_webhook(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    Body(new): Body<WebhookIn>,
) -> Answer {
    let new = WebhookChange {
        url: Some(new.url),
        description: Some(new.description),
        topics: Some(topics(&new.topics)?),
        enabled: None,
    };
    with_secret(app.create_webhook(&key.actor, new).await?)
}

/// Changes a webhook.
#[utoipa::path(
    patch, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)),
    request_body = WebhookChangeIn,
    responses((status = 200, body = WebhookOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_webhook(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
    Body(change): Body<WebhookChangeIn>,
) -> Answer {
    let change = WebhookChange {
        url: change.url,
        description: change.description,
        topics: change.topics.as_deref().map(topics).transpose()?,
        enabled: change.enabled,
    };
    let row = app.change_webhook(&key.actor, id, change).await?;
    ok(&WebhookOut::new(row))
}

/// Removes a webhook with all that waits for it.
#[utoipa::path(
    delete, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_webhook(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
) -> Answer {
    app.remove_webhook(&key.actor, id).await?;
    done()
}

/// Gives a webhook a new secret, shown this once. For a day the one before signs too.
#[utoipa::path(
    post, path = "/webhooks/{id}/rotation", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 201, body = WebhookOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn rotate_webhook(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
) -> Answer {
    with_secret(app.rotate_webhook(&key.actor, id).await?)
}

/// Sends a message of the type `webhook.test`.
#[utoipa::path(
    post, path = "/webhooks/{id}/test", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 201, body = TestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn test_webhook(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
) -> Answer {
    let delivery = Text(app.test_webhook(&key.actor, id).await?);
    created(&TestOut { delivery })
}

/// The messages to a webhook, newest first.
#[utoipa::path(
    get, path = "/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = String, Path), DeliveriesAsked),
    responses((status = 200, body = Page<DeliveryOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_deliveries(
    State(app): State<App>,
    _key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
    Asked(asked): Asked<DeliveriesAsked>,
) -> Answer {
    let status = asked.status.as_deref().map(status_of).transpose()?;
    let paging = Paging::new(asked.before, asked.limit);
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|cursor| DeliveryCursor {
        created_at: cursor.at,
        id: DeliveryId(cursor.id),
    });
    let rows = app.deliveries(id, status, behind, limit + 1).await?;
    let cursor = |row: &DeliveryRow| Cursor {
        at: row.created_at,
        id: row.id.0,
    };
    ok(&Page::of(rows, limit, cursor, DeliveryOut::new))
}

/// Sends one message anew, under the same id.
#[utoipa::path(
    post, path = "/webhooks/{id}/deliveries/{delivery}/replay", tag = "webhooks",
    params(("id" = String, Path), ("delivery" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn replay_delivery(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    IdsOf(id, delivery): IdsOf<WebhookId, DeliveryId>,
) -> Answer {
    app.replay_delivery(&key.actor, id, delivery).await?;
    done()
}

/// Sends everything anew that did not arrive since then, under the same ids.
#[utoipa::path(
    post, path = "/webhooks/{id}/replay", tag = "webhooks", params(("id" = String, Path)),
    request_body = ReplayIn,
    responses((status = 200, body = ReplayedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn replay_failed(
    State(app): State<App>,
    key: Bearer<ManageWebhooks>,
    IdOf(id): IdOf<WebhookId>,
    Body(replay): Body<ReplayIn>,
) -> Answer {
    let wrong = || Problem::invalid("since", "must be a time such as 2027-01-31T00:00:00Z");
    let since = Timestamp::parse(&replay.since).ok_or_else(wrong)?;
    let count = app.replay_failed(&key.actor, id, since).await?;
    ok(&ReplayedOut { count })
}

fn topics(words: &[String]) -> Result<Vec<Topic>, Problem> {
    let read = |word: &String| {
        Topic::from_word(word).ok_or_else(|| {
            let known = Topic::ALL.map(Topic::word).join(", ");
            Problem::invalid("topics", format!("there is no `{word}`; there are {known}"))
        })
    };
    words.iter().map(read).collect()
}

fn status_of(word: &str) -> Result<DeliveryStatus, Problem> {
    let found = DeliveryStatus::ALL.into_iter().find(|it| it.word() == word);
    let wrong = || Problem::invalid("status", "must be waiting, delivered, failed or dropped");
    found.ok_or_else(wrong)
}

fn with_secret(made: WebhookSecret) -> Answer {
    let id = made.webhook.id;
    let mut webhook = WebhookOut::new(made.webhook);
    webhook.secret = Some(made.secret);
    let mut response: Response = created(&webhook)?;
    response.extensions_mut().insert(already_shown(id));
    Ok(response)
}

/// A repeated request gets this in place of the secret.
fn already_shown(id: WebhookId) -> Repetition {
    let body = serde_json::json!({
        "type": "/problems/key_already_shown", "code": "key_already_shown", "status": 409,
        "title": "The secret was shown already",
        "detail": format!("the first request did it for {id}; if the secret was lost, give it another"),
    });
    Repetition {
        status: StatusCode::CONFLICT,
        body: body.to_string(),
    }
}

impl WebhookOut {
    fn new(row: WebhookRow) -> Self {
        Self {
            id: Text(row.id),
            url: row.url,
            description: row.description,
            topics: row.topics.split_whitespace().map(str::to_owned).collect(),
            enabled: row.enabled,
            disabled_reason: row.disabled_reason,
            created_at: Text(row.created_at),
            previous_secret_until: row.previous_until.map(Text),
            last_success_at: row.last_success_at.map(Text),
            last_failure_at: row.last_failure_at.map(Text),
            failing_since: row.failing_since.map(Text),
            failures: row.failures,
            dropped: row.dropped,
            secret: None,
        }
    }
}

impl DeliveryOut {
    fn new(row: DeliveryRow) -> Self {
        let waits = row.status == DeliveryStatus::Waiting;
        Self {
            id: Text(row.id),
            topic: row.topic,
            subject: row.subject,
            body: RawValue::from_string(row.body).ok(),
            status: row.status.word(),
            tries: row.tries,
            created_at: Text(row.created_at),
            tried_at: row.tried_at.map(Text),
            due_at: waits.then_some(Text(row.due_at)),
            answer_status: row.answer_status,
            answer: row.answer,
        }
    }
}
