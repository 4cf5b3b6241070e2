//! All records, small enough to hold a million of them in memory: a row of numbers each.
//!
//! **Invariant:** rows stand in the order of their keys, whatever the order in which they came;
//! so what is found does not depend on it.

use super::interned::Texts;
use super::lexicon::{Commonest, Lexicon};
use super::record::PersonRecord;
use super::{birth, mail, naming, text};
use crate::identity::Blocked;

/// Addresses, numbers and cards of one person that are compared.
pub(super) const EMAILS_MOST: usize = 3;
pub(super) const PHONES_MOST: usize = 3;
pub(super) const MARKS_MOST: usize = 3;
/// Digits of a telephone number, without the country.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=15;
/// What a street is called, apart from its name.
const STREET_KINDS: [&str; 33] = [
    "via", "v", "viale", "vle", "piazza", "pzza", "pza", "p", "zza", "corso", "cso", "contrada",
    "cda", "c", "da", "strada", "str", "largo", "lgo", "vicolo", "vlo", "piazzale", "ple", "borgo",
    "n", "num", "numero", "no", "nr", "int", "interno", "snc", "km",
];

/// One record in numbers; 0 says that there is nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Row {
    pub(super) key: u128,
    pub(super) first: u32,
    pub(super) last: u32,
    /// Both names in one, until they have been told apart.
    full: u32,
    pub(super) birthday: u32,
    pub(super) tax_code: u32,
    pub(super) emails: [u32; EMAILS_MOST],
    pub(super) mobiles: [u32; PHONES_MOST],
    pub(super) landline: u32,
    pub(super) marks: [u32; MARKS_MOST],
    pub(super) street: u32,
    pub(super) house: u32,
    pub(super) postal_code: u32,
    pub(super) city: u32,
}

/// The records.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub(super) texts: Texts,
    pub(super) rows: Vec<Row>,
    pub(super) lexicon: Lexicon,
    blocked: Blocked,
    newest_year: u32,
    folded: String,
}

impl Table {
    /// A table for records of this year; mailboxes of offices are no evidence.
    #[must_use]
    pub fn new(blocked: Blocked, year: u32) -> Self {
        Self {
            blocked,
            newest_year: year,
            ..Self::default()
        }
    }

    /// Adds a record under its key, which no other has.
    pub fn push(&mut self, key: u128, record: &PersonRecord<'_>) {
        let mut row = Row {
            key,
            ..Row::default()
        };
        row.first = self.words(record.first_name);
        row.last = self.words(record.last_name);
        if row.first == 0 && row.last == 0 {
            row.full = self.words(record.full_name);
        }
        self.add_contacts(record, &mut row);
        row.tax_code = self.code(record.tax_code);
        row.birthday = birth::read(record.birthday);
        if row.birthday == 0 && self.texts.get(row.tax_code).len() == 16 {
            row.birthday = birth::of_tax_code(self.texts.get(row.tax_code), self.newest_year);
        }
        self.add_street(record.street, &mut row);
        row.postal_code = self.code(record.postal_code);
        row.city = self.words(record.city);
        self.rows.push(row);
    }

    fn words(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        text::fold_words(text, &mut self.folded);
        self.texts.intern(&self.folded)
    }

    fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        text::fold_code(text, &mut self.folded);
        self.texts.intern(&self.folded)
    }

    fn add_contacts(&mut self, record: &PersonRecord<'_>, row: &mut Row) {
        let emails = record.emails.iter().filter(|it| !it.is_empty());
        for (email, slot) in emails.take(EMAILS_MOST).zip(row.emails.iter_mut()) {
            if mail::fold(email, &self.blocked, &mut self.folded) {
                *slot = self.texts.intern(&self.folded);
            }
        }
        let mut mobiles = row.mobiles.iter_mut();
        for phone in record.phones.iter().filter(|it| !it.is_empty()) {
            if !fold_phone(phone, &mut self.folded) {
                continue;
            }
            let id = self.texts.intern(&self.folded);
            if self.folded.starts_with('0') {
                row.landline = id;
            } else if let Some(slot) = mobiles.next() {
                *slot = id;
            }
        }
        let marks = record.marks.iter().filter(|it| !it.is_empty());
        for (mark, slot) in marks.zip(row.marks.iter_mut()) {
            text::fold_code(mark, &mut self.folded);
            *slot = self.texts.intern(&self.folded);
        }
    }

    fn add_street(&mut self, street: &str, row: &mut Row) {
        if street.is_empty() {
            return;
        }
        text::fold_words(street, &mut self.folded);
        let (mut name, mut house) = (String::new(), "");
        for word in self.folded.split(' ') {
            if word.starts_with(|letter: char| letter.is_ascii_digit()) {
                house = word;
            } else if !STREET_KINDS.contains(&word) {
                // `n63` is a number with its sign.
                match word.strip_prefix('n').filter(|rest| is_number(rest)) {
                    Some(number) => house = number,
                    None => name.push_str(word),
                }
            }
        }
        row.house = self.texts.intern(house);
        row.street = self.texts.intern(&name);
    }

    /// Puts the rows in order, learns which names are first names, and tells names apart.
    /// `commonest` is what was learned from more records than these.
    pub fn finish(&mut self, commonest: Option<&Commonest>) {
        self.rows.sort_unstable_by_key(|row| row.key);
        self.rows.dedup_by_key(|row| row.key);
        self.lexicon = match commonest {
            Some(commonest) => Lexicon::kept(commonest, &mut self.texts),
            None => Lexicon::of(self),
        };
        naming::tell_apart(self);
        self.lexicon.count_towns(&self.texts, &mut self.rows);
        self.lexicon.count_names(&self.rows, self.texts.len());
    }

    pub(super) fn full(row: &Row) -> u32 {
        row.full
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The key of a row.
    #[must_use]
    pub fn key(&self, row: u32) -> u128 {
        self.rows.get(row as usize).map_or(0, |row| row.key)
    }

    /// The commonest names and towns, for records that come later.
    #[must_use]
    pub fn commonest(&self) -> Commonest {
        self.lexicon.commonest(self)
    }

    /// The row of a key.
    #[must_use]
    pub fn row_of(&self, key: u128) -> Option<u32> {
        let place = self.rows.binary_search_by_key(&key, |row| row.key).ok()?;
        u32::try_from(place).ok()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a number without the country of Italy: fixed lines begin with 0, all else is
/// somebody's own. False where it is no number.
fn fold_phone(text: &str, into: &mut String) -> bool {
    into.clear();
    into.extend(text.chars().filter(char::is_ascii_digit));
    let is_abroad = text.contains('+') || into.starts_with("00");
    if into.starts_with("00") {
        into.drain(..2);
    }
    if into.starts_with("39") && (is_abroad || into.len() > 10) {
        into.drain(..2);
    }
    PHONE_DIGITS.contains(&into.len()) && !is_one_digit(into)
}

fn is_one_digit(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    let first = bytes.next();
    bytes.all(|byte| Some(byte) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_however_they_are_written() {
        let mut folded = String::new();
        for text in [
            "+39 333-123.4567",
            "00393331234567",
            "333/1234567",
            "'+393331234567",
        ] {
            assert!(fold_phone(text, &mut folded), "{text}");
            assert_eq!(folded, "3331234567", "{text}");
        }
        assert!(fold_phone("+39 081 1234567", &mut folded) && folded == "0811234567");
        assert!(!fold_phone("0000000000", &mut folded) && !fold_phone("12", &mut folded));
    }

    #[test]
    fn streets_are_known_by_name_and_number() {
        let mut table = Table::new(Blocked::default(), 2026);
        for (key, street) in [
            (1, "Via Chechi, n.135"),
            (2, "V.le CHECHI 135"),
            (3, "chechi n135"),
        ] {
            let record = PersonRecord {
                street,
                ..PersonRecord::default()
            };
            table.push(key, &record);
        }
        let streets: Vec<_> = table
            .rows
            .iter()
            .map(|row| (row.street, row.house))
            .collect();
        assert_eq!(streets[0], streets[2]);
        assert_eq!(table.texts.get(streets[0].1), "135");
    }
}
