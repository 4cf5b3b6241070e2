//! What is wrong, by person and by reason, and what people said to leave as it is.
//!
//! **Invariant:** a figure and the list behind it are the same question, so they agree.

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One thing that is wrong with one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    pub customer: CustomerId,
    pub reason: String,
    pub field: String,
    /// The value as it was said.
    pub raw: String,
    /// What it probably should be.
    pub proposal: Option<String>,
    /// How they can be reached once it is mended, who could not be before.
    pub gain: Option<String>,
}

/// Which findings a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    pub reason: Option<String>,
    pub gain: Option<String>,
    /// Only those that can be mended with a click.
    pub proposed: bool,
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub customer: CustomerId,
    pub reason: String,
    pub field: String,
}

impl Default for Place {
    /// Before everything.
    fn default() -> Self {
        Self {
            customer: CustomerId(0),
            reason: String::new(),
            field: String::new(),
        }
    }
}

impl Place {
    /// Behind this finding.
    #[must_use]
    pub fn of(row: &FindingRow) -> Self {
        Self {
            customer: row.customer,
            reason: row.reason.clone(),
            field: row.field.clone(),
        }
    }
}

/// Of how many people something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub word: String,
    pub people: i64,
    /// Of whom it can be mended with a click.
    pub proposed: i64,
    /// Whom mending makes reachable.
    pub gained: i64,
}

const PUT: Bulk = Bulk {
    head: "INSERT INTO quality_finding (customer, reason, field, raw, proposal, gain) VALUES",
    width: 6,
    tail: "ON CONFLICT (customer, reason, field) DO NOTHING",
};

pub(super) async fn put_findings(tx: &mut Tx<'_>, findings: &[FindingRow]) -> Result<()> {
    tx.execute_bulk(&PUT, findings, |finding, values| {
        values.extend_from_slice(values![
            finding.customer,
            finding.reason.as_str(),
            finding.field.as_str(),
            finding.raw.as_str(),
            finding.proposal.as_deref(),
            finding.gain.as_deref(),
        ]);
    })
    .await
    .map(drop)
}

const LIST_OF_REASON: &str = "
    SELECT customer, reason, field, raw, proposal, gain
      FROM quality_finding
     WHERE reason = $5
       AND (customer, reason, field) > ($1, $2, $3)
       AND ($6 = 0 OR proposal IS NOT NULL)
       AND ($7 IS NULL OR gain = $7)
     ORDER BY customer, reason, field
     LIMIT $4";

const LIST_OF_GAIN: &str = "
    SELECT customer, reason, field, raw, proposal, gain
      FROM quality_finding
     WHERE gain = $5
       AND (customer, reason, field) > ($1, $2, $3)
     ORDER BY customer, reason, field
     LIMIT $4";

const LIST_ALL: &str = "
    SELECT customer, reason, field, raw, proposal, gain
      FROM quality_finding
     WHERE (customer, reason, field) > ($1, $2, $3)
       AND ($5 = 0 OR proposal IS NOT NULL)
     ORDER BY customer, reason, field
     LIMIT $4";

/// A page of findings, by customer.
pub async fn list(
    tx: &mut Tx<'_>,
    which: &Which,
    behind: &Place,
    limit: u32,
) -> Result<Vec<FindingRow>> {
    let (customer, reason, field) = (
        behind.customer,
        behind.reason.as_str(),
        behind.field.as_str(),
    );
    let proposed = i64::from(which.proposed);
    let gain = which.gain.as_deref();
    let rows = match (which.reason.as_deref(), gain) {
        (Some(asked), gain) => {
            let values = values![customer, reason, field, limit, asked, proposed, gain];
            tx.fetch(LIST_OF_REASON, values).await?
        }
        (None, Some(gain)) => {
            let values = values![customer, reason, field, limit, gain];
            tx.fetch(LIST_OF_GAIN, values).await?
        }
        (None, None) => {
            let values = values![customer, reason, field, limit, proposed];
            tx.fetch(LIST_ALL, values).await?
        }
    };
    rows.iter().map(read).collect()
}

const OF: &str = "
    SELECT customer, reason, field, raw, proposal, gain
      FROM quality_finding
     WHERE customer = $1
     ORDER BY reason, field";

/// What is wrong with one person.
pub async fn findings_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<FindingRow>> {
    let rows = tx.fetch(OF, values![customer]).await?;
    rows.iter().map(read).collect()
}

const REASONS: &str = "
    SELECT reason, COUNT(DISTINCT customer),
           COUNT(DISTINCT CASE WHEN proposal IS NOT NULL THEN customer END),
           COUNT(DISTINCT CASE WHEN gain IS NOT NULL THEN customer END)
      FROM quality_finding
     GROUP BY reason
     ORDER BY reason";

