//! How often a host is asked: a limit on requests, and a circuit that opens when it only fails.
//!
//! **Invariant:** while a host's circuit is open nobody connects to it; after that one request
//! tries, and a success closes the circuit.

use std::collections::{HashMap, VecDeque};

use filo_core::time::Timestamp;
use parking_lot::Mutex;

/// So many failures within [`WINDOW_S`] open the circuit.
const FAILURES_MOST: usize = 20;
const WINDOW_S: i64 = 30;
/// So long nobody connects then.
const OPEN_S: i64 = 30;
/// Requests to one host within a second: more would be an attack with our name on it.
const REQUESTS_PER_S_MOST: usize = 50;
/// Hosts that are remembered; a host that nobody asked for longest is forgotten.
const HOSTS_MOST: usize = 1_000;

#[derive(Debug, Default)]
struct Host {
    requests: VecDeque<Timestamp>,
    failures: VecDeque<Timestamp>,
    open_until: Option<Timestamp>,
}

/// The paces of all hosts.
#[derive(Debug, Default)]
pub(crate) struct Paces(Mutex<HashMap<String, Host>>);

impl Paces {
    /// Lets a request to a host through, or says from when on it may be tried.
    pub(crate) fn enter(&self, host: &str, now: Timestamp) -> Result<(), Timestamp> {
        let mut hosts = self.0.lock();
        if !hosts.contains_key(host) && hosts.len() >= HOSTS_MOST {
            forget_one(&mut hosts);
        }
        let host = hosts.entry(host.to_owned()).or_default();
        if let Some(until) = host.open_until {
            if now < until {
                return Err(until);
            }
            // One may try; the others wait for what it finds.
            host.open_until = Some(now.plus_seconds(OPEN_S));
        }
        let second_ago = now.plus_seconds(-1);
        host.requests.retain(|at| *at > second_ago);
        if host.requests.len() >= REQUESTS_PER_S_MOST {
            return Err(host
                .requests
                .front()
                .map_or(now, |first| first.plus_seconds(1)));
        }
        host.requests.push_back(now);
        Ok(())
    }

    /// From when on a host may be tried, if not now.
    pub(crate) fn closed_until(&self, host: &str, now: Timestamp) -> Option<Timestamp> {
        let hosts = self.0.lock();
        hosts.get(host)?.open_until.filter(|until| now < *until)
    }

    /// The host answered.
    pub(crate) fn succeeded(&self, host: &str) {
        if let Some(host) = self.0.lock().get_mut(host) {
            host.failures.clear();
            host.open_until = None;
        }
    }

    /// The host could not be reached, or said that it cannot.
    pub(crate) fn failed(&self, host: &str, now: Timestamp) {
        let mut hosts = self.0.lock();
        let Some(host) = hosts.get_mut(host) else {
            return;
        };
        host.failures.retain(|at| *at > now.plus_seconds(-WINDOW_S));
        host.failures.push_back(now);
        if host.failures.len() >= FAILURES_MOST {
            host.failures.clear();
            host.open_until = Some(now.plus_seconds(OPEN_S));
        }
    }
}

fn forget_one(hosts: &mut HashMap<String, Host>) {
    let last_asked = |host: &Host| host.requests.back().copied();
    let oldest = hosts
        .iter()
        .min_by_key(|(_, host)| last_asked(host))
        .map(|(name, _)| name.clone());
    if let Some(oldest) = oldest {
        hosts.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_000 + seconds)
    }

    #[test]
    fn twenty_failures_in_thirty_seconds_open_the_circuit_and_a_success_closes_it() {
        let paces = Paces::default();
        for second in 0..20 {
            assert_eq!(paces.enter("x", at(second)), Ok(()));
            paces.failed("x", at(second));
        }
        assert_eq!(paces.enter("x", at(20)), Err(at(49)));
        assert_eq!(paces.closed_until("x", at(20)), Some(at(49)));
        assert_eq!(
            paces.enter("y", at(20)),
            Ok(()),
            "another host is not meant"
        );
        assert_eq!(paces.enter("x", at(49)), Ok(()), "one tries");
        assert_eq!(paces.enter("x", at(50)), Err(at(79)), "the others wait");
        paces.succeeded("x");
        assert_eq!(paces.enter("x", at(51)), Ok(()));
    }

    #[test]
    fn failures_far_apart_open_nothing() {
        let paces = Paces::default();
        for count in 0..100 {
            assert_eq!(paces.enter("x", at(count * 2)), Ok(()));
            paces.failed("x", at(count * 2));
        }
    }

    #[test]
    fn a_host_is_asked_so_often_a_second() {
        let paces = Paces::default();
        for _ in 0..REQUESTS_PER_S_MOST {
            assert_eq!(paces.enter("x", at(0)), Ok(()));
        }
        assert_eq!(paces.enter("x", at(0)), Err(at(1)));
        assert_eq!(paces.enter("x", at(1)), Ok(()));
    }

    #[test]
    fn memory_does_not_grow_with_hosts() {
        let paces = Paces::default();
        for count in 0..3_000 {
            assert_eq!(paces.enter(&count.to_string(), at(count)), Ok(()));
        }
        assert_eq!(paces.0.lock().len(), HOSTS_MOST);
    }
}
