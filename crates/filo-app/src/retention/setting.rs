//! The rules about how long what is kept, and what would go by other ones.
//!
//! **Invariant:** of two people who change them from the same version, the second one is refused.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::privacy::retention::{Kept, MONTHS_MOST, Retention};
use filo_core::time::Timestamp;
use filo_store::{Tx, data_request, incident, quarantine, setting};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::Gone;
use super::choosing::Cutoffs;
use super::running::HOUR;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::daily::around;
use crate::error::{Error, Result};

const SETTING: &str = "retention";

/// What the workspace keeps about retention while it runs.
#[derive(Debug, Default)]
pub(crate) struct Retaining {
    pub(super) changed: Notify,
}

/// The rules as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RetentionView {
    /// After how many months what goes.
    pub rules: Retention,
    /// Since when something goes by itself; nothing while nothing does.
    pub since: Option<Timestamp>,
    /// The next time something goes.
    pub next_at: Option<Timestamp>,
    /// 0 until somebody has said anything.
    pub version: i64,
}

/// What would go now by some rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionPreview {
    /// The rules.
    pub rules: Retention,
    /// How much would go.
    pub gone: Gone,
    /// Not all people were looked at: at least so many would go.
    pub is_partial: bool,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Stored {
    rules: Retention,
    since: Option<Timestamp>,
}

/// The rules, since when, and their version.
pub(crate) async fn stored(tx: &mut Tx<'_>) -> Result<RetentionView> {
    let Some(found) = setting::get(tx, SETTING).await? else {
        return Ok(RetentionView::default());
    };
    let Stored { rules, since } =
        serde_json::from_str(&found.value).map_err(anyhow::Error::from)?;
    Ok(RetentionView {
        rules,
        since,
        next_at: None,
        version: found.version,
    })
}

impl App {
    /// The rules, and when they are next followed.
    ///
    /// # Errors
    /// If the actor may not, or the tables cannot be read.
    pub async fn retention(&self, actor: &Actor) -> Result<RetentionView> {
        actor.must(Right::HandlePrivacy)?;
        let mut tx = self.shared().db.read().await?;
        let view = stored(&mut tx).await?;
        let around = around(HOUR, &self.zone(), self.now());
        let next_at = around.filter(|_| view.since.is_some());
        Ok(RetentionView {
            next_at: next_at.map(|(_, next)| next),
            ..view
        })
    }

    /// What would go now by these rules. Nothing is changed.
    ///
    /// # Errors
    /// If the actor may not, or a number of months cannot be.
    pub async fn preview_retention(
        &self,
        actor: &Actor,
        rules: Retention,
    ) -> Result<RetentionPreview> {
        actor.must(Right::HandlePrivacy)?;
        checked(&rules)?;
        let cutoffs = Cutoffs::new(&rules, self.now(), &self.zone());
        let (mut gone, is_partial) = self.count_people(&cutoffs).await?;
        let mut tx = self.shared().db.read().await?;
        for kept in [Kept::Quarantine, Kept::Incidents, Kept::Requests] {
            let Some(before) = cutoffs.before(kept) else {
                continue;
            };
            let count = match kept {
                Kept::Quarantine => quarantine::count_settled(&mut tx, before).await?,
                Kept::Incidents => incident::count_resolved(&mut tx, before).await?,
                Kept::Requests => data_request::count_old(&mut tx, before).await?,
                Kept::Visitors | Kept::People => continue,
            };
            *gone.of_mut(kept) = count.unsigned_abs();
        }
        Ok(RetentionPreview {
            rules,
            gone,
            is_partial,
        })
    }

    /// How many visitors and people would go.
    async fn count_people(&self, cutoffs: &Cutoffs) -> Result<(Gone, bool)> {
        let mut gone = Gone::default();
        let found = self.kept_too_long(cutoffs, usize::MAX).await?;
        for (kept, _) in &found.who {
            *gone.of_mut(*kept) += 1;
        }
        Ok((gone, found.is_partial))
    }

    /// Changes the rules, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not, a number of months cannot be, or somebody else changed them
    /// meanwhile.
    pub async fn change_retention(
        &self,
        actor: &Actor,
        rules: Retention,
        version: i64,
    ) -> Result<RetentionView> {
        actor.must(Right::HandlePrivacy)?;
        checked(&rules)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let before = stored(&mut tx).await?;
        let since = (!rules.is_off()).then(|| before.since.unwrap_or(now));
        let stored = Stored { rules, since };
        let text = serde_json::to_string(&stored).map_err(anyhow::Error::from)?;
        match setting::put(&mut tx, SETTING, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        self.retaining().changed.notify_waiters();
        self.retention(actor).await
    }
}

fn checked(rules: &Retention) -> Result<()> {
    let reason = || format!("months: 1 to {MONTHS_MOST}, or nothing to keep it");
    match rules.fault() {
        Some(kept) => Err(Error::invalid(kept.word(), reason())),
        None => Ok(()),
    }
}
