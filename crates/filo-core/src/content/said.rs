//! Days and amounts as a language says them.

use jiff::civil::Date;

use crate::company::Language;
use crate::money::{Cents, Currency};

const MONTHS: [[&str; 12]; 2] = [
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// A day as it is said: 1º gennaio 2026, 1 January 2026.
pub(super) fn day_words(day: Date, language: Language) -> String {
    let months = MONTHS[usize::from(language == Language::English)];
    let month = usize::try_from(day.month() - 1)
        .ok()
        .and_then(|place| months.get(place));
    let number = match (language, day.day()) {
        (Language::Italian, 1) => "1º".to_owned(),
        (_, number) => number.to_string(),
    };
    format!("{number} {} {}", month.unwrap_or(&""), day.year())
}

/// An amount as it is said: 1.234,50 €, €1,234.50.
pub(super) fn money_words(amount: Cents, currency: Currency, language: Language) -> String {
    let digits = usize::from(currency.minor_digits());
    let text = format!("{:0>width$}", amount.0.unsigned_abs(), width = digits + 1);
    let (whole, minor) = text.split_at(text.len() - digits);
    let (group, point) = match language {
        Language::Italian => ('.', ","),
        Language::English => (',', "."),
    };
    let mut said = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            said.push(group);
        }
        said.push(digit);
    }
    if digits > 0 {
        said.push_str(point);
        said.push_str(minor);
    }
    let minus = if amount.0 < 0 { "-" } else { "" };
    let sign = match currency.code() {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        other => return format!("{minus}{said} {other}"),
    };
    match language {
        Language::Italian => format!("{minus}{said} {sign}"),
        Language::English => format!("{minus}{sign}{said}"),
    }
}
