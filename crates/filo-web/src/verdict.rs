//! What the gate said, in words.

use std::collections::BTreeMap;

use filo_app::{App, Error, Found, Said};
use filo_core::consent::addressing::Why;
use filo_core::id::PieceId;
use filo_core::message::Medium;
use filo_core::message::gate::{Outcome, Verdict};
use filo_core::message::saying::Saying;
use filo_core::time::Timestamp;

use crate::i18n::Words;

/// What becomes of the message, in a few words.
pub(crate) fn outcome(words: Words, said: &Said) -> String {
    let key = format!("verdict-{}", said.outcome.replace('_', "-"));
    match said.until {
        Some(until) => words.fill(&key, [("date", words.date_time(until).into())]),
        None => words.say(&key).into_owned(),
    }
}

/// One finding as a sentence.
pub(crate) fn finding(words: Words, found: &Found) -> String {
    let is_of_addressing = Why::ALL.iter().any(|why| why.word() == found.why);
    let word = found.why.replace('_', "-");
    if is_of_addressing {
        return words.say(&format!("why-{word}")).into_owned();
    }
    let detail = &found.detail;
    let number = |name: &str| detail[name].as_i64().unwrap_or_default();
    let date = detail["until"]
        .as_str()
        .and_then(Timestamp::parse)
        .map(|at| words.date_time(at))
        .unwrap_or_default();
    let medium = detail["medium"]
        .as_str()
        .and_then(Medium::from_word)
        .map_or_else(|| words.say("medium-every"), |it| medium_name(words, it));
    let from = detail["from"]
        .as_str()
        .and_then(Medium::from_word)
        .map(|it| medium_name(words, it).into_owned())
        .unwrap_or_default();
    let provider = detail["provider"].as_str().map_or_else(String::new, |it| {
        words.say(&format!("mail-provider-{it}")).into_owned()
    });
    let key = format!("finding-{word}");
    words.fill(
        &key,
        [
            ("date", date.into()),
            ("medium", medium.into_owned().into()),
            ("most", number("most").into()),
            ("days", number("days").into()),
            ("spent", number("spent").into()),
            ("weight", number("weight").into()),
            ("points", number("points").into()),
            ("allowed", number("allowed").into()),
            ("provider", provider.into()),
            ("from", from.into()),
        ],
    )
}

/// The name of a medium.
pub(crate) fn medium_name(words: Words, medium: Medium) -> std::borrow::Cow<'static, str> {
    words.say(&format!("medium-{}", medium.word().replace('_', "-")))
}

/// What the pieces are called.
pub(crate) type PieceNames = BTreeMap<PieceId, String>;

/// What the pieces are called, for pages that speak of messages.
pub(crate) async fn piece_names(app: &App) -> Result<PieceNames, Error> {
    let pieces = app.pieces().await?.into_iter();
    Ok(pieces
        .map(|view| (view.row.id, view.piece.name.to_string()))
        .collect())
}

/// What a message is about, and what it says, before it leaves.
pub(crate) fn said_by(words: Words, saying: &Saying, names: &PieceNames) -> (String, String) {
    match saying {
        Saying::Piece { piece, .. } => {
            let named = names.get(piece).cloned();
            let unnamed = || words.say("message-piece").into_owned();
            let text = words.say("message-piece-text").into_owned();
            (named.unwrap_or_else(unnamed), text)
        }
        // What has no subject is known by how it begins.
        Saying::Words(said) if said.subject.is_empty() => {
            let line = said.text.lines().next().unwrap_or_default();
            (line.chars().take(60).collect(), said.text.clone())
        }
        Saying::Words(said) => (said.subject.clone(), said.text.clone()),
        Saying::Confirmation { .. } => (
            words.say("message-confirmation").into_owned(),
            words.say("message-confirmation-text").into_owned(),
        ),
    }
}

/// A verdict that was not written down, as one that was.
pub(crate) fn said_now(verdict: &Verdict, at: Timestamp) -> Said {
    Said {
        at,
        outcome: verdict.outcome.word().to_owned(),
        until: match verdict.outcome {
            Outcome::Wait(until) => Some(until),
            Outcome::Go | Outcome::AskPerson | Outcome::PassOn(_) | Outcome::Stop => None,
        },
        findings: verdict
            .findings
            .iter()
            .map(|it| Found::of(filo_app::finding_json(it)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use filo_core::id::MessageId;
    use filo_core::mail::Provider;
    use filo_core::message::gate::Finding;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_finding_is_a_sentence_in_both_languages() {
        let until = Timestamp(1_795_328_618_533_000);
        let mut findings: Vec<Finding> = Why::ALL.map(Finding::Addressing).to_vec();
        findings.extend([
            Finding::TooLate,
            Finding::ReasonGone,
            Finding::HeldBack,
            Finding::HeldBackOfJourney,
            Finding::Paused,
            Finding::Unapproved,
            Finding::Quiet { until },
            Finding::Cap {
                medium: Some(Medium::Email),
                most: 2,
                days: 7,
                until,
            },
            Finding::Cap {
                medium: None,
                most: 1,
                days: 1,
                until,
            },
            Finding::Budget {
                spent: 5,
                weight: 2,
                points: 6,
                until,
            },
            Finding::Outranked {
                by: MessageId(1),
                until,
            },
            Finding::WarmUp {
                provider: Provider::Google,
                allowed: 200,
                until,
            },
            Finding::WarmUpOrder { until },
            Finding::PassesOn {
                from: Medium::Email,
                to: Medium::Sms,
            },
        ]);
        for outcome_of in [
            Outcome::Go,
            Outcome::Wait(until),
            Outcome::AskPerson,
            Outcome::PassOn(Medium::Sms),
            Outcome::Stop,
        ] {
            let verdict = Verdict {
                outcome: outcome_of,
                findings: findings.clone(),
            };
            let said = said_now(&verdict, until);
            for language in Language::ALL {
                let words = Words::of(language);
                assert!(!outcome(words, &said).starts_with("verdict-"));
                for found in &said.findings {
                    let sentence = finding(words, found);
                    assert!(!sentence.starts_with("finding-"), "{sentence}");
                    assert!(sentence.ends_with('.'), "{sentence}");
                }
            }
        }
    }
}
