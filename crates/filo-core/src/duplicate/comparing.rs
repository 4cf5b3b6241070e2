//! How far two records agree, field by field.
//!
//! **Invariant:** symmetric: which of the two comes first changes nothing.

use filo_stats::linkage::Pattern;
use filo_stats::linkage::similarity::{is_within, likeness};

use super::record::Field;
use super::table::{Row, Table};
use super::{birth, mail, nickname};

/// Levels of each comparison, in the order of [`Field::ALL`].
pub(super) const LEVELS: [usize; 8] = [7, 5, 5, 4, 3, 3, 6, 2];
/// The level at which names and places agree by a value that can be common.
const FIRST_EXACT: u8 = 6;
const LAST_EXACT: u8 = 4;
const HOME_PLACE: u8 = 1;

/// How far two records agree, and how common what they agree on is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreement {
    pub(super) pattern: Pattern,
    /// Share of people with the same first name, family name, town; 0 where it does not count.
    pub(super) shares: [f64; 3],
}

impl Table {
    /// How far two rows agree.
    pub(super) fn agreement(&self, a: u32, b: u32) -> Agreement {
        let rows = (self.rows.get(a as usize), self.rows.get(b as usize));
        let (Some(one), Some(other)) = rows else {
            return Agreement::default();
        };
        let mut found = Agreement::default();
        self.compare_names(one, other, &mut found);
        if one.birthday != 0 && other.birthday != 0 {
            let level = birth::level(one.birthday, other.birthday);
            put(&mut found, Field::Birthday, level);
        }
        if let Some(level) = self.email_level(one, other) {
            put(&mut found, Field::Email, level);
        }
        let mobiles = best(&one.mobiles, &other.mobiles, |a, b| {
            Some(2 * u8::from(a == b) + u8::from(a != b && self.is_slip(a, b, 1)))
        });
        if let Some(level) = mobiles {
            put(&mut found, Field::Phone, level);
        }
        if one.tax_code != 0 && other.tax_code != 0 {
            let (a, b) = (one.tax_code, other.tax_code);
            // Two slips in sixteen characters are as much as one in seven.
            let slips = 1 + u8::from(self.texts.get(a).len() > 10);
            let level = 2 * u8::from(a == b) + u8::from(a != b && self.is_slip(a, b, slips));
            put(&mut found, Field::TaxCode, level);
        }
        if let Some(level) = self.home_level(one, other) {
            put(&mut found, Field::Home, level);
            if level == HOME_PLACE {
                let town = if one.city == 0 { other.city } else { one.city };
                found.shares[2] = self.lexicon.town_share(town);
            }
        }
        if let Some(level) = best(&one.marks, &other.marks, |a, b| Some(u8::from(a == b))) {
            put(&mut found, Field::Mark, level);
        }
        found
    }

    fn is_slip(&self, a: u32, b: u32, slips: u8) -> bool {
        is_within(self.texts.get(a), self.texts.get(b), slips)
    }

    /// Names as they stand, or with first and family name swapped on one side if that fits and
    /// this does not.
    fn compare_names(&self, one: &Row, other: &Row, found: &mut Agreement) {
        let first = self.first_level(one.first, other.first);
        let last = self.last_level(one.last, other.last);
        let fits_badly = first.is_none_or(|level| level < 3) && last.is_none_or(|level| level < 3);
        let is_whole = [one.first, one.last, other.first, other.last];
        if fits_badly && !is_whole.contains(&0) {
            let crossed = self.first_level(one.first, other.last);
            let crossed_last = self.last_level(one.last, other.first);
            if let (Some(4..), Some(3..)) = (crossed, crossed_last) {
                put(found, Field::FirstName, FIRST_EXACT);
                put(found, Field::LastName, LAST_EXACT);
                found.shares[0] = self.lexicon.name_share(one.first);
                found.shares[1] = self.lexicon.name_share(one.last);
                return;
            }
        }
        if let Some(level) = first {
            put(found, Field::FirstName, level);
            if level == FIRST_EXACT {
                found.shares[0] = self.lexicon.name_share(one.first);
            }
        }
        if let Some(level) = last {
            put(found, Field::LastName, level);
            if level == LAST_EXACT {
                found.shares[1] = self.lexicon.name_share(one.last);
            }
        }
    }

