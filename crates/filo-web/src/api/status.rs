//! How Filo is doing: for people and programs with a key, and for whoever decides where to send
//! requests.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use filo_app::App;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, ok};
use super::power::Bearer;
use crate::problem::ProblemOut;
use crate::right::SeeFigures;

/// A node that is not ready is asked again in so many seconds.
const NOT_READY_RETRY_S: u32 = 5;

/// How Filo is doing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Status)]
pub(crate) struct StatusOut {
    /// Takes events and answers.
    ready: bool,
    /// This node applies events; another one does if not.
    leader: bool,
    /// Last row of the log that is on disk.
    committed: i64,
    /// Last row that readers see.
    applied: i64,
    /// Bytes between network and engine.
    waiting_bytes: usize,
    /// Identifiers in memory.
    nodes_in_memory: usize,
    /// Memory they take, about.
    memory_bytes: usize,
    /// Applied events that are not yet in the lake.
    tail_events: usize,
    /// Why nothing is taken in, if so.
    closed: Option<String>,
    /// What stopped the engine, if anything.
    fault: Option<String>,
    /// How many customers there are.
    customers: u64,
    /// Late events about erased people that were not taken in since the start.
    turned_away: u64,
}

/// How Filo is doing.
#[utoipa::path(
    get, path = "/status", tag = "operation",
    responses((status = 200, body = StatusOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn status(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let customers = app.customer_count().await?;
    let status = app.status();
    ok(&StatusOut {
        ready: status.ready,
        leader: status.leader,
        committed: status.committed,
        applied: status.applied,
        waiting_bytes: status.waiting_bytes,
        nodes_in_memory: status.nodes_in_memory,
        memory_bytes: status.memory_bytes,
        tail_events: status.tail_events,
        closed: status.closed.map(|reason| reason.to_string()),
        fault: status.fault,
        customers,
        turned_away: app.turned_away(),
    })
}

/// The process answers: 200 as long as it can.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Whether requests should come here.
pub(crate) async fn readyz(State(app): State<App>) -> Response {
    if app.status().ready {
        return "ready\n".into_response();
    }
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(NOT_READY_RETRY_S));
    response
}
