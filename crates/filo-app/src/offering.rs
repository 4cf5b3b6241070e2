//! Bringing a batch to a log that may be busy: what is read from a file or made up waits, and is
//! not turned away.

use std::time::Duration;

use filo_core::event::Event;

use crate::app::App;
use crate::error::{Busy, BusyReason, Result};

/// Times a batch is offered to a busy log: some ten minutes.
const TRIES_MOST: u32 = 300;
/// Bytes of an event beside its properties.
const EVENT_BYTES: usize = 200;

impl App {
    /// Offers events until the log takes them; gives the number of their row.
    pub(crate) async fn offer(&self, events: Vec<Event>) -> Result<i64> {
        let bytes = events.iter();
        let bytes = bytes
            .map(|event| event.properties.len() + EVENT_BYTES)
            .sum();
        let mut tries = 0;
        loop {
            let offered = match self.admit(bytes) {
                Ok(permit) => self.append(permit, events.clone()).await,
                Err(busy) => Err(busy),
            };
            match offered {
                Ok(seq) => return Ok(seq),
                Err(busy) => {
                    tries += 1;
                    wait(busy, tries).await?;
                }
            }
        }
    }
}

async fn wait(busy: Busy, tries: u32) -> Result<()> {
    let passes = matches!(busy.reason, BusyReason::QueueFull | BusyReason::DiskFull);
    if tries == TRIES_MOST || !passes {
        return Err(busy.into());
    }
    let seconds = u64::from(busy.retry_after_s.min(2));
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    Ok(())
}
