//! Backups as the workspace sees to them: one at a time, by order or by the clock, remembered,
//! told to a person when they fail, and let go when they are old.
//!
//! **Invariant:** a failure and a success that is too old each open an incident, and the next
//! success closes both.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::IncidentId;
use filo_core::time::Timestamp;
use filo_store::incident::{self, Report};
use filo_store::{Tx, setting};
use tokio::sync::{Mutex, Notify, OwnedMutexGuard};

use super::listing::{BackupView, list_in};
use super::making::{BackupOrder, fingerprint};
use super::record::{self, Failure, Record, Success};
use super::retention::{Aged, superfluous};
use super::schedule::{SCHEDULE, Schedule};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record as record_act;
use crate::daily::{tend_when_due, told};
use crate::error::{Error, Result};

/// A backup that failed by itself is tried again after so long.
const RETRY_SECONDS: i64 = 3_600;
/// A success that is older than two nights is told to a person.
const OVERDUE_SECONDS: i64 = 48 * 3_600;
const FAILED: &str = "backup_failed";
const OVERDUE: &str = "backup_overdue";
const SUBJECT: &str = "backup";

/// What the workspace keeps about backups while it runs.
#[derive(Debug, Default)]
pub(crate) struct Backups {
    working: Arc<Mutex<()>>,
    changed: Notify,
}

impl Backups {
    /// Takes the turn, or says that somebody else has it.
    pub(super) fn begin(&self) -> Result<OwnedMutexGuard<()>> {
        Arc::clone(&self.working)
            .try_lock_owned()
            .map_err(|_taken| Error::Conflict("a backup or a drill is under way".to_owned()))
    }
}

/// Everything about backups at one look.
#[derive(Debug, Clone)]
pub struct BackupsView {
    /// Those in the schedule's folder, newest first.
    pub backups: Vec<BackupView>,
    /// That folder.
    pub folder: PathBuf,
    /// The folder if the owner names none.
    pub usual_folder: PathBuf,
    /// One is being made, or tried.
    pub under_way: bool,
    /// What is remembered.
    pub record: Record,
    /// When they are made by themselves.
    pub schedule: Schedule,
    /// The next time one is.
    pub next_at: Option<Timestamp>,
}

impl App {
    /// Everything about backups.
    ///
    /// # Errors
    /// If the actor may not administer or the tables cannot be read.
    pub async fn backups_view(&self, actor: &Actor) -> Result<BackupsView> {
        actor.must(Right::ManageBackups)?;
        let mut tx = self.shared().db.read().await?;
        let (schedule, _) = Schedule::load(&mut tx).await?;
        let (record, _) = record::load(&mut tx).await?;
        drop(tx);
        let usual_folder = self.config().backups.clone();
        let folder = schedule.folder(&usual_folder);
        let listed = folder.clone();
        let backups = tokio::task::spawn_blocking(move || list_in(&listed))
            .await
            .map_err(anyhow::Error::from)?;
        let around = schedule.around(self.now()).filter(|_| schedule.on);
        Ok(BackupsView {
            // A folder that cannot be read is told where backups fail, not here.
            backups: backups.unwrap_or_default(),
            folder,
            usual_folder,
            under_way: self.backups().begin().is_err(),
            record,
            next_at: around.map(|(_, next)| next),
            schedule,
        })
    }

    /// Changes when backups are made.
    ///
    /// # Errors
    /// If the actor may not administer, or a value cannot work.
    pub async fn set_backup_schedule(&self, actor: &Actor, wanted: Schedule) -> Result<Schedule> {
        actor.must(Right::ManageBackups)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let (before, version) = Schedule::load(&mut tx).await?;
        let mut wanted = wanted.checked()?;
        wanted.since = match (wanted.on, before.on) {
            (true, true) => before.since,
            (true, false) => Some(now),
            (false, _) => None,
        };
        let text = serde_json::to_string(&wanted).map_err(anyhow::Error::from)?;
        setting::put(&mut tx, SCHEDULE, &text, version, now).await?;
        let entry = actor.did(Act::SettingChanged, now);
        record_act(&mut tx, &entry.with("name", Token::word(SCHEDULE))).await?;
        tx.commit().await?;
        self.backups().changed.notify_waiters();
        Ok(wanted)
    }

    /// Makes a backup, and waits for its end.
    ///
    /// # Errors
    /// If the actor may not administer, one is under way, or it cannot be made.
    pub async fn back_up(&self, actor: &Actor, order: BackupOrder) -> Result<BackupView> {
        actor.must(Right::ManageBackups)?;
        let working = self.backups().begin()?;
        let made = self.back_up_in_turn(order).await;
        drop(working);
        made
    }

    /// Makes a backup beside requests; how it ended is remembered.
    ///
    /// # Errors
    /// If the actor may not administer or one is under way.
    pub fn start_backup(&self, actor: &Actor) -> Result<()> {
        actor.must(Right::ManageBackups)?;
        let working = self.backups().begin()?;
        let app = self.clone();
        self.spawn(async move {
            // Its failure is remembered and told as an incident.
            drop(app.back_up_in_turn(BackupOrder::default()).await);
            drop(working);
        });
        Ok(())
    }

    /// Waits until no backup is under way.
    pub async fn backups_idle(&self) {
        drop(self.backups().working.lock().await);
    }

