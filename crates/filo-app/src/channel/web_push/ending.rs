//! How it ends: the browser says that it wants no more, or its push service says that it is gone.
//!
//! **Invariant (I3):** what ended is on the suppression list before anybody is answered.

use compact_str::CompactString;
use filo_connect::channel::is_same;
use filo_connect::channel::web_push::Subscription;
use filo_core::consent::suppression::SuppressionReason;
use filo_core::event::Channel;
use filo_core::id::{CustomerId, NodeId};
use filo_store::web_push::{self, BrowserRow};
use serde_json::json;
use smallvec::SmallVec;

use super::identifier;
use crate::app::App;
use crate::error::Result;

impl App {
    /// The browser wants no more: whoever has its address and its secret is the browser. What is
    /// not known is left as it is.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn end_browser(&self, subscription: &str) -> Result<()> {
        let Some(said) = Subscription::parse(subscription) else {
            return Ok(());
        };
        let node = self.node_of_browser(&identifier(&said.endpoint));
        let known = {
            let mut tx = self.shared().db.read().await?;
            web_push::get(&mut tx, node).await?
        };
        let is_it = |row: &BrowserRow| is_same(&row.auth, &said.auth) && row.point == said.point;
        let Some(row) = known.filter(is_it) else {
            return Ok(());
        };
        if row.confirmed_at.is_some() {
            let gone = (SuppressionReason::HardBounce, "the browser wants no more");
            self.close_address(node, Channel::App, gone).await?;
            self.say_ended(&row, "browser").await?;
        }
        self.forget_browser(node).await
    }

    /// The push service knows the browser no more: somebody said no there, or it is gone. With the
    /// last browser of a person the yes ends.
    pub(in crate::channel) async fn browser_is_gone(&self, node: NodeId) -> Result<()> {
        let row = {
            let mut tx = self.shared().db.read().await?;
            web_push::get(&mut tx, node).await?
        };
        let Some(row) = row else {
            return Ok(());
        };
        self.forget_browser(node).await?;
        match self.has_browser(CustomerId::from(node)).await? {
            true => Ok(()),
            false => self.say_ended(&row, "push service").await,
        }
    }

    /// Whether a browser of somebody takes notifications.
    pub(crate) async fn has_browser(&self, customer: CustomerId) -> Result<bool> {
        let Some(view) = self.customer(customer).await? else {
            return Ok(false);
        };
        let mut tx = self.shared().db.read().await?;
        let known = web_push::of_nodes(&mut tx, &view.threads()).await?;
        Ok(known.iter().any(|row| row.confirmed_at.is_some()))
    }

    async fn say_ended(&self, row: &BrowserRow, how: &str) -> Result<()> {
        let mut event = self.browser_event(row, "no");
        event.name = CompactString::const_new("Consent Withdrawn");
        event.identifiers = SmallVec::from_iter([identifier(&row.endpoint)]);
        let properties = json!({ "purpose": "*", "channel": Channel::App.word(), "how": how });
        event.properties = properties.to_string().into();
        self.decide_all(vec![event]).await
    }

    async fn forget_browser(&self, node: NodeId) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        web_push::remove(&mut tx, node).await?;
        Ok(tx.commit().await?)
    }
}
