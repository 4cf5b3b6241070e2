//! A row about a company, and perhaps about somebody who belongs to it.
//!
//! **Invariant:** the same row is the same event in any file; one that says something else of the
//! same company is another.

use compact_str::format_compact;
use filo_core::event::EventKind;
use filo_core::identity::{Identifier, Kind};
use serde_json::{Map, Value};
use smallvec::SmallVec;

use super::draft::refused;
use super::rows::{Reader, Refused, Telling, hash_of_texts};
use super::table::TableRow;
use super::target::Target;

/// Reads a row about a company.
pub(super) fn read<'a>(reader: &Reader<'a>, row: &TableRow) -> Result<Telling, Refused<'a>> {
    let mut identifiers: SmallVec<[Identifier; 2]> = SmallVec::new();
    let mut traits = Map::new();
    let mut changed_at = None;
    for (_, column, cell) in reader.cells(row) {
        match &column.target {
            Target::Identifier(kind) => {
                reader.identifier((column, cell), *kind, &mut identifiers)?;
            }
            Target::Trait(key) => {
                let value = reader.value(column, cell);
                let value = value.map_err(|reason| refused(column, reason, cell))?;
                traits.insert(key.clone(), value);
            }
            Target::ChangedAt => changed_at = Some(reader.moment(column, cell)?),
            _ => {}
        }
    }
    if identifiers.iter().all(|it| it.kind != Kind::GroupId) {
        return Err((None, "no_company", String::new()));
    }
    identifiers.sort_by_key(|it| it.kind);
    let run = reader.run;
    let shown = traits
        .iter()
        .map(|(key, value)| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            (key.as_str().into(), text)
        })
        .collect();
    let traits = Value::Object(traits);
    let hash = hash_of_texts(&identifiers, &[&traits.to_string()]);
    let message_id = format_compact!("import-{}-company-{hash:032x}", run.generation);
    let at = changed_at.map_or_else(|| run.moment(row.line), |at| at.min(run.received_at));
    let event = run.event(
        &identifiers,
        (EventKind::Group, "", at),
        message_id,
        &traits,
    );
    Ok(Telling {
        row: row.line,
        rows: 1,
        identifiers,
        events: event.into_iter().collect(),
        shown,
        warning: None,
    })
}
