//! Dates of a file: ISO, with an offset, or as Excel shows them in Italy and in America.
//!
//! **Invariant:** a date is read in one order for the whole file; what cannot be read in it is
//! refused, never turned round.

use filo_core::time::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Which number comes first where the year does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// 31/12/2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
}

/// How the dates of one file are read.
#[derive(Debug, Clone)]
pub(super) struct DateReader {
    /// The order of day and month.
    pub(super) order: DateOrder,
    /// The zone of times that do not say theirs.
    pub(super) zone: TimeZone,
}

impl DateReader {
    /// The instant of a text.
    pub(super) fn read(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim().trim_start_matches('\'');
        if text.len() < 6 || text.len() > 40 || !text.is_ascii() {
            return None;
        }
        let year_first = text.as_bytes()[..4].iter().all(u8::is_ascii_digit);
        let (date, rest) = match text.find([' ', 'T', 't']) {
            Some(end) => (&text[..end], text[end + 1..].trim()),
            None => (text, ""),
        };
        let date = if year_first {
            iso_date(date)?
        } else {
            self.short_date(date)?
        };
        let (clock, zone) = split_zone(rest);
        let civil = DateTime::from_parts(date, read_clock(clock)?);
        match zone {
            Some(zone) => {
                // Offsets are read by the one reader of instants, so that all agree.
                let instant = format!("{civil}{zone}");
                Timestamp::parse(&instant)
            }
            None => {
                let instant = civil.to_zoned(self.zone.clone()).ok()?.timestamp();
                Some(Timestamp(instant.as_microsecond()))
            }
        }
    }

    fn short_date(&self, text: &str) -> Option<Date> {
        let [first, second, year] = three_numbers(text)?;
        let year = if year < 100 { year + 2000 } else { year };
        let (day, month) = match self.order {
            DateOrder::DayFirst => (first, second),
            DateOrder::MonthFirst => (second, first),
        };
        civil_date(year, month, day)
    }
}

/// The order that a sample of dates shows, and whether it left room for doubt.
pub(super) fn date_order<'a>(sample: impl Iterator<Item = &'a str>) -> (DateOrder, bool) {
    let mut seen_short = false;
    let (mut day_first, mut month_first) = (false, false);
    for text in sample {
        let date = text.trim().split([' ', 'T']).next().unwrap_or_default();
        let Some([first, second, _]) = three_numbers(date).filter(|[first, ..]| *first < 100)
        else {
            continue;
        };
        seen_short = true;
        day_first |= first > 12;
        month_first |= second > 12;
    }
    match (day_first, month_first) {
        (false, true) => (DateOrder::MonthFirst, false),
        (true, false) => (DateOrder::DayFirst, false),
        // Either no date shows it, or they contradict each other.
        _ => (DateOrder::DayFirst, seen_short),
    }
}

fn three_numbers(text: &str) -> Option<[i32; 3]> {
    let mut numbers = text
        .split(['/', '-', '.'])
        .map(|part| part.parse::<i32>().ok());
    let three = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(three)
}

fn iso_date(text: &str) -> Option<Date> {
    let [year, month, day] = three_numbers(text)?;
    civil_date(year, month, day)
}

fn civil_date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

/// `14:05:09 +0100` → the clock, and `+01:00` if a zone is said.
fn split_zone(text: &str) -> (&str, Option<String>) {
    if let Some(clock) = text
        .strip_suffix(['Z', 'z'])
        .or_else(|| text.strip_suffix(" UTC"))
    {
        return (clock.trim_end(), Some("Z".to_owned()));
    }
    let Some(start) = text.find(['+', '-']) else {
        return (text, None);
    };
    let (clock, offset) = text.split_at(start);
    let digits: String = offset.chars().filter(|sign| *sign != ':').collect();
    let whole = match digits.len() {
        3 => format!("{digits}:00"),
        5 => format!("{}:{}", &digits[..3], &digits[3..]),
        // Left as it is, so that the reader refuses it.
        _ => digits,
    };
    (clock.trim_end(), Some(whole))
}

