//! One entry of an audience: an address as its platform knows it, and what stands beside it.
//!
//! **Invariant:** of an address nothing is in an entry but its hash.

use serde::{Deserialize, Serialize};

use super::normal::{self, hashed};
use super::platform::Platform;
use crate::id::CustomerId;

/// By what somebody is known there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// By an e-mail address.
    Email,
    /// By a number.
    Phone,
}

impl AddressKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Email, Self::Phone];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

/// What may go beside an address: it finds more people, and says more of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fields {
    /// First and last name.
    pub name: bool,
    /// Town, postal code and country.
    pub place: bool,
    /// The id of the person in Filo.
    pub own_id: bool,
}

impl Fields {
    /// The words under which they are stored and sent.
    pub const WORDS: [&'static str; 3] = ["name", "place", "own_id"];

    /// Those that are chosen, as words.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        let chosen = [self.name, self.place, self.own_id];
        let pairs = Self::WORDS.into_iter().zip(chosen);
        pairs.filter(|(_, is)| *is).map(|(word, _)| word).collect()
    }

    /// Those of words; nothing if one of them is none.
    #[must_use]
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut fields = Self::default();
        for word in words {
            match word {
                "name" => fields.name = true,
                "place" => fields.place = true,
                "own_id" => fields.own_id = true,
                _ => return None,
            }
        }
        Some(fields)
    }

    /// Those that a platform takes.
    #[must_use]
    pub const fn for_platform(self, platform: Platform) -> Self {
        Self {
            name: self.name && platform.takes_names(),
            place: self.place && platform.takes_names(),
            own_id: self.own_id && platform.takes_own_ids(),
        }
    }
}

/// What is known of a person beside the addresses.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Who; nothing of somebody without an id.
    pub customer: Option<CustomerId>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country, by its two letters or by name.
    pub country: Option<String>,
}

/// An entry as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// By what.
    pub kind: AddressKind,
    /// The hash of the address.
    pub address: String,
    /// The hash of the first name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub first_name: String,
    /// The hash of the last name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_name: String,
    /// The hash of the town.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// The postal code: Meta's hashed, Google's as it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    /// The country: Meta's hashed, Google's as it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// The hash of the person's id in Filo.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub own_id: String,
}

impl Record {
    /// The entry of an address; nothing where the platform knows nobody by it.
    #[must_use]
    pub fn new(
        platform: Platform,
        (kind, address): (AddressKind, &str),
        known: &Known,
        fields: Fields,
    ) -> Option<Self> {
        let form = match kind {
            AddressKind::Email => normal::email(platform, address),
            AddressKind::Phone => normal::phone(platform, address),
        };
        let mut record = Self::bare(kind, hashed(&form?));
        record.describe(platform, known, fields.for_platform(platform));
        Some(record)
    }

    /// The entry that an address alone makes, of its hash.
    #[must_use]
    pub const fn bare(kind: AddressKind, address: String) -> Self {
        Self {
            kind,
            address,
            first_name: String::new(),
            last_name: String::new(),
            city: String::new(),
            postal_code: String::new(),
            country: String::new(),
            own_id: String::new(),
        }
    }

    fn describe(&mut self, platform: Platform, known: &Known, fields: Fields) {
        let country = known.country.as_deref();
        let name = |text: &Option<String>| {
            let form = normal::name(platform, text.as_deref()?)?;
            Some(hashed(&form))
        };
        if fields.name {
            self.first_name = name(&known.first_name).unwrap_or_default();
            self.last_name = name(&known.last_name).unwrap_or_default();
        }
        if fields.place {
            let code = known.postal_code.as_deref();
            let code = code.and_then(|code| normal::postal_code(platform, code, country));
            let country = country.and_then(|text| normal::country(platform, text));
            let is_hashed = platform == Platform::Meta;
            let given = |form: Option<String>| match form {
                Some(form) if is_hashed => hashed(&form),
                form => form.unwrap_or_default(),
            };
            self.postal_code = given(code);
            self.country = given(country);
            if is_hashed {
                let city = known.city.as_deref().and_then(normal::city);
                self.city = city.map(|form| hashed(&form)).unwrap_or_default();
            }
        }
        if fields.own_id {
            let id = known.customer.map(|id| hashed(&id.to_string()));
            self.own_id = id.unwrap_or_default();
        }
    }

