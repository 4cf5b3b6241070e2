//! How much the company keeps of clicks and opens.

use std::sync::Arc;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::consent::Basis;
use filo_core::consent::purpose::Purposes;
use filo_core::event::Channel;
use filo_core::tracking::{Mode, Tracking};
use filo_store::{Tx, setting};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::consent::purposes_of;
use crate::customer::CustomerView;
use crate::error::{Error, Result};

const SETTING: &str = "mail_tracking";

/// The setting as it stands, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingView {
    /// What the owner says, or what Filo says until then.
    pub tracking: Tracking,
    /// 0 until somebody has said anything.
    pub version: i64,
}

impl App {
    /// How much is kept.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn tracking(&self) -> Result<TrackingView> {
        let mut tx = self.shared().db.read().await?;
        stored(&mut tx).await
    }

    /// Changes it, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not administer, people would be known without being asked, or somebody
    /// else changed it meanwhile.
    pub async fn change_tracking(
        &self,
        actor: &Actor,
        tracking: Tracking,
        version: i64,
    ) -> Result<TrackingView> {
        actor.must(Right::ManageSettings)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let purposes = purposes_of(&mut tx).await?;
        let tracking = tracking
            .checked(&purposes)
            .map_err(|fault| Error::invalid("purpose", fault.to_string()))?;
        let text = serde_json::to_string(&tracking).map_err(anyhow::Error::from)?;
        let version = match setting::put(&mut tx, SETTING, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        Ok(TrackingView { tracking, version })
    }

    /// Whether somebody may be known by what they follow: they said yes to that, themselves.
    pub(super) async fn may_be_known(
        &self,
        tx: &mut Tx<'_>,
        (customer, purposes): (&CustomerView, &Arc<Purposes>),
        tracking: &Tracking,
    ) -> Result<bool> {
        let purpose = purposes.get(&tracking.purpose);
        let Some(purpose) = purpose.filter(|_| tracking.mode == Mode::Individual) else {
            return Ok(false);
        };
        let uses = |channel: &Channel| purpose.channels.contains(channel);
        let by_mail = Some(Channel::Email).filter(uses);
        let Some(channel) = by_mail.or_else(|| purpose.channels.first().copied()) else {
            return Ok(false);
        };
        let about = (purpose.word.as_str(), channel);
        let verdict = self
            .addressing_of(tx, (customer, purposes), about, self.now())
            .await?;
        let is_theirs = |basis| matches!(basis, Basis::Consent | Basis::Unstated);
        Ok(verdict.may && verdict.statement.is_some_and(|it| is_theirs(it.basis)))
    }
}

pub(crate) async fn stored(tx: &mut Tx<'_>) -> Result<TrackingView> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok(TrackingView {
            tracking: Tracking::default(),
            version: 0,
        });
    };
    Ok(TrackingView {
        tracking: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
        version: stored.version,
    })
}
