//! The rules as they were: who changed them, when, and to what.
//!
//! **Invariant:** it is written in the transaction of the change, and its newest entry is what
//! counts now.

use filo_core::identity::JoiningRules;
use filo_core::time::Timestamp;
use filo_store::{Tx, setting};
use serde::{Deserialize, Serialize};

use crate::error::Result;

const SETTING: &str = "rules_history";
/// Older versions are forgotten; that they were there stays in the audit log.
const VERSIONS_MOST: usize = 50;

/// One version of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleChange {
    /// Its number.
    pub version: u32,
    /// From when it counted.
    #[serde(with = "micros")]
    pub at: Timestamp,
    /// By the name of the key; none for what Filo began with.
    pub by: Option<String>,
    /// What it said.
    pub rules: JoiningRules,
}

mod micros {
    use filo_core::time::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(at.0)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        i64::deserialize(from).map(Timestamp)
    }
}

/// Every version that is remembered, newest first, with the number of the list's own version.
pub(super) async fn load(tx: &mut Tx<'_>) -> Result<(Vec<RuleChange>, i64)> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok((Vec::new(), 0));
    };
    let changes = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
    Ok((changes, stored.version))
}

/// Adds a version at the front; the first time, what was there before it stands behind it.
pub(super) async fn add(tx: &mut Tx<'_>, change: RuleChange, before: RuleChange) -> Result<()> {
    let (mut changes, version) = load(tx).await?;
    if changes.is_empty() {
        changes.push(before);
    }
    let at = change.at;
    changes.insert(0, change);
    changes.truncate(VERSIONS_MOST);
    let text = serde_json::to_string(&changes).map_err(anyhow::Error::from)?;
    setting::put(tx, SETTING, &text, version, at).await?;
    Ok(())
}
