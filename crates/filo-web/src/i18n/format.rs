//! Dates, amounts and numbers as people in Italy and elsewhere write them.
//!
//! **Invariant:** every date a person reads is of the company's zone; both days on which the
//! clocks change have the right hour.

use std::sync::LazyLock;

use filo_core::money::Currency;
use filo_core::time::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, Zoned};
use parking_lot::RwLock;

use super::{Language, Words};

static ROME: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC));

/// Zones that were asked for, kept for good: there are some six hundred in the world.
static ZONES: RwLock<Vec<(&'static str, &'static TimeZone)>> = RwLock::new(Vec::new());

fn local(zone: Option<&TimeZone>, at: Timestamp) -> Option<Zoned> {
    let zone = zone.unwrap_or_else(|| &ROME);
    let instant = Instant::from_microsecond(at.0).ok()?;
    Some(instant.to_zoned(zone.clone()))
}

/// The day an instant falls on in a zone; without one, in Rome's.
pub(crate) fn day_of(zone: Option<&TimeZone>, at: Timestamp) -> Option<Date> {
    local(zone, at).map(|at| at.date())
}

/// When a day begins in a zone; without one, in Rome's.
pub(crate) fn day_start(zone: Option<&TimeZone>, date: Date) -> Option<Timestamp> {
    let zone = zone.unwrap_or_else(|| &ROME);
    let start = date.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(start.timestamp().as_microsecond()))
}

/// The zone of that name as a thing that can be passed on freely; nothing if there is none.
pub(crate) fn zone(name: &str) -> Option<&'static TimeZone> {
    let known = |(other, _): &&(&str, &'static TimeZone)| *other == name;
    if let Some((_, zone)) = ZONES.read().iter().find(known) {
        return Some(zone);
    }
    let found = TimeZone::get(name).ok()?;
    let mut zones = ZONES.write();
    if let Some((_, zone)) = zones.iter().find(known) {
        return Some(zone);
    }
    let zone: &'static TimeZone = Box::leak(Box::new(found));
    zones.push((Box::leak(name.to_owned().into_boxed_str()), zone));
    Some(zone)
}

