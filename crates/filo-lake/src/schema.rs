//! The columns of the lake and how each is written.
//!
//! Events are sorted by (thread, time, id). `thread` is written as the difference to the row
//! before, for which a repetition is nearly free; few-valued columns are dictionaries; random
//! bytes and instants, which zstd cannot shorten, are left as they are. Texts are plain: for
//! zstd that is 1 to 2 bytes per event better than `DELTA_BYTE_ARRAY` or
//! `DELTA_LENGTH_BYTE_ARRAY` (`examples/size.rs`).
//!
//! **Invariant:** columns are only ever added, at the end; the meaning of one never changes.

use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, SchemaDescriptor};

use crate::options::Options;

/// A column, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Thread,
    At,
    ReceivedAt,
    OriginalAt,
    ClockSuspect,
    Kind,
    Trust,
    Channel,
    Source,
    Name,
    MessageHead,
    MessageLag,
    MessageUuid,
    Identifiers,
    Properties,
    Context,
}

impl Column {
    pub(crate) const ALL: [Self; 16] = [
        Self::Thread,
        Self::At,
        Self::ReceivedAt,
        Self::OriginalAt,
        Self::ClockSuspect,
        Self::Kind,
        Self::Trust,
        Self::Channel,
        Self::Source,
        Self::Name,
        Self::MessageHead,
        Self::MessageLag,
        Self::MessageUuid,
        Self::Identifiers,
        Self::Properties,
        Self::Context,
    ];

    pub(crate) fn place(self) -> usize {
        self as usize
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::At => "at",
            Self::ReceivedAt => "received_at",
            Self::OriginalAt => "original_at",
            Self::ClockSuspect => "clock_suspect",
            Self::Kind => "kind",
            Self::Trust => "trust",
            Self::Channel => "channel",
            Self::Source => "source",
            Self::Name => "name",
            Self::MessageHead => "message_head",
            Self::MessageLag => "message_lag_ms",
            Self::MessageUuid => "message_uuid",
            Self::Identifiers => "identifiers",
            Self::Properties => "properties",
            Self::Context => "context",
        }
    }
}

/// The same columns in Parquet's words: UUID and JSON are types there, which other tools show.
const MESSAGE: &str = "message filo_event {
    required fixed_len_byte_array(16) thread;
    required int64 at (TIMESTAMP(MICROS, true));
    required int64 received_at (TIMESTAMP(MICROS, true));
    optional int64 original_at (TIMESTAMP(MICROS, true));
    required boolean clock_suspect;
    required binary kind (UTF8);
    required binary trust (UTF8);
    required binary channel (UTF8);
    required int32 source (INTEGER(32, false));
    optional binary name (UTF8);
    required binary message_head (UTF8);
    optional int64 message_lag_ms;
    optional fixed_len_byte_array(16) message_uuid (UUID);
    required binary identifiers (JSON);
    optional binary properties (JSON);
    optional binary context (JSON);
}";

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let instant = || DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
    let field = |column: Column| {
        let (kind, nullable) = match column {
            Column::Thread => (DataType::FixedSizeBinary(16), false),
            Column::At | Column::ReceivedAt => (instant(), false),
            Column::OriginalAt => (instant(), true),
            Column::ClockSuspect => (DataType::Boolean, false),
            Column::Source => (DataType::UInt32, false),
            Column::MessageLag => (DataType::Int64, true),
            Column::MessageUuid => (DataType::FixedSizeBinary(16), true),
            Column::Kind
            | Column::Trust
            | Column::Channel
            | Column::MessageHead
            | Column::Identifiers => (DataType::Utf8, false),
            Column::Name | Column::Properties | Column::Context => (DataType::Utf8, true),
        };
        Field::new(column.name(), kind, nullable)
    };
    Arc::new(Schema::new(Column::ALL.map(field).to_vec()))
});

/// The columns as Arrow sees them.
pub(crate) fn schema() -> SchemaRef {
    SCHEMA.clone()
}

