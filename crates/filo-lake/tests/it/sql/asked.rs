//! What a question may be, and what is said of one that may not.

use std::time::Duration;

use filo_lake::sql::{
    CustomerRecord, EXAMPLES, Heading, Kind as Holds, Limits, Place as At, Question, Refusal, Rows,
    STATEMENT_BYTES_MOST, Sight, Told, VIEWS, Views, Wanted, answer,
};

use super::records;
use crate::{Place, sample};

pub(super) const SIGN: &str = "•••";

pub(super) const WIDE: Limits = Limits {
    rows_most: 1_000,
    cuts: true,
    answer_bytes_most: 8 << 20,
    memory_bytes_most: 64 << 20,
    time_most: Duration::from_secs(60),
};

/// 300 events of twelve threads, each somebody, of whom one has a name, an address and a number.
pub(super) fn asked() -> (Place, Views) {
    let mut place = Place::small();
    let events = sample::events(0..300, 12);
    place.add(&events);
    let owners = events
        .iter()
        .map(|event| (event.thread, event.thread.into()));
    let identifiers = records(&events, &owners.collect());
    let named = CustomerRecord {
        id: identifiers[0].customer_id,
        name: Some("Maria Rossi".into()),
        email: Some("maria@example.it".into()),
        phone: Some("+393470000001".into()),
        first_seen_at: Some(sample::NOVEMBER),
        last_seen_at: Some(sample::NOVEMBER),
        event_count: 9,
        order_count: 1,
        revenue_cents: 4250,
        currency: Some("EUR".into()),
        traits: r#"{"city":"Alba"}"#.into(),
    };
    let unnamed = CustomerRecord {
        id: identifiers[1].customer_id,
        name: None,
        email: None,
        phone: None,
        ..named.clone()
    };
    let customers = vec![named, unnamed];
    let views = Views {
        customers,
        identifiers,
    };
    (place, views)
}

pub(super) fn ask(
    (place, views): &(Place, Views),
    sight: Sight<'_>,
    (statement, limits): (&str, Limits),
) -> Result<Told, Refusal> {
    let question = Question {
        statement: statement.to_owned(),
        wanted: Wanted::Rows,
        limits,
    };
    answer(&place.lake, views, sight, &question, ())
}

#[track_caller]
pub(super) fn rows(of: &(Place, Views), sight: Sight<'_>, statement: &str) -> Rows {
    match ask(of, sight, (statement, WIDE)) {
        Ok(Told::Rows(rows)) => rows,
        other => panic!("{statement}: {other:?}"),
    }
}

/// The one value of an answer.
#[track_caller]
pub(super) fn one(of: &(Place, Views), sight: Sight<'_>, statement: &str) -> String {
    let rows = rows(of, sight, statement);
    assert_eq!(rows.cells.len(), 1, "{statement}: {rows:?}");
    rows.cells[0][0].clone().unwrap_or_default()
}

#[test]
fn the_catalogue_is_what_a_session_shows() {
    let of = asked();
    for sight in [Sight::Whole, Sight::Covered(SIGN)] {
        for view in VIEWS {
            let found = rows(&of, sight, &format!("SELECT * FROM {} LIMIT 1", view.name));
            let found: Vec<(&str, Holds)> = found
                .headings
                .iter()
                .map(|it| (it.name.as_str(), it.kind))
                .collect();
            let told: Vec<_> = view.columns.iter().map(|it| (it.name, it.kind)).collect();
            assert_eq!(found, told, "{}", view.name);
        }
        for example in EXAMPLES {
            rows(&of, sight, example.statement);
        }
    }
}

#[test]
fn cells_have_their_kinds_and_null_is_none() {
    let of = asked();
    let told = rows(
        &of,
        Sight::Whole,
        "SELECT 1 AS a, 1.5 AS b, CAST(2.50 AS DECIMAL(9, 2)) AS c, true AS d, DATE '2026-11-28' AS e, 'x' AS f, NULL AS g",
    );
    let heading = |name: &str, kind| Heading {
        name: name.to_owned(),
        kind,
    };
    let kinds = [
        Holds::Whole,
        Holds::Fraction,
        Holds::Decimal,
        Holds::Boolean,
        Holds::Time,
        Holds::Text,
        Holds::Text,
    ];
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let expected: Vec<Heading> = names
        .into_iter()
        .zip(kinds)
        .map(|(n, k)| heading(n, k))
        .collect();
    assert_eq!(told.headings, expected);
    let cells: Vec<Option<&str>> = told.cells[0].iter().map(Option::as_deref).collect();
    let texts = ["1", "1.5", "2.50", "true", "2026-11-28", "x"].map(Some);
    assert_eq!(cells[..6], texts);
    assert_eq!(cells[6], None);
}

