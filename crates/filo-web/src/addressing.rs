//! Why somebody may be addressed or not, in words.

use filo_core::consent::addressing::{Reason, Why};
use filo_core::consent::purpose::Purposes;
use filo_core::event::Channel;

use crate::i18n::{Language, Words};
use crate::ui::shown as display;

/// One reason as a sentence.
pub(crate) fn reason(words: Words, reason: &Reason) -> String {
    let date = reason.at.map(|at| words.date_time(at));
    let key = format!("why-{}", reason.why.word().replace('_', "-"));
    if let (Why::Suppressed, Some(matter)) = (reason.why, reason.suppressed) {
        let matter = words.say(&format!("suppression-{}", matter.word().replace('_', "-")));
        let date = date.unwrap_or_default();
        return words.fill(&key, [("date", date.into()), ("reason", matter.into())]);
    }
    match date {
        Some(date) if words.look_up(&format!("{key}-since")).is_some() => {
            words.fill(&format!("{key}-since"), [("date", date.into())])
        }
        _ => words.say(&key).into_owned(),
    }
}

/// The name of a purpose; one that is not the company's own as it was sent.
pub(crate) fn purpose_name(words: Words, purposes: &Purposes, word: &str) -> String {
    match (purposes.get(word), words.language) {
        (Some(purpose), Language::Italian) => purpose.name_it.to_string(),
        (Some(purpose), Language::English) => purpose.name_en.to_string(),
        (None, _) => words
            .look_up(&format!(
                "purpose-{}",
                if word == "*" { "every" } else { word }
            ))
            .map_or_else(|| display::line(word), std::borrow::Cow::into_owned),
    }
}

/// The name of a channel; of all of them where none is named.
pub(crate) fn channel_name(words: Words, channel: Option<Channel>) -> String {
    let key = channel.map_or("every", Channel::word);
    words.say(&format!("channel-{key}")).into_owned()
}

#[cfg(test)]
mod tests {
    use filo_core::consent::suppression::SuppressionReason;
    use filo_core::time::Timestamp;

    use super::*;

    #[test]
    fn every_reason_is_a_sentence_in_both_languages() {
        for language in Language::ALL {
            let words = Words::of(language);
            for why in Why::ALL {
                for at in [None, Some(Timestamp(1_791_367_200_000_000))] {
                    for suppressed in SuppressionReason::ALL {
                        let said = reason(
                            words,
                            &Reason {
                                why,
                                at,
                                suppressed: Some(suppressed),
                            },
                        );
                        assert!(!said.starts_with("why-"), "{said}");
                        assert!(!said.contains("suppression-"), "{said}");
                        assert!(said.ends_with('.'), "{said}");
                    }
                }
            }
        }
    }

    #[test]
    fn purposes_are_called_by_their_names() {
        let purposes = Purposes::default();
        let it = Words::of(Language::Italian);
        assert_eq!(purpose_name(it, &purposes, "marketing"), "Offerte e novità");
        assert_eq!(purpose_name(it, &purposes, "*"), "tutto");
        assert_eq!(purpose_name(it, &purposes, "sondaggi"), "sondaggi");
    }
}