    /// Whether everything is there by which Google finds somebody without an address.
    #[must_use]
    pub fn is_placed(&self) -> bool {
        [
            &self.first_name,
            &self.last_name,
            &self.postal_code,
            &self.country,
        ]
        .into_iter()
        .all(|field| !field.is_empty())
    }
}

/// The heads of a platform's file.
#[must_use]
pub const fn columns(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::Meta => &[
            "email",
            "phone",
            "fn",
            "ln",
            "ct",
            "zip",
            "country",
            "extern_id",
        ],
        Platform::Google => &[
            "Email",
            "Phone",
            "First Name",
            "Last Name",
            "Country",
            "Zip",
        ],
        Platform::Linkedin => &["email"],
    }
}

/// An entry as a line of a platform's file.
#[must_use]
pub fn row(platform: Platform, record: &Record) -> Vec<&str> {
    let of = |kind: AddressKind| match record.kind == kind {
        true => record.address.as_str(),
        false => "",
    };
    let (email, phone) = (of(AddressKind::Email), of(AddressKind::Phone));
    match platform {
        Platform::Meta => vec![
            email,
            phone,
            &record.first_name,
            &record.last_name,
            &record.city,
            &record.postal_code,
            &record.country,
            &record.own_id,
        ],
        Platform::Google => vec![
            email,
            phone,
            &record.first_name,
            &record.last_name,
            &record.country,
            &record.postal_code,
        ],
        Platform::Linkedin => vec![email],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Fields = Fields {
        name: true,
        place: true,
        own_id: true,
    };

    fn anna() -> Known {
        let text = |text: &str| Some(text.to_owned());
        Known {
            customer: Some(CustomerId(7)),
            first_name: text("Anna"),
            last_name: text("D'Amico"),
            city: text("Reggio nell'Emilia"),
            postal_code: text("42121"),
            country: text("IT"),
        }
    }

    fn entry(platform: Platform, fields: Fields) -> Record {
        let address = (AddressKind::Email, "Anna@Example.it");
        Record::new(platform, address, &anna(), fields).unwrap()
    }

    #[test]
    fn nothing_that_can_be_read_leaves_but_what_google_asks_for() {
        let meta = entry(Platform::Meta, ALL);
        assert_eq!(meta.address, hashed("anna@example.it"));
        assert_eq!(meta.first_name, hashed("anna"));
        assert_eq!(meta.last_name, hashed("damico"));
        assert_eq!(meta.city, hashed("reggionellemilia"));
        assert_eq!(meta.postal_code, hashed("42121"));
        assert_eq!(meta.country, hashed("it"));
        assert_eq!(meta.own_id, hashed(&CustomerId(7).to_string()));
        let google = entry(Platform::Google, ALL);
        assert_eq!(google.last_name, hashed("d'amico"));
        assert_eq!(
            (google.postal_code.as_str(), google.country.as_str()),
            ("42121", "IT")
        );
        assert!(google.is_placed() && google.own_id.is_empty() && google.city.is_empty());
        let linkedin = entry(Platform::Linkedin, ALL);
        assert_eq!(
            linkedin,
            Record::bare(AddressKind::Email, hashed("anna@example.it"))
        );
    }

    #[test]
    fn only_what_was_chosen_stands_beside_an_address() {
        let bare = entry(Platform::Meta, Fields::default());
        assert_eq!(
            bare,
            Record::bare(AddressKind::Email, hashed("anna@example.it"))
        );
        let phone = (AddressKind::Phone, "+393331234567");
        let none = Record::new(Platform::Linkedin, phone, &anna(), ALL);
        assert_eq!(none, None, "LinkedIn knows nobody by a number");
        for words in [&[][..], &["name"], &["place", "own_id"]] {
            let fields = Fields::from_words(words.iter().copied()).unwrap();
            assert_eq!(fields.words(), words);
        }
        assert_eq!(Fields::from_words(["birthday"]), None);
    }

    #[test]
    fn a_line_has_as_many_cells_as_heads() {
        for platform in Platform::ALL {
            let record = entry(platform, ALL);
            let line = row(platform, &record);
            assert_eq!(line.len(), columns(platform).len());
            assert_eq!(line[0], record.address);
        }
        let text = serde_json::to_string(&entry(Platform::Google, Fields::default())).unwrap();
        assert_eq!(
            serde_json::from_str::<Record>(&text).unwrap().kind,
            AddressKind::Email
        );
        assert_eq!(
            text.matches(':').count(),
            2,
            "what is not there takes no room"
        );
    }
}
