//! What is expected of everybody who has bought, kept for as long as nothing has happened since.
//!
//! **Invariant:** what is kept counts only while the same would be read again, or, with very many
//! buyers, for a few minutes; never after somebody was forgotten.

use std::sync::Arc;

use filo_core::analysis::Buyer;
use filo_core::analysis::foresight::Foresight;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use super::buying;
use crate::app::App;
use crate::error::Result;

/// What was worked out counts for so long, where nothing has happened: time alone moves chances by
/// less than is shown.
const KEPT_SECONDS: i64 = 600;
/// With so many buyers also where something has: reading them takes longer than anyone waits.
const MANY: usize = 100_000;

/// What the workspace keeps of it.
#[derive(Debug, Default)]
pub(crate) struct Foreseeing(Mutex<Option<Known>>);

#[derive(Debug, Clone)]
struct Known {
    stamp: Stamp,
    read_at: Timestamp,
    buyers: Arc<Vec<Buyer>>,
    foresight: Option<Arc<Foresight>>,
}

/// What the orders of everybody depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    /// How far the log was applied.
    applied: i64,
    /// Where the rest lies: files change their names with what is in them.
    files: Vec<String>,
    lasting: Lasting,
}

/// The part of it that never changes behind somebody's back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lasting {
    buried: usize,
    rules: i64,
    currency: Currency,
    is_reshaping: bool,
}

impl Stamp {
    fn of(app: &App) -> Self {
        let (progress, shared) = (app.progress(), app.shared());
        Self {
            applied: progress.applied,
            files: shared.lake.list().into_iter().map(|it| it.name).collect(),
            lasting: Lasting {
                buried: shared.tombstones.count(),
                rules: i64::from(app.rules().version),
                currency: app.currency(),
                is_reshaping: progress.reshaping,
            },
        }
    }
}

impl Known {
    /// Whether the orders are still those.
    fn holds(&self, stamp: &Stamp, now: Timestamp) -> bool {
        let age_s = now.micros_since(self.read_at).div_euclid(1_000_000);
        let is_near = (0..KEPT_SECONDS).contains(&age_s) && self.buyers.len() >= MANY;
        let is_same = self.stamp == *stamp || (is_near && self.stamp.lasting == stamp.lasting);
        is_same && !stamp.lasting.is_reshaping
    }

    fn foresight_of(&self, now: Timestamp) -> Option<Arc<Foresight>> {
        let found = self.foresight.as_ref()?;
        let age_s = now.micros_since(found.at).div_euclid(1_000_000);
        (0..KEPT_SECONDS)
            .contains(&age_s)
            .then(|| Arc::clone(found))
    }
}

impl App {
    /// What is expected of everybody: at this moment, or at an instant before.
    pub(super) async fn foresight(&self, at: Option<Timestamp>) -> Result<Arc<Foresight>> {
        let _turn = self.turn_to_look().await?;
        let (stamp, now, currency) = (Stamp::of(self), self.now(), self.currency());
        let known = self.foreseeing().0.lock().clone();
        let known = known.filter(|it| it.holds(&stamp, now));
        if at.is_none()
            && let Some(found) = known.as_ref().and_then(|it| it.foresight_of(now))
        {
            return Ok(found);
        }
        let mut known = match known {
            Some(known) => known,
            None => Known {
                buyers: Arc::new(buying::buyers(self, currency).await?),
                stamp,
                read_at: now,
                foresight: None,
            },
        };
        let (buyers, instant) = (Arc::clone(&known.buyers), at.unwrap_or(now));
        let work = move || Foresight::of(buyers, instant, currency);
        let found = tokio::task::spawn_blocking(work).await;
        let found = Arc::new(found.map_err(anyhow::Error::from)?);
        if at.is_none() {
            known.foresight = Some(Arc::clone(&found));
        }
        *self.foreseeing().0.lock() = Some(known);
        Ok(found)
    }
}
