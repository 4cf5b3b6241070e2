//! What a column is likely to be, by its name and by its values.
//!
//! **Invariant:** a guess about consent is never made: nobody may be written to because of one.

use filo_core::identity::Kind;

use super::column::reduced;
use super::dictionary::{NAMES, PRESETS, PROOFS, SPECIAL};
use super::plan::Transform;
use super::target::Target;

/// A guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) target: Target,
    pub(super) transform: Transform,
    pub(super) certainty: &'static str,
    pub(super) remarks: Vec<&'static str>,
}

/// The guess about a column.
pub(super) fn column(header: &str, values: &[&str]) -> Guess {
    let name = reduced(header);
    let filled: Vec<&str> = values
        .iter()
        .copied()
        .filter(|it| !it.trim().is_empty())
        .collect();
    if SPECIAL.split(' ').any(|word| name.contains(word)) {
        return Guess::none(vec!["special_category"]);
    }
    if is_among(&name, PROOFS) {
        return Guess::none(vec!["says_consent"]);
    }
    let named = NAMES.iter().find(|(_, names)| is_among(&name, names));
    let (target, certainty) = match named.and_then(|(target, _)| target.parse().ok()) {
        Some(target) => (target, "sure"),
        None if share(&filled, is_email) => (Target::Identifier(Kind::Email), "likely"),
        None if share(&filled, is_phone) => (Target::Identifier(Kind::Phone), "likely"),
        None => {
            return Guess::none(if filled.is_empty() {
                vec!["empty"]
            } else {
                Vec::new()
            });
        }
    };
    let mut guess = Guess {
        transform: Transform::AsIs,
        certainty,
        remarks: Vec::new(),
        target,
    };
    match &guess.target {
        Target::FullName if name == "cognomeenome" => guess.transform = Transform::SurnameFirst,
        Target::Trait(key) if key == "birthday" => {
            return Guess::moment(guess.target, &filled);
        }
        Target::Trait(key) if key == "tags" => guess.transform = Transform::List,
        Target::Trait(key)
            if (key == "first_name" || key == "last_name") && share(&filled, is_shouted) =>
        {
            guess.transform = Transform::TitleCase;
        }
        _ => {}
    }
    guess
}

/// Which program wrote the file, by columns that no other has.
pub(super) fn preset(headers: &[String]) -> Option<&'static str> {
    let names: Vec<String> = headers.iter().map(|it| reduced(it)).collect();
    let has = |wanted: &str| {
        wanted
            .split(' ')
            .all(|it| names.iter().any(|name| name == it))
    };
    let found = PRESETS
        .iter()
        .find(|(_, shapes)| shapes.iter().any(|wanted| has(wanted)));
    found.map(|(word, _)| *word)
}

/// Whether a shop wrote first names where addresses belong, as an old exporter of PrestaShop does.
pub(super) fn is_shifted(header: &str, values: &[&str]) -> bool {
    let is_of_addresses = NAMES
        .iter()
        .any(|(target, names)| *target == "email" && is_among(&reduced(header), names));
    let filled = || values.iter().filter(|value| !value.trim().is_empty());
    is_of_addresses && filled().count() >= 3 && !filled().any(|value| value.contains('@'))
}

/// Whether a name stands in a list of names.
fn is_among(name: &str, names: &str) -> bool {
    names.split(' ').any(|it| it == name)
}

/// Whether most values are so; of few values all.
fn share(values: &[&str], is: fn(&str) -> bool) -> bool {
    let count = values.iter().filter(|value| is(value)).count();
    !values.is_empty() && count * 10 >= values.len() * 7
}

fn is_email(value: &str) -> bool {
    let (name, host) = value.trim().split_once('@').unwrap_or_default();
    !name.is_empty() && host.contains('.') && !value.trim().contains(' ')
}

fn is_phone(value: &str) -> bool {
    let value = value.trim().trim_start_matches('\'');
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let plain = value
        .chars()
        .all(|it| it.is_ascii_digit() || " +-./()".contains(it));
    plain && (9..=15).contains(&digits) && (value.starts_with('+') || value.starts_with('3'))
}

fn is_shouted(value: &str) -> bool {
    value.chars().any(char::is_alphabetic) && !value.chars().any(char::is_lowercase)
}
