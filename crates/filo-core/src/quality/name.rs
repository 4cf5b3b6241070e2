//! Names of persons: placeholders, companies, titles, signs, capitals, and first and last name
//! in each other's place.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::finding::{Field, Finding, Reason};

/// What is typed to get past a form.
#[rustfmt::skip]
const PLACEHOLDERS: &[&str] = &[
    "test", "prova", "asd", "asdf", "qwerty", "xxx", "xx", "x", "aaa", "aa", "abc", "nome",
    "cognome", "nome cognome", "name", "surname", "last name", "first name", "null", "none", "n/a",
    "na", "nd", "n.d.", "-", "--", ".", "anonimo", "anonymous", "sconosciuto", "unknown", "ospite",
    "guest", "cliente", "customer", "utente", "user", "mario rossi test", "foo", "bar", "ciao",
    "nessuno",
];

/// Words that make a name a company's; compared without dots.
#[rustfmt::skip]
const COMPANIES: &[&str] = &[
    "srl", "srls", "spa", "snc", "sas", "sapa", "scarl", "coop", "cooperativa", "onlus", "ltd",
    "llc", "inc", "gmbh", "ditta", "societa", "associazione", "ristorante", "trattoria",
    "pizzeria", "hotel", "albergo", "supermercato", "farmacia", "impresa", "azienda",
];

/// Titles; compared without dots.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "sig", "sigra", "sigr", "sigrina", "signor", "signora", "signore", "dott", "dottssa",
    "dottore", "dottoressa", "dr", "drssa", "ing", "arch", "avv", "prof", "profssa", "geom", "rag",
    "cav", "egr", "gentma", "spett", "spettle", "mr", "mrs", "ms", "miss",
];

/// First names of which no family is called, or hardly any: they show that two names stand in
/// each other's place.
#[rustfmt::skip]
const FIRST_NAMES: &[&str] = &[
    "alessandra", "alessandro", "alessia", "alessio", "alice", "andrea", "angela", "anna",
    "antonella", "antonio", "arianna", "aurora", "barbara", "beatrice", "camilla", "carla",
    "carlo", "caterina", "chiara", "claudia", "claudio", "cristina", "daniela", "daniele",
    "davide", "debora", "edoardo", "elena", "eleonora", "elisa", "elisabetta", "emanuele", "emma",
    "enrico", "erica", "fabio", "federica", "federico", "filippo", "francesca", "francesco",
    "gabriele", "gabriella", "giacomo", "gianluca", "ginevra", "giorgia", "giorgio", "giovanna",
    "giovanni", "giulia", "giulio", "giuseppe", "giuseppina", "greta", "ilaria", "irene", "jacopo",
    "laura", "leonardo", "lorenzo", "luca", "lucia", "ludovica", "luigi", "manuela", "marco",
    "margherita", "maria", "mario", "marta", "martina", "massimo", "matilde", "matteo", "mattia",
    "maurizio", "mauro", "michela", "michele", "mirko", "monica", "nicola", "nicole", "noemi",
    "paola", "paolo", "pietro", "raffaella", "riccardo", "rita", "roberta", "roberto", "rosa",
    "salvatore", "samuele", "sara", "serena", "silvia", "simona", "simone", "sofia", "stefania",
    "stefano", "tommaso", "valentina", "valeria", "vincenzo", "viola", "vittoria",
];

/// Words between the parts of a family's name that stay small or are written as they are.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "di", "de", "da", "del", "della", "dei", "degli", "von", "van", "y",
];

/// What is wrong with one name; the worst of it.
pub(super) fn check(field: Field, raw: &str) -> Option<Finding> {
    let finding = |reason, proposal| Some(Finding::new(field, reason, raw, proposal));
    let tidy = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = folded(&tidy);
    if PLACEHOLDERS.contains(&plain.as_str()) || is_one_letter(&plain) {
        return finding(Reason::NamePlaceholder, None);
    }
    if tidy.contains('@') || tidy.chars().any(|letter| letter.is_ascii_digit()) {
        return finding(Reason::NameNotAName, None);
    }
    let clean = unsigned(&tidy);
    let words: Vec<&str> = clean.split(' ').collect();
    let dotless = |word: &str| folded(word).replace(['.', ','], "");
    if words
        .iter()
        .any(|word| COMPANIES.contains(&dotless(word).as_str()))
    {
        return finding(Reason::NameCompany, None);
    }
    let untitled: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !TITLES.contains(&dotless(word).as_str()))
        .collect();
    if untitled.len() < words.len() {
        return finding(Reason::NameTitle, Some(cased(&untitled.join(" "))));
    }
    if clean != tidy {
        return finding(Reason::NameSigns, Some(cased(&clean)));
    }
    let better = cased(&tidy);
    (better != raw).then(|| Finding::new(field, Reason::NameCase, raw, Some(better)))
}

