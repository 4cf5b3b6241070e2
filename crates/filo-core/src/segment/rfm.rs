//! Conditions about scores of buyers and their groups.

use serde::{Deserialize, Serialize};

use super::comparison::Comparison;
use super::evaluate::{Asked, Outcome};
use super::number::Number;
use crate::buyer::{Bought, Cuts, Figures, Group, Purchases, days_after};
use crate::time::Timestamp;

/// What must be true of the scores of a buyer. Of who has never bought, and while there are too
/// few buyers for scores, nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfmCondition {
    /// They make this group.
    Group(Group),
    /// How recently they bought, from 1 to 5.
    Recency(Comparison),
    /// How often, from 1 to 5.
    Frequency(Comparison),
    /// For how much, from 1 to 5.
    Monetary(Comparison),
}

impl RfmCondition {
    /// Which score is compared, by its word in documents, and with what.
    pub(super) const fn comparison(self) -> Option<(&'static str, Comparison)> {
        match self {
            Self::Group(_) => None,
            Self::Recency(is) => Some(("recency", is)),
            Self::Frequency(is) => Some(("frequency", is)),
            Self::Monetary(is) => Some(("monetary", is)),
        }
    }
}

pub(super) fn holds(wanted: RfmCondition, asked: &Asked<'_>) -> Outcome {
    let Some(cuts) = &asked.scene.yardstick.cuts else {
        return Outcome::settled(false);
    };
    let purchases = Purchases::of(asked.person.profile, asked.scene.currency);
    let next_at = purchases.next_at(asked.now);
    let bought = purchases.at(asked.now);
    let Some(figures) = Figures::of(bought) else {
        return Outcome::until(false, next_at);
    };
    let scores = cuts.scores(&figures);
    let accepts = |is: Comparison, score: u8| is.accepts(Number::whole(score.into()));
    let (holds, is_timed) = match wanted {
        RfmCondition::Group(group) => (scores.group() == group, true),
        RfmCondition::Recency(is) => (accepts(is, scores.recency), true),
        RfmCondition::Frequency(is) => (accepts(is, scores.frequency), false),
        RfmCondition::Monetary(is) => (accepts(is, scores.monetary), false),
    };
    let changes_at = match is_timed {
        true => next_at.min(recency_falls_at(cuts, bought)),
        false => next_at,
    };
    Outcome::until(holds, changes_at)
}

/// When the score of recency is another one without an order.
fn recency_falls_at(cuts: &Cuts, bought: Bought<'_>) -> Timestamp {
    let falls = bought.last_at().zip(bought.silence_days());
    let falls = falls.and_then(|(last, days)| Some((last, cuts.recency_falls_after(days)?)));
    falls.map_or(Timestamp::MAX, |(last, days)| days_after(last, days))
}
