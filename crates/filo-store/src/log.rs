//! The log: what was accepted, one row per group commit.
//!
//! **Invariant (I1):** when [`append`] returns, the row is on disk. Numbers grow by one in the
//! order of commits, are never used twice, and a reader that has seen `n` has seen all below.

use filo_core::time::Timestamp;
use sqlx::SqlStr;

use crate::db::{Backend, Db};
use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx, execute_sqlite, fetch_postgres};
use crate::value::{Record, values};

/// Rows dropped in one transaction: an append waits at most for one of these.
const DROPPED_AT_ONCE: i64 = 128;

/// One group commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the log.
    pub seq: i64,
    /// When the last of its events was received.
    pub received_at: Timestamp,
    /// How many events it holds.
    pub events: u32,
    /// Compressed frames; what is inside is the caller's.
    pub payload: Vec<u8>,
}

/// How much of the log there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The oldest row still there; one more than `last` if there is none.
    pub first: i64,
    /// The newest number ever given; 0 before the first.
    pub last: i64,
    /// Rows still there.
    pub count: i64,
    /// Events in them.
    pub events: i64,
    /// Bytes of their payloads.
    pub bytes: i64,
}

const APPEND_SQLITE: &str = "
    INSERT INTO log (received_at, events, payload)
    VALUES ($1, $2, $3)";

/// PostgreSQL: one statement, so one round trip. The lock on the row of `log_head` is held
/// until commit, which makes appends of all nodes serial.
const APPEND_POSTGRES: &str = "
    WITH head AS (
        UPDATE log_head SET seq = seq + 1 RETURNING seq
    ), appended AS (
        INSERT INTO log (seq, received_at, events, payload)
        SELECT seq, $1, $2, $3 FROM head
        RETURNING seq
    )
    SELECT seq, CAST(pg_notify($4, 'log ' || CAST(seq AS TEXT)) AS TEXT)
      FROM appended";

/// Adds a row in a transaction of its own, and returns its number once it is on disk.
pub async fn append(db: &Db, received_at: Timestamp, events: u32, payload: &[u8]) -> Result<i64> {
    let doing = "appending to the log";
    match &*db.backend {
        Backend::Sqlite(sqlite) => {
            let mut connection = sqlite
                .log
                .acquire()
                .await
                .map_err(Error::connection(doing))?;
            let appended = execute_sqlite(
                &mut connection,
                SqlStr::from_static(APPEND_SQLITE),
                values![received_at, events, payload],
            )
            .await;
            match appended {
                Ok(done) => Ok(done.last_insert_rowid()),
                Err(error) => {
                    // After a failed write nothing this connection remembers may be
                    // believed: the next append opens the file anew.
                    if error.is_fatal() {
                        connection.close_on_drop();
                    }
                    Err(error)
                }
            }
        }
        Backend::Postgres(postgres) => {
            let mut connection = postgres
                .pool
                .acquire()
                .await
                .map_err(Error::connection(doing))?;
            let channel = postgres.channel();
            let rows = fetch_postgres(
                &mut connection,
                SqlStr::from_static(APPEND_POSTGRES),
                values![received_at, events, payload, channel.as_str()],
            )
            .await?;
            let row = rows.first();
            row.ok_or_else(|| Error::Damaged("log_head has no row".to_owned()))?
                .int(0)
        }
    }
}

const SIZES_AFTER: &str = "
    SELECT seq, CAST(length(payload) AS BIGINT)
      FROM log
     WHERE seq > $1
     ORDER BY seq
     LIMIT $2";

const BETWEEN: &str = "
    SELECT seq, received_at, events, payload
      FROM log
     WHERE seq > $1
       AND seq <= $2
     ORDER BY seq";

/// The rows that follow a number, in order: at most so many, and no more bytes than given,
/// but always the next one.
pub async fn after(db: &Db, seq: i64, max_rows: usize, max_bytes: usize) -> Result<Vec<Row>> {
    let limit = i64::try_from(max_rows).unwrap_or(i64::MAX);
    let mut room = i64::try_from(max_bytes).unwrap_or(i64::MAX);
    let mut tx = reading(db).await?;
    let mut through = None;
    for row in tx.fetch(SIZES_AFTER, values![seq, limit]).await? {
        room = room.saturating_sub(row.int(1)?);
        if room < 0 && through.is_some() {
            break;
        }
        through = Some(row.int(0)?);
    }
    let Some(through) = through else {
        return Ok(Vec::new());
    };
    tx.fetch(BETWEEN, values![seq, through])
        .await?
        .iter()
        .map(read)
        .collect()
}

const NAMED: Bulk = Bulk {
    head: "SELECT seq, received_at, events, payload FROM log WHERE seq IN (VALUES",
    width: 1,
    tail: ") ORDER BY seq",
};

