//! Whether a store that was found after a cut holds what it had said it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use filo_core::id::NodeId;
use filo_core::time::Timestamp;
use filo_store::identity::{self, NodeRow};
use filo_store::position::{self, Position};
use filo_store::{Db, Error, Location, log};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::story::{Fact, TELLING, nodes_at, payload, told_by};

/// What a store must hold, by what was asked and answered.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// Payloads that were to be appended, answered or not.
    attempted: BTreeSet<u64>,
    /// Rows that were said to be safe, and their payloads.
    acknowledged: BTreeMap<i64, u64>,
    /// Generations that were to be saved, and with which positions.
    saving: BTreeMap<u64, Vec<Position>>,
    saved: u64,
    dropping: i64,
    dropped: i64,
}

impl Expected {
    /// What is expected after these facts.
    pub(crate) fn after<'a>(facts: impl Iterator<Item = &'a Fact>) -> Self {
        let mut expected = Self::default();
        expected.saving.insert(0, vec![Position::default()]);
        for fact in facts {
            match fact {
                Fact::Appending(number) => {
                    expected.attempted.insert(*number);
                }
                Fact::Appended(number, seq) => {
                    expected.acknowledged.insert(*seq, *number);
                }
                Fact::Saving(generation, position) => {
                    expected
                        .saving
                        .entry(*generation)
                        .or_default()
                        .push(*position);
                }
                Fact::Saved(generation) => expected.saved = *generation,
                Fact::Dropping(seq) => expected.dropping = *seq,
                Fact::Dropped(seq) => expected.dropped = *seq,
            }
        }
        expected
    }
}

/// What is wrong with a store.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What it had said and does not hold.
    pub(crate) lost: Vec<String>,
    /// What no run could have left.
    pub(crate) corrupt: Vec<String>,
}

struct Found {
    rows: Vec<log::Row>,
    last: i64,
    position: Position,
    nodes: Vec<NodeRow>,
}

/// Opens a store that was found, compares it, and uses it.
pub(crate) async fn inspect(folder: &Path, expected: &Expected) -> Findings {
    let mut findings = Findings::default();
    if let Err(error) = look(folder, expected, &mut findings).await {
        findings
            .corrupt
            .push(format!("it does not work: {error:?}"));
    }
    findings
}

async fn look(folder: &Path, expected: &Expected, findings: &mut Findings) -> Result<(), Error> {
    let location = Location::Sqlite {
        folder: folder.to_path_buf(),
    };
    let db = Db::open(&location, &crate::options()).await?;
    let found = read(&db).await?;
    compare_log(&found, expected, findings);
    compare_state(&found, expected, findings);
    let next = log::append(&db, Timestamp(0), 1, b"afterwards").await?;
    if next != found.last + 1 {
        findings
            .corrupt
            .push(format!("row {next} came after row {}", found.last));
    }
    db.close().await?;
    for name in ["state.db", "log.db"] {
        let answer = integrity(&folder.join(name)).await;
        if answer != "ok" {
            findings.corrupt.push(format!("{name}: {answer}"));
        }
    }
    Ok(())
}

async fn read(db: &Db) -> Result<Found, Error> {
    let mut tx = db.read().await?;
    Ok(Found {
        rows: log::after(db, 0, 10_000, usize::MAX).await?,
        last: log::last(db).await?,
        position: position::load(&mut tx).await?,
        nodes: identity::node_page(&mut tx, NodeId(0), 10_000).await?,
    })
}

fn compare_log(found: &Found, expected: &Expected, findings: &mut Findings) {
    let mut rows: BTreeMap<i64, &[u8]> = BTreeMap::new();
    for row in &found.rows {
        if rows.insert(row.seq, &row.payload).is_some() {
            findings
                .corrupt
                .push(format!("row {} is there twice", row.seq));
        }
        if row.seq <= expected.dropped {
            findings.lost.push(format!("row {} is back", row.seq));
        }
    }
    for (seq, number) in &expected.acknowledged {
        match rows.remove(seq) {
            Some(bytes) if bytes == payload(*number) => {}
            Some(_) => findings
                .lost
                .push(format!("row {seq} holds something else")),
            None if *seq <= expected.dropping => {}
            None => findings.lost.push(format!("row {seq} is gone")),
        }
    }
    // What is left was asked for and never answered.
    for (seq, bytes) in rows {
        let answered: BTreeSet<u64> = expected.acknowledged.values().copied().collect();
        let mut open = expected.attempted.difference(&answered);
        if !open.any(|number| bytes == payload(*number)) {
            findings
                .corrupt
                .push(format!("row {seq} holds what nobody wrote"));
        }
    }
    let newest = expected
        .acknowledged
        .keys()
        .next_back()
        .copied()
        .unwrap_or(0);
    if found.last < newest {
        findings.lost.push(format!(
            "the log ends at {}, before row {newest}",
            found.last
        ));
    }
}

fn compare_state(found: &Found, expected: &Expected, findings: &mut Findings) {
    let telling = found.nodes.iter().find(|node| node.id == TELLING);
    let generation = telling.map_or(0, told_by);
    let nodes: BTreeMap<NodeId, NodeRow> = found
        .nodes
        .iter()
        .map(|node| (node.id, node.clone()))
        .collect();
    if nodes != nodes_at(generation) {
        findings.corrupt.push(format!(
            "the nodes are not those of generation {generation}"
        ));
    }
    let position = found.position;
    let allowed = expected.saving.get(&generation);
    if !allowed.is_some_and(|positions| positions.contains(&position)) {
        findings
            .corrupt
            .push(format!("generation {generation} stands at {position:?}"));
    }
    if generation < expected.saved {
        findings.lost.push(format!(
            "the state is of generation {generation}, not {}",
            expected.saved
        ));
    }
    if position.applied > found.last {
        findings.lost.push(format!(
            "{position:?} is beyond the log, which ends at {}",
            found.last
        ));
    }
    let first = found.rows.first().map_or(found.last + 1, |row| row.seq);
    if first - 1 > position.flushed {
        findings.lost.push(format!(
            "rows up to {} were dropped, {position:?} does not know",
            first - 1
        ));
    }
}

async fn integrity(path: &Path) -> String {
    let asked = async {
        let mut connection = SqliteConnectOptions::new().filename(path).connect().await?;
        sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut connection)
            .await
    };
    asked
        .await
        .unwrap_or_else(|error: sqlx::Error| error.to_string())
}
