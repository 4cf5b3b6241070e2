//! What a group is, in facts: how many of it are or did something, and how many of everybody
//! else.
//!
//! **Invariant:** the counts of a fact are of people who were counted; nothing is told that chance
//! alone would bring about once in a hundred times.

use filo_stats::contrast::{Seen, Z_99, log_odds};
use filo_stats::proportion::{Proportion, Z_95, wilson};
use serde::{Deserialize, Serialize};

use super::aspect::Aspect;
use super::features::Features;
use super::tally::Tally;

/// Facts of a group: more nobody keeps in mind.
pub const FACTS_MOST: usize = 6;
/// How many people's worth the prior weighs that a group is like everybody: it keeps what is rare
/// from looking like a contrast.
const PRIOR: f64 = 10.0;

/// Something of a group that sets it apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// What.
    pub aspect: Aspect,
    /// Being on this level, or at least there where there are steps.
    pub level: u8,
    /// How many of the group are.
    pub inside: u64,
    /// How many the group has.
    pub people: u64,
    /// How many of the others are.
    pub outside: u64,
    /// How many the others are.
    pub others: u64,
    /// How far apart the two are, in standard errors of the log-odds ratio; below 0 where the
    /// group has less of it.
    pub z: f64,
}

impl Fact {
    /// The share in the group with its interval of 95 %, by Wilson's score.
    #[must_use]
    pub fn share(&self) -> Option<Proportion> {
        wilson(self.inside, self.people, Z_95)
    }

    /// The share among the others, with the same.
    #[must_use]
    pub fn share_of_others(&self) -> Option<Proportion> {
        wilson(self.outside, self.others, Z_95)
    }

    /// Whether the group has more of it than the others.
    #[must_use]
    pub const fn is_more(&self) -> bool {
        self.z > 0.0
    }

    /// Whether somebody is what it tells.
    #[must_use]
    pub const fn is_of(&self, features: &Features) -> bool {
        self.aspect.reaches(features.level(self.aspect), self.level)
    }
}

/// The facts that set a group apart from everybody else: of each aspect the level with the
/// greatest contrast, those beyond ±[`Z_99`], the greatest first.
pub(super) fn facts((own, people): (&Tally, u64), (all, everybody): (&Tally, u64)) -> Vec<Fact> {
    let others = everybody.saturating_sub(people);
    let of_level = |aspect: Aspect, level: u8| {
        let (inside, total) = (own.reaching(aspect, level), all.reaching(aspect, level));
        let fact = Fact {
            aspect,
            level,
            inside,
            people,
            outside: total.saturating_sub(inside),
            others,
            z: 0.0,
        };
        contrast(&fact, total, everybody).map(|z| Fact { z, ..fact })
    };
    let mut facts: Vec<Fact> = Aspect::ALL
        .into_iter()
        .filter_map(|aspect| {
            let levels = 1..u8::try_from(aspect.level_count()).unwrap_or(u8::MAX);
            let told = levels.filter_map(|level| of_level(aspect, level));
            told.max_by(|one, other| one.z.abs().total_cmp(&other.z.abs()))
        })
        .filter(|fact| fact.z.abs() >= Z_99)
        .collect();
    facts.sort_by(|one, other| {
        let by_contrast = other.z.abs().total_cmp(&one.z.abs());
        by_contrast.then(one.aspect.cmp(&other.aspect))
    });
    facts.truncate(FACTS_MOST);
    facts
}

fn contrast(fact: &Fact, total: u64, everybody: u64) -> Option<f64> {
    let seen = |times: u64, of: u64| Seen {
        times: real(times),
        of: real(of),
    };
    let prior = Seen {
        times: PRIOR * real(total) / real(everybody),
        of: PRIOR,
    };
    let inside = seen(fact.inside, fact.people);
    let outside = seen(fact.outside, fact.others);
    log_odds(inside, outside, prior).map(|contrast| super::model::rounded(contrast.z))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
const fn real(count: u64) -> f64 {
    count as f64
}
