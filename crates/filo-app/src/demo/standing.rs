//! Whether a place can become a demo, is one, or belongs to somebody.
//!
//! **Invariant:** a workspace that was ever opened for anything else never becomes a demo.

use anyhow::Context;
use filo_core::time::Timestamp;
use filo_store::{Db, Tx, setting};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Result;

/// The setting that says that everything here is invented.
const SETTING: &str = "demo";

/// What is to be invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Another seed, other customers.
    pub seed: u64,
    /// When the history ends; it begins a year before.
    pub until: Timestamp,
    /// How many people, beside those whose story is told.
    pub people: u32,
}

/// What is stored.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Stored {
    #[serde(flatten)]
    wish: Wish,
    is_filled: bool,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A demo that has still to be filled, as wished or as it was begun.
    Unfilled(Wish),
    /// A demo.
    Filled(Wish),
    /// It holds something else.
    Foreign,
}

/// Makes an empty place one for a demo; says what it is if it is not empty.
///
/// The workspace's secret is drawn from the seed, so that the same wish gives the same ids. The
/// secrets of keys are not: they come from chance like everywhere else.
///
/// # Errors
/// If the place cannot be opened.
pub async fn prepare(config: &Config, wish: &Wish, now: Timestamp) -> Result<Standing> {
    let mut options = config.store_options.clone();
    options.ballast_bytes = config.ballast_bytes;
    let db = Db::open(&config.store, &options).await?;
    let standing = stand(&db, wish, now).await;
    db.close().await?;
    standing
}

async fn stand(db: &Db, wish: &Wish, now: Timestamp) -> Result<Standing> {
    let mut tx = db.begin().await?;
    if let Some((stored, _)) = stored(&mut tx).await? {
        return Ok(if stored.is_filled {
            Standing::Filled(stored.wish)
        } else {
            Standing::Unfilled(stored.wish)
        });
    }
    if setting::get(&mut tx, crate::app::WORKSPACE_KEY)
        .await?
        .is_some()
    {
        return Ok(Standing::Foreign);
    }
    let key = blake3::derive_key("filo demo workspace v1", &wish.seed.to_be_bytes());
    let key = serde_json::to_string(&key).context("the demo's key")?;
    setting::put(&mut tx, crate::app::WORKSPACE_KEY, &key, 0, now).await?;
    let begun = Stored {
        wish: *wish,
        is_filled: false,
    };
    put(&mut tx, begun, 0, now).await?;
    tx.commit().await?;
    Ok(Standing::Unfilled(*wish))
}

async fn put(tx: &mut Tx<'_>, stored: Stored, version: i64, now: Timestamp) -> Result<()> {
    let text = serde_json::to_string(&stored).context("the demo's setting")?;
    setting::put(tx, SETTING, &text, version, now).await?;
    Ok(())
}

async fn stored(tx: &mut Tx<'_>) -> anyhow::Result<Option<(Stored, i64)>> {
    let Some(setting) = setting::get(tx, SETTING).await? else {
        return Ok(None);
    };
    let stored = serde_json::from_str(&setting.value)
        .with_context(|| format!("the setting `{SETTING}` cannot be read"))?;
    Ok(Some((stored, setting.version)))
}

/// Whether the workspace is a demo.
pub(crate) async fn is_demo(tx: &mut Tx<'_>) -> anyhow::Result<bool> {
    Ok(stored(tx).await?.is_some())
}

/// What a demo was to hold; none if it is none.
pub(super) async fn wish_of(db: &Db) -> Result<Option<Wish>> {
    let mut tx = db.read().await?;
    Ok(stored(&mut tx).await?.map(|(stored, _)| stored.wish))
}

/// From now on the demo is filled.
pub(super) async fn mark_filled(db: &Db, now: Timestamp) -> Result<()> {
    let mut tx = db.begin().await?;
    if let Some((stored, version)) = stored(&mut tx).await? {
        let filled = Stored {
            is_filled: true,
            ..stored
        };
        put(&mut tx, filled, version, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
