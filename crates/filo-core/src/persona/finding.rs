//! The search: people in, groups out, or that there are none that would be found again.
//!
//! **Invariant:** the same people in the order of their ids with the same seed give the same
//! groups; who is where, and every count, is what the model says.

use filo_stats::clustering::stability::STABLE;
use filo_stats::clustering::{Choice, Effort, Level, Rows, choose};
use filo_stats::random::Random;
use serde::{Deserialize, Serialize};

use super::document::words;
use super::fact::{Fact, facts};
use super::features::{CODES, FEATURES_VERSION, Features, NUMBERS};
use super::model::{Group, Model, rounded};
use super::tally::Tally;
use crate::id::{CustomerId, PersonaId, PersonaRunId};
use crate::money::Currency;

/// Fewer people show groups that are not there.
pub const PEOPLE_LEAST: usize = filo_stats::clustering::choice::ROWS_LEAST;
/// More groups nobody keeps apart.
pub const GROUPS_MOST: usize = 8;
/// People who stand for a group.
pub const TYPICAL_MOST: usize = 3;

/// A group has at least so many people, and at least this share of all: a kind of one customer in
/// thirty is worth knowing, and is shown only if it is found again.
pub const GROUP_LEAST: u64 = 20;
/// The share.
const SHARE_LEAST: f64 = 0.02;
/// How far numbers are blurred while groups are sought, in their standard deviations. Orders come
/// one by one and shares are often all or nothing; without it such steps would be taken for groups.
const BLUR: f64 = 0.5;

/// How much work a search takes: a few seconds, whatever the number of people.
const fn effort(seed: u64) -> Effort {
    Effort {
        starts: 10,
        check_starts: 3,
        resamples: 30,
        references: 10,
        sample_most: 1_500,
        seed,
    }
}

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There are too few people to tell.
    TooFew,
    /// No number of groups held: there are none that would be found again.
    Nothing,
    /// There are groups.
    Groups(Grouping),
}

/// One number of groups that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// How many groups.
    pub groups: u32,
    /// How surely the least sure of them would be found again, from 0 to 1.
    pub stability: f64,
    /// The share of the smallest.
    pub share: f64,
    /// The gap statistic, and its error.
    pub gap: f64,
    /// Its error.
    pub gap_error: f64,
    /// Whether one group more is no clear gain.
    pub is_enough: bool,
    /// Whether they are a clear gain over one group.
    pub is_more: bool,
    /// The mean silhouette width.
    pub silhouette: Option<f64>,
    /// Whether it could be chosen.
    pub is_sound: bool,
}

/// The groups that were found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grouping {
    /// Who belongs where.
    pub model: Model,
    /// What each is, in the order of the model's groups.
    pub personas: Vec<Persona>,
}

/// A group, in facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Persona {
    /// Which.
    #[serde(with = "words::persona")]
    pub id: PersonaId,
    /// How many of those who were looked at.
    pub people: u64,
    /// How surely it would be found again, from 0 to 1.
    pub stability: f64,
    /// What sets it apart, the greatest contrast first.
    pub facts: Vec<Fact>,
}

/// Somebody who stands for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typical {
    /// Of which persona.
    pub persona: PersonaId,
    /// 0 is nearest to the middle.
    pub place: u8,
    /// Who.
    pub customer: CustomerId,
}

/// A search that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// How many people were compared.
    pub people: u64,
    /// How many of them are on which level.
    pub tally: Tally,
    /// The numbers of groups that were tried.
    pub tried: Vec<Tried>,
    /// What it came to.
    pub verdict: Verdict,
    /// Who stands for each group: people, so they are kept apart from what is told of groups.
    pub typical: Vec<Typical>,
}

/// Looks for groups of people who are and buy alike. The people come in the order of their ids;
/// `fresh` names the groups.
pub fn find(
    people: &[(CustomerId, Features)],
    (run, seed): (PersonaRunId, u64),
    currency: Currency,
    fresh: impl FnMut() -> PersonaId,
) -> Found {
    let mut found = Found {
        people: people.len() as u64,
        tally: Tally::of(people.iter().map(|(_, features)| features)),
        tried: Vec::new(),
        verdict: Verdict::TooFew,
        typical: Vec::new(),
    };
    let Some(raw) = rows(people) else {
        return found;
    };
    let Some(rows) = blurred(&raw, people, seed) else {
        return found;
    };
    let Ok(choice) = choose(&rows, GROUPS_MOST, effort(seed)) else {
        return found;
    };
    let tried = |level| Tried::of(level, &choice, found.people);
    found.tried = choice.levels.iter().map(tried).collect();
    found.verdict = Verdict::Nothing;
    let Some(place) = found.tried.iter().rposition(|tried| tried.is_sound) else {
        return found;
    };
    let level = &choice.levels[place];
    let model = model(&raw, &rows, level, (run, currency), fresh);
    let (tallies, typical) = assigned(people, &model);
    let sizes: Vec<u64> = tallies.iter().map(|(_, people)| *people).collect();
    if sizes.contains(&0) {
        return found;
    }
    let persona = |((group, stability), (tally, people)): ((&Group, &f64), &(Tally, u64))| {
        let own = (tally, *people);
        Persona {
            id: group.id,
            people: *people,
            stability: rounded(*stability),
            facts: facts(own, (&found.tally, found.people)),
        }
    };
    let groups = model.groups.iter().zip(&level.stabilities);
    let personas = groups.zip(&tallies).map(persona).collect();
    found.typical = typical;
    found.verdict = Verdict::Groups(Grouping { model, personas });
    found
}

