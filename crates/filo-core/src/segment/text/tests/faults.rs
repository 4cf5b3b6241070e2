//! What is refused, where, and with which words.

use crate::segment::Cause;
use crate::segment::text::{TextCause, define, parse};

/// The text, with `|` where the fault is.
#[track_caller]
fn check(marked: &str, word: &str, message: &str) {
    let at = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let fault = parse(&text).unwrap_err();
    assert_eq!(fault.at, at, "{marked}: {fault}");
    assert_eq!(fault.cause.word(), word, "{marked}: {fault}");
    let told = fault.to_string();
    assert!(told.contains(message), "{marked}: {told}");
}

/// Texts with the mark, the word for programs, and a part of the message.
const CASES: &[(&str, &str, &str)] = &[
    (
        "|",
        "expected_condition",
        "line 1, column 1: here goes a condition",
    ),
    ("|city is \"Roma\"", "expected_condition", "not `city`"),
    (
        "\"A\" |\"B\"",
        "expected_end",
        "`and`, `or`, or the end, not `\"B\"`",
    ),
    ("\"A\" and |", "expected_condition", "a condition"),
    ("(\"A\" or \"B\"|", "expected_close", "here goes `)`"),
    ("all of |\"A\"", "expected_open", "here goes `(`"),
    ("any of (\"A\" |\"B\")", "expected_close", "here goes `)`"),
    (
        "\"A\" in last |ninety days",
        "expected_span",
        "not `ninety`",
    ),
    (
        "\"A\" in last |0 days",
        "expected_span",
        "at most a hundred years",
    ),
    (
        "\"A\" in last 90 |years",
        "expected_span",
        "`minutes`, `hours`",
    ),
    ("\"A\" |in segment", "expected_window", "`in last 90 days`"),
    ("\"A\" before 3 days|", "expected_word", "here goes `ago`"),
    ("\"A\" since |31.1.2026", "expected_date", "2026-01-31"),
    (
        "\"A\" from 2026-01-01 to |2026-02-30",
        "expected_date",
        "a day",
    ),
    ("\"A\" at least |two times", "expected_number", "a number"),
    ("\"A\" at least 2|", "expected_word", "here goes `times`"),
    (
        "\"A\" with |mean revenue above 2",
        "expected_figure",
        "`total`",
    ),
    (
        "\"A\" with total revenue |200",
        "expected_comparison",
        "`at least`",
    ),
    (
        "\"A\" with total |a..b above 2",
        "expected_field",
        "a place in the event",
    ),
    (
        "\"A\" for the |next time",
        "expected_first_or_last",
        "`first` or `last`",
    ),
    ("\"A\" on |weekends", "expected_weekday", "`monday`"),
    (
        "\"A\" on monday from 18:00 to |25:00",
        "expected_time",
        "24:00",
    ),
    (
        "\"A\" where channel |= \"shop\"",
        "sign",
        "`=` means nothing here",
    ),
    (
        "\"A\" where channel |at \"shop\"",
        "expected_test",
        "`is` or `contains`",
    ),
    (
        "\"A\" where channel is |shop",
        "expected_value",
        "a text in quotes",
    ),
    (
        "\"A\" where a contains |5",
        "expected_text",
        "a text in quotes",
    ),
    (
        "|\"\" in last 3 days",
        "expected_event_name",
        "for whichever",
    ),
    ("page |in last 3 days", "expected_event_name", "`any`"),
    ("\"A\" in last 3 days |today", "twice", "said already"),
    (
        "\"A\" at least 2 times |then \"B\" within 1 day",
        "misplaced",
        "before `then`",
    ),
    (
        "\"A\" with last a is \"b\" in last 3 days|",
        "misplaced",
        "no time",
    ),
    (
        "\"A\" then \"B\" |in last 7 days",
        "expected_word",
        "here goes `within`",
    ),
    ("\"A\" then |trait", "expected_event", "an event"),
    (
        "trait city |Milano",
        "expected_trait_test",
        "`has anniversary`",
    ),
    ("trait |", "expected_name", "a name"),
    (
        "trait birthday has anniversary in next |week",
        "expected_days",
        "of days",
    ),
    ("known by |fax", "expected_identifier", "`email`"),
    (
        "consent marketing on |fax is yes",
        "expected_channel",
        "`shop`",
    ),
    (
        "consent marketing is |maybe",
        "expected_answer",
        "`unasked`",
    ),
    ("order |total above 2", "expected_order_figure", "`revenue`"),
    ("in segment |coffee", "expected_segment", "`seg_`"),
    ("on list |tasting", "expected_list", "`lst_`"),
    (
        "share \"spring\" from 0% to |101%",
        "expected_percent",
        "100%",
    ),
    ("share \"spring\" from |0 to 10%", "expected_percent", "0%"),
    ("rfm |5", "expected_score", "`frequency`"),
    ("rfm group |best", "expected_group", "`champions`"),
    ("lifecycle |gone", "expected_stage", "`lost`"),
    ("\"A\" and\n  |\"B", "open_quote", "line 2, column 3"),
    ("\"A|\\x\"", "escape", "after a backslash"),
    ("\"è\" and |§", "sign", "line 1, column 9: `§`"),
];

#[test]
fn a_fault_is_where_it_stands() {
    for (marked, word, message) in CASES {
        check(marked, word, message);
    }
}

#[test]
fn an_event_after_values_is_told_what_to_do() {
    check(
        "trait city is \"Roma\" or \"Order Completed\" |in last 3 days",
        "expected_end_of_values",
        "goes in parentheses",
    );
    assert!(parse("trait city is \"Roma\" or (\"Order Completed\" in last 3 days)").is_ok());
}

#[test]
fn a_text_is_bounded() {
    let nested = |depth: usize| format!("{}everybody{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(31)).is_ok());
    for text in [nested(32), nested(100_000), "not ".repeat(60_000)] {
        assert_eq!(parse(&text).unwrap_err().cause, TextCause::TooDeep);
    }
    let long = format!("everybody{}", " ".repeat(256 * 1024));
    assert_eq!(parse(&long).unwrap_err().cause, TextCause::TooLong);
}

#[test]
fn what_cannot_be_is_shown_where_it_begins() {
    let cases = [
        (
            "known by card and |\"A\" from 1 day to 24 hours ago",
            Cause::EmptyWindow,
        ),
        (
            "everybody\nor not (known by card and |\"A\" at least 2000 times)",
            Cause::BeyondCounting,
        ),
        ("all of (nobody, |trait firstName is set)", Cause::TraitKey),
        ("|share \"x\" from 2% to 2%", Cause::Share),
        ("everybody and |rfm frequency above 5.5", Cause::Score),
        (
            "\"A\" and (known by card or not |\"B\" from 2026-02-02 to 2026-02-01)",
            Cause::Backwards,
        ),
    ];
    for (marked, cause) in cases {
        let fault = define(&marked.replacen('|', "", 1)).unwrap_err();
        assert_eq!(fault.cause, TextCause::Condition(cause), "{marked}");
        assert_eq!(fault.at, marked.find('|').unwrap(), "{marked}: {fault}");
    }
    let deep = format!("{}known by card", "not ".repeat(8));
    let fault = define(&deep).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "line 1, column 33: at most 8 conditions within each other: put some into a segment of their own"
    );
}
