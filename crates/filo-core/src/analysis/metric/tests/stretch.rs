//! Stretches on the calendar of a company.

use jiff::civil::date;

use super::super::*;
use super::{instant, zone};

/// The first and the last day of both, and how long they are.
fn days(stretch: Stretch, against: Against, now: &str, place: &str) -> String {
    let found = stretch
        .compared(against, instant(now), &zone(place))
        .unwrap();
    let told = |it: Window| format!("{}…{} {:.2}", it.first, it.last, it.days);
    format!("{} | {}", told(found.now), told(found.before))
}

#[test]
fn stretches_are_those_of_the_calendar_on_the_wall() {
    let monday = "2026-11-30T10:00:00Z";
    for (stretch, against, now, expected) in [
        (
            Stretch::Week,
            Against::Before,
            monday,
            "2026-11-23…2026-11-29 7.00 | 2026-11-16…2026-11-22 7.00",
        ),
        (
            Stretch::Week,
            Against::YearBefore,
            monday,
            "2026-11-23…2026-11-29 7.00 | 2025-11-24…2025-11-30 7.00",
        ),
        (
            Stretch::Month,
            Against::Before,
            "2026-04-10T10:00:00Z",
            "2026-03-01…2026-03-31 31.00 | 2026-02-01…2026-02-28 28.00",
        ),
        (
            Stretch::Month,
            Against::YearBefore,
            "2025-03-10T10:00:00Z",
            "2025-02-01…2025-02-28 28.00 | 2024-02-01…2024-02-29 29.00",
        ),
        (
            Stretch::Quarter,
            Against::Before,
            "2026-02-10T10:00:00Z",
            "2025-10-01…2025-12-31 92.00 | 2025-07-01…2025-09-30 92.00",
        ),
        (
            Stretch::Year,
            Against::Before,
            monday,
            "2025-01-01…2025-12-31 365.00 | 2024-01-01…2024-12-31 366.00",
        ),
    ] {
        let found = days(stretch, against, now, "Europe/Rome");
        assert_eq!(found, expected, "{stretch:?}");
    }
}

#[test]
fn what_is_not_over_and_what_is_uneven_has_days_of_the_wall_too() {
    let monday = "2026-11-30T10:00:00Z";
    for (stretch, against, now, expected) in [
        // The end of March has no like in February: it is compared with all of it.
        (
            Stretch::MonthSoFar,
            Against::Before,
            "2026-03-31T10:00:00Z",
            "2026-03-01…2026-03-31 30.50 | 2026-02-01…2026-02-28 27.50",
        ),
        (
            Stretch::WeekSoFar,
            Against::Before,
            "2026-12-02T11:00:00Z",
            "2026-11-30…2026-12-02 2.50 | 2026-11-23…2026-11-25 2.50",
        ),
        // Days of 23 and of 25 hours are days.
        (
            Stretch::Day,
            Against::Before,
            "2026-03-30T10:00:00Z",
            "2026-03-29…2026-03-29 1.00 | 2026-03-28…2026-03-28 1.00",
        ),
        (
            Stretch::Between(date(2026, 10, 20), date(2026, 10, 26)),
            Against::Before,
            monday,
            "2026-10-20…2026-10-26 7.00 | 2026-10-13…2026-10-19 7.00",
        ),
        (
            Stretch::Between(date(2024, 2, 29), date(2024, 2, 29)),
            Against::YearBefore,
            monday,
            "2024-02-29…2024-02-29 1.00 | 2023-02-28…2023-02-28 1.00",
        ),
    ] {
        let found = days(stretch, against, now, "Europe/Rome");
        assert_eq!(found, expected, "{stretch:?}");
    }
}

#[test]
fn a_stretch_begins_at_midnight_of_its_own_zone_also_when_clocks_change() {
    let rome = Stretch::Week.compared(
        Against::Before,
        instant("2026-11-02T10:00:00Z"),
        &zone("Europe/Rome"),
    );
    let rome = rome.unwrap();
    // The week of 26 October is in winter time; the one before ends with the long Sunday.
    assert_eq!(rome.now.from, instant("2026-10-25T23:00:00Z"));
    assert_eq!(rome.before.from, instant("2026-10-18T22:00:00Z"));
    assert_eq!(rome.before.until, rome.now.from);
    let hours = rome.before.until.micros_since(rome.before.from) / 3_600_000_000;
    assert_eq!((hours, rome.before.days), (169, 7.0));
    // Just after midnight of Monday in Auckland it is Sunday in Rome.
    let now = instant("2026-11-29T11:30:00Z");
    let of = |place: &str| {
        Stretch::Week
            .compared(Against::Before, now, &zone(place))
            .unwrap()
            .now
            .first
    };
    assert_eq!(of("Pacific/Auckland"), date(2026, 11, 23));
    assert_eq!(of("Europe/Rome"), date(2026, 11, 16));
    // Midnight is skipped in Santiago on 6 September 2026: the day begins at one.
    let day = Stretch::Day.compared(
        Against::Before,
        instant("2026-09-07T12:00:00Z"),
        &zone("America/Santiago"),
    );
    assert_eq!(day.unwrap().now.from, instant("2026-09-06T04:00:00Z"));
}

#[test]
fn what_is_no_stretch_is_refused() {
    let now = instant("2026-11-30T10:00:00Z");
    let is_one = |first, last| {
        let stretch = Stretch::Between(first, last);
        stretch
            .compared(Against::Before, now, &zone("Europe/Rome"))
            .is_some()
    };
    assert!(is_one(date(2026, 11, 1), date(2026, 12, 24)), "it ends now");
    assert!(!is_one(date(2026, 12, 1), date(2026, 12, 2)));
    assert!(!is_one(date(2026, 11, 2), date(2026, 11, 1)));
    assert!(!is_one(date(2024, 1, 1), date(2026, 6, 1)));
    let series = Stretch::Month.series(3, now, &zone("Europe/Rome"));
    let firsts: Vec<String> = series.iter().map(|it| it.first.to_string()).collect();
    assert_eq!(firsts, ["2026-08-01", "2026-09-01", "2026-10-01"]);
}
