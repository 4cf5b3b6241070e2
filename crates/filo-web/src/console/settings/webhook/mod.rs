//! Webhooks: which other systems hear what happens, how sending goes, and sending again.
//!
//! **Invariant:** a secret is on a page once, right after it was made, and never again.

mod view;

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use filo_app::{App, DeliveryRow, Topic, WebhookChange, WebhookRow};
use filo_core::id::{DeliveryId, WebhookId};
use filo_core::time::Timestamp;
use maud::Markup;
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::right::{ManageWebhooks, Power};

/// Deliveries on a page.
const DELIVERIES_SHOWN: usize = 50;
/// "Send again" reaches back so far: the time for which an outage is usually noticed.
const REPLAY_S: i64 = 7 * 24 * 3600;

/// What a form about a webhook holds; the topics are boxes named after their word.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    url: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    enabled: String,
    #[serde(flatten)]
    boxes: BTreeMap<String, String>,
}

impl Form {
    fn topics(&self) -> Vec<Topic> {
        let ticked = |topic: &Topic| self.boxes.contains_key(topic.word());
        Topic::ALL.into_iter().filter(ticked).collect()
    }

    fn change(&self) -> WebhookChange {
        WebhookChange {
            url: Some(self.url.clone()),
            description: Some(self.description.clone()),
            topics: Some(self.topics()),
            enabled: None,
        }
    }

    fn of(row: &WebhookRow) -> Self {
        let words = row.topics.split_whitespace();
        Self {
            url: row.url.clone(),
            description: row.description.clone(),
            enabled: if row.enabled { "yes" } else { "no" }.to_owned(),
            boxes: words.map(|it| (it.to_owned(), "on".to_owned())).collect(),
        }
    }
}

/// Why a form was refused: the field, and the reason in words.
type Refused = (&'static str, String);

/// The list's page.
#[derive(Default)]
struct List {
    rows: Vec<WebhookRow>,
    form: Form,
    refused: Option<Refused>,
}

/// The page of one webhook.
struct One {
    row: WebhookRow,
    deliveries: Vec<DeliveryRow>,
    form: Form,
    refused: Option<Refused>,
    /// The secret just made.
    secret: Option<String>,
    now: Timestamp,
}

impl One {
    async fn load(app: &App, id: WebhookId) -> filo_app::Result<Self> {
        let row = app.webhook(id).await?;
        let deliveries = app.deliveries(id, None, None, DELIVERIES_SHOWN).await?;
        Ok(Self {
            form: Form::of(&row),
            row,
            deliveries,
            refused: None,
            secret: None,
            now: app.now(),
        })
    }
}

fn framed<P: Power>(session: &Session<P>, done: Option<&str>, content: &Markup) -> Markup {
    let title = session.words.say("settings-webhooks");
    whole(session, "/settings/webhooks", &title, done, content)
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ManageWebhooks>,
    Query(asked): Query<Asked>,
) -> Answer {
    let list = List {
        rows: app.webhooks().await?,
        ..List::default()
    };
    let content = view::list(session.words, &list, &session.token);
    shown(framed(&session, asked.done.as_deref(), &content))
}

/// Makes a webhook. The answer is its page, because it alone may show the secret.
pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageWebhooks, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    match app.create_webhook(&session.actor, form.change()).await {
        Ok(made) => with_secret(&app, &session, made.webhook.id, made.secret).await,
        Err(filo_app::Error::Invalid { field, reason }) => {
            let list = List {
                rows: app.webhooks().await?,
                form,
                refused: Some((field, reason)),
            };
            let content = view::list(session.words, &list, &session.token);
            wrong(framed(&session, None, &content))
        }
        Err(other) => Err(other.into()),
    }
}

async fn with_secret(
    app: &App,
    session: &Session<ManageWebhooks>,
    id: WebhookId,
    secret: String,
) -> Answer {
    let mut one = One::load(app, id).await?;
    one.secret = Some(secret);
    let content = view::one(session.words, &one, &session.token);
    shown(framed(session, None, &content))
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    Path(webhook): Path<String>,
    session: Session<ManageWebhooks>,
    Query(asked): Query<Asked>,
) -> Answer {
    let one = One::load(&app, id(&webhook)?).await?;
    let content = view::one(session.words, &one, &session.token);
    shown(framed(&session, asked.done.as_deref(), &content))
}

pub(in crate::console) async fn change(
    State(app): State<App>,
    Path(webhook): Path<String>,
    posted: Posted<ManageWebhooks, Form>,
) -> Answer {
    let Posted { session, form } = posted;
    let webhook: WebhookId = id(&webhook)?;
    let change = WebhookChange {
        enabled: Some(form.enabled == "yes"),
        ..form.change()
    };
    match app.change_webhook(&session.actor, webhook, change).await {
        Ok(_) => done(&format!(
            "/settings/webhooks/{webhook}?done=webhook-changed"
        )),
        Err(filo_app::Error::Invalid { field, reason }) => {
            let mut one = One::load(&app, webhook).await?;
            one.form = form;
            one.refused = Some((field, reason));
            let content = view::one(session.words, &one, &session.token);
            wrong(framed(&session, None, &content))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

pub(in crate::console) async fn rotate(
    State(app): State<App>,
    Path(webhook): Path<String>,
    posted: Posted<ManageWebhooks, Nothing>,
) -> Answer {
    let webhook: WebhookId = id(&webhook)?;
    let session = posted.session;
    let made = app.rotate_webhook(&session.actor, webhook).await?;
    with_secret(&app, &session, webhook, made.secret).await
}

pub(in crate::console) async fn test(
    State(app): State<App>,
    Path(webhook): Path<String>,
    posted: Posted<ManageWebhooks, Nothing>,
) -> Answer {
    let webhook: WebhookId = id(&webhook)?;
    app.test_webhook(&posted.session.actor, webhook).await?;
    done(&format!("/settings/webhooks/{webhook}?done=webhook-tested"))
}

pub(in crate::console) async fn replay(
    State(app): State<App>,
    Path((webhook, delivery)): Path<(String, String)>,
    posted: Posted<ManageWebhooks, Nothing>,
) -> Answer {
    let webhook: WebhookId = id(&webhook)?;
    let delivery: DeliveryId = id(&delivery)?;
    let actor = &posted.session.actor;
    app.replay_delivery(actor, webhook, delivery).await?;
    done(&format!(
        "/settings/webhooks/{webhook}?done=webhook-replayed"
    ))
}

pub(in crate::console) async fn replay_failed(
    State(app): State<App>,
    Path(webhook): Path<String>,
    posted: Posted<ManageWebhooks, Nothing>,
) -> Answer {
    let webhook: WebhookId = id(&webhook)?;
    let since = app.now().plus_seconds(-REPLAY_S);
    let actor = &posted.session.actor;
    app.replay_failed(actor, webhook, since).await?;
    done(&format!(
        "/settings/webhooks/{webhook}?done=webhook-replayed"
    ))
}

pub(in crate::console) async fn remove(
    State(app): State<App>,
    Path(webhook): Path<String>,
    posted: Posted<ManageWebhooks, Nothing>,
) -> Answer {
    let webhook: WebhookId = id(&webhook)?;
    app.remove_webhook(&posted.session.actor, webhook).await?;
    done("/settings/webhooks?done=webhook-removed")
}
