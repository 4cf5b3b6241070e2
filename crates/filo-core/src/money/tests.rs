use super::{Cents, Currency, Decimal};

fn euro_cents(text: &str) -> Option<i64> {
    Decimal::parse(text)?
        .to_cents(Currency::EUR)
        .map(|cents| cents.0)
}

#[test]
fn reads_amounts_as_programs_and_people_write_them() {
    for (text, cents) in [
        ("42", 4200),
        ("42.5", 4250),
        ("42.50", 4250),
        ("42,50", 4250),
        ("42,5", 4250),
        ("  42.5 ", 4250),
        ("+42.5", 4250),
        ("-42.5", -4250),
        ("- 42.5", -4250),
        ("1e3", 100_000),
        ("1E3", 100_000),
        ("1.5e-1", 15),
        ("1.234,56", 123_456),
        ("1,234.56", 123_456),
        ("1.234.567", 123_456_700),
        ("1,234,567", 123_456_700),
        ("1.234.567,89", 123_456_789),
        ("1 234,56", 123_456),
        ("1\u{a0}234,56", 123_456),
        ("1\u{202f}234,56", 123_456),
        ("1'234.56", 123_456),
        ("1’234.56", 123_456),
        ("€ 42,50", 4250),
        ("42,50 €", 4250),
        ("-€5", -500),
        ("$19.99", 1999),
        (".5", 50),
        (",5", 50),
        ("5.", 500),
        ("007", 700),
        ("0", 0),
        ("-0", 0),
        ("0.005", 1),
        ("0.0049999999999999999999999999999999", 0),
        ("19.989999999999998", 1999),
        ("0.1000000000000000055511151231257827", 10),
        ("1.234", 123),
        ("1,234", 123),
        ("2.675", 268),
        ("-2.675", -268),
        ("1e-400", 0),
        ("1e-2000", 0),
        ("0e9999", 0),
        ("92233720368547758.07", i64::MAX),
    ] {
        assert_eq!(euro_cents(text), Some(cents), "{text}");
    }
}

#[test]
fn refuses_what_is_not_an_amount() {
    for text in [
        "",
        " ",
        "€",
        "-",
        "+",
        ".",
        ",",
        "-.",
        "e5",
        "1e",
        "1e1.5",
        "NaN",
        "Infinity",
        "-Infinity",
        "null",
        "true",
        "gratis",
        "12.34,5",
        "1,23,456",
        "1234,567,890",
        "1.234,567,890",
        "1 2",
        "12 34",
        "1..2",
        "1,,2",
        "--5",
        "5-",
        "0x10",
        "１２",
        "1_000",
        "1e400",
        "1e2000",
        "99999999999999999999999999999999999999",
        "92233720368547758.08",
        "(5.00)",
        "{}",
        "[1]",
        "1\0",
        "1.234.56",
        "00000000000000000000000000000000000000000000000000000000000000001",
    ] {
        assert_eq!(euro_cents(text), None, "{text}");
    }
}

#[test]
fn minor_units_follow_the_currency() {
    let amount = Decimal::parse("1234.5678").unwrap();
    for (code, minor) in [
        ("EUR", 123_457),
        ("JPY", 1235),
        ("KWD", 1_234_568),
        ("CLF", 12_345_678),
    ] {
        assert_eq!(
            amount.to_cents(Currency::parse(code).unwrap()),
            Some(Cents(minor)),
            "{code}"
        );
    }
}

#[test]
fn currencies_are_three_letters() {
    assert_eq!(Currency::parse("eur"), Some(Currency::EUR));
    assert_eq!(Currency::parse(" € "), Some(Currency::EUR));
    for text in ["", "EU", "EURO", "E1R", "è€", "123"] {
        assert_eq!(Currency::parse(text), None, "{text}");
    }
}

#[test]
fn sums_stop_at_the_largest_amount() {
    let sum: Cents = [Cents(i64::MAX), Cents(1)].into_iter().sum();
    assert_eq!(sum, Cents(i64::MAX));
    assert_eq!(Cents(i64::MIN).minus(Cents(1)), Cents(i64::MIN));
    assert_eq!(
        Cents(i64::MAX).share(Cents(i64::MAX), Cents(1)),
        Cents(i64::MAX)
    );
}

#[test]
fn shares_round_half_away_from_zero() {
    assert_eq!(Cents(100).share(Cents(1), Cents(3)), Cents(33));
    assert_eq!(Cents(100).share(Cents(2), Cents(3)), Cents(67));
    assert_eq!(Cents(-1).share(Cents(1), Cents(2)), Cents(-1));
    assert_eq!(Cents(10).each(4), Cents(3));
    assert_eq!(Cents(10).each(3), Cents(3));
    assert_eq!(Cents(10).each(0), Cents(0));
}

#[test]
fn products_and_sums_are_exact() {
    let number = |text| Decimal::parse(text).unwrap();
    let tenth = number("0.1");
    assert_eq!(tenth.plus(number("0.2")), Some(number("0.3")));
    assert_eq!(number("0.55").times(number("48")), Some(number("26.4")));
    assert_eq!(number("42.50"), number("42.5"));
    let absurd = number("9999999999999999999999999999");
    assert_eq!(absurd.times(absurd), None);
    let speck = number("1e-28");
    let less = speck.times(speck).unwrap();
    assert_eq!(less.to_cents(Currency::EUR), Some(Cents::ZERO));
    assert_eq!(number("12.9").to_count(), 12);
    assert_eq!(number("-3").to_count(), 0);
    assert_eq!(number("1e20").to_count(), u32::MAX);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        let _read_or_refused = euro_cents(&text);
    }

    #[test]
    fn written_cents_are_read_back(cents in proptest::num::i64::ANY) {
        let magnitude = cents.unsigned_abs();
        let sign = if cents < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100);
        proptest::prop_assert_eq!(euro_cents(&text), Some(cents));
        proptest::prop_assert_eq!(euro_cents(&text.replace('.', ",")), Some(cents));
    }
}
