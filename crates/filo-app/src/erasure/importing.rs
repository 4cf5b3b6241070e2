//! Files that are brought in, and people who were forgotten.
//!
//! **Invariant (I13):** a line of a file without a date of its own brings nobody back: whoever
//! keeps old lists would undo what was promised. Who has come back by themselves is brought up to
//! date like anybody else.

use std::collections::BTreeSet;
use std::path::PathBuf;

use filo_core::event::Event;
use filo_core::id::ImportId;
use filo_core::identity::nodes_of;
use filo_core::privacy::{Buried, door};
use filo_core::time::Timestamp;

use super::Wanted;
use crate::app::App;
use crate::error::{Error, Result};

/// How a workbook begins: it is packed, and no word can be looked for in it.
const PACKED: &[u8] = b"PK\x03\x04";

impl App {
    /// Events of a file without those that would bring a forgotten person back. What has no date
    /// of its own carries a time from `undated_from` on.
    pub(crate) async fn without_forgotten(
        &self,
        events: Vec<Event>,
        undated_from: Timestamp,
    ) -> Result<Vec<Event>> {
        let shared = self.shared();
        let mut left = Vec::with_capacity(events.len());
        for event in events {
            let nodes = nodes_of(&event, &shared.key);
            let buried = shared.tombstones.buried_of(&nodes);
            if buried.is_empty() || event.at < undated_from {
                left.push(event);
                continue;
            }
            let back = self.with_components(&buried, |live| {
                let is_back = buried.iter().any(|node| live.nodes.contains_key(node));
                is_back.then_some(())
            });
            if back.await?.is_some() {
                left.push(event);
                continue;
            }
            let forgotten_at = |node| buried.contains(&node).then_some(Timestamp::MAX);
            match door(event, &nodes, forgotten_at) {
                Buried::No(event) | Buried::Named(event) => left.push(event),
                Buried::Yes => shared.tombstones.count_one(),
            }
        }
        Ok(left)
    }

    /// The imports whose files speak of somebody, as far as that can be seen: a workbook is packed,
    /// so it is taken to.
    pub(crate) async fn imports_about(&self, wanted: Wanted) -> Result<BTreeSet<ImportId>> {
        let files = self.import_files().await?;
        let naming = move || naming(&files, &wanted);
        let found = tokio::task::spawn_blocking(naming).await;
        Ok(found.map_err(anyhow::Error::from)??)
    }

    /// Lets the files go that speak of somebody.
    pub(crate) async fn forget_in_imports(&self, wanted: Wanted) -> Result<u64> {
        let found = self.imports_about(wanted).await?;
        if found.is_empty() {
            return Ok(0);
        }
        if !self.let_files_of_go(&found).await? {
            let why =
                "a file that speaks of this person is being imported: try again when it is done";
            return Err(Error::Conflict(why.to_owned()));
        }
        Ok(found.len() as u64)
    }
}

fn naming(files: &[(ImportId, PathBuf)], wanted: &Wanted) -> anyhow::Result<BTreeSet<ImportId>> {
    let mut found = BTreeSet::new();
    for (id, place) in files {
        let bytes = match std::fs::read(place) {
            Ok(bytes) => bytes,
            // It has gone meanwhile.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error.into()),
        };
        if bytes.starts_with(PACKED) || wanted.is_named_in(&String::from_utf8_lossy(&bytes)) {
            found.insert(*id);
        }
    }
    Ok(found)
}
