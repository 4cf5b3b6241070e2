//! A transaction on either database, and the one place where SQL text is sent.
//!
//! **Invariant:** every statement is drained to its end. SQLite commits a lone statement when
//! it is *finished*, and the driver throws away the error of one that was left after its
//! first row: such a statement could be reported as done without being on disk.

use filo_core::id::{CustomerId, EventId, IncidentId, KeyId, NodeId, QuarantineId, SourceId};
use filo_core::time::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::query::Query;
use sqlx::sqlite::SqliteRow;
use sqlx::{
    AssertSqlSafe, ColumnIndex, Database, Decode, Encode, PgConnection, Postgres, Row, SqlSafeStr,
    SqlStr, Sqlite, SqliteConnection, Transaction, Type,
};

use crate::error::{Error, Result};

/// Rows in one statement. Above it the time per row no longer falls, on either database.
const ROWS_PER_STATEMENT: usize = 256;

/// One transaction in one workspace. Dropped without [`Tx::commit`], nothing happened.
#[derive(Debug)]
pub enum Tx<'c> {
    /// On the workspace's `state.db`.
    Sqlite(Transaction<'c, Sqlite>),
    /// In the workspace's schema.
    Postgres(Transaction<'c, Postgres>),
}

/// A statement repeated over many rows: `head (row), (row), … tail`.
pub(crate) struct Bulk {
    pub(crate) head: &'static str,
    /// Columns of a row.
    pub(crate) width: usize,
    pub(crate) tail: &'static str,
}

/// A value of a statement: the five column types that both databases share.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'v> {
    Int(Option<i64>),
    Text(Option<&'v str>),
    Bytes(Option<&'v [u8]>),
    Id(Option<[u8; 16]>),
}

/// A row of a result.
pub(crate) enum Record {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// The values of a statement, in the order of its parameters.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::tx::Value::from($value)),*] };
}
pub(crate) use values;

impl Tx<'_> {
    /// Makes the transaction's changes durable, all or none.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
        .map_err(Error::connection("committing"))
    }

    /// Every row of a query whose text both databases read the same.
    pub(crate) async fn fetch(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Record>> {
        self.fetch_text(SqlStr::from_static(sql), values).await
    }

    /// The row of a query that finds at most one.
    pub(crate) async fn fetch_one(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<Record>> {
        Ok(self.fetch(sql, values).await?.pop())
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64> {
        self.execute_text(SqlStr::from_static(sql), values).await
    }

    pub(crate) async fn fetch_text(
        &mut self,
        sql: SqlStr,
        values: &[Value<'_>],
    ) -> Result<Vec<Record>> {
        match self {
            Self::Sqlite(tx) => fetch_sqlite(tx, sql, values).await,
            Self::Postgres(tx) => fetch_postgres(tx, sql, values).await,
        }
    }

    async fn execute_text(&mut self, sql: SqlStr, values: &[Value<'_>]) -> Result<u64> {
        match self {
            Self::Sqlite(tx) => execute_sqlite(tx, sql, values)
                .await
                .map(|done| done.rows_affected()),
            Self::Postgres(tx) => execute_postgres(tx, sql, values).await,
        }
    }

    /// Runs a statement over all the rows, hundreds at a time. The rows' keys must differ:
    /// PostgreSQL refuses to change one row twice in a statement.
    pub(crate) async fn execute_bulk<'v, R>(
        &mut self,
        bulk: &Bulk,
        rows: &'v [R],
        fill: impl Fn(&'v R, &mut Vec<Value<'v>>),
    ) -> Result<u64> {
        let mut changed = 0;
        for part in parts(rows) {
            let (sql, values) = self.spell(bulk, part, &fill);
            changed += self.execute_text(sql, &values).await?;
        }
        Ok(changed)
    }

    /// Every row of a query that names many keys.
    pub(crate) async fn fetch_bulk<'v, R>(
        &mut self,
        bulk: &Bulk,
        rows: &'v [R],
        fill: impl Fn(&'v R, &mut Vec<Value<'v>>),
    ) -> Result<Vec<Record>> {
        let mut found = Vec::new();
        for part in parts(rows) {
            let (sql, values) = self.spell(bulk, part, &fill);
            found.append(&mut self.fetch_text(sql, &values).await?);
        }
        Ok(found)
    }

    fn spell<'v, R>(
        &self,
        bulk: &Bulk,
        rows: &'v [R],
        fill: &impl Fn(&'v R, &mut Vec<Value<'v>>),
    ) -> (SqlStr, Vec<Value<'v>>) {
        let mut values = Vec::with_capacity(rows.len() * bulk.width);
        for row in rows {
            fill(row, &mut values);
        }
        debug_assert_eq!(values.len(), rows.len() * bulk.width, "{}", bulk.head);
        // SQLite searches a list for every *named* parameter, which makes thousands of `$n`
        // quadratic; its nameless `?` has no such list.
        let numbered = matches!(self, Self::Postgres(_));
        let text = spelled(bulk, rows.len(), numbered);
        // The text is made of constants and of parameter marks only.
        (AssertSqlSafe(text).into_sql_str(), values)
    }
}

/// Cuts rows into parts of 256, then of falling powers of two: few different texts, so
/// that the connections' caches of prepared statements hold them all.
fn parts<R>(mut rows: &[R]) -> impl Iterator<Item = &[R]> {
    std::iter::from_fn(move || {
        if rows.is_empty() {
            return None;
        }
        let size = if rows.len() >= ROWS_PER_STATEMENT {
            ROWS_PER_STATEMENT
        } else {
            1 << rows.len().ilog2()
        };
        let (part, rest) = rows.split_at(size);
        rows = rest;
        Some(part)
    })
}

fn spelled(bulk: &Bulk, rows: usize, numbered: bool) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bulk.head.len() + bulk.tail.len() + rows * bulk.width * 6);
    text.push_str(bulk.head);
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        for column in 0..bulk.width {
            if column > 0 {
                text.push_str(", ");
            }
            if numbered {
                // Writing to a String cannot fail.
                let _ = write!(text, "${}", row * bulk.width + column + 1);
            } else {
                text.push('?');
            }
        }
        text.push(')');
    }
    text.push(' ');
    text.push_str(bulk.tail);
    text
}

