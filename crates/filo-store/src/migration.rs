//! The tables, as a list of steps that only goes forward.
//!
//! **Invariant:** a step that was released is never edited; the files `schema.sqlite.sql` and
//! `schema.postgres.sql` are what all the steps give, and a test compares them.
//!
//! A step is one text for both databases. Words in braces stand for what differs:
//! `{int}`, `{bytes}`, `{text}` (compared by bytes), `{serial}`, `{strict}` and `{keyed}`
//! (SQLite: the rows live in the primary key's tree). What follows the line
//! `-- PostgreSQL only:` is not for SQLite.

use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::values;

/// Which file of SQLite a table lives in; PostgreSQL has them side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Log,
    State,
}

struct Migration {
    number: i64,
    name: &'static str,
    part: Part,
    text: &'static str,
}

macro_rules! migrations {
    ($($number:literal $part:ident $name:literal;)*) => {
        &[$(Migration {
            number: $number,
            name: $name,
            part: Part::$part,
            text: include_str!(concat!("../migrations/", $name, ".sql")),
        }),*]
    };
}

/// Every step, in order.
const MIGRATIONS: &[Migration] = migrations! {
    1 Log "0001_log";
    2 State "0002_engine_position";
    3 State "0003_identity";
    4 State "0004_customer";
    5 State "0005_source_and_key";
    6 State "0006_quarantine";
    7 State "0007_incident";
    8 State "0008_setting";
    9 State "0009_idempotency";
    10 State "0010_lake_file";
    11 State "0011_user";
    12 State "0012_session";
    13 State "0013_invite";
    14 State "0014_sealed_secret";
    15 State "0015_webhook";
    16 State "0016_audit";
    17 State "0017_source_hour";
    18 State "0018_people";
    20 State "0020_duplicate";
    22 State "0022_job";
    23 State "0023_import";
    24 State "0024_import_plan";
    25 State "0025_consent";
    26 State "0026_suppression";
    27 State "0027_confirmation";
    28 State "0028_quality";
    29 State "0029_quality_day";
    31 State "0031_erasure";
    33 State "0033_sign_on";
    34 State "0034_key_origins";
    35 State "0035_birthday";
    40 State "0040_data_request";
    41 State "0041_retention_run";
    60 State "0060_segment";
    65 State "0065_segment_turn_occasion";
    70 State "0070_buyer_day";
    72 State "0072_computed_trait";
    74 State "0074_persona";
    75 State "0075_persona_typical";
    78 State "0078_message";
    80 State "0080_mail_return";
    81 State "0081_mail_pace";
    85 State "0085_piece";
    86 State "0086_promotion";
    90 State "0090_journey";
    91 State "0091_journey_run";
    92 State "0092_task";
    93 State "0093_journey_event";
    100 State "0100_customer_list";
    101 State "0101_bulk_act_list";
    105 State "0105_rehearsal";
    110 State "0110_journey_holdout";
    115 State "0115_message_receipt";
    116 State "0116_pace";
    120 State "0120_approval";
    125 State "0125_journey_occurrence";
    130 State "0130_warm_up";
    131 State "0131_return_box";
    135 State "0135_tracking";
    136 State "0136_erasing_seeks";
    145 State "0145_web_push";
    146 State "0146_annotation";
    147 State "0147_audit_act";
    148 State "0148_alert";
    149 State "0149_monday_reader";
    150 State "0150_message_shown";
    154 State "0154_audience";
    155 State "0155_message_cost";
    160 State "0160_message_fallbacks";
    165 State "0165_journey_share";
    175 State "0175_saved_query";
};

const APPLIED: &str = "\
CREATE TABLE IF NOT EXISTS migration (
    number {int} PRIMARY KEY,
    name   {text} NOT NULL
){strict}";

/// The last step this program knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

