//! Where to send something: an address in the browsers' spelling, checked before anything is
//! looked up.
//!
//! **Invariant:** a [`Target`] is https on an open port, or what the operator allowed by name;
//! its host is lower case, in punycode, without a trailing dot.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use crate::address::{Reach, reach};

/// Longer addresses are mistakes.
const URL_BYTES_MOST: usize = 2_048;
/// Ports that need no permission.
const PORTS: [u16; 2] = [80, 443];

/// Why an address is not connected to. Shown to whoever typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an address.
    #[error("this is not a web address: write it whole, as in https://shop.example/filo")]
    NotUrl,
    /// Too long.
    #[error("the address is longer than 2048 characters")]
    TooLong,
    /// Another scheme than https.
    #[error("the address must begin with https://, so that nobody on the way can read along")]
    NotHttps,
    /// A name or password inside.
    #[error("the address may not hold a user name or password")]
    Userinfo,
    /// A port that is not open.
    #[error("port {0} is not open: use 443, or let the operator add it to `outbound_ports`")]
    Port(u16),
    /// An address of this machine, of the house, or of nobody.
    #[error(
        "{host} leads to {address}, which is not a public address of the internet; the \
         operator can allow a machine of the house in `outbound_hosts`"
    )]
    NotPublic {
        /// The host as it was given.
        host: String,
        /// Where it leads.
        address: IpAddr,
    },
}

/// A host that the operator allows by name: over http, on a port of its own, inside the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    host: String,
    port: Option<u16>,
}

impl AllowedHost {
    /// Reads `host` or `host:port`; IPv6 stands in brackets.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(&format!("http://{}/", text.trim())).ok()?;
        let plain = url.username().is_empty() && url.password().is_none() && url.path() == "/";
        if !plain || url.query().is_some() || url.fragment().is_some() {
            return None;
        }
        // The parser drops a port 80 that was written.
        let written = text.trim().ends_with(":80").then_some(80);
        Some(Self {
            host: spelled(&url.host()?.to_owned()),
            port: url.port().or(written),
        })
    }

    fn covers(&self, host: &str, port: u16) -> bool {
        self.host == host && self.port.is_none_or(|own| own == port)
    }
}

/// What a target is checked against.
#[derive(Debug, Clone, Default)]
pub(crate) struct Permissions {
    pub(crate) hosts: Vec<AllowedHost>,
    pub(crate) ports: Vec<u16>,
}

/// A checked address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    host: String,
    port: u16,
    allowed: bool,
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.url.as_str())
    }
}

impl Target {
    pub(crate) fn parse(text: &str, permissions: &Permissions) -> Result<Self, Refusal> {
        if text.len() > URL_BYTES_MOST {
            return Err(Refusal::TooLong);
        }
        let mut url = Url::parse(text.trim()).map_err(|_not_one| Refusal::NotUrl)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Refusal::NotHttps);
        }
        let host = url.host().ok_or(Refusal::NotUrl)?.to_owned();
        let host = spelled(&host);
        if host.is_empty() || host.starts_with('.') || host.contains("..") {
            return Err(Refusal::NotUrl);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Userinfo);
        }
        let port = url.port_or_known_default().ok_or(Refusal::NotUrl)?;
        let allowed = permissions
            .hosts
            .iter()
            .any(|allowed| allowed.covers(&host, port));
        if url.scheme() == "http" && !allowed {
            return Err(Refusal::NotHttps);
        }
        if !allowed && !PORTS.contains(&port) && !permissions.ports.contains(&port) {
            return Err(Refusal::Port(port));
        }
        url.set_fragment(None);
        let target = Self {
            url,
            host,
            port,
            allowed,
        };
        // An address in numbers needs no look-up to be refused.
        if let Some(address) = target.address() {
            target.check(address)?;
        }
        Ok(target)
    }

    /// Whether an address may be connected to for this target.
    pub(crate) fn check(&self, address: IpAddr) -> Result<(), Refusal> {
        let may = match reach(address) {
            Reach::Public => true,
            Reach::Private => self.allowed,
            Reach::Never => false,
        };
        may.then_some(()).ok_or_else(|| Refusal::NotPublic {
            host: self.host.clone(),
            address,
        })
    }

    /// The address, if the host is one.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok()
    }

    /// The host, as it is looked up.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// What stands in the request's first line.
    pub(crate) fn path_and_query(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }

    /// What stands in the `Host` header.
    pub(crate) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }
}

/// A host without its trailing dot; IPv6 in brackets.
fn spelled(host: &Host<String>) -> String {
    match host {
        Host::Domain(name) => name.strip_suffix('.').unwrap_or(name).to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => format!("[{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Target, Refusal> {
        let permissions = Permissions {
            hosts: vec![AllowedHost::parse("erp.lan:9000").unwrap()],
            ports: vec![8443],
        };
        Target::parse(text, &permissions)
    }

    #[test]
    fn an_address_is_spelled_one_way() {
        let target = parse("https://CAFFÈ.example.:443/a?b=c#d").unwrap();
        assert_eq!(target.host(), "xn--caff-8oa.example");
        assert_eq!(
            (target.port(), target.path_and_query()),
            (443, "/a?b=c".to_owned())
        );
        assert_eq!(
            parse("https://shop.example:8443/").unwrap().authority(),
            "shop.example:8443"
        );
    }

    #[test]
    fn each_refusal_says_why() {
        assert_eq!(parse("shop.example"), Err(Refusal::NotUrl));
        assert_eq!(parse("http://shop.example/"), Err(Refusal::NotHttps));
        assert_eq!(parse("ftp://shop.example/"), Err(Refusal::NotHttps));
        assert_eq!(parse("https://a:b@shop.example/"), Err(Refusal::Userinfo));
        assert_eq!(parse("https://shop.example:22/"), Err(Refusal::Port(22)));
        assert_eq!(
            parse(&format!("https://x/{}", "a".repeat(3_000))),
            Err(Refusal::TooLong)
        );
        assert!(matches!(
            parse("https://127.1/"),
            Err(Refusal::NotPublic { .. })
        ));
    }

    #[test]
    fn a_host_is_allowed_by_name_and_port() {
        assert!(parse("http://erp.lan:9000/hook").is_ok());
        assert_eq!(parse("http://erp.lan/hook"), Err(Refusal::NotHttps));
        assert_eq!(parse("https://erp.lan:9001/hook"), Err(Refusal::Port(9001)));
        for wrong in ["", "a b", "http://x", "x/y", "u@x", "x?y"] {
            assert_eq!(AllowedHost::parse(wrong), None, "{wrong}");
        }
    }
}
