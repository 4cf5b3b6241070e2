//! Conditions in words.

use filo_app::segment::SegmentNames;
use filo_core::segment::Condition;

use crate::i18n::Words;
use crate::sentence::sentence;

/// One line of a tree: the sentence, without the stop that ends it.
pub(super) fn line_of(words: Words, names: &SegmentNames, condition: &Condition) -> String {
    let said = sentence(words, condition, names);
    said.strip_suffix('.').unwrap_or(&said).to_owned()
}

/// Whether it is only there to hold others together.
pub(super) const fn is_group(condition: &Condition) -> bool {
    matches!(condition, Condition::All(_) | Condition::Any(_))
}

/// The word of a kind of condition, in catalogues and forms.
pub(super) const fn kind_word(condition: &Condition) -> &'static str {
    match condition {
        Condition::All(_) => "all",
        Condition::Any(_) => "any",
        Condition::Not(_) => "not",
        Condition::Trait(_) => "trait",
        Condition::Known(_) => "known",
        Condition::Consent(_) => "consent",
        Condition::Happened(_) => "happened",
        Condition::Sequence(_) => "sequence",
        Condition::Orders(_) => "orders",
        Condition::Met(_) => "met",
        Condition::Channels(_) => "channels",
        Condition::Segment(_) => "segment",
        Condition::List(_) => "list",
        Condition::Persona(_) => "persona",
        Condition::Share(_) => "share",
        Condition::Rfm(_) => "rfm",
        Condition::Lifecycle(_) => "lifecycle",
    }
}