/// `8:26`, `08:26:00`, `08:26:00.123`, `2:05 PM`; nothing is midnight.
fn read_clock(text: &str) -> Option<Time> {
    if text.is_empty() {
        return Some(Time::midnight());
    }
    let lower = text.to_ascii_lowercase();
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (lower.as_str(), None),
    };
    let mut parts = digits.trim().split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let seconds = parts.next().unwrap_or("0");
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    if parts.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let nanos: i32 = match fraction {
        "" => 0,
        digits => format!("{digits:0<9}").parse().ok()?,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, second.parse().ok()?, nanos).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder, zone: &str) -> Option<String> {
        let zone = TimeZone::get(zone).expect("the zone is known");
        DateReader { order, zone }
            .read(text)
            .map(|instant| instant.to_string())
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of dates, one a line")]
    fn dates_of_shops_are_read() {
        use DateOrder::{DayFirst, MonthFirst};
        for (text, order, zone, expected) in [
            (
                "2010-12-01 08:26:00",
                DayFirst,
                "UTC",
                Some("2010-12-01T08:26:00.000Z"),
            ),
            (
                "2010-12-01",
                DayFirst,
                "Europe/Rome",
                Some("2010-11-30T23:00:00.000Z"),
            ),
            (
                "12/1/2010 8:26",
                MonthFirst,
                "UTC",
                Some("2010-12-01T08:26:00.000Z"),
            ),
            ("1/12/2010 8.26", DayFirst, "UTC", None),
            (
                "31/12/26 23:59",
                DayFirst,
                "Europe/Rome",
                Some("2026-12-31T22:59:00.000Z"),
            ),
            (
                "31.12.2026",
                DayFirst,
                "UTC",
                Some("2026-12-31T00:00:00.000Z"),
            ),
            ("31/12/2026", MonthFirst, "UTC", None),
            (
                "12/1/2010 2:05 PM",
                MonthFirst,
                "UTC",
                Some("2010-12-01T14:05:00.000Z"),
            ),
            (
                "12/1/2010 12:00 AM",
                MonthFirst,
                "UTC",
                Some("2010-12-01T00:00:00.000Z"),
            ),
            (
                "2021-03-15 10:22:33 +0100",
                DayFirst,
                "UTC",
                Some("2021-03-15T09:22:33.000Z"),
            ),
            (
                "2021-03-15T10:22:33.5+01:00",
                DayFirst,
                "UTC",
                Some("2021-03-15T09:22:33.500Z"),
            ),
            (
                "2021-03-15T10:22:33Z",
                DayFirst,
                "Europe/Rome",
                Some("2021-03-15T10:22:33.000Z"),
            ),
            ("2021-02-30 10:00", DayFirst, "UTC", None),
            ("2021-02-03 25:00", DayFirst, "UTC", None),
            ("2021-02-03 10:00 +1", DayFirst, "UTC", None),
            ("ieri", DayFirst, "UTC", None),
            ("", DayFirst, "UTC", None),
            ("già/03/2021", DayFirst, "UTC", None),
        ] {
            assert_eq!(read(text, order, zone).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_hour_that_does_not_exist_moves_on_and_the_one_that_is_twice_is_the_first() {
        let rome = |text| read(text, DateOrder::DayFirst, "Europe/Rome");
        assert_eq!(
            rome("2026-03-29 02:30").as_deref(),
            Some("2026-03-29T01:30:00.000Z")
        );
        assert_eq!(
            rome("2026-10-25 02:30").as_deref(),
            Some("2026-10-25T00:30:00.000Z")
        );
    }

    #[test]
    fn the_order_of_a_file_is_learnt_from_its_dates() {
        let order = |dates: &[&str]| date_order(dates.iter().copied());
        assert_eq!(
            order(&["1/2/2026", "13/2/2026"]),
            (DateOrder::DayFirst, false)
        );
        assert_eq!(
            order(&["1/2/2026 10:00", "2/13/2026"]),
            (DateOrder::MonthFirst, false)
        );
        assert_eq!(order(&["1/2/2026"]), (DateOrder::DayFirst, true));
        assert_eq!(order(&["2026-12-13", ""]), (DateOrder::DayFirst, false));
    }
}
