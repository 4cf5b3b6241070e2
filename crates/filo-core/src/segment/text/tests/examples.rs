//! What each condition looks like as a text.

use crate::segment::text::{define, parse, print};
use crate::segment::{Condition, Definition};

fn of_json(json: &str) -> Condition {
    let document = format!(r#"{{"version":1,"condition":{json}}}"#);
    let definition = Definition::from_json(&document);
    definition
        .unwrap_or_else(|fault| panic!("{json}: {fault}"))
        .into_condition()
}

#[track_caller]
fn check(json: &str, text: &str) {
    let condition = of_json(json);
    assert_eq!(print(&condition), text);
    assert_eq!(parse(text), Ok(condition));
}

fn happened(signal: &str, rest: &str) -> String {
    format!(r#"{{"happened":{{"signal":{{{signal}}},{rest}}}}}"#)
}

#[test]
fn everybody_nobody_and_traits() {
    let cases = [
        (r#"{"all":[]}"#, "everybody"),
        (r#"{"any":[]}"#, "nobody"),
        (
            r#"{"trait":{"key":"city","test":{"value":{"is":["Milano","Monza"]}}}}"#,
            r#"trait city is "Milano" or "Monza""#,
        ),
        (
            r#"{"trait":{"key":"city","test":{"value":{"is_not":["Roma"]}}}}"#,
            r#"trait city is not "Roma""#,
        ),
        (
            r#"{"trait":{"key":"city","test":{"value":"set"}}}"#,
            "trait city is set",
        ),
        (
            r#"{"trait":{"key":"is","test":{"value":"empty"}}}"#,
            r#"trait "is" is empty"#,
        ),
        (
            r#"{"trait":{"key":"note","test":{"value":{"contains":"\"x\""}}}}"#,
            r#"trait note contains "\"x\"""#,
        ),
        (
            r#"{"trait":{"key":"age","test":{"value":{"number":{"between":[18,25.5]}}}}}"#,
            "trait age is between 18 and 25.5",
        ),
        (
            r#"{"trait":{"key":"age","test":{"value":{"number":{"equals":18}}}}}"#,
            "trait age is 18",
        ),
        (
            r#"{"trait":{"key":"member_since","test":{"date":{"before":"52 weeks"}}}}"#,
            "trait member_since before 52 weeks ago",
        ),
        (
            r#"{"trait":{"key":"birthday","test":{"anniversary":{"before":7,"after":0}}}}"#,
            "trait birthday has anniversary in next 7 days",
        ),
        (
            r#"{"trait":{"key":"birthday","test":{"anniversary":{"before":7,"after":1}}}}"#,
            "trait birthday has anniversary in last 1 day or next 7 days",
        ),
        (
            r#"{"trait":{"key":"contract_end","test":{"within":"30 days"}}}"#,
            "trait contract_end in next 30 days",
        ),
    ];
    for (json, text) in cases {
        check(json, text);
    }
}

#[test]
fn what_people_have_allow_and_are() {
    let cases = [
        (r#"{"known":"card"}"#, "known by card"),
        (
            r#"{"consent":{"purpose":"marketing","channel":"email","answer":"yes"}}"#,
            "consent marketing on email is yes",
        ),
        (
            r#"{"consent":{"purpose":"marketing","answer":"unasked"}}"#,
            "consent marketing is unasked",
        ),
        (
            r#"{"orders":{"figure":"revenue","is":{"at_least":200},"during":"ever"}}"#,
            "order revenue at least 200",
        ),
        (
            r#"{"orders":{"figure":"count","is":{"below":2},"during":{"calendar":"this_year"}}}"#,
            "order count below 2 this year",
        ),
        (
            r#"{"met":{"channel":"shop","last":"30 days"}}"#,
            "met on shop in last 30 days",
        ),
        (
            r#"{"channels":{"is":{"at_least":3}}}"#,
            "channel count at least 3",
        ),
        (
            r#"{"segment":"seg_00000000000000000000000007"}"#,
            "in segment seg_00000000000000000000000007",
        ),
        (
            r#"{"list":"lst_00000000000000000000000007"}"#,
            "on list lst_00000000000000000000000007",
        ),
        (
            r#"{"share":{"draw":"spring","from":0,"to":1250}}"#,
            r#"share "spring" from 0% to 12.5%"#,
        ),
        (r#"{"rfm":{"group":"at_risk"}}"#, "rfm group at_risk"),
        (
            r#"{"rfm":{"recency":{"at_least":4}}}"#,
            "rfm recency at least 4",
        ),
        (
            r#"{"rfm":{"monetary":{"between":[2,3]}}}"#,
            "rfm monetary between 2 and 3",
        ),
        (r#"{"lifecycle":"never_bought"}"#, "lifecycle never_bought"),
    ];
    for (json, text) in cases {
        check(json, text);
    }
}

#[test]
fn events_and_what_is_made_of_them() {
    let count = |is: &str, during: &str| {
        format!(r#""test":{{"figure":{{"figure":"count","is":{is},"during":{during}}}}}"#)
    };
    let once = count(r#"{"at_least":1}"#, r#""ever""#);
    let bought = r#""name":"Order Completed""#;
    let paid = r#""name":"Order Completed","field":"revenue""#;
    let cases = [
        (bought, once.clone(), r#""Order Completed""#),
        (r#""kind":"page","name":"Home""#, once.clone(), r#"page "Home""#),
        (r#""kind":"screen""#, once.clone(), "any screen"),
        ("", once.clone(), "any event"),
        (paid, once.clone(), r#""Order Completed" keeping revenue"#),
        (
            bought,
            count(r#"{"equals":1}"#, r#"{"ago":["90 days","30 days"]}"#),
            r#""Order Completed" exactly 1 time from 90 days to 30 days ago"#,
        ),
        (
            bought,
            count(r#"{"differs":2}"#, r#"{"days":["2026-01-01","2026-01-31"]}"#),
            r#""Order Completed" other than 2 times from 2026-01-01 to 2026-01-31"#,
        ),
        (
            paid,
            r#""test":{"figure":{"figure":"sum","is":{"above":200},"during":{"since":"2026-01-01"}}}"#.into(),
            r#""Order Completed" with total revenue above 200 since 2026-01-01"#,
        ),
        (
            paid,
            r#""test":{"last_is":{"is":["card"]}}"#.into(),
            r#""Order Completed" with last revenue is "card""#,
        ),
        (
            bought,
            r#""test":{"first":{"last":"7 days"}}"#.into(),
            r#""Order Completed" for the first time in last 7 days"#,
        ),
        (
            bought,
            r#""test":{"last":{"before":"60 days"}}"#.into(),
            r#""Order Completed" for the last time before 60 days ago"#,
        ),
        (
            bought,
            format!(r#""hours":{{"days":96,"from":1080,"to":1320}},{once}"#),
            r#""Order Completed" on saturday or sunday from 18:00 to 22:00"#,
        ),
        (
            bought,
            format!(r#""hours":{{"days":95,"from":0,"to":1440}},{once}"#),
            r#""Order Completed" on monday to friday or sunday"#,
        ),
    ];
    for (signal, rest, text) in cases {
        check(&happened(signal, &rest), text);
    }
}

#[test]
fn a_long_condition_has_a_line_for_each_part() {
    let text = r#""Order Completed"
  where products.*.category is "coffee"
    and channel is "shop"
  at least 2 times in last 90 days
and not "Email Opened" in last 90 days
and consent marketing on email is yes
and (trait city is "Milano" or "Monza" or ("Cart Viewed" today) or known by card)
and not (
  "Product Viewed"
    where price is above 100
    in last 30 days
    then "Order Completed" within 7 days
    without "Email Opened"
  or order average at least 50 last month
)"#;
    let condition = parse(text).unwrap();
    assert_eq!(print(&condition), text);
}

/// What the book shows is what is read; its request and its first text are the same condition.
#[test]
fn the_examples_of_the_book_are_conditions() {
    let book = include_str!("../../../../../../docs/book/en/segments.md");
    let section = book.split("## As text").nth(1).unwrap();
    let block = section.split("```").nth(1).unwrap().trim();
    let request = book.split("\"condition\": ").nth(1).unwrap();
    let request = of_json(request.split("\n}\n```").next().unwrap());
    assert_eq!(print(&request), block);
    assert_eq!(parse(block), Ok(request));
    let table = section.split("|---|---|").nth(1).unwrap();
    let rows = table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'));
    let texts = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let whole: Vec<&str> = texts.filter(|text| text.contains(' ')).collect();
    assert!(whole.len() > 25, "{whole:?}");
    for text in whole {
        if let Err(fault) = define(text) {
            panic!("{text}: {fault}");
        }
    }
}

#[test]
fn what_is_said_in_another_way_is_the_same() {
    let same = [
        (
            "\"A\" in last 3 days at least 2 times",
            "\"A\" at least 2 times in last 3 days",
        ),
        (
            "\"A\" AT LEAST 2 Times In Last 3 Days",
            "\"A\" at least 2 times in last 3 days",
        ),
        ("“A” today", "\"A\" today"),
        ("event \"A\"", "\"A\""),
        ("\"A\" at least 1 time ever", "\"A\""),
        (
            "\"A\" on friday to monday",
            "\"A\" on monday or friday to sunday",
        ),
        (
            "everybody and nobody or everybody",
            "(everybody and nobody) or everybody",
        ),
        (
            "all of (known by card, known by email)",
            "known by card and known by email",
        ),
        ("all of (known by card)", "all of (known by card)"),
        (
            "\"A\" where a is \"b\" and c is exactly 2 and known by card",
            "\"A\" where a is \"b\" and c is 2 and known by card",
        ),
        (
            "\"A\" where trait is \"b\" and consent is \"c\"",
            "\"A\" where trait is \"b\" and consent is \"c\"",
        ),
    ];
    for (written, printed) in same {
        let condition = parse(written).unwrap_or_else(|fault| panic!("{written}: {fault}"));
        assert_eq!(print(&condition), printed);
    }
}
