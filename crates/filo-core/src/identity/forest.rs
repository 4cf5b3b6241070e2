//! Customers while they are being joined: a union–find whose sets know what the rules ask about.
//!
//! **Invariant:** every question about two sets has an answer that can only turn from "may join"
//! to "may not" as either grows.

use smallvec::SmallVec;

use super::clustering::Obstacle;
use super::graph::Graph;
use super::{Kind, Limit, Rules, Strength};
use crate::time::Timestamp;

type Times = SmallVec<[(Kind, Timestamp); 2]>;

/// Why two sets are to be joined.
pub(super) struct Grounds {
    /// Only a claim says so.
    pub(super) is_claim: bool,
    /// Which limits do not count.
    pub(super) lifted: Lifted,
}

/// Which limits do not count for a link.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lifted {
    /// All count.
    Nothing,
    /// An alias that can be believed says that two user ids are one person's.
    UserIds,
    /// A person of the company decided.
    Everything,
}

/// One set.
struct Group {
    size: u32,
    people: u32,
    has_verified_person: bool,
    /// Why links of less trust cannot join this device any more.
    settled: Option<Obstacle>,
    /// When each identifier was first seen, by kind and time.
    times: Times,
}

/// The sets, by the place of one of their nodes, the root.
pub(super) struct Forest<'a> {
    rules: &'a Rules,
    apart: &'a [(usize, usize)],
    parent: SmallVec<[usize; 24]>,
    groups: SmallVec<[Group; 24]>,
}

impl<'a> Forest<'a> {
    /// Every node alone.
    pub(super) fn new(graph: &'a Graph<'_>, rules: &'a Rules) -> Self {
        let group = |facts: &super::NodeFacts| Group {
            size: 1,
            people: u32::from(facts.kind.strength() == Strength::Person),
            has_verified_person: facts.is_verified_person(),
            settled: None,
            times: SmallVec::from_slice(&[(facts.kind, facts.first_seen)]),
        };
        Self {
            rules,
            apart: &graph.apart,
            parent: (0..graph.nodes.len()).collect(),
            groups: graph.nodes.iter().map(group).collect(),
        }
    }

    /// The root of a node's set.
    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            // Path halving.
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Whether a set holds an identifier of a person.
    pub(super) fn has_people(&self, root: usize) -> bool {
        self.groups[root].people > 0
    }

    /// Whether a node's set holds an identifier of a person.
    pub(super) fn has_people_at(&mut self, at: usize) -> bool {
        let root = self.root(at);
        self.has_people(root)
    }

    /// Keeps links of less trust from joining a set.
    pub(super) fn settle(&mut self, root: usize, reason: Obstacle) {
        self.groups[root].settled = Some(reason);
    }

    /// Whether, and why, a set is settled.
    pub(super) fn settled(&self, root: usize) -> Option<Obstacle> {
        self.groups[root].settled
    }

    /// Whether a person keeps a node of one set apart from a node of the other.
    pub(super) fn are_kept_apart(&mut self, one: usize, other: usize) -> bool {
        let apart = self.apart;
        apart.iter().any(|(a, b)| {
            let ends = (self.root(*a), self.root(*b));
            ends == (one, other) || ends == (other, one)
        })
    }

    /// What stands against joining two sets.
    pub(super) fn obstacle(
        &mut self,
        one: usize,
        other: usize,
        grounds: &Grounds,
    ) -> Option<Obstacle> {
        if self.are_kept_apart(one, other) {
            return Some(Obstacle::KeptApart);
        }
        let (one, other) = (&self.groups[one], &self.groups[other]);
        if grounds.is_claim && one.has_verified_person && other.has_verified_person {
            return Some(Obstacle::TwoVerifiedPeople);
        }
        if one.size + other.size > self.rules.customer_cap {
            return Some(Obstacle::CustomerFull);
        }
        let people_joins = (one.people + other.people).saturating_sub(1);
        if one.people > 0 && other.people > 0 && people_joins > self.rules.merge_cap {
            return Some(Obstacle::TooManyMerges);
        }
        let (small, large) = if one.times.len() <= other.times.len() {
            (&one.times, &other.times)
        } else {
            (&other.times, &one.times)
        };
        broken_limit(small, large, self.rules, grounds.lifted).map(Obstacle::Limit)
    }

