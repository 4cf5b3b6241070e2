//! Which pairs are worth comparing: those that share a key. All pairs of a million records would
//! be half a billion thousand.
//!
//! **Invariant:** the pairs come sorted, each once, and no pass has more than its bound.

/// Two records, the lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair(u64);

impl Pair {
    /// The pair of two records.
    #[must_use]
    pub fn of(one: u32, other: u32) -> Self {
        Self(u64::from(one.min(other)) << 32 | u64::from(one.max(other)))
    }

    /// The lower.
    #[must_use]
    pub const fn a(self) -> u32 {
        let [a, b, c, d, ..] = self.0.to_be_bytes();
        u32::from_be_bytes([a, b, c, d])
    }

    /// The higher.
    #[must_use]
    pub const fn b(self) -> u32 {
        let [.., a, b, c, d] = self.0.to_be_bytes();
        u32::from_be_bytes([a, b, c, d])
    }
}

/// How much one pass may propose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Records under one key.
    pub block_most: usize,
    /// Pairs of the whole pass.
    pub pairs_most: usize,
}

/// What is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocking {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// Keys that propose none because too many records share them.
    pub skipped: u64,
}

/// The pairs of records `0..records` that share a key in a pass. `keys` gives those of a record.
/// Where a pass has more pairs than its bound, keys that fewer records share come first: they
/// prove more.
pub fn candidates(
    records: u32,
    passes: &[Bound],
    keys: impl Fn(usize, u32, &mut Vec<u64>),
) -> Blocking {
    let mut found = Blocking::default();
    let mut keyed: Vec<(u64, u32)> = Vec::new();
    let mut of_record = Vec::new();
    for (pass, bound) in passes.iter().enumerate() {
        keyed.clear();
        for record in 0..records {
            of_record.clear();
            keys(pass, record, &mut of_record);
            keyed.extend(of_record.iter().map(|key| (*key, record)));
        }
        keyed.sort_unstable();
        keyed.dedup();
        let most = block_most(&keyed, *bound);
        for block in blocks(&keyed) {
            if block.len() > most {
                found.skipped += 1;
                continue;
            }
            for (place, (_, low)) in block.iter().enumerate() {
                let rest = block[place + 1..].iter();
                found
                    .pairs
                    .extend(rest.map(|(_, high)| Pair::of(*low, *high)));
            }
        }
        found.pairs.sort_unstable();
        found.pairs.dedup();
    }
    found
}

fn blocks(keyed: &[(u64, u32)]) -> impl Iterator<Item = &[(u64, u32)]> {
    keyed.chunk_by(|one, other| one.0 == other.0)
}

/// The largest block that still fits, when the smaller ones have been taken.
fn block_most(keyed: &[(u64, u32)], bound: Bound) -> usize {
    let mut pairs_of = vec![0_usize; bound.block_most + 1];
    for block in blocks(keyed) {
        if let Some(pairs) = pairs_of.get_mut(block.len()) {
            *pairs += block.len() * (block.len() - 1) / 2;
        }
    }
    let mut sum = 0;
    let mut fits = |pairs: &usize| {
        sum += pairs;
        sum <= bound.pairs_most
    };
    pairs_of
        .iter()
        .take_while(|pairs| fits(pairs))
        .count()
        .saturating_sub(1)
}

/// So many pairs spread evenly over all pairs of records: the same ones every time. Where fewer
/// exist, all of them.
#[must_use]
pub fn random_pairs(records: u32, wanted: u32) -> Vec<Pair> {
    let all = u64::from(records) * u64::from(records.saturating_sub(1)) / 2;
    if all <= u64::from(wanted) {
        let partners = |a: u32| (a + 1..records).map(move |b| Pair::of(a, b));
        return (0..records).flat_map(partners).collect();
    }
    let mut state = 0_u64;
    let mut draw = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let wide = u128::from(mixed(state)) * u128::from(records);
        u32::try_from(wide >> 64).unwrap_or(0)
    };
    let mut pairs = Vec::with_capacity(wanted as usize);
    while pairs.len() < wanted as usize {
        let (one, other) = (draw(), draw());
        if one != other {
            pairs.push(Pair::of(one, other));
        }
    }
    pairs
}

/// The finaliser of `SplitMix64` (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014): spreads a number over all 64 bits.
#[must_use]
pub const fn mixed(number: u64) -> u64 {
    let first = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let second = (first ^ (first >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    second ^ (second >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: Bound = Bound {
        block_most: 5,
        pairs_most: 100,
    };

    #[test]
    fn pairs_share_a_key_in_some_pass_and_come_once() {
        let keys = |pass: usize, record: u32, into: &mut Vec<u64>| {
            into.push(u64::from(record) / if pass == 0 { 2 } else { 4 });
        };
        let found = candidates(6, &[BOUND; 2], keys);
        let expected = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (4, 5)];
        let pairs: Vec<_> = found
            .pairs
            .iter()
            .map(|pair| (pair.a(), pair.b()))
            .collect();
        assert_eq!((pairs.as_slice(), found.skipped), (&expected[..], 0));
    }

    #[test]
    fn a_key_of_too_many_is_skipped() {
        let same = |_: usize, _: u32, into: &mut Vec<u64>| into.push(7);
        let found = candidates(6, &[BOUND], same);
        assert_eq!((found.pairs.len(), found.skipped), (0, 1));
        let several = |_: usize, record: u32, into: &mut Vec<u64>| {
            into.extend([1, 1 + u64::from(record % 2)]);
        };
        let found = candidates(4, &[BOUND], several);
        assert_eq!(
            found.pairs.len(),
            6,
            "two keys in one pass propose a pair once"
        );
    }

    #[test]
    fn of_too_many_pairs_those_of_rarer_keys_are_taken() {
        // Keys of two, three and four records: 1, 3 and 6 pairs.
        let keys = |_: usize, record: u32, into: &mut Vec<u64>| {
            into.push([0, 0, 1, 1, 1, 2, 2, 2, 2][record as usize]);
        };
        for (pairs_most, expected) in [(0, 0), (1, 1), (4, 4), (9, 4), (10, 10)] {
            let bound = Bound {
                pairs_most,
                ..BOUND
            };
            assert_eq!(candidates(9, &[bound], keys).pairs.len(), expected);
        }
    }

    #[test]
    fn random_pairs_are_the_same_every_time_and_all_where_there_are_few() {
        assert_eq!(random_pairs(4, 100).len(), 6);
        let some = random_pairs(1000, 500);
        assert_eq!(some, random_pairs(1000, 500));
        assert!(some.iter().all(|it| it.a() < it.b() && it.b() < 1000));
        let mean = some
            .iter()
            .map(|it| f64::from(it.a() + it.b()))
            .sum::<f64>()
            / 500.0;
        assert!((900.0..1100.0).contains(&mean), "{mean}");
    }
}
