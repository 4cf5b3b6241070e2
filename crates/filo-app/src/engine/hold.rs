//! A moment of the workspace that is kept while it is copied.
//!
//! **Invariant:** the tables of the transaction, the rows of the log behind them and the files
//! of the lake belong to one moment: it is handed out while no checkpoint is being written, and
//! only checkpoints move the position or the list of files. Until the hold is let go of, no row
//! of the log is dropped and no file is deleted. It ends with whoever holds it, however that
//! ends: letting go is a drop, not a message.

use std::sync::Arc;

use anyhow::ensure;
use filo_lake::Held;
use filo_store::position::{self, Position};
use filo_store::{Tx, lake_file};

use super::run::Engine;

/// A moment that is kept.
#[derive(Debug)]
pub(crate) struct Hold {
    /// Sees the tables as they were.
    pub(crate) tx: Tx<'static>,
    pub(crate) position: Position,
    pub(crate) files: Held,
    /// Keeps the log's rows; dropped as soon as they are copied.
    pub(crate) log: Arc<()>,
}

impl Engine {
    /// Answers those who wait for such a moment, if this is one.
    pub(crate) async fn hand_out_holds(&mut self) {
        if self.saving.is_some() {
            return;
        }
        for answer in std::mem::take(&mut self.holding) {
            // Who asked may have given up; then it is let go of at once.
            drop(answer.send(self.hold().await));
        }
    }

    async fn hold(&self) -> anyhow::Result<Hold> {
        let log = Arc::clone(&self.shared.log_hold);
        let files = self.shared.lake.hold();
        let mut tx = self.shared.db.read().await?;
        // The first look is what fixes the moment.
        let position = position::load(&mut tx).await?;
        let listed = lake_file::list(&mut tx).await?;
        let mut listed: Vec<String> = listed.into_iter().map(|file| file.name).collect();
        let mut held = files.listed();
        listed.sort_unstable();
        held.sort_unstable();
        ensure!(
            listed == held,
            "the list of the lake's files is not the one in use"
        );
        Ok(Hold {
            tx,
            position,
            files,
            log,
        })
    }
}
