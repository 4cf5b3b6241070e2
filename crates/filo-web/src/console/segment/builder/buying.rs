//! The fields of conditions about buyers, both ways: scores, groups and stages.
//!
//! **Invariant:** what is written here is read back as it was.

use filo_core::buyer::{Group, Stage};
use filo_core::segment::RfmCondition;
use maud::{Markup, html};

use super::draft::Draft;
use super::field::Part;
use super::phrase::write_comparison;
use super::reading::Reading;
use crate::i18n::Words;

/// What of a buyer is asked about.
const SCORES: [&str; 4] = ["group", "recency", "frequency", "monetary"];

pub(super) fn rfm(part: Part<'_>) -> Markup {
    let groups = Group::ALL.map(Group::word);
    html! {
        div.switch {
            (part.select("score", "segment-score", &part.choices("segment-score", &SCORES)))
            div data-for="group" { (part.select("group", "segment-buyer-group", &part.choices("buyer-group", &groups))) }
            div data-for="recency frequency monetary" { (part.comparison("", "segment-score-is")) }
        }
    }
}

pub(super) fn stage(part: Part<'_>) -> Markup {
    let stages = Stage::ALL.map(Stage::word);
    part.select(
        "stage",
        "segment-stage",
        &part.choices("buyer-stage", &stages),
    )
}

pub(super) fn write_rfm(words: Words, draft: &mut Draft, wanted: RfmCondition) {
    let (word, is) = match wanted {
        RfmCondition::Group(group) => {
            draft.set("score", "group");
            return draft.set("group", group.word());
        }
        RfmCondition::Recency(is) => ("recency", is),
        RfmCondition::Frequency(is) => ("frequency", is),
        RfmCondition::Monetary(is) => ("monetary", is),
    };
    draft.set("score", word);
    write_comparison(words, draft, "", is);
}

impl Reading {
    pub(super) fn rfm(&mut self, draft: &Draft, path: &str) -> Option<RfmCondition> {
        Some(match draft.get("score") {
            "recency" => RfmCondition::Recency(self.comparison(draft, path, "")?),
            "frequency" => RfmCondition::Frequency(self.comparison(draft, path, "")?),
            "monetary" => RfmCondition::Monetary(self.comparison(draft, path, "")?),
            _ => {
                let group = match draft.get("group") {
                    "" => Some(Group::Champions),
                    word => Group::from_word(word),
                };
                let group = self.or_wrong(group, path, "group", "segment-wrong-choice");
                RfmCondition::Group(group?)
            }
        })
    }

    pub(super) fn stage(&mut self, draft: &Draft, path: &str) -> Option<Stage> {
        let stage = match draft.get("stage") {
            "" => Some(Stage::New),
            word => Stage::from_word(word),
        };
        self.or_wrong(stage, path, "stage", "segment-wrong-choice")
    }
}