#[test]
fn what_is_no_question_is_refused_by_its_name() {
    let of = asked();
    let file = of.0.folder.path().join(&of.0.lake.list()[0].name);
    let file = file.to_str().unwrap();
    let copy = format!("COPY (SELECT 1) TO '{file}.csv'");
    let explained = format!("EXPLAIN {copy}");
    let external = format!("CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '{file}'");
    for (statement, kind) in [
        ("DROP VIEW events", "DROP"),
        ("/* harmless */ delete from customers", "DELETE"),
        ("INSERT INTO customers SELECT * FROM customers", "INSERT"),
        ("UPDATE customers SET name = 'x'", "UPDATE"),
        ("CREATE TABLE t AS SELECT 1", "CREATE"),
        ("SET datafusion.execution.batch_size = 1", "SET"),
        ("SHOW ALL", "SHOW"),
        ("DESCRIBE events", "DESCRIBE"),
        ("EXPLAIN ANALYZE SELECT 1", "EXPLAIN ANALYZE"),
        ("EXPLAIN DROP VIEW events", "EXPLAIN"),
        ("BEGIN", "BEGIN"),
        (copy.as_str(), "COPY"),
        (explained.as_str(), "EXPLAIN"),
        (external.as_str(), "CREATE"),
    ] {
        let refused = ask(&of, Sight::Whole, (statement, WIDE));
        let expected = Refusal::NotAllowed {
            kind: kind.to_owned(),
        };
        assert_eq!(refused, Err(expected), "{statement}");
    }
    assert!(!std::path::Path::new(&format!("{file}.csv")).exists());
    let long = format!("SELECT '{}'", "x".repeat(STATEMENT_BYTES_MOST));
    for (statement, expected) in [
        ("SELECT 1; DROP VIEW events", Refusal::Several),
        ("SELECT 1; SELECT 2", Refusal::Several),
        (" -- nothing\n", Refusal::Empty),
        (
            long.as_str(),
            Refusal::TooLong {
                bytes_most: STATEMENT_BYTES_MOST,
            },
        ),
    ] {
        assert_eq!(ask(&of, Sight::Whole, (statement, WIDE)), Err(expected));
    }
    // And what begins like a question and is none, or reaches for something else.
    for statement in [
        "SELECT * INTO t FROM customers",
        "WITH x AS (SELECT 1) INSERT INTO customers SELECT * FROM customers",
        &format!("SELECT * FROM '{file}'"),
        &format!("SELECT * FROM read_parquet('{file}')"),
        "SELECT * FROM generate_series(1, 1000000000)",
        "SELECT repeat('x', 2000000000)",
        "SELECT range(1, 1000000000)",
        "SELECT lpad('x', 2000000000, 'y')",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
        "SELECT filo_thread(arrow_cast('x', 'Utf8'))",
    ] {
        let refused = ask(&of, Sight::Whole, (statement, WIDE));
        assert!(
            matches!(
                refused,
                Err(Refusal::NotAllowed { .. } | Refusal::Wrong { .. })
            ),
            "{statement}: {refused:?}"
        );
    }
    // A semicolon at the end and words in small letters are nothing wrong.
    assert_eq!(one(&of, Sight::Whole, "select 1 as n;"), "1");
    assert_eq!(
        one(
            &of,
            Sight::Whole,
            "WITH x AS (SELECT 2 AS n) SELECT n FROM x"
        ),
        "2"
    );
}

#[test]
fn what_is_wrong_is_pointed_at() {
    let of = asked();
    let wrong = |statement: &str| match ask(&of, Sight::Whole, (statement, WIDE)) {
        Err(Refusal::Wrong { text, place }) => (text, place),
        other => panic!("{statement}: {other:?}"),
    };
    let (text, place) = wrong("SELECT kind\n  FRM events");
    assert!(text.contains("events"), "{text}");
    assert_eq!(place.map(|at| at.line), Some(2), "{text}");
    let (text, place) = wrong("SELECT kind,\n       colour\n  FROM events");
    assert!(text.contains("colour"), "{text}");
    assert_eq!(place, Some(At { line: 2, column: 8 }), "{text}");
    let (text, _) = wrong("SELECT * FROM people");
    assert!(
        text.contains("people") && !text.contains("datafusion"),
        "{text}"
    );
    let (text, _) = wrong("SELECT CAST('many' AS INTEGER)");
    assert!(text.contains("many"), "{text}");
}
