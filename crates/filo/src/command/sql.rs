//! `filo sql`: a question to the lake.
//!
//! **Invariant:** the answer covers every event that was accepted before the question was asked.

use clap::{Args, ValueEnum};
#[cfg(not(feature = "sql"))]
use filo_app::App;
use serde::{Deserialize, Serialize};

#[cfg(not(feature = "sql"))]
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
are plain Parquet: DuckDB, Polars and Spark read them too (filo lake --help).";

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

#[cfg(feature = "sql")]
mod answer {
    use anyhow::Context;
    use filo_app::{Actor, App};
    use filo_core::audit::Act;
    use filo_lake::sql::{Session, csv, json_lines, table};

    use super::{Format, Sql};
    use crate::output::Output;

    impl Sql {
        /// Asks and prints.
        ///
        /// # Errors
        /// If the statement is no question, or the files cannot be read.
        pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
            let asked = Actor::operator().did(Act::LakeQueried, app.now());
            app.write_down(&asked).await?;
            app.flush_lake().await?;
            let views = app.sql_views().await?;
            let people = (&views.customers, &views.identifiers);
            let session = Session::open(&app.lake(), people.0, people.1, &[])?;
            let answer = session.query(&self.statement).await?;
            let text = match self.format {
                Format::Table => table(&answer)?,
                Format::Csv => text(|bytes| csv(&answer, bytes))?,
                Format::Json => text(|bytes| json_lines(&answer, bytes))?,
            };
            for line in text.lines() {
                output.line(line).await;
            }
            Ok(0)
        }
    }

    fn text<E: std::error::Error + Send + Sync + 'static>(
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> anyhow::Result<String> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        String::from_utf8(bytes).context("an answer that is no text")
    }
}
