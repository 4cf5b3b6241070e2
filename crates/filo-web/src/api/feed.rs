//! The newest events as they are applied, by Server-Sent Events.
//!
//! **Invariant:** a stream ends when its key does, when its reader cannot follow, and at once when
//! Filo stops; who comes back says behind which event to go on.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use filo_app::{App, Error, FeedPlace, Glimpse};
use filo_core::id::{CustomerId, SourceId};
use futures_util::stream::unfold;
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, watch};
use utoipa::ToSchema;

use super::answer::{Answer, Text};
use super::event::EventOut;
use super::power::Bearer;
use super::request::Asked;
use crate::problem::{Problem, ProblemOut};
use crate::right::SeeQuarantine;
use crate::server::Stopping;

/// Who looks on at once, in the console and here; each costs a little for every event.
pub(crate) const VIEWERS_MOST: usize = 200;
/// A proxy must not take a quiet stream for a dead one.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// When the reader comes back after a stream has ended.
const RETRY: Duration = Duration::from_secs(2);

/// What of the events is sent.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedAsked {
    /// Only events of this source.
    source: Option<u32>,
    /// Behind which event to go on: the `id` of the last one seen. The header `Last-Event-ID`
    /// says the same. Without it the stream begins now.
    after: Option<String>,
}

/// What each message of the stream holds in `data`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GlimpseOut<'a> {
    /// Whose event it is.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// Events of the same source that passed unseen since the one before: a flood is sampled.
    unseen: u32,
    /// The event.
    event: EventOut<'a>,
}

/// Events as they are applied, as `text/event-stream`; each message's `id` is its place, its
/// `data` a `GlimpseOut`. At most 24 events a second of each source are shown; every event is in
/// the customer's thread.
#[utoipa::path(
    get, path = "/feed", tag = "sources", params(FeedAsked),
    responses(
        (status = 200, body = GlimpseOut<'static>, content_type = "text/event-stream"),
        (status = "4XX", body = ProblemOut<'static>),
    ),
)]
pub(crate) async fn feed(
    State(app): State<App>,
    _key: Bearer<SeeQuarantine>,
    Asked(asked): Asked<FeedAsked>,
    stopping: Option<Extension<Stopping>>,
    headers: HeaderMap,
) -> Answer {
    let after = place(&headers, &asked)?;
    if !app.sees_events() {
        let elsewhere = "events are seen on the node that applies them: ask that one";
        return Err(Error::Conflict(elsewhere.to_owned()).into());
    }
    let viewing = app.view_events(after);
    if app.viewers() > VIEWERS_MOST {
        return Err(Problem {
            retry_after_s: Some(10),
            ..Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Not now",
                format!("{VIEWERS_MOST} look on already"),
            )
        });
    }
    let text = headers.get(header::AUTHORIZATION);
    let text = text.and_then(|value| value.to_str().ok());
    let key = text.and_then(|text| text.split_once(' '));
    let stream = Stream {
        past: if after.is_some() {
            viewing.recent.into()
        } else {
            VecDeque::new()
        },
        coming: viewing.coming,
        stopping: stopping.map(|stopping| stopping.0.0),
        source: asked.source.map(SourceId),
        key: key.map_or_else(String::new, |(_, key)| key.trim().to_owned()),
        app,
    };
    let heartbeat = KeepAlive::new().interval(HEARTBEAT);
    let stream = Sse::new(unfold(stream, Stream::next)).keep_alive(heartbeat);
    let mut response: Response = stream.into_response();
    let no_store = http::HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}

fn place(headers: &HeaderMap, asked: &FeedAsked) -> Result<Option<FeedPlace>, Problem> {
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok());
    let Some(text) = last.or(asked.after.as_deref()) else {
        return Ok(None);
    };
    let place = text.parse();
    place.map(Some).map_err(|_no_place| {
        Problem::invalid("after", "must be the id of a message of this stream")
    })
}

struct Stream {
    app: App,
    source: Option<SourceId>,
    past: VecDeque<Arc<Glimpse>>,
    coming: broadcast::Receiver<Arc<Glimpse>>,
    stopping: Option<watch::Receiver<bool>>,
    /// The key, which may end while one looks on.
    key: String,
}

impl Stream {
    async fn next(mut self) -> Option<(Result<Sent, Infallible>, Self)> {
        loop {
            let glimpse = match self.past.pop_front() {
                Some(glimpse) => glimpse,
                None => self.coming().await?,
            };
            let event = &glimpse.event;
            if self.source.is_some_and(|source| source != event.source) {
                continue;
            }
            self.app.actor(&self.key).await?;
            let out = GlimpseOut {
                customer: Text(self.app.whose(event.thread).0),
                unseen: glimpse.unseen,
                event: EventOut::new(event),
            };
            let data = serde_json::to_string(&out).ok()?;
            let sent = Sent::default()
                .id(glimpse.place.to_string())
                .retry(RETRY)
                // JSON within JSON may hold line ends, which the protocol would split at.
                .data(data.replace(['\r', '\n'], " "));
            return Some((Ok(sent), self));
        }
    }

    /// The next event; none when the stream ends.
    async fn coming(&mut self) -> Option<Arc<Glimpse>> {
        let stopped = async {
            match &mut self.stopping {
                // An error means that the server is gone, which is a stop too.
                Some(stopping) => drop(stopping.wait_for(|stops| *stops).await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stopped => None,
            glimpse = self.coming.recv() => glimpse.ok(),
        }
    }
}
