//! Scores, groups and stages of buyers, as they are written: `rfm group champions`, `rfm recency
//! at least 4`, `lifecycle at_risk`.

use super::comparison::comparison;
use super::cursor::{Cursor, Read};
use super::fault::Expected;
use super::phrase;
use crate::buyer::{Group, Stage};
use crate::segment::rfm::RfmCondition;

/// After `rfm`.
pub(super) fn rfm(from: &mut Cursor<'_>) -> Read<RfmCondition> {
    if from.take("group") {
        let known = |word: &str| Group::from_word(&word.to_ascii_lowercase());
        return from.word(Expected::Group, known).map(RfmCondition::Group);
    }
    if from.take("recency") {
        return comparison(from).map(RfmCondition::Recency);
    }
    if from.take("frequency") {
        return comparison(from).map(RfmCondition::Frequency);
    }
    if from.take("monetary") {
        return comparison(from).map(RfmCondition::Monetary);
    }
    from.expected(Expected::Score)
}

/// After `lifecycle`.
pub(super) fn lifecycle(from: &mut Cursor<'_>) -> Read<Stage> {
    let known = |word: &str| Stage::from_word(&word.to_ascii_lowercase());
    from.word(Expected::Stage, known)
}

pub(super) fn rfm_words(wanted: RfmCondition) -> String {
    let score = |part: &str, is| format!("rfm {part} {}", phrase::comparison(is));
    match wanted {
        RfmCondition::Group(group) => format!("rfm group {}", group.word()),
        RfmCondition::Recency(is) => score("recency", is),
        RfmCondition::Frequency(is) => score("frequency", is),
        RfmCondition::Monetary(is) => score("monetary", is),
    }
}

pub(super) fn lifecycle_words(stage: Stage) -> String {
    format!("lifecycle {}", stage.word())
}