const MONTHS_SHORT: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Words {
    /// An instant as the clock on the company's wall shows it; none if it is outside all
    /// calendars.
    fn local(self, at: Timestamp) -> Option<Zoned> {
        local(self.zone, at)
    }

    /// The day an instant falls on there, to group by.
    pub(crate) fn day_of(self, at: Timestamp) -> Option<Date> {
        self.local(at).map(|at| at.date())
    }

    /// Where a day, written as 2026-12-31, begins there and where the next one does.
    pub(crate) fn bounds_of_day(self, text: &str) -> Option<(Timestamp, Timestamp)> {
        let day: Date = text.parse().ok()?;
        let begin = |day: Date| day_start(self.zone, day);
        Some((begin(day)?, begin(day.tomorrow().ok()?)?))
    }

    /// 31/12/2026, or 31 Dec 2026.
    pub(crate) fn date(self, at: Timestamp) -> String {
        self.local(at)
            .map_or_else(|| "—".to_owned(), |at| self.civil_date(at.date()))
    }

    pub(crate) fn civil_date(self, date: Date) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        match self.language {
            Language::Italian => format!("{day:02}/{month:02}/{year}"),
            Language::English => {
                let month = usize::try_from(month - 1)
                    .ok()
                    .and_then(|month| MONTHS_SHORT.get(month));
                format!("{day} {} {year}", month.copied().unwrap_or_default())
            }
        }
    }

    /// sabato 28 novembre 2026, or Saturday 28 November 2026.
    pub(crate) fn long_date(self, at: Timestamp) -> String {
        let Some(at) = self.local(at) else {
            return self.date(at);
        };
        let month = self.say(&format!("month-{}", at.month()));
        let weekday = self.say(weekday_key(at.weekday()));
        format!("{weekday} {} {month} {}", at.day(), at.year())
    }

    /// The hour on the wall, 0 to 23.
    pub(crate) fn hour(self, at: Timestamp) -> u8 {
        let hour = self.local(at).map_or(0, |at| at.hour());
        u8::try_from(hour).unwrap_or(0)
    }

    /// 14:05, in both languages.
    pub(crate) fn time(self, at: Timestamp) -> String {
        self.local(at).map_or_else(String::new, |at| {
            format!("{:02}:{:02}", at.hour(), at.minute())
        })
    }

    /// 14:05:09, for what happens now.
    pub(crate) fn time_seconds(self, at: Timestamp) -> String {
        self.local(at).map_or_else(String::new, |at| {
            format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
        })
    }

    /// 31/12/2026, 14:05.
    pub(crate) fn date_time(self, at: Timestamp) -> String {
        format!("{}, {}", self.date(at), self.time(at))
    }

    /// The heading of a day of a thread: Oggi, Ieri, lunedì 31/12/2026.
    pub(crate) fn day(self, at: Timestamp, now: Timestamp) -> String {
        let (Some(at), Some(now)) = (self.local(at), self.local(now)) else {
            return self.date(at);
        };
        if at.date() == now.date() {
            return self.say("day-today").into_owned();
        }
        if now
            .date()
            .yesterday()
            .is_ok_and(|yesterday| yesterday == at.date())
        {
            return self.say("day-yesterday").into_owned();
        }
        let weekday = weekday_key(at.weekday());
        format!("{} {}", self.say(weekday), self.civil_date(at.date()))
    }

    /// Oggi, Ieri, or the date.
    pub(crate) fn recently(self, at: Timestamp, now: Timestamp) -> String {
        let (Some(day), Some(today)) = (self.day_of(at), self.day_of(now)) else {
            return self.date(at);
        };
        if day == today {
            return self.say("day-today").into_owned();
        }
        if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
            return self.say("day-yesterday").into_owned();
        }
        self.civil_date(day)
    }

    /// marzo 2025, or March 2025.
    pub(crate) fn month(self, at: Timestamp) -> String {
        self.day_of(at).map_or_else(
            || "—".to_owned(),
            |day| format!("{} {}", self.month_name(day.month()), day.year()),
        )
    }

    /// 5 novembre, or 5 November.
    pub(crate) fn day_and_month(self, date: Date) -> String {
        format!("{} {}", date.day(), self.month_name(date.month()))
    }

    /// The name of a month, 1 to 12.
    pub(crate) fn month_name(self, month: i8) -> String {
        self.say(&format!("month-{month}")).into_owned()
    }

    /// 1234,56, or 1234.56: for a cell of a spreadsheet.
    pub(crate) fn plain_amount(self, minor: i64, currency: Currency) -> String {
        let digits = usize::from(currency.minor_digits());
        let text = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
        let (whole, part) = text.split_at(text.len() - digits);
        let sign = if minor < 0 { "-" } else { "" };
        let point = match (digits, self.language) {
            (0, _) => "",
            (_, Language::Italian) => ",",
            (_, Language::English) => ".",
        };
        format!("{sign}{whole}{point}{part}")
    }

    /// 12.431, or 12,431.
    pub(crate) fn number(self, number: u64) -> String {
        group(&number.to_string(), self.thousands())
    }

    /// 1.234,5, or 1,234.5: of a number written as -1234.5.
    pub(crate) fn decimal(self, number: &str) -> String {
        let (sign, size) = match number.strip_prefix('-') {
            Some(size) => ("−", size),
            None => ("", number),
        };
        let (whole, part) = size.split_once('.').unwrap_or((size, ""));
        let whole = group(whole, self.thousands());
        match part {
            "" => format!("{sign}{whole}"),
            part => format!("{sign}{whole}{}{part}", self.decimal_sign()),
        }
    }

    /// 1234,5, or 1234.5: the same as somebody would type it.
    pub(crate) fn written(self, number: &str) -> String {
        number.replacen('.', &self.decimal_sign().to_string(), 1)
    }

    /// € 1.234,56, or €1,234.56. `minor` counts the currency's smallest unit.
    pub(crate) fn amount(self, minor: i64, currency: Currency) -> String {
        let digits = usize::from(currency.minor_digits());
        let text = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
        let (whole, part) = text.split_at(text.len() - digits);
        let whole = group(whole, self.thousands());
        let sign = if minor < 0 { "−" } else { "" };
        let part = match (digits, self.language) {
            (0, _) => String::new(),
            (_, Language::Italian) => format!(",{part}"),
            (_, Language::English) => format!(".{part}"),
        };
        let code = currency.code();
        let symbol = match code {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            other => other,
        };
        // Italian style puts a space after every sign; English only after a code.
        let narrow = self.language == Language::English && symbol != code;
        let space = if narrow { "" } else { "\u{a0}" };
        format!("{sign}{symbol}{space}{whole}{part}")
    }

    /// The sign before decimals.
    pub(crate) const fn decimal_sign(self) -> char {
        match self.language {
            Language::Italian => ',',
            Language::English => '.',
        }
    }

    const fn thousands(self) -> char {
        match self.language {
            Language::Italian => '.',
            Language::English => ',',
        }
    }
}

