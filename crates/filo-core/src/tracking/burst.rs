//! Who clicked, a person or a machine: by the shape of what came together, once it is over.
//!
//! How soon after sending says little: of the bursts in one site's log two thirds began 20 to 60
//! seconds after it, a quarter one to five minutes after
//! (github.com/putyourlightson/craft-campaign, issue 546).
//!
//! **Invariant:** the verdict is a function of the hits and of when the mail left, so it can be
//! asked again.

use std::collections::BTreeSet;

use crate::id::LinkId;
use crate::time::Timestamp;

/// No verdict before that: what comes together has come.
pub const WINDOW_SECONDS: i64 = 900;
/// What is farther apart does not belong together.
pub const GAP_SECONDS: i64 = 60;
/// Nobody opens so many links of a mail…
const LINKS_AT_ONCE: usize = 3;
/// … within so many seconds.
const AT_ONCE_SECONDS: i64 = 2;
/// Nobody has read a mail so soon after it was handed over.
const READ_SECONDS: i64 = 5;

/// One time that an address was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which link, or which mail.
    pub link: LinkId,
    /// When.
    pub at: Timestamp,
    /// It was the picture, not a link.
    pub is_open: bool,
    /// The program names itself as a machine.
    pub is_machine: bool,
}

/// Hits of one reader, by time, cut where nothing happened for a while.
pub fn bursts<T>(hits: Vec<T>, at: impl Fn(&T) -> Timestamp) -> Vec<Vec<T>> {
    let mut all: Vec<Vec<T>> = Vec::new();
    for hit in hits {
        let last = all.last().and_then(|burst| burst.last()).map(&at);
        let belongs = last.is_some_and(|last| at(&hit) <= last.plus_seconds(GAP_SECONDS));
        match all.last_mut().filter(|_| belongs) {
            Some(burst) => burst.push(hit),
            None => all.push(vec![hit]),
        }
    }
    all
}

/// Which hits of a burst, by time, came from machines. `links` is how many links the mail has,
/// `sent_at` when it was handed over, where that is known of the reader.
#[must_use]
pub fn machines(burst: &[Hit], links: usize, sent_at: Option<Timestamp>) -> Vec<bool> {
    let clicks: Vec<&Hit> = burst.iter().filter(|hit| !hit.is_open).collect();
    let is_whole = is_too_much(&clicks, links) || is_too_soon(burst, sent_at);
    let is_machine = |hit: &Hit| hit.is_machine || is_whole;
    burst.iter().map(is_machine).collect()
}

/// Several links at once, or every link of the mail.
fn is_too_much(clicks: &[&Hit], links: usize) -> bool {
    let at_once = clicks.iter().any(|first| {
        let until = first.at.plus_seconds(AT_ONCE_SECONDS);
        let close = clicks
            .iter()
            .filter(|it| first.at <= it.at && it.at <= until);
        let close: BTreeSet<LinkId> = close.map(|it| it.link).collect();
        close.len() >= LINKS_AT_ONCE || (close.len() == links && links > 1)
    });
    let all: BTreeSet<LinkId> = clicks.iter().map(|it| it.link).collect();
    at_once || (links >= LINKS_AT_ONCE && all.len() >= links)
}

/// A click before anybody can have read anything.
fn is_too_soon(burst: &[Hit], sent_at: Option<Timestamp>) -> bool {
    let Some(until) = sent_at.map(|at| at.plus_seconds(READ_SECONDS)) else {
        return false;
    };
    let first = burst.first().filter(|hit| !hit.is_open);
    first.is_some_and(|hit| hit.at <= until)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clicks as pairs of link and second.
    fn clicks(of: &[(u128, i64)]) -> Vec<Hit> {
        let hit = |&(link, at): &(u128, i64)| Hit {
            link: LinkId(link),
            at: Timestamp(0).plus_seconds(at),
            is_open: link == 0,
            is_machine: false,
        };
        of.iter().map(hit).collect()
    }

    fn is_machine(of: &[(u128, i64)], links: usize) -> bool {
        let said = machines(&clicks(of), links, Some(Timestamp(0)));
        assert!(said.iter().all(|it| *it == said[0]), "a burst is one");
        said[0]
    }

    #[test]
    fn the_shape_of_a_burst_says_who_it_was() {
        for (of, links, machine) in [
            (&[(1, 30)][..], 5, false),
            (&[(1, 30)], 1, false),
            // Three links within two seconds, at any time.
            (&[(1, 40), (2, 41), (3, 42)], 9, true),
            (&[(1, 4_000), (2, 4_000), (3, 4_001)], 9, true),
            (&[(1, 40), (2, 45), (3, 50)], 9, false),
            // The same link again and again is impatience.
            (&[(1, 40), (1, 41), (1, 41)], 9, false),
            // Every link, one after the other.
            (&[(1, 40), (2, 60), (3, 80)], 3, true),
            (&[(1, 40), (2, 60)], 2, false),
            (&[(1, 40), (2, 41)], 2, true),
            (&[(1, 40), (2, 41)], 3, false),
            // Before anybody can have read it.
            (&[(1, 3)], 5, true),
            (&[(0, 2), (1, 5)], 5, false),
        ] {
            assert_eq!(is_machine(of, links), machine, "{of:?} of {links}");
        }
        // Of whom it is not known when it left, soon says nothing.
        assert_eq!(machines(&clicks(&[(1, 3)]), 5, None), [false]);
    }

    #[test]
    fn who_names_itself_taints_nobody_else() {
        let mut hits = clicks(&[(0, 20), (1, 30)]);
        hits[0].is_machine = true;
        assert_eq!(machines(&hits, 5, None), [true, false]);
    }

    #[test]
    fn what_is_apart_is_judged_apart() {
        let all = clicks(&[(1, 20), (2, 21), (3, 22), (1, 400)]);
        let cut = bursts(all, |hit| hit.at);
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(machines(&cut[1], 9, None), [false]);
        assert!(bursts(Vec::<Hit>::new(), |hit| hit.at).is_empty());
    }
}
