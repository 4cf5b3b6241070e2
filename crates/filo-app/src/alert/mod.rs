//! Alerts: the rules by which figures are watched, and what they told.
//!
//! **Invariant:** a rule tells of the same days once, however often it looks; the usual rules are
//! there until somebody changes or removes them.

mod rule;
mod watching;

use filo_core::access::Right;
use filo_core::analysis::alert::{AlertFacts, Subject};
use filo_core::audit::Act;
use filo_core::id::{AlertId, AlertRuleId, SegmentId, SourceId};
use filo_core::time::Timestamp;
use filo_store::alert::{self, AlertRow};
use filo_store::{Tx, segment, source};
use jiff::civil::Date;
use tokio::sync::{Mutex, Notify};

use crate::actor::Actor;
use crate::annotation::AnnotationView;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

pub use rule::AlertRuleView;

/// Alerts that are told at once.
const TOLD_MOST: u32 = 100;
/// How far back they are told: as long as they are kept.
const KEPT_SECONDS: i64 = 366 * 86_400;

/// What the workspace keeps about watching and about Monday pages while it runs.
#[derive(Debug, Default)]
pub(crate) struct Mornings {
    pub(crate) rules_changed: Notify,
    pub(crate) readers_changed: Notify,
    /// One at a time.
    pub(crate) turn: Mutex<()>,
}

/// An alert, with what it was raised on.
#[derive(Debug, Clone)]
pub struct AlertView {
    /// Its id.
    pub id: AlertId,
    /// The rule that told.
    pub rule: AlertRuleId,
    /// What was watched.
    pub subject: Subject,
    /// The source, of one that went silent: its number and its name.
    pub source: Option<(SourceId, String)>,
    /// The days.
    pub days: (Date, Date),
    /// What it was raised on.
    pub facts: AlertFacts,
    /// Where the difference comes from, by name.
    pub causes: Vec<NamedCause>,
    /// What happened in these days and in those before.
    pub annotations: Vec<AnnotationView>,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When somebody put it away.
    pub dismissed_at: Option<Timestamp>,
    /// Who.
    pub dismissed_by: Option<String>,
}

/// Where a part of a difference comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedCause {
    /// The word of the dimension.
    pub dimension: String,
    /// The word of a channel, the name of a source or segment, or of an event.
    pub name: String,
    /// The number of a source, the id of a segment, or as the name.
    pub of: String,
    /// How much it added, in what the figure is in.
    pub added: f64,
    /// The same as a part of the difference.
    pub share: f64,
}

impl App {
    /// Alerts of a year, the newest first; only those nobody has put away, or all.
    ///
    /// # Errors
    /// If the actor may not see figures, or the tables cannot be read.
    pub async fn alerts(&self, actor: &Actor, open_only: bool) -> Result<Vec<AlertView>> {
        actor.must(Right::SeeFigures)?;
        let since = self.now().plus_seconds(-KEPT_SECONDS);
        let rows = {
            let mut tx = self.shared().db.read().await?;
            alert::list(&mut tx, open_only, since, TOLD_MOST).await?
        };
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            views.extend(self.alert_view(row).await?);
        }
        Ok(views)
    }

    /// One alert.
    ///
    /// # Errors
    /// If the actor may not see figures, or there is none.
    pub async fn alert(&self, actor: &Actor, id: AlertId) -> Result<AlertView> {
        actor.must(Right::SeeFigures)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            alert::get(&mut tx, id).await?
        };
        let row = row.ok_or(Error::Missing("alert"))?;
        let view = self.alert_view(row).await?;
        view.ok_or(Error::Missing("alert"))
    }

    /// Puts an alert away.
    ///
    /// # Errors
    /// If the actor may not see figures or write notes, or there is none.
    pub async fn dismiss_alert(&self, actor: &Actor, id: AlertId) -> Result<AlertView> {
        self.set_alert_dismissed(actor, id, true).await
    }

    /// Takes an alert up again that was put away.
    ///
    /// # Errors
    /// As [`App::dismiss_alert`].
    pub async fn take_up_alert(&self, actor: &Actor, id: AlertId) -> Result<AlertView> {
        self.set_alert_dismissed(actor, id, false).await
    }

    async fn set_alert_dismissed(
        &self,
        actor: &Actor,
        id: AlertId,
        is_dismissed: bool,
    ) -> Result<AlertView> {
        may_watch(actor)?;
        let mut tx = self.shared().db.begin().await?;
        let known = alert::get(&mut tx, id).await?;
        known.ok_or(Error::Missing("alert"))?;
        let now = self.now();
        let is_changed = match is_dismissed {
            true => alert::dismiss(&mut tx, id, now, &actor.name).await?,
            false => alert::take_up(&mut tx, id).await?,
        };
        if is_changed {
            let entry = actor.did(Act::AlertDismissed, now).about(id);
            record(&mut tx, &entry).await?;
        }
        tx.commit().await?;
        self.alert(actor, id).await
    }

    /// An alert with names; nothing where this Filo does not know what was watched.
    async fn alert_view(&self, row: AlertRow) -> Result<Option<AlertView>> {
        let Some(subject) = Subject::from_word(&row.subject) else {
            return Ok(None);
        };
        let day = |text: &str| text.parse::<Date>().map_err(anyhow::Error::from);
        let days = (day(&row.first_day)?, day(&row.last_day)?);
        let facts: AlertFacts = serde_json::from_str(&row.facts).map_err(anyhow::Error::from)?;
        let mut causes = Vec::new();
        let source = {
            let mut tx = self.shared().db.read().await?;
            for cause in &facts.causes {
                causes.push(NamedCause {
                    dimension: cause.dimension.clone(),
                    name: name_of(&mut tx, &cause.dimension, &cause.of).await?,
                    of: cause.of.clone(),
                    added: cause.added,
                    share: cause.share,
                });
            }
            match (subject, row.about.parse()) {
                (Subject::SilentSource, Ok(number)) => {
                    let name = name_of(&mut tx, "source", &row.about).await?;
                    Some((SourceId(number), name))
                }
                _ => None,
            }
        };
        let near = (facts.before_days.0.min(days.0), days.1);
        let annotations = self.annotations(&Actor::operator(), near).await?;
        Ok(Some(AlertView {
            id: row.id,
            rule: row.rule,
            subject,
            source,
            days,
            facts,
            causes,
            annotations,
            raised_at: row.raised_at,
            dismissed_at: row.dismissed_at,
            dismissed_by: row.dismissed_by,
        }))
    }

    /// What something of a dimension is called now.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn name_of_cause(&self, dimension: &str, of: &str) -> Result<String> {
        let mut tx = self.shared().db.read().await?;
        name_of(&mut tx, dimension, of).await
    }
}

async fn name_of(tx: &mut Tx<'_>, dimension: &str, of: &str) -> Result<String> {
    let name = match dimension {
        "source" => match of.parse() {
            Ok(number) => source::get(tx, SourceId(number)).await?.map(|row| row.name),
            Err(_no_number) => None,
        },
        "segment" => match of.parse::<SegmentId>() {
            Ok(id) => segment::get(tx, id).await?.map(|row| row.name),
            Err(_no_id) => None,
        },
        _ => None,
    };
    Ok(name.unwrap_or_else(|| of.to_owned()))
}

/// Figures are watched by who sees them and may write notes.
fn may_watch(actor: &Actor) -> Result<()> {
    actor.must(Right::SeeFigures)?;
    actor.must(Right::WriteNotes)
}
