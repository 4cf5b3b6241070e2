//! Where a restored workspace is put: whether a place is empty, and the one step by which a
//! schema that was filled under another name takes its own.
//!
//! **Invariant:** nothing that holds anything is ever replaced.

use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection, SqlStr};

use crate::db::Location;
use crate::error::{Error, Result};
use crate::postgres::check_name;
use crate::tx::fetch_postgres;
use crate::value::values;

const TABLES: &str = "
    SELECT COUNT(*)
      FROM pg_class
      JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
     WHERE nspname = $1";

async fn connect(url: &str) -> Result<PgConnection> {
    let options = PgConnectOptions::from_str(url)
        .map_err(Error::connection("reading the address of PostgreSQL"))?
        .options([("client_min_messages", "warning")])
        .disable_statement_logging();
    let connected = options.connect().await;
    connected.map_err(Error::connection("connecting to PostgreSQL"))
}

/// Whether nothing is at this place.
pub async fn is_empty(location: &Location) -> Result<bool> {
    match location {
        Location::Memory => Ok(true),
        Location::Sqlite { folder } => {
            Ok(std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none()))
        }
        Location::Postgres { url, schema } => {
            let mut connection = connect(url).await?;
            let text = SqlStr::from_static(TABLES);
            let rows = fetch_postgres(&mut connection, text, values![schema.as_str()]).await?;
            Ok(rows.first().map_or(Ok(0), |row| row.int(0))? == 0)
        }
    }
}

/// Removes a schema with everything in it: one that a restore had filled and gave up.
pub async fn drop_schema(url: &str, schema: &str) -> Result<()> {
    check_name(schema)?;
    let mut connection = connect(url).await?;
    // The name was checked: letters, digits, underscore.
    let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
    run(&mut connection, text).await
}

/// Gives a schema the name under which Filo opens it. Fails if that one holds anything.
pub async fn put_schema_in_place(url: &str, from: &str, to: &str) -> Result<()> {
    check_name(from)?;
    check_name(to)?;
    let mut connection = connect(url).await?;
    // Several statements sent at once are one transaction. Without CASCADE a schema that holds
    // something is not dropped.
    let text = format!("DROP SCHEMA IF EXISTS {to}; ALTER SCHEMA {from} RENAME TO {to}");
    run(&mut connection, text).await
}

async fn run(connection: &mut PgConnection, text: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(connection)
        .await
        .map(drop)
        .map_err(|error| Error::statement("moving a schema", error))
}
