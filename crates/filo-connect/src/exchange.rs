//! One request over one connection, and its answer.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::client::{Answer, Failure, Request};
use crate::network::Network;
use crate::target::Target;

/// For one address; a name with several leaves time for the next.
const DIAL_MOST: Duration = Duration::from_secs(4);
/// Addresses of a name that are tried.
const DIALS_MOST: usize = 3;
/// Bytes of an answer's head.
const HEAD_BYTES_MOST: usize = 64 << 10;
/// How Filo calls itself.
const USER_AGENT: &str = concat!("Filo/", env!("CARGO_PKG_VERSION"));

/// Connects to the first of the checked addresses that listens.
pub(crate) async fn dial(
    network: &dyn Network,
    addresses: &[IpAddr],
    port: u16,
) -> Result<TcpStream, Failure> {
    let mut last = "nobody listens there".to_owned();
    for address in addresses.iter().take(DIALS_MOST) {
        let dialled = network.dial(SocketAddr::new(*address, port));
        match tokio::time::timeout(DIAL_MOST, dialled).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = error.to_string(),
            Err(_elapsed) => last = "nobody answers there".to_owned(),
        }
    }
    Err(Failure::Unreachable(last))
}

/// TLS with the target's own name.
pub(crate) async fn secure(
    tls: &TlsConnector,
    target: &Target,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Failure> {
    let name = match target.address() {
        Some(address) => ServerName::from(address),
        None => ServerName::try_from(target.host().to_owned())
            .map_err(|error| Failure::Insecure(error.to_string()))?,
    };
    tls.connect(name, stream)
        .await
        .map_err(|error| Failure::Insecure(error.to_string()))
}

/// Sends the request and reads the whole answer.
pub(crate) async fn perform<S>(
    stream: S,
    request: &Request<'_>,
    answer_bytes_most: usize,
) -> Result<Answer, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let broken = |error: hyper::Error| Failure::Broken(error.to_string());
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD_BYTES_MOST)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let asking = async {
        let response = sender.send_request(written(request)?).await;
        let (parts, body) = response.map_err(broken)?.into_parts();
        let body = Limited::new(body, answer_bytes_most)
            .collect()
            .await
            .map_err(|error| {
                if error.is::<LengthLimitError>() {
                    Failure::TooLarge
                } else {
                    Failure::Broken(error.to_string())
                }
            })?;
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_bytes(),
        })
    };
    // The connection is driven beside the question and dropped with the answer.
    let driving = async {
        // If it fails, the question hears of it in its own words.
        drop(connection.await);
        std::future::pending::<Infallible>().await
    };
    tokio::select! {
        answer = asking => answer,
        never = driving => match never {},
    }
}

fn written(request: &Request<'_>) -> Result<http::Request<Full<Bytes>>, Failure> {
    let mut written = http::Request::new(Full::new(request.body.clone()));
    let unreadable = |error: &dyn std::fmt::Display| Failure::Broken(error.to_string());
    *written.method_mut() = request.method.clone();
    *written.uri_mut() = request
        .target
        .path_and_query()
        .parse()
        .map_err(|error: http::uri::InvalidUri| unreadable(&error))?;
    *written.headers_mut() = request.headers.clone();
    let host =
        HeaderValue::from_str(&request.target.authority()).map_err(|error| unreadable(&error))?;
    let headers = written.headers_mut();
    headers.insert(header::HOST, host);
    headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    Ok(written)
}
