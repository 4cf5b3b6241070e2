//! Every function of the store, on the database of the run: SQLite in a folder of its own, or
//! PostgreSQL in a schema of its own when `FILO_TEST_DB=postgres://…` says so.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail there"
)]

mod approval;
mod audience;
mod audit;
mod buyer_day;
mod channel;
mod computed_trait;
mod concurrency;
mod consent;
mod content;
mod cost;
mod customer;
mod customer_list;
mod duplicate;
mod durability;
mod identity;
mod journey;
mod journey_share;
mod lease;
mod log;
mod mail;
mod message;
mod message_shown;
mod morning;
mod privacy;
mod quality;
mod records;
mod rehearsal;
mod return_box;
mod saved_query;
mod schema;
mod segment;
mod sign_on;
mod source;
mod speed;
mod tracking;
mod user;
mod warm_up;
mod web_push;

use std::sync::atomic::{AtomicU32, Ordering};

use filo_store::{Db, Location, Options};

static STORES: AtomicU32 = AtomicU32::new(0);

/// The address of the PostgreSQL server to test on, if one is given.
#[expect(
    clippy::disallowed_methods,
    reason = "the variable chooses the database of a test run"
)]
fn server() -> Option<String> {
    std::env::var("FILO_TEST_DB").ok()
}

/// A place that no other test uses.
fn location() -> Location {
    let Some(url) = server() else {
        return Location::Memory;
    };
    let number = STORES.fetch_add(1, Ordering::Relaxed);
    Location::Postgres {
        url,
        schema: format!("test_{}_{number}", std::process::id()),
    }
}

/// Runs a test on an empty store, and leaves nothing behind.
async fn with_store(test: impl AsyncFnOnce(&Db)) {
    let location = location();
    let db = Db::open(
        &location,
        &Options {
            connections: 8,
            ..Options::default()
        },
    )
    .await
    .unwrap();
    test(&db).await;
    db.close().await.unwrap();
    remove(&location).await;
}

async fn remove(location: &Location) {
    use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
    let Location::Postgres { url, schema } = location else {
        return;
    };
    let mut connection = PgConnection::connect(url).await.unwrap();
    let sql = format!("SET client_min_messages = warning; DROP SCHEMA {schema} CASCADE");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}
