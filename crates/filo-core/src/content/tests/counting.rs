//! Text messages by the table of 3GPP TS 23.038, days and amounts as they are said.

use super::super::said::{day_words, money_words};
use super::*;
use crate::money::{Cents, Currency};

#[test]
fn text_messages_are_cut_as_the_standard_says() {
    let check = |text: String, coding, letters, parts| {
        let found = segments(&text);
        assert_eq!(
            (found.coding, found.letters, found.parts),
            (coding, letters, parts),
            "{text}"
        );
    };
    check(String::new(), Coding::Gsm7, 0, 0);
    check("a".repeat(160), Coding::Gsm7, 160, 1);
    check("a".repeat(161), Coding::Gsm7, 161, 2);
    check("a".repeat(306), Coding::Gsm7, 306, 2);
    check("a".repeat(307), Coding::Gsm7, 307, 3);
    // Small letters with an accent are in the table, most capitals are not; the euro counts twice.
    check("àèéìòù É".to_owned(), Coding::Gsm7, 8, 1);
    check("È".to_owned(), Coding::Ucs2, 1, 1);
    check("€".repeat(80), Coding::Gsm7, 160, 1);
    check("€".repeat(81), Coding::Gsm7, 162, 2);
    // A letter of two is never cut in two: 152 + € does not fit 153.
    check(
        format!("{}€{}", "a".repeat(152), "b".repeat(152)),
        Coding::Gsm7,
        306,
        3,
    );
    check("’".repeat(70), Coding::Ucs2, 70, 1);
    check("’".repeat(71), Coding::Ucs2, 71, 2);
    check("🙂".repeat(35), Coding::Ucs2, 70, 1);
    check("🙂".repeat(36), Coding::Ucs2, 72, 2);
    assert_eq!(segments("l’altra").first_foreign, Some('’'));
}

#[test]
fn days_and_amounts_are_said_in_the_language() {
    let first = date(2026, 1, 1);
    assert_eq!(day_words(first, Language::Italian), "1º gennaio 2026");
    assert_eq!(day_words(first, Language::English), "1 January 2026");
    for (cents, it, en) in [
        (0, "0,00 €", "€0.00"),
        (5, "0,05 €", "€0.05"),
        (123_456_789, "1.234.567,89 €", "€1,234,567.89"),
        (-1250, "-12,50 €", "-€12.50"),
    ] {
        assert_eq!(
            money_words(Cents(cents), Currency::EUR, Language::Italian),
            it
        );
        assert_eq!(
            money_words(Cents(cents), Currency::EUR, Language::English),
            en
        );
    }
    let yen = Currency::parse("JPY").unwrap();
    assert_eq!(
        money_words(Cents(1500), yen, Language::English),
        "1,500 JPY"
    );
}
