//! The newest events as they are applied: a page that shows the last ones and, with a script,
//! goes on by Server-Sent Events.
//!
//! **Invariant:** a stream ends when its session does, when its viewer cannot follow, and at once
//! when Filo stops; the browser then comes back and goes on behind the last event it saw.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use filo_app::{App, FeedPlace, Glimpse, SourceView, Viewing};
use filo_core::event::Trust;
use filo_core::id::SourceId;
use filo_core::time::Timestamp;
use futures_util::stream::unfold;
use http::HeaderMap;
use maud::{Markup, html};
use serde::Deserialize;
use tokio::sync::{broadcast, watch};

use super::failure::Failure;
use super::person::in_short;
use super::session::{Session, encode, session_text};
use super::source::{frame, in_quarantine, sections};
use super::{Answer, shown};
use crate::api::VIEWERS_MOST;
use crate::i18n::Words;
use crate::right::SeeQuarantine;
use crate::server::Stopping;
use crate::ui::page::page;
use crate::ui::shown as display;

/// Events the page shows before any come.
const EVENTS: usize = 50;
/// A proxy must not take a quiet stream for a dead one.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// When the browser comes back after a stream has ended.
const RETRY: Duration = Duration::from_secs(2);
/// Letters of a filter.
const TEXT_MOST: usize = 100;

/// What of the events is shown.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    source: String,
    #[serde(default)]
    text: String,
    /// Behind which event the stream goes on.
    #[serde(default)]
    after: String,
    /// Only that there was one.
    #[serde(default)]
    first: String,
}

impl Filter {
    pub(super) fn of_source(id: SourceId) -> Self {
        Self {
            source: id.0.to_string(),
            ..Self::default()
        }
    }

    fn source(&self) -> Option<SourceId> {
        self.source.parse().ok().map(SourceId)
    }

    fn text(&self) -> String {
        let text = self.text.trim().to_lowercase();
        text.chars().take(TEXT_MOST).collect()
    }

    fn takes(&self, app: &App, words: Words, glimpse: &Glimpse) -> bool {
        let event = &glimpse.event;
        if self.source().is_some_and(|source| source != event.source) {
            return false;
        }
        let text = self.text();
        if text.is_empty() {
            return true;
        }
        let (title, about) = in_short(words, event);
        let (_, name) = app.whose(event.thread);
        let values = event.identifiers.iter().map(|it| it.value.as_str());
        [title.as_str(), event.name.as_str()]
            .into_iter()
            .chain(about.as_deref())
            .chain(name.as_deref())
            .chain(values)
            .any(|it| it.to_lowercase().contains(&text))
    }

    /// The newest that it takes, newest first.
    pub(super) fn newest(&self, app: &App, words: Option<Words>, most: usize) -> Vec<Arc<Glimpse>> {
        let words = words.unwrap_or(Words::of(crate::i18n::Language::English));
        let recent = app.view_events(None).recent.into_iter().rev();
        recent
            .filter(|glimpse| self.takes(app, words, glimpse))
            .take(most)
            .collect()
    }

    fn address(&self, after: Option<FeedPlace>) -> String {
        let after = after.map_or_else(String::new, |after| after.to_string());
        format!(
            "/live/events?source={}&text={}&after={after}",
            encode(&self.source),
            encode(&self.text)
        )
    }
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Query(filter): Query<Filter>,
) -> Answer {
    let words = session.words;
    let newest = filter.newest(&app, Some(words), EVENTS);
    let sources = app.sources().await?;
    let events = glimpses(&app, words, &newest, app.now());
    let title = words.say("place-live");
    let content = html! {
        div { h1 { (title) } p.lead { (words.say("live-lead")) } }
        (sections(words, "/live", in_quarantine(&app).await?, session.actor.rights))
        @if !app.sees_events() { p.notice.notice-warn { (words.say("live-elsewhere")) } }
        (controls(words, &filter, &sources))
        (list(words, &filter, newest.first().map(|glimpse| glimpse.place), &events))
    };
    shown(page(&frame(&session, &title, None), &content))
}

fn controls(words: Words, filter: &Filter, sources: &[SourceView]) -> Markup {
    html! {
        form.live-controls method="get" action="/live" data-auto {
            select name="source" aria-label=(words.say("live-source")) {
                option value="" { (words.say("live-all-sources")) }
                @for source in sources {
                    option value=(source.id.0) selected[filter.source() == Some(source.id)] { (display::line(&source.name)) }
                }
            }
            input type="search" name="text" value=(filter.text) maxlength=(TEXT_MOST)
                aria-label=(words.say("live-text")) placeholder=(words.say("live-text"));
            button.quiet type="submit" { (words.say("live-filter")) }
        }
    }
}