/// The rows of these numbers that are still there, in order.
pub async fn rows(db: &Db, seqs: &[i64]) -> Result<Vec<Row>> {
    let mut tx = reading(db).await?;
    let found = tx
        .fetch_bulk(&NAMED, seqs, |seq, values| values.push((*seq).into()))
        .await?;
    let mut rows = found.iter().map(read).collect::<Result<Vec<_>>>()?;
    rows.sort_unstable_by_key(|row| row.seq);
    Ok(rows)
}

const BOUNDS: &str = "
    SELECT CAST(COALESCE(MIN(seq), 0) AS BIGINT),
           COUNT(*),
           CAST(COALESCE(SUM(events), 0) AS BIGINT),
           CAST(COALESCE(SUM(length(payload)), 0) AS BIGINT)
      FROM log";

/// Each database keeps the highest number in a place of its own.
const LAST_SQLITE: &str = "SELECT seq FROM sqlite_sequence WHERE name = 'log'";
const LAST_POSTGRES: &str = "SELECT seq FROM log_head";

/// How much of the log there is. Reads every row's size: not for a hot path.
pub async fn bounds(db: &Db) -> Result<Bounds> {
    let mut tx = reading(db).await?;
    let last = last_in(&mut tx).await?;
    let row = tx.fetch_one(BOUNDS, &[]).await?;
    let row = row.ok_or_else(|| Error::Damaged("an aggregate gave no row".to_owned()))?;
    let count = row.int(1)?;
    let first = if count == 0 { last + 1 } else { row.int(0)? };
    Ok(Bounds {
        first,
        last,
        count,
        events: row.int(2)?,
        bytes: row.int(3)?,
    })
}

/// The newest number ever given; 0 before the first. Cheap.
pub async fn last(db: &Db) -> Result<i64> {
    last_in(&mut reading(db).await?).await
}

async fn last_in(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = match tx {
        Tx::Sqlite(_) => LAST_SQLITE,
        Tx::Postgres(_) => LAST_POSTGRES,
    };
    tx.fetch_one(sql, &[])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const DROP: &str = "
    DELETE FROM log
     WHERE seq IN (SELECT seq FROM log WHERE seq <= $1 ORDER BY seq LIMIT $2)";

/// Drops the rows up to and including a number, a few at a time, so that appends pass in
/// between. Returns how many there were.
pub async fn drop_through(db: &Db, seq: i64) -> Result<u64> {
    let mut dropped = 0;
    loop {
        let mut tx = writing(db).await?;
        let now = tx.execute(DROP, values![seq, DROPPED_AT_ONCE]).await?;
        tx.commit().await?;
        dropped += now;
        if now < DROPPED_AT_ONCE.unsigned_abs() {
            return Ok(dropped);
        }
    }
}

const PUT: &str = "
    INSERT INTO log (seq, received_at, events, payload)
    VALUES ($1, $2, $3, $4)";

/// Each database keeps the highest number in a place of its own.
const FORGET_LAST_SQLITE: &str = "DELETE FROM sqlite_sequence WHERE name = 'log'";
const SET_LAST_SQLITE: &str = "INSERT INTO sqlite_sequence (name, seq) VALUES ('log', $1)";
const SET_LAST_POSTGRES: &str = "UPDATE log_head SET seq = $1";

/// Puts rows of another store's log into an empty one, under their numbers.
pub async fn put(db: &Db, rows: &[Row]) -> Result<()> {
    let mut tx = writing(db).await?;
    for row in rows {
        let payload = row.payload.as_slice();
        let values = values![row.seq, row.received_at, row.events, payload];
        tx.execute(PUT, values).await?;
    }
    tx.commit().await
}

/// Says what the highest number ever given is, so that the next row gets the one after it.
pub async fn set_last(db: &Db, last: i64) -> Result<()> {
    let mut tx = writing(db).await?;
    match tx {
        Tx::Sqlite(_) => {
            tx.execute(FORGET_LAST_SQLITE, &[]).await?;
            tx.execute(SET_LAST_SQLITE, values![last]).await?;
        }
        Tx::Postgres(_) => {
            tx.execute(SET_LAST_POSTGRES, values![last]).await?;
        }
    }
    tx.commit().await
}

fn read(record: &Record) -> Result<Row> {
    Ok(Row {
        seq: record.int(0)?,
        received_at: record.time(1)?,
        events: record.small(2)?,
        payload: record.bytes(3)?,
    })
}

async fn reading(db: &Db) -> Result<Tx<'static>> {
    match &*db.backend {
        Backend::Sqlite(sqlite) => {
            let tx = sqlite.log_readers.begin_with("BEGIN DEFERRED").await;
            Ok(Tx::Sqlite(
                tx.map_err(Error::connection("starting to read the log"))?,
            ))
        }
        Backend::Postgres(_) => db.read().await,
    }
}

async fn writing(db: &Db) -> Result<Tx<'static>> {
    match &*db.backend {
        Backend::Sqlite(sqlite) => {
            let tx = sqlite.log.begin_with("BEGIN IMMEDIATE").await;
            Ok(Tx::Sqlite(
                tx.map_err(Error::connection("starting to write the log"))?,
            ))
        }
        Backend::Postgres(_) => db.begin().await,
    }
}
