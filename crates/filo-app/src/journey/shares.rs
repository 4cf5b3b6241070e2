//! The shares of experiments that learn, as the tables have them.

use std::collections::BTreeMap;

use filo_core::journey::{Action, Allocations, Journey, Seen, ShareReason, StepId};
use filo_core::time::Timestamp;
use filo_store::journey::share::ShareRow;

/// Shares from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareView {
    /// Since when.
    pub since: Timestamp,
    /// Of ten thousand each, in the order of the ways.
    pub shares: Vec<u16>,
    /// Why.
    pub reason: ShareReason,
    /// What was seen of each way by then.
    pub seen: Vec<Seen>,
    /// Who said so; empty where they were learnt.
    pub made_by: String,
}

impl ShareView {
    /// As a row of the tables has it.
    pub(crate) fn of(row: &ShareRow) -> anyhow::Result<Self> {
        let reason = ShareReason::from_word(&row.reason);
        let reason = reason.ok_or_else(|| anyhow::anyhow!("unknown reason {}", row.reason))?;
        Ok(Self {
            since: row.since,
            shares: serde_json::from_str(&row.shares)?,
            reason,
            seen: serde_json::from_str(&row.seen)?,
            made_by: row.made_by.clone(),
        })
    }
}

/// What the experiments of a version have learnt, by step.
pub(crate) fn allocations_of(
    journey: &Journey,
    rows: &[ShareRow],
) -> anyhow::Result<BTreeMap<StepId, Allocations>> {
    let mut found = BTreeMap::new();
    for step in journey.walk() {
        let Action::Split(split) = &step.action else {
            continue;
        };
        if split.adaptive.is_none() {
            continue;
        }
        let key = split.ways_key();
        let mut all = Vec::new();
        for row in rows {
            if row.step == step.id.0.as_str() && row.ways == key {
                let view = ShareView::of(row)?;
                all.push((view.since, view.shares));
            }
        }
        found.insert(step.id.clone(), Allocations::new(all));
    }
    Ok(found)
}