fn list(words: Words, filter: &Filter, newest: Option<FeedPlace>, events: &Markup) -> Markup {
    html! {
        section.card.live {
            div.line {
                p.live-state role="status" data-live-state
                    data-on=(words.say("live-on")) data-off=(words.say("live-off"))
                    data-paused=(words.say("live-paused")) {
                    (words.say("live-still")) " " a href="/live" { (words.say("live-reload")) }
                }
                div.actions {
                    span.badge hidden data-live-sample=(words.say("live-sample")) {}
                    button.quiet.small type="button" hidden data-live-pause data-go=(words.say("live-go")) {
                        (words.say("live-pause"))
                    }
                }
            }
            ol.feed #feed aria-label=(words.say("place-live")) data-feed=(filter.address(newest)) { (events) }
            @if newest.is_none() {
                p.soft data-feed-empty { (words.say("live-none")) }
            }
        }
    }
}

/// Events as lines, in the order given.
pub(super) fn glimpses(
    app: &App,
    words: Words,
    glimpses: &[Arc<Glimpse>],
    now: Timestamp,
) -> Markup {
    html! { @for glimpse in glimpses { (line(app, words, glimpse, now)) } }
}

fn line(app: &App, words: Words, glimpse: &Glimpse, now: Timestamp) -> Markup {
    let event = &glimpse.event;
    let (title, about) = in_short(words, event);
    let (customer, name) = app.whose(event.thread);
    let first = event.identifiers.first().map(|it| it.value.to_string());
    let name = name.or(first).unwrap_or_default();
    html! {
        li data-place=(glimpse.place) data-unseen=(glimpse.unseen) {
            time datetime=(event.received_at) title=(words.day(event.received_at, now)) { (words.time_seconds(event.received_at)) }
            span.feed-what {
                strong { (display::line(&title)) }
                @if let Some(about) = about { " " span.soft { bdi { (display::line(&about)) } } }
            }
            a.feed-who href={ "/people/" (customer) } { bdi { (display::line(&name)) } }
            @match event.trust {
                Trust::Claimed => span.badge title=(words.say("trust-claimed-hint")) { (words.say("trust-claimed")) },
                Trust::Verified => span.badge.badge-good { (words.say("trust-verified")) },
                Trust::Staff => span.badge.badge-accent { (words.say("trust-staff")) },
            }
        }
    }
}

/// The stream. Who comes back says behind which event to go on.
pub(super) async fn events(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Query(filter): Query<Filter>,
    stopping: Option<Extension<Stopping>>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok());
    let after = last.unwrap_or(&filter.after).parse().ok();
    let Viewing { recent, coming } = app.view_events(after);
    if app.viewers() > VIEWERS_MOST {
        return Err(Failure::Busy { retry_after_s: 10 });
    }
    let key = session_text(&app, &headers).unwrap_or_default().to_owned();
    let stream = Stream {
        words: session.words,
        // Without a place it begins now: what has been is on the page.
        past: if after.is_some() || !filter.first.is_empty() {
            recent.into()
        } else {
            VecDeque::new()
        },
        coming,
        stopping: stopping.map(|stopping| stopping.0.0),
        filter,
        key,
        app,
    };
    let stream = unfold(stream, Stream::next);
    let heartbeat = KeepAlive::new().interval(HEARTBEAT);
    Ok(Sse::new(stream).keep_alive(heartbeat).into_response())
}

struct Stream {
    app: App,
    words: Words,
    filter: Filter,
    past: VecDeque<Arc<Glimpse>>,
    coming: broadcast::Receiver<Arc<Glimpse>>,
    stopping: Option<watch::Receiver<bool>>,
    /// The session's, which may end while one looks on.
    key: String,
}

impl Stream {
    async fn next(mut self) -> Option<(Result<Sent, Infallible>, Self)> {
        loop {
            let glimpse = match self.past.pop_front() {
                Some(glimpse) => glimpse,
                None => self.coming().await?,
            };
            if !self.filter.takes(&self.app, self.words, &glimpse) {
                continue;
            }
            self.app.actor(&self.key).await?;
            let html = if self.filter.first.is_empty() {
                line(&self.app, self.words, &glimpse, self.app.now())
            } else {
                let (title, _) = in_short(self.words, &glimpse.event);
                let said = [("event", display::line(&title).into())];
                html! { p { strong { (self.words.fill("waiting-arrived", said)) } } }
            };
            let sent = Sent::default()
                .id(glimpse.place.to_string())
                .retry(RETRY)
                .data(html.into_string());
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
