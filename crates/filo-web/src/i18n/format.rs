//! Dates, amounts and numbers as people in Italy and elsewhere write them.
//!
//! **Invariant:** every date a person reads is of Europe/Rome; both days on which the clocks
//! change have the right hour.

use std::sync::LazyLock;

use filo_core::money::Currency;
use filo_core::time::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, Zoned};

use super::{Language, Words};

static ROME: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC));

const MONTHS_SHORT: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// An instant as the clock on the wall in Rome shows it; none if it is outside all calendars.
fn local(at: Timestamp) -> Option<Zoned> {
    Instant::from_microsecond(at.0)
        .ok()
        .map(|instant| instant.to_zoned(ROME.clone()))
}

impl Words {
    /// 31/12/2026, or 31 Dec 2026.
    pub(crate) fn date(self, at: Timestamp) -> String {
        local(at).map_or_else(|| "—".to_owned(), |at| self.civil_date(at.date()))
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

    /// 14:05, in both languages.
    pub(crate) fn time(self, at: Timestamp) -> String {
        local(at).map_or_else(String::new, |at| {
            format!("{:02}:{:02}", at.hour(), at.minute())
        })
    }

    /// 31/12/2026, 14:05.
    pub(crate) fn date_time(self, at: Timestamp) -> String {
        format!("{}, {}", self.date(at), self.time(at))
    }

    /// The heading of a day of a thread: Oggi, Ieri, lunedì 31/12/2026.
    pub(crate) fn day(self, at: Timestamp, now: Timestamp) -> String {
        let (Some(at), Some(now)) = (local(at), local(now)) else {
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
        let weekday = match at.weekday() {
            jiff::civil::Weekday::Monday => "day-monday",
            jiff::civil::Weekday::Tuesday => "day-tuesday",
            jiff::civil::Weekday::Wednesday => "day-wednesday",
            jiff::civil::Weekday::Thursday => "day-thursday",
            jiff::civil::Weekday::Friday => "day-friday",
            jiff::civil::Weekday::Saturday => "day-saturday",
            jiff::civil::Weekday::Sunday => "day-sunday",
        };
        format!("{} {}", self.say(weekday), self.civil_date(at.date()))
    }

    /// Oggi, Ieri, or the date.
    pub(crate) fn recently(self, at: Timestamp, now: Timestamp) -> String {
        let (Some(day), Some(today)) = (day_of(at), day_of(now)) else {
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
        day_of(at).map_or_else(
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

    const fn thousands(self) -> char {
        match self.language {
            Language::Italian => '.',
            Language::English => ',',
        }
    }
}

/// When a day begins in Rome.
pub(crate) fn day_start(date: Date) -> Option<Timestamp> {
    let start = date.to_zoned(ROME.clone()).ok()?;
    Some(Timestamp(start.timestamp().as_microsecond()))
}

/// The day an instant falls on in Rome, to group by.
pub(crate) fn day_of(at: Timestamp) -> Option<Date> {
    local(at).map(|at| at.date())
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
    }
}
