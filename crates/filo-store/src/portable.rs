//! Every table of the state as rows of plain cells, read out of one database and put into
//! another. Which tables there are is asked of the database, so a table that is added later is
//! in the next backup by itself.
//!
//! **Invariant:** only tables and columns that the database itself names reach a statement; a
//! column of a type that the two databases do not share is an error, never left out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, Value, values};

/// Rows in one statement that inserts. SQLite allows 32,766 values: tables of 250 columns.
const ROWS_PER_STATEMENT: usize = 128;
/// What is not state: the list of steps is told apart, the log has its own numbers.
const NOT_STATE: [&str; 3] = ["migration", "log", "log_head"];
/// What a restored Filo must not have. Whoever was logged in when the backup was made must not
/// be so again from a copy of it, and answers to repeated requests are worth nothing days later.
const LEFT_OUT: [&str; 3] = ["idempotency", "session", "sign_on_journey"];
/// Sessions stand among the keys: those whose text begins so.
const SESSION_KEYS: (&str, &str) = ("access_key", "substr(shown, 1, 9) <> 'filo_ses_'");

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
    Bytes,
}

/// One value of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A table as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// In the order of the table.
    pub columns: Vec<(String, Kind)>,
    /// The columns of the primary key, by place.
    key: Vec<usize>,
    /// Tables that its rows point to.
    parents: BTreeSet<String>,
}

const TABLES_SQLITE: &str = "
    SELECT name
      FROM sqlite_schema
     WHERE type = 'table'
       AND name NOT LIKE 'sqlite%'
     ORDER BY name";
const TABLES_POSTGRES: &str = "
    SELECT CAST(tablename AS TEXT)
      FROM pg_tables
     WHERE schemaname = current_schema()
     ORDER BY tablename";

const COLUMNS_SQLITE: &str = "SELECT name, type FROM pragma_table_info($1) ORDER BY cid";
const COLUMNS_POSTGRES: &str = "
    SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT)
      FROM information_schema.columns
     WHERE table_schema = current_schema()
       AND table_name = $1
     ORDER BY ordinal_position";

const KEY_SQLITE: &str = "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk";
const KEY_POSTGRES: &str = "
    SELECT CAST(attribute.attname AS TEXT)
      FROM pg_index AS listed
     CROSS JOIN LATERAL unnest(listed.indkey) WITH ORDINALITY AS key (number, place)
      JOIN pg_attribute AS attribute
        ON attribute.attrelid = listed.indrelid
       AND attribute.attnum = key.number
     WHERE listed.indrelid = to_regclass($1)
       AND listed.indisprimary
     ORDER BY key.place";

const PARENTS_SQLITE: &str = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)";
const PARENTS_POSTGRES: &str = "
    SELECT DISTINCT CAST(parent.relname AS TEXT)
      FROM pg_constraint
      JOIN pg_class AS parent ON parent.oid = pg_constraint.confrelid
     WHERE conrelid = to_regclass($1)
       AND contype = 'f'";

