//! Notes beside figures: those of people, and what Filo itself did or was told to do.
//!
//! **Invariant:** what Filo did is read from the audit log and from promotions as they stand; it
//! is copied nowhere.

use filo_core::access::Right;
use filo_core::analysis::annotation::{Annotation, Happened};
use filo_core::analysis::metric::Window;
use filo_core::audit::{Act, Sealed};
use filo_core::content::Promotion;
use filo_core::id::{AnnotationId, ImportId, JourneyId};
use filo_core::time::Timestamp;
use filo_store::annotation;
pub use filo_store::annotation::AnnotationRow;
use filo_store::{Tx, audit, import_run, journey, promotion};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// Notes of a kind that are told at once.
const TOLD_MOST: u32 = 200;

/// A note, or something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotationView {
    /// The first day.
    pub first: Date,
    /// The last day; the first where it did not last.
    pub last: Date,
    /// What it is.
    pub told: Told,
}

/// Whose word it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A person wrote it.
    Written(AnnotationRow),
    /// Filo did it, or was told to.
    Happened {
        /// What.
        what: Happened,
        /// What it is called: a journey, a promotion, a file.
        name: String,
        /// Where it is seen in the console.
        address: String,
    },
}

impl AnnotationView {
    fn written(row: AnnotationRow) -> Result<Self> {
        let day = |text: &str| text.parse::<Date>().map_err(anyhow::Error::from);
        Ok(Self {
            first: day(&row.first_day)?,
            last: day(&row.last_day)?,
            told: Told::Written(row),
        })
    }
}

impl App {
    /// Notes and what happened from a day to another, the latest first.
    ///
    /// # Errors
    /// If the actor may not see figures, or the tables cannot be read.
    pub async fn annotations(
        &self,
        actor: &Actor,
        (first, last): (Date, Date),
    ) -> Result<Vec<AnnotationView>> {
        actor.must(Right::SeeFigures)?;
        let mut tx = self.shared().db.read().await?;
        let mut found = Vec::new();
        let days = (first.to_string(), last.to_string());
        for row in annotation::between(&mut tx, (&days.0, &days.1), TOLD_MOST).await? {
            found.push(AnnotationView::written(row)?);
        }
        self.happened(&mut tx, (first, last), &mut found).await?;
        found.sort_by(|one, other| {
            let key = |it: &AnnotationView| (it.first, matches!(it.told, Told::Written(_)));
            key(other).cmp(&key(one))
        });
        Ok(found)
    }

    /// Those that touch any of these windows, of everything from the first to the last day.
    pub(crate) async fn annotations_of(&self, windows: &[Window]) -> Result<Vec<AnnotationView>> {
        let days = windows.iter().map(|it| it.first).min();
        let Some(days) = days.zip(windows.iter().map(|it| it.last).max()) else {
            return Ok(Vec::new());
        };
        let mut found = self.annotations(&Actor::operator(), days).await?;
        found.retain(|it| windows.iter().any(|window| window.meets(it.first, it.last)));
        Ok(found)
    }

    /// One note, also if it was removed.
    ///
    /// # Errors
    /// If the actor may not see figures, or there is none.
    pub async fn annotation(&self, actor: &Actor, id: AnnotationId) -> Result<AnnotationRow> {
        actor.must(Right::SeeFigures)?;
        let mut tx = self.shared().db.read().await?;
        known(&mut tx, id).await
    }

