//! The search through all records: learn, bring together, weigh, group.
//!
//! **Invariant:** memory and time are bounded: so many pairs at most, so many records under one
//! key.

use std::num::NonZero;

use filo_stats::linkage::model::{probability, weight};
use filo_stats::linkage::{
    Counted, Edge, Evidence, Grouping, Limits, Model, Pair, Pattern, candidates, group,
    random_pairs,
};

use super::comparing::Agreement;
use super::keys::bounds;
use super::knowledge::Knowledge;
use super::record::Field;
use super::table::Table;

/// Random pairs that show what strangers share.
const RANDOM_PAIRS: u32 = 400_000;
/// Candidate pairs from which is learned.
const LEARNED_PAIRS: usize = 600_000;
/// A name is rarer than the average by at most so many bits, and commoner by at most so many.
const RARITY_BITS: std::ops::RangeInclusive<f64> = -7.0..=7.0;
/// A share that is counted stands beside so many records of the usual share.
const USUAL_RECORDS: f64 = 100.0;
/// Two records with so many bits against them are never in one group.
const CONTRADICTION_BITS: f32 = -6.0;
/// Records of one person.
const MEMBERS_MOST: usize = 30;

/// From which probability on something happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// They count as one person.
    pub linked: f64,
    /// A person is asked.
    pub proposed: f64,
}

/// Two rows that may be the same person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The row with the lower key.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// log2 of the odds.
    pub weight: f32,
}

impl Candidate {
    /// The probability that they are the same person.
    #[must_use]
    pub fn probability(&self) -> f64 {
        probability(f64::from(self.weight))
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// What the records taught.
    pub knowledge: Knowledge,
    /// The group of each row: the lowest row of it.
    pub groups: Vec<u32>,
    /// Pairs of one group that are likely enough by themselves, likeliest first.
    pub linked: Vec<Candidate>,
    /// Pairs of different groups about which a person is asked, likeliest first.
    pub proposed: Vec<Candidate>,
    /// Pairs that were compared.
    pub compared: u64,
    /// Values that too many records share to be asked about.
    pub skipped: u64,
}

/// Weighs pairs of a table.
#[derive(Debug)]
pub struct Judge<'a> {
    table: &'a Table,
    model: Model,
    /// Chance that strangers agree on first name, family name, place.
    usual: [f64; 3],
    /// Records that have them.
    counted: [f64; 3],
}

impl<'a> Judge<'a> {
    /// A judge of a table for so many records in all.
    #[must_use]
    pub fn new(table: &'a Table, knowledge: &Knowledge, records: usize) -> Option<Self> {
        let model = knowledge.model(records)?;
        let level = |field: Field, level: usize| {
            let chances = model.comparisons().get(field.place());
            chances.and_then(|it| it.other.get(level)).copied()
        };
        let usual = [
            level(Field::FirstName, 6)?,
            level(Field::LastName, 4)?,
            level(Field::Home, 1)?,
        ];
        Some(Self {
            counted: table.lexicon.counted(),
            table,
            model,
            usual,
        })
    }

    /// log2 of the odds that two rows are the same person.
    #[must_use]
    pub fn weigh(&self, a: u32, b: u32) -> f64 {
        let found = self.table.agreement(a, b);
        self.model.weigh(found.pattern, &self.rarity(&found))
    }

    /// What the fields say, without how likely it was before.
    #[must_use]
    pub fn evidence(&self, a: u32, b: u32) -> f64 {
        let found = self.table.agreement(a, b);
        self.model.evidence(found.pattern, &self.rarity(&found))
    }

    /// The weight with the part of each field, in the order of [`Field::ALL`].
    #[must_use]
    pub fn explain(&self, a: u32, b: u32) -> Evidence {
        let found = self.table.agreement(a, b);
        self.model.explain(found.pattern, &self.rarity(&found))
    }

    fn rarity(&self, found: &Agreement) -> [f64; 8] {
        let bits = |place: usize| {
            let share = found.shares[place];
            if share <= 0.0 {
                return 0.0;
            }
            let (usual, all) = (self.usual[place].max(1e-9), self.counted[place]);
            // Among few records, one name is soon that of half of them.
            let share = (share * all + usual * USUAL_RECORDS) / (all + USUAL_RECORDS);
            (share / usual)
                .log2()
                .clamp(*RARITY_BITS.start(), *RARITY_BITS.end())
        };
        let mut rarity = [0.0; 8];
        rarity[Field::FirstName.place()] = bits(0);
        rarity[Field::LastName.place()] = bits(1);
        rarity[Field::Home.place()] = bits(2);
        rarity
    }
}

/// A search with its thresholds.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// From which probability on something happens.
    pub threshold: Threshold,
    /// Threads that compare.
    pub threads: NonZero<usize>,
}

