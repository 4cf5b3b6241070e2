//! The company's prices: changed by one person at a time, each list kept.
//!
//! **Invariant:** of two people who change them from the same version, the second one is refused.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::cost::PriceList;
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::cost::{self, PriceRow};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// How the audit log calls them.
const SETTING: &str = "message_prices";
/// Lists that are shown, the last ones.
pub const LISTS_SHOWN: u32 = 20;
/// Lists that are read for what was done long ago: more changes than a company makes in years.
const LISTS_READ: u32 = 1_000;

/// A list of prices, with the version a change must name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PricesView {
    /// What the owner says.
    pub list: PriceList,
    /// 0 until somebody has said anything.
    pub version: i64,
    /// From when on it holds; nothing until somebody has said anything.
    pub since: Option<Timestamp>,
}

impl PricesView {
    fn of(row: &PriceRow) -> Result<Self> {
        Ok(Self {
            list: serde_json::from_str(&row.document).map_err(anyhow::Error::from)?,
            version: row.version,
            since: Some(row.since),
        })
    }
}

impl App {
    /// The prices in force.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn message_prices(&self) -> Result<PricesView> {
        let mut tx = self.shared().db.read().await?;
        in_force(&mut tx).await
    }

    /// The last lists of prices, the one in force first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn price_lists(&self) -> Result<Vec<PricesView>> {
        let mut tx = self.shared().db.read().await?;
        let rows = cost::price_lists(&mut tx, LISTS_SHOWN).await?;
        rows.iter().map(PricesView::of).collect()
    }

    /// Puts other prices in force, from now on, from the version that was read.
    ///
    /// # Errors
    /// If the actor may not administer, a price cannot be one, or somebody else changed them
    /// meanwhile.
    pub async fn change_message_prices(
        &self,
        actor: &Actor,
        list: PriceList,
        version: i64,
    ) -> Result<PricesView> {
        actor.must(Right::ManageSettings)?;
        let list = list
            .checked()
            .map_err(|fault| Error::invalid("prices", fault.to_string()))?;
        let text = serde_json::to_string(&list).map_err(anyhow::Error::from)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let version = match cost::put_price_list(&mut tx, &text, version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        Ok(PricesView {
            list,
            version,
            since: Some(now),
        })
    }
}

/// The prices in force.
pub(super) async fn in_force(tx: &mut Tx<'_>) -> Result<PricesView> {
    let rows = cost::price_lists(tx, 1).await?;
    rows.first()
        .map_or_else(|| Ok(PricesView::default()), PricesView::of)
}

/// Every list that there was.
pub(super) async fn all(tx: &mut Tx<'_>) -> Result<Vec<PricesView>> {
    let rows = cost::price_lists(tx, LISTS_READ).await?;
    rows.iter().map(PricesView::of).collect()
}