/// How many people each reason concerns.
pub async fn reasons(tx: &mut Tx<'_>) -> Result<Vec<Count>> {
    counted(tx, REASONS).await
}

const GAINS: &str = "
    SELECT gain, COUNT(DISTINCT customer), COUNT(DISTINCT customer), COUNT(DISTINCT customer)
      FROM quality_finding
     WHERE gain IS NOT NULL
     GROUP BY gain
     ORDER BY gain";

/// How many people become reachable, by way.
pub async fn gains(tx: &mut Tx<'_>) -> Result<Vec<Count>> {
    counted(tx, GAINS).await
}

async fn counted(tx: &mut Tx<'_>, question: &'static str) -> Result<Vec<Count>> {
    let count = |row: &Record| {
        Ok(Count {
            word: row.text(0)?,
            people: row.int(1)?,
            proposed: row.int(2)?,
            gained: row.int(3)?,
        })
    };
    tx.fetch(question, &[]).await?.iter().map(count).collect()
}

const IGNORE: Bulk = Bulk {
    head: "INSERT INTO quality_ignored (customer, reason, field, raw, actor, at) VALUES",
    width: 6,
    tail: "ON CONFLICT (customer, reason, field, raw) DO NOTHING",
};

const HIDE: Bulk = Bulk {
    head: "DELETE FROM quality_finding WHERE (customer, reason, field) IN (\
           SELECT kept.customer, kept.reason, kept.field FROM (VALUES",
    width: 3,
    tail: ") AS old JOIN quality_finding AS kept ON kept.customer = old.column1 \
           AND kept.reason = old.column2 AND kept.field = old.column3)",
};

/// Leaves values as they are, for good.
pub async fn ignore(
    tx: &mut Tx<'_>,
    findings: &[FindingRow],
    actor: &str,
    at: Timestamp,
) -> Result<()> {
    tx.execute_bulk(&IGNORE, findings, |finding, values| {
        values.extend_from_slice(values![
            finding.customer,
            finding.reason.as_str(),
            finding.field.as_str(),
            finding.raw.as_str(),
            actor,
            at,
        ]);
    })
    .await?;
    hide(tx, findings).await
}

/// Takes findings off the list; whoever still has them is found again at the next look.
pub async fn hide(tx: &mut Tx<'_>, findings: &[FindingRow]) -> Result<()> {
    tx.execute_bulk(&HIDE, findings, |finding, values| {
        values.extend_from_slice(values![
            finding.customer,
            finding.reason.as_str(),
            finding.field.as_str(),
        ]);
    })
    .await
    .map(drop)
}

const UNIGNORE: &str = "
    DELETE FROM quality_ignored
     WHERE actor = $1
       AND at = $2";

const IGNORED_AT: &str = "
    SELECT DISTINCT customer
      FROM quality_ignored
     WHERE actor = $1
       AND at = $2";

/// Looks again at what somebody left as it was at an instant; gives whose values they were.
pub async fn unignore(tx: &mut Tx<'_>, actor: &str, at: Timestamp) -> Result<Vec<CustomerId>> {
    let rows = tx.fetch(IGNORED_AT, values![actor, at]).await?;
    tx.execute(UNIGNORE, values![actor, at]).await?;
    rows.iter()
        .map(|row| row.id(0).map(CustomerId::from_bytes))
        .collect()
}

const IGNORED_OF: Bulk = Bulk {
    head: "SELECT customer, reason, field, raw FROM quality_ignored WHERE customer IN (VALUES",
    width: 1,
    tail: ")",
};

/// What is to be left as it is, of these ids.
pub async fn ignored_of(
    tx: &mut Tx<'_>,
    ids: &[CustomerId],
) -> Result<Vec<(CustomerId, [String; 3])>> {
    let rows = tx
        .fetch_bulk(&IGNORED_OF, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter()
        .map(|row| {
            let words = [row.text(1)?, row.text(2)?, row.text(3)?];
            Ok((CustomerId::from_bytes(row.id(0)?), words))
        })
        .collect()
}

/// How many values are left as they are.
pub async fn ignored(tx: &mut Tx<'_>) -> Result<i64> {
    let row = tx
        .fetch_one("SELECT COUNT(*) FROM quality_ignored", &[])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

fn read(row: &Record) -> Result<FindingRow> {
    Ok(FindingRow {
        customer: CustomerId::from_bytes(row.id(0)?),
        reason: row.text(1)?,
        field: row.text(2)?,
        raw: row.text(3)?,
        proposal: row.text_or_null(4)?,
        gain: row.text_or_null(5)?,
    })
}
