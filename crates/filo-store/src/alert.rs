//! The rules by which figures are watched, and what they told.
//!
//! **Invariant:** of one rule, first day and thing it is about there is one alert, however often
//! it is raised; a rule changes only from the version that its changer saw.

use filo_core::id::{AlertId, AlertRuleId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// A rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRuleRow {
    pub id: AlertRuleId,
    /// The word of what is watched.
    pub subject: String,
    pub every: String,
    pub direction: String,
    /// So many percent; nothing for what is beyond chance.
    pub percent: Option<i64>,
    pub people_least: i64,
    pub is_on: bool,
    /// One more with each change; 0 of one that nobody has changed yet.
    pub version: i64,
    pub changed_at: Timestamp,
    pub changed_by: String,
    pub removed_at: Option<Timestamp>,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    pub id: AlertId,
    pub rule: AlertRuleId,
    /// The word of what was watched.
    pub subject: String,
    /// What of it, where there are several: the number of a source.
    pub about: String,
    pub first_day: String,
    pub last_day: String,
    /// What it was raised on, as the core writes it.
    pub facts: String,
    pub raised_at: Timestamp,
    pub dismissed_at: Option<Timestamp>,
    pub dismissed_by: Option<String>,
}

const RULES: &str = "
    SELECT id, subject, every, direction, percent, people_least, is_on, version, changed_at,
           changed_by, removed_at
      FROM alert_rule
     ORDER BY id";

/// Every rule that somebody made or changed, also those that were removed, by id.
pub async fn rules(tx: &mut Tx<'_>) -> Result<Vec<AlertRuleRow>> {
    tx.fetch(RULES, &[]).await?.iter().map(read_rule).collect()
}

const INSERT_RULE: &str = "
    INSERT INTO alert_rule (id, subject, every, direction, percent, people_least, is_on, version,
                            changed_at, changed_by, removed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10)
    ON CONFLICT (id) DO NOTHING";

const CHANGE_RULE: &str = "
    UPDATE alert_rule
       SET subject = $2,
           every = $3,
           direction = $4,
           percent = $5,
           people_least = $6,
           is_on = $7,
           version = version + 1,
           changed_at = $8,
           changed_by = $9,
           removed_at = $10
     WHERE id = $1
       AND version = $11";

/// Writes a rule that was read at its version (0: that was not there); false if it is at another.
pub async fn put_rule(tx: &mut Tx<'_>, row: &AlertRuleRow) -> Result<bool> {
    let changed = match row.version {
        0 => {
            let values = values![
                row.id,
                row.subject.as_str(),
                row.every.as_str(),
                row.direction.as_str(),
                row.percent,
                row.people_least,
                i64::from(row.is_on),
                row.changed_at,
                row.changed_by.as_str(),
                row.removed_at,
            ];
            tx.execute(INSERT_RULE, values).await?
        }
        version => {
            let values = values![
                row.id,
                row.subject.as_str(),
                row.every.as_str(),
                row.direction.as_str(),
                row.percent,
                row.people_least,
                i64::from(row.is_on),
                row.changed_at,
                row.changed_by.as_str(),
                row.removed_at,
                version,
            ];
            tx.execute(CHANGE_RULE, values).await?
        }
    };
    Ok(changed == 1)
}

const RAISE: &str = "
    INSERT INTO alert (id, rule, subject, about, first_day, last_day, facts, raised_at,
                       dismissed_at, dismissed_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)
    ON CONFLICT (rule, first_day, about) DO NOTHING";

/// Raises an alert; false if the rule has told of the same days already.
pub async fn raise(tx: &mut Tx<'_>, row: &AlertRow) -> Result<bool> {
    let values = values![
        row.id,
        row.rule,
        row.subject.as_str(),
        row.about.as_str(),
        row.first_day.as_str(),
        row.last_day.as_str(),
        row.facts.as_str(),
        row.raised_at,
    ];
    Ok(tx.execute(RAISE, values).await? == 1)
}

const LIST: &str = "
    SELECT id, rule, subject, about, first_day, last_day, facts, raised_at, dismissed_at,
           dismissed_by
      FROM alert
     WHERE raised_at >= $1
     ORDER BY raised_at DESC, id DESC
     LIMIT $2";

const LIST_OPEN: &str = "
    SELECT id, rule, subject, about, first_day, last_day, facts, raised_at, dismissed_at,
           dismissed_by
      FROM alert
     WHERE raised_at >= $1
       AND dismissed_at IS NULL
     ORDER BY raised_at DESC, id DESC
     LIMIT $2";

/// Alerts since an instant, the newest first; only those nobody has put away, or all.
pub async fn list(
    tx: &mut Tx<'_>,
    open_only: bool,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<AlertRow>> {
    let sql = if open_only { LIST_OPEN } else { LIST };
    tx.fetch(sql, values![since, limit])
        .await?
        .iter()
        .map(read)
        .collect()
}

const GET: &str = "
    SELECT id, rule, subject, about, first_day, last_day, facts, raised_at, dismissed_at,
           dismissed_by
      FROM alert
     WHERE id = $1";

/// One alert.
pub async fn get(tx: &mut Tx<'_>, id: AlertId) -> Result<Option<AlertRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const DISMISS: &str = "
    UPDATE alert
       SET dismissed_at = $2,
           dismissed_by = $3
     WHERE id = $1
       AND dismissed_at IS NULL";

/// Puts an alert away; false if it was already.
pub async fn dismiss(tx: &mut Tx<'_>, id: AlertId, at: Timestamp, by: &str) -> Result<bool> {
    Ok(tx.execute(DISMISS, values![id, at, by]).await? == 1)
}

const TAKE_UP: &str = "
    UPDATE alert
       SET dismissed_at = NULL,
           dismissed_by = NULL
     WHERE id = $1
       AND dismissed_at IS NOT NULL";

/// Takes an alert up again that was put away; false if it was not.
pub async fn take_up(tx: &mut Tx<'_>, id: AlertId) -> Result<bool> {
    Ok(tx.execute(TAKE_UP, values![id]).await? == 1)
}

const PRUNE: &str = "
    DELETE FROM alert
     WHERE raised_at < $1";

/// Forgets what was told before an instant.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}

fn read_rule(record: &Record) -> Result<AlertRuleRow> {
    Ok(AlertRuleRow {
        id: AlertRuleId::from_bytes(record.id(0)?),
        subject: record.text(1)?,
        every: record.text(2)?,
        direction: record.text(3)?,
        percent: record.int_or_null(4)?,
        people_least: record.int(5)?,
        is_on: record.int(6)? != 0,
        version: record.int(7)?,
        changed_at: record.time(8)?,
        changed_by: record.text(9)?,
        removed_at: record.time_or_null(10)?,
    })
}

fn read(record: &Record) -> Result<AlertRow> {
    Ok(AlertRow {
        id: AlertId::from_bytes(record.id(0)?),
        rule: AlertRuleId::from_bytes(record.id(1)?),
        subject: record.text(2)?,
        about: record.text(3)?,
        first_day: record.text(4)?,
        last_day: record.text(5)?,
        facts: record.text(6)?,
        raised_at: record.time(7)?,
        dismissed_at: record.time_or_null(8)?,
        dismissed_by: record.text_or_null(9)?,
    })
}
