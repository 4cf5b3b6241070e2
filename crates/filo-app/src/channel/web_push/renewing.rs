//! The push service gave a browser another subscription: it takes the place of the one there was.
//!
//! **Invariant:** only who was sealed a link as this browser replaces it, and only by a subscription
//! that nobody else has; a yes that was taken back stays taken back.

use compact_str::CompactString;
use filo_connect::channel::is_same;
use filo_connect::channel::web_push::Subscription;
use filo_core::id::NodeId;
use filo_core::message::Medium;
use filo_store::web_push::{self, BrowserRow};

use super::asking::ASKED_AN_HOUR_MOST;
use super::identifier;
use crate::app::App;
use crate::error::{Error, Result};

impl App {
    /// Puts another subscription in the place of a browser's. What is not known is left as it is,
    /// and so is one that is somebody else's.
    ///
    /// # Errors
    /// If the log or the tables cannot be written, or too many browsers were asked.
    pub async fn renew_browser(&self, node: NodeId, subscription: &str) -> Result<()> {
        let Some(to) = Subscription::parse(subscription) else {
            return Ok(());
        };
        let is_reachable = self.shared().client.target(&to.endpoint).is_ok();
        if !is_reachable || self.channel_account(Medium::Push).await?.is_none() {
            return Ok(());
        }
        let now = self.now();
        let name = identifier(&to.endpoint);
        let renewed = self.node_of_browser(&name);
        let (before, there, in_an_hour) = {
            let mut tx = self.shared().db.read().await?;
            (
                web_push::get(&mut tx, node).await?,
                web_push::get(&mut tx, renewed).await?,
                web_push::asked_since(&mut tx, now.plus_seconds(-3_600)).await?,
            )
        };
        let Some(before) = before.filter(|row| row.confirmed_at.is_some()) else {
            return Ok(());
        };
        let is_own = |row: &BrowserRow| {
            row.visitor == before.visitor && is_same(&row.auth, &to.auth) && row.point == to.point
        };
        if there.as_ref().is_some_and(|there| !is_own(there)) {
            return Ok(());
        }
        if in_an_hour >= ASKED_AN_HOUR_MOST {
            return Err(Error::TooOften {
                retry_after_s: 3_600,
            });
        }
        let row = BrowserRow {
            node: renewed,
            endpoint: to.endpoint,
            point: to.point,
            auth: to.auth,
            asked_at: now,
            ..before
        };
        // First that the visitor's browser is another one now: then what they said counts for it.
        let mut event = self.allowed_event(&row, name);
        event.name = CompactString::const_new("Notifications Renewed");
        event.message_id = CompactString::from(format!("push-renewed-{node}-{renewed}"));
        event.id = self.key().event_id(event.source, &event.message_id);
        self.decide_all(vec![event]).await?;
        let mut tx = self.shared().db.begin().await?;
        web_push::put(&mut tx, &row).await?;
        if renewed != node {
            web_push::remove(&mut tx, node).await?;
        }
        Ok(tx.commit().await?)
    }
}
