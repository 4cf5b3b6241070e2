//! The company's purposes: what customers are addressed for.
//!
//! **Invariant:** of two people who change them from the same version, the second one is refused.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::consent::purpose::Purposes;
use filo_store::{Tx, setting};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

const SETTING: &str = "consent_purposes";

/// The purposes as they stand, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsView {
    /// What the owner says, or what Filo says until then.
    pub purposes: Purposes,
    /// 0 until somebody has said anything.
    pub version: i64,
}

impl App {
    /// The purposes as they stand.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn purposes(&self) -> Result<TermsView> {
        let mut tx = self.shared().db.read().await?;
        stored(&mut tx).await
    }

    /// Changes them, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not administer, a purpose is wrong, or somebody else changed them
    /// meanwhile.
    pub async fn change_purposes(
        &self,
        actor: &Actor,
        purposes: Purposes,
        version: i64,
    ) -> Result<TermsView> {
        actor.must(Right::ManageSettings)?;
        let purposes = purposes
            .checked()
            .map_err(|fault| Error::invalid("purposes", fault.to_string()))?;
        let text = serde_json::to_string(&purposes).map_err(anyhow::Error::from)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let version = match setting::put(&mut tx, SETTING, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        self.fill_segments_again().await?;
        self.sweep_audiences().await?;
        Ok(TermsView { purposes, version })
    }
}

/// The purposes as they stand.
pub(crate) async fn purposes_of(tx: &mut Tx<'_>) -> Result<Purposes> {
    Ok(stored(tx).await?.purposes)
}

pub(super) async fn stored(tx: &mut Tx<'_>) -> Result<TermsView> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok(TermsView {
            purposes: Purposes::default(),
            version: 0,
        });
    };
    Ok(TermsView {
        purposes: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
        version: stored.version,
    })
}
