//! Who applies the log, and how the nodes of one store hear from each other.
//!
//! **Invariant:** a checkpoint commits on the very session that holds the lease. If the
//! session is lost, the lease is lost with it, and so is whatever it had not committed.

use sqlx::postgres::PgListener;
use sqlx::{Connection as _, PgConnection, SqlStr};

use crate::db::{Backend, Db};
use crate::error::{Error, Result};
use crate::tx::{Tx, execute_postgres, fetch_postgres};
use crate::value::values;

/// The right to apply the log.
#[derive(Debug)]
pub struct Lease {
    session: Session,
}

#[derive(Debug)]
enum Session {
    /// The folder's lock has already kept every other process out.
    Sqlite(Db),
    Postgres(Box<PgConnection>),
}

const ACQUIRE: &str = "
    SELECT CAST(CASE WHEN pg_try_advisory_lock(hashtextextended('filo/engine/' || $1, 0))
                     THEN 1 ELSE 0 END AS BIGINT)";

const NAME: &str = "SELECT set_config('application_name', $1, false)";

/// Takes the lease, or says by `None` that another node has it. `holder` names this node in
/// the server's list of sessions.
pub async fn acquire(db: &Db, holder: &str) -> Result<Option<Lease>> {
    let postgres = match &*db.backend {
        Backend::Sqlite(_) => {
            return Ok(Some(Lease {
                session: Session::Sqlite(db.clone()),
            }));
        }
        Backend::Postgres(postgres) => postgres,
    };
    let mut connection = postgres.connection().await?;
    let schema = postgres.schema.as_str();
    let rows = fetch_postgres(
        &mut connection,
        SqlStr::from_static(ACQUIRE),
        values![schema],
    )
    .await?;
    if rows.first().map_or(Ok(0), |row| row.int(0))? == 0 {
        connection
            .close()
            .await
            .map_err(Error::connection("leaving the lease"))?;
        return Ok(None);
    }
    let name = format!("filo engine {holder}");
    fetch_postgres(
        &mut connection,
        SqlStr::from_static(NAME),
        values![name.as_str()],
    )
    .await?;
    Ok(Some(Lease {
        session: Session::Postgres(Box::new(connection)),
    }))
}

impl Lease {
    /// A writing transaction that can commit only while the lease holds.
    pub async fn begin(&mut self) -> Result<Tx<'_>> {
        match &mut self.session {
            Session::Sqlite(db) => db.begin().await,
            Session::Postgres(connection) => {
                let tx = connection.begin().await;
                Ok(Tx::Postgres(
                    tx.map_err(Error::connection("starting a checkpoint"))?,
                ))
            }
        }
    }

    /// Fails if the session, and with it the lease, is gone.
    pub async fn check(&mut self) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(connection) => {
                let asked = SqlStr::from_static("SELECT 1");
                execute_postgres(connection, asked, &[]).await.map(drop)
            }
        }
    }

    /// Lets another node take over at once.
    pub async fn release(self) -> Result<()> {
        match self.session {
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(connection) => connection
                .close()
                .await
                .map_err(Error::connection("giving the lease back")),
        }
    }
}

/// What a node tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A row was appended to the log.
    Appended {
        /// Its number.
        seq: i64,
    },
    /// The state holds the log up to here.
    Applied {
        /// The last row applied.
        seq: i64,
    },
    /// The connection broke and was made anew: notices may have been missed.
    Missed,
}

/// Hears the notices of the other nodes; on SQLite there are none.
pub struct Listener(Option<PgListener>);

/// Starts to listen. Notices sent before are not heard.
pub async fn listen(db: &Db) -> Result<Listener> {
    let Backend::Postgres(postgres) = &*db.backend else {
        return Ok(Listener(None));
    };
    let doing = "listening for notices";
    let mut listener = PgListener::connect_with(&postgres.pool)
        .await
        .map_err(Error::connection(doing))?;
    listener
        .listen(&postgres.channel())
        .await
        .map_err(Error::connection(doing))?;
    Ok(Listener(Some(listener)))
}

impl Listener {
    /// The next notice; never, on SQLite.
    pub async fn next(&mut self) -> Result<Notice> {
        let Some(listener) = &mut self.0 else {
            return std::future::pending().await;
        };
        loop {
            let heard = listener.try_recv().await;
            match heard.map_err(Error::connection("listening for notices"))? {
                None => return Ok(Notice::Missed),
                Some(heard) => {
                    if let Some(notice) = understood(heard.payload()) {
                        return Ok(notice);
                    }
                }
            }
        }
    }
}

/// A newer node may say what this one does not know yet: that is not an error.
fn understood(payload: &str) -> Option<Notice> {
    let (what, seq) = payload.split_once(' ')?;
    let seq = seq.parse().ok()?;
    match what {
        "log" => Some(Notice::Appended { seq }),
        "applied" => Some(Notice::Applied { seq }),
        _ => None,
    }
}

/// The schema of the session is the workspace, and names its channel.
const NOTIFY_HERE: &str = "
    SELECT CAST(pg_notify(current_schema() || '_notice', $1) AS TEXT)";

/// Tells the other nodes that a person changed something they keep in memory, once the
/// transaction commits. Every node looks at all of it again.
pub async fn notify_changed(tx: &mut Tx<'_>) -> Result<()> {
    notify_applied(tx, 0).await
}

/// Tells the other nodes how far the state has come, once the transaction commits.
pub async fn notify_applied(tx: &mut Tx<'_>, seq: i64) -> Result<()> {
    if let Tx::Sqlite(_) = tx {
        return Ok(());
    }
    let payload = format!("applied {seq}");
    tx.fetch(NOTIFY_HERE, values![payload.as_str()])
        .await
        .map(drop)
}
