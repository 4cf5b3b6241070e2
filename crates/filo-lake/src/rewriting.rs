//! Taking events out of files that are written already, or putting others in their place.
//!
//! **Invariant:** what is kept stays in its order, under its id and in its month; the run of ids
//! of the new file holds exactly the ids of its events, so an event that was taken out can come
//! in again.

use std::path::Path;
use std::sync::Arc;

use filo_core::event::Event;
use filo_core::id::{NodeId, WorkspaceKey};

use crate::error::Result;
use crate::file::LakeFile;
use crate::opened::Opened;
use crate::options::Options;
use crate::scan::{Scan, batch_rows};
use crate::schema::Column;
use crate::writing::{Month, Origin};

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

/// Events of one file, one after the other.
pub(crate) fn every_event(file: &Arc<Opened>, key: &WorkspaceKey) -> Result<Scan> {
    let everyone = (NodeId(0), NodeId(u128::MAX));
    Scan::open(file, key, &Column::ALL, everyone, batch_rows(1))
}

/// Writes one file anew; nothing if no event of it is left.
pub(crate) fn rewrite(
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
    for event in every_event(input, key)? {
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
