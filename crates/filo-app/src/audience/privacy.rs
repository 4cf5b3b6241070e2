//! What audiences mean for a person's rights: the copy for them, who receives data, and that they
//! are taken out where they were put when they are forgotten.

use std::collections::BTreeMap;

use filo_core::audience::Standing;
use filo_core::id::{AudienceId, CustomerId, NodeId};
use filo_store::Tx;
use filo_store::audience::entry::{self, Todo};
use filo_store::audience::{self, AudienceRow, look, member};
use serde_json::json;

use super::{delivery_of, platform_of};
use crate::app::App;
use crate::error::Result;
use crate::register::Recipient;

/// Forgets people: they are wanted nowhere any more, and of what may be at a platform the hash
/// stays until it was taken out. How many addresses those are.
pub(crate) async fn forget(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<u64> {
    member::forget(tx, customers).await?;
    look::forget(tx, customers).await?;
    Ok(entry::erase(tx, customers).await?)
}

impl App {
    /// How many addresses of customers, whose ids are among these nodes, may be at platforms.
    pub(crate) async fn addresses_at_platforms(&self, nodes: &[NodeId]) -> Result<u64> {
        let customers: Vec<CustomerId> = nodes.iter().map(|node| (*node).into()).collect();
        let mut tx = self.shared().db.read().await?;
        let rows = entry::of_customers(&mut tx, &customers).await?;
        Ok(rows.iter().filter(|row| row.is_there).count() as u64)
    }

    /// The audiences somebody is in and what platforms were told of them, as texts for a copy of
    /// it.
    pub(crate) async fn told_of_audiences(&self, customer: CustomerId) -> Result<Vec<String>> {
        let mut tx = self.shared().db.read().await?;
        let rows = audience::list(&mut tx).await?.into_iter();
        let named: BTreeMap<AudienceId, AudienceRow> = rows.map(|row| (row.id, row)).collect();
        let entries = entry::of_customers(&mut tx, &[customer]).await?;
        let mut told = Vec::new();
        for row in member::of_customers(&mut tx, &[customer]).await? {
            let Some(audience) = named.get(&row.audience) else {
                continue;
            };
            let own = entries.iter().filter(|it| it.audience == row.audience);
            let entries: Vec<_> = own
                .map(|it| {
                    let record: serde_json::Value =
                        serde_json::from_str(&it.record).unwrap_or_default();
                    json!({
                        "entry": record, "told": it.is_there && it.todo == Todo::Nothing,
                        "refused": it.refused,
                    })
                })
                .collect();
            let standing = Standing::from_code(row.standing).map(Standing::word);
            let one = json!({
                "audience": audience.name, "platform": audience.platform,
                "standing": standing, "entries": entries,
            });
            told.push(one.to_string());
        }
        Ok(told)
    }

    /// The platforms, as recipients of data.
    pub(crate) async fn platforms_as_recipients(&self) -> Result<Vec<Recipient>> {
        let mut tx = self.shared().db.read().await?;
        let mut found = Vec::new();
        for row in audience::list(&mut tx).await? {
            let platform = platform_of(&row)?;
            found.push(Recipient {
                host: platform.name().to_owned(),
                description: row.name.clone(),
                topics: vec![format!("audience.{}", delivery_of(&row)?.word())],
                enabled: row.paused_at.is_none() && row.ending_at.is_none(),
            });
        }
        Ok(found)
    }
}
