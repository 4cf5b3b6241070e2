//! The company's side as it stands: its rules, purposes, voice and pieces, and what seals its
//! links; read once for messages that go to the gate together.

use std::collections::HashMap;
use std::sync::Arc;

use filo_core::channel::Account;
use filo_core::consent::purpose::Purposes;
use filo_core::content::Links;
use filo_core::content::voice::Voice;
use filo_core::id::{NodeId, PieceId};
use filo_core::message::Medium;
use filo_core::message::policy::Policy;
use filo_core::tracking::Tracking;
use tokio::sync::Mutex;

use super::approving::Approvals;
use super::policy;
use crate::app::App;
use crate::consent::{Link, Sealer, purposes_of};
use crate::content::Script;
use crate::error::Result;
use crate::mail::Warming;
use crate::tracking;

/// The company's side.
pub(super) struct Standing {
    /// Up to where the log had been applied before it was read.
    pub(super) applied: i64,
    pub(super) policy: Policy,
    /// The domain that is being warmed up.
    pub(super) warming: Option<Warming>,
    pub(super) purposes: Arc<Purposes>,
    /// Where somebody is to whom something is to be shown now.
    pub(super) there: Option<NodeId>,
    /// What is seen of links and pictures.
    pub(super) tracking: Tracking,
    voice: Voice,
    sealer: Sealer,
    /// The company's bot of Telegram.
    bot: Option<Account>,
    scripts: Mutex<HashMap<PieceId, Arc<Script>>>,
    pub(super) approvals: Mutex<Approvals>,
}

impl Standing {
    /// The same for somebody who is there, or is not.
    pub(super) fn where_they_are(mut self, there: Option<NodeId>) -> Self {
        self.there = there;
        self
    }

    /// The address of a link.
    pub(super) fn url(&self, app: &App, link: &Link) -> String {
        self.sealer.url(link, app.chance())
    }

    /// Where the links of a piece lead for somebody: those that the company named, the company's
    /// bot, and the way out.
    pub(super) fn links(
        &self,
        app: &App,
        person: NodeId,
        (preferences, unsubscribe): (&str, &str),
    ) -> Links {
        let mut links = self.voice.links.clone();
        if let Some(bot) = &self.bot {
            links.insert("telegram".to_owned(), app.bot_link(person, bot));
        }
        links.insert("preferences".to_owned(), preferences.to_owned());
        links.insert("unsubscribe".to_owned(), unsubscribe.to_owned());
        links
    }

    /// What a piece says.
    ///
    /// # Errors
    /// If there is none.
    pub(super) async fn script(&self, app: &App, piece: PieceId) -> Result<Arc<Script>> {
        let mut scripts = self.scripts.lock().await;
        if let Some(script) = scripts.get(&piece) {
            return Ok(Arc::clone(script));
        }
        let script = Arc::new(app.script(piece).await?);
        scripts.insert(piece, Arc::clone(&script));
        Ok(script)
    }
}

impl App {
    /// Reads the company's side, once everything that was accepted up to now counts.
    pub(super) async fn standing(&self) -> Result<Standing> {
        let applied = self.catch_up_with_log().await?;
        let sealer = self.sealer().await?;
        let voice = self.voice().await?.voice;
        let bot = self.channel_account(Medium::Telegram).await?;
        let mut tx = self.shared().db.read().await?;
        Ok(Standing {
            applied,
            policy: policy::stored(&mut tx).await?.policy,
            warming: self.warming(&mut tx).await?,
            purposes: Arc::new(purposes_of(&mut tx).await?),
            there: None,
            tracking: tracking::stored(&mut tx).await?.tracking,
            voice,
            sealer,
            bot,
            scripts: Mutex::default(),
            approvals: Mutex::default(),
        })
    }
}
