//! Answering one question: what it is allowed to be, and how much it may take.
//!
//! It works on a thread of its own, which takes one core for one question and leaves the others to
//! what comes in meanwhile; so it can be given up in time even where the engine lets nobody in.
//!
//! **Invariant:** a statement that is no SELECT, WITH or EXPLAIN of one is refused before it is
//! planned, and a plan that would change something before it is run.

use arrow::array::RecordBatch;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
use datafusion::sql::parser::{DFParserBuilder, Statement};
use datafusion::sql::sqlparser::ast::Statement as Spoken;
use futures_util::StreamExt;

use super::asked::{
    Limits, Question, Refusal, Rows, STATEMENT_BYTES_MOST, Sight, Told, Views, Wanted,
};
use super::cell::{cells, headings, parquet_file, size_bytes};
use super::session::{Session, only_reading};
use super::wrong::{refusal, refused};
use crate::lake::Lake;

/// A word that begins a statement is no longer.
const WORD_CHARS_MOST: usize = 20;

/// Answers a question over the views at this moment. It blocks: call it where that is allowed.
/// `held` is let go of when the work has ended, which may be after it was given up.
///
/// # Errors
/// Why there is no answer.
pub fn answer(
    lake: &Lake,
    views: &Views,
    sight: Sight<'_>,
    question: &Question,
    held: impl Send + 'static,
) -> Result<Told, Refusal> {
    let (limits, wanted) = (question.limits, question.wanted);
    let asked = parsed(&question.statement, &limits)?;
    let people = (&views.customers[..], &views.identifiers[..]);
    let opened = Session::begin(lake, people, &[], (sight, limits.memory_bytes_most));
    let session = opened.map_err(|error| refused(error, &limits))?;
    let fault = Refusal::Fault;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| fault(error.to_string()))?;
    let work = runtime.spawn(async move {
        let told = told(&session, asked, (wanted, &limits)).await;
        drop((session, held));
        told
    });
    let abort = work.abort_handle();
    let ended = runtime.block_on(async { tokio::time::timeout(limits.time_most, work).await });
    abort.abort();
    // What is still running lets go at its next pause; nobody waits for it.
    runtime.shutdown_background();
    match ended {
        Ok(joined) => joined.map_err(|error| fault(error.to_string()))?,
        Err(_elapsed) => Err(Refusal::TooSlow {
            seconds: limits.time_most.as_secs(),
        }),
    }
}

/// What is asked to be done with a statement.
enum Asked {
    Run(Statement),
    Explain(Statement),
}

/// The one statement of a text, if it is a question.
fn parsed(text: &str, limits: &Limits) -> Result<Asked, Refusal> {
    if text.len() > STATEMENT_BYTES_MOST {
        return Err(Refusal::TooLong {
            bytes_most: STATEMENT_BYTES_MOST,
        });
    }
    let parser = DFParserBuilder::new(text).build();
    let statements = parser.and_then(|mut parser| parser.parse_statements());
    let mut statements = match statements {
        Ok(statements) => statements,
        // What the parser does not know may still be known to be none.
        Err(error) => return Err(not_a_question(text).unwrap_or_else(|| refusal(&error, limits))),
    };
    if statements.len() > 1 {
        return Err(Refusal::Several);
    }
    let not_allowed = || Refusal::NotAllowed {
        kind: first_word(text),
    };
    match statements.pop_front().ok_or(Refusal::Empty)? {
        Statement::Explain(explained) if explained.options.analyze => Err(Refusal::NotAllowed {
            kind: "EXPLAIN ANALYZE".to_owned(),
        }),
        Statement::Explain(explained) if is_question(&explained.statement) => {
            Ok(Asked::Explain(*explained.statement))
        }
        statement if is_question(&statement) => Ok(Asked::Run(statement)),
        _ => Err(not_allowed()),
    }
}

fn is_question(statement: &Statement) -> bool {
    matches!(statement, Statement::Statement(spoken) if matches!(**spoken, Spoken::Query(_)))
}

