//! What people asked about their data.
//!
//! **Invariant:** a request changes only from the stage in which its changer read it, so of two
//! answers at once one is refused.

use filo_core::id::{DataRequestId, ErasureId, NodeId};
use filo_core::privacy::data_request::{DataRequest, Proof, Stage, Way, Wish};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

const INSERT: &str = "
    INSERT INTO data_request (id, wish, way, stage, contact, node, message, received_at, due_at,
                              checked_at, proof, extension_reason, closing_note)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '')";

/// Adds a request that has just come.
pub async fn insert(tx: &mut Tx<'_>, row: &DataRequest) -> Result<()> {
    let values = values![
        row.id,
        row.wish.word(),
        row.way.word(),
        row.stage.word(),
        row.contact.as_str(),
        row.node,
        row.message.as_str(),
        row.received_at,
        row.due_at,
        row.checked_at,
        row.proof.map(Proof::word),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const SAVE: &str = "
    UPDATE data_request
       SET stage = $3,
           due_at = $4,
           checked_at = $5,
           proof = $6,
           extended_at = $7,
           extension_reason = $8,
           closed_at = $9,
           closing_note = $10,
           erasure = $11
     WHERE id = $1
       AND stage = $2";

/// Writes how far a request is; false if it is not in the stage any more in which it was read.
pub async fn save(tx: &mut Tx<'_>, row: &DataRequest, was: Stage) -> Result<bool> {
    let values = values![
        row.id,
        was.word(),
        row.stage.word(),
        row.due_at,
        row.checked_at,
        row.proof.map(Proof::word),
        row.extended_at,
        row.extension_reason.as_str(),
        row.closed_at,
        row.closing_note.as_str(),
        row.erasure,
    ];
    Ok(tx.execute(SAVE, values).await? == 1)
}

const GET: &str = "
    SELECT id, wish, way, stage, contact, node, message, received_at, due_at, checked_at, proof,
           extended_at, extension_reason, closed_at, closing_note, erasure
      FROM data_request
     WHERE id = $1";

/// One request.
pub async fn get(tx: &mut Tx<'_>, id: DataRequestId) -> Result<Option<DataRequest>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const OPEN: &str = "
    SELECT id, wish, way, stage, contact, node, message, received_at, due_at, checked_at, proof,
           extended_at, extension_reason, closed_at, closing_note, erasure
      FROM data_request
     WHERE closed_at IS NULL
       AND (due_at, id) > ($1, $2)
     ORDER BY due_at, id
     LIMIT $3";

/// Those that wait for an answer, the one that is due first first, behind one.
pub async fn open(
    tx: &mut Tx<'_>,
    behind: Option<(Timestamp, DataRequestId)>,
    limit: u32,
) -> Result<Vec<DataRequest>> {
    let (at, id) = behind.unwrap_or((Timestamp::MIN, DataRequestId(0)));
    let rows = tx.fetch(OPEN, values![at, id, limit]).await?;
    rows.iter().map(read).collect()
}

const CLOSED: &str = "
    SELECT id, wish, way, stage, contact, node, message, received_at, due_at, checked_at, proof,
           extended_at, extension_reason, closed_at, closing_note, erasure
      FROM data_request
     WHERE closed_at IS NOT NULL
       AND (closed_at, id) < ($1, $2)
     ORDER BY closed_at DESC, id DESC
     LIMIT $3";

/// Those that were answered, the last one first, behind one.
pub async fn closed(
    tx: &mut Tx<'_>,
    behind: Option<(Timestamp, DataRequestId)>,
    limit: u32,
) -> Result<Vec<DataRequest>> {
    let (at, id) = behind.unwrap_or((Timestamp::MAX, DataRequestId(u128::MAX)));
    let rows = tx.fetch(CLOSED, values![at, id, limit]).await?;
    rows.iter().map(read).collect()
}

const DUE: &str = "
    SELECT COUNT(CASE WHEN due_at < $1 THEN 1 END), COUNT(*)
      FROM data_request
     WHERE closed_at IS NULL
       AND due_at < $2";

/// How many are overdue, and how many more are due before a later instant.
pub async fn due(tx: &mut Tx<'_>, now: Timestamp, before: Timestamp) -> Result<(i64, i64)> {
    let Some(row) = tx.fetch_one(DUE, values![now, before]).await? else {
        return Ok((0, 0));
    };
    let (overdue, all) = (row.int(0)?, row.int(1)?);
    Ok((overdue, all - overdue))
}

const UNCHECKED: &str = "
    SELECT COUNT(CASE WHEN node = $1 AND wish = $2 THEN 1 END), COUNT(*)
      FROM data_request
     WHERE closed_at IS NULL
       AND stage = 'received'
       AND way = 'page'";

/// How many came through the page and nobody has shown to be theirs: of the same person with the
/// same wish, and of all.
pub async fn unchecked(tx: &mut Tx<'_>, node: NodeId, wish: Wish) -> Result<(i64, i64)> {
    match tx.fetch_one(UNCHECKED, values![node, wish.word()]).await? {
        Some(row) => Ok((row.int(0)?, row.int(1)?)),
        None => Ok((0, 0)),
    }
}

const OPEN_NODES: &str = "
    SELECT DISTINCT node
      FROM data_request
     WHERE closed_at IS NULL
       AND node IS NOT NULL
     ORDER BY node";

/// The identifiers of those who wait for an answer.
pub async fn open_nodes(tx: &mut Tx<'_>) -> Result<Vec<NodeId>> {
    let rows = tx.fetch(OPEN_NODES, &[]).await?;
    rows.iter()
        .map(|row| Ok(NodeId::from_bytes(row.id(0)?)))
        .collect()
}

const ERASE: &str = "
    UPDATE data_request
       SET contact = '',
           node = NULL,
           message = '',
           extension_reason = '',
           closing_note = ''
     WHERE node = $1";

/// Takes out of the requests of somebody all that is theirs; that they asked stays.
pub async fn erase(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<()> {
    for node in nodes {
        tx.execute(ERASE, values![*node]).await?;
    }
    Ok(())
}

const COUNT_OLD: &str = "
    SELECT COUNT(*)
      FROM data_request
     WHERE closed_at < $1
       AND node IS NOT NULL";

/// How many were answered before an instant and still say whose they were.
pub async fn count_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<i64> {
    tx.fetch_one(COUNT_OLD, values![before])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const EMPTY_OLD: &str = "
    UPDATE data_request
       SET contact = '',
           node = NULL,
           message = '',
           extension_reason = '',
           closing_note = ''
     WHERE closed_at < $1
       AND node IS NOT NULL";

/// Takes out of those that were answered before an instant whose they were. Returns of how many.
pub async fn empty_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(EMPTY_OLD, values![before]).await
}

fn read(record: &Record) -> Result<DataRequest> {
    let unknown = |word: String| Error::Damaged(format!("a data request of the kind {word}"));
    let (wish, way, stage) = (record.text(1)?, record.text(2)?, record.text(3)?);
    let proof = record.text_or_null(10)?;
    let proof = proof.map(|word| Proof::from_word(&word).ok_or_else(|| unknown(word)));
    Ok(DataRequest {
        id: DataRequestId::from_bytes(record.id(0)?),
        wish: Wish::from_word(&wish).ok_or_else(|| unknown(wish))?,
        way: Way::from_word(&way).ok_or_else(|| unknown(way))?,
        stage: Stage::from_word(&stage).ok_or_else(|| unknown(stage))?,
        contact: record.text(4)?,
        node: record.id_or_null(5)?.map(NodeId::from_bytes),
        message: record.text(6)?,
        received_at: record.time(7)?,
        due_at: record.time(8)?,
        checked_at: record.time_or_null(9)?,
        proof: proof.transpose()?,
        extended_at: record.time_or_null(11)?,
        extension_reason: record.text(12)?,
        closed_at: record.time_or_null(13)?,
        closing_note: record.text(14)?,
        erasure: record.id_or_null(15)?.map(ErasureId::from_bytes),
    })
}
