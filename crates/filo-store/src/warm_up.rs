//! The days of warming up: how many messages each has room for, and how many took a place.
//!
//! **Invariant:** of what has to wait for room nothing takes a place that a day does not have,
//! whoever asks at the same time.

use filo_core::id::MessageId;
use filo_core::mail::{Hold, Provider, WarmUpDay};

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// Days of one provider that are read.
const DAYS_READ: u32 = 60;

/// Which day of which domain at which provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub domain: String,
    pub provider: Provider,
    /// As 2026-12-31.
    pub day: String,
}

/// What is counted of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Taken,
    Deferred,
    Complained,
}

const DAYS: &str = "
    SELECT provider, day, allowed, hold, sent, taken, deferred, complained
      FROM warm_up_day
     WHERE domain = $1
       AND provider = $2
     ORDER BY day DESC
     LIMIT $3";

/// The last days of a domain at a provider, in order.
pub async fn days(tx: &mut Tx<'_>, domain: &str, provider: Provider) -> Result<Vec<WarmUpDay>> {
    let values = values![domain, provider.word(), DAYS_READ];
    let rows = tx.fetch(DAYS, values).await?;
    let read = |row: &Record| Ok(read(row)?.1);
    rows.iter().rev().map(read).collect()
}

const LIST: &str = "
    SELECT provider, day, allowed, hold, sent, taken, deferred, complained
      FROM warm_up_day
     WHERE domain = $1
       AND day >= $2
     ORDER BY day DESC, provider
     LIMIT $3";

/// The days of a domain since one, the newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    domain: &str,
    since: &str,
    limit: u32,
) -> Result<Vec<(Provider, WarmUpDay)>> {
    let rows = tx.fetch(LIST, values![domain, since, limit]).await?;
    rows.iter().map(read).collect()
}

const OPEN: &str = "
    INSERT INTO warm_up_day
        (domain, provider, day, allowed, hold, sent, taken, deferred, complained)
    VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0)
    ON CONFLICT (domain, provider, day) DO UPDATE
       SET allowed = excluded.allowed,
           hold = excluded.hold";

/// Opens a day, or gives it another size.
pub async fn open(tx: &mut Tx<'_>, key: &Key, (allowed, hold): (u32, Option<Hold>)) -> Result<()> {
    let values = values![
        key.domain.as_str(),
        key.provider.word(),
        key.day.as_str(),
        i64::from(allowed),
        hold.map_or("", Hold::word),
    ];
    tx.execute(OPEN, values).await.map(drop)
}

const TAKE_ROOM: &str = "
    UPDATE warm_up_day
       SET sent = sent + 1
     WHERE domain = $1
       AND provider = $2
       AND day = $3
       AND sent < allowed";
const TAKE: &str = "
    UPDATE warm_up_day
       SET sent = sent + 1
     WHERE domain = $1
       AND provider = $2
       AND day = $3";

/// Takes a place of an open day; false if there is none left for what has to wait for one.
pub async fn take(tx: &mut Tx<'_>, key: &Key, waits: bool) -> Result<bool> {
    let text = if waits { TAKE_ROOM } else { TAKE };
    let values = values![key.domain.as_str(), key.provider.word(), key.day.as_str()];
    Ok(tx.execute(text, values).await? == 1)
}

const GIVE_BACK: &str = "
    UPDATE warm_up_day
       SET sent = sent - 1
     WHERE domain = $1
       AND provider = $2
       AND day = $3
       AND sent > 0";

/// Gives a place back of which nothing was handed over.
pub async fn give_back(tx: &mut Tx<'_>, key: &Key) -> Result<()> {
    let values = values![key.domain.as_str(), key.provider.word(), key.day.as_str()];
    tx.execute(GIVE_BACK, values).await.map(drop)
}

const COUNT_TAKEN: &str = "
    UPDATE warm_up_day
       SET taken = taken + 1
     WHERE domain = $1
       AND provider = $2
       AND day = $3";
const COUNT_DEFERRED: &str = "
    UPDATE warm_up_day
       SET deferred = deferred + 1
     WHERE domain = $1
       AND provider = $2
       AND day = $3";
const COUNT_COMPLAINED: &str = "
    UPDATE warm_up_day
       SET complained = complained + 1
     WHERE domain = $1
       AND provider = $2
       AND day = $3";

/// Counts something of an open day.
pub async fn count(tx: &mut Tx<'_>, key: &Key, what: Count) -> Result<()> {
    let text = match what {
        Count::Taken => COUNT_TAKEN,
        Count::Deferred => COUNT_DEFERRED,
        Count::Complained => COUNT_COMPLAINED,
    };
    let values = values![key.domain.as_str(), key.provider.word(), key.day.as_str()];
    tx.execute(text, values).await.map(drop)
}

const PRUNE: &str = "DELETE FROM warm_up_day WHERE day < $1";

/// Takes away the days before one.
pub async fn prune(tx: &mut Tx<'_>, day: &str) -> Result<u64> {
    tx.execute(PRUNE, values![day]).await
}

const NOTE: &str = "UPDATE message SET mail_provider = $2 WHERE id = $1";

/// Notes at whose mailboxes a message counts.
pub async fn note(tx: &mut Tx<'_>, message: MessageId, provider: Provider) -> Result<()> {
    let values = values![message, provider.word()];
    tx.execute(NOTE, values).await.map(drop)
}

const NOTED: &str = "SELECT mail_provider FROM message WHERE id = $1";

/// At whose mailboxes a message counted.
pub async fn noted(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Provider>> {
    let Some(row) = tx.fetch_one(NOTED, values![message]).await? else {
        return Ok(None);
    };
    let word = row.text_or_null(0)?;
    Ok(word.and_then(|word| Provider::from_word(&word)))
}

const LOOK_AGAIN: &str = "
    UPDATE message
       SET due_at = $1
     WHERE state = 0
       AND medium = 'email'
       AND class = 'marketing'
       AND tries = 0
       AND due_at > $1";

/// Lets the advertising that waits come to the gate now: there it is told anew how long.
pub async fn look_again(tx: &mut Tx<'_>, now: filo_core::time::Timestamp) -> Result<u64> {
    tx.execute(LOOK_AGAIN, values![now]).await
}

fn read(record: &Record) -> Result<(Provider, WarmUpDay)> {
    let (provider, day) = (record.text(0)?, record.text(1)?);
    let unknown = || Error::Damaged(format!("warm_up_day: {provider} on {day}"));
    let date = day.parse().map_err(|_none| unknown())?;
    Ok((
        Provider::from_word(&provider).ok_or_else(unknown)?,
        WarmUpDay {
            date,
            allowed: record.small(2)?,
            hold: Hold::from_word(&record.text(3)?),
            sent: record.small(4)?,
            taken: record.small(5)?,
            deferred: record.small(6)?,
            complained: record.small(7)?,
        },
    ))
}
