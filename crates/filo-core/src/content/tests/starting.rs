//! Every starter, in every language, tone and medium, for everybody and for nobody known.

use super::*;
use voice::{Voice, Weight, review};

#[test]
fn every_starter_is_told_to_everybody() {
    let (links, reason) = (links(), Reason::Birthday);
    let known = facts();
    let nothing = Facts {
        company: known.company.clone(),
        today: known.today,
        ..Facts::default()
    };
    for starter in STARTERS {
        for language in Language::ALL {
            let piece = starter.piece(language);
            assert_eq!(check(&piece), [], "{}", starter.word);
            for adaptation in &piece.adaptations {
                for facts in [&known, &nothing] {
                    for times in 0..3 {
                        let asking = Asking {
                            medium: adaptation.medium,
                            languages: [adaptation.language; 2],
                            tones: [adaptation.tone; 2],
                            seed: Seed { person: 7, times },
                            ..asking(facts, &reason, &links)
                        };
                        let composed = compose(&piece, &asking).unwrap();
                        assert_eq!(
                            (composed.language, composed.tone),
                            (adaptation.language, adaptation.tone)
                        );
                        if adaptation.medium == Medium::Sms {
                            let parts = segments(&composed.text);
                            assert_eq!(parts.coding, Coding::Gsm7, "{}", composed.text);
                            assert!(parts.parts <= 2, "{}", composed.text);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_starter_passes_the_voice() {
    let voice = Voice::default();
    for starter in STARTERS {
        let piece = starter.piece(IT);
        assert!(piece.adaptations.len() >= 8, "{}", starter.word);
        for adaptation in &piece.adaptations {
            let found = review(&voice, &piece, adaptation, None);
            let found: Vec<_> = found
                .iter()
                .filter(|it| it.rule.weight() < Weight::Hint)
                .collect();
            assert!(
                found.is_empty(),
                "{} {:?} {found:#?}",
                starter.word,
                adaptation.spot()
            );
        }
    }
}

#[test]
fn starters_are_not_the_same() {
    for starter in STARTERS {
        let own = starter.piece(IT);
        let text = own
            .at(Medium::Email, IT, Tone::Friendly, Variant::A)
            .unwrap()
            .text
            .clone();
        let others: Vec<Text<&str>> = STARTERS
            .iter()
            .filter(|other| other.word != starter.word)
            .map(|other| Text {
                key: other.word,
                text: other
                    .piece(IT)
                    .at(Medium::Email, IT, Tone::Friendly, Variant::A)
                    .unwrap()
                    .text
                    .clone(),
            })
            .collect();
        let likest = &same_as(&text, &others)[0];
        assert!(
            likest.score < SAME_FROM,
            "{} is like {likest:?}",
            starter.word
        );
    }
}