    fn first_level(&self, a: u32, b: u32) -> Option<u8> {
        if a == 0 || b == 0 {
            return None;
        }
        let (one, other) = (self.texts.get(a), self.texts.get(b));
        if one.len() == 1 || other.len() == 1 {
            // An initial agrees or speaks against; it never proves a name.
            return Some(u8::from(one.bytes().next() == other.bytes().next()));
        }
        if a == b {
            return Some(FIRST_EXACT);
        }
        let alike = likeness(one, other, 0.88).unwrap_or(0.0);
        Some(if is_part(one, other) || is_part(other, one) {
            5
        } else if nickname::is_familiar(one, other) {
            4
        } else if alike >= 0.92 || is_within(one, other, 1) && one.len().min(other.len()) > 3 {
            3
        } else if alike >= 0.88 {
            2
        } else {
            u8::from(one.bytes().next() == other.bytes().next())
        })
    }

    fn last_level(&self, a: u32, b: u32) -> Option<u8> {
        if a == 0 || b == 0 {
            return None;
        }
        let (one, other) = (self.texts.get(a), self.texts.get(b));
        if one.len() == 1 || other.len() == 1 {
            return Some(u8::from(one.bytes().next() == other.bytes().next()));
        }
        if a == b {
            return Some(LAST_EXACT);
        }
        let alike = likeness(one, other, 0.85).unwrap_or(0.0);
        Some(
            if alike >= 0.92 || is_within(one, other, 1) && one.len().min(other.len()) > 3 {
                3
            } else if alike >= 0.85 {
                2
            } else {
                0
            },
        )
    }

    fn email_level(&self, one: &Row, other: &Row) -> Option<u8> {
        best(&one.emails, &other.emails, |a, b| {
            if a == b {
                return Some(3);
            }
            let names = [one.first, one.last, other.first, other.last];
            let names = names.map(|id| self.texts.get(id));
            mail::level(self.texts.get(a), self.texts.get(b), &names)
        })
    }

    /// Address, place and fixed line together: whoever shares one mostly shares the others.
    fn home_level(&self, one: &Row, other: &Row) -> Option<u8> {
        let line = both(one.landline, other.landline).map(|(a, b)| a == b);
        let place = self.same_place(one, other);
        let street = both(one.street, other.street)
            .map(|(a, b)| a == b || likeness(self.texts.get(a), self.texts.get(b), 0.92).is_some());
        let same_street = street == Some(true) && place != Some(false);
        let same_house = same_street && one.house != 0 && one.house == other.house;
        Some(match (same_house, line, same_street, place) {
            (true, Some(true), ..) => 5,
            (true, ..) => 4,
            (false, Some(true), ..) => 3,
            (false, _, true, _) => 2,
            (false, _, false, Some(true)) => HOME_PLACE,
            (false, _, false, Some(false)) => 0,
            (false, _, false, None) => return None,
        })
    }

    fn same_place(&self, one: &Row, other: &Row) -> Option<bool> {
        let code = both(one.postal_code, other.postal_code).map(|(a, b)| a == b);
        if code == Some(true) {
            return code;
        }
        let Some((a, b)) = both(one.city, other.city) else {
            return code;
        };
        let (one, other) = (self.texts.get(a), self.texts.get(b));
        // Whoever answers the telephone writes the first word of a long name.
        let begins = |short: &str, long: &str| short.len() >= 4 && long.starts_with(short);
        let same = a == b
            || begins(one, other)
            || begins(other, one)
            || likeness(one, other, 0.92).is_some();
        Some(same)
    }
}

fn put(found: &mut Agreement, field: Field, level: u8) {
    found.pattern = found.pattern.with(field.place(), level);
}

fn both(a: u32, b: u32) -> Option<(u32, u32)> {
    (a != 0 && b != 0).then_some((a, b))
}

/// The best level among the values of both sides; nothing where one side has none.
fn best(ours: &[u32], theirs: &[u32], level: impl Fn(u32, u32) -> Option<u8>) -> Option<u8> {
    let mut best = None;
    for a in ours.iter().filter(|id| **id != 0) {
        for b in theirs.iter().filter(|id| **id != 0) {
            best = best.max(level(*a, *b));
        }
    }
    best
}

/// Whether all words of one first name are among those of the other, which has more.
fn is_part(few: &str, many: &str) -> bool {
    many.contains(' ') && many.len() > few.len() && {
        let has = |word: &str| many.split(' ').any(|it| it == word);
        few.split(' ').all(has)
    }
}