const fn weekday_key(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "day-monday",
        Weekday::Tuesday => "day-tuesday",
        Weekday::Wednesday => "day-wednesday",
        Weekday::Thursday => "day-thursday",
        Weekday::Friday => "day-friday",
        Weekday::Saturday => "day-saturday",
        Weekday::Sunday => "day-sunday",
    }
}

fn group(digits: &str, separator: char) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const IT: Words = Words::of(Language::Italian);
    const EN: Words = Words::of(Language::English);

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn dates_are_of_rome_on_both_days_of_clock_change() {
        for (instant, expected) in [
            ("2026-12-31T13:05:00Z", "31/12/2026, 14:05"),
            ("2026-03-29T00:59:00Z", "29/03/2026, 01:59"),
            ("2026-03-29T01:00:00Z", "29/03/2026, 03:00"),
            ("2026-10-25T00:30:00Z", "25/10/2026, 02:30"),
            ("2026-10-25T01:30:00Z", "25/10/2026, 02:30"),
            ("2026-10-25T02:00:00Z", "25/10/2026, 03:00"),
            ("2026-12-31T23:30:00Z", "01/01/2027, 00:30"),
        ] {
            assert_eq!(IT.date_time(at(instant)), expected, "{instant}");
        }
        assert_eq!(EN.date(at("2026-12-31T13:05:00Z")), "31 Dec 2026");
        assert_eq!(IT.date(Timestamp::MAX), "—");
    }

    #[test]
    fn days_are_named_from_today() {
        let now = at("2026-11-23T08:00:00Z");
        assert_eq!(IT.day(at("2026-11-22T23:10:00Z"), now), "Oggi");
        assert_eq!(EN.day(at("2026-11-22T22:50:00Z"), now), "Yesterday");
        assert_eq!(
            IT.day(at("2026-11-20T12:00:00Z"), now),
            "venerdì 20/11/2026"
        );
        assert_eq!(
            EN.day(at("2026-11-20T12:00:00Z"), now),
            "Friday 20 Nov 2026"
        );
    }

    #[test]
    fn amounts_have_the_separators_of_the_language() {
        let euro: Currency = Currency::parse("EUR").unwrap();
        let yen: Currency = Currency::parse("JPY").unwrap();
        let dinar: Currency = Currency::parse("KWD").unwrap();
        for (minor, currency, italian, english) in [
            (123_456, euro, "€\u{a0}1.234,56", "€1,234.56"),
            (5, euro, "€\u{a0}0,05", "€0.05"),
            (-100_000_000, euro, "−€\u{a0}1.000.000,00", "−€1,000,000.00"),
            (1234, yen, "JPY\u{a0}1.234", "JPY\u{a0}1,234"),
            (1234, dinar, "KWD\u{a0}1,234", "KWD\u{a0}1.234"),
        ] {
            assert_eq!(IT.amount(minor, currency), italian);
            assert_eq!(EN.amount(minor, currency), english);
        }
        assert_eq!(IT.number(12_431), "12.431");
        assert_eq!(EN.number(999), "999");
        assert_eq!(IT.decimal("-12431.25"), "−12.431,25");
        assert_eq!(EN.decimal("1000"), "1,000");
    }
}
