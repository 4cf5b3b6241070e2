//! What is expected of everybody who has bought.
//!
//! **Invariant:** it is worked out from the orders as they are kept, anew after a few minutes: time
//! alone moves chances by less than is shown.

use std::sync::Arc;

use filo_core::analysis::Buyer;
use filo_core::analysis::foresight::Foresight;
use filo_core::time::Timestamp;

use super::buying;
use super::kept::{Kept, Stamp, is_near};
use crate::app::App;
use crate::error::Result;

/// What the workspace keeps of it.
#[derive(Debug, Default)]
pub(crate) struct Foreseeing {
    /// Everybody who has bought, by id.
    buyers: Kept<Vec<Buyer>>,
    /// What was worked out from these.
    foresight: Kept<Foresight>,
}

impl Foreseeing {
    pub(super) fn tidy(&self, now: Timestamp) {
        self.buyers.tidy(now);
        self.foresight.tidy(now);
    }
}

impl App {
    /// What is expected of everybody: at this moment, or at an instant before.
    pub(super) async fn foresight(&self, at: Option<Timestamp>) -> Result<Arc<Foresight>> {
        let _turn = self.turn_to_look().await?;
        let (stamp, now, currency) = (Stamp::of(self), self.now(), self.currency());
        let kept = &self.boards().foreseeing;
        let buyers = match kept.buyers.get(&stamp) {
            Some(known) => known,
            None => {
                let buyers = buying::buyers(self, currency).await?;
                kept.buyers.keep(stamp.clone(), buyers.len(), buyers)
            }
        };
        if at.is_none()
            && let Some(known) = kept.foresight.get(&stamp)
            && Arc::ptr_eq(&known.buyers, &buyers)
            && is_near(known.at, now)
        {
            return Ok(known);
        }
        let (people, instant) = (buyers.len(), at.unwrap_or(now));
        let work = move || Foresight::of(buyers, instant, currency);
        let found = tokio::task::spawn_blocking(work).await;
        let found = found.map_err(anyhow::Error::from)?;
        Ok(match at {
            None => kept.foresight.keep(stamp, people, found),
            Some(_) => Arc::new(found),
        })
    }
}
