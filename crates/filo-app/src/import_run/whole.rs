//! A file brought in from beginning to end by one call, step by step as a person does it: for
//! commands, which have nobody to ask in between.
//!
//! **Invariant:** what a call brings in stands in the list of imports and can be taken out again;
//! a dry one leaves nothing there.

use std::path::{Path, PathBuf};
use std::time::Duration;

use filo_core::event::Channel;
use filo_core::id::ImportId;
use tokio::io::AsyncReadExt;

use super::ImportView;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};
use crate::import::{Column, Plan, Subject, Target};

/// Bytes that are copied at once.
const PIECE_BYTES: usize = 64 * 1024;
/// How long is waited before looking again: another node may be at work.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What is asked about a file.
#[derive(Debug, Clone)]
pub struct WholeImport {
    /// What it is about.
    pub subject: Subject,
    /// Which header is what, where it is not recognised.
    pub mapping: Vec<(Target, String)>,
    /// The zone of times that do not say theirs; the usual one if absent.
    pub zone: Option<String>,
    /// The currency of orders that do not say theirs; the company's if absent.
    pub currency: Option<String>,
    /// Where orders and events happened; the company's systems if absent.
    pub channel: Option<Channel>,
    /// Read and report, write nothing.
    pub is_dry: bool,
    /// Where the rejected rows are written.
    pub errors: Option<PathBuf>,
}

impl WholeImport {
    /// A file about this, read as it is recognised.
    #[must_use]
    pub const fn of(subject: Subject) -> Self {
        Self {
            subject,
            mapping: Vec::new(),
            zone: None,
            currency: None,
            channel: None,
            is_dry: false,
            errors: None,
        }
    }
}

/// Which header is what, given by hand: `email=Mail,order_id=InvoiceNo`. The columns of orders
/// need no `order:` before them.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn mapping(text: &str) -> Result<Vec<(Target, String)>> {
    let pairs = text.split(',').filter(|pair| !pair.trim().is_empty());
    let read = |pair: &str| {
        let (word, header) = pair.split_once('=').ok_or_else(|| {
            Error::invalid(
                "map",
                format!("`{pair}`: write column=Header, as in email=Mail"),
            )
        })?;
        let word = word.trim();
        let of_order = Column::from_word(word).map(|column| match column.kind() {
            Some(kind) => Target::Identifier(kind),
            None => Target::Order(column),
        });
        let target = of_order.map_or_else(|| word.parse(), Ok);
        let target = target.map_err(|reason: String| Error::invalid("map", reason))?;
        Ok((target, header.trim().to_owned()))
    };
    pairs.map(read).collect()
}

impl App {
    /// Brings a file in, or tries it, and waits until it is done.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the file or what was asked cannot be used; what came before the fault
    /// is then already in, and is in the list.
    pub async fn import_whole(
        &self,
        actor: &Actor,
        file: &Path,
        asked: &WholeImport,
    ) -> Result<ImportView> {
        let id = self.upload_from(actor, file, asked.subject).await?;
        let done = self.go_whole_way(actor, id, asked).await;
        let begun = self.import_view(actor, id).await?.row.received_at;
        // Nothing was brought in: nobody needs to see it in the list.
        if begun.is_none() {
            self.discard_import(actor, id).await?;
        }
        done
    }

    async fn go_whole_way(
        &self,
        actor: &Actor,
        id: ImportId,
        asked: &WholeImport,
    ) -> Result<ImportView> {
        let mut plan = self.import_view(actor, id).await?.plan;
        map(&mut plan, &asked.mapping)?;
        if let Some(zone) = &asked.zone {
            plan.zone.clone_from(zone);
        }
        plan.currency = asked.currency.clone().or(plan.currency);
        plan.channel = asked.channel.or(plan.channel);
        self.plan_import(actor, id, plan).await?;
        if asked.is_dry {
            self.try_import(actor, id).await?;
        } else {
            self.start_import(actor, id).await?;
        }
        let view = loop {
            let view = self.import_view(actor, id).await?;
            if !view.row.state.is_busy() {
                break view;
            }
            // On a node that only follows, the worker has nothing to say.
            let idle = tokio::time::timeout(LOOK_EVERY, self.jobs_idle()).await;
            drop(idle);
        };
        if let Some(failure) = &view.row.failure {
            return Err(Error::invalid("file", failure.clone()));
        }
        if let Some(errors) = &asked.errors {
            self.copy_rejected(actor, id, errors).await?;
        }
        Ok(view)
    }

    async fn upload_from(&self, actor: &Actor, file: &Path, subject: Subject) -> Result<ImportId> {
        let unreadable = |error: std::io::Error| {
            let reason = format!("{} cannot be read: {error}", file.display());
            Error::invalid("file", reason)
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut bytes = tokio::fs::File::open(file).await.map_err(unreadable)?;
        let mut upload = self.begin_upload(actor, &name).await?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match bytes.read(&mut piece).await.map_err(unreadable)? {
                0 => break,
                count => upload.write(piece.get(..count).unwrap_or_default()).await?,
            }
        }
        let said = (None, Some(subject));
        Ok(self.finish_upload(actor, upload, said).await?.id)
    }

    async fn copy_rejected(&self, actor: &Actor, id: ImportId, to: &Path) -> Result<()> {
        let unwritable = |error: std::io::Error| {
            let reason = format!("{} cannot be written: {error}", to.display());
            Error::invalid("errors", reason)
        };
        let mut file = tokio::fs::File::create(to).await.map_err(unwritable)?;
        let mut rejected = match self.rejected_lines(actor, id).await {
            Ok((_, rejected)) => rejected,
            Err(Error::Missing(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let copied = tokio::io::copy(&mut rejected, &mut file).await;
        copied.map_err(unwritable)?;
        file.sync_all().await.map_err(unwritable)
    }
}

/// Gives columns the meaning that somebody says, and takes it from those that had it.
fn map(plan: &mut Plan, mapping: &[(Target, String)]) -> Result<()> {
    for (target, header) in mapping {
        let Some(place) = plan.columns.iter().position(|it| it.header == *header) else {
            let known: Vec<&str> = plan.columns.iter().map(|it| it.header.as_str()).collect();
            let known = known.join(", ");
            let reason = format!("there is no header `{header}`; the file has {known}");
            return Err(Error::invalid("map", reason));
        };
        for (other, column) in plan.columns.iter_mut().enumerate() {
            if other == place {
                column.target = target.clone();
            } else if column.target == *target && !target.may_repeat() {
                column.target = Target::Ignore;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_by_hand_is_read_or_says_what_is_wrong() {
        let found = mapping("order_id=Doc, price=P.U.,email=Mail,trait:city=Comune").unwrap();
        let expected = [
            (Target::Order(Column::Order), "Doc"),
            (Target::Order(Column::Price), "P.U."),
            (Target::Identifier(filo_core::identity::Kind::Email), "Mail"),
            (Target::Trait("city".to_owned()), "Comune"),
        ];
        assert_eq!(found, expected.map(|(it, header)| (it, header.to_owned())));
        for wrong in ["Doc", "nothing=Doc"] {
            assert!(mapping(wrong).is_err(), "{wrong}");
        }
    }
}
