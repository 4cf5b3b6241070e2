//! Bad events: kept as they came, with the reason, until a person repairs or discards them.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::{QuarantineId, SourceId};
use filo_core::time::Timestamp;
use filo_core::webhook::Topic;
use filo_store::quarantine::{self, Cursor, Filter, Group, QuarantineRow, Status};

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Busy, Error, Result};
use crate::webhook::{News, tell};

/// A body is kept up to here; beyond it is cut and the hint says so.
pub const BODY_BYTES_MOST: usize = 64 << 10;
/// Groups are made of the newest so many; beyond it a page says "more than".
pub const GROUPED_ROWS_MOST: u32 = 10_000;
/// A page of the list.
const LIMIT_MOST: usize = 201;

/// A request or event that could not be taken in.
#[derive(Debug, Clone)]
pub struct Quarantined {
    /// Where it came from, if that was known.
    pub source: Option<SourceId>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The reason, as a word that does not change.
    pub code: &'static str,
    /// Which field; empty if it was not one.
    pub field: String,
    /// What to do about it.
    pub hint: String,
    /// As it was sent.
    pub body: String,
}

/// What has the same fault and the same sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// The reason.
    pub code: String,
    /// The field, if it was one.
    pub field: Option<String>,
    /// The sender, if known.
    pub source: Option<SourceId>,
}

/// What a person discarded at once: enough to take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discarded {
    /// How many.
    pub count: usize,
    /// When: [`App::restore_discarded`] takes it.
    pub at: Timestamp,
}

impl App {
    /// Keeps bad events; on return they are on disk.
    ///
    /// # Errors
    /// [`Busy`] if they are not.
    pub async fn quarantine(&self, defects: Vec<Quarantined>) -> Result<(), Busy> {
        let rows: Vec<QuarantineRow> = defects.into_iter().map(|it| self.row_of(it)).collect();
        let written = async {
            let mut tx = self.shared().db.begin().await?;
            quarantine::insert(&mut tx, &rows).await?;
            let hearing = &self.shared().hearing;
            let news: Vec<News> = rows.iter().map(news_of).collect();
            tell(
                &mut tx,
                &hearing.hearers(),
                &news,
                (self.chance(), self.now()),
            )
            .await?;
            tx.commit().await?;
            hearing.sending.wake();
            Ok(())
        };
        written.await.map_err(|error: filo_store::Error| {
            tracing::error!(%error, "bad events could not be put into quarantine");
            if error.is_full() {
                self.admission().disk_full(true);
            }
            self.admission().refusal()
        })
    }

    fn row_of(&self, defect: Quarantined) -> QuarantineRow {
        let mut body = defect.body.into_bytes();
        let mut hint = defect.hint;
        if body.len() > BODY_BYTES_MOST {
            let whole = body.len();
            body.truncate(BODY_BYTES_MOST);
            hint = format!("{hint} (the first {BODY_BYTES_MOST} of {whole} bytes are kept)");
        }
        QuarantineRow {
            id: QuarantineId(self.spare_id()),
            source: defect.source,
            received_at: defect.received_at,
            code: defect.code.to_owned(),
            field: (!defect.field.is_empty()).then_some(defect.field),
            hint,
            body,
            status: Status::Open,
            repaired_at: None,
            actor: None,
        }
    }

    /// What is in quarantine, newest first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn quarantined(
        &self,
        filter: &Filter,
        behind: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>> {
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        Ok(quarantine::list(&mut tx, filter, behind, limit).await?)
    }

