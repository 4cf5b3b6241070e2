//! A line to a server: where it is, whether it may be connected to, and the way there.
//!
//! **Invariant:** a private address is connected to only if the owner said that the server is a
//! machine of the house; addresses of nobody never.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use filo_core::mail::{Security, Server};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::address::{Reach, reach};
use crate::exchange;
use crate::network::Network;

/// Ports on which mail is taken; a machine of the house may have its own.
const PORTS: [u16; 4] = [25, 465, 587, 2525];
const ADDRESSES_MOST: usize = 64;
const LOOK_UP_MOST: Duration = Duration::from_secs(10);
const SECURE_MOST: Duration = Duration::from_secs(30);

/// Who logs in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Account(•••)")
    }
}

/// A server with who logs in there.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Where it is.
    pub server: Server,
    /// Who logs in; nobody at a relay that asks nobody.
    pub account: Option<Account>,
    /// How we call ourselves: a host name.
    pub hello: String,
}

/// Anything that is read and written.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// Looks the server up and connects to it.
pub(super) async fn dial(network: &dyn Network, server: &Server) -> Result<TcpStream, String> {
    if !PORTS.contains(&server.port) && !server.own_relay {
        return Err(format!(
            "port {} is none of 25, 465, 587 and 2525: only a machine of the house may have \
             another",
            server.port
        ));
    }
    connect(network, server).await
}

/// Connects to a server on whatever port, if its address may be connected to.
pub(super) async fn connect(network: &dyn Network, server: &Server) -> Result<TcpStream, String> {
    let host = server.host.trim_start_matches('[').trim_end_matches(']');
    let addresses = match host.parse::<IpAddr>() {
        Ok(address) => vec![address],
        Err(_) => {
            let looked_up = network.look_up(host.to_owned());
            let found = tokio::time::timeout(LOOK_UP_MOST, looked_up).await;
            found
                .ok()
                .and_then(Result::ok)
                .filter(|found| !found.is_empty() && found.len() <= ADDRESSES_MOST)
                .ok_or_else(|| format!("the name {host} cannot be found"))?
        }
    };
    for address in &addresses {
        let may = match reach(*address) {
            Reach::Public => true,
            Reach::Private => server.own_relay,
            Reach::Never => false,
        };
        if !may {
            return Err(format!(
                "{host} leads to {address}, which is not a public address of the internet; tick \
                 that it is a machine of the house if it is one"
            ));
        }
    }
    exchange::dial(network, &addresses, server.port)
        .await
        .map_err(|failure| failure.to_string())
}

/// Encrypts a connection, with the server's own name.
pub(super) async fn secure(
    tls: &TlsConnector,
    server: &Server,
    stream: TcpStream,
) -> Result<Box<dyn Wire>, String> {
    let host = server.host.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let connected = tokio::time::timeout(SECURE_MOST, tls.connect(name, stream)).await;
    match connected {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(format!("no secure connection: {error}")),
        Err(_elapsed) => Err("no secure connection in time".to_owned()),
    }
}

/// Whether something must be said in clear there.
pub(super) fn is_clear(server: &Server) -> bool {
    server.security == Security::None
}
