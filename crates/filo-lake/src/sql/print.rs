//! Answers as text: a table for people, CSV and JSON lines for programs.

use std::io::Write;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use arrow::util::pretty::pretty_format_batches;

/// A table with a frame.
///
/// # Errors
/// If a value cannot be written.
pub fn table(answer: &[RecordBatch]) -> Result<String, ArrowError> {
    Ok(pretty_format_batches(answer)?.to_string())
}

/// CSV with a header.
///
/// # Errors
/// If a value or `out` cannot be written.
pub fn csv(answer: &[RecordBatch], out: impl Write) -> Result<(), ArrowError> {
    let mut writer = arrow::csv::Writer::new(out);
    answer.iter().try_for_each(|batch| writer.write(batch))
}

/// One JSON object per line; NULL is left out.
///
/// # Errors
/// If a value or `out` cannot be written.
pub fn json_lines(answer: &[RecordBatch], out: impl Write) -> Result<(), ArrowError> {
    let mut writer = arrow::json::LineDelimitedWriter::new(out);
    answer.iter().try_for_each(|batch| writer.write(batch))?;
    writer.finish()
}
