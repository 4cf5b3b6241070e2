//! The store of one workspace: where it is, how it is opened and closed.
//!
//! **Invariant:** a reading transaction is a snapshot and never makes the writer wait.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::folder::{Folder, file_bytes, free_bytes};
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::tx::Tx;
use crate::value::values;

/// Where a workspace's data live.
#[derive(Debug, Clone)]
pub enum Location {
    /// Two SQLite files in a folder.
    Sqlite {
        /// The folder; made if it is not there.
        folder: PathBuf,
    },
    /// As SQLite, in a folder that is gone afterwards; never waits for a disk.
    Memory,
    /// A schema of a PostgreSQL server.
    Postgres {
        /// `postgres://user@host/database`.
        url: String,
        /// The schema; made if it is not there.
        schema: String,
    },
}

/// How the store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Commits wait for the disk. Off only to prove that the power-cut tests would notice.
    pub synchronous_full: bool,
    /// SQLite's file layer, where a test puts its own in between.
    pub vfs: Option<String>,
    /// Room kept aside on the disk (SQLite).
    pub ballast_bytes: u64,
    /// Page cache of each SQLite file's writer, and of its readers together.
    pub cache_bytes: u64,
    /// Reading connections of each SQLite file.
    pub readers: u32,
    /// Connections of the PostgreSQL pool.
    pub connections: u32,
    /// Only the steps of the schema up to this one: a restore fills the tables as they were,
    /// and brings them up to date afterwards.
    pub schema_step: Option<i64>,
}

impl Options {
    pub(crate) fn upto(&self) -> i64 {
        self.schema_step.unwrap_or(i64::MAX)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            synchronous_full: true,
            vfs: None,
            ballast_bytes: 64 << 20,
            cache_bytes: 32 << 20,
            readers: 4,
            connections: 16,
            schema_step: None,
        }
    }
}

/// How much the store takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// The state tables and their indexes.
    pub state_bytes: u64,
    /// The log.
    pub log_bytes: u64,
    /// What SQLite has not yet moved into its files; 0 on PostgreSQL.
    pub wal_bytes: u64,
    /// Free on the disk of the folder; unknown for PostgreSQL.
    pub free_bytes: Option<u64>,
}

/// The open store of one workspace. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) backend: Arc<Backend>,
}

#[derive(Debug)]
pub(crate) enum Backend {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Db {
    /// Opens the store, and brings its tables up to date.
    pub async fn open(location: &Location, options: &Options) -> Result<Self> {
        let backend = match location {
            Location::Sqlite { folder } => {
                let folder = Folder::open(folder, options.ballast_bytes)?;
                Backend::Sqlite(Sqlite::open(folder, options).await?)
            }
            Location::Memory => Backend::Sqlite(Sqlite::open(Folder::scratch()?, options).await?),
            Location::Postgres { url, schema } => {
                Backend::Postgres(Box::new(Postgres::open(url, schema, options).await?))
            }
        };
        Ok(Self {
            backend: Arc::new(backend),
        })
    }

    /// A writing transaction on the state. On SQLite writers come one after the other.
    pub async fn begin(&self) -> Result<Tx<'static>> {
        let doing = "starting to write";
        Ok(match &*self.backend {
            Backend::Sqlite(sqlite) => Tx::Sqlite(
                sqlite
                    .state
                    .begin_with("BEGIN IMMEDIATE")
                    .await
                    .map_err(Error::connection(doing))?,
            ),
            Backend::Postgres(postgres) => Tx::Postgres(
                postgres
                    .pool
                    .begin()
                    .await
                    .map_err(Error::connection(doing))?,
            ),
        })
    }

