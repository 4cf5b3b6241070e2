//! Somebody follows a link of a mail, or fetches its picture: they are led on at once, and that
//! they came is taken down.
//!
//! **Invariant:** it leads where the mail led, and nowhere else; a token that is not ours leads
//! nowhere.
//! **Invariant:** whatever becomes of the taking down, who came is led on.

use std::net::IpAddr;

use filo_core::id::MessageId;
use filo_core::time::Timestamp;
use filo_core::tracking::{Mode, Token, WINDOW_SECONDS, can_be_followed, is_machine};
use filo_store::tracking::{self, HitRow, LinkRow};

use super::setting::stored;
use crate::app::App;
use crate::error::Result;

/// Hits that are taken down within a window; nothing honest makes more, and a flood fills no disk.
const TAKEN_MOST: u32 = 50_000;

/// Who comes.
#[derive(Debug, Clone, Default)]
pub struct Follower {
    /// What their program calls itself.
    pub user_agent: String,
    /// From where: told apart by it for a quarter of an hour, and never written down.
    pub address: Option<IpAddr>,
    /// They do not want to be known (GPC, DNT).
    pub refuses: bool,
    /// It is only a look ahead: it counts for nothing.
    pub is_ahead: bool,
}

impl App {
    /// Where a link of a mail leads; nothing if it is none of ours.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn follow_link(&self, token: &str, who: &Follower) -> Result<Option<String>> {
        let Some((token, link)) = self.link_of(token).await? else {
            return Ok(None);
        };
        if !can_be_followed(&link.url) {
            return Ok(None);
        }
        self.take_hit(token, &link, who).await;
        Ok(Some(link.url))
    }

    /// The picture of a mail was fetched.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn see_open(&self, token: &str, who: &Follower) -> Result<()> {
        if let Some((token, link)) = self.link_of(token).await?
            && link.url.is_empty()
        {
            self.take_hit(token, &link, who).await;
        }
        Ok(())
    }

    async fn link_of(&self, token: &str) -> Result<Option<(Token, LinkRow)>> {
        let Some(token) = self.token(token) else {
            return Ok(None);
        };
        let mut tx = self.shared().db.read().await?;
        let link = tracking::link(&mut tx, token.link).await?;
        Ok(link.map(|link| (token, link)))
    }

    /// Takes down that somebody came, where that is to be counted.
    async fn take_hit(&self, token: Token, link: &LinkRow, who: &Follower) {
        if who.is_ahead || !self.clicks().has_room(self.now()) {
            return;
        }
        match self.try_take_hit(token, link, who).await {
            Ok(()) => {}
            Err(error) => tracing::warn!(%error, "a click could not be taken down"),
        }
    }

    async fn try_take_hit(&self, token: Token, link: &LinkRow, who: &Follower) -> Result<()> {
        let message = {
            let mut tx = self.shared().db.read().await?;
            let tracking = stored(&mut tx).await?.tracking;
            if tracking.mode == Mode::Off || (link.url.is_empty() && !tracking.counts_opens) {
                return Ok(());
            }
            let may = tracking.mode == Mode::Individual && !who.refuses;
            match token.message.filter(|_| may) {
                // Of who was forgotten there is no message.
                Some(id) => tracking::owner(&mut tx, id).await?.map(|_| id),
                None => None,
            }
        };
        let row = HitRow {
            link: link.id,
            sender: self.sender(link, message, who),
            is_machine: is_machine(&who.user_agent),
            message,
            at: self.now(),
        };
        let mut tx = self.shared().db.begin().await?;
        tracking::take(&mut tx, &row).await?;
        tx.commit().await?;
        self.clicks().changed.notify_one();
        Ok(())
    }

    /// What tells readers of a mail apart, and leads back to none of them.
    fn sender(&self, link: &LinkRow, message: Option<MessageId>, who: &Follower) -> [u8; 16] {
        let salt = self.clicks().salt.get_or_init(|| self.chance().secret());
        let mut hasher = blake3::Hasher::new_keyed(salt);
        hasher.update(&link.of.journey.to_bytes());
        hasher.update(&link.of.piece.to_bytes());
        hasher.update(&message.unwrap_or(MessageId(0)).to_bytes());
        let address = who.address.map(|it| it.to_string()).unwrap_or_default();
        for text in [&link.of.step, &address, &who.user_agent] {
            hasher.update(&(text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        let mut sender = [0; 16];
        sender.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        sender
    }
}

impl super::Clicks {
    /// Whether one more may be taken down in this window.
    fn has_room(&self, now: Timestamp) -> bool {
        let mut taken = self.taken.lock();
        if now > taken.0.plus_seconds(WINDOW_SECONDS) {
            *taken = (now, 0);
        }
        taken.1 = taken.1.saturating_add(1);
        taken.1 <= TAKEN_MOST
    }
}
