//! Questions in SQL over the lake: who may ask, how much at once, and what is written down of it.
//!
//! What answers them is a part that a Filo can be built without: then each question is refused by
//! [`Refusal::NotBuilt`], and everything else here works as it does with it.
//!
//! **Invariant:** who may not see personal data asks views in which it is not; who may see it takes
//! it away as a file only with the right to.
//! **Invariant:** every question that was worked on is in the audit log, with its mark, its rows and
//! how long it took; its text is kept nowhere unless somebody saves it.

mod people;
mod saved;

use std::sync::Arc;
use std::time::Duration;

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Token};
pub use filo_lake::sql::{
    Described, EXAMPLES, Example, Heading, IS_BUILT, Kind, Place, Refusal, Rows,
    STATEMENT_BYTES_MOST, Told, VIEWS, View, Views,
};
use filo_lake::sql::{Limits, Question, Sight, Wanted, answer};
pub use filo_store::saved_query::SavedQueryRow;
pub use saved::{NAME_CHARS_MOST, QUERIES_MOST, SavedQuery};
use tokio::sync::Semaphore;

use crate::actor::Actor;
use crate::app::App;
use crate::customer::COVERED;
use crate::error::{Error, Result};

/// Each takes a core while it works: one is left for what comes in.
pub const AT_ONCE_MOST: usize = 2;
/// People look at no more.
const SHOWN_ROWS_MOST: usize = 500;
/// What a program reads in one answer.
const TOLD_ROWS_MOST: usize = 10_000;
/// What a spreadsheet still opens.
const FILE_ROWS_MOST: usize = 100_000;
/// With two at once and what they work with, this stays beside the engine in 2 GB.
const ANSWER_BYTES_MOST: usize = 64 << 20;
const MEMORY_BYTES_MOST: usize = 256 << 20;
/// Who looks at a page waits no longer.
const TIME_MOST: Duration = Duration::from_secs(30);

/// The questions that are worked on.
#[derive(Debug)]
pub(crate) struct Asking(Arc<Semaphore>);

impl Default for Asking {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE_MOST)))
    }
}

/// Where an answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Onto a page.
    Page,
    /// Into an answer of the API.
    Document,
    /// Into a file for a spreadsheet.
    Csv,
    /// Into a Parquet file.
    Parquet,
}

impl Form {
    const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Document => "document",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    const fn is_file(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }

    /// How much a question in this form may take.
    #[must_use]
    pub const fn limits(self) -> Limits {
        let (rows_most, cuts) = match self {
            Self::Page => (SHOWN_ROWS_MOST, true),
            Self::Document => (TOLD_ROWS_MOST, true),
            // A file that is not whole would be taken for one that is.
            Self::Csv | Self::Parquet => (FILE_ROWS_MOST, false),
        };
        Limits {
            rows_most,
            cuts,
            answer_bytes_most: ANSWER_BYTES_MOST,
            memory_bytes_most: MEMORY_BYTES_MOST,
            time_most: TIME_MOST,
        }
    }
}

/// What came of a question.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer, or why there is none.
    pub told: Result<Told, Refusal>,
    /// How long it took.
    pub took_ms: u64,
    /// What is personal was not in the views.
    pub is_covered: bool,
}

impl App {
    /// Answers a question in SQL, as the actor may see people.
    ///
    /// # Errors
    /// If the actor may not ask, or not take people away as a file, or by a fault of ours. What is
    /// wrong with the question stands in the answer.
    pub async fn ask_sql(&self, actor: &Actor, statement: &str, form: Form) -> Result<Answered> {
        may_ask(actor)?;
        let is_covered = !actor.may(Right::SeePersonalData);
        if form.is_file() && !is_covered {
            actor.must(Right::ExportPeople)?;
        }
        let began = self.now();
        let told = self.tell_sql(statement, form, is_covered).await?;
        let took_us = self.now().0.saturating_sub(began.0).max(0);
        let answered = Answered {
            told,
            took_ms: took_us.unsigned_abs() / 1_000,
            is_covered,
        };
        // Of a Filo that cannot answer nothing was asked, nor by an empty field.
        let is_asked = !matches!(answered.told, Err(Refusal::NotBuilt | Refusal::Empty));
        if is_asked {
            let mark = self.key().text_mark(statement);
            let entry = actor.did(Act::LakeQueried, self.now());
            self.write_down(&answered.told_in(entry, (mark, form)))
                .await?;
        }
        match answered.told {
            Err(Refusal::Fault(text)) => Err(Error::Internal(anyhow::anyhow!(text))),
            _ => Ok(answered),
        }
    }

    async fn tell_sql(
        &self,
        statement: &str,
        form: Form,
        is_covered: bool,
    ) -> Result<Result<Told, Refusal>> {
        if statement.trim().is_empty() {
            return Ok(Err(Refusal::Empty));
        }
        if !IS_BUILT {
            return Ok(Err(Refusal::NotBuilt));
        }
        if !self.is_leader() {
            let why = "another node applies events: ask there";
            return Err(Error::Conflict(why.to_owned()));
        }
        let Ok(held) = Arc::clone(&self.asking().0).try_acquire_owned() else {
            let most = AT_ONCE_MOST;
            return Ok(Err(Refusal::Busy { most }));
        };
        self.flush_lake().await?;
        let (lake, views) = (self.lake(), self.sql_views().await?);
        let question = Question {
            statement: statement.to_owned(),
            wanted: match form {
                Form::Page | Form::Document | Form::Csv => Wanted::Rows,
                Form::Parquet => Wanted::Parquet,
            },
            limits: form.limits(),
        };
        let work = move || {
            let sight = match is_covered {
                true => Sight::Covered(COVERED),
                false => Sight::Whole,
            };
            answer(&lake, &views, sight, &question, held)
        };
        let told = tokio::task::spawn_blocking(work).await;
        told.map_err(|error| Error::Internal(error.into()))
    }
}

impl Answered {
    /// The entry with what is to be known of it.
    fn told_in(&self, entry: Entry, (mark, form): (u64, Form)) -> Entry {
        let (rows, ending) = match &self.told {
            Ok(Told::Rows(rows)) => (rows.cells.len(), "answered"),
            Ok(Told::Parquet(_, rows)) => (*rows, "answered"),
            Ok(Told::Plan(_)) => (0, "explained"),
            Err(refusal) => (0, refusal.word()),
        };
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        entry
            .with("statement", Token::number(mark))
            .with("form", Token::word(form.word()))
            .with("ending", Token::word(ending))
            .with("rows", Token::number(rows))
            .with("ms", Token::number(self.took_ms))
    }
}

/// Who asks sees counts and who is counted.
pub(crate) fn may_ask(actor: &Actor) -> Result<()> {
    actor.must(Right::SeeFigures)?;
    actor.must(Right::ListPeople)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_written_down_without_its_text() {
        let answered = Answered {
            told: Err(Refusal::Wrong {
                text: "no column anna@example.it".to_owned(),
                place: None,
            }),
            took_ms: 12,
            is_covered: false,
        };
        let entry = Actor::operator().did(Act::LakeQueried, filo_core::time::Timestamp(1));
        let told = answered.told_in(entry, (7, Form::Csv)).detail_text();
        assert_eq!(told, "statement=7 form=csv ending=wrong rows=0 ms=12");
    }

    #[test]
    fn a_file_is_whole_or_none_and_a_page_says_that_it_is_cut() {
        for form in [Form::Page, Form::Document, Form::Csv, Form::Parquet] {
            assert_eq!(form.limits().cuts, !form.is_file(), "{form:?}");
        }
    }
}