/// Whether first and last name stand in each other's place.
pub(super) fn are_swapped(first: &str, last: &str) -> bool {
    let is_first = |name: &str| {
        let name = folded(name);
        let mut words = name.split_whitespace();
        words.all(|word| FIRST_NAMES.binary_search(&word).is_ok()) && !name.is_empty()
    };
    is_first(last) && !is_first(first)
}

/// Small letters without accents.
pub(super) fn folded(text: &str) -> String {
    text.trim()
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The same letter again and again.
fn is_one_letter(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    name.chars().count() >= 3 && letters.all(|letter| Some(letter) == first)
}

/// Without pictures and signs that no name has.
fn unsigned(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|letter| {
            letter.is_alphabetic() || is_combining_mark(*letter) || " '’`´.-,/&·".contains(*letter)
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With capitals where names have them, if it was all capitals or all small letters; as it
/// stands if not, because whoever wrote `McDonald` or `de Luca` knew how.
fn cased(text: &str) -> String {
    let has_small = text.chars().any(char::is_lowercase);
    let has_capital = text.chars().any(char::is_uppercase);
    // Initials (`A. B.`) and names of one or two letters are right in capitals.
    if (has_small && has_capital) || text.chars().filter(|it| it.is_alphabetic()).count() < 3 {
        return text.to_owned();
    }
    if !has_small && !has_capital {
        return text.to_owned();
    }
    let words = text.split(' ').enumerate().map(|(place, word)| {
        let lower = word.to_lowercase();
        if place > 0 && has_small && PARTICLES.contains(&lower.as_str()) {
            return lower;
        }
        let mut begins = true;
        lower
            .chars()
            .flat_map(|letter| {
                let capital = begins;
                begins = "'’`´-.".contains(letter);
                if capital {
                    letter.to_uppercase().collect::<Vec<_>>()
                } else {
                    vec![letter]
                }
            })
            .collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str) -> Option<(Reason, Option<String>)> {
        check(Field::Name, raw).map(|finding| (finding.reason, finding.proposal))
    }

    #[test]
    fn names_as_they_should_be_have_nothing_wrong() {
        for name in [
            "Anna Rossi",
            "Niccolò D'Angelo",
            "Anna de Luca",
            "Ronald McDonald",
            "Li Xu",
            "Bo",
            "Maria Teresa Dell'Orto",
            "Jean-Luc Picard",
            "Marco Prova",
            "A. Bianchi",
        ] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_what_is_right() {
        let some = |text: &str| Some(text.to_owned());
        for (raw, reason, proposal) in [
            ("test", Reason::NamePlaceholder, None),
            ("xxxx", Reason::NamePlaceholder, None),
            ("anna92", Reason::NameNotAName, None),
            ("anna@libero.it", Reason::NameNotAName, None),
            ("Rossi Mario S.r.l.", Reason::NameCompany, None),
            ("Dott.ssa Anna Rossi", Reason::NameTitle, some("Anna Rossi")),
            ("sig. mario rossi", Reason::NameTitle, some("Mario Rossi")),
            ("Anna 🌸 Rossi", Reason::NameSigns, some("Anna Rossi")),
            ("ANNA ROSSI", Reason::NameCase, some("Anna Rossi")),
            (
                "niccolò d'angelo",
                Reason::NameCase,
                some("Niccolò D'Angelo"),
            ),
            ("ANNA DE LUCA", Reason::NameCase, some("Anna De Luca")),
            (" Anna  Rossi", Reason::NameCase, some("Anna Rossi")),
        ] {
            assert_eq!(found(raw), Some((reason, proposal)), "{raw}");
        }
    }

    #[test]
    fn swapped_names_are_seen_and_families_called_like_persons_are_not() {
        assert!(FIRST_NAMES.is_sorted());
        assert!(are_swapped("Rossi", "Anna"));
        assert!(are_swapped("De Luca", "Maria Teresa") || !are_swapped("Anna", "Rossi"));
        assert!(!are_swapped("Anna", "Rossi"));
        assert!(!are_swapped("Paolo", "Luca"));
    }

    proptest::proptest! {
        #[test]
        fn a_proposal_has_nothing_wrong(raw in "(sig\\. )?[a-zA-Zàè' ]{3,20}[ ✨]{0,2}") {
            if let Some((_, Some(proposal))) = found(&raw) {
                let again = check(Field::Name, &proposal);
                proptest::prop_assert!(again.is_none_or(|it| it.proposal.is_none()), "{proposal}");
            }
        }
    }
}
