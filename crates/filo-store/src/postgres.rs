//! PostgreSQL: one schema per workspace, one pool whose every connection is bound to it.
//!
//! **Invariant:** no statement names a schema; `search_path` is set when a connection is made,
//! so a connection cannot reach another workspace by forgetting.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool, SqlStr};

use crate::db::Options;
use crate::error::{Error, Result};
use crate::migration::{self, Part};
use crate::tx::{Tx, execute_postgres};
use crate::value::values;

/// The oldest server that is tested.
const OLDEST_VERSION: i64 = 150_000;
/// PostgreSQL cuts longer names; room is left for what is appended to them.
const LONGEST_SCHEMA: usize = 48;
const STATEMENTS: usize = 256;
/// Where something of people stands.
const VACUUM: &str = "VACUUM log, node, link, customer, customer_term, quarantine, \
                      webhook_delivery, idempotency, bulk_act, incident, setting";

/// One workspace on a server.
#[derive(Debug)]
pub(crate) struct Postgres {
    pub(crate) pool: PgPool,
    pub(crate) schema: String,
    connect: PgConnectOptions,
}

impl Postgres {
    pub(crate) async fn open(url: &str, schema: &str, options: &Options) -> Result<Self> {
        check_name(schema)?;
        let connect = PgConnectOptions::from_str(url)
            .map_err(Error::connection("reading the address of PostgreSQL"))?
            .application_name("filo")
            .statement_cache_capacity(STATEMENTS)
            .options([
                ("search_path", schema),
                (
                    "synchronous_commit",
                    if options.synchronous_full {
                        "on"
                    } else {
                        "off"
                    },
                ),
                // A dead peer must be noticed, or the lease it holds would never be free.
                ("tcp_keepalives_idle", "10"),
                ("tcp_keepalives_interval", "5"),
                ("tcp_keepalives_count", "3"),
                ("idle_in_transaction_session_timeout", "60000"),
            ])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(connect.clone())
            .await
            .map_err(Error::connection("connecting to PostgreSQL"))?;
        let postgres = Self {
            pool,
            schema: schema.to_owned(),
            connect,
        };
        postgres.migrate(options.upto()).await?;
        Ok(postgres)
    }

    /// Gives the room of deleted rows free, in the tables that hold something of people.
    pub(crate) async fn scrub(&self) -> Result<()> {
        let mut connection = self.connection().await?;
        let done = execute_postgres(&mut connection, SqlStr::from_static(VACUUM), &[]).await;
        let closed = connection.close().await;
        done?;
        closed.map_err(Error::connection("closing a connection"))
    }

    /// A connection outside the pool, for what is bound to a session.
    pub(crate) async fn connection(&self) -> Result<PgConnection> {
        self.connect
            .connect()
            .await
            .map_err(Error::connection("connecting to PostgreSQL"))
    }

    /// Where the workspace's notices are sent: a channel is seen by the whole server.
    pub(crate) fn channel(&self) -> String {
        format!("{}_notice", self.schema)
    }

    async fn migrate(&self, upto: i64) -> Result<()> {
        let mut connection = self.connection().await?;
        let tx = connection
            .begin()
            .await
            .map_err(Error::connection("starting migrations"))?;
        let mut tx = Tx::Postgres(tx);
        let version = tx
            .fetch_one(
                "SELECT CAST(current_setting('server_version_num') AS BIGINT)",
                &[],
            )
            .await?
            .map_or(Ok(0), |row| row.int(0))?;
        if version < OLDEST_VERSION {
            return Err(Error::Unusable(
                "Filo needs PostgreSQL 15 or newer".to_owned(),
            ));
        }
        // Two nodes may start at the same moment.
        tx.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('filo/migrate/' || $1, 0))",
            values![self.schema.as_str()],
        )
        .await?;
        let known = tx
            .fetch_one(
                "SELECT CAST(1 AS BIGINT) FROM pg_namespace WHERE nspname = $1",
                values![self.schema.as_str()],
            )
            .await?;
        if known.is_none() {
            // The name was checked when the store was opened: letters, digits, underscore.
            migration::run(
                &mut tx,
                AssertSqlSafe(format!("CREATE SCHEMA {}", self.schema)),
            )
            .await?;
        }
        migration::apply(&mut tx, &[Part::Log, Part::State], upto).await?;
        tx.commit().await?;
        connection
            .close()
            .await
            .map_err(Error::connection("ending migrations"))
    }
}

pub(crate) fn check_name(schema: &str) -> Result<()> {
    let plain = schema
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    let begins = schema.starts_with(|first: char| first.is_ascii_lowercase());
    if plain && begins && schema.len() <= LONGEST_SCHEMA {
        return Ok(());
    }
    Err(Error::Unusable(format!(
        "the schema's name must be lower-case letters, digits and underscores, begin with a \
         letter, and have at most {LONGEST_SCHEMA} characters"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_schema_names_are_taken() {
        for name in ["filo_default", "a", "filo2"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in [
            "",
            "2filo",
            "Filo",
            "filo-x",
            "x; DROP SCHEMA y",
            &"a".repeat(49),
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
