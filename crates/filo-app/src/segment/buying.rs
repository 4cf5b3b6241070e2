//! Which segments ask for what buyers are measured by.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::buyer::Stage;
use filo_core::id::SegmentId;
use filo_core::segment::Condition;

use super::asking;

/// The segments that ask for scores, or for stages, themselves or over others.
pub(crate) fn asking_for_buyers(
    standing: &BTreeMap<SegmentId, Condition>,
    (scores, stages): (bool, bool),
) -> BTreeSet<SegmentId> {
    let asks = |condition: &Condition| {
        condition.walk().any(|leaf| match leaf {
            Condition::Rfm(_) => scores,
            // Whoever has never bought needs no limits.
            Condition::Lifecycle(stage) => stages && *stage != Stage::NeverBought,
            _ => false,
        })
    };
    asking(standing, asks)
}

#[cfg(test)]
mod tests {
    use filo_core::segment::text;

    use super::*;

    #[test]
    fn only_what_asks_for_what_changed_is_looked_at_again() {
        let texts = [
            "rfm group champions",
            "lifecycle lost",
            "lifecycle never_bought",
            "known by card and not in segment seg_00000000000000000000000001",
        ];
        let standing = (1..).map(SegmentId).zip(texts);
        let standing = standing.map(|(id, text)| (id, text::parse(text).unwrap()));
        let standing: BTreeMap<SegmentId, Condition> = standing.collect();
        let asking = |what| -> Vec<u128> {
            let found = asking_for_buyers(&standing, what).into_iter();
            found.map(|id| id.0).collect()
        };
        assert_eq!(asking((true, false)), [1, 4]);
        assert_eq!(asking((false, true)), [2]);
        assert_eq!(asking((true, true)), [1, 2, 4]);
    }
}