impl Search {
    /// Searches a finished table.
    #[must_use]
    pub fn run(&self, table: &Table) -> Option<Found> {
        let records = u32::try_from(table.len()).ok()?;
        let blocking = candidates(records, &bounds(records), |pass, row, into| {
            table.keys(pass, row, into);
        });
        let random = self.count(table, &random_pairs(records, RANDOM_PAIRS), 1);
        let stride = blocking.pairs.len().div_ceil(LEARNED_PAIRS).max(1);
        let counted = self.count(table, &blocking.pairs, stride);
        let mut knowledge = Knowledge::learned(&random, &counted, table.len())?;
        knowledge.commonest = table.commonest();
        let judge = Judge::new(table, &knowledge, table.len())?;
        let likely = self.weigh(&judge, &blocking.pairs);
        let grouping = self.group(&judge, &likely, records);
        let (linked, proposed) = sorted_out(&grouping, likely, self.threshold);
        Some(Found {
            groups: grouping.of,
            linked,
            proposed,
            compared: blocking.pairs.len() as u64,
            skipped: blocking.skipped,
            knowledge,
        })
    }

    /// How often each pattern comes; of many pairs, every so many-th.
    fn count(&self, table: &Table, pairs: &[Pair], stride: usize) -> Vec<Counted> {
        let mut patterns: Vec<Pattern> = self.each(pairs, stride, |pair| {
            Some(table.agreement(pair.a(), pair.b()).pattern)
        });
        patterns.sort_unstable();
        let weight = f64::from(u32::try_from(stride).unwrap_or(u32::MAX));
        let many = |same: &[Pattern]| f64::from(u32::try_from(same.len()).unwrap_or(u32::MAX));
        patterns
            .chunk_by(|one, other| one == other)
            .map(|same| Counted {
                pattern: same[0],
                pairs: weight * many(same),
            })
            .collect()
    }

    fn weigh(&self, judge: &Judge<'_>, pairs: &[Pair]) -> Vec<Candidate> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a weight needs no more digits"
        )]
        let least = weight(self.threshold.proposed.min(self.threshold.linked)) as f32;
        self.each(pairs, 1, |pair| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a weight needs no more digits"
            )]
            let weight = judge.weigh(pair.a(), pair.b()) as f32;
            (weight >= least).then_some(Candidate {
                a: pair.a(),
                b: pair.b(),
                weight,
            })
        })
    }

    fn group(&self, judge: &Judge<'_>, likely: &[Candidate], records: u32) -> Grouping {
        let edges = likely.iter().map(|it| Edge {
            a: it.a,
            b: it.b,
            weight: it.weight,
        });
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a weight needs no more digits"
        )]
        let limits = Limits {
            weight_least: weight(self.threshold.linked) as f32,
            mean_least: 0.0,
            evidence_least: CONTRADICTION_BITS,
            members_most: MEMBERS_MOST,
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a weight needs no more digits"
        )]
        let evidence = |a, b| judge.evidence(a, b) as f32;
        group(records, edges.collect(), &limits, evidence)
    }

    /// Asks something of every so many-th pair, on several threads, and keeps the order.
    fn each<T: Send>(
        &self,
        pairs: &[Pair],
        stride: usize,
        ask: impl Fn(&Pair) -> Option<T> + Sync,
    ) -> Vec<T> {
        let part = pairs
            .len()
            .div_ceil(self.threads.get())
            .next_multiple_of(stride)
            .max(1);
        let ask = &ask;
        let of_part = move |part: &[Pair]| part.iter().step_by(stride).filter_map(ask).collect();
        std::thread::scope(|scope| {
            let parts: Vec<_> = pairs
                .chunks(part)
                .map(|part| scope.spawn(move || -> Vec<T> { of_part(part) }))
                .collect();
            let mut all = Vec::new();
            for part in parts {
                match part.join() {
                    Ok(found) => all.extend(found),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            all
        })
    }
}

/// What is linked, and what is asked.
fn sorted_out(
    grouping: &Grouping,
    mut likely: Vec<Candidate>,
    threshold: Threshold,
) -> (Vec<Candidate>, Vec<Candidate>) {
    likely.sort_unstable_by(|one, other| {
        let by_weight = other.weight.total_cmp(&one.weight);
        by_weight.then_with(|| (one.a, one.b).cmp(&(other.a, other.b)))
    });
    let group = |row: u32| grouping.of.get(row as usize);
    let (mut linked, mut asked): (Vec<_>, Vec<_>) = likely
        .into_iter()
        .partition(|it| group(it.a) == group(it.b));
    linked.retain(|it| it.probability() >= threshold.linked);
    asked.retain(|it| it.probability() >= threshold.proposed);
    (linked, asked)
}
