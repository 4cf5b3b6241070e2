//! The routes of ingestion, as clients of other makes expect them (reference: section 3.1).

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware;
use axum::routing::{get, post};
use filo_app::App;
use filo_core::event::EventKind;

use super::{answer, cloud_events, ga4, pixel, segment, settings, site, web_push};

/// Routes whose path says the kind of the call. The one-letter ones are analytics.js's.
const CALLS: [(&str, EventKind); 12] = [
    ("/v1/identify", EventKind::Identify),
    ("/v1/track", EventKind::Track),
    ("/v1/page", EventKind::Page),
    ("/v1/screen", EventKind::Screen),
    ("/v1/group", EventKind::Group),
    ("/v1/alias", EventKind::Alias),
    ("/v1/i", EventKind::Identify),
    ("/v1/t", EventKind::Track),
    ("/v1/p", EventKind::Page),
    ("/v1/s", EventKind::Screen),
    ("/v1/g", EventKind::Group),
    ("/v1/a", EventKind::Alias),
];

/// A subscription is short.
fn few() -> DefaultBodyLimit {
    DefaultBodyLimit::max(web_push::BYTES_MOST)
}

/// Who asks is shorter.
fn fewer() -> DefaultBodyLimit {
    DefaultBodyLimit::max(site::BYTES_MOST)
}

/// Everything that takes events in, and what browsers load to send them. All of it needs no more
/// than a write key.
pub fn routes() -> Router<App> {
    let mut router = Router::new()
        .route("/v1/batch", post(segment::batch))
        .route("/v1/b", post(segment::batch))
        .route("/v1/m", post(segment::metrics))
        .route("/v1/pixel/{kind}", get(pixel::receive))
        .route("/v1/projects/{key}/settings", get(settings::settings))
        .route(
            "/analytics.js/v1/{key}/analytics.min.js",
            get(settings::script),
        )
        .route("/filo.js", get(settings::script))
        .route("/push.js", get(web_push::script))
        .route("/v1/push/{key}", get(web_push::public_key))
        .route("/v1/push", post(web_push::ask).layer(few()))
        .route("/v1/push/end", post(web_push::end).layer(few()))
        .route("/messages.js", get(site::script))
        .route("/v1/messages", post(site::messages).layer(fewer()))
        .route("/mp/collect", post(ga4::collect))
        .route("/debug/mp/collect", post(ga4::debug))
        .route("/v1/events", post(cloud_events::receive))
        .route("/cloudevents", post(cloud_events::receive));
    for (path, kind) in CALLS {
        let receive = move |State(app): State<App>, request: Request| async move {
            segment::receive(app, request, Some(kind)).await
        };
        router = router.route(path, post(receive));
    }
    // The body has limits of its own, which must answer in their own words.
    router
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(answer::cross_origin))
}
