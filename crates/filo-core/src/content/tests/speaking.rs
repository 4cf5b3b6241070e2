//! The voice and the sameness meter over texts with known faults.

use super::*;
use crate::profile::Profile;
use voice::{Rule, Voice, review};

fn rules_of(medium: Medium, tone: Tone, text: &str) -> Vec<(&'static str, String)> {
    let mut piece = piece(medium, text);
    piece.adaptations[0].tone = tone;
    piece.class = Class::Service;
    let found = review(&Voice::default(), &piece, &piece.adaptations[0], None);
    found
        .into_iter()
        .filter(|it| !matches!(it.rule, Rule::NoPreheader))
        .map(|it| (it.rule.word(), it.quote))
        .collect()
}

#[track_caller]
fn finds(tone: Tone, text: &str, expected: &[(&str, &str)]) {
    let found = rules_of(Medium::Email, tone, text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(rule, quote)| (*rule, quote.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn tu_and_lei_are_not_mixed() {
    finds(
        Tone::Formal,
        "Gentile Anna, il tuo ordine è pronto.",
        &[("address", "tuo")],
    );
    finds(
        Tone::Friendly,
        "Ciao, La aspettiamo con il Suo buono.",
        &[("address", "La"), ("address", "Suo")],
    );
    finds(
        Tone::Friendly,
        "La bottega apre. Le porte sono aperte e ti aspettiamo.",
        &[],
    );
    finds(
        Tone::Formal,
        "Le scriviamo perché può ritirare il Suo ordine.",
        &[],
    );
    finds(Tone::Formal, "Ha fatto una prova di sei minuti.", &[]);
}

#[test]
fn stock_phrases_promises_and_cries_are_found_with_their_words() {
    finds(Tone::Friendly, "Clicca qui!", &[("stock", "Clicca qui")]);
    finds(
        Tone::Friendly,
        "Il risultato è garantito. Abbiamo notato che hai fame.",
        &[
            ("promise", "garantito"),
            ("profiling", "Abbiamo notato che"),
        ],
    );
    finds(
        Tone::Friendly,
        "Che bello! Davvero! 🙂🙂 SCONTI",
        &[
            ("exclamation", "!"),
            ("emoji", "🙂"),
            ("shouting", "SCONTI"),
        ],
    );
    finds(
        Tone::Friendly,
        "Ciao {{ first_name }}",
        &[("no_default", "first_name")],
    );
    finds(
        Tone::Friendly,
        "{{ traits.religione | default(\"\") }}",
        &[("sensitive", "traits.religione")],
    );
}

#[test]
fn an_offer_is_told_by_its_terms_alone() {
    let offer = Promotion {
        name: "Festa".into(),
        terms: Terms {
            it: "10% in meno".to_owned(),
            en: String::new(),
        },
        code: "FESTA".into(),
        media: Vec::new(),
        shops: Vec::new(),
        starts_on: None,
        ends_on: None,
    };
    let rules = |text: &str| {
        let piece = piece(Medium::Push, text);
        let found = review(
            &Voice::default(),
            &piece,
            &piece.adaptations[0],
            Some(&offer),
        );
        found
            .into_iter()
            .map(|it| (it.rule.word(), it.quote))
            .collect::<Vec<_>>()
    };
    assert_eq!(rules("Oggi {{ promotion.terms }} con FESTA"), []);
    let found = rules("Oggi il 20 % in meno con FESTA");
    assert_eq!(
        found,
        [
            ("no_terms", String::new()),
            ("own_figures", "20 %".to_owned())
        ]
    );
}

#[test]
fn sameness_tells_the_sentences_that_cause_it() {
    let others = [
        Text { key: 1, text: "Ciao {{ first_name }}, solo per te il 30% di sconto su tutta la collezione! Scopri ora le novità.".to_owned() },
        Text { key: 2, text: "Abbiamo chiuso il forno vecchio dopo trent’anni. Ti raccontiamo com’è andata.".to_owned() },
    ];
    let found = same_as(
        "Ciao {{ first_name }}, solo per te il 20% di sconto su tutta la collezione! Scopri ora le novità.",
        &others,
    );
    assert_eq!(found[0].key.or(found[1].key), Some(1));
    let own = found.iter().find(|it| it.key == Some(1)).unwrap();
    assert!(own.score > SAME_FROM && !own.pairs.is_empty(), "{own:?}");
    let other = found.iter().find(|it| it.key == Some(2)).unwrap();
    assert!(
        other.score < SAME_FROM && other.pairs.is_empty(),
        "{other:?}"
    );
    let stock = found.iter().find(|it| it.key.is_none()).unwrap();
    assert!(stock.score > 50.0, "{stock:?}");
    let alone = same_as::<u8>("Ieri è arrivato il caffè che avevi chiesto a Sara.", &[]);
    assert_eq!(alone, []);
}

#[test]
fn the_tone_is_what_was_stated() {
    assert_eq!(tone_for(&Profile::default(), Tone::Ironic), Tone::Ironic);
    assert_eq!(
        language_for(&Profile::default(), Language::English),
        Language::English
    );
}
