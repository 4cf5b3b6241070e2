//! What is stored about the workspace itself, made at its first start.

use anyhow::Context;
use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::id::WorkspaceKey;
use filo_core::identity::Rules;
use filo_core::time::Timestamp;
use filo_store::{Db, Tx, setting};

use crate::app::WORKSPACE_KEY;
use crate::clock::Chance;
use crate::error::Result;
use crate::rule::stored_rules;

/// What is stored about the workspace itself.
pub(crate) struct Settings {
    pub(crate) key: WorkspaceKey,
    pub(crate) rules: Rules,
    /// Everything in the workspace is invented.
    pub(crate) is_demo: bool,
}

impl Settings {
    /// Reads the settings; the first start makes them.
    pub(crate) async fn load(db: &Db, chance: &Chance, now: Timestamp) -> Result<Self> {
        let mut tx = db.begin().await?;
        let key = stored_or(&mut tx, WORKSPACE_KEY, now, || chance.secret()).await?;
        let fresh = stored_or(&mut tx, "rules", now, Rules::default).await?;
        let rules = stored_rules(&mut tx)
            .await?
            .map_or(fresh, |(rules, _)| rules);
        let is_demo = crate::demo::is_demo(&mut tx).await?;
        tx.commit().await?;
        Ok(Self {
            key: WorkspaceKey(key),
            rules,
            is_demo,
        })
    }
}

/// A setting as it stands, or a fresh one that is stored from now on.
async fn stored_or<T: serde::Serialize + serde::de::DeserializeOwned>(
    tx: &mut Tx<'_>,
    name: &'static str,
    now: Timestamp,
    fresh: impl FnOnce() -> T,
) -> anyhow::Result<T> {
    if let Some(stored) = setting::get(tx, name).await? {
        return serde_json::from_str(&stored.value)
            .with_context(|| format!("the setting `{name}` cannot be read"));
    }
    let fresh = fresh();
    setting::put(tx, name, &serde_json::to_string(&fresh)?, 0, now).await?;
    let entry = Entry::new(now, Party::Filo, Act::SettingChanged).about(Token::word(name));
    crate::audit::record(tx, &entry).await?;
    Ok(fresh)
}
