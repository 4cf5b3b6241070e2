//! Bad events: kept as they came, with the reason, until a person repairs or discards them.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::{QuarantineId, SourceId};
use filo_core::time::Timestamp;
use filo_core::webhook::Topic;
use filo_store::quarantine::{self, Cursor, Filter, QuarantineRow, Status};

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Busy, Error, Result};
use crate::webhook::{News, tell};

/// A body is kept up to here; beyond it is cut and the hint says so.
pub const BODY_BYTES_MOST: usize = 64 << 10;
/// A page of the list.
const LIMIT_MOST: usize = 200;

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
