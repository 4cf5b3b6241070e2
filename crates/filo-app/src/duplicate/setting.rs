//! What the owner sets: when a person is asked, and whether Filo joins by itself.
//!
//! **Invariant:** joining by itself is off until somebody turns it on.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_store::setting;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

const SETTING: &str = "duplicates";
/// A person is asked from such a chance on, in ten-thousandths.
const PROPOSED: std::ops::RangeInclusive<i64> = 1_000..=9_500;
/// Filo joins by itself from such a chance on.
const LINKED: std::ops::RangeInclusive<i64> = 9_000..=9_999;

/// The settings, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateSettings {
    /// From this chance on a person is asked.
    pub proposed: i64,
    /// Whether Filo joins by itself.
    pub automatic: bool,
    /// From this chance on it does.
    pub linked: i64,
}

impl Default for DuplicateSettings {
    fn default() -> Self {
        Self {
            proposed: 3_000,
            automatic: false,
            linked: 9_900,
        }
    }
}

/// The settings with the version a change must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicateSettingsView {
    /// What is set.
    pub settings: DuplicateSettings,
    /// 0 until somebody has changed anything.
    pub version: i64,
}

impl App {
    /// The settings as they stand.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn duplicate_settings(&self) -> Result<DuplicateSettingsView> {
        let mut tx = self.shared().db.read().await?;
        let stored = setting::get(&mut tx, SETTING).await?;
        Ok(match stored {
            None => DuplicateSettingsView {
                settings: DuplicateSettings::default(),
                version: 0,
            },
            Some(stored) => DuplicateSettingsView {
                settings: serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?,
                version: stored.version,
            },
        })
    }

    /// Changes them, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not administer, a chance is out of bounds, or somebody else changed them
    /// meanwhile.
    pub async fn change_duplicate_settings(
        &self,
        actor: &Actor,
        settings: DuplicateSettings,
        version: i64,
    ) -> Result<DuplicateSettingsView> {
        actor.must(Right::ManageSettings)?;
        for (field, chance, allowed) in [
            ("proposed", settings.proposed, PROPOSED),
            ("linked", settings.linked, LINKED),
        ] {
            if !allowed.contains(&chance) {
                let percent = |chance: &i64| format!("{}.{:02}", chance / 100, chance % 100);
                let (low, high) = (percent(allowed.start()), percent(allowed.end()));
                return Err(Error::invalid(field, format!("{low} to {high} percent")));
            }
        }
        let text = serde_json::to_string(&settings).map_err(anyhow::Error::from)?;
        let mut tx = self.shared().db.begin().await?;
        let version = match setting::put(&mut tx, SETTING, &text, version, self.now()).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, self.now());
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        Ok(DuplicateSettingsView { settings, version })
    }
}
