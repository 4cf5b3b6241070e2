//! Texts of formulas, right and wrong.

use super::Formula;

#[test]
fn a_text_is_written_plainly() {
    for (text, expected) in [
        ("spend/visits", "spend / visits"),
        ("(a + b) * (c - d)", "(a + b) * (c - d)"),
        ("a + (b * c)", "a + b * c"),
        ("a - (b - c)", "a - (b - c)"),
        ("(a - b) - c", "a - b - c"),
        ("-(a + b)", "-(a + b)"),
        ("- -a", "--a"),
        ("lastSpend", "last_spend"),
        ("\"2fa\" + 1", "\"2fa\" + 1"),
        ("round(a; 0)", "round(a)"),
        ("min( a,\n b )", "min(a, b)"),
        ("a − b × c ÷ d", "a - b * c / d"),
        ("1.50", "1.5"),
    ] {
        let read: Formula = text.parse().unwrap();
        assert_eq!(read.to_string(), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_at_line_and_column() {
    for (text, expected) in [
        (
            "",
            "line 1, column 1: write a number, a trait, a function or a parenthesis",
        ),
        (
            "a +",
            "line 1, column 4: write a number, a trait, a function or a parenthesis",
        ),
        (
            "a b",
            "line 1, column 3: write +, -, * or / before this, or leave it out",
        ),
        ("(a", "line 1, column 3: close the parenthesis with )"),
        (
            "a\n + sqrt(b)",
            "line 2, column 4: there are the functions min, max, round, abs and if_missing",
        ),
        (
            "if_missing(a)",
            "line 1, column 13: write a comma and another part",
        ),
        (
            "round(a, 7)",
            "line 1, column 10: write how many decimals: a whole number from 0 to 6",
        ),
        (
            "1.2345678",
            "line 1, column 1: write numbers with a point and at most six decimals",
        ),
        ("a % b", "line 1, column 3: `%` means nothing in a formula"),
        ("\"a", "line 1, column 1: close the quote on the same line"),
        ("\"-\"", "line 1, column 1: write the key of a trait"),
    ] {
        let fault = text.parse::<Formula>().unwrap_err();
        assert_eq!(fault.to_string(), expected, "{text}");
    }
}

#[test]
fn formulas_have_an_end() {
    let deep = format!("{}a{}", "(".repeat(17), ")".repeat(17));
    let many = vec!["a"; 33].join(" + ");
    let long = format!("a + {}", "b".repeat(1_000));
    for (text, expected) in [
        (
            deep,
            "line 1, column 18: at most 16 parentheses within each other",
        ),
        (
            many,
            "line 1, column 127: at most 64 parts: make a computed trait of some of them",
        ),
        (
            long,
            "line 1, column 1: at most 1000 bytes: make a computed trait of a part of it",
        ),
    ] {
        let fault = text.parse::<Formula>().unwrap_err();
        assert_eq!(fault.to_string(), expected);
    }
    assert!(vec!["a"; 32].join(" + ").parse::<Formula>().is_ok());
}
