//! Opening the desk, and asking.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::App;
use filo_app::sql::{Answered, EXAMPLES, Form, Refusal, SavedQueryRow, Told};
use http::{StatusCode, header};
use serde::Deserialize;

use super::answer::sheet;
use super::desk::{Desk, page};
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, id, shown};
use crate::right::SeePeopleOfFigures;

/// What makes a question be explained.
const EXPLAIN: &str = "EXPLAIN";

/// What the address of the desk says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    query: Option<String>,
    example: Option<String>,
    pub(super) done: Option<String>,
    #[serde(rename = "done-away")]
    pub(super) away: Option<String>,
}

/// The desk as it was filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Given {
    pub(super) statement: String,
    pub(super) name: String,
    /// The saved question that lies on the desk; empty if none does.
    pub(super) query: String,
    pub(super) version: i64,
    #[serde(rename = "as")]
    form: String,
}

impl Given {
    /// A saved question.
    pub(super) fn of(row: &SavedQueryRow) -> Self {
        Self {
            statement: row.statement.clone(),
            name: row.name.clone(),
            query: row.id.to_string(),
            version: row.version,
            form: String::new(),
        }
    }

    fn of_example(name: &str) -> Self {
        let example = EXAMPLES.iter().find(|example| example.name == name);
        Self {
            statement: example.map_or_else(String::new, |it| it.statement.to_owned()),
            ..Self::default()
        }
    }

    /// The statement with line ends of one sign: a browser sends two.
    pub(super) fn lines(&self) -> String {
        self.statement.replace("\r\n", "\n")
    }
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeePeopleOfFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let given = match (asked.query.as_deref(), asked.example.as_deref()) {
        (Some(text), _) => {
            let row = app.saved_query(&session.actor, id(text)?).await?;
            if row.removed_at.is_some() {
                return Err(Failure::Missing);
            }
            Given::of(&row)
        }
        (None, Some(name)) => Given::of_example(name),
        (None, None) => Given::default(),
    };
    let desk = Desk {
        given: &given,
        answered: None,
        wrong: None,
        asked: &asked,
    };
    shown(page(&app, &session, &desk).await?)
}

pub(super) async fn run(
    State(app): State<App>,
    posted: Posted<SeePeopleOfFigures, Given>,
) -> Answer {
    let Posted {
        session,
        form: given,
    } = posted;
    let form = match given.form.as_str() {
        "csv" => Form::Csv,
        "parquet" => Form::Parquet,
        _ => Form::Page,
    };
    let asks_how = given.form == "plan" && !begins_with_explain(&given.statement);
    let mut statement = given.lines();
    if asks_how && !statement.trim().is_empty() {
        statement.insert_str(0, "EXPLAIN\n");
    }
    let mut answered = app.ask_sql(&session.actor, &statement, form).await?;
    if asks_how {
        one_line_up(&mut answered);
    }
    match answered.told {
        Ok(Told::Parquet(bytes, _)) => {
            return file("application/vnd.apache.parquet", "parquet", bytes);
        }
        Ok(Told::Rows(ref rows)) if form == Form::Csv => {
            let text = sheet(session.words, rows);
            return file("text/csv; charset=utf-8", "csv", text.into_bytes());
        }
        _ => {}
    }
    let status = status_of(&answered.told);
    let desk = Desk {
        given: &given,
        answered: Some(&answered),
        wrong: None,
        asked: &Asked::default(),
    };
    let page = page(&app, &session, &desk).await?;
    Ok((status, page).into_response())
}

fn begins_with_explain(statement: &str) -> bool {
    let begins = statement.trim_start().get(..EXPLAIN.len());
    begins.is_some_and(|word| word.eq_ignore_ascii_case(EXPLAIN))
}

/// The word that was put before the question took a line.
fn one_line_up(answered: &mut Answered) {
    if let Err(Refusal::Wrong {
        place: Some(place), ..
    }) = &mut answered.told
    {
        place.line = place.line.saturating_sub(1);
    }
}

fn status_of(told: &Result<Told, Refusal>) -> StatusCode {
    match told {
        Ok(_) => StatusCode::OK,
        Err(Refusal::NotBuilt) => StatusCode::NOT_IMPLEMENTED,
        Err(Refusal::Busy { .. }) => StatusCode::SERVICE_UNAVAILABLE,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn file(kind: &'static str, ending: &str, bytes: Vec<u8>) -> Answer {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"filo-sql.{ending}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_explained_already_is_not_explained_again() {
        for (statement, expected) in [
            ("EXPLAIN x", true),
            ("  explain x", true),
            ("x", false),
            ("", false),
            ("èèèè", false),
        ] {
            assert_eq!(begins_with_explain(statement), expected, "{statement}");
        }
    }
}
