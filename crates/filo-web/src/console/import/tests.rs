//! Every state of a file has a page in both languages, and what came from outside is tamed.

use filo_app::import_run::ImportState;

use super::state_badge;
use crate::i18n::{Language, Words};

#[test]
fn every_state_has_words() {
    for language in Language::ALL {
        for state in ImportState::ALL {
            let badge = state_badge(Words::of(language), state).into_string();
            assert!(!badge.contains("import-state-"), "{badge}");
        }
    }
}