/// The names of the steps that a store with these steps has not seen.
pub(crate) fn missing(applied: &[i64]) -> Vec<&'static str> {
    MIGRATIONS
        .iter()
        .filter(|migration| !applied.contains(&migration.number))
        .map(|migration| migration.name)
        .collect()
}

/// Runs the steps up to `upto` that this store has not seen, inside the given transaction.
pub(crate) async fn apply(tx: &mut Tx<'_>, parts: &[Part], upto: i64) -> Result<()> {
    let create = AssertSqlSafe(spelled(APPLIED, matches!(tx, Tx::Postgres(_))));
    run(tx, create).await?;
    let rows = tx
        .fetch("SELECT number FROM migration ORDER BY number", &[])
        .await?;
    let applied = rows
        .iter()
        .map(|row| row.int(0))
        .collect::<Result<Vec<_>>>()?;
    let newest = newest();
    if let Some(unknown) = applied.iter().find(|number| **number > newest) {
        return Err(Error::Unusable(format!(
            "this store was written by a newer Filo (step {unknown}; this one knows {newest}): \
             install that version or a newer one"
        )));
    }
    for migration in MIGRATIONS {
        if !parts.contains(&migration.part)
            || applied.contains(&migration.number)
            || migration.number > upto
        {
            continue;
        }
        // Our own text, embedded at build time.
        let text = AssertSqlSafe(spelled(migration.text, matches!(tx, Tx::Postgres(_))));
        run(tx, text).await?;
        tx.execute(
            "INSERT INTO migration (number, name) VALUES ($1, $2)",
            values![migration.number, migration.name],
        )
        .await?;
        tracing::debug!(migration = migration.name, "a migration was applied");
    }
    Ok(())
}

/// Runs several statements that take no values.
pub(crate) async fn run(tx: &mut Tx<'_>, sql: impl SqlSafeStr) -> Result<()> {
    let sql = sql.into_sql_str();
    let done = match tx {
        Tx::Sqlite(tx) => sqlx::raw_sql(sql.clone())
            .execute(&mut **tx)
            .await
            .map(drop),
        Tx::Postgres(tx) => sqlx::raw_sql(sql.clone())
            .execute(&mut **tx)
            .await
            .map(drop),
    };
    done.map_err(|error| Error::statement(sql.as_str(), error))
}

/// (word, on SQLite, on PostgreSQL)
const WORDS: [(&str, &str, &str); 6] = [
    ("{int}", "INTEGER", "BIGINT"),
    ("{bytes}", "BLOB", "BYTEA"),
    // SQLite compares text by its bytes unless told otherwise, PostgreSQL by a language.
    ("{text}", "TEXT", "TEXT COLLATE \"C\""),
    (
        "{serial}",
        "INTEGER PRIMARY KEY AUTOINCREMENT",
        "BIGINT PRIMARY KEY",
    ),
    ("{strict}", " STRICT", ""),
    ("{keyed}", " STRICT, WITHOUT ROWID", ""),
];

/// Between what both databases get and what is for one alone.
const POSTGRES_ONLY: &str = "-- PostgreSQL only:";

fn spelled(text: &str, postgres: bool) -> String {
    let both = text.split(POSTGRES_ONLY).next().unwrap_or_default();
    let mut spelled = (if postgres { text } else { both }).to_owned();
    for (word, on_sqlite, on_postgres) in WORDS {
        spelled = spelled.replace(word, if postgres { on_postgres } else { on_sqlite });
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_in_order_and_named_after_their_number() {
        assert!(MIGRATIONS.is_sorted_by(|one, next| one.number < next.number));
        for migration in MIGRATIONS {
            assert!(
                migration
                    .name
                    .starts_with(&format!("{:04}_", migration.number))
            );
        }
    }

    #[test]
    fn no_word_in_braces_is_left() {
        for migration in MIGRATIONS {
            for postgres in [false, true] {
                let text = spelled(migration.text, postgres);
                assert!(!text.contains(['{', '}']), "{}: {text}", migration.name);
            }
        }
    }
}
