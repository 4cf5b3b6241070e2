//! How fast the hot paths are: `cargo test -p filo-store speed -- --ignored --nocapture`.

use std::time::Instant;

use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::time::Timestamp;
use filo_store::customer::{self, CustomerRow, terms_of};
use filo_store::identity::{self, NodeRow};
use filo_store::{Db, Location, Options, log};

use crate::{location, remove};

fn spread(number: u128) -> u128 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

fn node(number: u128) -> NodeRow {
    NodeRow {
        id: NodeId(spread(number)),
        kind: Kind::Email,
        value: format!("anna.rossi{number}@example.it").into(),
        customer: CustomerId(spread(number)),
        state: vec![u8::try_from(number % 251).unwrap(); 400],
    }
}

fn customer(number: u128) -> CustomerRow {
    const NAMES: [&str; 7] = ["Anna", "Maria", "Ugo", "Luca", "Niccolò", "Sara", "Elena"];
    let index = usize::try_from(number % 7).unwrap();
    CustomerRow {
        id: CustomerId(spread(number)),
        name: Some(format!("{} Cognome{}", NAMES[index], number % 20_011)),
        email: Some(format!("persona{number}@example.it")),
        phone: Some(format!("+39333{number:07}")),
        first_seen: Timestamp(0),
        last_seen: Timestamp(i64::try_from(spread(number) >> 100).unwrap()),
        events: 20,
        orders: 1,
        revenue_cents: 100,
        currency: Some("EUR".to_owned()),
        node_count: 1,
        facets: customer::Facets::default(),
        birthday: 0,
        first_source: None,
    }
}

const CUSTOMERS: u128 = 1_000_000;

async fn place() -> (Db, Location, Option<tempfile::TempDir>) {
    let location = location();
    let (location, scratch) = match location {
        Location::Postgres { .. } => (location, None),
        Location::Memory | Location::Sqlite { .. } => {
            let scratch = tempfile::tempdir().unwrap();
            (
                Location::Sqlite {
                    folder: scratch.path().to_path_buf(),
                },
                Some(scratch),
            )
        }
    };
    (
        Db::open(&location, &Options::default()).await.unwrap(),
        location,
        scratch,
    )
}

#[expect(
    clippy::print_stdout,
    reason = "what was measured is for whoever ran it"
)]
fn report(what: &str, begin: Instant) {
    println!("{what}: {} ms", begin.elapsed().as_millis());
}

#[tokio::test]
#[ignore = "measures, and takes its time"]
async fn a_checkpoint_of_a_hundred_thousand_nodes() {
    let (db, location, _scratch) = place().await;
    let rows: Vec<NodeRow> = (0..1_000_000).map(node).collect();
    for (position, part) in rows.chunks(100_000).enumerate() {
        let begin = Instant::now();
        let mut tx = db.begin().await.unwrap();
        identity::save_nodes(&mut tx, part).await.unwrap();
        tx.commit().await.unwrap();
        report(&format!("100,000 new nodes, part {position}"), begin);
        db.tend().await.unwrap();
    }
    let scattered: Vec<NodeRow> = rows.iter().step_by(10).cloned().collect();
    let begin = Instant::now();
    let mut tx = db.begin().await.unwrap();
    identity::save_nodes(&mut tx, &scattered).await.unwrap();
    tx.commit().await.unwrap();
    report("100,000 known nodes, scattered", begin);
    let ids: Vec<NodeId> = scattered.iter().map(|node| node.id).collect();
    let begin = Instant::now();
    let mut tx = db.read().await.unwrap();
    assert_eq!(identity::nodes(&mut tx, &ids).await.unwrap().len(), 100_000);
    drop(tx);
    report("100,000 nodes read", begin);
    let begin = Instant::now();
    for id in &ids[..1000] {
        let mut tx = db.read().await.unwrap();
        identity::nodes(&mut tx, &[*id]).await.unwrap();
    }
    report("1,000 times one node read", begin);
    println!("{:?}", db.sizes().await.unwrap());
    db.close().await.unwrap();
    remove(&location).await;
}

#[tokio::test]
#[ignore = "measures, and takes its time"]
async fn a_search_among_a_million_customers() {
    let (db, location, _scratch) = place().await;
    for part in 0..CUSTOMERS / 100_000 {
        let rows: Vec<CustomerRow> = (part * 100_000..(part + 1) * 100_000)
            .map(customer)
            .collect();
        let begin = Instant::now();
        let mut tx = db.begin().await.unwrap();
        customer::save(&mut tx, &rows).await.unwrap();
        report("100,000 new customers", begin);
        let terms: Vec<(CustomerId, Vec<String>)> = rows
            .iter()
            .map(|row| {
                let email = row.email.as_deref().unwrap();
                let phone = row.phone.as_deref().unwrap();
                (
                    row.id,
                    terms_of(row.name.as_deref().unwrap(), &[email], &[phone]),
                )
            })
            .collect();
        customer::set_terms(&mut tx, &terms).await.unwrap();
        tx.commit().await.unwrap();
        report("… and their words", begin);
        let mut tx = db.begin().await.unwrap();
        let begin = Instant::now();
        customer::set_terms(&mut tx, &terms).await.unwrap();
        report("the same words again", begin);
        drop(tx);
        db.tend().await.unwrap();
    }
    let questions = [
        "anna",
        "a",
        "anna cognome123",
        "maria c",
        "333 0123",
        "persona77",
        "example.it",
        "zzz",
        "niccolo cognome10 333",
    ];
    for question in questions {
        let words: Vec<String> = question.split(' ').map(str::to_owned).collect();
        let mut times: Vec<u128> = Vec::new();
        let mut found = 0;
        for _ in 0..20 {
            let begin = Instant::now();
            let mut tx = db.read().await.unwrap();
            found = customer::search(&mut tx, &words, 20)
                .await
                .unwrap()
                .customers
                .len();
            drop(tx);
            times.push(begin.elapsed().as_micros());
        }
        times.sort_unstable();
        println!(
            "search {question:?}: {found} found, p50 {} µs, p95 {} µs",
            times[10], times[18]
        );
    }
    println!("{:?}", db.sizes().await.unwrap());
    db.close().await.unwrap();
    remove(&location).await;
}

#[tokio::test]
#[ignore = "measures, and takes its time"]
async fn appends_beside_the_tending() {
    let (db, location, _scratch) = place().await;
    let payload = vec![42_u8; 40_000];
    let mut times = Vec::new();
    for round in 0..2000 {
        let begin = Instant::now();
        log::append(&db, Timestamp(1), 500, &payload).await.unwrap();
        times.push(begin.elapsed().as_micros());
        if round % 100 == 0 {
            db.tend().await.unwrap();
        }
    }
    times.sort_unstable();
    println!(
        "append of 40 kB: p50 {} µs, p99 {} µs, most {} µs",
        times[1000], times[1980], times[1999]
    );
    db.close().await.unwrap();
    remove(&location).await;
}
