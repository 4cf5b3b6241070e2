//! What people said of the messages that they were asked about.
//!
//! **Invariant:** what was said stays as it was said; it is seconded once and withdrawn once.

use filo_core::id::{ApprovalId, JourneyId, PieceId, UserId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalRow {
    pub id: ApprovalId,
    pub journey: JourneyId,
    /// Of which version of the journey.
    pub version: i64,
    pub step: String,
    pub piece: PieceId,
    /// The version of the piece that was looked at.
    pub piece_version: i64,
    /// The digest of everything that the piece says by itself: another one is something else.
    pub content: [u8; 16],
    /// How many messages it was said of.
    pub people: i64,
    pub is_yes: bool,
    /// Whether it also goes for what comes later and says the same.
    pub is_standing: bool,
    pub note: String,
    pub made_at: Timestamp,
    pub made_by: UserId,
    pub made_name: String,
    /// Whether it counts only once another person has said so too.
    pub needs_second: bool,
    pub seconded_at: Option<Timestamp>,
    pub seconded_name: String,
    pub withdrawn_at: Option<Timestamp>,
    pub withdrawn_name: String,
}

impl ApprovalRow {
    /// Whether it is a yes that counts.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.is_yes && self.withdrawn_at.is_none() && !self.waits_for_second()
    }

    /// Whether another person has to say so too.
    #[must_use]
    pub const fn waits_for_second(&self) -> bool {
        self.is_yes
            && self.needs_second
            && self.seconded_at.is_none()
            && self.withdrawn_at.is_none()
    }
}

const INSERT: &str = "
    INSERT INTO approval (id, journey, version, step, piece, piece_version, content, people, is_yes,
                          is_standing, note, made_at, made_by, made_name, needs_second,
                          seconded_name, withdrawn_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '')";

/// Writes down what somebody said.
pub async fn insert(tx: &mut Tx<'_>, row: &ApprovalRow) -> Result<()> {
    let values = values![
        row.id,
        row.journey,
        row.version,
        row.step.as_str(),
        row.piece,
        row.piece_version,
        &row.content[..],
        row.people,
        i64::from(row.is_yes),
        i64::from(row.is_standing),
        row.note.as_str(),
        row.made_at,
        row.made_by,
        row.made_name.as_str(),
        i64::from(row.needs_second),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const SECOND: &str = "
    UPDATE approval
       SET seconded_at = $2,
           seconded_name = $3
     WHERE id = $1
       AND is_yes = 1
       AND needs_second = 1
       AND seconded_at IS NULL
       AND withdrawn_at IS NULL";

/// Notes that another person says so too; false if nobody waits for that.
pub async fn second(
    tx: &mut Tx<'_>,
    id: ApprovalId,
    (at, name): (Timestamp, &str),
) -> Result<bool> {
    Ok(tx.execute(SECOND, values![id, at, name]).await? == 1)
}

const WITHDRAW: &str = "
    UPDATE approval
       SET withdrawn_at = $2,
           withdrawn_name = $3
     WHERE id = $1
       AND withdrawn_at IS NULL";

/// Takes it back; false if somebody did before.
pub async fn withdraw(
    tx: &mut Tx<'_>,
    id: ApprovalId,
    (at, name): (Timestamp, &str),
) -> Result<bool> {
    Ok(tx.execute(WITHDRAW, values![id, at, name]).await? == 1)
}

macro_rules! columns {
    () => {
        "SELECT id, journey, version, step, piece, piece_version, content, people, is_yes, \
         is_standing, note, made_at, made_by, made_name, needs_second, seconded_at, \
         seconded_name, withdrawn_at, withdrawn_name FROM approval "
    };
}

const GET: &str = concat!(columns!(), "WHERE id = $1");

/// One.
pub async fn get(tx: &mut Tx<'_>, id: ApprovalId) -> Result<Option<ApprovalRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = concat!(columns!(), "ORDER BY made_at DESC, id DESC LIMIT $1");

/// What was said last, the newest first.
pub async fn list(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ApprovalRow>> {
    let rows = tx.fetch(LIST, values![limit]).await?;
    rows.iter().map(read).collect()
}

const OF_STEP: &str = concat!(
    columns!(),
    "WHERE journey = $1 AND step = $2 ORDER BY made_at DESC, id DESC LIMIT $3"
);

/// What was said of a step, the newest first.
pub async fn of_step(
    tx: &mut Tx<'_>,
    (journey, step): (JourneyId, &str),
    limit: u32,
) -> Result<Vec<ApprovalRow>> {
    let rows = tx.fetch(OF_STEP, values![journey, step, limit]).await?;
    rows.iter().map(read).collect()
}

const STANDING: &str = concat!(
    columns!(),
    "WHERE journey = $1 AND step = $2 AND version = $3 AND is_yes = 1 AND is_standing = 1 \
     AND withdrawn_at IS NULL ORDER BY made_at DESC, id DESC LIMIT 1"
);

/// The newest yes that goes for whatever a step says, of a version of its journey.
pub async fn standing(
    tx: &mut Tx<'_>,
    (journey, version, step): (JourneyId, i64, &str),
) -> Result<Option<ApprovalRow>> {
    let row = tx
        .fetch_one(STANDING, values![journey, step, version])
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(record: &Record) -> Result<ApprovalRow> {
    let is = |column| Ok::<bool, crate::Error>(record.int(column)? != 0);
    Ok(ApprovalRow {
        id: ApprovalId::from_bytes(record.id(0)?),
        journey: JourneyId::from_bytes(record.id(1)?),
        version: record.int(2)?,
        step: record.text(3)?,
        piece: PieceId::from_bytes(record.id(4)?),
        piece_version: record.int(5)?,
        content: record.id(6)?,
        people: record.int(7)?,
        is_yes: is(8)?,
        is_standing: is(9)?,
        note: record.text(10)?,
        made_at: record.time(11)?,
        made_by: UserId::from_bytes(record.id(12)?),
        made_name: record.text(13)?,
        needs_second: is(14)?,
        seconded_at: record.time_or_null(15)?,
        seconded_name: record.text(16)?,
        withdrawn_at: record.time_or_null(17)?,
        withdrawn_name: record.text(18)?,
    })
}
