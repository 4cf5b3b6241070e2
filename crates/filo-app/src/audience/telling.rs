//! Telling platforms: one batch at a time for each audience, what is to go out before what is to
//! come in.
//!
//! **Invariant:** what is about to be put there is said to be there first; what a platform did not
//! say that it took is told again, without end for what has to be taken out.

use filo_connect::advertising::{Batch, Change, Told, Why};
use filo_core::access::Right;
use filo_core::audience::{BATCH_MOST, PATIENCE_S, Platform, Record, next_try};
use filo_core::id::{AudienceId, IncidentId};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::audience::entry::{self, EntryRow, Todo};
use filo_store::audience::{self, AudienceRow, Health};
use filo_store::incident::{self, Report};

use super::looking::record_of;
use super::{known, platform_of};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;
use crate::webhook::{News, tell};

/// A platform may ask for so much time at most.
const WAIT_S_MOST: i64 = 24 * 3_600;

impl App {
    /// Tells a platform the next batch of an audience; false if there is nothing to tell now.
    pub(super) async fn tell_next(&self, id: AudienceId) -> Result<bool> {
        let Some((row, rows, change)) = self.next_batch(id).await? else {
            return Ok(false);
        };
        let told = match self.speaker(platform_of(&row)?).await? {
            Err(told) => told,
            Ok(speaker) => {
                // Whoever is to go needs no more than the hash by which they are known.
                let is_whole = change == Change::Put;
                let each = rows.iter().map(|row| record_of(row, is_whole));
                let records: Vec<Record> = each.collect();
                let batch = Batch {
                    change,
                    records: &records,
                };
                self.tell_there(&row, &speaker, batch).await
            }
        };
        self.settle_batch(&row, &rows, change, told).await
    }

    /// The next batch of an audience that is due, said to be there if it is to be put there.
    async fn next_batch(
        &self,
        id: AudienceId,
    ) -> Result<Option<(AudienceRow, Vec<EntryRow>, Change)>> {
        let limit = u32::try_from(BATCH_MOST).unwrap_or(1);
        let mut tx = self.shared().db.begin().await?;
        let Some(row) = audience::get(&mut tx, id).await? else {
            return Ok(None);
        };
        if row.remote.is_empty() || row.health.due_at > self.now() {
            return Ok(None);
        }
        let rows = entry::due(&mut tx, id, Todo::TakeOut, limit).await?;
        if !rows.is_empty() {
            return Ok(Some((row, rows, Change::TakeOut)));
        }
        if row.paused_at.is_some() || row.ending_at.is_some() {
            return Ok(None);
        }
        let rows = entry::due(&mut tx, id, Todo::Put, limit).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let keys: Vec<entry::Key> = rows.iter().map(|it| (it.audience, it.address)).collect();
        entry::claim(&mut tx, &keys).await?;
        tx.commit().await?;
        Ok(Some((row, rows, Change::Put)))
    }

    /// Writes down what became of a batch; true if the next one can follow at once.
    async fn settle_batch(
        &self,
        row: &AudienceRow,
        rows: &[EntryRow],
        change: Change,
        told: Told,
    ) -> Result<bool> {
        let now = self.now();
        let sent: Vec<entry::Sent> = rows
            .iter()
            .map(|it| (it.audience, it.address, it.turn))
            .collect();
        let mut tx = self.shared().db.begin().await?;
        let health = match told {
            Told::Taken {
                refused,
                again,
                text,
            } => {
                let taken = standing(&sent, &refused, &again);
                match change {
                    Change::TakeOut => entry::taken_out(&mut tx, &taken).await?,
                    Change::Put => {
                        entry::put(&mut tx, &taken).await?;
                        refuse(&mut tx, &sent, &refused).await?;
                    }
                }
                match again.is_empty() && (change == Change::Put || refused.is_empty()) {
                    true => well(&row.health, now),
                    false => self.failed(&row.health, None, &text),
                }
            }
            Told::Spoiled { refused } if change == Change::Put => {
                refuse(&mut tx, &sent, &refused).await?;
                well(&row.health, now)
            }
            Told::Spoiled { refused } => {
                let why = refused.first().map(|(_, why)| why.as_str());
                self.failed(&row.health, None, why.unwrap_or_default())
            }
            Told::Failed { why, text } => {
                let wait_s = match why {
                    Why::TooFast { wait_s } => wait_s,
                    Why::Account | Why::Audience | Why::Transient | Why::Batch => None,
                };
                self.failed(&row.health, wait_s, &format!("{}: {text}", why.word()))
            }
            Told::NotNow { until } => Health {
                due_at: until,
                ..row.health.clone()
            },
        };
        audience::save_health(&mut tx, row.id, &health).await?;
        let news = self.raise_failing(&mut tx, row, &health).await?;
        let hearers = self.shared().hearing.hearers();
        tell(&mut tx, &hearers, &news, (self.chance(), now)).await?;
        tx.commit().await?;
        Ok(health.due_at <= now)
    }

