//! What the tests stand on: a made-up network with a canary behind every address that is not
//! public, and a listener that answers what it is told.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use filo_connect::{Network, Reach, reach};

/// Counts who comes.
pub(crate) struct Canary {
    pub(crate) address: SocketAddr,
    pub(crate) accepted: Arc<AtomicUsize>,
}

impl Canary {
    pub(crate) async fn sing() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let accepted = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&accepted);
        #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { address, accepted }
    }

    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }
}

/// Names, and what they lead to at each look-up; the last answer stands.
#[derive(Default)]
pub(crate) struct Names(HashMap<String, Vec<Vec<IpAddr>>>);

impl Names {
    pub(crate) fn with(mut self, name: &str, answers: &[&[&str]]) -> Self {
        let answers = answers
            .iter()
            .map(|answer| answer.iter().map(|text| text.parse().unwrap()).collect());
        self.0.insert(name.to_owned(), answers.collect());
        self
    }
}

/// A network in which whatever is not public is the canary, and public addresses refuse.
pub(crate) struct MadeUp {
    names: Names,
    canary: SocketAddr,
    looked_up: Mutex<HashMap<String, usize>>,
    pub(crate) dialled: Mutex<Vec<SocketAddr>>,
    /// Where private addresses really are: for tests of allowed hosts.
    pub(crate) honest: bool,
}

impl MadeUp {
    pub(crate) fn new(names: Names, canary: SocketAddr) -> Self {
        Self {
            names,
            canary,
            looked_up: Mutex::default(),
            dialled: Mutex::default(),
            honest: false,
        }
    }
}

impl Network for MadeUp {
    fn look_up(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let mut looked_up = self.looked_up.lock().unwrap();
        let turn = looked_up.entry(host.clone()).or_default();
        let answers = self.names.0.get(&host);
        let answer = answers.and_then(|answers| answers.get(*turn).or(answers.last()));
        *turn += 1;
        let answer = answer
            .cloned()
            .ok_or_else(|| io::Error::other("no such name"));
        Box::pin(async move { answer })
    }

    fn dial(&self, address: SocketAddr) -> BoxFuture<'static, io::Result<TcpStream>> {
        self.dialled.lock().unwrap().push(address);
        let to = if self.honest {
            address
        } else if reach(address.ip()) == Reach::Public {
            return Box::pin(async { Err(io::Error::other("a public address, not dialled")) });
        } else {
            self.canary
        };
        Box::pin(TcpStream::connect(to))
    }
}

/// Answers each connection with the same bytes, once it has read the head of a request.
pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> SocketAddr {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4_096];
            let _read = stream.read(&mut head).await;
            // Who asked may hang up before the end of a long answer.
            let _written = stream.write_all(&answer).await;
        }
    });
    address
}
