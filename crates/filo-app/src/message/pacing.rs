//! Whose turn it is: how fast messages leave by each lane, over restarts and over nodes.
//!
//! **Invariant:** a turn that was given is on disk, so a restart gives none twice. A few are taken
//! ahead in one go; what a stop leaves of them is lost, never given twice.
//! **Invariant:** who must wait is told a time of their own, one turn behind the one before: of
//! very many none asks twice in vain.

use std::collections::HashMap;

use filo_core::message::lane::Lane;
use filo_core::message::pace::Pace;
use filo_core::time::Timestamp;
use filo_store::{Tx, pace};
use tokio::sync::Mutex;

use crate::app::App;
use crate::error::Result;

/// Turns taken ahead: those of an eighth of a second, and no more than that.
const AHEAD_OF_A_MINUTE: u32 = 8 * 60;
const AHEAD_MOST: u32 = 64;

/// Who waits for each lane.
#[derive(Debug, Default)]
pub(crate) struct Queues(Mutex<HashMap<Lane, Queue>>);

#[derive(Debug, Clone, Copy)]
struct Queue {
    /// Turns that are on disk as given, and were given to nobody yet.
    ahead: u32,
    /// When the last one of those who wait has their turn.
    end: Timestamp,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            ahead: 0,
            end: Timestamp::MIN,
        }
    }
}

/// What an answer says about the pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It was taken.
    Well,
    /// It is to be tried again later.
    Later,
    /// It was too much.
    TooMuch {
        /// For how many seconds, if they said so.
        wait_s: Option<i64>,
    },
}

impl App {
    /// Takes the turn of one message; or says in how many microseconds there will be one.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn turn(&self, lane: Lane, per_minute: u32) -> Result<Option<i64>> {
        // Who comes while turns are being taken waits for them.
        let mut queues = self.shared().queues.0.lock().await;
        let queue = queues.entry(lane).or_default();
        if let Some(rest) = queue.ahead.checked_sub(1) {
            queue.ahead = rest;
            return Ok(None);
        }
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let pace = pace_of(&mut tx, lane, now).await?;
        let mut taken = match pace.take(per_minute, now) {
            Ok(taken) => taken,
            Err(wait_us) => {
                let behind = queue.end.plus_micros(pace.cost_us(per_minute));
                queue.end = now.plus_micros(wait_us).max(behind);
                return Ok(Some(queue.end.micros_since(now)));
            }
        };
        let mut more = 0;
        while more + 1 < (per_minute / AHEAD_OF_A_MINUTE).min(AHEAD_MOST)
            && let Ok(next) = taken.take(per_minute, now)
        {
            (taken, more) = (next, more + 1);
        }
        pace::put(&mut tx, lane, &taken).await?;
        tx.commit().await?;
        queue.ahead = more;
        Ok(None)
    }

    /// Notes what answers said: "too much" slows a lane down, fifty messages without trouble let
    /// it recover.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn learn_pace(&self, signs: &[(Lane, Sign)]) -> Result<()> {
        if signs.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut queues = self.shared().queues.0.lock().await;
        let mut paces: HashMap<Lane, (Pace, Pace)> = HashMap::new();
        let mut tx = self.shared().db.begin().await?;
        for (lane, sign) in signs {
            let (before, pace) = match paces.get(lane) {
                Some(known) => *known,
                None => {
                    let pace = pace_of(&mut tx, *lane, now).await?;
                    (pace, pace)
                }
            };
            let next = match sign {
                Sign::Well => pace.went_well(),
                Sign::Later => pace,
                Sign::TooMuch { wait_s } => {
                    queues.remove(lane);
                    let slowed = pace.slowed(now);
                    let said = wait_s.map(|wait_s| now.plus_seconds(wait_s.max(1)));
                    Pace {
                        until: said.unwrap_or(slowed.until),
                        ..slowed
                    }
                }
            };
            paces.insert(*lane, (before, next));
        }
        for (lane, (before, next)) in paces {
            if next != before {
                pace::put(&mut tx, lane, &next).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn pace_of(tx: &mut Tx<'_>, lane: Lane, now: Timestamp) -> Result<Pace> {
    let known = pace::get(tx, lane).await?;
    Ok(known.unwrap_or_else(|| Pace::new(now)))
}
