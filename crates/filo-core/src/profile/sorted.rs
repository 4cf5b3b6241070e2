//! A short list sorted by key, each key once, with a cap.
//!
//! **Invariant:** the content is a function of the *set* of entries ever added, not of their
//! order. When there are too many, the same ones are always left out: the lightest first, among
//! equals the greatest keys. An entry that belongs to the final list is never left out on the
//! way: in every subset it stands at least as far in front, because the others only gain weight.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Short lists take no more memory than they need: there are a dozen in each of a million
/// profiles, and most hold one entry or two.
const GROWN_SINGLY: usize = 16;

/// Something that has a key, and can take in what another entry of the same key knows.
pub(crate) trait Entry: Clone {
    /// Compares the keys.
    fn order(&self, other: &Self) -> Ordering;

    /// Takes in another entry of the same key; the order of doing so must not matter.
    fn absorb(&mut self, other: &Self);

    /// How much it matters that the entry is kept. It depends on the key; or it grows as more
    /// becomes known, and then nothing that was known before may still count.
    fn weight(&self) -> u8 {
        0
    }
}

/// At most `MOST` entries, sorted by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sorted<T, const MOST: usize> {
    entries: Vec<T>,
    overflow: bool,
}

impl<T, const MOST: usize> Default for Sorted<T, MOST> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            overflow: false,
        }
    }
}

impl<T: Entry, const MOST: usize> Sorted<T, MOST> {
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// Whether entries had to be left out.
    pub(crate) const fn is_overflown(&self) -> bool {
        self.overflow
    }

    /// Notes that something could not be kept.
    pub(crate) const fn set_overflown(&mut self) {
        self.overflow = true;
    }

    pub(crate) fn find(&self, order: impl FnMut(&T) -> Ordering) -> Option<&T> {
        let position = self.entries.binary_search_by(order).ok()?;
        self.entries.get(position)
    }

    pub(crate) fn find_mut(&mut self, order: impl FnMut(&T) -> Ordering) -> Option<&mut T> {
        let position = self.entries.binary_search_by(order).ok()?;
        self.entries.get_mut(position)
    }

    /// Adds an entry, or what it knows to the one of the same key. Gives back what had to be left
    /// out.
    pub(crate) fn add(&mut self, entry: T) -> Option<T> {
        match self
            .entries
            .binary_search_by(|present| present.order(&entry))
        {
            Ok(position) => {
                self.entries[position].absorb(&entry);
                None
            }
            Err(position) => {
                if self.entries.len() < GROWN_SINGLY {
                    self.entries.reserve_exact(1);
                }
                self.entries.insert(position, entry);
                self.leave_out()
            }
        }
    }

    /// Adds all entries of another list and hands over what had to be left out.
    pub(crate) fn merge(&mut self, other: &Self, mut left_out: impl FnMut(T)) {
        self.overflow |= other.overflow;
        if other.entries.is_empty() {
            return;
        }
        let mut union = Vec::with_capacity(self.entries.len() + other.entries.len());
        let mut theirs = other.entries.iter().peekable();
        for mut mine in std::mem::take(&mut self.entries) {
            while let Some(smaller) = theirs.next_if(|their| their.order(&mine).is_lt()) {
                union.push(smaller.clone());
            }
            if let Some(same) = theirs.next_if(|their| their.order(&mine).is_eq()) {
                mine.absorb(same);
            }
            union.push(mine);
        }
        union.extend(theirs.cloned());
        self.entries = union;
        while let Some(entry) = self.leave_out() {
            left_out(entry);
        }
    }

    fn leave_out(&mut self) -> Option<T> {
        if self.entries.len() <= MOST {
            return None;
        }
        self.overflow = true;
        let entries = self.entries.iter().enumerate();
        let (lightest, _) = entries
            .min_by_key(|(position, entry)| (entry.weight(), std::cmp::Reverse(*position)))?;
        Some(self.entries.remove(lightest))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    use super::{Entry, Ordering, Sorted};

    #[derive(Debug, Clone, PartialEq)]
    struct Tally(u8, u32);

    impl Entry for Tally {
        fn order(&self, other: &Self) -> Ordering {
            self.0.cmp(&other.0)
        }

        fn absorb(&mut self, other: &Self) {
            self.1 += other.1;
        }

        fn weight(&self) -> u8 {
            self.0 % 3
        }
    }

    fn list(keys: &[u8]) -> Sorted<Tally, 5> {
        let mut list = Sorted::default();
        for key in keys {
            list.add(Tally(*key, 1));
        }
        list
    }

    /// Proof makes claims forgotten, and outweighs them.
    #[derive(Debug, Clone, PartialEq)]
    struct Told {
        key: u8,
        is_proven: bool,
        sum: u32,
    }

    impl Entry for Told {
        fn order(&self, other: &Self) -> Ordering {
            self.key.cmp(&other.key)
        }

        fn absorb(&mut self, other: &Self) {
            match (self.is_proven, other.is_proven) {
                (false, true) => self.clone_from(other),
                (true, false) => {}
                (true, true) | (false, false) => self.sum += other.sum,
            }
        }

        fn weight(&self) -> u8 {
            u8::from(self.is_proven)
        }
    }

    fn told(entries: &[(u8, bool)]) -> Sorted<Told, 4> {
        let mut list = Sorted::default();
        for (key, is_proven) in entries {
            list.add(Told {
                key: *key,
                is_proven: *is_proven,
                sum: 1,
            });
        }
        list
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn content_depends_on_the_set_only(
            keys in proptest::collection::vec(0u8..16, 0..30),
            cut in 0usize..30,
        ) {
            let whole = list(&keys);
            let cut = cut.min(keys.len());
            let (mut first, second) = (list(&keys[..cut]), list(&keys[cut..]));
            first.merge(&second, drop);
            prop_assert_eq!(&first, &whole);

            let backwards: Vec<u8> = keys.iter().rev().copied().collect();
            prop_assert_eq!(&list(&backwards), &whole);

            let mut distinct = keys.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(whole.is_overflown(), distinct.len() > 5);
            distinct.sort_by_key(|key| (std::cmp::Reverse(key % 3), *key));
            distinct.truncate(5);
            prop_assert!(whole.iter().all(|tally| distinct.contains(&tally.0)));
            prop_assert_eq!(whole.iter().count(), distinct.len());
        }

        #[test]
        fn weight_may_grow_when_what_was_known_no_longer_counts(
            entries in proptest::collection::vec((0u8..12, proptest::bool::ANY), 0..30),
            cut in 0usize..30,
        ) {
            let whole = told(&entries);
            let cut = cut.min(entries.len());
            let (mut first, second) = (told(&entries[..cut]), told(&entries[cut..]));
            first.merge(&second, drop);
            prop_assert_eq!(&first, &whole);
            let backwards: Vec<_> = entries.iter().rev().copied().collect();
            prop_assert_eq!(&told(&backwards), &whole);
        }
    }
}
