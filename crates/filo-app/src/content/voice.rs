//! The voice: how the company speaks.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::content::voice::Voice;
use filo_store::setting;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

const SETTING: &str = "voice";

/// The voice as it stands, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoiceView {
    /// What the company says, or what Filo says until then.
    pub voice: Voice,
    /// 0 until somebody has said anything.
    pub version: i64,
}

impl App {
    /// The voice as it stands.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn voice(&self) -> Result<VoiceView> {
        let mut tx = self.shared().db.read().await?;
        let Some(stored) = setting::get(&mut tx, SETTING).await? else {
            return Ok(VoiceView::default());
        };
        Ok(VoiceView {
            voice: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
            version: stored.version,
        })
    }

    /// Changes it, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not, a field is wrong, or somebody else changed it meanwhile.
    pub async fn change_voice(
        &self,
        actor: &Actor,
        voice: Voice,
        version: i64,
    ) -> Result<VoiceView> {
        actor.must(Right::ManageContent)?;
        let voice = voice
            .checked()
            .map_err(|fault| Error::invalid(fault.field, fault.reason))?;
        let text = serde_json::to_string(&voice).map_err(anyhow::Error::from)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let version = match setting::put(&mut tx, SETTING, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        Ok(VoiceView { voice, version })
    }
}
