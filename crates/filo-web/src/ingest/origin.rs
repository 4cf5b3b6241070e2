//! From where a request came: the address that the customer's own device has in the network.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use http::Extensions;

/// The IPv4 address of the sender. IPv6 addresses are not kept, as with Segment: most of them
/// name one device.
pub(crate) fn address(headers: &HeaderMap, extensions: &Extensions) -> Option<Ipv4Addr> {
    match sender(headers, extensions)? {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(address) => address.is_loopback().then_some(Ipv4Addr::LOCALHOST),
    }
}

/// The address of the sender, of either kind: to count by, not to be kept.
pub(crate) fn sender(headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    let peer = peer.to_canonical();
    let is_near = match peer {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback(),
    };
    if !is_near {
        return Some(peer);
    }
    // Only a neighbour can be a proxy of ours. The last entry is the one that it wrote itself.
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|list| list.to_str().ok());
    match forwarded.and_then(|list| list.rsplit(',').next()) {
        Some(last) => last.trim().parse().ok(),
        None => Some(peer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, forwarded: Option<&'static str>) -> Option<Ipv4Addr> {
        let mut headers = HeaderMap::new();
        if let Some(list) = forwarded {
            headers.insert("x-forwarded-for", http::HeaderValue::from_static(list));
        }
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
        address(&headers, &extensions)
    }

    #[test]
    fn believes_only_a_proxy_next_to_it() {
        let customer = Ipv4Addr::new(93, 45, 1, 77);
        assert_eq!(of("93.45.1.77:5", None), Some(customer));
        assert_eq!(of("93.45.1.77:5", Some("1.1.1.1")), Some(customer));
        assert_eq!(
            of("127.0.0.1:5", Some("1.1.1.1, 93.45.1.77")),
            Some(customer)
        );
        assert_eq!(of("[::ffff:93.45.1.77]:5", None), Some(customer));
        assert_eq!(of("[::1]:5", Some("93.45.1.77")), Some(customer));
        assert_eq!(of("10.0.0.1:5", Some("2001:db8::1")), None);
        assert_eq!(of("[2001:db8::1]:5", None), None);
        assert_eq!(of("127.0.0.1:5", None), Some(Ipv4Addr::LOCALHOST));
        assert_eq!(address(&HeaderMap::new(), &Extensions::new()), None);
    }
}
