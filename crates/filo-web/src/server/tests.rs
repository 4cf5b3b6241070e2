//! The accept loop against slow, greedy and unlucky peers, over real sockets.

use std::time::Duration;

use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;

/// Long enough for a busy machine, short enough for a test.
const SHORT: Duration = Duration::from_millis(150);

struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<anyhow::Result<()>>,
}

async fn start(limits: Limits) -> Running {
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/echo", post(|body: axum::body::Bytes| async move { body }))
        .route(
            "/late",
            get(|| async {
                tokio::time::sleep(SHORT).await;
                "late"
            }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let mut tasks = JoinSet::new();
    let (done, server) = oneshot::channel();
    tasks.spawn(async move {
        let served = serve_router(router, listener, limits, async { drop(stopped.await) }).await;
        drop(done.send(served));
    });
    let server = tokio::task::spawn_blocking(move || {
        let served = server.blocking_recv().unwrap();
        drop(tasks);
        served
    });
    Running {
        address,
        stop: Some(stop),
        server,
    }
}

impl Running {
    async fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}

/// All that comes until the server closes.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer));
    // A reset connection is as closed as any other.
    drop(read.await.expect("the server closes in time"));
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn requests_are_answered_and_the_connection_is_kept() {
    let server = start(Limits::default()).await;
    let head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let stream = server.send(&format!("{head}{last}")).await;
    assert_eq!(rest(stream).await.matches("here").count(), 2);
}

#[tokio::test]
async fn a_slow_head_costs_the_connection_and_nobody_else() {
    let server = start(Limits {
        head: SHORT,
        ..Limits::default()
    })
    .await;
    let slow = server.send("GET / HTT").await;
    let honest = server
        .send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await;
    assert!(rest(honest).await.ends_with("here"));
    assert!(!rest(slow).await.contains("200 OK"));
}

#[tokio::test]
async fn a_slow_body_is_answered_with_408() {
    let server = start(Limits {
        body: SHORT,
        ..Limits::default()
    })
    .await;
    let slow = server
        .send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab")
        .await;
    let answer = rest(slow).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(
        answer.contains("too_slow") && answer.contains("connection: close"),
        "{answer}"
    );
}

#[tokio::test]
async fn an_address_beyond_its_share_is_closed_until_a_seat_is_free() {
    let server = start(Limits {
        per_address: 1,
        ..Limits::default()
    })
    .await;
    let first = server
        .send("GET /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await;
    let second = server.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!(rest(second).await, "");
    assert!(rest(first).await.ends_with("late"));
    let request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for _ in 0..100 {
        // The seat is given back a moment after the answer.
        if rest(server.send(request).await).await.ends_with("here") {
            return;
        }
    }
    panic!("the seat was not given back");
}

#[tokio::test]
async fn stopping_lets_a_request_finish_and_takes_no_other() {
    let mut server = start(Limits::default()).await;
    let late = server.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n").await;
    // The request is on its way once another one, sent after it, was answered.
    let other = server
        .send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await;
    assert!(rest(other).await.ends_with("here"));
    server.stop.take().unwrap().send(()).unwrap();
    assert!(rest(late).await.ends_with("late"));
    server.server.await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let limits = Limits {
        drain: SHORT,
        body: Duration::from_secs(60),
        ..Limits::default()
    };
    let mut server = start(limits).await;
    let stuck = server
        .send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab")
        .await;
    server.stop.take().unwrap().send(()).unwrap();
    let stopped = tokio::time::timeout(Duration::from_secs(20), server.server).await;
    stopped.expect("it stops in time").unwrap().unwrap();
    assert!(!rest(stuck).await.contains("200 OK"));
}
