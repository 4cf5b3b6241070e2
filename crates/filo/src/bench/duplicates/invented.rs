//! Invented people with a known truth, as many as wanted: names put together from syllables,
//! some of them far commoner than others; households under one roof; slips of the keyboard.

use std::collections::BTreeMap;

use filo_core::duplicate::{PersonRecord, Table};

use super::super::draw::Draw;

const SYLLABLES: [&str; 40] = [
    "ba", "bel", "ber", "bo", "ca", "car", "ce", "co", "da", "de", "do", "fa", "fer", "fi", "ga",
    "ge", "gra", "la", "le", "li", "lo", "ma", "mar", "mi", "mo", "na", "ni", "pa", "pe", "pi",
    "ra", "ri", "ro", "sa", "ser", "so", "ta", "te", "ti", "va",
];
const ENDS: [&str; 8] = ["ni", "no", "ri", "si", "to", "zi", "llo", "tti"];
const DOMAINS: [&str; 6] = [
    "libero.it",
    "gmail.com",
    "alice.it",
    "tim.it",
    "yahoo.it",
    "pec.it",
];
/// How many there are, and how many are the commonest: of a hundred people two have the same
/// first name, of two hundred one the same family name.
const FIRST_NAMES: (u64, u64) = (1_500, 6);
const LAST_NAMES: (u64, u64) = (60_000, 16);
const TOWNS: (u64, u64) = (6_000, 8);
const STREETS: (u64, u64) = (40_000, 16);
/// Records of one person: most have one or two.
const RECORDS_OF: [u64; 8] = [1, 1, 1, 2, 2, 2, 3, 4];

struct Person {
    first: String,
    last: String,
    birthday: u64,
    phone: u64,
    email: String,
    street: String,
    town: u64,
}

/// Fills the table, and returns the person of each record by key.
pub(super) fn fill(records: u32, seed: u64, table: &mut Table) -> BTreeMap<u128, u64> {
    let mut draw = Draw::new(seed);
    let mut truth = BTreeMap::new();
    let (mut person_number, mut home) = (0, home(&mut draw));
    let mut left = u64::from(records);
    while left > 0 {
        if draw.below(3) > 0 {
            home = self::home(&mut draw);
        }
        person_number += 1;
        let person = person(&mut draw, &home, person_number);
        let wanted = usize::try_from(draw.below(RECORDS_OF.len() as u64)).unwrap_or(0);
        for _ in 0..RECORDS_OF[wanted].min(left) {
            left -= 1;
            // Bijective in the count of what was drawn: no two records have one key.
            let key = u128::from(draw.next()) << 64 | u128::from(left);
            write(&mut draw, &person, key, table);
            truth.insert(key, person_number);
        }
    }
    truth
}

struct Home {
    last: String,
    street: String,
    town: u64,
}

fn home(draw: &mut Draw) -> Home {
    Home {
        last: name(rank(draw, LAST_NAMES) + 7_000_000),
        street: format!(
            "via {} {}",
            name(rank(draw, STREETS) + 3_000_000),
            1 + draw.below(120)
        ),
        town: rank(draw, TOWNS),
    }
}

fn person(draw: &mut Draw, home: &Home, number: u64) -> Person {
    let first = name(rank(draw, FIRST_NAMES));
    let (day, month) = (1 + draw.below(28), 1 + draw.below(12));
    let birthday = (1935 + draw.below(72)) * 10_000 + month * 100 + day;
    let domain = DOMAINS[usize::try_from(draw.below(6)).unwrap_or(0)];
    // An address belongs to one person, so the number of the person is in it.
    let email = match draw.below(3) {
        0 => format!("{first}@{}{number}.it", home.last),
        1 => format!("{}{}{number}@{domain}", &first[..1], home.last),
        _ => format!("{first}.{}{number}@{domain}", home.last),
    };
    Person {
        first,
        last: home.last.clone(),
        birthday,
        phone: 3_200_000_000 + draw.below(799_999_999),
        email,
        street: home.street.clone(),
        town: home.town,
    }
}

/// A place in a list whose first are far commoner than its last: after the first `common`, of
/// which each is as common as the other, shares fall as in Zipf's law.
fn rank(draw: &mut Draw, (many, common): (u64, u64)) -> u64 {
    let bands = u64::from(64 - (many / common).leading_zeros());
    let wide = common << draw.below(bands);
    (wide - common + draw.below(wide)).min(many - 1)
}

/// The name of a number.
fn name(number: u64) -> String {
    let mut text = String::new();
    let mut rest = number + 1_601;
    let ends = ENDS.len() as u64;
    let end = usize::try_from(rest % ends).unwrap_or(0);
    rest /= ends;
    while rest > 0 {
        let place = usize::try_from(rest % SYLLABLES.len() as u64).unwrap_or(0);
        text.push_str(SYLLABLES[place]);
        rest /= SYLLABLES.len() as u64;
    }
    text + ENDS[end]
}

fn write(draw: &mut Draw, person: &Person, key: u128, table: &mut Table) {
    let mut often = |of_ten: u64| draw.below(10) < of_ten;
    let (has_phone, has_email, has_date) = (often(6), often(6), often(4));
    let (has_home, is_swapped, slips) = (often(4), often(1), often(1));
    let phone = format!("+39{}", person.phone);
    let date = person.birthday;
    let birthday = format!(
        "{:02}/{:02}/{}",
        date % 100,
        date / 100 % 100,
        date / 10_000
    );
    let (code, town) = (
        format!("{:05}", 10_000 + person.town),
        name(person.town + 900_000),
    );
    let last = if slips {
        slip(draw, &person.last)
    } else {
        person.last.clone()
    };
    let (first_name, last_name) = if is_swapped {
        (last.as_str(), person.first.as_str())
    } else {
        (person.first.as_str(), last.as_str())
    };
    let some = |has: bool, text: &'_ str| if has { text.to_owned() } else { String::new() };
    let record = PersonRecord {
        first_name,
        last_name,
        emails: &[&some(has_email, &person.email)],
        phones: &[&some(has_phone, &phone)],
        birthday: &some(has_date, &birthday),
        street: &some(has_home, &person.street),
        postal_code: &some(has_home, &code),
        city: &some(has_home, &town),
        ..PersonRecord::default()
    };
    table.push(key, &record);
}

/// One letter is missing.
fn slip(draw: &mut Draw, text: &str) -> String {
    let at = usize::try_from(1 + draw.below(text.len() as u64 - 1)).unwrap_or(1);
    let letters = text.char_indices().filter(|(place, _)| *place != at);
    letters.map(|(_, letter)| letter).collect()
}
