//! Conditions about where somebody is between the first order and the last.

use super::evaluate::{Asked, Outcome};
use crate::buyer::{Purchases, Stage};

pub(super) fn holds(wanted: Stage, asked: &Asked<'_>) -> Outcome {
    let purchases = Purchases::of(asked.person.profile, asked.scene.currency);
    let limits = asked.scene.yardstick.limits.as_ref();
    let (stage, changes_at) = Stage::of(purchases.at(asked.now), limits);
    let changes_at = changes_at.min(purchases.next_at(asked.now));
    Outcome::until(stage == Some(wanted), changes_at)
}
