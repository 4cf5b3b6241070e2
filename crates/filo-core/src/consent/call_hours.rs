//! When a customer may be called in Italy: the Code of Conduct for telemarketing (in force since
//! 28 September 2024): weekdays 9 to 20, Saturdays and days before a holiday 10 to 19, never on
//! Sundays and holidays.

use jiff::civil::{Date, DateTime, Weekday};

/// Holidays that fall on the same day each year (law 260/1949 with its changes): month, day, and
/// the first year. Saint Francis is one since 2026 (law 151/2025).
const HOLIDAYS: [(i8, i8, i16); 11] = [
    (1, 1, 0),
    (1, 6, 0),
    (4, 25, 0),
    (5, 1, 0),
    (6, 2, 0),
    (8, 15, 0),
    (10, 4, 2026),
    (11, 1, 0),
    (12, 8, 0),
    (12, 25, 0),
    (12, 26, 0),
];

/// Whether the law makes it a holiday in the whole of Italy.
#[must_use]
pub fn is_holiday(day: Date) -> bool {
    let fixed = HOLIDAYS.iter().any(|(month, of_month, first)| {
        (*month, *of_month) == (day.month(), day.day()) && day.year() >= *first
    });
    let easter = easter(day.year());
    let monday = easter.and_then(|easter| easter.tomorrow().ok());
    fixed || easter == Some(day) || monday == Some(day)
}

/// Whether a customer may be called at this time on their clock.
#[must_use]
pub fn is_open(at: DateTime) -> bool {
    let day = at.date();
    if day.weekday() == Weekday::Sunday || is_holiday(day) {
        return false;
    }
    let is_eve = day.tomorrow().is_ok_and(is_holiday);
    let (opens, closes) = if day.weekday() == Weekday::Saturday || is_eve {
        (10, 19)
    } else {
        (9, 20)
    };
    (opens..closes).contains(&at.hour())
}

/// Easter Sunday in the Gregorian calendar (J. Meeus, Astronomical Algorithms, 1991, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn open(text: &str) -> bool {
        is_open(text.parse().unwrap())
    }

    /// The years that Meeus gives in his chapter 8, and those of the calendars since.
    #[test]
    fn easter_is_when_it_was() {
        for (year, expected) in [
            (1818, "1818-03-22"),
            (1943, "1943-04-25"),
            (1954, "1954-04-18"),
            (1991, "1991-03-31"),
            (2000, "2000-04-23"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(expected)));
        }
    }

    #[test]
    fn holidays_are_those_of_the_law() {
        for holiday in [
            "2026-01-01",
            "2026-01-06",
            "2026-04-05",
            "2026-04-06",
            "2026-04-25",
            "2026-05-01",
            "2026-06-02",
            "2026-08-15",
            "2026-10-04",
            "2026-11-01",
            "2026-12-08",
            "2026-12-25",
            "2026-12-26",
        ] {
            assert!(is_holiday(day(holiday)), "{holiday}");
        }
        for ordinary in [
            "2025-10-04",
            "2026-04-03",
            "2026-04-07",
            "2026-12-24",
            "2026-12-31",
        ] {
            assert!(!is_holiday(day(ordinary)), "{ordinary}");
        }
    }

    #[test]
    fn hours_are_those_of_the_code() {
        // Wednesday 7 October 2026.
        assert!(!open("2026-10-07T08:59:59"));
        assert!(open("2026-10-07T09:00:00"));
        assert!(open("2026-10-07T19:59:59"));
        assert!(!open("2026-10-07T20:00:00"));
        // Saturday.
        assert!(!open("2026-10-10T09:59:59"));
        assert!(open("2026-10-10T10:00:00"));
        assert!(!open("2026-10-10T19:00:00"));
        // Sunday, Easter Monday, and a Thursday before a holiday.
        assert!(!open("2026-10-11T12:00:00"));
        assert!(!open("2026-04-06T12:00:00"));
        assert!(!open("2026-12-24T09:30:00"));
        assert!(open("2026-12-24T12:00:00"));
        assert!(!open("2026-12-24T19:30:00"));
    }
}
