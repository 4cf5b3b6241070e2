//! Looking whether rules have something to tell: every morning at the day that is over, and on
//! Mondays at the week.
//!
//! **Invariant:** a day and a week are looked at once, on the node that applies the log; what was
//! missed while no Filo ran is not made up for but for the last of each.

use filo_core::analysis::alert::{
    AlertCause, AlertFacts, AlertRule, Every, Subject, WEEKS_LOOKED, is_silent,
};
use filo_core::analysis::metric::{Compared, Comparison, Metric, Window, causes};
use filo_core::id::{AlertId, AlertRuleId, SourceId};
use filo_core::time::Timestamp;
use filo_store::alert::{self, AlertRow};
use filo_store::{incident, setting, source, source_hour};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::KEPT_SECONDS;
use crate::analysis::{Crowd, lengths};
use crate::app::App;
use crate::daily::{around, tend_when_due};
use crate::error::Result;

/// The hour of the wall: after buyers were measured and before anybody works.
const HOUR: u8 = 5;
const SETTING: &str = "alerts_looked";
const WEEK_DAYS: i64 = 7;
const HOUR_SECONDS: i64 = 3_600;

/// What was looked at last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Looked {
    /// The day.
    #[serde(default)]
    day: Option<Date>,
    /// The Monday of the week.
    #[serde(default)]
    week: Option<Date>,
}

/// What is to be written down.
struct Raised {
    rule: AlertRuleId,
    subject: Subject,
    about: String,
    days: (Date, Date),
    facts: AlertFacts,
}

impl App {
    /// Watches figures every morning, for as long as this Filo runs.
    pub fn keep_watching_figures(&self) {
        let app = self.clone();
        self.spawn(async move {
            let changed = &app.mornings().rules_changed;
            tend_when_due(&app, changed, |app| Box::pin(app.tend_alerts())).await;
        });
    }

    /// Looks at the day and the week that are over, if that was not done yet. Returns when to look
    /// again.
    ///
    /// # Errors
    /// If what happened cannot be read, or an alert cannot be written.
    pub async fn tend_alerts(&self) -> Result<Option<Timestamp>> {
        let zone = self.zone();
        let Some((due, next)) = around(HOUR, &zone, self.now()) else {
            return Ok(None);
        };
        if !self.is_leader() {
            return Ok(Some(next));
        }
        let _turn = self.mornings().turn.lock().await;
        let (looked, version) = self.looked().await?;
        let today = self.day_on_wall(due);
        let since = i64::from(today.weekday().to_monday_zero_offset());
        let monday = today.saturating_sub(since.days());
        let is_new = |known: Option<Date>, day: Date| known.is_none_or(|known| known < day);
        let (day, week) = (is_new(looked.day, today), is_new(looked.week, monday));
        if !day && !week {
            return Ok(Some(next));
        }
        // What was accepted before is told apart then as the tables have it.
        self.settle().await?;
        let mut raised = Vec::new();
        if day && let Some(days) = self.beside(today, 1) {
            raised.extend(self.watch_figures(Every::Day, days).await?);
            raised.extend(self.watch_sources(today).await?);
        }
        if week && let Some(days) = self.beside(monday, WEEK_DAYS) {
            raised.extend(self.watch_figures(Every::Week, days).await?);
        }
        let looked = Looked {
            day: Some(today),
            week: Some(monday),
        };
        self.raise(raised, (looked, version)).await?;
        Ok(Some(next))
    }

    async fn looked(&self) -> Result<(Looked, i64)> {
        let mut tx = self.shared().db.read().await?;
        let Some(stored) = setting::get(&mut tx, SETTING).await? else {
            return Ok((Looked::default(), 0));
        };
        let looked = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
        Ok((looked, stored.version))
    }

    /// So many days before a day, beside those of the week before.
    fn beside(&self, day: Date, count: i64) -> Option<Compared> {
        let zone = self.zone();
        let earlier = day.checked_sub(WEEK_DAYS.days()).ok()?;
        Some(Compared {
            now: Window::days_before(day, count, &zone)?,
            before: Window::days_before(earlier, count, &zone)?,
        })
    }