static CODED_SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let few_words = [Column::Kind, Column::Trust, Column::Channel, Column::Name].map(Column::place);
    let spelled = schema();
    let fields = spelled.fields().iter().enumerate().map(|(place, field)| {
        let field = field.as_ref().clone();
        if !few_words.contains(&place) {
            return field;
        }
        let codes = Box::new(DataType::Int32);
        field.with_data_type(DataType::Dictionary(codes, Box::new(DataType::Utf8)))
    });
    Arc::new(Schema::new(fields.collect::<Vec<Field>>()))
});

/// The same, with columns of few words by their codes.
pub(crate) fn coded_schema() -> SchemaRef {
    CODED_SCHEMA.clone()
}

/// The columns as Parquet writes them.
pub(crate) fn parquet_schema() -> Result<SchemaDescriptor, ParquetError> {
    Ok(SchemaDescriptor::new(Arc::new(parse_message_type(
        MESSAGE,
    )?)))
}

/// Dictionaries are read whole by every look-up, so they stay small.
const DICTIONARY_BYTES: usize = 64 * 1024;

/// A row group is held in memory while it is written: events of 32 kB must not fill it.
const ROW_GROUP_BYTES: usize = 64 * 1024 * 1024;

/// How each column is written.
pub(crate) fn properties(options: &Options) -> Result<WriterProperties, ParquetError> {
    let ascending = |column: Column| SortingColumn {
        column_idx: i32::try_from(column.place()).unwrap_or_default(),
        descending: false,
        nulls_first: false,
    };
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("filo ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(options.compression)?))
        .set_max_row_group_row_count(Some(options.row_group_rows))
        .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
        .set_data_page_row_count_limit(options.page_rows)
        .set_data_page_size_limit(options.page_bytes)
        .set_write_batch_size(512)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_sorting_columns(Some(vec![ascending(Column::Thread), ascending(Column::At)]));
    for column in Column::ALL {
        properties = written(column, options.row_group_rows as u64, properties);
    }
    Ok(properties.build())
}

/// `threads` is the most that a row group may hold; the filter shrinks to those it has.
fn written(
    column: Column,
    threads: u64,
    properties: WriterPropertiesBuilder,
) -> WriterPropertiesBuilder {
    let path = || ColumnPath::from(column.name());
    match column {
        Column::Thread => properties
            .set_column_encoding(path(), Encoding::DELTA_BYTE_ARRAY)
            .set_column_statistics_enabled(path(), EnabledStatistics::Page)
            .set_column_bloom_filter_fpp(path(), 0.01)
            .set_column_bloom_filter_max_ndv(path(), threads),
        Column::At | Column::ReceivedAt => properties
            .set_column_encoding(path(), Encoding::DELTA_BINARY_PACKED)
            .set_column_compression(path(), Compression::UNCOMPRESSED)
            .set_column_statistics_enabled(path(), EnabledStatistics::Page),
        Column::OriginalAt => properties
            .set_column_encoding(path(), Encoding::DELTA_BINARY_PACKED)
            .set_column_statistics_enabled(path(), EnabledStatistics::Chunk),
        Column::MessageLag => properties.set_column_encoding(path(), Encoding::DELTA_BINARY_PACKED),
        Column::ClockSuspect => properties.set_column_encoding(path(), Encoding::RLE),
        Column::Kind
        | Column::Trust
        | Column::Channel
        | Column::Source
        | Column::Name
        | Column::MessageHead => properties
            .set_column_dictionary_enabled(path(), true)
            .set_column_statistics_enabled(path(), EnabledStatistics::Chunk),
        Column::MessageUuid => properties.set_column_compression(path(), Compression::UNCOMPRESSED),
        Column::Identifiers | Column::Properties | Column::Context => {
            properties.set_column_encoding(path(), Encoding::PLAIN)
        }
    }
}

#[cfg(test)]
mod tests {
    use parquet::arrow::parquet_to_arrow_schema;

    use super::*;

    #[test]
    fn both_descriptions_are_of_the_same_columns() {
        let parquet = parquet_schema().unwrap();
        assert_eq!(
            &parquet_to_arrow_schema(&parquet, None).unwrap(),
            schema().as_ref()
        );
        for (place, field) in schema().fields().iter().enumerate() {
            assert_eq!(Column::ALL[place].name(), field.name());
            assert_eq!(Column::ALL[place].place(), place);
        }
    }
}
