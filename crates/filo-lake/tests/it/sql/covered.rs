//! How much a question may take, what of people it cannot find out, and its other forms.

use std::time::Duration;

use filo_lake::sql::{Limits, Question, Refusal, Session, Sight, Told, Wanted, answer};

use super::asked::{SIGN, WIDE, ask, asked, one, rows};
use super::run;

#[test]
fn each_limit_says_that_it_is_the_one() {
    let of = asked();
    let all = "SELECT event_id FROM events";
    let few = Limits {
        rows_most: 10,
        ..WIDE
    };
    let cut = ask(&of, Sight::Whole, (all, few));
    let Ok(Told::Rows(cut)) = cut else {
        panic!("{cut:?}")
    };
    assert!(cut.is_cut && cut.cells.len() == 10);
    let exact = ask(
        &of,
        Sight::Whole,
        ("SELECT event_id FROM events LIMIT 10", few),
    );
    assert!(matches!(exact, Ok(Told::Rows(rows)) if !rows.is_cut && rows.cells.len() == 10));
    let whole_only = Limits { cuts: false, ..few };
    assert_eq!(
        ask(&of, Sight::Whole, (all, whole_only)),
        Err(Refusal::TooManyRows { rows_most: 10 })
    );
    let small = Limits {
        answer_bytes_most: 1_000,
        ..WIDE
    };
    assert_eq!(
        ask(&of, Sight::Whole, (all, small)),
        Err(Refusal::TooLarge { bytes_most: 1_000 })
    );
    // Ten rows of a large table are small, whatever they are cut from.
    let ten = ask(
        &of,
        Sight::Whole,
        ("SELECT identifier_id FROM identifiers LIMIT 1", small),
    );
    assert!(ten.is_ok(), "{ten:?}");
    let poor = Limits {
        memory_bytes_most: 10_000,
        ..WIDE
    };
    assert_eq!(
        ask(
            &of,
            Sight::Whole,
            ("SELECT * FROM events ORDER BY properties, event_id", poor)
        ),
        Err(Refusal::TooMuchMemory { bytes_most: 10_000 })
    );
    let hasty = Limits {
        time_most: Duration::from_millis(1),
        ..WIDE
    };
    let endless = "SELECT count(*) FROM events a, events b, events c, events d WHERE a.kind < b.kind || c.kind || d.kind";
    assert_eq!(
        ask(&of, Sight::Whole, (endless, hasty)),
        Err(Refusal::TooSlow { seconds: 0 })
    );
}

#[test]
fn what_is_covered_cannot_be_found_out() {
    let of = asked();
    let covered = Sight::Covered(SIGN);
    let whole = rows(
        &of,
        Sight::Whole,
        "SELECT name, email, phone, traits FROM customers WHERE name IS NOT NULL",
    );
    let said: Vec<&str> = whole.cells[0]
        .iter()
        .flatten()
        .map(String::as_str)
        .collect();
    assert_eq!(
        said,
        [
            "Maria Rossi",
            "maria@example.it",
            "+393470000001",
            r#"{"city":"Alba"}"#
        ]
    );
    let hidden = rows(
        &of,
        covered,
        "SELECT name, email, phone, traits FROM customers WHERE name IS NOT NULL",
    );
    let said: Vec<&str> = hidden.cells[0]
        .iter()
        .flatten()
        .map(String::as_str)
        .collect();
    assert_eq!(said, [SIGN, SIGN, SIGN, "{}"]);
    // Each finds somebody for who may see it, and nobody for who may not.
    let value = of.1.identifiers[0].identifier.value.to_string();
    let by_value = format!("SELECT count(*) FROM identifiers WHERE value = '{value}'");
    for probe in [
        "SELECT count(*) FROM customers WHERE email = 'maria@example.it'",
        "SELECT count(*) FROM customers WHERE email LIKE 'maria%'",
        "SELECT count(*) FROM customers WHERE reverse(phone) = reverse('+393470000001')",
        "SELECT count(*) FROM customers c JOIN (SELECT 'Maria Rossi' AS name) n ON n.name = c.name",
        "SELECT count(*) FROM customers WHERE json_text(traits, 'city') = 'Alba'",
        "SELECT count(*) FROM events WHERE json_text(properties, 'revenue') IS NOT NULL",
        "SELECT count(*) FROM events WHERE properties IS NOT NULL OR context IS NOT NULL",
        "SELECT count(*) FROM events WHERE identifiers IS NOT NULL",
        "SELECT count(*) FROM (SELECT min(email) AS e FROM customers) t WHERE e = 'maria@example.it'",
        &by_value,
    ] {
        assert_ne!(one(&of, Sight::Whole, probe), "0", "{probe}");
        assert_eq!(one(&of, covered, probe), "0", "{probe}");
    }
    // Nor does an order, an error or a plan tell it.
    let told = ask(
        &of,
        covered,
        ("SELECT CAST(email AS INTEGER) FROM customers", WIDE),
    );
    let told = format!("{told:?}");
    assert!(!told.contains("maria"), "{told}");
    let plan = ask(
        &of,
        covered,
        (
            "EXPLAIN SELECT email FROM customers WHERE email < 'n'",
            WIDE,
        ),
    );
    assert!(!format!("{plan:?}").contains("maria"), "{plan:?}");
    // What is counted stays.
    let sum = "SELECT sum(revenue_cents) FROM customers";
    assert_eq!(one(&of, covered, sum), one(&of, Sight::Whole, sum));
    let events = "SELECT count(DISTINCT customer_id) FROM events";
    assert_eq!(one(&of, covered, events), one(&of, Sight::Whole, events));
}

#[test]
fn a_plan_reads_step_by_step_and_names_no_file() {
    let of = asked();
    let told = ask(
        &of,
        Sight::Whole,
        (
            "EXPLAIN SELECT channel, count(*) FROM events GROUP BY channel",
            WIDE,
        ),
    );
    let Ok(Told::Plan(plan)) = told else {
        panic!("{told:?}")
    };
    assert!(
        plan.contains("Aggregate") && plan.lines().count() > 1,
        "{plan}"
    );
    assert!(
        !plan.contains(".parquet") && !plan.contains("month="),
        "{plan}"
    );
}

#[test]
fn a_parquet_file_holds_the_rows() {
    let (place, views) = asked();
    let question = |statement: &str| Question {
        statement: statement.to_owned(),
        wanted: Wanted::Parquet,
        limits: WIDE,
    };
    let told = answer(
        &place.lake,
        &views,
        Sight::Whole,
        &question("SELECT customer_id, name, revenue_cents FROM customers"),
        (),
    );
    let Ok(Told::Parquet(file, 2)) = told else {
        panic!("{told:?}")
    };
    assert!(file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    let empty = question("SELECT name FROM customers WHERE false");
    let told = answer(&place.lake, &views, Sight::Whole, &empty, ());
    assert!(matches!(told, Ok(Told::Parquet(_, 0))), "{told:?}");
}

#[test]
fn a_session_may_be_opened_for_who_sees_less() {
    let (place, views) = asked();
    let people = (&views.customers[..], &views.identifiers[..]);
    let session = Session::open_for(&place.lake, people, &[], Sight::Covered(SIGN)).unwrap();
    let answer = run(session.query("SELECT DISTINCT value FROM identifiers")).unwrap();
    let rows: usize = answer.iter().map(|batch| batch.num_rows()).sum();
    assert_eq!(rows, 1);
}
