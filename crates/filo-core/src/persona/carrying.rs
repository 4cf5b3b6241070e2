//! Which of the new groups are old ones, found again: they keep their ids, and so their names and
//! the segments that are made of them.
//!
//! **Invariant:** an old group is found again at most once: two different groups cannot both
//! share more than half with it.

use serde::{Deserialize, Serialize};

use super::document::words;
use super::features::Features;
use super::finding::{Found, Verdict};
use super::model::Model;
use crate::id::{CustomerId, PersonaId, PersonaRunId};

/// How a new group lies over the old one that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// The persona.
    #[serde(with = "words::persona")]
    pub id: PersonaId,
    /// How many are in both.
    pub both: u64,
    /// How many would be in the old one today.
    pub before: u64,
    /// How many are in the new one.
    pub after: u64,
}

/// What a new search is to the one that was in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The search that was in force.
    #[serde(with = "words::run")]
    pub from: PersonaRunId,
    /// The groups that were found again, in the order of the new ones.
    pub again: Vec<Overlap>,
    /// Personas that were not found again.
    #[serde(with = "words::personas")]
    pub lost: Vec<PersonaId>,
    /// How many people would be another persona than they are.
    pub moved: u64,
}

/// Finds the old groups among the new ones, and gives them their ids back. Two are the same where
/// more of those who are in either are in both than not: the similarity of Jaccard is above ½,
/// where Hennig calls a cluster dissolved that has none so similar ("Dissolution point and
/// isolation robustness", Journal of Multivariate Analysis 99 (2008), 1154–1176).
///
/// Nothing where there are no new groups or the old model does not tell people apart any more.
pub fn carry(
    found: &mut Found,
    people: &[(CustomerId, Features)],
    before: &Model,
) -> Option<Carried> {
    let Verdict::Groups(grouping) = &mut found.verdict else {
        return None;
    };
    let new = &mut grouping.model;
    let mut counts = vec![vec![0_u64; new.groups.len()]; before.groups.len()];
    for (_, features) in people {
        let ((old, _), (place, _)) = before.place(features).zip(new.place(features))?;
        counts[old][place] += 1;
    }
    let mut carried = Carried {
        from: before.run,
        again: Vec::new(),
        lost: before.groups.iter().map(|group| group.id).collect(),
        moved: people.len() as u64,
    };
    for place in 0..new.groups.len() {
        let after: u64 = counts.iter().map(|row| row[place]).sum();
        for (row, old) in counts.iter().zip(&before.groups) {
            let (both, of_old) = (row[place], row.iter().sum::<u64>());
            if 2 * both <= of_old + after - both {
                continue;
            }
            let was = std::mem::replace(&mut new.groups[place].id, old.id);
            grouping.personas[place].id = old.id;
            let typical = found.typical.iter_mut();
            typical
                .filter(|it| it.persona == was)
                .for_each(|it| it.persona = old.id);
            carried.lost.retain(|id| *id != old.id);
            carried.moved -= both;
            carried.again.push(Overlap {
                id: old.id,
                both,
                before: of_old,
                after,
            });
        }
    }
    Some(carried)
}
