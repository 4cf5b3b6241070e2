//! Personas: looking for kinds of customers, putting what was found in force and taking it out
//! again, giving names.
//!
//! **Invariant:** nothing is in force that no person has put there; whoever goes back gets what
//! was in force before, with its names.

mod deciding;
mod listing;
mod membership;
mod seeking;

pub use deciding::PersonaNaming;
pub(crate) use listing::persona_labels;
pub use listing::{Overview, PersonaLabel, PersonaView, RunState, RunView};
pub use membership::PersonaMembership;
pub use seeking::PEOPLE_MOST;
pub(crate) use seeking::seek;

use filo_core::persona::Document;
use filo_store::persona::PersonaRunRow;

use crate::error::Result;

/// Letters of a name.
pub const NAME_CHARS_MOST: usize = 80;
/// Letters of a note.
pub const NOTE_CHARS_MOST: usize = 500;

/// What a search found; nothing until it has ended.
pub(crate) fn document_of(row: &PersonaRunRow) -> Result<Option<Document>> {
    if row.document.is_empty() {
        return Ok(None);
    }
    let unreadable = |fault| anyhow::anyhow!("what {} found cannot be read: {fault}", row.id);
    Ok(Some(
        Document::from_json(&row.document).map_err(unreadable)?,
    ))
}
