//! What is seen of links and pictures of mails: where links lead, how many followed them, what is
//! not judged yet, and what is known of single messages.
//!
//! **Invariant:** a hit counts once: whoever judges it takes it away in the same transaction.

use filo_core::id::{CustomerId, JourneyId, LinkId, MessageId, PieceId};
use filo_core::time::Timestamp;
use filo_core::tracking::Mailing;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// A link as a step sends it to everybody; without an address the mail itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    pub id: LinkId,
    pub of: Mailing,
    pub url: String,
}

const PUT_LINKS: Bulk = Bulk {
    head: "INSERT INTO mail_link (id, journey, step, piece, url) VALUES",
    width: 5,
    tail: "ON CONFLICT (id) DO NOTHING",
};

/// Writes links down that are not there yet; no two of them with one id.
pub async fn put_links(tx: &mut Tx<'_>, rows: &[LinkRow]) -> Result<()> {
    tx.execute_bulk(&PUT_LINKS, rows, |row, values| {
        values.extend_from_slice(values![
            row.id,
            row.of.journey,
            row.of.step.as_str(),
            row.of.piece,
            row.url.as_str()
        ]);
    })
    .await
    .map(drop)
}

const LINK: &str = "
    SELECT id, journey, step, piece, url
      FROM mail_link
     WHERE id = $1";

/// A link.
pub async fn link(tx: &mut Tx<'_>, id: LinkId) -> Result<Option<LinkRow>> {
    let row = tx.fetch_one(LINK, values![id]).await?;
    row.as_ref().map(read_link).transpose()
}

const LINKS_OF: &str = "
    SELECT id, journey, step, piece, url
      FROM mail_link
     WHERE journey = $1
       AND step = $2
       AND piece = $3
     ORDER BY id";

/// The links of a mail, with that of the mail itself.
pub async fn links_of(tx: &mut Tx<'_>, of: &Mailing) -> Result<Vec<LinkRow>> {
    let values = values![of.journey, of.step.as_str(), of.piece];
    let rows = tx.fetch(LINKS_OF, values).await?;
    rows.iter().map(read_link).collect()
}

fn read_link(record: &Record) -> Result<LinkRow> {
    Ok(LinkRow {
        id: LinkId::from_bytes(record.id(0)?),
        of: Mailing {
            journey: JourneyId::from_bytes(record.id(1)?),
            step: record.text(2)?,
            piece: PieceId::from_bytes(record.id(3)?),
        },
        url: record.text(4)?,
    })
}

/// How often something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Mails with it that left.
    pub sent: i64,
    pub people: i64,
    pub machines: i64,
}

const COUNT: Bulk = Bulk {
    head: "INSERT INTO mail_count (link, day, sent, people, machines) VALUES",
    width: 5,
    tail: "ON CONFLICT (link, day) DO UPDATE
              SET sent = mail_count.sent + excluded.sent,
                  people = mail_count.people + excluded.people,
                  machines = mail_count.machines + excluded.machines",
};

/// Adds to what was counted; no two with one link and day.
pub async fn count(tx: &mut Tx<'_>, all: &[((LinkId, i64), Counts)]) -> Result<()> {
    tx.execute_bulk(&COUNT, all, |((link, day), counts), values| {
        values.extend_from_slice(values![
            *link,
            *day,
            counts.sent,
            counts.people,
            counts.machines
        ]);
    })
    .await
    .map(drop)
}

const OF_JOURNEY: &str = "
    SELECT mail_link.id, mail_link.journey, mail_link.step, mail_link.piece, mail_link.url,
           CAST(SUM(sent) AS BIGINT), CAST(SUM(people) AS BIGINT), CAST(SUM(machines) AS BIGINT)
      FROM mail_link
      JOIN mail_count ON mail_count.link = mail_link.id
     WHERE mail_link.journey = $1
     GROUP BY mail_link.id, mail_link.journey, mail_link.step, mail_link.piece, mail_link.url
     ORDER BY mail_link.step, mail_link.piece, mail_link.url";

/// What was counted of the mails of a journey.
pub async fn of_journey(tx: &mut Tx<'_>, id: JourneyId) -> Result<Vec<(LinkRow, Counts)>> {
    let rows = tx.fetch(OF_JOURNEY, values![id]).await?;
    rows.iter().map(read_counts).collect()
}

const OF_PIECE: &str = "
    SELECT mail_link.id, mail_link.journey, mail_link.step, mail_link.piece, mail_link.url,
           CAST(SUM(sent) AS BIGINT), CAST(SUM(people) AS BIGINT), CAST(SUM(machines) AS BIGINT)
      FROM mail_link
      JOIN mail_count ON mail_count.link = mail_link.id
     WHERE mail_link.piece = $1
     GROUP BY mail_link.id, mail_link.journey, mail_link.step, mail_link.piece, mail_link.url
     ORDER BY mail_link.journey, mail_link.step, mail_link.url";

