//! Reading a file from end to end and saying what is wrong with it.
//!
//! **Invariant:** a file without problems has the bytes its name says, as many events as the list
//! says, in order, and its run holds exactly their ids.

use std::sync::Arc;

use filo_core::id::WorkspaceKey;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::file::{fits, month_of};
use crate::opened::Opened;
use crate::scan::Scan;
use crate::seen::short;
use crate::writing::order;

/// What is wrong with a file, a line each.
pub(crate) fn problems(file: &Arc<Opened>, key: &WorkspaceKey) -> Vec<String> {
    let mut problems = Vec::new();
    for outcome in [
        hashes(file, &mut problems),
        contents(file, key, &mut problems),
    ] {
        if let Err(error) = outcome {
            problems.push(error.to_string());
        }
    }
    problems
}

fn hashes(file: &Opened, problems: &mut Vec<String>) -> Result<()> {
    if !fits(file.name(), &file.hash()?) {
        problems.push(format!(
            "{}: its bytes are not those its name tells",
            file.name()
        ));
    }
    if let Some((name, hash)) = file.seen_hash()?
        && !fits(name, &hash)
    {
        problems.push(format!("{name}: its bytes are not those its name tells"));
    }
    Ok(())
}

fn contents(file: &Arc<Opened>, key: &WorkspaceKey, problems: &mut Vec<String>) -> Result<()> {
    let mut rows = 0u64;
    // Equal sets have equal sums; that unequal ones of random ids do is as likely as 2^-80.
    let mut sum = 0u128;
    let mut unknown = 0u64;
    let mut before = None;
    let (mut min_at, mut max_at) = (Timestamp::MAX, Timestamp::MIN);
    for event in Scan::whole(file, key)? {
        let event = event?;
        rows += 1;
        let id = short(event.id);
        sum = sum.wrapping_add(id);
        if let Some(run) = &file.seen
            && !run.contains(id)?
        {
            unknown += 1;
        }
        if before >= Some(order(&event)) {
            problems.push(format!("{}: event {rows} is not in order", file.name()));
        }
        if month_of(event.received_at) != file.file.month {
            problems.push(format!("{}: event {rows} is of another month", file.name()));
        }
        before = Some(order(&event));
        min_at = min_at.min(event.at);
        max_at = max_at.max(event.at);
    }
    if rows != file.file.rows {
        let listed = file.file.rows;
        problems.push(format!(
            "{}: {rows} events instead of {listed}",
            file.name()
        ));
    }
    if rows > 0 && (min_at, max_at) != (file.file.min_at, file.file.max_at) {
        problems.push(format!(
            "{}: its events are of another time than listed",
            file.name()
        ));
    }
    let Some(run) = &file.seen else { return Ok(()) };
    if unknown > 0 {
        problems.push(format!(
            "{}: {unknown} events are missing in its run of ids",
            file.name()
        ));
    }
    let mut run_sum = 0u128;
    for id in run.sorted() {
        run_sum = run_sum.wrapping_add(id?);
    }
    if run_sum != sum || run.len() != rows {
        problems.push(format!("{}: its run of ids holds others too", file.name()));
    }
    Ok(())
}
