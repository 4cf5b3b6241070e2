//! Taking events out of files that are written already, or putting others in their place.
//!
//! **Invariant:** what is kept stays in its order, under its id and in its month; the run of ids
//! of the new file holds exactly the ids of its events, so an event that was taken out can come
//! in again.

use std::path::Path;
use std::sync::Arc;

use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::file::{LakeFile, month_of};
use crate::lake::Lake;
use crate::opened::Opened;
use crate::options::Options;
use crate::scan::Scan;
use crate::writing::{Month, Origin};
use crate::{compaction, timeline};

/// What becomes of an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It stays as it is.
    Keep,
    /// It was never there.
    Drop,
    /// Another event of the same thread, time and id stands in its place.
    Replace(Box<Event>),
}

impl Lake {
    /// Shows every event of the files that may hold what is looked for (of some threads, if any
    /// are named, and of a month of receipt), and names the files in which `found` said yes.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn search(
        &self,
        threads: Option<&[NodeId]>,
        month: Option<Timestamp>,
        found: &mut dyn FnMut(&Event) -> bool,
    ) -> Result<Vec<LakeFile>> {
        let month = month.map(month_of);
        let mut holding = Vec::new();
        for file in self.files().iter() {
            if month.is_some_and(|month| month != file.file.month) {
                continue;
            }
            let mut holds = false;
            match threads {
                Some(threads) => {
                    for event in timeline::all(file, &self.key(), threads)? {
                        holds |= found(&event);
                    }
                }
                None => {
                    for event in Scan::whole(file, &self.key())? {
                        holds |= found(&event?);
                    }
                }
            }
            if holds {
                holding.push(file.file.clone());
            }
        }
        Ok(holding)
    }

    /// Writes files anew without some of their events, or with others in their place. To be
    /// published by the caller with the inputs as removed.
    ///
    /// # Errors
    /// If an input is not in use or cannot be read, or the disk refuses.
    pub fn rewrite(
        &self,
        inputs: &[LakeFile],
        serial: u64,
        fate: &mut dyn FnMut(&Event) -> Fate,
    ) -> Result<Vec<LakeFile>> {
        let files = self.files();
        let mut written = Vec::new();
        for input in compaction::inputs(&files, inputs)? {
            let rewritten = rewrite(self.writing(), &self.key(), &input, serial, fate)?;
            written.extend(rewritten);
        }
        self.prepare(&written)?;
        Ok(written)
    }
}

/// Writes one file anew; nothing if no event of it is left.
fn rewrite(
    (root, options): (&Path, &Options),
    key: &WorkspaceKey,
    input: &Arc<Opened>,
    serial: u64,
    fate: &mut dyn FnMut(&Event) -> Fate,
) -> Result<Option<LakeFile>> {
    let old = &input.file;
    let origin = Origin {
        level: old.level,
        month: old.month,
        seqs: (old.first_seq, old.last_seq),
        serial,
    };
    let mut written: Option<Month> = None;
    for event in Scan::whole(input, key)? {
        let event = event?;
        let event = match fate(&event) {
            Fate::Keep => event,
            Fate::Drop => continue,
            Fate::Replace(other) => *other,
        };
        let file = match &mut written {
            Some(file) => file,
            fresh => fresh.insert(Month::create(root, options, origin)?),
        };
        file.push(event)?;
    }
    written.map(|file| file.finish(root)).transpose()
}