/// What was counted of the mails that say a piece.
pub async fn of_piece(tx: &mut Tx<'_>, id: PieceId) -> Result<Vec<(LinkRow, Counts)>> {
    let rows = tx.fetch(OF_PIECE, values![id]).await?;
    rows.iter().map(read_counts).collect()
}

fn read_counts(record: &Record) -> Result<(LinkRow, Counts)> {
    let counts = Counts {
        sent: record.int(5)?,
        people: record.int(6)?,
        machines: record.int(7)?,
    };
    Ok((read_link(record)?, counts))
}

/// One time that an address was fetched, not judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitRow {
    pub link: LinkId,
    /// What comes from one reader has one; it leads back to nobody.
    pub sender: [u8; 16],
    /// The program names itself as a machine.
    pub is_machine: bool,
    /// Of whose message, where that may be known.
    pub message: Option<MessageId>,
    pub at: Timestamp,
}

const TAKE: &str = "
    INSERT INTO mail_hit (link, sender, is_machine, message, at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (link, sender, is_machine) DO NOTHING";

/// Takes a hit down; the same again before it is judged is one.
pub async fn take(tx: &mut Tx<'_>, row: &HitRow) -> Result<()> {
    let values = values![
        row.link,
        row.sender.as_slice(),
        i64::from(row.is_machine),
        row.message,
        row.at
    ];
    tx.execute(TAKE, values).await.map(drop)
}

const HITS: &str = "
    SELECT link, sender, is_machine, message, at
      FROM mail_hit
     ORDER BY at, link, sender, is_machine
     LIMIT $1";

/// What is not judged yet, the oldest first.
pub async fn hits(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<HitRow>> {
    let rows = tx.fetch(HITS, values![limit]).await?;
    let read = |record: &Record| {
        Ok(HitRow {
            link: LinkId::from_bytes(record.id(0)?),
            sender: record.array(1)?,
            is_machine: record.int(2)? != 0,
            message: record.id_or_null(3)?.map(MessageId::from_bytes),
            at: record.time(4)?,
        })
    };
    rows.iter().map(read).collect()
}

const JUDGED: &str = "
    DELETE FROM mail_hit
     WHERE link = $1
       AND sender = $2
       AND is_machine = $3";

/// Takes a hit away that was judged; false if somebody else has.
pub async fn judged(tx: &mut Tx<'_>, row: &HitRow) -> Result<bool> {
    let values = values![row.link, row.sender.as_slice(), i64::from(row.is_machine)];
    Ok(tx.execute(JUDGED, values).await? == 1)
}

/// What was seen of a link of one message, or of the message itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClickRow {
    /// Where it leads; empty for the picture.
    pub url: String,
    pub people: i64,
    pub machines: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

const CLICKED: &str = "
    INSERT INTO mail_click (message, link, people, machines, first_at, last_at)
    VALUES ($1, $2, $3, $4, $5, $5)
    ON CONFLICT (message, link) DO UPDATE
       SET people = mail_click.people + excluded.people,
           machines = mail_click.machines + excluded.machines,
           last_at = excluded.last_at";

/// Takes down that a link of a message was followed.
pub async fn clicked(
    tx: &mut Tx<'_>,
    (message, link): (MessageId, LinkId),
    is_machine: bool,
    at: Timestamp,
) -> Result<()> {
    let (people, machines) = (i64::from(!is_machine), i64::from(is_machine));
    tx.execute(CLICKED, values![message, link, people, machines, at])
        .await
        .map(drop)
}

const CLICKS: &str = "
    SELECT mail_link.url, people, machines, first_at, last_at
      FROM mail_click
      JOIN mail_link ON mail_link.id = mail_click.link
     WHERE message = $1
     ORDER BY mail_link.url";

/// What was seen of a message.
pub async fn clicks(tx: &mut Tx<'_>, message: MessageId) -> Result<Vec<ClickRow>> {
    let rows = tx.fetch(CLICKS, values![message]).await?;
    let read = |record: &Record| {
        Ok(ClickRow {
            url: record.text(0)?,
            people: record.int(1)?,
            machines: record.int(2)?,
            first_at: record.time(3)?,
            last_at: record.time(4)?,
        })
    };
    rows.iter().map(read).collect()
}

const OWNER: &str = "
    SELECT customer
      FROM message
     WHERE id = $1";

/// Whose a message was, if it is there still.
pub async fn owner(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<CustomerId>> {
    let row = tx.fetch_one(OWNER, values![message]).await?;
    row.map(|row| Ok(CustomerId::from_bytes(row.id(0)?)))
        .transpose()
}