pub(crate) async fn fetch_sqlite(
    connection: &mut SqliteConnection,
    sql: SqlStr,
    values: &[Value<'_>],
) -> Result<Vec<Record>> {
    let rows = bound(sqlx::query(sql.clone()), values)
        .fetch_all(connection)
        .await;
    let rows = rows.map_err(|error| Error::statement(sql.as_str(), error))?;
    Ok(rows.into_iter().map(Record::Sqlite).collect())
}

pub(crate) async fn fetch_postgres(
    connection: &mut PgConnection,
    sql: SqlStr,
    values: &[Value<'_>],
) -> Result<Vec<Record>> {
    let rows = bound(sqlx::query(sql.clone()), values)
        .fetch_all(connection)
        .await;
    let rows = rows.map_err(|error| Error::statement(sql.as_str(), error))?;
    Ok(rows.into_iter().map(Record::Postgres).collect())
}

pub(crate) async fn execute_sqlite(
    connection: &mut SqliteConnection,
    sql: SqlStr,
    values: &[Value<'_>],
) -> Result<sqlx::sqlite::SqliteQueryResult> {
    bound(sqlx::query(sql.clone()), values)
        .execute(connection)
        .await
        .map_err(|error| Error::statement(sql.as_str(), error))
}

pub(crate) async fn execute_postgres(
    connection: &mut PgConnection,
    sql: SqlStr,
    values: &[Value<'_>],
) -> Result<u64> {
    bound(sqlx::query(sql.clone()), values)
        .execute(connection)
        .await
        .map(|done| done.rows_affected())
        .map_err(|error| Error::statement(sql.as_str(), error))
}

fn bound<'q, DB>(
    mut query: Query<'q, DB, DB::Arguments>,
    values: &[Value<'_>],
) -> Query<'q, DB, DB::Arguments>
where
    DB: Database,
    Option<i64>: for<'t> Encode<'t, DB> + Type<DB>,
    for<'t> Option<&'t str>: Encode<'t, DB> + Type<DB>,
    for<'t> Option<&'t [u8]>: Encode<'t, DB> + Type<DB>,
{
    for value in values {
        query = match value {
            Value::Int(value) => query.bind(*value),
            // PostgreSQL has no place for NUL in a text; both databases keep the same.
            Value::Text(Some(text)) if text.contains('\0') => {
                let without = text.replace('\0', "\u{fffd}");
                query.bind(Some(without.as_str()))
            }
            Value::Text(value) => query.bind(*value),
            Value::Bytes(value) => query.bind(*value),
            Value::Id(value) => query.bind(value.as_ref().map(<[u8; 16]>::as_slice)),
        };
    }
    query
}

impl Record {
    fn get<T>(&self, column: usize) -> Result<T>
    where
        T: for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
        usize: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| Error::Damaged(format!("column {column}: {error}")))
    }

    pub(crate) fn int(&self, column: usize) -> Result<i64> {
        self.get(column)
    }

    pub(crate) fn int_or_null(&self, column: usize) -> Result<Option<i64>> {
        self.get(column)
    }

    /// A whole number that must fit a smaller type.
    pub(crate) fn small<T: TryFrom<i64>>(&self, column: usize) -> Result<T> {
        let value = self.int(column)?;
        T::try_from(value).or_else(|_| {
            Err(Error::Damaged(format!(
                "column {column}: {value} is out of range"
            )))
        })
    }

    pub(crate) fn text(&self, column: usize) -> Result<String> {
        self.get(column)
    }

    pub(crate) fn text_or_null(&self, column: usize) -> Result<Option<String>> {
        self.get(column)
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>> {
        self.get(column)
    }

    pub(crate) fn id(&self, column: usize) -> Result<[u8; 16]> {
        let bytes = self.bytes(column)?;
        let length = bytes.len();
        bytes.try_into().or_else(|_| {
            Err(Error::Damaged(format!(
                "column {column}: an id of {length} bytes"
            )))
        })
    }

    pub(crate) fn time(&self, column: usize) -> Result<Timestamp> {
        self.int(column).map(Timestamp)
    }

    pub(crate) fn time_or_null(&self, column: usize) -> Result<Option<Timestamp>> {
        Ok(self.int_or_null(column)?.map(Timestamp))
    }
}

macro_rules! value_of_id {
    ($($id:ident),*) => {$(
        impl From<$id> for Value<'_> {
            fn from(id: $id) -> Self {
                Self::Id(Some(id.to_bytes()))
            }
        }
    )*};
}
value_of_id!(NodeId, CustomerId, EventId, KeyId, QuarantineId, IncidentId);

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.0))
    }
}

