//! Who is connected: places in all, and seats per address.
//!
//! **Invariant:** a seat is given back however its connection ends, so counts never drift.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The counts of one server.
#[derive(Debug)]
pub(super) struct Peers {
    places: Arc<Semaphore>,
    per_address_most: usize,
    per_address: Mutex<HashMap<IpAddr, usize>>,
}

/// The right of one connection to be open.
#[derive(Debug)]
pub(super) struct Seat {
    peers: Arc<Peers>,
    address: IpAddr,
    _place: OwnedSemaphorePermit,
}

impl Peers {
    pub(super) fn new(connections_most: usize, per_address_most: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(connections_most)),
            per_address_most,
            per_address: Mutex::default(),
        }
    }

    /// Waits until one more connection may be open; meanwhile the system's queue holds callers.
    pub(super) async fn place(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.places)
            .acquire_owned()
            .await
            .expect("the places are never closed")
    }

    /// A seat for `address`, unless it has had its share.
    pub(super) fn seat(
        self: &Arc<Self>,
        place: OwnedSemaphorePermit,
        address: IpAddr,
    ) -> Option<Seat> {
        // An IPv6 subscriber owns a /64: each of its addresses would otherwise have a share.
        let address = network(address);
        let mut per_address = self
            .per_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let count = per_address.entry(address).or_default();
        if *count >= self.per_address_most {
            return None;
        }
        *count += 1;
        Some(Seat {
            peers: Arc::clone(self),
            address,
            _place: place,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut per_address = self
            .peers
            .per_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = per_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                per_address.remove(&self.address);
            }
        }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sit(peers: &Arc<Peers>, address: &str) -> Option<Seat> {
        let place = Arc::clone(&peers.places).try_acquire_owned().ok()?;
        peers.seat(place, address.parse().unwrap())
    }

    #[test]
    fn an_address_has_its_share_and_gets_it_back() {
        let peers = Arc::new(Peers::new(10, 2));
        let first = sit(&peers, "192.0.2.1");
        let second = sit(&peers, "::ffff:192.0.2.1");
        assert!(first.is_some() && second.is_some());
        assert!(sit(&peers, "192.0.2.1").is_none());
        assert!(sit(&peers, "192.0.2.2").is_some());
        drop(first);
        assert!(sit(&peers, "192.0.2.1").is_some());
        drop(second);
        assert!(peers.per_address.lock().unwrap().is_empty());
        assert_eq!(peers.places.available_permits(), 10);
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one_address() {
        let peers = Arc::new(Peers::new(10, 1));
        let _held = sit(&peers, "2001:db8:1:2::1");
        assert!(sit(&peers, "2001:db8:1:2:ffff::9").is_none());
        assert!(sit(&peers, "2001:db8:1:3::1").is_some());
    }

    #[test]
    fn all_places_taken_means_nobody_sits() {
        let peers = Arc::new(Peers::new(1, 5));
        let _held = sit(&peers, "192.0.2.1");
        assert!(sit(&peers, "192.0.2.2").is_none());
    }
}
