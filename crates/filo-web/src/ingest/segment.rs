//! Segment's own calls: single ones and batches.

use axum::extract::{Request, State};
use axum::response::Response;
use filo_app::App;
use filo_core::event::EventKind;

use super::{body, delivery, key};
use crate::problem::Problem;

/// Takes a call of the kind that the route implies, or a batch.
pub(super) async fn receive(
    app: App,
    request: Request,
    implied: Option<EventKind>,
) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let presented = key::presented(&app, &head.headers)?;
    let received = body::receive(&app, &head.headers, body).await?;
    let judged = delivery::judge(&app, &head, &presented, &received.bytes, implied)?;
    judged.deliver(&app, received.permit).await
}

/// Takes a batch; also a single message that says its own type.
pub(super) async fn batch(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    receive(app, request, None).await
}

/// Counts that analytics.js keeps about itself: answered, not kept.
pub(super) async fn metrics() -> Response {
    super::answer::success()
}
