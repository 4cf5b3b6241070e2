//! What a column can be, as a form offers it and a page says it.

use filo_app::import::{Column, IDENTIFIER_KINDS, Part, Subject, Target};
use filo_core::identity::Kind;

use super::mapping::CHANNELS;
use crate::i18n::Words;
use crate::ui::shown as display;

/// Traits of people that are offered by name.
const TRAITS: [&str; 14] = [
    "first_name",
    "last_name",
    "company",
    "vat_number",
    "street",
    "city",
    "postal_code",
    "province",
    "country",
    "birthday",
    "gender",
    "language",
    "tags",
    "notes",
];
/// Traits of companies that are.
const COMPANY_TRAITS: [&str; 12] = [
    "name",
    "vat_number",
    "domain",
    "industry",
    "size",
    "street",
    "city",
    "postal_code",
    "province",
    "country",
    "email",
    "phone",
];
/// Letters of a new field's key.
const KEY_LETTERS_MOST: usize = 60;

/// Words of a choice, and how they are said.
pub(super) type Options = Vec<(String, String)>;

pub(super) fn named<'a>(words: Words, kind: &str, all: impl Iterator<Item = &'a str>) -> Options {
    let say = |word: &str| words.say(&format!("import-{kind}-{}", word.replace('_', "-")));
    all.map(|word| (word.to_owned(), say(word).into_owned()))
        .collect()
}

/// What a column of a file about this can be, with words.
pub(super) fn targets(words: Words, subject: Subject, header: &str, chosen: &Target) -> Options {
    let mut all: Options = Vec::new();
    let mut add = |target: Target| {
        let text = target.to_string();
        if all.iter().all(|(known, _)| *known != text) {
            all.push((text, target_words(words, &target)));
        }
    };
    add(Target::Ignore);
    if subject == Subject::Companies {
        add(Target::Identifier(Kind::GroupId));
    }
    for kind in IDENTIFIER_KINDS {
        add(Target::Identifier(kind));
    }
    for target in of_subject(subject) {
        add(target);
    }
    add(chosen.clone());
    if let Some(own) = own_field(subject, header) {
        let text = own.to_string();
        if all.iter().all(|(known, _)| *known != text) {
            let say = [("name", display::line(header).into())];
            all.push((text, words.fill("import-target-new", say)));
        }
    }
    all
}

/// What there is beside identifiers.
fn of_subject(subject: Subject) -> Vec<Target> {
    let traits = |keys: &[&str]| {
        keys.iter()
            .map(|key| Target::Trait((*key).to_owned()))
            .collect()
    };
    match subject {
        Subject::People | Subject::Suppressions => {
            let mut all = vec![Target::FullName];
            all.extend(TRAITS.map(|key| Target::Trait(key.to_owned())));
            all.extend(CHANNELS.map(Target::Consent));
            all.extend([Target::Suppression, Target::ChangedAt]);
            all
        }
        Subject::Orders => {
            let columns = Column::all().filter(|column| column.kind().is_none());
            columns.map(Target::Order).collect()
        }
        Subject::Events => vec![
            Target::EventName,
            Target::EventTime,
            Target::EventId,
            Target::Identifier(Kind::GroupId),
        ],
        Subject::Consents => Part::ALL.map(Target::Statement).into(),
        Subject::Companies => {
            let mut all: Vec<Target> = traits(&COMPANY_TRAITS);
            all.push(Target::ChangedAt);
            all
        }
    }
}

/// A field of its own for a column, where files about this have such fields.
fn own_field(subject: Subject, header: &str) -> Option<Target> {
    match subject {
        Subject::People | Subject::Suppressions | Subject::Companies => {
            let key = new_key(header);
            (!key.is_empty()).then_some(Target::Trait(key))
        }
        Subject::Events => format!("property:{}", header.trim()).parse().ok(),
        Subject::Orders | Subject::Consents => None,
    }
}

/// What a column is, in words.
pub(super) fn target_words(words: Words, target: &Target) -> String {
    let key = match target {
        Target::Trait(key) => {
            let known = words.look_up(&format!("import-trait-{}", key.replace('_', "-")));
            return known.map_or_else(|| key.replace('_', " "), std::borrow::Cow::into_owned);
        }
        Target::Property(key) => {
            let say = [("name", display::line(key).into())];
            return words.fill("import-target-property", say);
        }
        Target::Consent(channel) => format!("import-target-consent-{}", channel.word()),
        Target::Identifier(kind) => format!("import-target-{}", kind.word()),
        Target::Order(column) => format!("import-target-order-{}", column.word()),
        Target::Statement(part) => format!("import-target-statement-{}", part.word()),
        Target::Ignore
        | Target::FullName
        | Target::Suppression
        | Target::ChangedAt
        | Target::EventName
        | Target::EventTime
        | Target::EventId => format!("import-target-{target}"),
    };
    words.say(&key.replace('_', "-")).into_owned()
}

/// A key for a new field, out of a header.
fn new_key(header: &str) -> String {
    let mut key = String::new();
    for letter in header.chars().take(KEY_LETTERS_MOST) {
        let plain = match letter {
            'à' | 'á' => 'a',
            'è' | 'é' => 'e',
            'ì' | 'í' => 'i',
            'ò' | 'ó' => 'o',
            'ù' | 'ú' => 'u',
            other => other.to_ascii_lowercase(),
        };
        if plain.is_ascii_alphanumeric() {
            key.push(plain);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod key_tests {
    use super::*;

    #[test]
    fn a_header_becomes_a_key_that_a_plan_takes() {
        for (header, key) in [
            ("Colore preferito", "colore_preferito"),
            ("Età (anni)", "eta_anni"),
            ("  ", ""),
            ("日本", ""),
        ] {
            assert_eq!(new_key(header), key, "{header}");
            if !key.is_empty() {
                assert!(format!("trait:{key}").parse::<Target>().is_ok());
            }
        }
    }
}
