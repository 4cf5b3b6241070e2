//! Choosing events by what they are called.

use ahash::HashMap;
use arrow::array::{BooleanArray, RecordBatch};
use arrow::error::ArrowError;
use compact_str::CompactString;
use filo_core::event::EventKind;

use crate::schema::Column;
use crate::words::Coded;

/// Events by what they are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Called(Vec<(EventKind, CompactString)>);

impl Called {
    /// Events of these kinds and names; an empty name is any.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = (EventKind, CompactString)>) -> Self {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// Whether an event is one of them.
    fn holds(&self, kind: &str, name: &str) -> bool {
        let mut wanted = self.0.iter();
        wanted.any(|(one, called)| (called.is_empty() || called == name) && one.word() == kind)
    }

    /// Which rows of a batch are events that are called so.
    pub(crate) fn of(&self, batch: &RecordBatch) -> Result<BooleanArray, ArrowError> {
        let coded = |column: Column| {
            let words = batch.column_by_name(column.name()).and_then(Coded::of);
            words.ok_or_else(|| ArrowError::SchemaError(format!("{} is no text", column.name())))
        };
        let (kinds, names) = (coded(Column::Kind)?, coded(Column::Name)?);
        let mut judged: HashMap<[i32; 2], bool> = HashMap::default();
        let chosen = (0..batch.num_rows()).map(|row| {
            let codes = [kinds.code(row), names.code(row)];
            let judge = || self.holds(kinds.value(row), names.value(row));
            Some(*judged.entry(codes).or_insert_with(judge))
        });
        Ok(chosen.collect())
    }
}
