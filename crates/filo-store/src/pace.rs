//! How fast messages leave by each lane just now.

use filo_core::message::lane::Lane;
use filo_core::message::pace::Pace;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::values;

const GET: &str = "
    SELECT filled_us, at, slower, clean, until
      FROM pace
     WHERE lane = $1";

/// The state of a lane's bucket, if anything ever left by it.
pub async fn get(tx: &mut Tx<'_>, lane: Lane) -> Result<Option<Pace>> {
    let Some(record) = tx.fetch_one(GET, values![lane.word()]).await? else {
        return Ok(None);
    };
    Ok(Some(Pace {
        filled_us: record.int(0)?,
        at: record.time(1)?,
        slower: record.small(2)?,
        clean: record.small(3)?,
        until: record.time(4)?,
    }))
}

const PUT: &str = "
    INSERT INTO pace (lane, filled_us, at, slower, clean, until)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (lane) DO UPDATE SET filled_us = excluded.filled_us,
                                     at = excluded.at,
                                     slower = excluded.slower,
                                     clean = excluded.clean,
                                     until = excluded.until";

/// Keeps the state of a lane's bucket.
pub async fn put(tx: &mut Tx<'_>, lane: Lane, pace: &Pace) -> Result<()> {
    let values = values![
        lane.word(),
        pace.filled_us,
        pace.at,
        i64::from(pace.slower),
        i64::from(pace.clean),
        pace.until,
    ];
    tx.execute(PUT, values).await.map(drop)
}
