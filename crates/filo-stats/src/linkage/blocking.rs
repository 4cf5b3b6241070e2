//! Which pairs are worth comparing: those that share a key. All pairs of a million records would
//! be half a billion thousand.
//!
//! **Invariant:** the pairs come sorted, each once, the lower record first; a key that more than
//! a number of records share proposes none.

/// Two records, the lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The lower.
    pub a: u32,
    /// The higher.
    pub b: u32,
}

/// Pairs kept before repetitions are dropped: what bounds the memory, in 64 MB.
const PAIRS_TOGETHER: usize = 8_000_000;

/// What is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocking {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// Keys that too many records share.
    pub skipped: u64,
    /// It stopped before the end because there were too many pairs.
    pub is_cut: bool,
}

/// The pairs of records `0..records` that share a key. `keys` gives those of a record in one of
/// so many passes, which should be ordered by what they prove: if there are more than
/// `pairs_most`, the last passes are left out.
pub fn candidates(
    records: u32,
    passes: usize,
    (block_most, pairs_most): (usize, usize),
    keys: impl Fn(usize, u32, &mut Vec<u64>),
) -> Blocking {
    let mut found = Blocking::default();
    let mut packed: Vec<u64> = Vec::new();
    let mut keyed: Vec<(u64, u32)> = Vec::new();
    let mut of_record = Vec::new();
    for pass in 0..passes {
        keyed.clear();
        for record in 0..records {
            of_record.clear();
            keys(pass, record, &mut of_record);
            keyed.extend(of_record.iter().map(|key| (*key, record)));
        }
        keyed.sort_unstable();
        keyed.dedup();
        for block in keyed.chunk_by(|one, other| one.0 == other.0) {
            if block.len() > block_most {
                found.skipped += 1;
                continue;
            }
            for (place, (_, low)) in block.iter().enumerate() {
                let rest = block[place + 1..].iter();
                packed.extend(rest.map(|(_, high)| u64::from(*low) << 32 | u64::from(*high)));
            }
            if packed.len() > PAIRS_TOGETHER.max(pairs_most) {
                tidy(&mut packed);
                if packed.len() > pairs_most {
                    found.is_cut = true;
                    packed.truncate(pairs_most);
                    break;
                }
            }
        }
        tidy(&mut packed);
        if found.is_cut {
            break;
        }
    }
    let halves = |pair: u64| Pair {
        a: u32::try_from(pair >> 32).unwrap_or(u32::MAX),
        b: u32::try_from(pair & 0xffff_ffff).unwrap_or(u32::MAX),
    };
    found.pairs = packed.into_iter().map(halves).collect();
    found
}

fn tidy(packed: &mut Vec<u64>) {
    packed.sort_unstable();
    packed.dedup();
}

/// So many pairs spread evenly over all pairs of records: the same ones every time. Where fewer
/// exist, all of them.
#[must_use]
pub fn random_pairs(records: u32, wanted: u32) -> Vec<Pair> {
    let all = u64::from(records) * u64::from(records.saturating_sub(1)) / 2;
    if all <= u64::from(wanted) {
        let partners = |a: u32| (a + 1..records).map(move |b| Pair { a, b });
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
            pairs.push(Pair {
                a: one.min(other),
                b: one.max(other),
            });
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

    fn pair(a: u32, b: u32) -> Pair {
        Pair { a, b }
    }

    #[test]
    fn pairs_share_a_key_in_some_pass_and_come_once() {
        let keys = |pass: usize, record: u32, into: &mut Vec<u64>| {
            into.push(u64::from(record) / if pass == 0 { 2 } else { 4 });
        };
        let found = candidates(6, 2, (10, 100), keys);
        let expected = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (4, 5)];
        assert_eq!(found.pairs, expected.map(|(a, b)| pair(a, b)));
        assert_eq!((found.skipped, found.is_cut), (0, false));
    }

    #[test]
    fn a_key_of_too_many_is_skipped_and_too_many_pairs_are_cut() {
        let same = |_: usize, _: u32, into: &mut Vec<u64>| into.push(7);
        let found = candidates(6, 1, (5, 100), same);
        assert_eq!((found.pairs.len(), found.skipped), (0, 1));
        let several = |_: usize, record: u32, into: &mut Vec<u64>| {
            into.extend([1, 1 + u64::from(record % 2)]);
        };
        let found = candidates(4, 1, (5, 100), several);
        assert_eq!(
            found.pairs.len(),
            6,
            "two keys in one pass propose a pair once"
        );
    }

    #[test]
    fn random_pairs_are_the_same_every_time_and_all_where_there_are_few() {
        assert_eq!(random_pairs(4, 100).len(), 6);
        let some = random_pairs(1000, 500);
        assert_eq!(some, random_pairs(1000, 500));
        assert!(some.iter().all(|it| it.a < it.b && it.b < 1000));
        let mean = some.iter().map(|it| f64::from(it.a + it.b)).sum::<f64>() / 500.0;
        assert!((900.0..1100.0).contains(&mean), "{mean}");
    }
}
