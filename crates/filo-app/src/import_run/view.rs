//! An import as every page and answer shows it.

use filo_core::access::Right;
use filo_core::id::ImportId;
use filo_core::time::Timestamp;
use filo_store::import_run::{self, ImportRow, ImportState};

use super::counts::{Counts, Report};
use super::folder::{self, Part};
use super::starting::{is_left_alone, state_at_rest};
use super::{goes_at, standing_of};
use crate::actor::Actor;
use crate::app::App;
use crate::customer_list::ListView;
use crate::error::{Error, Result};
use crate::import::{Inspection, Plan};
use crate::job::Progress;

/// Everything about an import at one look.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The row.
    pub row: ImportRow,
    /// What was recognised in the file, with samples; none once the file is gone, or for who may
    /// not see what is personal.
    pub seen: Option<Inspection>,
    /// What the columns mean.
    pub plan: Plan,
    /// What the dry run counted.
    pub trial: Option<Counts>,
    /// What was counted while it was brought in.
    pub counts: Option<Counts>,
    /// Examples; empty once the file is gone, or for who may not see what is personal.
    pub report: Report,
    /// How far what is being done with it is.
    pub progress: Option<Progress>,
    /// When the same file was brought in before and not taken out.
    pub before: Option<Timestamp>,
    /// When the file goes, while it is there.
    pub goes_at: Option<Timestamp>,
    /// The lists in use, by name: everybody in the file can be put on one.
    pub lists: Vec<ListView>,
}

impl App {
    /// Everything about an import.
    ///
    /// # Errors
    /// If the actor may not import, or there is none.
    pub async fn import_view(&self, actor: &Actor, id: ImportId) -> Result<ImportView> {
        actor.must(Right::ImportPeople)?;
        let mut row = self.import_row(id).await?;
        if row.state.is_busy() && self.is_left_alone(&row).await? {
            // The job may have said so in the row between the two looks.
            row = self.import_row(id).await?;
            row.state = state_at_rest(row.state);
        }
        let before = self.brought_before(&row).await?;
        let progress = match row.job.filter(|_| row.state.is_busy()) {
            Some(job) => Some(self.job(job).await?.1),
            None => None,
        };
        let sees = actor.may(Right::SeePersonalData) && row.file_gone_at.is_none();
        let place = self.config().imports.clone();
        let read = move || -> anyhow::Result<(Option<Inspection>, Option<Report>)> {
            let seen = folder::read(&place, id, Part::Seen)?;
            Ok((seen, folder::read(&place, id, Part::Report)?))
        };
        let (seen, report) = if sees {
            tokio::task::spawn_blocking(read)
                .await
                .map_err(anyhow::Error::from)??
        } else {
            (None, None)
        };
        let counted = |text: &Option<String>| -> Result<Option<Counts>> {
            let text = text.as_deref().map(serde_json::from_str).transpose();
            Ok(text.map_err(anyhow::Error::from)?)
        };
        let counts = match row.received_at {
            Some(_) => Some(standing_of(self, &row)?.settled),
            None => None,
        };
        let lists = self.lists().await?;
        Ok(ImportView {
            seen,
            plan: serde_json::from_str(&row.plan).map_err(anyhow::Error::from)?,
            trial: counted(&row.trial)?,
            counts,
            report: report.unwrap_or_default(),
            progress,
            before,
            lists: lists.into_iter().filter(|view| !view.is_away()).collect(),
            goes_at: row.file_gone_at.is_none().then(|| goes_at(&row)),
            row,
        })
    }

    async fn is_left_alone(&self, row: &ImportRow) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        is_left_alone(&mut tx, row).await
    }

    /// When the very same file was brought in before this one, and stayed.
    async fn brought_before(&self, row: &ImportRow) -> Result<Option<Timestamp>> {
        let mut tx = self.shared().db.read().await?;
        let same = import_run::of_hash(&mut tx, &row.file_hash).await?;
        let stayed = same.iter().filter(|it| {
            it.id != row.id
                && it.state == ImportState::Done
                && row.begun_at.is_none_or(|begun| it.begun_at < Some(begun))
        });
        Ok(stayed.filter_map(|it| it.ended_at).max())
    }

    /// The file of lines that were not taken.
    ///
    /// # Errors
    /// If the actor may not see what is personal, or there is no such file.
    pub async fn rejected_lines(
        &self,
        actor: &Actor,
        id: ImportId,
    ) -> Result<(String, tokio::fs::File)> {
        actor.must(Right::ImportPeople)?;
        actor.must(Right::SeePersonalData)?;
        let row = self.import_row(id).await?;
        let place = folder::path(&self.config().imports, id, Part::Rejected);
        match tokio::fs::File::open(place).await {
            Ok(file) if !row.state.is_busy() => Ok((row.file_name, file)),
            Ok(_) => Err(Error::Conflict("wait until the file was read".to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(Error::Missing("file of rejected lines"))
            }
            Err(error) => Err(Error::Internal(error.into())),
        }
    }
}
