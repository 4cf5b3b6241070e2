//! Letting go what was kept long enough: once a day, as a job, with what went written down.
//!
//! **Invariant:** of whatever instant a run is due, there is one; cut off, it is begun anew and
//! goes on with what is left.

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::id::{CustomerId, RetentionRunId};
use filo_core::privacy::retention::Kept;
use filo_core::time::Timestamp;
use filo_store::retention_run::{self, RetentionRunRow};
use filo_store::{data_request, incident, quarantine};
use serde::{Deserialize, Serialize};

use super::choosing::Cutoffs;
use super::{Gone, stored};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::daily::{around, tend_when_due, told};
use crate::error::{Error, Result};
use crate::job::{Ending, JobKind, Work, parameters};

/// The hour of the wall: after the usual one of backups.
pub(super) const HOUR: u8 = 4;
/// People forgotten in one run; the others go the days after.
const PEOPLE_MOST: usize = 5_000;
/// People forgotten at once: files of events are written anew for each such part.
const TOGETHER: usize = 500;
const STEP: &str = "letting_go";
/// Runs of one page.
const LIMIT_MOST: usize = 201;

/// A day on which something went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRun {
    /// Its id.
    pub id: RetentionRunId,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// How much went, so far.
    pub gone: Gone,
    /// Why it did not come to its end; the next one goes on.
    pub failure: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Parameters {
    run: RetentionRunId,
}

impl App {
    /// Lets go what was kept long enough, every day, for as long as this Filo runs.
    pub fn keep_to_retention(&self) {
        let app = self.clone();
        self.spawn(async move {
            let changed = &app.retaining().changed;
            tend_when_due(&app, changed, |app| Box::pin(app.tend_retention())).await;
        });
    }

    /// Begins the run that is due, if one is. Returns when to look again; never, if nothing goes
    /// by itself.
    ///
    /// # Errors
    /// If the tables cannot be read or written; a run that fails says so in its row.
    pub async fn tend_retention(&self) -> Result<Option<Timestamp>> {
        let since = {
            let mut tx = self.shared().db.read().await?;
            stored(&mut tx).await?.since
        };
        let around = around(HOUR, &self.zone(), self.now());
        let (Some(since), Some((due, next))) = (since, around) else {
            return Ok(None);
        };
        if due >= since && self.is_leader() {
            let mut tx = self.shared().db.begin().await?;
            let run = RetentionRunId(self.spare_id());
            if retention_run::add(&mut tx, run, due).await? {
                let filo = Actor::by_itself();
                let parameters = Parameters { run };
                self.add_job(&mut tx, &filo, JobKind::Retention, &parameters)
                    .await?;
                self.commit_job(tx).await?;
            }
        }
        Ok(Some(next))
    }

    /// Days on which something went, the last one first, before one.
    ///
    /// # Errors
    /// If the actor may not, or the tables cannot be read.
    pub async fn retention_runs(
        &self,
        actor: &Actor,
        before: Option<Timestamp>,
        limit: usize,
    ) -> Result<Vec<RetentionRun>> {
        actor.must(Right::HandlePrivacy)?;
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        let before = before.unwrap_or(Timestamp::MAX);
        let rows = retention_run::list(&mut tx, before, limit).await?;
        rows.into_iter().map(shown).collect()
    }
}

fn shown(row: RetentionRunRow) -> Result<RetentionRun> {
    Ok(RetentionRun {
        id: row.id,
        due_at: row.due_at,
        ended_at: row.ended_at,
        gone: gone_of(&row)?,
        failure: row.failure,
    })
}

fn gone_of(row: &RetentionRunRow) -> Result<Gone> {
    if row.gone.is_empty() {
        return Ok(Gone::default());
    }
    Ok(serde_json::from_str(&row.gone).map_err(anyhow::Error::from)?)
}

