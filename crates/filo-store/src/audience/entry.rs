//! Addresses as a platform knows them: what is to be there, what may be there, and what is to be
//! done about it.
//!
//! **Invariant:** an entry is said to be there before it is sent, so that what was under way when
//! Filo stopped is taken out again when nobody wants it.
//! **Invariant:** an outcome counts for the turn that was sent; whatever changed meanwhile is done
//! after it.

use filo_core::id::{AudienceId, CustomerId};

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// Bytes of a hash.
pub const ADDRESS_BYTES: usize = 32;

/// What is to be done about an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Todo {
    /// Nothing.
    Nothing = 0,
    /// It is to be put there.
    Put = 1,
    /// It is to be taken out.
    TakeOut = 2,
    /// The last file takes it out.
    HandedOut = 3,
}

impl Todo {
    const ALL: [Self; 4] = [Self::Nothing, Self::Put, Self::TakeOut, Self::HandedOut];
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    pub audience: AudienceId,
    pub address: [u8; ADDRESS_BYTES],
    /// The code of its kind.
    pub kind: i64,
    /// Whose; nobody's once they were forgotten.
    pub customer: Option<CustomerId>,
    /// As JSON; empty once they were forgotten.
    pub record: String,
    pub todo: Todo,
    /// It may be at the platform.
    pub is_there: bool,
    /// One more with each change of what is wanted.
    pub turn: i64,
    /// Why the platform does not want it.
    pub refused: Option<String>,
}

/// An entry of an audience, as it was when it was sent.
pub type Sent = (AudienceId, [u8; ADDRESS_BYTES], i64);
/// An entry by its key.
pub type Key = (AudienceId, [u8; ADDRESS_BYTES]);

const WANT: Bulk = Bulk {
    head: "INSERT INTO audience_entry (audience, address, kind, customer, record, todo, is_there, \
           turn, file) VALUES",
    width: 9,
    tail: "ON CONFLICT (audience, address) DO UPDATE SET customer = excluded.customer, \
           todo = CASE WHEN audience_entry.todo >= 2 OR audience_entry.record <> excluded.record \
                       THEN 1 ELSE audience_entry.todo END, \
           turn = CASE WHEN audience_entry.todo >= 2 OR audience_entry.record <> excluded.record \
                       THEN audience_entry.turn + 1 ELSE audience_entry.turn END, \
           refused = CASE WHEN audience_entry.todo >= 2 OR audience_entry.record <> excluded.record \
                          THEN NULL ELSE audience_entry.refused END, \
           record = excluded.record",
};

/// Says what is to be there; keys must differ. What is there already as it is wanted stays.
pub async fn want(tx: &mut Tx<'_>, rows: &[EntryRow]) -> Result<()> {
    tx.execute_bulk(&WANT, rows, |it, values| {
        values.extend_from_slice(values![
            it.audience,
            &it.address[..],
            it.kind,
            it.customer,
            it.record.as_str(),
            Todo::Put as i64,
            0i64,
            1i64,
            0i64,
        ]);
    })
    .await
    .map(drop)
}

const DROP_UNSENT: Bulk = Bulk {
    head: "DELETE FROM audience_entry WHERE is_there = 0 AND (audience, address) IN (VALUES",
    width: 2,
    tail: ")",
};

const TAKE_OUT: Bulk = Bulk {
    head: "UPDATE audience_entry SET todo = 2, turn = turn + 1, refused = NULL \
           WHERE todo < 2 AND (audience, address) IN (VALUES",
    width: 2,
    tail: ")",
};

/// Says what is not to be there any more; what never left goes at once.
pub async fn unwant(tx: &mut Tx<'_>, keys: &[Key]) -> Result<()> {
    for bulk in [&DROP_UNSENT, &TAKE_OUT] {
        tx.execute_bulk(bulk, keys, |it, values| {
            values.extend_from_slice(values![it.0, &it.1[..]]);
        })
        .await?;
    }
    Ok(())
}

const DROP_UNSENT_OF: Bulk = Bulk {
    head: "DELETE FROM audience_entry WHERE is_there = 0 AND customer IN (VALUES",
    width: 1,
    tail: ")",
};

