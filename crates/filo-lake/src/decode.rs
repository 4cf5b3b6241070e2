//! Columns into events.
//!
//! **Invariant:** columns that do not hold events of this version give an error that names the
//! file, never a panic and never a wrong event.

use std::borrow::Cow;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, FixedSizeBinaryArray, Int64Array, RecordBatch,
    StringArray, TimestampMicrosecondArray, UInt32Array,
};
use arrow::datatypes::{Int64Type, TimestampMicrosecondType, UInt32Type};
use compact_str::CompactString;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{EventId, NodeId, SourceId, WorkspaceKey};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;
use smallvec::SmallVec;

use crate::encode::trust_word;
use crate::error::{Error, Result};
use crate::message;
use crate::schema::Column;

/// The columns that order events and make their ids.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    threads: FixedSizeBinaryArray,
    at: TimestampMicrosecondArray,
    source: UInt32Array,
    head: StringArray,
    lag: Int64Array,
    uuid: FixedSizeBinaryArray,
}

impl Keys {
    pub(crate) fn of(batch: &RecordBatch, file: &str) -> Result<Self> {
        Ok(Self {
            threads: binary(batch, Column::Thread, file)?,
            at: instants(batch, Column::At, file)?,
            source: typed(batch, Column::Source, file, |array| {
                array.as_primitive_opt::<UInt32Type>().cloned()
            })?,
            head: strings(batch, Column::MessageHead, file)?,
            lag: typed(batch, Column::MessageLag, file, |array| {
                array.as_primitive_opt::<Int64Type>().cloned()
            })?,
            uuid: binary(batch, Column::MessageUuid, file)?,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.threads.len()
    }

    pub(crate) fn thread(&self, row: usize) -> NodeId {
        thread(&self.threads, row)
    }

    pub(crate) fn at(&self, row: usize) -> Timestamp {
        Timestamp(self.at.value(row))
    }

    pub(crate) fn id(&self, row: usize, key: &WorkspaceKey, text: &mut String) -> EventId {
        self.message(row, text);
        key.event_id(SourceId(self.source.value(row)), text)
    }

    fn message(&self, row: usize, text: &mut String) {
        text.clear();
        let uuid = self.uuid.is_valid(row).then(|| self.uuid.value(row));
        let lag = self.lag.is_valid(row).then(|| self.lag.value(row));
        message::join(self.head.value(row), lag, uuid, self.at(row), text);
    }
}

/// Thread and time alone.
#[derive(Debug)]
pub(crate) struct At {
    threads: FixedSizeBinaryArray,
    at: TimestampMicrosecondArray,
}

impl At {
    pub(crate) fn of(batch: &RecordBatch, file: &str) -> Result<Self> {
        Ok(Self {
            threads: binary(batch, Column::Thread, file)?,
            at: instants(batch, Column::At, file)?,
        })
    }

    pub(crate) fn thread(&self, row: usize) -> NodeId {
        thread(&self.threads, row)
    }

    pub(crate) fn at(&self, row: usize) -> Timestamp {
        Timestamp(self.at.value(row))
    }
}

fn thread(threads: &FixedSizeBinaryArray, row: usize) -> NodeId {
    // The column is sixteen bytes wide: `binary` has seen to it.
    NodeId::from_bytes(threads.value(row).try_into().unwrap_or_default())
}

/// Some rows of a batch as events. Texts that were not read are empty.
pub(crate) fn decode(
    batch: &RecordBatch,
    rows: std::ops::Range<usize>,
    key: &WorkspaceKey,
    file: &str,
) -> Result<Vec<Event>> {
    let batch = &batch.slice(rows.start, rows.len());
    let columns = Columns::of(batch, file)?;
    let mut message_text = String::new();
    let mut seen: (&str, SmallVec<[Identifier; 2]>) = ("", SmallVec::new());
    let mut events = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let identifiers = columns
            .identifiers
            .as_ref()
            .map_or("", |texts| texts.value(row));
        if identifiers != seen.0 {
            seen = (identifiers, read_identifiers(identifiers, file)?);
        }
        events.push(columns.event(row, key, &mut message_text, &seen.1, file)?);
    }
    Ok(events)
}

struct Columns {
    keys: Keys,
    received_at: TimestampMicrosecondArray,
    original_at: TimestampMicrosecondArray,
    clock_suspect: BooleanArray,
    kind: StringArray,
    trust: StringArray,
    channel: StringArray,
    name: StringArray,
    identifiers: Option<StringArray>,
    properties: Option<StringArray>,
    context: Option<StringArray>,
}

impl Columns {
    fn of(batch: &RecordBatch, file: &str) -> Result<Self> {
        let optional = |column: Column| {
            let read = batch.column_by_name(column.name()).is_some();
            read.then(|| strings(batch, column, file)).transpose()
        };
        Ok(Self {
            keys: Keys::of(batch, file)?,
            received_at: instants(batch, Column::ReceivedAt, file)?,
            original_at: instants(batch, Column::OriginalAt, file)?,
            clock_suspect: typed(batch, Column::ClockSuspect, file, |array| {
                array.as_boolean_opt().cloned()
            })?,
            kind: strings(batch, Column::Kind, file)?,
            trust: strings(batch, Column::Trust, file)?,
            channel: strings(batch, Column::Channel, file)?,
            name: strings(batch, Column::Name, file)?,
            identifiers: optional(Column::Identifiers)?,
            properties: optional(Column::Properties)?,
            context: optional(Column::Context)?,
        })
    }

