//! Quarantine: what could not be taken in, with the reason, whole.
//!
//! **Invariant:** nothing leaves quarantine in silence: a row is repaired or discarded by
//! somebody, and says by whom and when.

use filo_core::id::{QuarantineId, SourceId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Waits for a person.
    Open,
    /// Mended and taken in.
    Repaired,
    /// Not wanted.
    Discarded,
}

impl Status {
    const ALL: [Self; 3] = [Self::Open, Self::Repaired, Self::Discarded];

    /// The word under which it is stored and shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Repaired => "repaired",
            Self::Discarded => "discarded",
        }
    }

    /// The status of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// One event or request in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineRow {
    pub id: QuarantineId,
    /// Where it came from, if that was known.
    pub source: Option<SourceId>,
    pub received_at: Timestamp,
    /// The reason, as a word that does not change.
    pub code: String,
    /// Which field, if it was one.
    pub field: Option<String>,
    /// What to do about it.
    pub hint: String,
    /// As it was sent, byte for byte.
    pub body: Vec<u8>,
    pub status: Status,
    /// When it was repaired or discarded.
    pub repaired_at: Option<Timestamp>,
    /// By whom.
    pub actor: Option<String>,
}

/// Which rows a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub status: Option<Status>,
    pub source: Option<SourceId>,
    pub code: Option<String>,
}

/// Where a page ended: the next one begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub received_at: Timestamp,
    pub id: QuarantineId,
}

impl QuarantineRow {
    /// The cursor behind this row.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            received_at: self.received_at,
            id: self.id,
        }
    }
}

const INSERT: Bulk = Bulk {
    head: "INSERT INTO quarantine (id, source, received_at, code, field, hint, body, status, \
           repaired_at, actor) VALUES",
    width: 10,
    tail: "ON CONFLICT (id) DO NOTHING",
};

/// Adds rows; one that is there already stays as it is. Their ids must differ.
pub async fn insert(tx: &mut Tx<'_>, rows: &[QuarantineRow]) -> Result<()> {
    tx.execute_bulk(&INSERT, rows, |row, values| {
        values.extend_from_slice(values![
            row.id,
            row.source.map(|source| i64::from(source.0)),
            row.received_at,
            row.code.as_str(),
            row.field.as_deref(),
            row.hint.as_str(),
            row.body.as_slice(),
            row.status.word(),
            row.repaired_at,
            row.actor.as_deref(),
        ]);
    })
    .await
    .map(drop)
}

const GET: &str = "
    SELECT id, source, received_at, code, field, hint, body, status, repaired_at, actor
      FROM quarantine
     WHERE id = $1";

/// One row.
pub async fn get(tx: &mut Tx<'_>, id: QuarantineId) -> Result<Option<QuarantineRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// With a status the index on it leads; without, the one on the time.
const LIST_OF_STATUS: &str = "
    SELECT id, source, received_at, code, field, hint, body, status, repaired_at, actor
      FROM quarantine
     WHERE status = $6
       AND (received_at, id) < ($1, $2)
       AND ($3 IS NULL OR source = $3)
       AND ($4 IS NULL OR code = $4)
     ORDER BY received_at DESC, id DESC
     LIMIT $5";

const LIST_ALL: &str = "
    SELECT id, source, received_at, code, field, hint, body, status, repaired_at, actor
      FROM quarantine
     WHERE (received_at, id) < ($1, $2)
       AND ($3 IS NULL OR source = $3)
       AND ($4 IS NULL OR code = $4)
     ORDER BY received_at DESC, id DESC
     LIMIT $5";

/// A page of rows, the newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    behind: Option<Cursor>,
    limit: u32,
) -> Result<Vec<QuarantineRow>> {
    let begin = Cursor {
        received_at: Timestamp::MAX,
        id: QuarantineId(u128::MAX),
    };
    let behind = behind.unwrap_or(begin);
    let source = filter.source.map(|source| i64::from(source.0));
    let code = filter.code.as_deref();
    let rows = match filter.status {
        Some(status) => {
            let values = values![
                behind.received_at,
                behind.id,
                source,
                code,
                limit,
                status.word()
            ];
            tx.fetch(LIST_OF_STATUS, values).await?
        }
        None => {
            let values = values![behind.received_at, behind.id, source, code, limit];
            tx.fetch(LIST_ALL, values).await?
        }
    };
    rows.iter().map(read).collect()
}

const SETTLE: &str = "
    UPDATE quarantine
       SET status = $2,
           repaired_at = $3,
           actor = $4
     WHERE id = $1
       AND status = 'open'";