    /// Writes a note.
    ///
    /// # Errors
    /// If the actor may not write notes or see figures, or a field is wrong.
    pub async fn annotate(&self, actor: &Actor, note: Annotation) -> Result<AnnotationRow> {
        may_annotate(actor)?;
        let note = checked(note)?;
        let now = self.now();
        let row = AnnotationRow {
            id: AnnotationId(self.spare_id()),
            first_day: note.first.to_string(),
            last_day: note.last.unwrap_or(note.first).to_string(),
            words: note.words,
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            removed_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        annotation::insert(&mut tx, &row).await?;
        let entry = actor.did(Act::AnnotationChanged, now).about(row.id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Changes a note, from the version that was read.
    ///
    /// # Errors
    /// As [`App::annotate`], if it was removed, or somebody else changed it meanwhile.
    pub async fn change_annotation(
        &self,
        actor: &Actor,
        (id, version): (AnnotationId, i64),
        note: Annotation,
    ) -> Result<AnnotationRow> {
        may_annotate(actor)?;
        let note = checked(note)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.removed_at.is_some() {
            return Err(Error::Missing("annotation"));
        }
        row.version = version;
        row.first_day = note.first.to_string();
        row.last_day = note.last.unwrap_or(note.first).to_string();
        row.words = note.words;
        self.save_annotation(tx, actor, row).await
    }

    /// Removes a note; it can be brought back.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn remove_annotation(
        &self,
        actor: &Actor,
        id: AnnotationId,
    ) -> Result<AnnotationRow> {
        self.set_annotation_removed(actor, id, true).await
    }

    /// Brings a note back that was removed.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn restore_annotation(
        &self,
        actor: &Actor,
        id: AnnotationId,
    ) -> Result<AnnotationRow> {
        self.set_annotation_removed(actor, id, false).await
    }

    async fn set_annotation_removed(
        &self,
        actor: &Actor,
        id: AnnotationId,
        is_removed: bool,
    ) -> Result<AnnotationRow> {
        may_annotate(actor)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.removed_at.is_some() == is_removed {
            return Ok(row);
        }
        row.removed_at = is_removed.then(|| self.now());
        self.save_annotation(tx, actor, row).await
    }

    async fn save_annotation(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        mut row: AnnotationRow,
    ) -> Result<AnnotationRow> {
        row.changed_at = self.now();
        row.changed_by.clone_from(&actor.name);
        if !annotation::change(&mut tx, &row).await? {
            let why = "the note was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        row.version += 1;
        let entry = actor.did(Act::AnnotationChanged, row.changed_at);
        record(&mut tx, &entry.about(row.id)).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// What Filo did or was told to do in these days.
    async fn happened(
        &self,
        tx: &mut Tx<'_>,
        (first, last): (Date, Date),
        found: &mut Vec<AnnotationView>,
    ) -> Result<()> {
        let time = (
            self.midnight(first),
            self.midnight(last.saturating_add(1.day())),
        );
        for (act, what) in [
            (Act::JourneyPublished, Happened::JourneyStarted),
            (Act::JourneyHalted, Happened::JourneyHalted),
            (Act::Imported, Happened::Imported),
            (Act::ImportUndone, Happened::ImportUndone),
        ] {
            for entry in audit::of_act(tx, act.word(), time, TOLD_MOST).await? {
                let Some((name, address)) = named(tx, what, &entry).await? else {
                    continue;
                };
                let day = self.day_on_wall(entry.at);
                let told = Told::Happened {
                    what,
                    name,
                    address,
                };
                found.push(AnnotationView {
                    first: day,
                    last: day,
                    told,
                });
            }
        }
        for row in promotion::list(tx).await? {
            let offer = Promotion::from_json(&row.document).map_err(anyhow::Error::from)?;
            let (Some(begins), Some(ends)) = (
                offer.starts_on.or(offer.ends_on),
                offer.ends_on.or(offer.starts_on),
            ) else {
                continue;
            };
            if row.archived_at.is_none() && begins <= last && first <= ends {
                let told = Told::Happened {
                    what: Happened::PromotionRuns,
                    name: row.name,
                    address: format!("/promotions/{}", row.id),
                };
                found.push(AnnotationView {
                    first: begins,
                    last: ends,
                    told,
                });
            }
        }
        Ok(())
    }

    /// The first instant of a day on the company's wall.
    fn midnight(&self, day: Date) -> Timestamp {
        let zoned = day.to_zoned(self.zone());
        zoned.map_or(Timestamp::MAX, |it| {
            Timestamp(it.timestamp().as_microsecond())
        })
    }

    /// The day on the company's wall.
    pub(crate) fn day_on_wall(&self, at: Timestamp) -> Date {
        let instant = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
        instant.to_zoned(self.zone()).date()
    }

    /// Takes away the notes that name somebody; says how many.
    pub(crate) async fn forget_in_annotations(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        for (id, words) in annotation::texts(&mut tx).await? {
            if names(&words) {
                annotation::erase(&mut tx, id).await?;
                removed += 1;
            }
        }
        tx.commit().await?;
        Ok(removed)
    }
}

/// What an entry of the audit log is about; nothing where that is gone.
async fn named(
    tx: &mut Tx<'_>,
    what: Happened,
    entry: &Sealed,
) -> Result<Option<(String, String)>> {
    let subject = entry.subject.as_deref().unwrap_or_default();
    Ok(match what {
        Happened::JourneyStarted | Happened::JourneyHalted => {
            let Ok(id) = subject.parse::<JourneyId>() else {
                return Ok(None);
            };
            let row = journey::get(tx, id).await?;
            row.map(|row| (row.name, format!("/journeys/{id}")))
        }
        Happened::Imported | Happened::ImportUndone => {
            let Ok(id) = subject.parse::<ImportId>() else {
                return Ok(None);
            };
            let row = import_run::get(tx, id).await?;
            row.map(|row| (row.file_name, format!("/imports/{id}")))
        }
        Happened::PromotionRuns => None,
    })
}

/// Notes beside figures are written by who sees figures and may write notes.
fn may_annotate(actor: &Actor) -> Result<()> {
    actor.must(Right::SeeFigures)?;
    actor.must(Right::WriteNotes)
}

fn checked(note: Annotation) -> Result<Annotation> {
    note.checked()
        .map_err(|fault| Error::invalid(fault.field, fault.reason))
}

async fn known(tx: &mut Tx<'_>, id: AnnotationId) -> Result<AnnotationRow> {
    let row = annotation::get(tx, id).await?;
    row.ok_or(Error::Missing("annotation"))
}