const ERASE: Bulk = Bulk {
    head: "UPDATE audience_entry SET todo = CASE WHEN todo = 3 THEN 3 ELSE 2 END, \
           turn = CASE WHEN todo < 2 THEN turn + 1 ELSE turn END, \
           refused = NULL, record = '', customer = NULL \
           WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// Forgets people: of what may be at a platform the hash stays, to be taken out. How many those
/// are.
pub async fn erase(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<u64> {
    tx.execute_bulk(&DROP_UNSENT_OF, customers, |id, values| {
        values.push((*id).into());
    })
    .await?;
    tx.execute_bulk(&ERASE, customers, |id, values| values.push((*id).into()))
        .await
}

const END_UNSENT: &str = "DELETE FROM audience_entry WHERE audience = $1 AND is_there = 0";
const END: &str = "
    UPDATE audience_entry
       SET todo = 2,
           turn = turn + 1,
           refused = NULL
     WHERE audience = $1
       AND todo < 2";

/// Everything of an audience is to be taken out.
pub async fn end(tx: &mut Tx<'_>, audience: AudienceId) -> Result<()> {
    tx.execute(END_UNSENT, values![audience]).await?;
    tx.execute(END, values![audience]).await.map(drop)
}

const OF_CUSTOMERS: Bulk = Bulk {
    head: "SELECT audience, address, kind, customer, record, todo, is_there, turn, refused \
           FROM audience_entry WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// The entries of customers.
pub async fn of_customers(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<EntryRow>> {
    let rows = tx
        .fetch_bulk(&OF_CUSTOMERS, customers, |id, values| {
            values.push((*id).into());
        })
        .await?;
    rows.iter().map(read).collect()
}

const DUE: &str = "
    SELECT audience, address, kind, customer, record, todo, is_there, turn, refused
      FROM audience_entry
     WHERE audience = $1
       AND todo = $2
       AND todo <> 0
     ORDER BY address
     LIMIT $3";

/// Some entries about which something is to be done.
pub async fn due(
    tx: &mut Tx<'_>,
    audience: AudienceId,
    todo: Todo,
    limit: u32,
) -> Result<Vec<EntryRow>> {
    let rows = tx.fetch(DUE, values![audience, todo as i64, limit]).await?;
    rows.iter().map(read).collect()
}

const CLAIM: Bulk = Bulk {
    head: "UPDATE audience_entry SET is_there = 1 WHERE (audience, address) IN (VALUES",
    width: 2,
    tail: ")",
};

/// Notes that entries are about to be sent.
pub async fn claim(tx: &mut Tx<'_>, keys: &[Key]) -> Result<()> {
    tx.execute_bulk(&CLAIM, keys, |it, values| {
        values.extend_from_slice(values![it.0, &it.1[..]]);
    })
    .await
    .map(drop)
}

const PUT: Bulk = Bulk {
    head: "UPDATE audience_entry SET todo = 0, refused = NULL \
           WHERE todo = 1 AND (audience, address, turn) IN (VALUES",
    width: 3,
    tail: ")",
};

/// The platform took entries.
pub async fn put(tx: &mut Tx<'_>, sent: &[Sent]) -> Result<()> {
    tx.execute_bulk(&PUT, sent, |it, values| {
        values.extend_from_slice(values![it.0, &it.1[..], it.2]);
    })
    .await
    .map(drop)
}

const REFUSE: &str = "
    UPDATE audience_entry
       SET todo = 0,
           refused = $4
     WHERE audience = $1
       AND address = $2
       AND turn = $3
       AND todo = 1";

/// The platform does not want an entry: it is not offered again until it changes.
pub async fn refuse(tx: &mut Tx<'_>, sent: Sent, why: &str) -> Result<()> {
    let values = values![sent.0, &sent.1[..], sent.2, why];
    tx.execute(REFUSE, values).await.map(drop)
}

const TAKEN_OUT: Bulk = Bulk {
    head: "DELETE FROM audience_entry WHERE todo = 2 AND (audience, address, turn) IN (VALUES",
    width: 3,
    tail: ")",
};

/// The platform has taken entries out.
pub async fn taken_out(tx: &mut Tx<'_>, sent: &[Sent]) -> Result<()> {
    tx.execute_bulk(&TAKEN_OUT, sent, |it, values| {
        values.extend_from_slice(values![it.0, &it.1[..], it.2]);
    })
    .await
    .map(drop)
}

/// How many entries of an audience are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub audience: AudienceId,
    /// The code of their kind.
    pub kind: i64,
    pub todo: Todo,
    pub is_refused: bool,
    pub entries: i64,
}

const COUNTS: &str = "
    SELECT audience, kind, todo, CAST(CASE WHEN refused IS NULL THEN 0 ELSE 1 END AS BIGINT),
           COUNT(*)
      FROM audience_entry
     GROUP BY audience, kind, todo, CASE WHEN refused IS NULL THEN 0 ELSE 1 END
     ORDER BY audience, kind, todo, CASE WHEN refused IS NULL THEN 0 ELSE 1 END";

/// How many there are of each kind.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<Count>> {
    let rows = tx.fetch(COUNTS, &[]).await?;
    let read = |record: &Record| {
        Ok(Count {
            audience: AudienceId::from_bytes(record.id(0)?),
            kind: record.int(1)?,
            todo: todo_of(record.int(2)?)?,
            is_refused: record.int(3)? != 0,
            entries: record.int(4)?,
        })
    };
    rows.iter().map(read).collect()
}

const REFUSED: &str = "
    SELECT audience, address, kind, customer, record, todo, is_there, turn, refused
      FROM audience_entry
     WHERE audience = $1
       AND refused IS NOT NULL
     ORDER BY address
     LIMIT $2";

/// Entries that the platform does not want.
pub async fn refused(tx: &mut Tx<'_>, audience: AudienceId, limit: u32) -> Result<Vec<EntryRow>> {
    let rows = tx.fetch(REFUSED, values![audience, limit]).await?;
    rows.iter().map(read).collect()
}

const WANTED: &str = "
    SELECT audience, address, kind, customer, record, todo, is_there, turn, refused
      FROM audience_entry
     WHERE audience = $1
       AND address > $2
       AND todo < 2
     ORDER BY address
     LIMIT $3";

/// What is wanted of an audience, behind an address.
pub async fn wanted(
    tx: &mut Tx<'_>,
    audience: AudienceId,
    behind: &[u8],
    limit: u32,
) -> Result<Vec<EntryRow>> {
    let rows = tx.fetch(WANTED, values![audience, behind, limit]).await?;
    rows.iter().map(read).collect()
}

const CLOSE_FILE: &str = "DELETE FROM audience_entry WHERE audience = $1 AND todo = 3";
const FILE_PUT: &str = "
    UPDATE audience_entry
       SET todo = 0,
           is_there = 1,
           file = $2
     WHERE audience = $1
       AND todo = 1";
const FILE_OUT: &str = "
    UPDATE audience_entry
       SET todo = 3,
           file = $2
     WHERE audience = $1
       AND todo = 2";

/// Puts everything that is to be done into a file of this number, in the place of the last one.
/// How many are put there by it, and how many are taken out.
pub async fn hand_over(tx: &mut Tx<'_>, audience: AudienceId, number: i64) -> Result<(u64, u64)> {
    tx.execute(CLOSE_FILE, values![audience]).await?;
    let put = tx.execute(FILE_PUT, values![audience, number]).await?;
    let out = tx.execute(FILE_OUT, values![audience, number]).await?;
    Ok((put, out))
}

const OF_FILE: &str = "
    SELECT audience, address, kind, customer, record, todo, is_there, turn, refused
      FROM audience_entry
     WHERE audience = $1
       AND file = $2
       AND address > $3
       AND ((todo = 3 AND $4 = 1) OR (todo = 0 AND $4 = 0))
     ORDER BY address
     LIMIT $5";

/// What a file puts there, or takes out; as far as nothing changed since.
pub async fn of_file(
    tx: &mut Tx<'_>,
    (audience, number): (AudienceId, i64),
    takes_out: bool,
    behind: &[u8],
    limit: u32,
) -> Result<Vec<EntryRow>> {
    let values = values![audience, number, behind, i64::from(takes_out), limit];
    tx.fetch(OF_FILE, values).await?.iter().map(read).collect()
}

const ANY: &str = "SELECT 1 FROM audience_entry WHERE audience = $1 LIMIT 1";

/// Whether anything is left of an audience.
pub async fn is_any(tx: &mut Tx<'_>, audience: AudienceId) -> Result<bool> {
    Ok(tx.fetch_one(ANY, values![audience]).await?.is_some())
}

const REMOVE_OF: &str = "DELETE FROM audience_entry WHERE audience = $1";

/// Removes everything of an audience.
pub async fn remove_of(tx: &mut Tx<'_>, audience: AudienceId) -> Result<()> {
    tx.execute(REMOVE_OF, values![audience]).await.map(drop)
}

fn todo_of(code: i64) -> Result<Todo> {
    let found = Todo::ALL.into_iter().find(|todo| *todo as i64 == code);
    found.ok_or_else(|| Error::Damaged(format!("an entry to which {code} is to be done")))
}

fn read(record: &Record) -> Result<EntryRow> {
    Ok(EntryRow {
        audience: AudienceId::from_bytes(record.id(0)?),
        address: record.array(1)?,
        kind: record.int(2)?,
        customer: record.id_or_null(3)?.map(CustomerId::from_bytes),
        record: record.text(4)?,
        todo: todo_of(record.int(5)?)?,
        is_there: record.int(6)? != 0,
        turn: record.int(7)?,
        refused: record.text_or_null(8)?,
    })
}
