//! Scores, groups and stages of buyers.

use filo_core::buyer::Stage;
use filo_core::segment::{Comparison, RfmCondition};

use super::{Is, Teller};

impl Teller<'_> {
    pub(super) fn rfm(self, wanted: RfmCondition, is: Is) -> String {
        match wanted {
            RfmCondition::Group(group) => {
                let name = self.words.say(&word_key("buyer-group", group.word()));
                let fill = [("name", self.quote(&name).into())];
                self.words.fill(&Self::key("rfm-group", is), fill)
            }
            RfmCondition::Recency(compares) => self.score("rfm-recency", compares, is),
            RfmCondition::Frequency(compares) => self.score("rfm-frequency", compares, is),
            RfmCondition::Monetary(compares) => self.score("rfm-monetary", compares, is),
        }
    }

    fn score(self, key: &str, compares: Comparison, is: Is) -> String {
        let fill = [("compared", self.compared_plainly(compares).into())];
        self.words.fill(&Self::key(key, is), fill)
    }

    pub(super) fn stage(self, stage: Stage, is: Is) -> String {
        let key = Self::key(&word_key("stage", stage.word()), is);
        self.words.say(&key).into_owned()
    }
}

/// The key of a word of documents.
fn word_key(key: &str, word: &str) -> String {
    format!("{key}-{}", word.replace('_', "-"))
}