    fn failed(&self, before: &Health, wait_s: Option<i64>, text: &str) -> Health {
        let now = self.now();
        let failures = before.failures.saturating_add(1);
        let again = next_try(failures, now, self.spare_id());
        let asked = now.plus_seconds(wait_s.unwrap_or(0).clamp(0, WAIT_S_MOST));
        Health {
            due_at: again.max(asked),
            failures,
            failing_since: before.failing_since.or(Some(now)),
            last_failure_at: Some(now),
            last_answer: text.to_owned(),
            ..before.clone()
        }
    }

    /// Tells a person of an audience of which nothing arrived for too long.
    async fn raise_failing(
        &self,
        tx: &mut Tx<'_>,
        row: &AudienceRow,
        health: &Health,
    ) -> Result<Vec<News>> {
        let now = self.now();
        let is_long = health
            .failing_since
            .is_some_and(|since| now.micros_since(since) >= PATIENCE_S * 1_000_000);
        if !is_long {
            return Ok(Vec::new());
        }
        let (kind, subject) = ("audience_failing", row.id.to_string());
        let detail = format!(r#"{{"audience":"{subject}"}}"#);
        let report = Report {
            id: IncidentId(self.spare_id()),
            kind,
            subject: &subject,
            detail: &detail,
            at: now,
        };
        let id = incident::raise(tx, &report).await?;
        let is_new = id == report.id;
        Ok(is_new
            .then(|| News::incident(id, kind, &subject))
            .into_iter()
            .collect())
    }

    /// What waits for a platform is tried at once: its account was changed.
    pub(super) async fn try_audiences_again(&self, platform: Platform) -> Result<()> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        for row in audience::list(&mut tx).await? {
            if row.platform == platform.word() && row.health.due_at > now {
                let health = Health {
                    due_at: now,
                    ..row.health
                };
                audience::save_health(&mut tx, row.id, &health).await?;
            }
        }
        tx.commit().await?;
        self.shared().audiences.wake();
        Ok(())
    }

    /// What waits for the platform of an audience is tried at once.
    ///
    /// # Errors
    /// If the actor may not, or there is no such audience.
    pub async fn tell_audience_now(&self, actor: &Actor, id: AudienceId) -> Result<()> {
        actor.must(Right::ManageSegments)?;
        let mut tx = self.shared().db.begin().await?;
        let row = known(&mut tx, id).await?;
        let health = Health {
            due_at: self.now(),
            ..row.health
        };
        audience::save_health(&mut tx, id, &health).await?;
        tx.commit().await?;
        self.shared().audiences.wake();
        Ok(())
    }
}

fn well(before: &Health, now: Timestamp) -> Health {
    Health {
        due_at: now,
        failures: 0,
        failing_since: None,
        last_success_at: Some(now),
        last_failure_at: before.last_failure_at,
        last_answer: String::new(),
    }
}

/// What was neither refused nor is to be said again.
fn standing(
    sent: &[entry::Sent],
    refused: &[(usize, String)],
    again: &[usize],
) -> Vec<entry::Sent> {
    let is_open =
        |place: usize| again.contains(&place) || refused.iter().any(|(other, _)| *other == place);
    let each = sent.iter().enumerate();
    each.filter(|(place, _)| !is_open(*place))
        .map(|(_, sent)| *sent)
        .collect()
}

/// Keeps what a platform will not have.
async fn refuse(tx: &mut Tx<'_>, sent: &[entry::Sent], refused: &[(usize, String)]) -> Result<()> {
    for (place, why) in refused {
        if let Some(sent) = sent.get(*place) {
            entry::refuse(tx, *sent, why).await?;
        }
    }
    Ok(())
}
