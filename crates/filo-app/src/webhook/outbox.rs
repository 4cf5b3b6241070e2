//! The outbox: what is told is written in the transaction in which it became true.
//!
//! **Invariant:** at most [`QUEUE_MOST`] messages wait for one webhook; what is dropped beyond
//! that is counted, kept as dropped, and an incident says so.

use filo_core::id::{DeliveryId, IncidentId, WebhookId};
use filo_core::time::Timestamp;
use filo_core::webhook::{Topic, message};
use filo_store::incident::{self, Report};
use filo_store::webhook_delivery::{self, DeliveryRow, DeliveryStatus};
use filo_store::{Tx, webhook};
use serde_json::Value;

use super::hearer::Hearer;
use crate::clock::Chance;

/// Messages that may wait for one webhook.
pub(crate) const QUEUE_MOST: usize = 10_000;

/// Something to tell.
#[derive(Debug, Clone)]
pub(crate) struct News {
    topic: Topic,
    subject: String,
    data: Value,
}

impl News {
    pub(crate) fn new(topic: Topic, subject: String, data: Value) -> Self {
        Self {
            topic,
            subject,
            data,
        }
    }

    pub(crate) const fn topic(&self) -> Topic {
        self.topic
    }

    pub(crate) const fn data_mut(&mut self) -> &mut Value {
        &mut self.data
    }

    /// An incident that was opened.
    pub(crate) fn incident(id: IncidentId, kind: &str, subject: &str) -> Self {
        let data = serde_json::json!({
            "incident": id.to_string(), "kind": kind, "subject": subject,
        });
        Self::new(Topic::IncidentOpened, id.to_string(), data)
    }
}

/// A delivery that waits for its first try.
pub(super) fn row(
    id: u128,
    webhook: WebhookId,
    about: (&str, &str),
    body: String,
    now: Timestamp,
) -> DeliveryRow {
    DeliveryRow {
        id: DeliveryId(id),
        webhook,
        topic: about.0.to_owned(),
        subject: about.1.to_owned(),
        body,
        created_at: now,
        status: DeliveryStatus::Waiting,
        tries: 0,
        due_at: now,
        tried_at: None,
        answer_status: None,
        answer: None,
    }
}

/// Writes what is told to everybody who wants to hear it.
pub(crate) async fn tell(
    tx: &mut Tx<'_>,
    hearers: &[Hearer],
    news: &[News],
    at: (&Chance, Timestamp),
) -> Result<(), filo_store::Error> {
    let (chance, now) = at;
    let mut opened = Vec::new();
    for hearer in hearers {
        let rows = rows_for(hearer, news, chance, now);
        if rows.is_empty() {
            continue;
        }
        let waiting = webhook_delivery::waiting(tx, hearer.id).await?;
        webhook_delivery::insert(tx, &rows).await?;
        let all = waiting + i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let excess = all - i64::try_from(QUEUE_MOST).unwrap_or(i64::MAX);
        if excess > 0 {
            webhook_delivery::drop_oldest(tx, hearer.id, excess).await?;
            opened.extend(count_lost(tx, hearer, excess, at).await?);
        }
    }
    if !opened.is_empty() {
        // One more for each webhook at most: not worth another look at its room.
        for hearer in hearers {
            webhook_delivery::insert(tx, &rows_for(hearer, &opened, chance, now)).await?;
        }
    }
    Ok(())
}

/// Counts what the engine had no room to collect, for everybody who would have heard it.
pub(crate) async fn tell_lost(
    tx: &mut Tx<'_>,
    hearers: &[Hearer],
    lost: u64,
    at: (&Chance, Timestamp),
) -> Result<(), filo_store::Error> {
    let count = i64::try_from(lost).unwrap_or(i64::MAX);
    let wants = |hearer: &&Hearer| {
        hearer.wants(Topic::OrderCompleted) || hearer.wants(Topic::ConsentChanged)
    };
    for hearer in hearers.iter().filter(wants).filter(|_| lost > 0) {
        count_lost(tx, hearer, count, at).await?;
    }
    Ok(())
}

/// Counts what a webhook will not hear, and tells a person.
async fn count_lost(
    tx: &mut Tx<'_>,
    hearer: &Hearer,
    count: i64,
    at: (&Chance, Timestamp),
) -> Result<Option<News>, filo_store::Error> {
    webhook::count_dropped(tx, hearer.id, count).await?;
    let subject = hearer.id.to_string();
    let detail = format!(r#"{{"webhook":"{subject}","dropped":{count}}}"#);
    raise(tx, ("webhook_queue_full", &subject), &detail, at).await
}

/// Raises an incident; news if it is a new one.
pub(super) async fn raise(
    tx: &mut Tx<'_>,
    about: (&str, &str),
    detail: &str,
    at: (&Chance, Timestamp),
) -> Result<Option<News>, filo_store::Error> {
    let (kind, subject) = about;
    let report = Report {
        id: IncidentId(at.0.draw()),
        kind,
        subject,
        detail,
        at: at.1,
    };
    let id = incident::raise(tx, &report).await?;
    Ok((id == report.id).then(|| News::incident(id, kind, subject)))
}

/// All due at once; a microsecond between them keeps the order in which it was told.
fn rows_for(hearer: &Hearer, news: &[News], chance: &Chance, now: Timestamp) -> Vec<DeliveryRow> {
    let wanted: Vec<&News> = news.iter().filter(|it| hearer.wants(it.topic)).collect();
    let row_of = |(place, news): (i64, &&News)| {
        let word = news.topic.word();
        let body = message(word, now, &news.data);
        let about = (word, news.subject.as_str());
        DeliveryRow {
            created_at: now.plus_micros(place),
            ..row(chance.draw(), hearer.id, about, body, now)
        }
    };
    (0..).zip(&wanted).map(row_of).collect()
}
