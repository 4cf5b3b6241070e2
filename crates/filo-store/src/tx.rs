//! A transaction on either database, and the one place where SQL text is sent.
//!
//! **Invariant:** every statement is drained to its end. SQLite commits a lone statement when
//! it is *finished*, and the driver throws away the error of one that was left after its
//! first row: such a statement could be reported as done without being on disk.
//! **Invariant:** a statement over many keys finds each by an index; debug builds refuse one for
//! which SQLite would read a whole table.

use sqlx::{
    AssertSqlSafe, PgConnection, Postgres, SqlSafeStr, SqlStr, Sqlite, SqliteConnection,
    Transaction,
};

use crate::error::{Error, Result};
use crate::value::{Record, Value, bound};

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

    pub(crate) async fn execute_text(&mut self, sql: SqlStr, values: &[Value<'_>]) -> Result<u64> {
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
            #[cfg(debug_assertions)]
            self.must_seek(bulk, &sql, &values).await?;
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
            #[cfg(debug_assertions)]
            self.must_seek(bulk, &sql, &values).await?;
            found.append(&mut self.fetch_text(sql, &values).await?);
        }
        Ok(found)
    }

    /// Refuses a statement that goes through every row of a table; asks once for each.
    #[cfg(debug_assertions)]
    async fn must_seek(&mut self, bulk: &Bulk, sql: &SqlStr, values: &[Value<'_>]) -> Result<()> {
        use std::collections::HashSet;
        use std::sync::{LazyLock, Mutex, PoisonError};

        static ASKED: LazyLock<Mutex<HashSet<(&str, bool)>>> = LazyLock::new(Mutex::default);
        if matches!(self, Self::Postgres(_)) {
            return Ok(());
        }
        // One row and many are planned differently.
        let is_new = {
            let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
            asked.insert((bulk.head, values.len() > bulk.width))
        };
        if !is_new {
            return Ok(());
        }
        let plan = format!("EXPLAIN QUERY PLAN {}", sql.as_str());
        let plan = self
            .fetch_text(AssertSqlSafe(plan).into_sql_str(), values)
            .await?;
        let tables = self
            .fetch("SELECT name FROM sqlite_master WHERE type = 'table'", &[])
            .await?;
        let tables: HashSet<String> = tables
            .iter()
            .map(|row| row.text(0))
            .collect::<Result<_>>()?;
        for row in plan {
            let step = row.text(3)?;
            let scanned = step
                .strip_prefix("SCAN ")
                .and_then(|it| it.split(' ').next());
            if scanned.is_some_and(|name| tables.contains(name)) {
                let text = sql.as_str();
                return Err(Error::Unusable(format!("{step}: a whole table, in {text}")));
            }
        }
        Ok(())
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