impl From<Option<Timestamp>> for Value<'_> {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(|time| time.0))
    }
}

impl From<SourceId> for Value<'_> {
    fn from(id: SourceId) -> Self {
        Self::from(id.0)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(value: &'v str) -> Self {
        Self::Text(Some(value))
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(value: Option<&'v str>) -> Self {
        Self::Text(value)
    }
}

impl<'v> From<&'v [u8]> for Value<'v> {
    fn from(value: &'v [u8]) -> Self {
        Self::Bytes(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_into_few_sizes_and_all_are_there() {
        let rows: Vec<usize> = (0..700).collect();
        let sizes: Vec<usize> = parts(&rows).map(<[usize]>::len).collect();
        assert_eq!(sizes, [256, 256, 128, 32, 16, 8, 4]);
        assert_eq!(parts(&rows).flatten().count(), 700);
        assert_eq!(parts::<usize>(&[]).count(), 0);
    }

    #[test]
    fn a_bulk_statement_is_spelled_for_either_database() {
        let bulk = Bulk {
            head: "INSERT INTO t (a, b) VALUES",
            width: 2,
            tail: "ON CONFLICT DO NOTHING",
        };
        assert_eq!(
            spelled(&bulk, 2, false),
            "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            spelled(&bulk, 2, true),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
    }
}