/// The numbers standardised and blurred, beside the answers.
fn blurred(raw: &Rows, people: &[(CustomerId, Features)], seed: u64) -> Option<Rows> {
    let mut random = Random::seeded(seed);
    let standardised = raw.clone().standardised();
    let numbers = (0..standardised.count()).flat_map(|index| standardised.row(index).numbers);
    let numbers = numbers.map(|number| number + BLUR * random.normal());
    let codes = people.iter().flat_map(|(_, features)| features.codes);
    Rows::new(numbers.collect(), NUMBERS)?.with_codes(codes.collect(), CODES)
}

fn rows(people: &[(CustomerId, Features)]) -> Option<Rows> {
    let numbers = people.iter().flat_map(|(_, features)| features.numbers);
    let codes = people.iter().flat_map(|(_, features)| features.codes);
    Rows::new(numbers.collect(), NUMBERS)?.with_codes(codes.collect(), CODES)
}

fn model(
    raw: &Rows,
    rows: &Rows,
    level: &Level,
    (run, currency): (PersonaRunId, Currency),
    mut fresh: impl FnMut() -> PersonaId,
) -> Model {
    let columns = raw.columns().into_iter();
    let centres = level.partition.centres.iter();
    Model {
        run,
        features: FEATURES_VERSION,
        currency,
        columns: columns
            .map(|column| (rounded(column.mean), rounded(column.deviation)))
            .collect(),
        mismatch: rounded(rows.mismatch()),
        groups: centres
            .map(|centre| Group {
                id: fresh(),
                numbers: centre.numbers.iter().copied().map(rounded).collect(),
                codes: centre.codes.clone(),
            })
            .collect(),
    }
}

/// How many belong to each group and what they are, and who is nearest to its middle.
fn assigned(people: &[(CustomerId, Features)], model: &Model) -> (Vec<(Tally, u64)>, Vec<Typical>) {
    let mut tallies = vec![(Tally::default(), 0); model.groups.len()];
    let mut nearest: Vec<Vec<(f64, CustomerId)>> = vec![Vec::new(); model.groups.len()];
    for (customer, features) in people {
        let Some((place, distance)) = model.place(features) else {
            continue;
        };
        let (tally, count) = &mut tallies[place];
        tally.add(features);
        *count += 1;
        let nearest = &mut nearest[place];
        nearest.push((distance, *customer));
        nearest.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        nearest.truncate(TYPICAL_MOST);
    }
    let typical = model.groups.iter().zip(nearest).flat_map(|(group, near)| {
        let places = (0_u8..).zip(near);
        places.map(|(place, (_, customer))| Typical {
            persona: group.id,
            place,
            customer,
        })
    });
    (tallies, typical.collect())
}

impl Tried {
    /// The largest number of groups of which every one would be found again and is large enough,
    /// which one group more does not clearly beat, and which clearly beats one alone, is sound.
    fn of(level: &Level, choice: &Choice, people: u64) -> Self {
        let least = |values: &[f64]| rounded(values.iter().copied().fold(1.0, f64::min));
        let (stability, share) = (least(&level.stabilities), least(&level.shares));
        let alone = choice.alone.as_ref();
        let is_more = alone.is_some_and(|alone| !alone.holds_against(&level.gap));
        let is_large = share >= SHARE_LEAST.max(real(GROUP_LEAST) / real(people));
        let is_stable = stability >= STABLE;
        Self {
            groups: u32::try_from(level.shares.len()).unwrap_or(u32::MAX),
            stability,
            share,
            gap: rounded(level.gap.gap),
            gap_error: rounded(level.gap.error),
            is_enough: level.is_enough,
            silhouette: level.silhouette.map(rounded),
            is_more,
            is_sound: is_stable && is_large && is_more && level.is_enough,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
const fn real(count: u64) -> f64 {
    count as f64
}
