//! The list of erasures that lies beside the backups: who restores an older one brings nobody
//! back. A line for each, with keyed hashes only.
//!
//! **Invariant (I13):** a line is on disk before anything is erased, and no restore replaces the
//! file: it is no part of a backup.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use anyhow::Context;
use filo_core::id::{ErasureId, NodeId};
use filo_core::time::Timestamp;
use filo_store::erasure::ErasureRow;
use serde::{Deserialize, Serialize};

/// Its name in the folder of the backups.
pub(crate) const FILE: &str = "filo-erasures.jsonl";

/// One line.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    workspace: String,
    id: String,
    at: i64,
    ground: String,
    nodes: Vec<String>,
}

/// Adds an erasure to the list in a folder.
pub(crate) fn add(folder: &Path, workspace: &str, row: &ErasureRow) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let path = folder.join(FILE);
    let line = Line {
        workspace: workspace.to_owned(),
        id: row.id.to_string(),
        at: row.at.0,
        ground: row.ground.clone(),
        nodes: row.nodes.iter().map(NodeId::to_string).collect(),
    };
    let mut text = serde_json::to_string(&line)?;
    text.push('\n');
    let told = || format!("writing {}", path.display());
    let options = OpenOptions::new().create(true).append(true).open(&path);
    let mut file = options.with_context(told)?;
    file.write_all(text.as_bytes()).with_context(told)?;
    file.sync_all().with_context(told)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(told)
}

/// The erasures of a workspace that a folder's list names; none if there is no list.
pub(crate) fn read(folder: &Path, workspace: &str) -> anyhow::Result<Vec<ErasureRow>> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let told = || format!("reading {}", path.display());
    let file = File::open(&path).with_context(told)?;
    let mut rows = Vec::new();
    for line in BufReader::new(file).lines() {
        let line = line.with_context(told)?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).with_context(told)?;
        if line.workspace != workspace {
            continue;
        }
        let nodes: Result<Vec<NodeId>, _> = line.nodes.iter().map(|it| it.parse()).collect();
        rows.push(ErasureRow {
            id: line.id.parse::<ErasureId>().with_context(told)?,
            at: Timestamp(line.at),
            actor: String::new(),
            ground: line.ground,
            nodes: nodes.with_context(told)?,
            receipt: String::new(),
            finished_at: None,
        });
    }
    Ok(rows)
}