/// The tables that a backup holds, those that others point to first.
pub async fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>> {
    let names = names(tx, (TABLES_SQLITE, TABLES_POSTGRES), None).await?;
    let mut found = Vec::new();
    for name in names {
        if !NOT_STATE.contains(&name.as_str()) && !LEFT_OUT.contains(&name.as_str()) {
            found.push(describe(tx, name).await?);
        }
    }
    let mut sorted: Vec<Table> = Vec::with_capacity(found.len());
    while !found.is_empty() {
        let waiting: BTreeSet<String> = found.iter().map(|table| table.name.clone()).collect();
        let is_free = |table: &Table| {
            let mut parents = table.parents.iter();
            parents.all(|parent| *parent == table.name || !waiting.contains(parent))
        };
        let (free, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(is_free);
        if free.is_empty() {
            return Err(Error::Unusable(
                "tables point to each other in a circle: they cannot be restored".to_owned(),
            ));
        }
        sorted.extend(free);
        found = rest;
    }
    Ok(sorted)
}

/// What a backup leaves out, by the names of the tables.
#[must_use]
pub fn left_out() -> Vec<String> {
    LEFT_OUT.iter().map(|name| (*name).to_owned()).collect()
}

async fn names(
    tx: &mut Tx<'_>,
    (on_sqlite, on_postgres): (&'static str, &'static str),
    table: Option<&str>,
) -> Result<Vec<String>> {
    let sql = match tx {
        Tx::Sqlite(_) => on_sqlite,
        Tx::Postgres(_) => on_postgres,
    };
    let rows = match table {
        Some(table) => tx.fetch(sql, values![table]).await?,
        None => tx.fetch(sql, &[]).await?,
    };
    rows.iter().map(|row| row.text(0)).collect()
}

async fn describe(tx: &mut Tx<'_>, name: String) -> Result<Table> {
    let sql = match tx {
        Tx::Sqlite(_) => COLUMNS_SQLITE,
        Tx::Postgres(_) => COLUMNS_POSTGRES,
    };
    let mut columns = Vec::new();
    for row in tx.fetch(sql, values![name.as_str()]).await? {
        let (column, kind) = (row.text(0)?, row.text(1)?);
        let kind = match kind.as_str() {
            "INTEGER" | "bigint" => Kind::Int,
            "TEXT" | "text" => Kind::Text,
            "BLOB" | "bytea" => Kind::Bytes,
            other => {
                return Err(Error::Unusable(format!(
                    "{name}.{column} is of type {other}, which a backup cannot hold"
                )));
            }
        };
        columns.push((column, kind));
    }
    let key = names(tx, (KEY_SQLITE, KEY_POSTGRES), Some(&name)).await?;
    let place = |wanted: &String| columns.iter().position(|(column, _)| column == wanted);
    let key: Vec<usize> = key.iter().filter_map(place).collect();
    if key.is_empty() {
        return Err(Error::Unusable(format!(
            "{name} has no primary key, so a backup cannot page through it"
        )));
    }
    let parents = names(tx, (PARENTS_SQLITE, PARENTS_POSTGRES), Some(&name)).await?;
    Ok(Table {
        name,
        columns,
        key,
        parents: parents.into_iter().collect(),
    })
}

impl Table {
    /// The cells of a row by which the next page begins behind it.
    #[must_use]
    pub fn key_of(&self, row: &[Cell]) -> Vec<Cell> {
        self.key
            .iter()
            .filter_map(|place| row.get(*place).cloned())
            .collect()
    }

    fn column_list(&self) -> String {
        let quoted = self.columns.iter().map(|(name, _)| quoted(name));
        quoted.collect::<Vec<_>>().join(", ")
    }

    fn key_list(&self) -> String {
        let names = self
            .key
            .iter()
            .filter_map(|place| self.columns.get(*place))
            .map(|(name, _)| quoted(name));
        names.collect::<Vec<_>>().join(", ")
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// At most `limit` rows behind a key, in the order of the key: the same on both databases.
pub async fn page(
    tx: &mut Tx<'_>,
    table: &Table,
    behind: Option<&[Cell]>,
    limit: u32,
) -> Result<Vec<Vec<Cell>>> {
    let (columns, keys) = (table.column_list(), table.key_list());
    let mut wanted = Vec::new();
    if table.name == SESSION_KEYS.0 {
        wanted.push(SESSION_KEYS.1.to_owned());
    }
    let mut given: Vec<Value<'_>> = Vec::new();
    if let Some(behind) = behind {
        let kinds = table
            .key
            .iter()
            .filter_map(|place| table.columns.get(*place));
        let of_column = |(cell, (_, kind)): (_, &(String, Kind))| value(cell, *kind);
        given.extend(behind.iter().zip(kinds).map(of_column));
        let marks: Vec<String> = (1..=given.len()).map(|mark| format!("${mark}")).collect();
        wanted.push(format!("({keys}) > ({})", marks.join(", ")));
    }
    let condition = if wanted.is_empty() {
        String::new()
    } else {
        format!("WHERE {}", wanted.join(" AND "))
    };
    let name = quoted(&table.name);
    let text = format!("SELECT {columns} FROM {name} {condition} ORDER BY {keys} LIMIT {limit}");
    // Made of names that the database gave, quoted, and of parameter marks.
    let rows = tx
        .fetch_text(AssertSqlSafe(text).into_sql_str(), &given)
        .await?;
    rows.iter().map(|row| cells(row, &table.columns)).collect()
}

fn cells(row: &Record, columns: &[(String, Kind)]) -> Result<Vec<Cell>> {
    let cell = |(place, (_, kind)): (usize, &(String, Kind))| {
        Ok(match kind {
            Kind::Int => row.int_or_null(place)?.map_or(Cell::Null, Cell::Int),
            Kind::Text => row.text_or_null(place)?.map_or(Cell::Null, Cell::Text),
            Kind::Bytes => row.bytes_or_null(place)?.map_or(Cell::Null, Cell::Bytes),
        })
    };
    columns.iter().enumerate().map(cell).collect()
}

/// Empties a table: what the steps of the schema put in stands in the backup too.
pub async fn clear(tx: &mut Tx<'_>, table: &Table) -> Result<()> {
    let text = format!("DELETE FROM {}", quoted(&table.name));
    tx.execute_text(AssertSqlSafe(text).into_sql_str(), &[])
        .await
        .map(drop)
}

/// Puts rows into a table.
pub async fn insert(tx: &mut Tx<'_>, table: &Table, rows: &[Vec<Cell>]) -> Result<()> {
    let width = table.columns.len();
    for mut part in rows.chunks(ROWS_PER_STATEMENT) {
        while !part.is_empty() {
            // Powers of two: few texts, so that the cache of statements holds them.
            let (now, rest) = part.split_at(1 << part.len().ilog2());
            part = rest;
            let mut text = format!(
                "INSERT INTO {} ({}) VALUES",
                quoted(&table.name),
                table.column_list()
            );
            let numbered = matches!(tx, Tx::Postgres(_));
            let mut given = Vec::with_capacity(now.len() * width);
            for (place, row) in now.iter().enumerate() {
                text.push_str(if place == 0 { " (" } else { ", (" });
                for (column, (cell, (_, kind))) in row.iter().zip(&table.columns).enumerate() {
                    text.push_str(if column == 0 { "" } else { ", " });
                    given.push(value(cell, *kind));
                    if numbered {
                        // Writing to a String cannot fail.
                        let _ = write!(text, "${}", given.len());
                    } else {
                        text.push('?');
                    }
                }
                text.push(')');
            }
            tx.execute_text(AssertSqlSafe(text).into_sql_str(), &given)
                .await?;
        }
    }
    Ok(())
}

/// A null has the type of its column: PostgreSQL takes no other.
fn value(cell: &Cell, kind: Kind) -> Value<'_> {
    match (cell, kind) {
        (Cell::Int(value), _) => Value::Int(Some(*value)),
        (Cell::Text(value), _) => Value::Text(Some(value)),
        (Cell::Bytes(value), _) => Value::Bytes(Some(value)),
        (Cell::Null, Kind::Int) => Value::Int(None),
        (Cell::Null, Kind::Text) => Value::Text(None),
        (Cell::Null, Kind::Bytes) => Value::Bytes(None),
    }
}
