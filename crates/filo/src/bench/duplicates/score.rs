//! How right the search was: pairs of records, after grouping.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::duplicate::{Found, Table};

use super::super::figure::real;
use super::truth::Truth;

/// Pairs that were said, that are true, and that are both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    said: u64,
    is_true: u64,
    both: u64,
}

impl Counts {
    pub(super) fn precision(self) -> Option<f64> {
        (self.said > 0).then(|| real(self.both) / real(self.said))
    }

    pub(super) fn recall(self) -> Option<f64> {
        (self.is_true > 0).then(|| real(self.both) / real(self.is_true))
    }

    pub(super) fn f1(self) -> Option<f64> {
        let all = self.said + self.is_true;
        (self.is_true > 0).then(|| 2.0 * real(self.both) / real(all))
    }
}

/// All counts of one search.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Score {
    /// What is linked.
    pub(super) linked: Counts,
    /// What is linked, and everything that is proposed.
    pub(super) with_queue: Counts,
    /// What is linked once every proposal was answered rightly.
    pub(super) reviewed: Counts,
    proposed: u64,
    right: u64,
}

impl Score {
    /// The share of proposals that are right.
    pub(super) fn proposed_right(&self) -> Option<f64> {
        (self.proposed > 0).then(|| real(self.right) / real(self.proposed))
    }
}

/// Compares what was found with what is known.
pub(super) fn score(table: &Table, found: &Found, truth: &Truth) -> Score {
    let known = Known::new(table, truth);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (row, group) in (0..).zip(&found.groups) {
        members.entry(*group).or_default().push(row);
    }
    let mut said: BTreeSet<(u32, u32)> = BTreeSet::new();
    for group in members.values() {
        said.extend(pairs_of(group));
    }
    let mut score = Score {
        linked: known.count(&said),
        ..Score::default()
    };
    let (mut with_queue, mut parent) = (said, found.groups.clone());
    for proposal in &found.proposed {
        let group = |row: u32| found.groups.get(row as usize).copied().unwrap_or(row);
        let Some(is_right) = known.is_same(proposal.a, proposal.b) else {
            continue;
        };
        score.proposed += 1;
        score.right += u64::from(is_right);
        let (ours, theirs) = (group(proposal.a), group(proposal.b));
        for a in &members[&ours] {
            let pairs = members[&theirs].iter().map(|b| (*a.min(b), *a.max(b)));
            with_queue.extend(pairs);
        }
        if is_right {
            let (one, other) = (root(&parent, ours), root(&parent, theirs));
            parent[one.max(other) as usize] = one.min(other);
        }
    }
    score.with_queue = known.count(&with_queue);
    let mut reviewed: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for row in (0..).take(table.len()) {
        reviewed.entry(root(&parent, row)).or_default().push(row);
    }
    let reviewed = reviewed
        .values()
        .flat_map(|group| pairs_of(group))
        .collect();
    score.reviewed = known.count(&reviewed);
    score
}

fn pairs_of(group: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let places = 0..group.len();
    places.flat_map(move |at| group[at + 1..].iter().map(move |b| (group[at], *b)))
}

fn root(parent: &[u32], mut row: u32) -> u32 {
    while parent[row as usize] != row {
        row = parent[row as usize];
    }
    row
}

/// The truth by rows.
struct Known<'a> {
    table: &'a Table,
    truth: &'a Truth,
    is_true: u64,
}

impl<'a> Known<'a> {
    fn new(table: &'a Table, truth: &'a Truth) -> Self {
        let is_true = match truth {
            Truth::Groups(groups) => {
                let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
                for group in groups.values() {
                    *sizes.entry(*group).or_default() += 1;
                }
                sizes.values().map(|size| size * (size - 1) / 2).sum()
            }
            Truth::Pairs { same, .. } => same.len() as u64,
            Truth::Unknown => 0,
        };
        Self {
            table,
            truth,
            is_true,
        }
    }

    /// Whether two rows are the same; nothing where nobody looked at both.
    fn is_same(&self, a: u32, b: u32) -> Option<bool> {
        let (a, b) = (self.table.key(a), self.table.key(b));
        match self.truth {
            Truth::Groups(groups) => Some(groups.get(&a)? == groups.get(&b)?),
            Truth::Pairs { same, seen } => (seen.contains(&a) && seen.contains(&b))
                .then(|| same.contains(&(a.min(b), a.max(b)))),
            Truth::Unknown => None,
        }
    }

    fn count(&self, said: &BTreeSet<(u32, u32)>) -> Counts {
        let mut counts = Counts {
            is_true: self.is_true,
            ..Counts::default()
        };
        for same in said.iter().filter_map(|(a, b)| self.is_same(*a, *b)) {
            counts.said += 1;
            counts.both += u64::from(same);
        }
        counts
    }
}
