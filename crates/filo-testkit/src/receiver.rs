//! A receiver of webhooks on a real port of this machine, that answers what the test tells it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;

use filo_app::Config;
use http::HeaderMap;
use parking_lot::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the receiver does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// Answers with this status.
    Status(u16),
    /// Answers with this status and JSON.
    Json(u16, String),
    /// Answers with these bytes, whatever they are.
    Bytes(Vec<u8>),
    /// Answers 200 once the test lets it.
    Hold,
    /// Says nothing and hangs up.
    HangUp,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Method and path, as in `POST /hook`.
    pub line: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
    /// The same as it came: not everything is text.
    pub bytes: Vec<u8>,
}

impl Received {
    /// A header's text.
    ///
    /// # Panics
    /// If it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).expect("the header");
        value.to_str().expect("plain text")
    }
}

#[derive(Debug, Default)]
struct Book {
    reactions: VecDeque<Reaction>,
    received: Vec<Received>,
}

/// Listens until it is dropped. Without a reaction it answers 200.
#[derive(Debug)]
pub struct Receiver {
    /// Where.
    pub address: SocketAddr,
    book: Arc<Mutex<Book>>,
    count: watch::Receiver<usize>,
    released: watch::Sender<bool>,
    listening: JoinHandle<()>,
}

impl Receiver {
    /// Listens.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a port");
        let book = Arc::new(Mutex::new(Book::default()));
        let (counted, count) = watch::channel(0);
        let (released, hold) = watch::channel(false);
        let kept = Arc::clone(&book);
        #[expect(clippy::disallowed_methods, reason = "it ends with the receiver")]
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (book, counted, hold) = (Arc::clone(&kept), counted.clone(), hold.clone());
                #[expect(clippy::disallowed_methods, reason = "it ends with its connection")]
                tokio::spawn(receive(stream, book, counted, hold));
            }
        });
        Self {
            address,
            book,
            count,
            released,
            listening,
        }
    }

    /// Where it stands in place of somebody's API.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a webhook is given.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Lets a Filo send to this machine.
    ///
    /// # Panics
    /// Never: the name is one.
    pub fn allow(config: &mut Config) {
        let host = filo_connect::AllowedHost::parse("127.0.0.1").expect("a host");
        config.outbound.hosts.push(host);
    }

    /// What it does with the next requests, in turn.
    pub fn react(&self, reactions: impl IntoIterator<Item = Reaction>) {
        self.book.lock().reactions.extend(reactions);
    }

    /// Lets held requests go.
    pub fn release(&self) {
        self.released.send_replace(true);
    }

    /// What has come.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.book.lock().received.clone()
    }

    /// Waits until so many requests have come.
    ///
    /// # Panics
    /// If the receiver has stopped.
    pub async fn wait_for(&self, count: usize) {
        let mut counted = self.count.clone();
        counted
            .wait_for(|seen| *seen >= count)
            .await
            .expect("the receiver listens");
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn receive(
    mut stream: TcpStream,
    book: Arc<Mutex<Book>>,
    counted: watch::Sender<usize>,
    mut hold: watch::Receiver<bool>,
) {
    let Some(received) = read(&mut stream).await else {
        return;
    };
    let reaction = {
        let mut book = book.lock();
        book.received.push(received);
        counted.send_replace(book.received.len());
        book.reactions.pop_front().unwrap_or(Reaction::Status(200))
    };
    let status = |status: u16| format!("HTTP/1.1 {status} X\r\ncontent-length: 4\r\n\r\nseen");
    let answer = match reaction {
        Reaction::Status(code) => status(code).into_bytes(),
        Reaction::Json(code, body) => format!(
            "HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
        Reaction::Bytes(bytes) => bytes,
        Reaction::HangUp => return,
        Reaction::Hold => {
            if hold.wait_for(|released| *released).await.is_err() {
                return;
            }
            status(200).into_bytes()
        }
    };
    // Who asked may have hung up.
    drop(stream.write_all(&answer).await);
}

/// A request's head and body.
async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut piece = [0; 4_096];
    loop {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]);
            let body = &bytes[end + 4..];
            let headers: HeaderMap = head.lines().skip(1).filter_map(header).collect();
            // Who asks without a body names no length.
            let length = match headers.get("content-length") {
                Some(length) => length.to_str().ok()?.parse().ok()?,
                None => 0,
            };
            if body.len() >= length {
                let bytes = body.to_vec();
                let body = String::from_utf8_lossy(&bytes).into_owned();
                let line = head.lines().next().unwrap_or_default();
                let line = line.trim_end_matches(" HTTP/1.1").to_owned();
                return Some(Received {
                    line,
                    headers,
                    body,
                    bytes,
                });
            }
        }
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..count]);
    }
}

fn header(line: &str) -> Option<(http::HeaderName, http::HeaderValue)> {
    let (name, value) = line.split_once(": ")?;
    Some((name.parse().ok()?, value.parse().ok()?))
}
