//! The figures of each day.

use filo_core::quality::Scores;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// The figures of a day, of everybody (`all`), of a source (`source`) or of a kind of value
/// (`field`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRow {
    /// Days since 1970.
    pub day: i64,
    pub scope: String,
    /// The source's number or the field's word; empty for everybody.
    pub subject: String,
    /// How many people it is about.
    pub people: i64,
    pub scores: Scores,
}

const PUT: Bulk = Bulk {
    head: "INSERT INTO quality_day (day, scope, subject, people, completeness, validity, \
           freshness, uniqueness, consistency) VALUES",
    width: 9,
    tail: "ON CONFLICT (day, scope, subject) DO NOTHING",
};

/// Replaces the figures of a day.
pub async fn put_day(tx: &mut Tx<'_>, day: i64, rows: &[DayRow]) -> Result<()> {
    tx.execute("DELETE FROM quality_day WHERE day = $1", values![day])
        .await?;
    tx.execute_bulk(&PUT, rows, |row, values| {
        let figures = row
            .scores
            .figures()
            .map(|(_, figure)| figure.map(i64::from));
        let [completeness, validity, freshness, uniqueness, consistency] = figures;
        values.extend_from_slice(values![
            day,
            row.scope.as_str(),
            row.subject.as_str(),
            row.people,
            completeness,
            validity,
            freshness,
            uniqueness,
            consistency,
        ]);
    })
    .await
    .map(drop)
}

const LATEST: &str = "
    SELECT day, scope, subject, people, completeness, validity, freshness, uniqueness, consistency
      FROM quality_day
     WHERE day = (SELECT MAX(day) FROM quality_day)
     ORDER BY scope, subject";

/// The figures of the last day that has any.
pub async fn latest(tx: &mut Tx<'_>) -> Result<Vec<DayRow>> {
    tx.fetch(LATEST, &[]).await?.iter().map(read).collect()
}

const HISTORY: &str = "
    SELECT day, scope, subject, people, completeness, validity, freshness, uniqueness, consistency
      FROM quality_day
     WHERE scope = $1
       AND subject = $2
       AND day >= $3
     ORDER BY day";

/// The figures of one subject since a day, the oldest first.
pub async fn history(
    tx: &mut Tx<'_>,
    scope: &str,
    subject: &str,
    since: i64,
) -> Result<Vec<DayRow>> {
    let rows = tx.fetch(HISTORY, values![scope, subject, since]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Record) -> Result<DayRow> {
    Ok(DayRow {
        day: row.int(0)?,
        scope: row.text(1)?,
        subject: row.text(2)?,
        people: row.int(3)?,
        scores: Scores {
            completeness: row.small_or_null(4)?,
            validity: row.small_or_null(5)?,
            freshness: row.small_or_null(6)?,
            uniqueness: row.small_or_null(7)?,
            consistency: row.small_or_null(8)?,
        },
    })
}