/// A refusal for a text that begins like no question.
fn not_a_question(text: &str) -> Option<Refusal> {
    const DOING: [&str; 14] = [
        "ALTER", "ATTACH", "BEGIN", "CALL", "COPY", "CREATE", "DELETE", "DROP", "INSERT",
        "INSTALL", "LOAD", "PRAGMA", "SET", "UPDATE",
    ];
    let kind = first_word(text);
    DOING
        .contains(&kind.as_str())
        .then_some(Refusal::NotAllowed { kind })
}

/// The word with which a text begins, in capitals; comments are no words.
fn first_word(text: &str) -> String {
    let mut rest = text.trim_start();
    loop {
        let after = if let Some(line) = rest.strip_prefix("--") {
            line.split_once('\n').map(|(_, after)| after)
        } else if let Some(block) = rest.strip_prefix("/*") {
            block.split_once("*/").map(|(_, after)| after)
        } else {
            break;
        };
        rest = after.unwrap_or_default().trim_start();
    }
    let letters = rest.chars().take_while(char::is_ascii_alphabetic);
    letters
        .take(WORD_CHARS_MOST)
        .collect::<String>()
        .to_ascii_uppercase()
}

async fn told(
    session: &Session,
    asked: Asked,
    (wanted, limits): (Wanted, &Limits),
) -> Result<Told, Refusal> {
    let wrong = |error: DataFusionError| refusal(&error, limits);
    let (statement, explains) = match asked {
        Asked::Run(statement) => (statement, false),
        Asked::Explain(statement) => (statement, true),
    };
    let state = session.context().state();
    let plan: LogicalPlan = state.statement_to_plan(statement).await.map_err(wrong)?;
    // What a question holds inside it: WITH … INSERT, SELECT … INTO.
    if let Err(error) = only_reading().verify_plan(&plan) {
        let text = error.message();
        let kind = text.rsplit(": ").next().unwrap_or_default().to_owned();
        return Err(Refusal::NotAllowed { kind });
    }
    if explains {
        // The plan of the machine beneath would name its files.
        let plan = state.optimize(&plan).map_err(wrong)?;
        return Ok(Told::Plan(plan.display_indent().to_string()));
    }
    let context = session.context();
    let frame = context.execute_logical_plan(plan).await.map_err(wrong)?;
    let mut stream = frame.execute_stream().await.map_err(wrong)?;
    let schema = stream.schema();
    let (batches, is_cut) = gathered(&mut stream, limits).await?;
    match wanted {
        Wanted::Rows => {
            let cells = cells(&batches).map_err(|error| Refusal::Fault(error.to_string()))?;
            Ok(Told::Rows(Rows {
                headings: headings(&schema),
                cells,
                is_cut,
            }))
        }
        Wanted::Parquet => {
            let rows = batches.iter().map(RecordBatch::num_rows).sum();
            let file = parquet_file(schema, &batches).map_err(|error| Refusal::NotForParquet {
                text: error.to_string(),
            })?;
            Ok(Told::Parquet(file, rows))
        }
    }
}

/// The rows of an answer within its limits, and whether there would be more.
async fn gathered(
    stream: &mut SendableRecordBatchStream,
    limits: &Limits,
) -> Result<(Vec<RecordBatch>, bool), Refusal> {
    let mut batches = Vec::new();
    let (mut rows, mut bytes) = (0, 0);
    while let Some(batch) = stream.next().await {
        let batch = batch.map_err(|error| refusal(&error, limits))?;
        let room = limits.rows_most - rows;
        let is_more = batch.num_rows() > room;
        if is_more && !limits.cuts {
            return Err(Refusal::TooManyRows {
                rows_most: limits.rows_most,
            });
        }
        let batch = batch.slice(0, room.min(batch.num_rows()));
        rows += batch.num_rows();
        bytes += size_bytes(&batch);
        if bytes > limits.answer_bytes_most {
            return Err(Refusal::TooLarge {
                bytes_most: limits.answer_bytes_most,
            });
        }
        batches.push(batch);
        if is_more {
            return Ok((batches, true));
        }
    }
    Ok((batches, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_is_found_behind_comments() {
        for (text, word) in [
            ("  drop view events", "DROP"),
            ("-- a note\n/* and\nanother */ Insert INTO x", "INSERT"),
            ("-- only a note", ""),
            ("/* never ends", ""),
            ("", ""),
            ("(SELECT 1)", ""),
        ] {
            assert_eq!(first_word(text), word, "{text}");
        }
    }
}
