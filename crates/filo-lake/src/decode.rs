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
use filo_core::event::{Channel, Event, EventKind, Heading, Trust};
use filo_core::id::{EventId, NodeId, SourceId, WorkspaceKey};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;
use smallvec::SmallVec;

use crate::encode::trust_word;
use crate::error::{Error, Result};
use crate::message;
use crate::schema::Column;
use crate::words::{Coded, Words};

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
            source: sources(batch, file)?,
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

/// Whose each row is.
#[derive(Debug)]
pub(crate) struct Threads(FixedSizeBinaryArray);

impl Threads {
    pub(crate) fn of(batch: &RecordBatch, file: &str) -> Result<Self> {
        binary(batch, Column::Thread, file).map(Self)
    }

    /// The first row whose thread passes; threads ascend.
    pub(crate) fn first_row(&self, passes: impl Fn(NodeId) -> bool) -> usize {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low.midpoint(high);
            if passes(thread(&self.0, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
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

/// What a glance looks at.
pub(crate) struct Glimpsed {
    threads: FixedSizeBinaryArray,
    at: TimestampMicrosecondArray,
    source: UInt32Array,
    kind: Coded,
    trust: Coded,
    channel: Coded,
    name: Coded,
}

impl Glimpsed {
    pub(crate) fn of(batch: &RecordBatch, file: &str) -> Result<Self> {
        let coded = |column: Column| typed(batch, column, file, Coded::of);
        Ok(Self {
            threads: binary(batch, Column::Thread, file)?,
            at: instants(batch, Column::At, file)?,
            source: sources(batch, file)?,
            kind: coded(Column::Kind)?,
            trust: coded(Column::Trust)?,
            channel: coded(Column::Channel)?,
            name: coded(Column::Name)?,
        })
    }

    pub(crate) fn thread(&self, row: usize) -> NodeId {
        thread(&self.threads, row)
    }

    pub(crate) fn at(&self, row: usize) -> Timestamp {
        Timestamp(self.at.value(row))
    }

    /// In one batch what has equal codes is the same.
    pub(crate) fn codes(&self, row: usize) -> [i64; 5] {
        let [kind, trust, channel, name] =
            [&self.kind, &self.trust, &self.channel, &self.name].map(|it| it.code(row).into());
        [kind, trust, channel, name, self.source.value(row).into()]
    }

    pub(crate) fn heading(&self, row: usize, file: &str) -> Result<Heading<'_>> {
        Ok(Heading {
            kind: kind_of(self.kind.value(row), file)?,
            trust: trust_of(self.trust.value(row), file)?,
            channel: channel_of(self.channel.value(row), file)?,
            source: SourceId(self.source.value(row)),
            name: self.name.value(row),
        })
    }
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
    kind: Words,
    trust: Words,
    channel: Words,
    name: Words,
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
            kind: words(batch, Column::Kind, file)?,
            trust: words(batch, Column::Trust, file)?,
            channel: words(batch, Column::Channel, file)?,
            name: words(batch, Column::Name, file)?,
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
            kind: kind_of(self.kind.value(row), file)?,
            trust: trust_of(self.trust.value(row), file)?,
            channel: channel_of(self.channel.value(row), file)?,
            source: SourceId(self.keys.source.value(row)),
            message_id: CompactString::from(message.as_str()),
            name: CompactString::from(self.name.value(row)),
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

fn no_word(column: Column, word: &str, file: &str) -> Error {
    Error::damaged(file, format!("{word:?} is no {}", column.name()))
}

fn kind_of(word: &str, file: &str) -> Result<EventKind> {
    EventKind::from_word(word).ok_or_else(|| no_word(Column::Kind, word, file))
}

fn channel_of(word: &str, file: &str) -> Result<Channel> {
    Channel::from_word(word).ok_or_else(|| no_word(Column::Channel, word, file))
}

fn trust_of(word: &str, file: &str) -> Result<Trust> {
    let mut known = [Trust::Claimed, Trust::Verified, Trust::Staff].into_iter();
    let found = known.find(|trust| trust_word(*trust) == word);
    found.ok_or_else(|| no_word(Column::Trust, word, file))
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

fn words(batch: &RecordBatch, column: Column, file: &str) -> Result<Words> {
    typed(batch, column, file, Words::of)
}

fn sources(batch: &RecordBatch, file: &str) -> Result<UInt32Array> {
    typed(batch, Column::Source, file, |array| {
        array.as_primitive_opt::<UInt32Type>().cloned()
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
