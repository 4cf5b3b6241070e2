//! What comes back: over http and TLS, too long, elsewhere, broken; and hosts that only fail.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use filo_connect::{AllowedHost, Answer, Client, Failure, Options, Request, SystemNetwork};
use http::{HeaderMap, Method};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::NOW;
use crate::house::{Canary, MadeUp, Names, answering};

/// A client whose network leads `hook.example` to this machine, where the operator allowed it.
async fn client(roots_pem: String) -> (Client, Arc<MadeUp>) {
    let canary = Canary::sing().await;
    let names = Names::default().with("hook.example", &[&["127.0.0.1"]]);
    let mut network = MadeUp::new(names, canary.address);
    network.honest = true;
    let network = Arc::new(network);
    let options = Options {
        hosts: vec![AllowedHost::parse("hook.example").unwrap()],
        roots_pem,
        ..Options::default()
    };
    (Client::new(options, network.clone()).unwrap(), network)
}

async fn post(client: &Client, address: &str) -> Result<Answer, Failure> {
    let target = client.target(address)?;
    let request = Request {
        method: Method::POST,
        target: &target,
        headers: HeaderMap::new(),
        body: Bytes::from_static(b"{}"),
    };
    client.send(request, NOW).await
}

async fn answered(bytes: impl Into<Vec<u8>>) -> Result<Answer, Failure> {
    let (client, _) = client(String::new()).await;
    let port = answering(bytes).await.port();
    post(&client, &format!("http://hook.example:{port}/x?y=z")).await
}

#[tokio::test]
async fn an_answer_is_read_whole() {
    let answer = answered(*b"HTTP/1.1 201 Created\r\ncontent-length: 4\r\n\r\ngood").await;
    let answer = answer.unwrap();
    assert_eq!((answer.status, &*answer.body), (201, &b"good"[..]));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let location = "http://169.254.169.254/latest/meta-data/";
    let (client, network) = client(String::new()).await;
    let answer = format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
    let port = answering(answer).await.port();
    let failure = post(&client, &format!("http://hook.example:{port}/"))
        .await
        .unwrap_err();
    assert_eq!(failure, Failure::Redirect(302));
    assert_eq!(network.dialled.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_long_or_broken_answer_is_a_failure() {
    let long = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}",
        "x".repeat(3 << 20)
    );
    assert_eq!(answered(long).await.unwrap_err(), Failure::TooLarge);
    let said = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 2 << 20);
    assert!(answered(said).await.is_err());
    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    assert!(matches!(answered(head).await, Err(Failure::Broken(_))));
    assert!(matches!(
        answered(*b"SSH-2.0-x\r\n").await,
        Err(Failure::Broken(_))
    ));
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let options = Options {
        hosts: vec![AllowedHost::parse("127.0.0.1").unwrap()],
        time_most: Duration::from_millis(50),
        ..Options::default()
    };
    let client = Client::new(options, Arc::new(SystemNetwork)).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    assert_eq!(post(&client, &address).await.unwrap_err(), Failure::Slow);
}

#[tokio::test]
async fn a_host_that_only_fails_is_left_alone() {
    let (client, network) = client(String::new()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!(
        "http://hook.example:{}/",
        listener.local_addr().unwrap().port()
    );
    drop(listener);
    for _ in 0..20 {
        let failure = post(&client, &address).await.unwrap_err();
        assert!(matches!(failure, Failure::Unreachable(_)), "{failure}");
    }
    let until = NOW.plus_seconds(30);
    assert_eq!(
        post(&client, &address).await.unwrap_err(),
        Failure::NotNow(until)
    );
    assert_eq!(network.dialled.lock().unwrap().len(), 20);
    let target = client.target(&address).unwrap();
    assert_eq!(client.closed_until(&target, NOW), Some(until));
    assert_eq!(client.closed_until(&target, until), None);
}

/// A receiver over TLS with a certificate of its own making, and the certificate.
async fn secured() -> (u16, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["hook.example".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut head = vec![0; 4_096];
            let _read = stream.read(&mut head).await;
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
            stream.write_all(answer).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (port, cert.pem())
}

#[tokio::test]
async fn tls_is_spoken_and_a_strange_certificate_refused() {
    let (port, pem) = secured().await;
    let address = format!("https://hook.example:{port}/");
    let (trusting, _) = client(pem).await;
    assert_eq!(&*post(&trusting, &address).await.unwrap().body, b"ok");
    let (wary, _) = client(String::new()).await;
    let failure = post(&wary, &address).await.unwrap_err();
    assert!(matches!(failure, Failure::Insecure(_)), "{failure}");
}
