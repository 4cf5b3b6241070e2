//! Which addresses may be connected to.
//!
//! The tables are the special-purpose registries of IANA for IPv4 and IPv6 (RFC 6890 and its
//! updates): what is not globally reachable is refused, and so is everything in IPv6 that wraps
//! an IPv4 address, because the wrapped one could be anything.
//!
//! **Invariant:** an address is public only if no entry of the tables says otherwise.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far an address reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Anybody's: may be connected to.
    Public,
    /// This machine or a network of the house: only where the operator named the host.
    Private,
    /// Never a place to send anything: link-local with its metadata services, multicast,
    /// documentation, wrapped addresses.
    Never,
}

/// First address, length of the prefix, how far it reaches.
type Row4 = (Ipv4Addr, u32, Reach);
type Row6 = (Ipv6Addr, u32, Reach);

const fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

const SPECIAL_4: [Row4; 18] = [
    (v4(0, 0, 0, 0), 8, Reach::Never),
    (v4(10, 0, 0, 0), 8, Reach::Private),
    (v4(100, 64, 0, 0), 10, Reach::Private),
    (v4(127, 0, 0, 0), 8, Reach::Private),
    // Azure's metadata service has an address that looks public.
    (v4(168, 63, 129, 16), 32, Reach::Never),
    (v4(169, 254, 0, 0), 16, Reach::Never),
    (v4(172, 16, 0, 0), 12, Reach::Private),
    (v4(192, 0, 0, 0), 24, Reach::Never),
    (v4(192, 0, 2, 0), 24, Reach::Never),
    // Relays of 6to4, withdrawn.
    (v4(192, 88, 99, 0), 24, Reach::Never),
    (v4(192, 168, 0, 0), 16, Reach::Private),
    (v4(198, 18, 0, 0), 15, Reach::Never),
    (v4(198, 51, 100, 0), 24, Reach::Never),
    (v4(203, 0, 113, 0), 24, Reach::Never),
    (v4(224, 0, 0, 0), 4, Reach::Never),
    (v4(233, 252, 0, 0), 24, Reach::Never),
    (v4(240, 0, 0, 0), 4, Reach::Never),
    // Alibaba's metadata service, inside the carriers' range.
    (v4(100, 100, 100, 200), 32, Reach::Never),
];

const fn v6(a: u16, b: u16, c: u16, d: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)
}

/// What may be public in IPv6; everything outside is not.
const GLOBAL_6: (Ipv6Addr, u32) = (v6(0x2000, 0, 0, 0), 3);

const SPECIAL_6: [Row6; 6] = [
    (Ipv6Addr::LOCALHOST, 128, Reach::Private),
    // The metadata service of AWS lives among the local addresses.
    (
        Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0),
        32,
        Reach::Never,
    ),
    (v6(0xfc00, 0, 0, 0), 7, Reach::Private),
    // Protocol assignments, Teredo and ORCHID among them.
    (v6(0x2001, 0, 0, 0), 23, Reach::Never),
    (v6(0x2001, 0x0db8, 0, 0), 32, Reach::Never),
    // 6to4 wraps an IPv4 address.
    (v6(0x2002, 0, 0, 0), 16, Reach::Never),
];

/// A second net for documentation (RFC 9637).
const DOCUMENTATION_6: (Ipv6Addr, u32) = (v6(0x3fff, 0, 0, 0), 20);

/// How far an address reaches.
#[must_use]
pub fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_4(address),
        IpAddr::V6(address) => reach_6(address),
    }
}

/// The narrowest of the ranges that hold it: a metadata service inside a private range is one.
fn reach_4(address: Ipv4Addr) -> Reach {
    let held = |row: &&Row4| {
        let mask = u32::MAX.checked_shl(32 - row.1).unwrap_or(0);
        address.to_bits() & mask == row.0.to_bits()
    };
    let narrowest = SPECIAL_4.iter().filter(held).max_by_key(|row| row.1);
    narrowest.map_or(Reach::Public, |row| row.2)
}

fn reach_6(address: Ipv6Addr) -> Reach {
    let within = |first: Ipv6Addr, length: u32| {
        let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
        address.to_bits() & mask == first.to_bits()
    };
    let held = SPECIAL_6.iter().filter(|row| within(row.0, row.1));
    if let Some(row) = held.max_by_key(|row| row.1) {
        return row.2;
    }
    if within(GLOBAL_6.0, GLOBAL_6.1) && !within(DOCUMENTATION_6.0, DOCUMENTATION_6.1) {
        Reach::Public
    } else {
        Reach::Never
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The standard library knows the same private ranges, from another hand.
        #[test]
        fn nothing_public_is_private_in_the_standard_library(bits in any::<u32>()) {
            let address = Ipv4Addr::from_bits(bits);
            if reach_4(address) == Reach::Public {
                prop_assert!(!address.is_private() && !address.is_loopback());
                prop_assert!(!address.is_link_local() && !address.is_multicast());
                prop_assert!(!address.is_documentation() && !address.is_broadcast());
                prop_assert!(!address.is_unspecified());
            }
        }

        #[test]
        fn no_wrapped_address_is_public(bits in any::<u32>()) {
            let inner = Ipv4Addr::from_bits(bits);
            prop_assert_eq!(reach_6(inner.to_ipv6_mapped()), Reach::Never);
            prop_assert!(reach_6(inner.to_ipv6_compatible()) != Reach::Public);
        }
    }

    #[test]
    fn the_edges_of_a_range_are_in_it_and_their_neighbours_are_not() {
        for (inside, outside) in [
            ("10.0.0.0", "9.255.255.255"),
            ("10.255.255.255", "11.0.0.0"),
            ("172.16.0.0", "172.15.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("100.64.0.0", "100.63.255.255"),
            ("100.127.255.255", "100.128.0.0"),
            ("198.19.255.255", "198.20.0.0"),
            ("224.0.0.0", "223.255.255.255"),
        ] {
            assert_ne!(reach(inside.parse().unwrap()), Reach::Public, "{inside}");
            assert_eq!(reach(outside.parse().unwrap()), Reach::Public, "{outside}");
        }
    }
}
