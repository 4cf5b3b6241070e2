//! SQLite: two files in one folder, each with one writing connection and a few reading ones.
//!
//! `log.db` is apart from `state.db` because a checkpoint holds its file's write lock for as
//! long as it writes, and acknowledgements must not wait for it.
//!
//! **Invariant (I1):** WAL with `synchronous=FULL`: a commit returns after its fsync.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlStr, SqlitePool};

use crate::db::Options;
use crate::error::{Error, Result};
use crate::folder::{Folder, file_bytes};
use crate::migration::{self, Part};
use crate::tx::{Tx, execute_sqlite, fetch_sqlite};

/// Below it, a reset of the WAL could corrupt a database (fixed in 3.51.3).
const OLDEST_VERSION: [u32; 3] = [3, 51, 3];
/// Larger than the usual 4096: a profile fits beside its neighbours, the trees are lower.
const PAGE_BYTES: u32 = 8192;
/// The writer moves the WAL into the file by itself only past this many pages (64 MiB);
/// before that, [`Sqlite::tend`] does it off the writer's path.
const WRITER_CHECKPOINT_PAGES: u32 = 8192;
/// [`Sqlite::tend`] leaves a WAL below this size alone.
const TENDED_WAL_BYTES: u64 = 8 << 20;
/// A large checkpoint makes a large WAL; what is beyond this goes back to the disk afterwards.
const WAL_BYTES_KEPT: u32 = 64 << 20;
/// How long a connection waits for another one's lock.
const WAIT_MS: u64 = 10_000;
const WAIT: &str = "PRAGMA busy_timeout = 10000";
const NEVER_WAIT: &str = "PRAGMA busy_timeout = 0";
/// Prepared statements kept: every bulk statement has nine sizes.
const STATEMENTS: usize = 256;
/// As many rows as a bulk query names.
const ROWS_BUFFERED: usize = 256;

/// The files of one workspace.
#[derive(Debug)]
pub(crate) struct Sqlite {
    pub(crate) folder: Folder,
    pub(crate) state: SqlitePool,
    pub(crate) state_readers: SqlitePool,
    pub(crate) log: SqlitePool,
    pub(crate) log_readers: SqlitePool,
}

impl Sqlite {
    pub(crate) async fn open(folder: Folder, options: &Options) -> Result<Self> {
        folder.restore_ballast().or_else(|error| {
            // A full disk must not keep the store shut: erasures still have to work.
            if error.is_full() { Ok(()) } else { Err(error) }
        })?;
        let synchronous = match (folder.is_scratch(), options.synchronous_full) {
            (true, _) => SqliteSynchronous::Off,
            (false, true) => SqliteSynchronous::Full,
            (false, false) => SqliteSynchronous::Normal,
        };
        folder.renew("state.db-wal")?;
        folder.renew("log.db-wal")?;
        // The log is written at its end and read once, in order: a cache would only hold memory.
        let of_log = Options {
            cache_bytes: options.cache_bytes / 8,
            ..options.clone()
        };
        let mut opened = Vec::with_capacity(4);
        match open_pools(&folder, (options, &of_log), synchronous, &mut opened).await {
            Ok([state, log, state_readers, log_readers]) => Ok(Self {
                folder,
                state,
                state_readers,
                log,
                log_readers,
            }),
            Err(error) => {
                // Left to themselves they would end later, and take the write-ahead files of
                // whoever opens the folder next with them.
                for pool in opened {
                    pool.close().await;
                }
                Err(error)
            }
        }
    }

    /// Ends every connection as it is, and waits for it.
    pub(crate) async fn hang_up(&self) {
        for pool in [
            &self.state_readers,
            &self.log_readers,
            &self.log,
            &self.state,
        ] {
            pool.close().await;
        }
    }

    /// Moves the WALs that have grown into their files, through connections of its own, so
    /// that neither the log's writer nor the engine's pays for it inside a commit. That of the
    /// state is cut then: what a start must read again stays small. That of the log keeps its
    /// length, because an append into room that is there already is on disk sooner.
    pub(crate) async fn tend(&self) -> Result<()> {
        if file_bytes(&self.folder.path().join("log.db-wal")) >= TENDED_WAL_BYTES {
            checkpoint(&self.log_readers, "PRAGMA wal_checkpoint(PASSIVE)").await?;
        }
        if file_bytes(&self.folder.path().join("state.db-wal")) >= TENDED_WAL_BYTES {
            checkpoint(&self.state_readers, "PRAGMA wal_checkpoint(PASSIVE)").await?;
            truncate(&self.state_readers).await?;
        }
        Ok(())
    }

