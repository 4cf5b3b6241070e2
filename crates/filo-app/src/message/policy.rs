//! The company's rules for messages: read by the gate, changed by one person at a time.
//!
//! **Invariant:** of two people who change them from the same version, the second one is refused.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::message::policy::Policy;
use filo_store::message::claim;
use filo_store::{Tx, setting};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

const SETTING: &str = "message_policy";

/// The rules as they stand, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyView {
    /// What the owner says, or what Filo says until then.
    pub policy: Policy,
    /// 0 until somebody has said anything.
    pub version: i64,
}

impl App {
    /// The rules for messages as they stand.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn message_policy(&self) -> Result<PolicyView> {
        let mut tx = self.shared().db.read().await?;
        stored(&mut tx).await
    }

    /// Changes them, from the version that was read. What stood still because everything was
    /// stopped comes to the gate again.
    ///
    /// # Errors
    /// If the actor may not administer, a rule cannot be kept, or somebody else changed them
    /// meanwhile.
    pub async fn change_message_policy(
        &self,
        actor: &Actor,
        policy: Policy,
        version: i64,
    ) -> Result<PolicyView> {
        actor.must(Right::ManageSettings)?;
        let policy = policy
            .checked()
            .map_err(|fault| Error::invalid("policy", fault.to_string()))?;
        let text = serde_json::to_string(&policy).map_err(anyhow::Error::from)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let version = match setting::put(&mut tx, SETTING, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        if !policy.is_paused {
            claim::requeue_awaiting(&mut tx, now).await?;
        }
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        self.shared().outbox.wake();
        Ok(PolicyView { policy, version })
    }
}

pub(crate) async fn stored(tx: &mut Tx<'_>) -> Result<PolicyView> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok(PolicyView {
            policy: Policy::default(),
            version: 0,
        });
    };
    Ok(PolicyView {
        policy: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
        version: stored.version,
    })
}
