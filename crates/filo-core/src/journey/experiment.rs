//! Experiments: in what the ways of a split differ, and what a split must keep to.

use serde::{Deserialize, Serialize};

use super::check::{ARMS_MOST, Checking};
use super::step::Split;

/// In what the ways of an experiment differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The subject of a message.
    Subject,
    /// What is said or offered.
    Content,
    /// By what it reaches them.
    Channel,
    /// When.
    Time,
    /// The steps.
    Path,
}

impl About {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Subject,
        Self::Content,
        Self::Channel,
        Self::Time,
        Self::Path,
    ];

    /// The word in documents and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Content => "content",
            Self::Channel => "channel",
            Self::Time => "time",
            Self::Path => "path",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.word() == word)
    }
}

impl Checking<'_> {
    pub(super) fn split(&mut self, split: &Split, at: &str) {
        let fits = (2..=ARMS_MOST).contains(&split.arms.len());
        self.must(
            fits,
            &format!("{at}/arms"),
            format!("2 to {ARMS_MOST} ways"),
        );
        let sum: u32 = split.arms.iter().map(|arm| u32::from(arm.share)).sum();
        let hint = format!("the shares make 100 together, not {sum}");
        self.must(sum == 100, &format!("{at}/arms"), hint);
        self.adaptive(split, at);
        for (place, arm) in split.arms.iter().enumerate() {
            self.name(&arm.name, &format!("{at}/arms/{place}/name"));
            let is_open = split.experiment.is_none() || arm.share > 0;
            let hint = "in an experiment every way has a share above 0";
            self.must(
                is_open,
                &format!("{at}/arms/{place}/share"),
                hint.to_owned(),
            );
        }
    }
}
