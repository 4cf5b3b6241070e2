//! What a store says about itself before it is opened: for a program that wants to know what it
//! would do to it, while another one may be running on it.
//!
//! **Invariant:** nothing is written, no step of the schema is run, no lock is taken.

use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::db::Location;
use crate::error::{Error, Result};
use crate::migration;
use crate::tx::Tx;
use crate::{postgres, setting};

/// A store as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The steps of the schema that were run.
    pub applied: Vec<i64>,
    /// The settings that were asked for, those that are there.
    pub settings: Vec<(String, String)>,
}

impl Standing {
    /// Names of the steps that this program would run.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        migration::missing(&self.applied)
    }

    /// Steps that a newer program has run.
    #[must_use]
    pub fn unknown(&self) -> Vec<i64> {
        let newest = migration::newest();
        let unknown = self.applied.iter().filter(|step| **step > newest);
        unknown.copied().collect()
    }
}

/// The last step of the schema that this program knows.
#[must_use]
pub fn newest_step() -> i64 {
    migration::newest()
}

const APPLIED: &str = "SELECT number FROM migration ORDER BY number";
const SCHEMA: &str = "SELECT CAST(1 AS BIGINT) FROM pg_namespace WHERE nspname = $1";

/// The last step that an open store has run.
pub async fn step(tx: &mut Tx<'_>) -> Result<i64> {
    let rows = tx.fetch(APPLIED, &[]).await?;
    rows.last().map_or(Ok(0), |row| row.int(0))
}

/// Looks at a store; none if there is nothing.
pub async fn look(location: &Location, settings: &[&str]) -> Result<Option<Standing>> {
    let doing = "looking at the store";
    match location {
        Location::Memory => Ok(None),
        Location::Sqlite { folder } => {
            let mut applied = Vec::new();
            let mut found = Vec::new();
            for file in ["log.db", "state.db"] {
                let path = folder.join(file);
                if !path.exists() {
                    return Ok(None);
                }
                let options = SqliteConnectOptions::new()
                    .filename(&path)
                    // The last of other connections to close would move the write-ahead file.
                    .read_only(true)
                    .disable_statement_logging();
                let mut connection = options.connect().await.map_err(Error::connection(doing))?;
                let tx = connection.begin().await.map_err(Error::connection(doing))?;
                let mut tx = Tx::Sqlite(tx);
                applied.append(&mut steps(&mut tx).await?);
                if file == "state.db" {
                    found = asked(&mut tx, settings).await?;
                }
                drop(tx);
                connection.close().await.map_err(Error::connection(doing))?;
            }
            applied.sort_unstable();
            Ok(Some(Standing {
                applied,
                settings: found,
            }))
        }
        Location::Postgres { url, schema } => {
            postgres::check_name(schema)?;
            let options = PgConnectOptions::from_str(url)
                .map_err(Error::connection("reading the address of PostgreSQL"))?
                .options([("search_path", schema.as_str())])
                .disable_statement_logging();
            let mut connection = options.connect().await.map_err(Error::connection(doing))?;
            let tx = connection.begin().await.map_err(Error::connection(doing))?;
            let mut tx = Tx::Postgres(tx);
            let there = tx
                .fetch_one(SCHEMA, crate::value::values![schema.as_str()])
                .await?;
            let standing = match there {
                None => None,
                Some(_) => Some(Standing {
                    applied: steps(&mut tx).await?,
                    settings: asked(&mut tx, settings).await?,
                }),
            };
            drop(tx);
            connection.close().await.map_err(Error::connection(doing))?;
            Ok(standing)
        }
    }
}

async fn steps(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    tx.fetch(APPLIED, &[])
        .await?
        .iter()
        .map(|row| row.int(0))
        .collect()
}

async fn asked(tx: &mut Tx<'_>, settings: &[&str]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for name in settings {
        if let Some(stored) = setting::get(tx, name).await? {
            found.push(((*name).to_owned(), stored.value));
        }
    }
    Ok(found)
}
