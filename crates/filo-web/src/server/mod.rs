//! The accept loop: takes connections, bounds them, and lets them finish when Filo stops.
//!
//! **Invariant:** no peer can hold more than its share: connections are counted in all and per
//! address, heads, bodies and answers each have a deadline, and a connection that breaks one
//! disturbs no other.

mod patience;
mod peers;

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse, Response};
use filo_app::App;
use http::{HeaderValue, Method, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::Service;

use crate::problem::Problem;
use patience::{Lateness, PatientBody, PatientStream};
use peers::{Peers, Seat};

/// What one server bears. The defaults are those of the abuse goals; a proxy in front that
/// shows one address for everybody needs a higher `per_address`.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at once. Below the usual 65,536 files of a service, with room for the rest.
    pub connections: usize,
    /// Connections at once from one address.
    pub per_address: usize,
    /// From the first byte of waiting to the end of a request's head; also how long an idle
    /// connection is kept.
    pub head: Duration,
    /// For a whole request body.
    pub body: Duration,
    /// For a peer that does not read its answer.
    pub stalled_write: Duration,
    /// For open requests when Filo stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 8192,
            per_address: 1024,
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            stalled_write: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}

/// Read buffer of one connection: bounds heads and the memory of a flood of connections.
const BUFFER_BYTES: usize = 64 << 10;
/// When the process has no file left, accepting at once again would only burn the processor.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves the whole product on `listener` until `stop` is done, then drains.
///
/// # Errors
/// If the listener has no address any more.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    serve_router(crate::route::router(app), listener, Limits::default(), stop).await
}

/// Serves `router` under other limits than the usual ones.
///
/// # Errors
/// If the listener has no address any more.
pub async fn serve_router(
    router: Router,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "listening");
    let (stopping, stopped) = watch::channel(false);
    let peers = Arc::new(Peers::new(limits.connections, limits.per_address));
    let mut open = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            Some(_ended) = open.join_next(), if !open.is_empty() => {}
            accepted = accept(&listener, &peers) => {
                let Some((stream, peer, seat)) = accepted else { continue };
                let connection = Connection {
                    router: router.clone(),
                    peer,
                    limits: limits.clone(),
                    stopped: stopped.clone(),
                };
                open.spawn(connection.run(stream, seat));
            }
        }
    }
    drop(listener);
    stopping.send_replace(true);
    drain(open, limits.drain).await;
    Ok(())
}

async fn drain(mut open: JoinSet<()>, at_most: Duration) {
    let all = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(at_most, all).await.is_err() {
        tracing::warn!(
            connections = open.len(),
            "closing connections that did not finish"
        );
        open.shutdown().await;
    }
}

/// Waits for a free place, then for a connection; one whose address has had its share is closed.
async fn accept(
    listener: &TcpListener,
    peers: &Arc<Peers>,
) -> Option<(TcpStream, SocketAddr, Seat)> {
    let place = peers.place().await;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, peers.seat(place, peer.ip())?)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

struct Connection {
    router: Router,
    peer: SocketAddr,
    limits: Limits,
    stopped: watch::Receiver<bool>,
}

impl Connection {
    async fn run(self, stream: TcpStream, seat: Seat) {
        let Self {
            router,
            peer,
            limits,
            mut stopped,
        } = self;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before its first request");
            return;
        }
        let io = TokioIo::new(PatientStream::new(stream, limits.stalled_write));
        let lateness = Lateness::default();
        let stopping = Stopping(stopped.clone());
        let service = service_fn(|request: Request<Incoming>| {
            let body = limits.body;
            answer(
                router.clone(),
                request,
                peer,
                PatienceOf {
                    body,
                    lateness: lateness.clone(),
                    stopping: stopping.clone(),
                },
            )
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(BUFFER_BYTES)
            .pipeline_flush(true)
            .serve_connection(io, service);
        let mut connection = std::pin::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            _ = stopped.changed() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(seat);
    }
}

/// Where whole files are sent: only whoever may is let in before the body is read.
const FILE_ADDRESSES: [&str; 2] = ["/imports", "/api/v1/imports"];
/// How many times longer a file may take than another body: 200 MB through a shop's line of
/// 1.5 Mbit/s take some eighteen minutes.
const FILE_PATIENCE: u32 = 40;

/// Turns true when Filo stops: an answer that never ends by itself ends then.
#[derive(Debug, Clone)]
pub(crate) struct Stopping(pub(crate) watch::Receiver<bool>);

struct PatienceOf {
    body: Duration,
    lateness: Lateness,
    stopping: Stopping,
}

async fn answer(
    mut router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    patience: PatienceOf,
) -> Result<Response, Infallible> {
    let PatienceOf {
        body: allowed,
        lateness,
        stopping,
    } = patience;
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(ConnectInfo(peer));
    parts.extensions.insert(stopping);
    let is_file = parts.method == Method::POST && FILE_ADDRESSES.contains(&parts.uri.path());
    let allowed = if is_file {
        allowed * FILE_PATIENCE
    } else {
        allowed
    };
    let body = Body::new(PatientBody::new(body, allowed, lateness.clone()));
    let response = router.call(Request::from_parts(parts, body)).await?;
    if !lateness.take() {
        return Ok(response);
    }
    // Whatever the handler made of the broken body, the truth is that it came too slowly.
    let mut response = Problem::too_slow().into_response();
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    Ok(response)
}

#[cfg(test)]
mod tests;
