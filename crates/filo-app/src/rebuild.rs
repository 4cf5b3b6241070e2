//! Verifying the store, and working the state out anew from the events.

use filo_core::audit::{Act, Token};
use tokio::sync::oneshot;

use crate::actor::Actor;
use crate::app::App;
use crate::checking::{CheckReport, Ground, state_hash};
use crate::engine::Input;
use crate::error::{Error, Result};

/// How a rebuild went.
#[derive(Debug, Clone, Copy)]
pub struct RebuildReport {
    /// Hash of the state before.
    pub before: u128,
    /// Hash of the state after: the same, unless a rule or a fault changed something.
    pub after: u128,
    /// Customers after.
    pub customers: u64,
}

impl App {
    /// A hash over who is who and every profile: equal states have equal hashes.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn state_hash(&self) -> Result<u128> {
        self.settle().await?;
        state_hash(&mut self.shared().db.read().await?).await
    }

    /// Reads everything once and says what is wrong.
    ///
    /// # Errors
    /// If the tables cannot be read at all.
    pub async fn check(&self) -> Result<CheckReport> {
        self.settle().await?;
        let shared = self.shared();
        let ground = Ground {
            db: &shared.db,
            lake: &shared.lake,
            key: shared.key,
        };
        ground.check().await
    }

    /// Forgets who is who and works it out anew from every event of lake and log.
    ///
    /// # Errors
    /// If a file or row cannot be read; what was cut off is begun again at the next start.
    pub async fn rebuild(&self) -> Result<RebuildReport> {
        let operator = Actor::operator();
        let begun = operator.did(Act::RebuildBegun, self.now());
        self.write_down(&begun).await?;
        let before = self.state_hash().await?;
        let (answer, done) = oneshot::channel();
        let stopped = || Error::Internal(anyhow::anyhow!("the engine has stopped"));
        let ask = self.tell_engine();
        ask.send(Input::Rebuild(answer))
            .await
            .map_err(|_closed| stopped())?;
        done.await.map_err(|_closed| stopped())?;
        let after = self.state_hash().await?;
        let same = Token::word(if before == after { "yes" } else { "no" });
        let rebuilt = operator.did(Act::Rebuilt, self.now()).with("same", same);
        self.write_down(&rebuilt).await?;
        Ok(RebuildReport {
            before,
            after,
            customers: self.customer_count().await?,
        })
    }
}
