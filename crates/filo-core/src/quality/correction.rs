//! A correction as what an identify call says: the trait that holds a value, with another value
//! in its place.
//!
//! **Invariant:** of a trait that holds several values (an address) only the one part changes.

use serde_json::{Map, Value};

use super::finding::Field;
use crate::identity::{Rules, Survivorship};
use crate::profile::{Trait, Traits};

/// The traits under which other systems tell a value, the usual one first.
const fn keys(field: Field) -> &'static [&'static str] {
    match field {
        Field::Name => &["name"],
        Field::FirstName => &["first_name"],
        Field::LastName => &["last_name"],
        Field::Email => &["email"],
        Field::Phone => &["phone"],
        Field::Birthday => &["birthday"],
        Field::Gender => &["gender"],
        Field::TaxCode => &["tax_code", "codice_fiscale"],
        Field::VatNumber => &["vat_number", "partita_iva", "vat"],
        Field::Language => &["language"],
        Field::Address => &["address"],
        Field::City => &["city"],
        Field::PostalCode => &["postal_code"],
        Field::State => &["state"],
    }
}

/// The trait under which a value is said: the first that says anything.
pub(super) fn key_of(traits: &Traits, field: Field) -> &'static str {
    let known = keys(field);
    let said = known.iter().find(|key| traits.text(key).is_some());
    said.or(known.first()).copied().unwrap_or_default()
}

/// What is said of a field now, as a check sees it: to tell whether it is still what was found.
#[must_use]
pub fn reading(traits: &Traits, field: Field) -> String {
    match field {
        Field::City | Field::PostalCode | Field::State => {
            let address = traits.address().unwrap_or_default();
            let part = match field {
                Field::City => address.city,
                Field::PostalCode => address.postal_code,
                _ => address.state,
            };
            part.map(|part| part.trim().to_owned()).unwrap_or_default()
        }
        _ => traits.text(key_of(traits, field)).unwrap_or_default(),
    }
}

/// The traits of the call that makes fields say something else; empty takes one back. None where
/// the rule of a trait lets no later word count.
#[must_use]
pub fn correction(traits: &Traits, changes: &[(Field, &str)], rules: &Rules) -> Option<String> {
    let mut call = Map::new();
    let said = traits.get("address").and_then(Trait::value);
    let address = said.and_then(|(object, _)| serde_json::from_str::<Value>(&object).ok());
    for (field, value) in changes {
        let value = match *value {
            "" => Value::Null,
            value => Value::String(value.to_owned()),
        };
        let key = match address
            .as_ref()
            .and_then(|it| Some((it, part_of(it, *field)?)))
        {
            Some((address, part)) => {
                let address = call.entry("address").or_insert_with(|| address.clone());
                address.as_object_mut()?.insert(part, value);
                "address"
            }
            None => {
                let key = key_of(traits, *field);
                call.insert(key.to_owned(), value);
                key
            }
        };
        let survivorship = rules.survivorship(key);
        let counts = matches!(
            survivorship,
            Survivorship::Latest | Survivorship::MostTrusted
        );
        if !counts {
            return None;
        }
    }
    Some(Value::Object(call).to_string())
}

/// The key of the address's object that holds a part of it.
fn part_of(address: &Value, field: Field) -> Option<String> {
    if !matches!(field, Field::City | Field::PostalCode | Field::State) {
        return None;
    }
    let mut keys = address.as_object()?.keys();
    keys.find(|key| normal(key) == field.word()).cloned()
}

fn normal(key: &str) -> String {
    crate::profile::normal_key(key).unwrap_or_default()
}
