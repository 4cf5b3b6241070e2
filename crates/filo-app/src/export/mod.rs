//! What leaves Filo as a file.

mod csv;

pub use self::csv::{CsvText, harmless};