    /// A reading transaction on the state: what it sees first, it sees to the end.
    pub async fn read(&self) -> Result<Tx<'static>> {
        let doing = "starting to read";
        Ok(match &*self.backend {
            Backend::Sqlite(sqlite) => Tx::Sqlite(
                sqlite
                    .state_readers
                    .begin_with("BEGIN DEFERRED")
                    .await
                    .map_err(Error::connection(doing))?,
            ),
            Backend::Postgres(postgres) => Tx::Postgres(
                postgres
                    .pool
                    .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
                    .map_err(Error::connection(doing))?,
            ),
        })
    }

    /// Moves what SQLite keeps in its write-ahead files into the databases, off the path of
    /// the writers. To be called every second or so under load; cheap when there is little
    /// to do. If nobody calls it, the writers do the same inside their commits, later.
    pub async fn tend(&self) -> Result<()> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.tend().await,
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Writes the files anew without what was deleted, so that nothing of it is left in them.
    /// On PostgreSQL the room is given free; the server writes over it.
    pub async fn scrub(&self) -> Result<()> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.scrub().await,
            Backend::Postgres(postgres) => postgres.scrub().await,
        }
    }

    /// Ends every connection, after all that is in the write-ahead files stands in the
    /// databases. Other clones fail from here on.
    pub async fn close(self) -> Result<()> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => {
                sqlite.close().await?;
                // What was given back in need is set aside again; if there is still no
                // room, the next start tries again.
                match sqlite.folder.restore_ballast() {
                    Err(error) if !error.is_full() => Err(error),
                    _ => Ok(()),
                }
            }
            Backend::Postgres(postgres) => {
                postgres.pool.close().await;
                Ok(())
            }
        }
    }

    /// Ends every connection as it is, and waits until none is left. What was not committed is
    /// lost, as in a crash; what is in the write-ahead files is found again.
    pub async fn hang_up(&self) {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.hang_up().await,
            Backend::Postgres(postgres) => postgres.pool.close().await,
        }
    }

    /// Whether other nodes may share this store.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(&*self.backend, Backend::Postgres(_))
    }

    /// The folder of the files, on SQLite.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => Some(sqlite.folder.path()),
            Backend::Postgres(_) => None,
        }
    }

    /// Gives the ballast's room back to a full disk. Nothing to do on PostgreSQL.
    pub fn release_ballast(&self) -> Result<()> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.folder.release_ballast(),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Sets the ballast aside again. Fails as full while there is no room for it.
    pub fn restore_ballast(&self) -> Result<()> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.folder.restore_ballast(),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// How much the store takes.
    pub async fn sizes(&self) -> Result<Sizes> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => {
                let folder = sqlite.folder.path();
                let bytes = |name: &str| file_bytes(&folder.join(name));
                Ok(Sizes {
                    state_bytes: bytes("state.db"),
                    log_bytes: bytes("log.db"),
                    wal_bytes: bytes("state.db-wal") + bytes("log.db-wal"),
                    free_bytes: Some(free_bytes(folder)?),
                })
            }
            Backend::Postgres(postgres) => {
                let mut tx = self.read().await?;
                let row = tx
                    .fetch_one(POSTGRES_SIZES, values![postgres.schema.as_str()])
                    .await?;
                let (log, all) = row.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))?;
                let (log_bytes, all) = (
                    u64::try_from(log).unwrap_or(0),
                    u64::try_from(all).unwrap_or(0),
                );
                Ok(Sizes {
                    state_bytes: all.saturating_sub(log_bytes),
                    log_bytes,
                    wal_bytes: 0,
                    free_bytes: None,
                })
            }
        }
    }
}

/// Only PostgreSQL keeps its tables where SQL alone can measure them.
const POSTGRES_SIZES: &str = "
    SELECT CAST(COALESCE(SUM(CASE WHEN relname = 'log' THEN pg_total_relation_size(pg_class.oid) END), 0) AS BIGINT),
           CAST(COALESCE(SUM(pg_total_relation_size(pg_class.oid)), 0) AS BIGINT)
      FROM pg_class
      JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
     WHERE nspname = $1
       AND relkind = 'r'";