    fn event(
        &self,
        row: usize,
        key: &WorkspaceKey,
        message: &mut String,
        identifiers: &SmallVec<[Identifier; 2]>,
        file: &str,
    ) -> Result<Event> {
        let word = |column: Column, word: &str| {
            Error::damaged(file, format!("{word:?} is no {}", column.name()))
        };
        let (kind, trust, channel) = (
            self.kind.value(row),
            self.trust.value(row),
            self.channel.value(row),
        );
        Ok(Event {
            id: self.keys.id(row, key, message),
            thread: self.keys.thread(row),
            at: self.keys.at(row),
            received_at: Timestamp(self.received_at.value(row)),
            original_at: self
                .original_at
                .is_valid(row)
                .then(|| Timestamp(self.original_at.value(row))),
            clock_suspect: self.clock_suspect.value(row),
            kind: EventKind::from_word(kind).ok_or_else(|| word(Column::Kind, kind))?,
            trust: trust_of(trust).ok_or_else(|| word(Column::Trust, trust))?,
            channel: Channel::from_word(channel).ok_or_else(|| word(Column::Channel, channel))?,
            source: SourceId(self.keys.source.value(row)),
            message_id: CompactString::from(message.as_str()),
            name: CompactString::from(text(Some(&self.name), row)),
            identifiers: identifiers.clone(),
            properties: text(self.properties.as_ref(), row).into(),
            context: text(self.context.as_ref(), row).into(),
        })
    }
}

fn text(column: Option<&StringArray>, row: usize) -> &str {
    column
        .filter(|texts| texts.is_valid(row))
        .map_or("", |texts| texts.value(row))
}

fn trust_of(word: &str) -> Option<Trust> {
    [Trust::Claimed, Trust::Verified, Trust::Staff]
        .into_iter()
        .find(|trust| trust_word(*trust) == word)
}

fn read_identifiers(text: &str, file: &str) -> Result<SmallVec<[Identifier; 2]>> {
    if text.is_empty() {
        return Ok(SmallVec::new());
    }
    let pairs: SmallVec<[(Cow<'_, str>, CompactString); 2]> = serde_json::from_str(text)
        .map_err(|error| Error::damaged(file, format!("identifiers {text:?}: {error}")))?;
    let identifier = |(word, value): (Cow<'_, str>, CompactString)| match Kind::from_word(&word) {
        Some(kind) => Ok(Identifier { kind, value }),
        None => Err(Error::damaged(
            file,
            format!("{word:?} is no kind of identifier"),
        )),
    };
    pairs.into_iter().map(identifier).collect()
}

fn strings(batch: &RecordBatch, column: Column, file: &str) -> Result<StringArray> {
    typed(batch, column, file, |array| {
        array.as_string_opt::<i32>().cloned()
    })
}

fn instants(batch: &RecordBatch, column: Column, file: &str) -> Result<TimestampMicrosecondArray> {
    typed(batch, column, file, |array| {
        array
            .as_primitive_opt::<TimestampMicrosecondType>()
            .cloned()
    })
}

fn binary(batch: &RecordBatch, column: Column, file: &str) -> Result<FixedSizeBinaryArray> {
    typed(batch, column, file, |array| {
        array
            .as_fixed_size_binary_opt()
            .filter(|array| array.value_length() == 16)
            .cloned()
    })
}

fn typed<T>(
    batch: &RecordBatch,
    column: Column,
    file: &str,
    cast: impl Fn(&ArrayRef) -> Option<T>,
) -> Result<T> {
    let array = batch
        .column_by_name(column.name())
        .ok_or_else(|| Error::damaged(file, format!("column {} is missing", column.name())))?;
    cast(array).ok_or_else(|| {
        let kind = array.data_type();
        Error::damaged(file, format!("column {} holds {kind}", column.name()))
    })
}
