//! Which words are first names, which are family names, and how common each is among these
//! people.
//!
//! **Invariant:** learned from the records alone; counts do not depend on their order.

use serde::{Deserialize, Serialize};

use super::interned::Texts;
use super::table::{Row, Table};

/// Names of each sort that are kept for later records: the commonest, which prove least.
const KEPT_MOST: usize = 2_000;

/// People who share a name that is kept: of fewer it would be about somebody.
const KEPT_LEAST: u32 = 5;

/// Counts by the number of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    /// How often a word is a first name and a family name, where that is known.
    said: Vec<[u32; 2]>,
    /// How many people have a name, first or last.
    names: Vec<u32>,
    /// How many people live in a town.
    towns: Vec<u32>,
    /// People with a name, and with a town.
    named: u32,
    placed: u32,
    /// It was learned from more records than those at hand.
    is_given: bool,
}

/// The commonest names and towns, to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commonest {
    /// First names.
    pub first: Vec<(String, u32)>,
    /// Family names.
    pub last: Vec<(String, u32)>,
    /// Towns.
    pub towns: Vec<(String, u32)>,
    /// People with a name.
    pub named: u32,
    /// People with a town.
    pub placed: u32,
}

impl Lexicon {
    /// Learns from those records that keep first and family name apart.
    pub(super) fn of(table: &Table) -> Self {
        let mut said = vec![[0_u32; 2]; table.texts.len()];
        for row in table
            .rows
            .iter()
            .filter(|row| row.first != 0 && row.last != 0)
        {
            for (sort, id) in [row.first, row.last].into_iter().enumerate() {
                if let Some(counts) = said.get_mut(id as usize) {
                    counts[sort] += 1;
                }
            }
        }
        Self {
            said,
            ..Self::default()
        }
    }

    /// How often a word is a first name (0) or a family name (1).
    pub(super) fn said(&self, texts: &Texts, word: &str, sort: usize) -> u32 {
        let counts = texts.find(word).and_then(|id| self.said.get(id as usize));
        counts.map_or(0, |counts| counts[sort])
    }

    /// Counts towns; a record with a postal code and no town gets the town that most others
    /// with that code name.
    pub(super) fn count_towns(&mut self, texts: &Texts, rows: &mut [Row]) {
        if !self.is_given {
            let mut pairs: Vec<(u32, u32)> = rows
                .iter()
                .filter(|row| row.postal_code != 0 && row.city != 0)
                .map(|row| (row.postal_code, row.city))
                .collect();
            pairs.sort_unstable_by_key(|(code, city)| (*code, texts.get(*city)));
            let mut town_of =
                hashbrown::HashMap::<u32, (u32, usize), ahash::RandomState>::default();
            for same in pairs.chunk_by(|one, other| one == other) {
                let (code, city) = same[0];
                let best = town_of.entry(code).or_insert((city, 0));
                if same.len() > best.1 {
                    *best = (city, same.len());
                }
            }
            for row in rows.iter_mut().filter(|row| row.city == 0) {
                row.city = town_of.get(&row.postal_code).map_or(0, |(city, _)| *city);
            }
            self.towns = vec![0; texts.len()];
            for row in rows.iter().filter(|row| row.city != 0) {
                self.placed += 1;
                if let Some(count) = self.towns.get_mut(row.city as usize) {
                    *count += 1;
                }
            }
        }
    }

    /// Counts names as they stand now.
    pub(super) fn count_names(&mut self, rows: &[Row], texts: usize) {
        if self.is_given {
            return;
        }
        self.names = vec![0; texts];
        for row in rows {
            self.named += u32::from(row.first != 0 || row.last != 0);
            for id in [row.first, row.last].into_iter().filter(|id| *id != 0) {
                if let Some(count) = self.names.get_mut(id as usize) {
                    *count += 1;
                }
            }
        }
    }

    /// How many people have a first name, a family name, a town.
    pub(super) fn counted(&self) -> [f64; 3] {
        [self.named, self.named, self.placed].map(f64::from)
    }

    /// The share of people who have this name; a name that is not known is taken as one of two.
    pub(super) fn name_share(&self, id: u32) -> f64 {
        share(self.names.get(id as usize), self.named)
    }

    /// The share of people who live in this town.
    pub(super) fn town_share(&self, id: u32) -> f64 {
        share(self.towns.get(id as usize), self.placed)
    }

    /// What later records need.
    pub(super) fn commonest(&self, table: &Table) -> Commonest {
        let texts = &table.texts;
        let top = |counts: &mut dyn Iterator<Item = (usize, u32)>| -> Vec<(String, u32)> {
            let mut all: Vec<(u32, &str)> = counts
                .filter(|(_, count)| *count >= KEPT_LEAST)
                .filter_map(|(id, count)| Some((count, texts.get(u32::try_from(id).ok()?))))
                .collect();
            all.sort_unstable_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1)));
            all.truncate(KEPT_MOST);
            let own = |(count, text): (u32, &str)| (text.to_owned(), count);
            all.into_iter().map(own).collect()
        };
        let sort = |sort: usize| {
            let said = self.said.iter().enumerate();
            said.filter(move |(_, counts)| counts[sort] > counts[1 - sort])
                .map(move |(id, counts)| (id, self.names.get(id).map_or(0, |_| counts[sort])))
        };
        Commonest {
            first: top(&mut sort(0)),
            last: top(&mut sort(1)),
            towns: top(&mut self.towns.iter().copied().enumerate()),
            named: self.named,
            placed: self.placed,
        }
    }

    /// What was kept, for the records at hand.
    pub(super) fn kept(commonest: &Commonest, texts: &mut Texts) -> Self {
        let mut kept = Self {
            named: commonest.named,
            placed: commonest.placed,
            is_given: true,
            ..Self::default()
        };
        let mut places = Vec::new();
        for (sort, names) in [&commonest.first, &commonest.last].into_iter().enumerate() {
            places.extend(
                names
                    .iter()
                    .map(|(text, count)| (texts.intern(text), *count, sort)),
            );
        }
        let towns: Vec<(u32, u32)> = commonest
            .towns
            .iter()
            .map(|(text, count)| (texts.intern(text), *count))
            .collect();
        kept.said = vec![[0; 2]; texts.len()];
        kept.names = vec![0; texts.len()];
        kept.towns = vec![0; texts.len()];
        for (id, count, sort) in places {
            kept.said[id as usize][sort] = count;
            kept.names[id as usize] += count;
        }
        for (id, count) in towns {
            kept.towns[id as usize] = count;
        }
        kept
    }
}

/// Two have it at least: those that are compared.
fn share(count: Option<&u32>, all: u32) -> f64 {
    let count = count.copied().unwrap_or(0).max(2);
    f64::from(count) / f64::from(all.max(2))
}