    /// Makes one set of two.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (root, gone) = if self.groups[one].size < self.groups[other].size {
            (other, one)
        } else {
            (one, other)
        };
        self.parent[gone] = root;
        let times = std::mem::take(&mut self.groups[gone].times);
        let (size, people) = (self.groups[gone].size, self.groups[gone].people);
        let has_verified_person = self.groups[gone].has_verified_person;
        let group = &mut self.groups[root];
        group.size += size;
        group.people += people;
        group.has_verified_person |= has_verified_person;
        if times.len() == 1 {
            let place = group.times.partition_point(|time| *time < times[0]);
            group.times.insert(place, times[0]);
        } else {
            group.times.extend(times);
            group.times.sort_unstable();
        }
    }
}

/// The first kind of which the two together have more than its limit, counting only what the
/// join brings about: what one side has alone was allowed, or a person wanted it.
fn broken_limit(
    small: &[(Kind, Timestamp)],
    large: &[(Kind, Timestamp)],
    rules: &Rules,
    lifted: Lifted,
) -> Option<Kind> {
    if lifted == Lifted::Everything {
        return None;
    }
    for ours in small.chunk_by(|one, next| one.0 == next.0) {
        let kind = ours[0].0;
        let from = large.partition_point(|time| time.0 < kind);
        let theirs = &large[from..];
        let theirs = &theirs[..theirs.partition_point(|time| time.0 <= kind)];
        let is_lifted = lifted == Lifted::UserIds && kind == Kind::UserId;
        if !is_lifted && !theirs.is_empty() && is_crowded(ours, theirs, rules.limit(kind)) {
            return Some(kind);
        }
    }
    None
}

/// Whether more than the limit, some of ours and some of theirs among them, fall in one window.
fn is_crowded(ours: &[(Kind, Timestamp)], theirs: &[(Kind, Timestamp)], limit: Limit) -> bool {
    let most = limit.most as usize;
    if ours.len() + theirs.len() <= most {
        return false;
    }
    let (Some(length), [(_, first), ..], [.., (_, last)]) =
        (limit.window.length_micros(), ours, ours)
    else {
        return true;
    };
    // Only what is near enough to ours can share a window with it.
    let (from, until) = (first.plus_micros(-length), last.plus_micros(length));
    let theirs = &theirs[theirs.partition_point(|(_, at)| *at <= from)..];
    let theirs = &theirs[..theirs.partition_point(|(_, at)| *at < until)];
    let mut times: SmallVec<[(Timestamp, bool); 16]> =
        ours.iter().map(|(_, at)| (*at, true)).collect();
    times.extend(theirs.iter().map(|(_, at)| (*at, false)));
    times.sort_unstable();
    times.windows(most + 1).any(|window| {
        let (Some(first), Some(last)) = (window.first(), window.last()) else {
            return false;
        };
        let is_mixed = window.iter().any(|(_, ours)| *ours) && window.iter().any(|(_, ours)| !ours);
        is_mixed && last.0.micros_since(first.0) < length
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Window;

    #[test]
    fn a_window_is_crowded_by_both_sides_together() {
        let seen = |days: &[i64]| -> Vec<(Kind, Timestamp)> {
            let at = |day: &i64| Timestamp::from_seconds(day * 86_400);
            days.iter()
                .map(|day| (Kind::AnonymousId, at(day)))
                .collect()
        };
        let limit = |most, window| Limit { most, window };
        let week = limit(2, Window::Week);
        let cases: [(&[i64], &[i64], Limit, bool); 9] = [
            (&[0], &[1], week, false),
            (&[0], &[1, 2], week, true),
            (&[3], &[0, 9], week, false),
            (&[3], &[0, 6], week, true),
            // Exactly a week apart is not within a week.
            (&[0], &[6, 7], week, false),
            (&[0, 1], &[100, 101], week, false),
            (&[0, 100], &[101, 106], week, true),
            // What one side has alone is not this join's doing.
            (&[0, 100], &[50, 50, 50], week, false),
            (&[0, 1000], &[5000], limit(2, Window::Ever), true),
        ];
        for (ours, theirs, limit, expected) in cases {
            assert_eq!(
                is_crowded(&seen(ours), &seen(theirs), limit),
                expected,
                "{ours:?} {theirs:?}"
            );
        }
    }
}
