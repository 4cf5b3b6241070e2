//! Mail that came back, a row for each address that it speaks of.
//!
//! **Invariant:** the same mail is kept once, however often it is brought.

use filo_core::id::{MailReturnId, MessageId, NodeId};
use filo_core::mail::returned::{Class, Earlier};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailReturnRow {
    pub id: MailReturnId,
    pub at: Timestamp,
    pub class: Class,
    /// The address, by its keyed hash; only where it can be one of a customer.
    pub node: Option<NodeId>,
    /// As it was written to; empty if nobody says.
    pub address: String,
    /// Our message, if the notice proves it.
    pub message: Option<MessageId>,
    /// The enhanced code and that of the conversation; may be empty.
    pub code: String,
    /// By what the class was found.
    pub basis: String,
    /// What the other side said.
    pub said: String,
    /// What followed, as a word that does not change.
    pub effect: String,
    /// Of the whole mail.
    pub hash: [u8; 32],
    /// The beginning of the mail.
    pub raw: String,
}

const INSERT: &str = "
    INSERT INTO mail_return
        (id, at, class, node, address, message, code, basis, said, effect, hash, raw)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Adds a notice.
pub async fn insert(tx: &mut Tx<'_>, row: &MailReturnRow) -> Result<()> {
    let values = values![
        row.id,
        row.at,
        row.class.word(),
        row.node,
        row.address.as_str(),
        row.message,
        row.code.as_str(),
        row.basis.as_str(),
        row.said.as_str(),
        row.effect.as_str(),
        &row.hash[..],
        row.raw.as_str(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const BY_HASH: &str = "
    SELECT id, at, class, node, address, message, code, basis, said, effect, hash, raw
      FROM mail_return
     WHERE hash = $1
     ORDER BY id";

/// The notices of a mail that was brought before.
pub async fn by_hash(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Vec<MailReturnRow>> {
    let rows = tx.fetch(BY_HASH, values![&hash[..]]).await?;
    rows.iter().map(read).collect()
}

const GET: &str = "
    SELECT id, at, class, node, address, message, code, basis, said, effect, hash, raw
      FROM mail_return
     WHERE id = $1";

/// One notice.
pub async fn get(tx: &mut Tx<'_>, id: MailReturnId) -> Result<Option<MailReturnRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, at, class, node, address, message, code, basis, said, effect, hash, '' AS raw
      FROM mail_return
     WHERE (at < $1 OR (at = $1 AND id < $2))
     ORDER BY at DESC, id DESC
     LIMIT $3";

/// Notices without their mails, the newest first, behind an instant and id.
pub async fn list(
    tx: &mut Tx<'_>,
    behind: (Timestamp, MailReturnId),
    limit: u32,
) -> Result<Vec<MailReturnRow>> {
    let rows = tx.fetch(LIST, values![behind.0, behind.1, limit]).await?;
    rows.iter().map(read).collect()
}

const EARLIER: &str = "
    SELECT class, at
      FROM mail_return
     WHERE node = $1
       AND at >= $2
       AND message IS NOT NULL
     ORDER BY at, id";

/// What came back from an address since then and was proved to be ours.
pub async fn earlier(tx: &mut Tx<'_>, node: NodeId, since: Timestamp) -> Result<Vec<Earlier>> {
    let rows = tx.fetch(EARLIER, values![node, since]).await?;
    let of = |record: &Record| {
        Ok(Earlier {
            class: class_of(&record.text(0)?)?,
            at: record.time(1)?,
        })
    };
    rows.iter().map(of).collect()
}

/// Takes away what is older.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM mail_return WHERE at < $1", values![before])
        .await
}

/// Takes away what came back from people.
pub async fn forget(tx: &mut Tx<'_>, nodes: &[NodeId]) -> Result<()> {
    for node in nodes {
        tx.execute("DELETE FROM mail_return WHERE node = $1", values![*node])
            .await?;
    }
    Ok(())
}

fn class_of(word: &str) -> Result<Class> {
    Class::from_word(word)
        .ok_or_else(|| Error::Damaged(format!("mail_return: unknown class {word}")))
}

fn read(record: &Record) -> Result<MailReturnRow> {
    Ok(MailReturnRow {
        id: MailReturnId::from_bytes(record.id(0)?),
        at: record.time(1)?,
        class: class_of(&record.text(2)?)?,
        node: record.id_or_null(3)?.map(NodeId::from_bytes),
        address: record.text(4)?,
        message: record.id_or_null(5)?.map(MessageId::from_bytes),
        code: record.text(6)?,
        basis: record.text(7)?,
        said: record.text(8)?,
        effect: record.text(9)?,
        hash: record.array(10)?,
        raw: record.text(11)?,
    })
}
