//! Which column of a file is what, by the names people give them.

use std::path::Path;

use anyhow::Context;
use filo_core::duplicate::{PersonRecord, Table};

use super::super::draw::{Draw, mixed};
use super::{open, plain};

const ID: &[&str] = &["recordid", "recid", "uniqueid", "id"];
const FIRST: &[&str] = &["nome", "firstname", "givenname", "forename"];
const LAST: &[&str] = &["cognome", "lastname", "surname", "familyname"];
const FULL: &[&str] = &["nomecompleto", "fullname", "name", "nominativo"];
const EMAIL: &[&str] = &[
    "email",
    "mail",
    "posta",
    "emailaddress",
    "indirizzoemail",
    "email2",
];
const PHONE: &[&str] = &[
    "telefono",
    "phone",
    "cellulare",
    "mobile",
    "tel",
    "phonenumber",
    "telefono2",
    "mobilephone",
];
const BIRTHDAY: &[&str] = &[
    "datanascita",
    "datadinascita",
    "nascita",
    "dob",
    "birthday",
    "dateofbirth",
    "birthdate",
    "compleanno",
];
const TAX_CODE: &[&str] = &["codicefiscale", "cf", "taxcode", "socsecid", "ssn"];
const STREET: &[&str] = &["indirizzo", "address", "address1", "street", "via"];
const HOUSE: &[&str] = &["streetnumber", "civico", "numerocivico"];
const POSTAL_CODE: &[&str] = &["cap", "postcode", "zip", "postalcode", "zipcode"];
const CITY: &[&str] = &[
    "citta", "città", "city", "suburb", "town", "comune", "localita",
];
const MARK: &[&str] = &[
    "cartafedelta",
    "cartafedeltà",
    "tessera",
    "card",
    "deviceid",
    "loyaltycard",
];

struct Columns {
    id: usize,
    headers: Vec<String>,
}

impl Columns {
    fn of(headers: &csv::StringRecord) -> anyhow::Result<Self> {
        let headers: Vec<String> = headers.iter().map(plain).collect();
        let id = headers
            .iter()
            .position(|header| ID.contains(&header.as_str()));
        let id =
            id.context("no column holds the record's id (record_id, rec_id, unique_id, id)")?;
        let known = [FIRST, LAST, FULL, EMAIL, PHONE];
        let is_known = |header: &String| known.iter().any(|names| names.contains(&header.as_str()));
        anyhow::ensure!(
            headers.iter().any(is_known),
            "no column holds a name, address or number"
        );
        Ok(Self { id, headers })
    }

    /// Every value under one of the names.
    fn all<'r>(&self, line: &'r csv::StringRecord, names: &[&str]) -> Vec<&'r str> {
        let columns = self.headers.iter().enumerate();
        columns
            .filter(|(_, header)| names.contains(&header.as_str()))
            .filter_map(|(place, _)| line.get(place))
            .filter(|value| !value.is_empty())
            .collect()
    }

    fn one<'r>(&self, line: &'r csv::StringRecord, names: &[&str]) -> &'r str {
        self.all(line, names).first().copied().unwrap_or("")
    }
}

/// Reads the people of a file into the table, in an order drawn from the seed, and returns the
/// names of the records by key.
pub(super) fn read(
    path: &Path,
    seed: u64,
    table: &mut Table,
) -> anyhow::Result<Vec<(u128, String)>> {
    let mut reader = open(path)?;
    let columns = Columns::of(reader.headers()?)?;
    let mut lines = reader.records().collect::<Result<Vec<_>, _>>()?;
    shuffle(&mut lines, seed);
    let mut names = Vec::with_capacity(lines.len());
    for line in &lines {
        let name = line.get(columns.id).unwrap_or("");
        let key = key_of(name);
        let house = columns.one(line, HOUSE);
        let street = format!("{} {house}", columns.one(line, STREET));
        let record = PersonRecord {
            first_name: columns.one(line, FIRST),
            last_name: columns.one(line, LAST),
            full_name: columns.one(line, FULL),
            emails: &columns.all(line, EMAIL),
            phones: &columns.all(line, PHONE),
            birthday: columns.one(line, BIRTHDAY),
            tax_code: columns.one(line, TAX_CODE),
            street: street.trim(),
            postal_code: columns.one(line, POSTAL_CODE),
            city: columns.one(line, CITY),
            marks: &columns.all(line, MARK),
        };
        table.push(key, &record);
        names.push((key, name.to_owned()));
    }
    names.sort_unstable();
    let before = names.len();
    names.dedup_by(|one, other| one.0 == other.0);
    anyhow::ensure!(names.len() == before, "two records have the same id");
    Ok(names)
}

fn shuffle(lines: &mut [csv::StringRecord], seed: u64) {
    let mut draw = Draw::new(seed);
    for place in (1..lines.len()).rev() {
        let other = draw.below(place as u64 + 1);
        lines.swap(place, usize::try_from(other).unwrap_or(0));
    }
}

/// The key of a record's name: its letters, mixed.
fn key_of(name: &str) -> u128 {
    let half = |start: u64| {
        let add = |hash: u64, byte: u8| mixed(hash ^ u64::from(byte)).wrapping_add(hash);
        name.bytes().fold(mixed(start), add)
    };
    u128::from(half(1)) << 64 | u128::from(half(2))
}
