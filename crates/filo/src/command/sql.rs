//! `filo sql`: a question to the lake.

use clap::{Args, ValueEnum};
use filo_app::App;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// How the answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For spreadsheets.
    Csv,
    /// One object per line.
    Json,
}

/// A question.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Sql {
    /// The statement; only questions are allowed.
    statement: String,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// What to do without the feature.
pub(crate) const WITHOUT: &str = "filo: this filo was built without SQL, which takes longer to build than \
all the rest. Build it with: cargo build --release --features sql. The files under data/default/lake \
are plain Parquet: DuckDB, Polars and Spark read them too.";

impl Sql {
    /// Says how to get it: a Filo built without SQL may be asked by one that has it.
    ///
    /// # Errors
    /// None.
    #[cfg(not(feature = "sql"))]
    pub(crate) async fn run(&self, _app: &App, output: &Output) -> anyhow::Result<u8> {
        output.note(WITHOUT).await;
        Ok(2)
    }
}
