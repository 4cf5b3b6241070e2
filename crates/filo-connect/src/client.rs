//! The guarded client: checks where a request goes, paces it, and says in words why it failed.
//!
//! hyper speaks HTTP over a connection that we open ourselves. A ready-made client would bring a
//! pool that keys connections by name, redirects and proxies that must all be switched off, and
//! a resolver hook that is asked again behind our back; this is shorter than switching them off.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use filo_core::time::Timestamp;
use http::{HeaderMap, Method};
use tokio_rustls::TlsConnector;

use crate::exchange;
use crate::network::Network;
use crate::pace::Paces;
use crate::target::{AllowedHost, Permissions, Refusal, Target};
use crate::tls::{self, TlsError};

/// From the look-up to the last byte of the answer, unless the options say otherwise.
const TIME_MOST: Duration = Duration::from_secs(10);
/// Of an answer.
const ANSWER_BYTES_MOST: usize = 1 << 20;
/// Addresses of one name that are looked at; more is no honest answer.
const ADDRESSES_MOST: usize = 64;

/// What the operator says about ways out.
#[derive(Debug, Clone)]
pub struct Options {
    /// Hosts that may be reached over http, on any port and inside the house.
    pub hosts: Vec<AllowedHost>,
    /// Ports that are open beside 80 and 443.
    pub ports: Vec<u16>,
    /// Certificates in PEM that are trusted beside Mozilla's.
    pub roots_pem: String,
    /// From the look-up to the last byte of an answer.
    pub time_most: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            hosts: Vec::new(),
            ports: Vec::new(),
            roots_pem: String::new(),
            time_most: TIME_MOST,
        }
    }
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    /// GET, POST …
    pub method: Method,
    /// Where to.
    pub target: &'r Target,
    /// Headers beside `Host`, `User-Agent` and `Content-Length`.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status; a redirect is a [`Failure`].
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Why there is no answer. Shown to people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It may not be connected to.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The name has no address.
    #[error("the name {0} cannot be found")]
    Unknown(String),
    /// Nobody listens, or nobody answers.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// The certificate is not right, or TLS failed.
    #[error("no secure connection: {0}")]
    Insecure(String),
    /// It took too long.
    #[error("no answer in time")]
    Slow,
    /// The answer is too long.
    #[error("the answer is longer than a megabyte")]
    TooLarge,
    /// The answer is no HTTP, or stopped in the middle.
    #[error("the answer cannot be read: {0}")]
    Broken(String),
    /// It points elsewhere.
    #[error("it answered with a redirect ({0}), which is not followed: give the final address")]
    Redirect(u16),
    /// The host is asked too often, or has only failed of late; nothing was sent.
    #[error("the host is left alone for a while")]
    NotNow(Timestamp),
}

/// The one way out.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    permissions: Permissions,
    network: Arc<dyn Network>,
    time_most: Duration,
    tls: TlsConnector,
    paces: Paces,
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Client({:?})", self.inner.permissions)
    }
}

impl Client {
    /// A client over a network.
    ///
    /// # Errors
    /// If the certificates cannot be read.
    pub fn new(options: Options, network: Arc<dyn Network>) -> Result<Self, TlsError> {
        Ok(Self {
            inner: Arc::new(Inner {
                tls: tls::connector(&options.roots_pem, &[b"http/1.1"])?,
                permissions: Permissions {
                    hosts: options.hosts,
                    ports: options.ports,
                },
                network,
                time_most: options.time_most,
                paces: Paces::default(),
            }),
        })
    }

    /// Reads an address; what can be refused without a look-up is refused here.
    ///
    /// # Errors
    /// [`Refusal`], in words for whoever typed it.
    pub fn target(&self, text: &str) -> Result<Target, Refusal> {
        Target::parse(text, &self.inner.permissions)
    }

    /// Looks a target up and says whether it could be connected to, without connecting.
    ///
    /// # Errors
    /// [`Failure::Refused`], [`Failure::Unknown`] or [`Failure::Slow`].
    pub async fn check(&self, target: &Target) -> Result<(), Failure> {
        tokio::time::timeout(self.inner.time_most, self.addresses(target))
            .await
            .map_err(|_elapsed| Failure::Slow)?
            .map(drop)
    }

    /// From when on a target may be tried, if its circuit is open.
    #[must_use]
    pub fn closed_until(&self, target: &Target, now: Timestamp) -> Option<Timestamp> {
        self.inner.paces.closed_until(target.host(), now)
    }

    /// Sends a request.
    ///
    /// # Errors
    /// [`Failure`], in words.
    pub async fn send(&self, request: Request<'_>, now: Timestamp) -> Result<Answer, Failure> {
        let host = request.target.host().to_owned();
        let paces = &self.inner.paces;
        paces.enter(&host, now).map_err(Failure::NotNow)?;
        let answered = tokio::time::timeout(self.inner.time_most, self.exchange(request)).await;
        let answered = answered.unwrap_or(Err(Failure::Slow));
        match &answered {
            Ok(answer) if answer.status < 500 => paces.succeeded(&host),
            _ => paces.failed(&host, now),
        }
        answered
    }

    async fn exchange(&self, request: Request<'_>) -> Result<Answer, Failure> {
        let target = request.target;
        let addresses = self.addresses(target).await?;
        let stream = exchange::dial(&*self.inner.network, &addresses, target.port()).await?;
        let answer = if target.is_https() {
            let stream = exchange::secure(&self.inner.tls, target, stream).await?;
            exchange::perform(stream, &request, ANSWER_BYTES_MOST).await?
        } else {
            exchange::perform(stream, &request, ANSWER_BYTES_MOST).await?
        };
        if (300..400).contains(&answer.status) {
            return Err(Failure::Redirect(answer.status));
        }
        Ok(answer)
    }

    /// Every address of a target, each of them checked: one that may not be is enough to refuse
    /// them all, because an honest name does not lead to both.
    async fn addresses(&self, target: &Target) -> Result<Vec<IpAddr>, Failure> {
        let addresses = match target.address() {
            Some(address) => vec![address],
            None => {
                let host = target.host().to_owned();
                let unknown = Failure::Unknown(host.clone());
                self.inner
                    .network
                    .look_up(host)
                    .await
                    .map_err(|_no_answer| unknown)?
            }
        };
        if addresses.is_empty() || addresses.len() > ADDRESSES_MOST {
            return Err(Failure::Unknown(target.host().to_owned()));
        }
        for address in &addresses {
            target.check(*address)?;
        }
        Ok(addresses)
    }
}
