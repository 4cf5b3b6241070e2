//! The rules by which figures are watched.

use filo_core::access::Right;
use filo_core::analysis::alert::{
    AlertFault, AlertRule, Direction, Every, Limit, Subject, usual_rules,
};
use filo_core::audit::Act;
use filo_core::id::AlertRuleId;
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::alert::{self, AlertRuleRow};

use super::may_watch;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// Rules of a workspace: each looks at everybody.
const RULES_MOST: usize = 50;

/// A rule as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRuleView {
    /// Its id.
    pub id: AlertRuleId,
    /// What it says.
    pub rule: AlertRule,
    /// One more with each change; 0 of a usual one that nobody has changed.
    pub version: i64,
    /// Whether it is one of those that are there from the beginning.
    pub is_usual: bool,
    /// Who changed it last, and when.
    pub changed: Option<(String, Timestamp)>,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
}

impl App {
    /// Every rule: the usual ones first, then by id.
    ///
    /// # Errors
    /// If the actor may not see figures, or the tables cannot be read.
    pub async fn alert_rules(&self, actor: &Actor) -> Result<Vec<AlertRuleView>> {
        actor.must(Right::SeeFigures)?;
        let mut views = self.all_alert_rules().await?;
        views.retain(|view| view.removed_at.is_none());
        Ok(views)
    }

    /// One rule, also if it was removed.
    ///
    /// # Errors
    /// If the actor may not see figures, or there is none.
    pub async fn alert_rule(&self, actor: &Actor, id: AlertRuleId) -> Result<AlertRuleView> {
        actor.must(Right::SeeFigures)?;
        self.known_alert_rule(id).await
    }

    pub(super) async fn all_alert_rules(&self) -> Result<Vec<AlertRuleView>> {
        let mut tx = self.shared().db.read().await?;
        standing(&mut tx).await
    }

    async fn known_alert_rule(&self, id: AlertRuleId) -> Result<AlertRuleView> {
        let views = self.all_alert_rules().await?;
        let found = views.into_iter().find(|view| view.id == id);
        found.ok_or(Error::Missing("rule"))
    }

    /// Makes a rule.
    ///
    /// # Errors
    /// If the actor may not see figures or write notes, a field is wrong, or there are too many.
    pub async fn create_alert_rule(&self, actor: &Actor, rule: AlertRule) -> Result<AlertRuleView> {
        may_watch(actor)?;
        let rule = rule.checked().map_err(wrong)?;
        let standing = self.alert_rules(actor).await?;
        if standing.len() >= RULES_MOST {
            return Err(Error::Conflict(format!("at most {RULES_MOST} rules")));
        }
        let view = AlertRuleView {
            id: AlertRuleId(self.spare_id()),
            rule,
            version: 0,
            is_usual: false,
            changed: None,
            removed_at: None,
        };
        self.save_alert_rule(actor, view).await
    }

    /// Changes a rule, from the version that was read.
    ///
    /// # Errors
    /// As [`App::create_alert_rule`], if there is none, or somebody else changed it meanwhile.
    pub async fn change_alert_rule(
        &self,
        actor: &Actor,
        (id, version): (AlertRuleId, i64),
        rule: AlertRule,
    ) -> Result<AlertRuleView> {
        may_watch(actor)?;
        let rule = rule.checked().map_err(wrong)?;
        let view = self.known_alert_rule(id).await?;
        if view.removed_at.is_some() {
            return Err(Error::Missing("rule"));
        }
        self.save_alert_rule(
            actor,
            AlertRuleView {
                rule,
                version,
                ..view
            },
        )
        .await
    }

    /// Removes a rule; it can be brought back.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn remove_alert_rule(&self, actor: &Actor, id: AlertRuleId) -> Result<AlertRuleView> {
        let removed_at = Some(self.now());
        self.set_alert_rule_removed(actor, id, removed_at).await
    }

    /// Brings a rule back.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn restore_alert_rule(
        &self,
        actor: &Actor,
        id: AlertRuleId,
    ) -> Result<AlertRuleView> {
        self.set_alert_rule_removed(actor, id, None).await
    }

    async fn set_alert_rule_removed(
        &self,
        actor: &Actor,
        id: AlertRuleId,
        removed_at: Option<Timestamp>,
    ) -> Result<AlertRuleView> {
        may_watch(actor)?;
        let view = self.known_alert_rule(id).await?;
        if view.removed_at.is_some() == removed_at.is_some() {
            return Ok(view);
        }
        self.save_alert_rule(actor, AlertRuleView { removed_at, ..view })
            .await
    }

    async fn save_alert_rule(&self, actor: &Actor, view: AlertRuleView) -> Result<AlertRuleView> {
        let now = self.now();
        let AlertRuleView {
            id, rule, version, ..
        } = view;
        let row = AlertRuleRow {
            id,
            subject: rule.subject.word().to_owned(),
            every: rule.every.word().to_owned(),
            direction: rule.direction.word().to_owned(),
            percent: match rule.limit {
                Limit::BeyondChance => None,
                Limit::Percent(percent) => Some(i64::from(percent)),
            },
            people_least: i64::from(rule.people_least),
            is_on: rule.is_on,
            version,
            changed_at: now,
            changed_by: actor.name.clone(),
            removed_at: view.removed_at,
        };
        let mut tx = self.shared().db.begin().await?;
        if !alert::put_rule(&mut tx, &row).await? {
            let why = "the rule was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        let entry = actor.did(Act::AlertRuleChanged, now).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        self.mornings().rules_changed.notify_waiters();
        self.known_alert_rule(id).await
    }
}

/// The usual rules as people left them, and those that people made.
async fn standing(tx: &mut Tx<'_>) -> Result<Vec<AlertRuleView>> {
    let rows = alert::rules(tx).await?;
    let usual = usual_rules();
    let is_usual = |id: AlertRuleId| usual.iter().any(|(known, _)| *known == id);
    let untouched = usual
        .iter()
        .filter(|(id, _)| rows.iter().all(|row| row.id != *id));
    let mut views: Vec<AlertRuleView> = untouched
        .map(|(id, rule)| AlertRuleView {
            id: *id,
            rule: *rule,
            version: 0,
            is_usual: true,
            changed: None,
            removed_at: None,
        })
        .collect();
    // A figure that this Filo does not know is not watched by it.
    let known = rows.into_iter().filter_map(|row| {
        let rule = rule_of(&row)?;
        Some(AlertRuleView {
            id: row.id,
            rule,
            version: row.version,
            is_usual: is_usual(row.id),
            changed: Some((row.changed_by, row.changed_at)),
            removed_at: row.removed_at,
        })
    });
    views.extend(known);
    views.sort_by_key(|view| view.id);
    Ok(views)
}

fn rule_of(row: &AlertRuleRow) -> Option<AlertRule> {
    let percent = row.percent.map(u16::try_from).transpose().ok()?;
    Some(AlertRule {
        subject: Subject::from_word(&row.subject)?,
        every: Every::from_word(&row.every)?,
        direction: Direction::from_word(&row.direction)?,
        limit: percent.map_or(Limit::BeyondChance, Limit::Percent),
        people_least: u32::try_from(row.people_least).ok()?,
        is_on: row.is_on,
    })
}

fn wrong(fault: AlertFault) -> Error {
    Error::invalid(fault.field, fault.reason)
}
