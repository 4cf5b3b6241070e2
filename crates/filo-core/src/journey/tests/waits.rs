//! When waits are over: on both days of clock change, over holidays and short Februaries.

use jiff::tz::TimeZone;

use super::at;
use crate::journey::{DateWait, Wait, due_after, due_on_date};

fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap()
}

#[track_caller]
fn check(wait: &str, began: &str, due: &str) {
    let wait: Wait = serde_json::from_str(wait).unwrap();
    assert_eq!(due_after(&wait, at(began), &rome()), at(due), "{wait:?}");
}

#[test]
fn hours_are_hours_and_days_are_days_of_the_calendar() {
    // In the night of 28 March 2027 the clock goes from 2 to 3.
    check(
        r#"{"for":"24 hours"}"#,
        "2027-03-27T19:00:00Z",
        "2027-03-28T19:00:00Z",
    );
    check(
        r#"{"for":"1 day"}"#,
        "2027-03-27T19:00:00Z",
        "2027-03-28T18:00:00Z",
    );
    check(
        r#"{"for":"1 week"}"#,
        "2027-10-25T18:00:00Z",
        "2027-11-01T19:00:00Z",
    );
    check(
        r#"{"for":"90 minutes"}"#,
        "2027-10-31T00:00:00Z",
        "2027-10-31T01:30:00Z",
    );
}

#[test]
fn a_time_that_there_is_not_is_the_first_behind_it_and_of_two_the_first() {
    check(
        r#"{"until":{"at":"02:30"}}"#,
        "2027-03-27T20:00:00Z",
        "2027-03-28T01:00:00Z",
    );
    check(
        r#"{"until":{"at":"02:30"}}"#,
        "2027-10-30T20:00:00Z",
        "2027-10-31T00:30:00Z",
    );
    // Half past two has been: it is asked again in the second hour of that name.
    check(
        r#"{"until":{"at":"02:30"}}"#,
        "2027-10-31T00:45:00Z",
        "2027-11-01T01:30:00Z",
    );
}

#[test]
fn days_and_a_time_are_that_day_at_that_time() {
    check(
        r#"{"for":"3 days","until":{"at":"10:00"}}"#,
        "2027-06-01T15:00:00Z",
        "2027-06-04T08:00:00Z",
    );
    check(
        r#"{"for":"2 hours","until":{"at":"10:00"}}"#,
        "2027-06-01T07:30:00Z",
        "2027-06-02T08:00:00Z",
    );
}

#[test]
fn shop_hours_weekdays_and_holidays_are_kept() {
    let open = r#"{"until":{"from":"09:00","to":"18:00","days":["mon","tue","wed","thu","fri"],"no_holidays":true}}"#;
    // Wednesday within the hours: at once.
    check(open, "2027-06-09T10:00:00Z", "2027-06-09T10:00:00Z");
    check(open, "2027-06-09T05:00:00Z", "2027-06-09T07:00:00Z");
    // At six it has closed; the 2nd of June is a holiday; Saturday and Sunday are not asked for.
    check(open, "2027-06-01T16:00:00Z", "2027-06-03T07:00:00Z");
    check(open, "2027-06-04T18:00:00Z", "2027-06-07T07:00:00Z");
    // Easter Monday 2027 is the 29th of March.
    check(open, "2027-03-26T18:00:00Z", "2027-03-30T07:00:00Z");
}

#[test]
fn a_birthday_of_a_leap_year_is_kept_on_the_day_before() {
    let due = |wait: &str, known: &str, began: &str| {
        let wait: DateWait = serde_json::from_str(wait).unwrap();
        due_on_date(&wait, known, at(began), &rome())
    };
    let yearly = r#"{"key":"birthday","yearly":true,"at":"10:00"}"#;
    let known = "2000-02-29";
    assert_eq!(
        due(yearly, known, "2027-01-10T12:00:00Z"),
        Some(at("2027-02-28T09:00:00Z"))
    );
    assert_eq!(
        due(yearly, known, "2028-01-10T12:00:00Z"),
        Some(at("2028-02-29T09:00:00Z"))
    );
    assert_eq!(
        due(yearly, known, "2027-03-01T12:00:00Z"),
        Some(at("2028-02-29T09:00:00Z"))
    );
    let before = r#"{"key":"renewal","days":-7}"#;
    assert_eq!(
        due(before, "2027-03-10", "2027-03-01T12:00:00Z"),
        Some(at("2027-03-02T23:00:00Z"))
    );
    assert_eq!(
        due(before, "2027-03-10", "2027-03-04T12:00:00Z"),
        None,
        "it is over"
    );
    assert_eq!(due(before, "domani", "2027-03-01T12:00:00Z"), None);
}
