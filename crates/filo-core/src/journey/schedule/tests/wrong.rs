//! What is refused, with which words.

use super::schedule;

fn check(rule: &str, says: &str) {
    let fault = schedule(rule, "2027-01-01", "09:00")
        .timetable()
        .unwrap_err();
    assert_eq!(fault.field, "rule", "{rule}");
    assert!(fault.cause.contains(says), "{rule}: {}", fault.cause);
}

#[test]
fn what_is_too_often_or_never_is_refused() {
    for word in ["SECONDLY", "MINUTELY", "HOURLY"] {
        check(&format!("FREQ={word}"), "a day is the smallest step");
    }
    check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes round");
    check(
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=10000",
        "never comes round",
    );
    check("FREQ=DAILY;UNTIL=20261231", "never comes round");
    check(
        "FREQ=MONTHLY;INTERVAL=1000;BYMONTHDAY=31;BYMONTH=4",
        "never comes round",
    );
    check("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", "never comes round");
}

#[test]
fn what_is_no_rule_is_refused() {
    for (rule, says) in [
        ("", "say FREQ"),
        ("ogni lunedì", "NAME=VALUE"),
        ("INTERVAL=2", "say FREQ"),
        ("FREQ=FORTNIGHTLY", "FREQ is one of DAILY"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ is there twice"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is a number from 1"),
        ("FREQ=DAILY;INTERVAL=99999999", "INTERVAL is a number"),
        ("FREQ=DAILY;COUNT=0", "COUNT is a number"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20280101", "either COUNT or UNTIL"),
        ("FREQ=DAILY;UNTIL=domani", "UNTIL is a day"),
        ("FREQ=DAILY;BYHOUR=9", "the hour is the one beside the rule"),
        ("FREQ=DAILY;BYEASTER=0", "no part of a rule"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH is made of"),
        ("FREQ=DAILY;BYMONTH=-1", "BYMONTH is made of"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY is made of"),
        ("FREQ=MONTHLY;BYDAY=1XX", "is no day"),
        ("FREQ=MONTHLY;BYDAY=54MO", "is no day"),
        ("FREQ=WEEKLY;BYDAY=1MO", "days with a number"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "FREQ=YEARLY only"),
        ("FREQ=DAILY;BYSETPOS=1", "another BY part"),
    ] {
        check(rule, says);
    }
    check(&format!("FREQ=DAILY;{}", "X".repeat(400)), "at most");
}

#[test]
fn a_first_day_of_another_age_is_refused() {
    for day in ["1900-01-01", "2150-01-01"] {
        let fault = schedule("FREQ=DAILY", day, "09:00")
            .timetable()
            .unwrap_err();
        assert_eq!(fault.field, "first_day");
    }
}
