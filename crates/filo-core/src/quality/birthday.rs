//! Birthdays: days that cannot be, days that programs fill in, and children.

use jiff::civil::Date;

use super::finding::{Field, Finding, Reason};
use super::tax_code::Told;
use crate::profile::view::read_date;

/// The longest life that was ever proven is 122 years.
const YEARS_MOST: i16 = 122;
/// The age from which Italians decide about their data themselves (d.lgs. 101/2018, art. 2-quinquies).
const YEARS_LEAST: i16 = 14;
/// Days that forms and programs fill in.
const PLACEHOLDERS: [(i16, i8, i8); 6] = [
    (1900, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1901, 1, 1),
    (1970, 1, 1),
    (2000, 1, 1),
];

/// What is wrong with a birthday, given what the tax code tells.
pub(super) fn check(raw: &str, told: Option<&Told>, today: Date) -> Option<Finding> {
    // A child's code is that of somebody a hundred years older: it tells nothing.
    let by_code = told
        .and_then(|told| told.birthday(today))
        .filter(|date| age(*date, today) >= YEARS_LEAST)
        .map(|date| date.to_string());
    let finding = |reason, proposal| Some(Finding::new(Field::Birthday, reason, raw, proposal));
    let Some(date) = read_date(raw) else {
        return finding(
            Reason::BirthdayUnreadable,
            by_code.or_else(|| repaired(raw, today)),
        );
    };
    if date > today {
        return finding(Reason::BirthdayFuture, by_code);
    }
    if PLACEHOLDERS.contains(&(date.year(), date.month(), date.day()))
        && by_code.as_deref() != Some(date.to_string().as_str())
    {
        return finding(Reason::BirthdayPlaceholder, by_code);
    }
    if age(date, today) > YEARS_MOST {
        return finding(Reason::BirthdayAbsurd, by_code);
    }
    if told.is_some_and(|told| !told.fits(date)) {
        return finding(Reason::BirthdayTaxCode, by_code);
    }
    (age(date, today) < YEARS_LEAST)
        .then(|| Finding::new(Field::Birthday, Reason::BirthdayChild, raw, None))
}

fn age(born: Date, today: Date) -> i16 {
    let before = (today.month(), today.day()) < (born.month(), born.day());
    today.year() - born.year() - i16::from(before)
}

/// A day, a month and a year of two digits, in that order, of somebody grown up.
fn repaired(raw: &str, today: Date) -> Option<String> {
    let parts: Vec<i16> = raw
        .split(['/', '.', '-', ' '])
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [day, month, year] = parts[..] else {
        return None;
    };
    let year = match year {
        0..=99 => {
            let century = today.year() / 100 * 100;
            // Of the two centuries, the one in which they are grown up.
            if century + year > today.year() - YEARS_LEAST {
                century - 100 + year
            } else {
                century + year
            }
        }
        year => year,
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let text = date.to_string();
    check(&text, None, today).is_none().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_cannot_be_are_told() {
        let today = Date::constant(2026, 11, 28);
        let found = |raw: &str| check(raw, None, today).map(|it| (it.reason, it.proposal));
        assert_eq!(found("1980-05-17"), None);
        assert_eq!(found("17/05/1980"), None);
        assert_eq!(found("1980-05-17T00:00:00Z"), None);
        for (raw, reason) in [
            ("1900-01-01", Reason::BirthdayPlaceholder),
            ("1970-01-01", Reason::BirthdayPlaceholder),
            ("2027-01-01", Reason::BirthdayFuture),
            ("1850-05-05", Reason::BirthdayAbsurd),
            ("2015-05-05", Reason::BirthdayChild),
            ("ieri", Reason::BirthdayUnreadable),
            ("31/02/1980", Reason::BirthdayUnreadable),
        ] {
            assert_eq!(found(raw), Some((reason, None)), "{raw}");
        }
        let year = |text: &str| Some((Reason::BirthdayUnreadable, Some(text.to_owned())));
        assert_eq!(found("17/05/80"), year("1980-05-17"));
        assert_eq!(found("1.2.05"), year("2005-02-01"));
        // Fourteen on the day itself.
        assert_eq!(found("2012-11-28"), None);
        assert_eq!(found("2012-11-29"), Some((Reason::BirthdayChild, None)));
    }
}