/// The job.
pub(crate) async fn let_go(work: &Work) -> Result<Ending> {
    let Parameters { run } = parameters(&work.row)?;
    let app = &work.app;
    let (mut row, rules) = {
        let mut tx = app.shared().db.read().await?;
        let row = retention_run::get(&mut tx, run).await?;
        let row = row.ok_or(Error::Missing("run"))?;
        (row, stored(&mut tx).await?.rules)
    };
    row.begun_at = Some(app.now());
    let cutoffs = Cutoffs::new(&rules, row.due_at, &app.zone());
    let ended = carry_out(work, &mut row, &cutoffs).await;
    let now = app.now();
    row.failure = ended.as_ref().err().map(told);
    row.ended_at = ended.is_ok().then_some(now);
    let gone = gone_of(&row)?;
    let mut entry = Entry::new(now, Party::Filo, Act::RetentionEnforced).about(run);
    for kept in Kept::ALL {
        entry = entry.with(kept.word(), Token::number(gone.of(kept)));
    }
    let mut tx = app.shared().db.begin().await?;
    retention_run::save(&mut tx, &row).await?;
    record(&mut tx, &entry).await?;
    tx.commit().await?;
    ended
}

async fn carry_out(work: &Work, row: &mut RetentionRunRow, cutoffs: &Cutoffs) -> Result<Ending> {
    for kept in [Kept::Quarantine, Kept::Incidents, Kept::Requests] {
        if let Some(before) = cutoffs.before(kept) {
            work.app.let_rows_go(row, (kept, before)).await?;
        }
    }
    let found = work.app.kept_too_long(cutoffs, PEOPLE_MOST).await?;
    let total = found.who.len() as u64;
    for (part, who) in found.who.chunks(TOGETHER).enumerate() {
        if work.is_cancelled() {
            return Ok(Ending::Cancelled);
        }
        work.advance(STEP, (part * TOGETHER) as u64, total);
        work.app.let_people_go(row, who, cutoffs).await?;
    }
    Ok(Ending::Done)
}

impl App {
    /// Rows and their count go in one transaction.
    async fn let_rows_go(
        &self,
        row: &mut RetentionRunRow,
        (kept, before): (Kept, Timestamp),
    ) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        let count = match kept {
            Kept::Quarantine => quarantine::prune(&mut tx, before).await?,
            Kept::Incidents => incident::prune(&mut tx, before).await?,
            Kept::Requests => data_request::empty_old(&mut tx, before).await?,
            Kept::Visitors | Kept::People => 0,
        };
        note(row, |gone| *gone.of_mut(kept) += count)?;
        retention_run::save(&mut tx, row).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets those of them with whom nothing has happened meanwhile.
    async fn let_people_go(
        &self,
        row: &mut RetentionRunRow,
        who: &[(Kept, CustomerId)],
        cutoffs: &Cutoffs,
    ) -> Result<()> {
        // People cannot be taken out while a backup is made.
        self.backups_idle().await;
        self.settle().await?;
        let (mut nodes, mut kinds) = (Vec::new(), Vec::new());
        for (kept, id) in who {
            let Some(before) = cutoffs.before(*kept) else {
                continue;
            };
            if let Some(known) = self.still_too_long(*id, before).await? {
                nodes.extend(known);
                kinds.push(*kept);
            }
        }
        if nodes.is_empty() {
            return Ok(());
        }
        self.forget_kept(nodes, row.id).await?;
        note(row, |gone| {
            for kept in kinds {
                *gone.of_mut(kept) += 1;
            }
        })?;
        let mut tx = self.shared().db.begin().await?;
        retention_run::save(&mut tx, row).await?;
        Ok(tx.commit().await?)
    }
}

/// Writes into a row what more has gone.
fn note(row: &mut RetentionRunRow, more: impl FnOnce(&mut Gone)) -> Result<()> {
    let mut gone = gone_of(row)?;
    more(&mut gone);
    row.gone = serde_json::to_string(&gone).map_err(anyhow::Error::from)?;
    Ok(())
}
