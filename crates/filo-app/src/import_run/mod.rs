//! Bringing a file in, from its arrival to taking it out again: each file is a row that goes from
//! draft over a dry run to done, and back to undone.
//!
//! **Invariant:** a run is known by its source and its `received_at`, which no other run has, so
//! taking it out again finds exactly its events.
//! **Invariant:** what is personal of a file stands in the folder of imports alone (see `folder`).

mod counts;
mod doubt;
mod draft;
mod folder;
mod keeping;
mod known;
mod pass;
mod people;
mod rejected;
mod running;
mod source;
mod starting;
mod trial;
mod undo;
mod upload;
mod view;
mod whole;

use filo_core::id::ImportId;
use filo_store::import_run::{self, ImportRow};

use crate::app::App;
use crate::error::{Error, Result};

pub use counts::{Change, Counts, Example, RejectedRow, Report, RowOutcome};
pub use filo_store::import_run::{Cursor as ImportCursor, ImportRow as ImportRun, ImportState};
pub(crate) use keeping::Arriving;
pub use keeping::{FILE_DAYS, goes_at};
pub use people::Touched;
pub(crate) use running::bring_in;
use running::standing_of;
pub(crate) use trial::try_out;
pub use undo::UndoPreview;
pub(crate) use undo::take_out;
pub use upload::{FILE_BYTES_MOST, Upload};
pub use view::ImportView;
pub use whole::{WholeImport, mapping};

/// A page of the list.
const LIMIT_MOST: usize = 201;

/// What a job about an import is told.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct Parameters {
    import: ImportId,
}

impl App {
    /// A page of files that were brought, the newest first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn imports(
        &self,
        behind: Option<ImportCursor>,
        limit: usize,
    ) -> Result<Vec<ImportRow>> {
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        Ok(import_run::list(&mut tx, behind, limit).await?)
    }

    async fn import_row(&self, id: ImportId) -> Result<ImportRow> {
        let mut tx = self.shared().db.read().await?;
        let found = import_run::get(&mut tx, id).await?;
        found.ok_or(Error::Missing("import"))
    }

    /// Changes a row as it stands now, and saves it.
    async fn change_import(
        &self,
        id: ImportId,
        change: impl FnOnce(&mut ImportRow) + Send,
    ) -> Result<ImportRow> {
        let mut tx = self.shared().db.begin().await?;
        let found = import_run::get(&mut tx, id).await?;
        let mut row = found.ok_or(Error::Missing("import"))?;
        change(&mut row);
        import_run::save(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// The file itself.
    fn file_of(&self, row: &ImportRow) -> Result<std::path::PathBuf> {
        let place = folder::path(&self.config().imports, row.id, folder::Part::File);
        if row.file_gone_at.is_some() {
            return Err(Error::Conflict(format!(
                "the file was deleted after {FILE_DAYS} days: bring it once more"
            )));
        }
        if !place.exists() {
            return Err(Error::Conflict(
                "the file is not on this machine: bring it once more".to_owned(),
            ));
        }
        Ok(place)
    }
}
