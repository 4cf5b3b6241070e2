//! An answer's columns as headings, rows of texts and a Parquet file.

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::asked::{Heading, Kind};

/// What stands over the columns.
pub(super) fn headings(schema: &SchemaRef) -> Vec<Heading> {
    let fields = schema.fields().iter();
    let headings = fields.map(|field| Heading {
        name: field.name().clone(),
        kind: kind_of(field.data_type()),
    });
    headings.collect()
}

pub(super) fn kind_of(kind: &DataType) -> Kind {
    match kind {
        it if it.is_integer() => Kind::Whole,
        it if it.is_floating() => Kind::Fraction,
        it if it.is_decimal() => Kind::Decimal,
        DataType::Boolean => Kind::Boolean,
        DataType::Timestamp(..)
        | DataType::Date32
        | DataType::Date64
        | DataType::Time32(_)
        | DataType::Time64(_) => Kind::Time,
        DataType::Dictionary(_, values) => kind_of(values),
        _ => Kind::Text,
    }
}

/// Each row as texts, without what is NULL.
pub(super) fn cells(batches: &[RecordBatch]) -> Result<Vec<Vec<Option<String>>>, ArrowError> {
    let options = FormatOptions::new();
    let mut rows = Vec::new();
    for batch in batches {
        let mut columns = Vec::with_capacity(batch.num_columns());
        for column in batch.columns() {
            let texts = ArrayFormatter::try_new(column.as_ref(), &options)?;
            columns.push((column, texts));
        }
        for row in 0..batch.num_rows() {
            let cells = columns.iter().map(|(column, texts)| {
                let is_null = column.is_null(row) || *column.data_type() == DataType::Null;
                (!is_null).then(|| texts.value(row).to_string())
            });
            rows.push(cells.collect());
        }
    }
    Ok(rows)
}

/// What the rows of a batch take, though they may be part of something larger.
pub(super) fn size_bytes(batch: &RecordBatch) -> usize {
    let columns = batch.columns().iter();
    let sizes = columns.map(|column| {
        let part = column.to_data().get_slice_memory_size();
        part.unwrap_or_else(|_no_part| column.get_array_memory_size())
    });
    sizes.sum()
}

/// The rows as one Parquet file.
pub(super) fn parquet_file(
    schema: SchemaRef,
    batches: &[RecordBatch],
) -> Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties))?;
    for batch in batches {
        writer.write(batch)?;
    }
    writer.into_inner()
}
