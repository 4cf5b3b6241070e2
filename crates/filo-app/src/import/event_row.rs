//! A row that says what somebody did becomes the event that a program would have sent.
//!
//! **Invariant:** it passes the same door as events on the wire: names, sizes and depths are held
//! to the same limits; and the same row, or the same id, is the same event in any file.

use compact_str::{CompactString, format_compact};
use filo_core::event::Trust;
use filo_core::identity::Kind;
use filo_core::intake::{Call, DefectCode, Sender, accept};
use serde_json::{Map, Value};
use smallvec::SmallVec;

use super::draft::refused;
use super::plan::ColumnPlan;
use super::rows::{AHEAD_MOST_S, Reader, Refused, Telling, hash_of_texts};
use super::table::TableRow;
use super::target::Target;

/// The longest id that stands in a message id as it is.
const ID_BYTES_MOST: usize = 60;

/// Reads a row about something that was done.
pub(super) fn read<'a>(reader: &Reader<'a>, row: &TableRow) -> Result<Telling, Refused<'a>> {
    let mut identifiers = SmallVec::new();
    let (mut name, mut at, mut id) = ("", None, None);
    let mut properties = Map::new();
    for (place, column, cell) in reader.cells(row) {
        match &column.target {
            Target::Identifier(kind) => {
                reader.identifier((column, cell), *kind, &mut identifiers)?;
            }
            Target::EventName => name = cell,
            Target::EventTime => at = Some(reader.moment(column, cell)?),
            Target::EventId => id = Some(cell),
            Target::Property(key) => {
                let value = property(reader, row, (place, column, cell))?;
                properties.insert(key.clone(), value);
            }
            _ => {}
        }
    }
    identifiers.sort_by_key(|it: &filo_core::identity::Identifier| it.kind);
    let who = identifiers.first().filter(|it| it.kind != Kind::GroupId);
    let who = who.ok_or((None, "nobody", String::new()))?.clone();
    let at = at.ok_or((None, "no_date", String::new()))?;
    if at > reader.run.received_at.plus_seconds(AHEAD_MOST_S) {
        return Err((None, "future_date", at.to_string()));
    }
    if name.is_empty() {
        return Err((None, "no_name", String::new()));
    }
    let properties = Value::Object(properties).to_string();
    let message_id = match id {
        Some(id) => message_id(reader, id),
        None => {
            let said = [name, &at.to_string(), &properties];
            let generation = reader.run.generation;
            let hash = hash_of_texts(&identifiers, &said);
            format_compact!("import-{generation}-event-{hash:032x}")
        }
    };
    let stamp = at.to_string();
    let call = Call {
        kind: "track".into(),
        event: name.into(),
        // Whose it is stands in the columns, and replaces what is read from the call.
        user_id: who.value.as_str().into(),
        message_id: message_id.as_str().into(),
        timestamp: stamp.as_str().into(),
        channel: reader.plan.channel.map_or("server", |it| it.word()).into(),
        properties: Some(&properties),
        size_bytes: properties.len() + name.len(),
        ..Call::default()
    };
    let run = reader.run;
    let sender = Sender::new(run.source, Trust::Verified, run.received_at);
    let mut event = accept(&call, &sender, &run.rules, &run.key, || 0)
        .map_err(|defect| (None, reason(defect.code), name.to_owned()))?;
    event.thread = run.key.node_id(who.kind, &who.value);
    event.identifiers.clone_from(&identifiers);
    let shown = format!("{} · {at}", event.name);
    Ok(Telling {
        row: row.line,
        rows: 1,
        identifiers,
        events: vec![event],
        shown: vec![("event".into(), shown)],
        warning: None,
    })
}

/// The value of a property: of JSON as it stands there, of a table as the plan reads it.
fn property<'a>(
    reader: &Reader<'a>,
    row: &TableRow,
    (place, column, cell): (usize, &'a ColumnPlan, &str),
) -> Result<Value, Refused<'a>> {
    let stated = row.values.get(place).filter(|value| !value.is_null());
    match stated {
        Some(value) => Ok(value.clone()),
        None => reader
            .value(column, cell)
            .map_err(|reason| refused(column, reason, cell)),
    }
}

/// The id of a file is one of all files: the same event, whichever file it stands in.
fn message_id(reader: &Reader<'_>, id: &str) -> CompactString {
    if id.len() <= ID_BYTES_MOST {
        return format_compact!("import-event:{id}");
    }
    let run = reader.run;
    format_compact!("import-event:{}", run.key.event_id(run.source, id))
}

/// Why the door did not let it in.
const fn reason(code: DefectCode) -> &'static str {
    match code {
        DefectCode::EventTooLarge | DefectCode::TooManyProperties | DefectCode::TooDeep => {
            "too_long"
        }
        DefectCode::MissingEvent => "no_name",
        DefectCode::NameTooLong => "name_too_long",
        _ => "bad_event",
    }
}