/// Repairs or discards an open row; false if it is not open (any more).
pub async fn settle(
    tx: &mut Tx<'_>,
    id: QuarantineId,
    status: Status,
    at: Timestamp,
    actor: &str,
) -> Result<bool> {
    Ok(tx
        .execute(SETTLE, values![id, status.word(), at, actor])
        .await?
        == 1)
}

/// Takes the newest open rows only, so that a flood of bad events costs a page no more than this.
const GROUPS: &str = "
    SELECT code, field, source, COUNT(*), MAX(received_at)
      FROM (SELECT code, field, source, received_at
              FROM quarantine
             WHERE status = 'open'
             ORDER BY received_at DESC, id DESC
             LIMIT $1) AS newest
     GROUP BY code, field, source
     ORDER BY COUNT(*) DESC, code, field, source";

/// Open rows that have the same fault and the same sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub code: String,
    pub field: Option<String>,
    pub source: Option<SourceId>,
    pub count: i64,
    pub newest_at: Timestamp,
}

/// The newest open rows by fault and sender, the most frequent first.
pub async fn groups(tx: &mut Tx<'_>, rows_most: u32) -> Result<Vec<Group>> {
    let rows = tx.fetch(GROUPS, values![rows_most]).await?;
    let group = |row: &Record| {
        Ok(Group {
            code: row.text(0)?,
            field: row.text_or_null(1)?,
            source: row.small_or_null(2)?.map(SourceId),
            count: row.int(3)?,
            newest_at: row.time(4)?,
        })
    };
    rows.iter().map(group).collect()
}

const MEMBERS: &str = "
    SELECT id, source, received_at, code, field, hint, body, status, repaired_at, actor
      FROM quarantine
     WHERE status = 'open'
       AND (received_at, id) < ($1, $2)
       AND code = $3
       AND COALESCE(field, '') = $4
       AND COALESCE(source, -1) = $5
     ORDER BY received_at DESC, id DESC
     LIMIT $6";

/// Open rows of one group, the newest first.
pub async fn members(
    tx: &mut Tx<'_>,
    (code, field, source): (&str, Option<&str>, Option<SourceId>),
    behind: Option<Cursor>,
    limit: u32,
) -> Result<Vec<QuarantineRow>> {
    let behind = behind.unwrap_or(Cursor {
        received_at: Timestamp::MAX,
        id: QuarantineId(u128::MAX),
    });
    let source = source.map_or(-1, |source| i64::from(source.0));
    let values = values![
        behind.received_at,
        behind.id,
        code,
        field.unwrap_or_default(),
        source,
        limit
    ];
    tx.fetch(MEMBERS, values).await?.iter().map(read).collect()
}

const RESTORE: &str = "
    UPDATE quarantine
       SET status = 'open',
           repaired_at = NULL,
           actor = NULL
     WHERE status = 'discarded'
       AND repaired_at = $1
       AND actor = $2";

/// Opens again what this person discarded at this instant. Returns how many there were.
pub async fn restore(tx: &mut Tx<'_>, discarded_at: Timestamp, actor: &str) -> Result<u64> {
    tx.execute(RESTORE, values![discarded_at, actor]).await
}

const RESTORE_ONE: &str = "
    UPDATE quarantine
       SET status = 'open',
           repaired_at = NULL,
           actor = NULL
     WHERE id = $1
       AND status = 'discarded'";

/// Opens again one that was discarded; false if it was not.
pub async fn restore_one(tx: &mut Tx<'_>, id: QuarantineId) -> Result<bool> {
    Ok(tx.execute(RESTORE_ONE, values![id]).await? == 1)
}

const COUNT_SETTLED: &str = "
    SELECT COUNT(*)
      FROM quarantine
     WHERE received_at < $1
       AND status <> 'open'";

/// How many were settled and came before an instant.
pub async fn count_settled(tx: &mut Tx<'_>, before: Timestamp) -> Result<i64> {
    tx.fetch_one(COUNT_SETTLED, values![before])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const PRUNE: &str = "
    DELETE FROM quarantine
     WHERE received_at < $1
       AND status <> 'open'";

/// Deletes what was settled and is older than its retention. Returns how many there were.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}

fn status(word: &str) -> Result<Status> {
    Status::from_word(word)
        .ok_or_else(|| Error::Damaged(format!("quarantine of the unknown status {word}")))
}

fn read(record: &Record) -> Result<QuarantineRow> {
    Ok(QuarantineRow {
        id: QuarantineId::from_bytes(record.id(0)?),
        source: record.small_or_null(1)?.map(SourceId),
        received_at: record.time(2)?,
        code: record.text(3)?,
        field: record.text_or_null(4)?,
        hint: record.text(5)?,
        body: record.bytes(6)?,
        status: status(&record.text(7)?)?,
        repaired_at: record.time_or_null(8)?,
        actor: record.text_or_null(9)?,
    })
}