    /// Writes both files anew and cuts their WALs: what was deleted stands nowhere afterwards.
    pub(crate) async fn scrub(&self) -> Result<()> {
        for pool in [&self.log, &self.state] {
            // The new file is put together on the disk: in memory it would take all there is.
            checkpoint(pool, "PRAGMA temp_store = FILE").await?;
            let written = checkpoint(pool, "VACUUM").await;
            checkpoint(pool, "PRAGMA temp_store = MEMORY").await?;
            written?;
            checkpoint(pool, "PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    pub(crate) async fn close(&self) -> Result<()> {
        self.state_readers.close().await;
        self.log_readers.close().await;
        let log = checkpoint(&self.log, "PRAGMA wal_checkpoint(TRUNCATE)").await;
        let state = checkpoint(&self.state, "PRAGMA wal_checkpoint(TRUNCATE)").await;
        self.log.close().await;
        self.state.close().await;
        log.and(state)
    }
}

/// The connections of state and log, writers first; each pool stands in `opened` too, so that
/// none is left alone if a later one fails. The first options are the state's.
async fn open_pools(
    folder: &Folder,
    options: (&Options, &Options),
    synchronous: SqliteSynchronous,
    opened: &mut Vec<SqlitePool>,
) -> Result<[SqlitePool; 4]> {
    let (of_state, of_log) = options;
    let state_path = folder.path().join("state.db");
    let log_path = folder.path().join("log.db");
    let state = pool(&state_path, of_state, synchronous, Use::Write).await?;
    opened.push(state.clone());
    check_version(&state).await?;
    migrate(&state, Part::State, of_state.upto()).await?;
    let log = pool(&log_path, of_log, synchronous, Use::Write).await?;
    opened.push(log.clone());
    migrate(&log, Part::Log, of_state.upto()).await?;
    let state_readers = pool(&state_path, of_state, synchronous, Use::Read).await?;
    opened.push(state_readers.clone());
    let log_readers = pool(&log_path, of_log, synchronous, Use::Read).await?;
    opened.push(log_readers.clone());
    Ok([state, log, state_readers, log_readers])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Write,
    Read,
}

async fn pool(
    path: &Path,
    options: &Options,
    synchronous: SqliteSynchronous,
    usage: Use,
) -> Result<SqlitePool> {
    let (connections, cache_bytes) = match usage {
        Use::Write => (1, options.cache_bytes),
        Use::Read => (
            options.readers,
            options.cache_bytes / u64::from(options.readers.max(1)),
        ),
    };
    let mut connect = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(usage == Use::Write)
        .page_size(PAGE_BYTES)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(WAIT_MS))
        // A torn page read through a memory map would be a SIGBUS, not an error.
        .pragma("mmap_size", "0")
        // Negative: in KiB.
        .pragma("cache_size", format!("-{}", cache_bytes / 1024))
        .pragma("wal_autocheckpoint", WRITER_CHECKPOINT_PAGES.to_string())
        .pragma("journal_size_limit", WAL_BYTES_KEPT.to_string())
        // Erased means overwritten, wherever that costs no page more; the log's pages are
        // taken again by the next appends.
        .pragma("secure_delete", "FAST")
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(STATEMENTS)
        // Each time the buffer is full the connection's thread waits for the reader.
        .row_buffer_size(ROWS_BUFFERED)
        .disable_statement_logging();
    if usage == Use::Read {
        // Not `read_only`: the first reader of a WAL may have to create its index.
        connect = connect.pragma("query_only", "ON");
    }
    if let Some(vfs) = &options.vfs {
        connect = connect.vfs(vfs.clone());
    }
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        // When the disk fails, SQLite takes a transaction back by itself, and the driver goes
        // on counting it as open: that connection could never begin another.
        .before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        })
        .connect_with(connect)
        .await
        .map_err(Error::connection("opening the SQLite file"))
}

async fn check_version(pool: &SqlitePool) -> Result<()> {
    let mut connection = pool
        .acquire()
        .await
        .map_err(Error::connection("asking for the version"))?;
    let rows = fetch_sqlite(
        &mut connection,
        SqlStr::from_static("SELECT sqlite_version()"),
        &[],
    )
    .await?;
    let version = rows
        .first()
        .map(|row| row.text(0))
        .transpose()?
        .unwrap_or_default();
    if is_current(&version) {
        return Ok(());
    }
    let [major, minor, patch] = OLDEST_VERSION;
    Err(Error::Unusable(format!(
        "SQLite {version} can corrupt a database; Filo needs {major}.{minor}.{patch} or newer"
    )))
}

fn is_current(version: &str) -> bool {
    let mut numbers = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let found: [u32; 3] = std::array::from_fn(|_| numbers.next().unwrap_or(0));
    found >= OLDEST_VERSION
}

async fn migrate(pool: &SqlitePool, part: Part, upto: i64) -> Result<()> {
    let mut tx = Tx::Sqlite(
        pool.begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(Error::connection("starting migrations"))?,
    );
    migration::apply(&mut tx, &[part], upto).await?;
    tx.commit().await
}

async fn checkpoint(pool: &SqlitePool, sql: &'static str) -> Result<()> {
    let mut connection = pool
        .acquire()
        .await
        .map_err(Error::connection("tending the WAL"))?;
    execute_sqlite(&mut connection, SqlStr::from_static(sql), &[]).await?;
    Ok(())
}

/// Cuts a WAL of which everything has been moved, unless somebody reads or writes: then the
/// next time will do, because who waits for readers here would keep writers waiting.
async fn truncate(pool: &SqlitePool) -> Result<()> {
    let mut connection = pool
        .acquire()
        .await
        .map_err(Error::connection("cutting the WAL"))?;
    let mut cut = Ok(());
    for sql in [NEVER_WAIT, "PRAGMA wal_checkpoint(TRUNCATE)", WAIT] {
        let done = execute_sqlite(&mut connection, SqlStr::from_static(sql), &[]).await;
        cut = cut.and(done.map(drop));
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_said_twice_alike() {
        assert!(WAIT.ends_with(&format!("= {WAIT_MS}")));
    }

    #[test]
    fn versions_are_compared_by_number() {
        assert!(is_current("3.51.3") && is_current("3.60.0") && is_current("4.0.0"));
        assert!(!is_current("3.51.2") && !is_current("3.9.9") && !is_current(""));
    }
}
