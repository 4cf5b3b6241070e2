//! From pairs to groups, without chains: A like B and B like C does not make C the same as A.
//!
//! The strongest pair is joined first. Two groups join only if what their members say of each
//! other, on average, speaks for it, and no two of them contradict each other: average linkage
//! (Sokal, Michener, "A statistical method for evaluating systematic relationships", University
//! of Kansas Science Bulletin 38 (1958), 1409–1438) with what must not be joined.
//!
//! **Invariant:** groups are a function of the edges and the evidence, whatever the order in
//! which edges are given; records are told apart by their number only where weights are equal.

/// Two records and log2 of the odds that they are the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// In bits.
    pub weight: f32,
}

/// What joining asks for, in bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The least weight of the pair that begins it.
    pub weight_least: f32,
    /// The least of what the members of the two groups say of each other on average.
    pub mean_least: f32,
    /// What no two of them may fall below.
    pub evidence_least: f32,
    /// Members of a group.
    pub members_most: usize,
}

/// Which group each record is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// By record: the lowest record of its group.
    pub of: Vec<u32>,
    /// Pairs that were strong enough and were kept apart.
    pub refused: u64,
}

/// Groups records. `evidence` says what speaks for two records being the same, in bits, without
/// what was known before: 0 where nothing can be compared.
pub fn group(
    records: u32,
    mut edges: Vec<Edge>,
    limits: &Limits,
    evidence: impl Fn(u32, u32) -> f32,
) -> Grouping {
    edges.retain(|edge| edge.weight >= limits.weight_least && edge.a != edge.b);
    for edge in &mut edges {
        (edge.a, edge.b) = (edge.a.min(edge.b), edge.a.max(edge.b));
    }
    edges.sort_unstable_by(|one, other| {
        let by_weight = other.weight.total_cmp(&one.weight);
        by_weight.then_with(|| (one.a, one.b).cmp(&(other.a, other.b)))
    });
    let mut of: Vec<u32> = (0..records).collect();
    let mut members: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
    let mut refused = 0;
    for edge in edges {
        let place = |record: u32| record as usize;
        let (Some(one), Some(other)) = (of.get(place(edge.a)), of.get(place(edge.b))) else {
            continue;
        };
        let (one, other) = (*one.min(other), *one.max(other));
        if one == other {
            continue;
        }
        let alone = |group: u32| vec![group];
        let ours = members.get(&one).cloned().unwrap_or_else(|| alone(one));
        let theirs = members.get(&other).cloned().unwrap_or_else(|| alone(other));
        if !may_join(&ours, &theirs, limits, &evidence) {
            refused += 1;
            continue;
        }
        members.remove(&other);
        for record in &theirs {
            of[place(*record)] = one;
        }
        let joined = members.entry(one).or_insert(ours);
        joined.extend(theirs);
    }
    Grouping { of, refused }
}

fn may_join(
    ours: &[u32],
    theirs: &[u32],
    limits: &Limits,
    evidence: &impl Fn(u32, u32) -> f32,
) -> bool {
    if ours.len() + theirs.len() > limits.members_most {
        return false;
    }
    let (mut sum, mut pairs) = (0.0_f64, 0.0_f64);
    for a in ours {
        for b in theirs {
            let bits = evidence(*a.min(b), *a.max(b));
            if bits < limits.evidence_least {
                return false;
            }
            sum += f64::from(bits);
            pairs += 1.0;
        }
    }
    sum >= f64::from(limits.mean_least) * pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        weight_least: 1.0,
        mean_least: 0.0,
        evidence_least: -6.0,
        members_most: 30,
    };

    fn edge(a: u32, b: u32, weight: f32) -> Edge {
        Edge { a, b, weight }
    }

    /// What the pairs of a table say; nothing of others.
    fn says(table: &[(u32, u32, f32)]) -> impl Fn(u32, u32) -> f32 {
        move |a, b| {
            let found = table.iter().find(|it| (it.0, it.1) == (a, b));
            found.map_or(0.0, |it| it.2)
        }
    }

    #[test]
    fn a_chain_stops_where_its_ends_contradict_each_other() {
        let edges = vec![edge(0, 1, 9.0), edge(1, 2, 8.0)];
        let quiet = group(3, edges.clone(), &LIMITS, says(&[(0, 1, 9.0), (1, 2, 8.0)]));
        assert_eq!(quiet.of, [0, 0, 0]);
        let table = [(0, 1, 9.0), (1, 2, 8.0), (0, 2, -7.0)];
        let apart = group(3, edges.clone(), &LIMITS, says(&table));
        assert_eq!((apart.of, apart.refused), (vec![0, 0, 2], 1));
        let table = [(0, 1, 9.0), (1, 2, 2.0), (0, 2, -5.0)];
        assert_eq!(group(3, edges, &LIMITS, says(&table)).of, [0, 0, 2]);
    }

    #[test]
    fn groups_are_not_larger_than_allowed() {
        let edges = (0..40).map(|at| edge(at, at + 1, 9.0)).collect();
        let found = group(41, edges, &LIMITS, |_, _| 5.0);
        let first = found.of.iter().filter(|group| **group == 0).count();
        assert!(first <= 30 && found.refused > 0, "{first}");
    }

    #[test]
    fn the_order_of_edges_changes_nothing() {
        let mut edges: Vec<Edge> = (0..60_u32)
            .map(|at| {
                let a = at * 7 % 20;
                let b = (at * 11 + 3) % 20;
                edge(a, b, f32::from(u8::try_from(at % 9).unwrap()))
            })
            .collect();
        let evidence = |a: u32, b: u32| if (a + b).is_multiple_of(5) { -7.0 } else { 3.0 };
        let first = group(20, edges.clone(), &LIMITS, evidence);
        edges.reverse();
        assert_eq!(group(20, edges.clone(), &LIMITS, evidence), first);
        edges.rotate_left(17);
        for edge in &mut edges {
            std::mem::swap(&mut edge.a, &mut edge.b);
        }
        assert_eq!(group(20, edges, &LIMITS, evidence), first);
    }
}