    async fn back_up_in_turn(&self, order: BackupOrder) -> Result<BackupView> {
        let begun = Instant::now();
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let (schedule, _) = Schedule::load(&mut tx).await?;
        record::change(&mut tx, now, |record| record.attempted_at = Some(now)).await?;
        tx.commit().await?;
        let usual = schedule.folder(&self.config().backups);
        let folder = order.folder.unwrap_or_else(|| usual.clone());
        let made = self.make_backup(&folder, order.with_secret_key).await;
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &made {
            Ok(made) => self.remember_success(made, now, millis).await?,
            Err(error) => {
                let reason = told(error);
                tracing::error!(reason, "a backup failed");
                if let Err(error) = self.remember_failure(&reason).await {
                    tracing::error!(%error, "the failure of a backup could not be written down");
                }
            }
        }
        if made.is_ok() && schedule.on && folder == usual {
            self.prune_backups(&schedule).await?;
        }
        made
    }

    async fn remember_success(&self, made: &BackupView, at: Timestamp, millis: u64) -> Result<()> {
        let success = Success {
            path: made.path.display().to_string(),
            at,
            millis,
        };
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        record::change(&mut tx, now, |record| {
            record.success = Some(success);
            record.failure = None;
        })
        .await?;
        incident::resolve_about(&mut tx, FAILED, SUBJECT, now).await?;
        incident::resolve_about(&mut tx, OVERDUE, SUBJECT, now).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn remember_failure(&self, reason: &str) -> Result<()> {
        let now = self.now();
        let failure = Failure {
            at: now,
            reason: reason.to_owned(),
        };
        let mut tx = self.shared().db.begin().await?;
        record::change(&mut tx, now, |record| record.failure = Some(failure)).await?;
        let detail = serde_json::json!({ "reason": reason }).to_string();
        self.tell(&mut tx, FAILED, &detail).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn tell(&self, tx: &mut Tx<'_>, kind: &str, detail: &str) -> Result<()> {
        let report = Report {
            id: IncidentId(self.spare_id()),
            kind,
            subject: SUBJECT,
            detail,
            at: self.now(),
        };
        incident::raise(tx, &report).await?;
        Ok(())
    }

    /// Removes what the schedule lets go, of this workspace's own backups alone.
    async fn prune_backups(&self, schedule: &Schedule) -> Result<()> {
        let (folder, zone) = (schedule.folder(&self.config().backups), schedule.zone());
        let count = |kept: u32| usize::try_from(kept).unwrap_or(usize::MAX);
        let (daily, weekly) = (count(schedule.keep_daily), count(schedule.keep_weekly));
        let own = fingerprint(self);
        let pruned = tokio::task::spawn_blocking(move || -> anyhow::Result<()> {
            let mut backups = list_in(&folder)?;
            backups.retain(|backup| backup.workspace == own && backup.made_at.is_some());
            let aged: Vec<Aged> = backups
                .iter()
                .map(|backup| Aged {
                    made_at: backup.made_at.unwrap_or_default(),
                    whole: backup.damage.is_none(),
                })
                .collect();
            for place in superfluous(&aged, daily, weekly, &zone) {
                if let Some(old) = backups.get(place) {
                    fs::remove_dir_all(&old.path)?;
                    tracing::info!(name = old.name, "an old backup was removed");
                }
            }
            Ok(())
        });
        pruned.await.map_err(anyhow::Error::from)??;
        Ok(())
    }

    pub(super) async fn newest_backup(&self) -> Result<Option<PathBuf>> {
        let mut tx = self.shared().db.read().await?;
        let (schedule, _) = Schedule::load(&mut tx).await?;
        let folder = schedule.folder(&self.config().backups);
        let own = fingerprint(self);
        let mut listed = list_in(&folder)?.into_iter();
        let newest = listed.find(|it| it.damage.is_none() && it.workspace == own);
        Ok(newest.map(|it| it.path))
    }

    /// Makes backups when they are due, for as long as this Filo runs.
    pub fn keep_backing_up(&self) {
        let app = self.clone();
        self.spawn(async move {
            let changed = &app.backups().changed;
            tend_when_due(&app, changed, |app| Box::pin(app.tend_backups())).await;
        });
    }

    /// Makes the backup that is due, if one is, and tells a person if the last success is too
    /// old. Returns when to look again; never, if the schedule is off.
    ///
    /// # Errors
    /// If the tables cannot be read or written; a backup that fails is told as an incident.
    pub async fn tend_backups(&self) -> Result<Option<Timestamp>> {
        let (schedule, before) = self.scheduled().await?;
        let (true, Some((due, _))) = (schedule.on, schedule.around(self.now())) else {
            return Ok(None);
        };
        let since = schedule.since.unwrap_or_default();
        let now = self.now();
        let is_new = due >= since && before.attempted_at.is_none_or(|attempt| attempt < due);
        let retries = |it: &Failure| now >= it.at.plus_seconds(RETRY_SECONDS);
        let again = before.failure.as_ref().is_some_and(retries);
        if (is_new || again) && self.is_leader() {
            // Its failure is remembered and told as an incident.
            drop(
                self.back_up(&Actor::operator(), BackupOrder::default())
                    .await,
            );
        }
        let (schedule, after) = self.scheduled().await?;
        let now = self.now();
        let good = after.success.as_ref().map_or(since, |it| it.at.max(since));
        let overdue = good.plus_seconds(OVERDUE_SECONDS);
        if now >= overdue && self.is_leader() {
            let mut tx = self.shared().db.begin().await?;
            self.tell(&mut tx, OVERDUE, "{}").await?;
            tx.commit().await?;
        }
        let next = schedule.around(now).map(|(_, next)| next);
        let retry = after.failure.map(|it| it.at.plus_seconds(RETRY_SECONDS));
        let warn = (now < overdue).then_some(overdue);
        Ok([next, retry, warn].into_iter().flatten().min())
    }

    async fn scheduled(&self) -> Result<(Schedule, Record)> {
        let mut tx = self.shared().db.read().await?;
        let (schedule, _) = Schedule::load(&mut tx).await?;
        let (record, _) = record::load(&mut tx).await?;
        Ok((schedule, record))
    }
}