    /// One thing in quarantine.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn quarantined_one(&self, id: QuarantineId) -> Result<Option<QuarantineRow>> {
        let mut tx = self.shared().db.read().await?;
        Ok(quarantine::get(&mut tx, id).await?)
    }

    /// What is open, by fault and sender; of very much only the newest.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn quarantine_groups(&self) -> Result<Vec<Group>> {
        let mut tx = self.shared().db.read().await?;
        Ok(quarantine::groups(&mut tx, GROUPED_ROWS_MOST).await?)
    }

    /// What is open of one kind, newest first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn quarantined_kin(
        &self,
        kin: &Kin,
        behind: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>> {
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let kind = (kin.code.as_str(), kin.field.as_deref(), kin.source);
        let mut tx = self.shared().db.read().await?;
        Ok(quarantine::members(&mut tx, kind, behind, limit).await?)
    }

    /// Marks many as repaired, or as discarded; those that are not open any more stay as they
    /// are.
    ///
    /// # Errors
    /// If the actor may not write.
    pub async fn close_many(
        &self,
        actor: &Actor,
        ids: &[QuarantineId],
        status: Status,
    ) -> Result<Discarded> {
        actor.must(Right::RepairQuarantine)?;
        let at = self.now();
        let mut count = 0;
        let mut tx = self.shared().db.begin().await?;
        for id in ids {
            count += usize::from(quarantine::settle(&mut tx, *id, status, at, &actor.name).await?);
        }
        let act = match status {
            Status::Repaired => Act::QuarantineRepaired,
            Status::Open | Status::Discarded => Act::QuarantineDiscarded,
        };
        let entry = actor
            .did(act, at)
            .with("count", Token::number(count as u64));
        crate::audit::record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(Discarded { count, at })
    }

    /// Opens again what this person discarded at that instant; says how many.
    ///
    /// # Errors
    /// If the actor may not write, or there is nothing to take back.
    pub async fn restore_discarded(&self, actor: &Actor, at: Timestamp) -> Result<u64> {
        actor.must(Right::RepairQuarantine)?;
        let mut tx = self.shared().db.begin().await?;
        let count = quarantine::restore(&mut tx, at, &actor.name).await?;
        let entry = actor.did(Act::QuarantineRestored, self.now());
        crate::audit::record(&mut tx, &entry.with("count", Token::number(count))).await?;
        tx.commit().await?;
        if count == 0 {
            return Err(Error::Missing("discarded event"));
        }
        Ok(count)
    }

    /// Opens one again that was discarded.
    ///
    /// # Errors
    /// If the actor may not write, or it is not discarded.
    pub async fn restore_quarantined(&self, actor: &Actor, id: QuarantineId) -> Result<()> {
        actor.must(Right::RepairQuarantine)?;
        let mut tx = self.shared().db.begin().await?;
        if !quarantine::restore_one(&mut tx, id).await? {
            return Err(Error::Missing("discarded event"));
        }
        let entry = actor.did(Act::QuarantineRestored, self.now()).about(id);
        crate::audit::record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Marks it as repaired (what it says has been taken in) or as discarded.
    ///
    /// # Errors
    /// If the actor may not write, or it is not open any more.
    pub async fn close_quarantined(
        &self,
        actor: &Actor,
        id: QuarantineId,
        repaired: bool,
    ) -> Result<()> {
        actor.must(Right::RepairQuarantine)?;
        let status = if repaired {
            Status::Repaired
        } else {
            Status::Discarded
        };
        let act = if repaired {
            Act::QuarantineRepaired
        } else {
            Act::QuarantineDiscarded
        };
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        if !quarantine::settle(&mut tx, id, status, now, &actor.name).await? {
            return Err(match quarantine::get(&mut tx, id).await? {
                Some(_) => Error::Conflict("it is not open any more".to_owned()),
                None => Error::Missing("quarantined event"),
            });
        }
        crate::audit::record(&mut tx, &actor.did(act, now).about(id)).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What is told of a bad event: why, never what was in it.
fn news_of(row: &QuarantineRow) -> News {
    let data = serde_json::json!({
        "quarantined": row.id.to_string(),
        "source": row.source.map(|source| source.0),
        "code": row.code,
        "field": row.field,
    });
    News::new(Topic::EventQuarantined, row.id.to_string(), data)
}