    /// What the rules that look this often tell of these days.
    async fn watch_figures(&self, every: Every, days: Compared) -> Result<Vec<Raised>> {
        let rules = self.all_alert_rules().await?;
        let rules: Vec<(AlertRuleId, AlertRule, Metric)> = rules
            .into_iter()
            .filter(|view| view.removed_at.is_none() && view.rule.is_on)
            .filter(|view| view.rule.every == every)
            .filter_map(|view| match view.rule.subject {
                Subject::Metric(metric) => Some((view.id, view.rule, metric)),
                Subject::SilentSource => None,
            })
            .collect();
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        let crowd = Crowd::of(self, None, vec![days.now, days.before]).await?;
        let members = self.segments_with_members(None).await?;
        let incidents = self.open_incidents().await?;
        let currency = self.currency().to_string();
        let look = move || {
            let told = |(id, rule, metric): (AlertRuleId, AlertRule, Metric)| {
                let paired = crowd.paired(metric, days);
                let it = Comparison::careful(metric, &paired, lengths(&days));
                let people = paired.len() as u64;
                rule.speaks(&it, people).then(|| Raised {
                    rule: id,
                    subject: rule.subject,
                    about: String::new(),
                    days: (days.now.first, days.now.last),
                    facts: AlertFacts {
                        version: AlertFacts::VERSION,
                        now: it.now.value,
                        before: it.before.value,
                        before_days: (days.before.first, days.before.last),
                        change: it.change,
                        verdict: it.verdict.word().to_owned(),
                        people,
                        currency: currency.clone(),
                        causes: causes(metric, &paired, lengths(&days), &members)
                            .into_iter()
                            .map(|cause| AlertCause {
                                dimension: cause.dimension.word().to_owned(),
                                of: cause.of,
                                added: cause.added,
                                share: cause.share,
                            })
                            .collect(),
                        incidents: incidents.clone(),
                    },
                })
            };
            rules.into_iter().filter_map(told).collect::<Vec<Raised>>()
        };
        let told = tokio::task::spawn_blocking(look).await;
        Ok(told.map_err(anyhow::Error::from)?)
    }

    async fn open_incidents(&self) -> Result<Vec<(String, i64)>> {
        let mut tx = self.shared().db.read().await?;
        Ok(incident::open_kinds(&mut tx).await?)
    }

    /// The sources that sent nothing yesterday.
    async fn watch_sources(&self, today: Date) -> Result<Vec<Raised>> {
        let rules = self.all_alert_rules().await?;
        let rules = rules.into_iter().filter(|view| {
            let is_on = view.removed_at.is_none() && view.rule.is_on;
            is_on && view.rule.subject == Subject::SilentSource
        });
        let rules: Vec<AlertRuleId> = rules.map(|view| view.id).collect();
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        let yesterday = today.saturating_sub(1.day());
        let week_before = yesterday.saturating_sub(WEEK_DAYS.days());
        let mut raised = Vec::new();
        for (id, days) in self.days_of_sources(today).await? {
            if !is_silent(&days) {
                continue;
            }
            let count = |day: usize| days.get(day).map(|it| real(*it));
            for rule in &rules {
                raised.push(Raised {
                    rule: *rule,
                    subject: Subject::SilentSource,
                    about: id.0.to_string(),
                    days: (yesterday, yesterday),
                    facts: AlertFacts {
                        version: AlertFacts::VERSION,
                        now: count(0),
                        before: count(7),
                        before_days: (week_before, week_before),
                        change: Some(-1.0),
                        verdict: "lower".to_owned(),
                        people: 0,
                        currency: String::new(),
                        causes: Vec::new(),
                        incidents: self.open_incidents().await?,
                    },
                });
            }
        }
        Ok(raised)
    }

    /// Events of each source that may send, by day of the company's wall: yesterday first.
    async fn days_of_sources(&self, today: Date) -> Result<Vec<(SourceId, Vec<i64>)>> {
        let days = 7 * WEEKS_LOOKED + 1;
        let zone = self.zone();
        let back = i64::try_from(days).unwrap_or(0);
        let Some(window) = Window::days_before(today, back, &zone) else {
            return Ok(Vec::new());
        };
        let hour = |at: Timestamp| at.0.div_euclid(HOUR_SECONDS * 1_000_000);
        let mut found = Vec::new();
        let mut tx = self.shared().db.read().await?;
        for row in source::list(&mut tx).await? {
            if row.disabled_at.is_some() {
                continue;
            }
            let mut counts = vec![0; days];
            for it in source_hour::since(&mut tx, row.id, hour(window.from)).await? {
                let day = self.day_on_wall(Timestamp::from_seconds(it.hour * HOUR_SECONDS));
                let ago = (today - day).get_days();
                let place = usize::try_from(ago - 1).ok();
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count += it.events;
                }
            }
            found.push((row.id, counts));
        }
        Ok(found)
    }

    async fn raise(&self, raised: Vec<Raised>, (looked, version): (Looked, i64)) -> Result<()> {
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        for it in raised {
            let row = AlertRow {
                id: AlertId(self.spare_id()),
                rule: it.rule,
                subject: it.subject.word().to_owned(),
                about: it.about,
                first_day: it.days.0.to_string(),
                last_day: it.days.1.to_string(),
                facts: serde_json::to_string(&it.facts).map_err(anyhow::Error::from)?,
                raised_at: now,
                dismissed_at: None,
                dismissed_by: None,
            };
            alert::raise(&mut tx, &row).await?;
        }
        alert::prune(&mut tx, now.plus_seconds(-KEPT_SECONDS)).await?;
        let text = serde_json::to_string(&looked).map_err(anyhow::Error::from)?;
        setting::put(&mut tx, SETTING, &text, version, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "events of a day are exact in a double"
)]
const fn real(count: i64) -> f64 {
    count as f64
}
