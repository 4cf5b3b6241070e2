//! Queries over the views see every event once, with today's customer, and can only read.

mod asked;
mod covered;

use std::collections::BTreeMap;

use filo_core::event::Event;
use filo_core::id::{CustomerId, NodeId};
use filo_lake::sql::{CustomerRecord, Error, IdentifierRecord, Session, csv, json_lines, table};
use serde_json::Value;

use crate::{Place, sample};

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

/// The identifiers of threads, with the customers whose they are.
fn records(events: &[Event], owners: &BTreeMap<NodeId, CustomerId>) -> Vec<IdentifierRecord> {
    let record = |(id, customer_id): (&NodeId, &CustomerId)| IdentifierRecord {
        id: *id,
        customer_id: *customer_id,
        identifier: events
            .iter()
            .find(|event| event.thread == *id)
            .unwrap()
            .identifiers[0]
            .clone(),
        first_seen_at: None,
        last_seen_at: None,
    };
    owners.iter().map(record).collect()
}

/// 900 events, of which 100 are not in the lake yet; the first two threads are one customer.
fn session() -> (Place, Vec<Event>, Session, BTreeMap<NodeId, CustomerId>) {
    let mut place = Place::small();
    let events = sample::events(0..900, 12);
    place.add(&events[..500]);
    place.add(&events[500..800]);
    let mut owners: BTreeMap<NodeId, CustomerId> = events
        .iter()
        .map(|event| (event.thread, event.thread.into()))
        .collect();
    let first = *owners.keys().next().unwrap();
    *owners.values_mut().nth(1).unwrap() = first.into();
    let identifiers = records(&events, &owners);
    let customer = CustomerRecord {
        id: first.into(),
        name: Some("Maria Rossi".into()),
        email: None,
        phone: None,
        first_seen_at: Some(sample::NOVEMBER),
        last_seen_at: None,
        event_count: 9,
        order_count: 1,
        revenue_cents: 4250,
        currency: Some("EUR".into()),
        traits: r#"{"city":"Alba"}"#.into(),
    };
    let session = Session::open(&place.lake, &[customer], &identifiers, &events[800..]).unwrap();
    (place, events, session, owners)
}

fn rows(session: &Session, sql: &str) -> Vec<Value> {
    let mut out = Vec::new();
    json_lines(&run(session.query(sql)).unwrap(), &mut out).unwrap();
    String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn events_are_counted_by_todays_customer() {
    let (_place, events, session, owners) = session();
    let mut expected: BTreeMap<String, u64> = BTreeMap::new();
    for event in &events {
        *expected
            .entry(owners[&event.thread].to_string())
            .or_default() += 1;
    }
    let counted = rows(
        &session,
        "SELECT customer_id, count(*) AS n FROM events GROUP BY 1",
    );
    let counted: BTreeMap<String, u64> = counted
        .iter()
        .map(|row| {
            (
                row["customer_id"].as_str().unwrap().to_owned(),
                row["n"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(counted, expected);
}

#[test]
fn an_event_is_shown_whole() {
    let (_place, events, session, owners) = session();
    for event in [&events[3], &events[850]] {
        let found = rows(
            &session,
            &format!("SELECT * FROM events WHERE event_id = '{}'", event.id),
        );
        let [row] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!(row["thread"], event.thread.to_string());
        assert_eq!(row["customer_id"], owners[&event.thread].to_string());
        assert_eq!(row["message_id"], event.message_id.as_str());
        assert_eq!(row["properties"], *event.properties);
        assert_eq!(row["kind"], event.kind.word());
    }
}

#[test]
fn views_can_be_joined_and_documents_looked_into() {
    let (_place, events, session, _) = session();
    let sql = "SELECT sum(CAST(json_text(e.properties, 'revenue') AS DOUBLE)) AS total \
               FROM events e WHERE e.name = 'Order Completed'";
    let revenue = |event: &Event| {
        let properties: Value = serde_json::from_str(&event.properties).unwrap();
        properties["revenue"].as_f64().unwrap()
    };
    let expected: f64 = events
        .iter()
        .filter(|event| event.name == "Order Completed")
        .map(revenue)
        .sum();
    let total = rows(&session, sql)[0]["total"].as_f64().unwrap();
    assert!(
        (total - expected).abs() < 0.001,
        "{total} instead of {expected}"
    );

    let sql = "SELECT c.name, count(DISTINCT i.value) AS n FROM customers c \
               JOIN identifiers i USING (customer_id) GROUP BY 1";
    let answer = run(session.query(sql)).unwrap();
    assert!(
        table(&answer).unwrap().contains("| Maria Rossi | 2 |"),
        "{}",
        table(&answer).unwrap()
    );
    let mut text = Vec::new();
    csv(&answer, &mut text).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), "name,n\nMaria Rossi,2\n");
}

#[test]
fn a_query_only_reads_the_views() {
    let (place, _, session, _) = session();
    let file = place.folder.path().join(&place.lake.list()[0].name);
    let file = file.to_str().unwrap();
    for sql in [
        "CREATE TABLE t AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
        "DROP VIEW events",
        "INSERT INTO customers SELECT * FROM customers",
        "SET datafusion.execution.batch_size = 1",
        "not sql",
        &format!("COPY (SELECT 1) TO '{file}.csv'"),
        &format!("EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}.csv'"),
        &format!("CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '{file}'"),
        &format!("SELECT * FROM '{file}'"),
    ] {
        let outcome = run(session.query(sql));
        assert!(
            matches!(outcome, Err(Error::Query(_))),
            "{sql} was answered"
        );
    }
    assert!(!std::path::Path::new(&format!("{file}.csv")).exists());
}

#[test]
fn a_query_has_a_memory_limit() {
    let (_place, _, session, _) = session();
    let sql = "SELECT a.event_id, b.properties, c.context FROM events a, events b, events c";
    assert!(run(session.query(sql)).is_err());
    let sql = "SELECT * FROM events a, events b, events c ORDER BY a.at, b.at, c.event_id";
    assert!(run(session.query(sql)).is_err());
}

#[test]
fn an_empty_lake_has_views_too() {
    let place = Place::small();
    let session = Session::open(&place.lake, &[], &[], &[]).unwrap();
    assert_eq!(
        rows(&session, "SELECT count(*) AS n FROM events")[0]["n"],
        0
    );
    let answer = run(session.query("SELECT kind, name FROM events")).unwrap();
    assert!(table(&answer).unwrap().contains("| kind | name |"));
}
