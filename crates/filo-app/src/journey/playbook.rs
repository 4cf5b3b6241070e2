//! Journeys to begin with: what works in a shop, ready to be changed.
//!
//! **Invariant:** a playbook starts as it is, in either language, once its segment is there.

use filo_core::company::Language;
use filo_core::journey::Journey;

/// A journey to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Playbook {
    /// An empty one.
    Empty,
    /// A call on the birthday.
    Birthday,
    /// A call to who has not bought for long.
    WinBack,
    /// A lead: a call, then a visit.
    Lead,
    /// A card after a visit.
    AfterVisit,
}

impl Playbook {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Empty,
        Self::Birthday,
        Self::WinBack,
        Self::Lead,
        Self::AfterVisit,
    ];

    /// The word in forms and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Birthday => "birthday",
            Self::WinBack => "win-back",
            Self::Lead => "lead",
            Self::AfterVisit => "after-visit",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|playbook| playbook.word() == word)
    }

    /// The journey, with names in a language.
    ///
    /// # Panics
    /// Never: a test reads each.
    #[must_use]
    pub fn journey(self, language: Language) -> Journey {
        let text = match (self, language) {
            (Self::Empty, _) => EMPTY,
            (Self::Birthday, Language::Italian) => BIRTHDAY_IT,
            (Self::Birthday, Language::English) => BIRTHDAY_EN,
            (Self::WinBack, Language::Italian) => WIN_BACK_IT,
            (Self::WinBack, Language::English) => WIN_BACK_EN,
            (Self::Lead, Language::Italian) => LEAD_IT,
            (Self::Lead, Language::English) => LEAD_EN,
            (Self::AfterVisit, Language::Italian) => AFTER_VISIT_IT,
            (Self::AfterVisit, Language::English) => AFTER_VISIT_EN,
        };
        Journey::from_json(text).expect("a test reads each playbook")
    }
}

const EMPTY: &str = r#"{"version":2,"journey":{"trigger":{"hand":{}},"steps":[]}}"#;
const BIRTHDAY_IT: &str = include_str!("playbook/birthday.it.json");
const BIRTHDAY_EN: &str = include_str!("playbook/birthday.en.json");
const WIN_BACK_IT: &str = include_str!("playbook/win_back.it.json");
const WIN_BACK_EN: &str = include_str!("playbook/win_back.en.json");
const LEAD_IT: &str = include_str!("playbook/lead.it.json");
const LEAD_EN: &str = include_str!("playbook/lead.en.json");
const AFTER_VISIT_IT: &str = include_str!("playbook/after_visit.it.json");
const AFTER_VISIT_EN: &str = include_str!("playbook/after_visit.en.json");

#[cfg(test)]
mod tests {
    use filo_core::id::JourneyId;
    use filo_core::journey::{Around, check};

    use super::*;

    #[test]
    fn each_playbook_is_read_and_has_no_fault() {
        for playbook in Playbook::ALL {
            for language in Language::ALL {
                let journey = playbook.journey(language);
                let faults = check(JourneyId(1), &journey, &Around::default());
                let expected = usize::from(playbook == Playbook::Empty);
                assert_eq!(faults.len(), expected, "{playbook:?}: {faults:?}");
                assert_eq!(Playbook::from_word(playbook.word()), Some(playbook));
            }
        }
    }
}
