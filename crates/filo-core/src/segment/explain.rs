//! Why a condition is true of somebody, or not: the same answer, part by part.

use super::condition::Condition;
use super::evaluate::{Asked, DEPTH_MOST, Person, Scene};
use crate::time::Timestamp;

/// The answer to a condition, with those to its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The condition.
    pub condition: Condition,
    /// Whether it is true.
    pub holds: bool,
    /// The first instant at which that may be otherwise without any event; the last instant there
    /// is for never.
    pub changes_at: Timestamp,
    /// Those of its parts, in order; of a segment, that of its condition.
    pub parts: Vec<Self>,
}

/// Why a condition is true of somebody at an instant, or not.
#[must_use]
pub fn explain(
    condition: &Condition,
    person: &Person<'_>,
    scene: &Scene,
    now: Timestamp,
) -> Explained {
    part(condition, &Asked::new(person, scene, now), scene, 0)
}

fn part(condition: &Condition, asked: &Asked<'_>, scene: &Scene, depth: usize) -> Explained {
    let outcome = asked.holds(condition, depth);
    let parts = match condition {
        Condition::Segment(id) if depth < DEPTH_MOST => {
            let other = scene.segments.get(id);
            let explained = other.map(|other| part(other, asked, scene, depth + 1));
            explained.into_iter().collect()
        }
        _ => {
            let children = condition.children().iter();
            children
                .map(|child| part(child, asked, scene, depth))
                .collect()
        }
    };
    Explained {
        condition: condition.clone(),
        holds: outcome.holds,
        changes_at: outcome.changes_at,
        parts,
    }
}
