//! Requests about data: their last day, and what can be done with them when.

use super::*;

fn rome() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn request(received_at: &str) -> DataRequest {
    let received_at = at(received_at);
    DataRequest {
        id: DataRequestId(1),
        wish: Wish::Access,
        way: Way::Phone,
        stage: Stage::Received,
        contact: "ada@example.it".to_owned(),
        node: Some(NodeId(7)),
        message: String::new(),
        received_at,
        due_at: first_due(received_at, &rome()),
        checked_at: None,
        proof: None,
        extended_at: None,
        extension_reason: String::new(),
        closed_at: None,
        closing_note: String::new(),
        erasure: None,
    }
}

#[test]
fn a_month_ends_with_the_same_day_or_with_the_month() {
    for (received, last) in [
        ("2026-01-15T10:00:00Z", "2026-02-15T22:59:59"),
        // A shorter month ends it; a leap year has a day more.
        ("2026-01-31T10:00:00Z", "2026-02-28T22:59:59"),
        ("2028-01-31T10:00:00Z", "2028-02-29T22:59:59"),
        ("2026-08-31T10:00:00Z", "2026-09-30T21:59:59"),
        ("2026-12-31T10:00:00Z", "2027-01-31T22:59:59"),
        // It is the day on the company's wall that counts: here already the first of March.
        ("2026-02-28T23:30:00Z", "2026-04-01T21:59:59"),
        // The clocks change in between, forward and back.
        ("2026-03-10T10:00:00Z", "2026-04-10T21:59:59"),
        ("2026-10-10T10:00:00Z", "2026-11-10T22:59:59"),
    ] {
        let due = first_due(at(received), &rome()).to_string();
        assert!(due.starts_with(last), "{received}: {due}");
    }
}

#[test]
fn an_extension_counts_from_receipt_and_is_given_once_and_in_time() {
    let zone = rome();
    let request = request("2026-01-31T10:00:00Z");
    let extended =
        request
            .clone()
            .extend("many orders".to_owned(), at("2026-02-28T22:59:00Z"), &zone);
    let extended = extended.unwrap();
    // From the end of January, not from the end of February.
    assert!(
        extended
            .due_at
            .to_string()
            .starts_with("2026-04-30T21:59:59")
    );
    assert_eq!(extended.extension_reason, "many orders");
    let late = at("2026-02-28T23:00:00Z");
    let asked = |request: DataRequest| request.extend("x".to_owned(), late, &zone);
    assert_eq!(asked(extended), Err(NotNow::Extended));
    assert_eq!(asked(request), Err(NotNow::Late));
}

#[test]
fn days_are_counted_on_the_wall() {
    let zone = rome();
    let request = request("2026-01-31T10:00:00Z");
    for (now, days) in [
        ("2026-02-20T22:00:00Z", 8),
        ("2026-02-20T23:30:00Z", 7),
        ("2026-02-28T22:30:00Z", 0),
        ("2026-02-28T23:30:00Z", -1),
        ("2026-04-02T10:00:00Z", -33),
    ] {
        assert_eq!(request.days_left(at(now), &zone), days, "{now}");
    }
}

#[test]
fn nothing_is_answered_before_it_is_known_whose_it_is() {
    let now = at("2026-02-01T10:00:00Z");
    let request = request("2026-01-31T10:00:00Z");
    let finish = |request: DataRequest| request.finish("sent".to_owned(), None, now);
    assert_eq!(finish(request.clone()), Err(NotNow::Unchecked));
    let checked = request.clone().check(Proof::Document, now).unwrap();
    assert_eq!(
        checked.clone().check(Proof::Link, now),
        Err(NotNow::Checked)
    );
    let done = finish(checked.clone()).unwrap();
    assert_eq!((done.stage, done.closed_at), (Stage::Done, Some(now)));
    assert_eq!(finish(done.clone()), Err(NotNow::Closed));
    assert_eq!(done.clone().check(Proof::Link, now), Err(NotNow::Closed));
    assert_eq!(done.clone().refuse(String::new(), now), Err(NotNow::Closed));
    let asked = done.clone().extend("x".to_owned(), now, &rome());
    assert_eq!(asked, Err(NotNow::Closed));
    // Closed by mistake it is what it was, and the month runs on.
    assert_eq!(done.reopen(), Ok(checked.clone()));
    assert_eq!(checked.reopen(), Err(NotNow::Open));
    let refused = request
        .clone()
        .refuse("not theirs".to_owned(), now)
        .unwrap();
    assert_eq!(refused.stage, Stage::Refused);
    let forgotten = DataRequest {
        node: None,
        ..refused.clone()
    };
    assert_eq!(forgotten.reopen(), Err(NotNow::Forgotten));
    assert_eq!(refused.reopen(), Ok(request));
}

#[test]
fn words_are_read_back() {
    assert!(
        Wish::ALL
            .iter()
            .all(|it| Wish::from_word(it.word()) == Some(*it))
    );
    assert!(
        Way::ALL
            .iter()
            .all(|it| Way::from_word(it.word()) == Some(*it))
    );
    assert!(
        Proof::ALL
            .iter()
            .all(|it| Proof::from_word(it.word()) == Some(*it))
    );
    assert!(
        Stage::ALL
            .iter()
            .all(|it| Stage::from_word(it.word()) == Some(*it))
    );
}
