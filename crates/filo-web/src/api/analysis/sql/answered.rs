//! Answers of questions in SQL, and what can be asked, as documents.

use filo_app::sql::{EXAMPLES, IS_BUILT, Kind, Rows, Told, VIEWS};
use serde::Serialize;
use serde_json::{Number, Value};
use utoipa::ToSchema;

use crate::csv;
use crate::i18n::{Language, Words};
use crate::sql_view::{column_key, view_key};

/// A column of an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SqlColumnOut {
    /// Its name.
    #[schema(example = "channel")]
    name: String,
    /// `integer`, `number`, `decimal`, `boolean`, `time` or `text`.
    #[schema(value_type = String)]
    kind: &'static str,
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SqlAnswer)]
pub(crate) struct SqlOut {
    /// The columns; none for a plan.
    columns: Vec<SqlColumnOut>,
    /// Each row has a value for each column: numbers as numbers, decimals and everything else as
    /// text, null where there is none.
    rows: Vec<Vec<Value>>,
    /// False if there are more rows than are given.
    complete: bool,
    /// How an EXPLAIN would be worked on; null for an answer.
    plan: Option<String>,
    /// Names, addresses, numbers and what events say are covered in it.
    covered: bool,
    /// How long it took.
    took_ms: u64,
}

impl SqlOut {
    pub(super) fn new(told: Told, (took_ms, covered): (u64, bool)) -> Self {
        let empty = Self {
            columns: Vec::new(),
            rows: Vec::new(),
            complete: true,
            plan: None,
            covered,
            took_ms,
        };
        match told {
            Told::Rows(rows) => Self {
                rows: values(&rows),
                complete: !rows.is_cut,
                columns: rows.headings.into_iter().map(column).collect(),
                ..empty
            },
            Told::Plan(plan) => Self {
                plan: Some(plan),
                ..empty
            },
            // A file is no document: it left as it is.
            Told::Parquet(..) => empty,
        }
    }
}

fn column(heading: filo_app::sql::Heading) -> SqlColumnOut {
    SqlColumnOut {
        name: heading.name,
        kind: heading.kind.word(),
    }
}

fn values(rows: &Rows) -> Vec<Vec<Value>> {
    let row = |cells: &Vec<Option<String>>| {
        let values = cells.iter().zip(&rows.headings);
        values
            .map(|(cell, heading)| {
                cell.as_deref()
                    .map_or(Value::Null, |text| value(heading.kind, text))
            })
            .collect::<Vec<Value>>()
    };
    rows.cells.iter().map(row).collect()
}

/// A value as JSON has it; what JSON has no number for (infinity) stays a text.
fn value(kind: Kind, text: &str) -> Value {
    let said = || Value::from(text);
    match kind {
        Kind::Whole | Kind::Fraction => text
            .parse::<Number>()
            .map_or_else(|_no_number| said(), Value::Number),
        Kind::Boolean => text
            .parse::<bool>()
            .map_or_else(|_no_bool| said(), Value::Bool),
        Kind::Decimal | Kind::Time | Kind::Text => said(),
    }
}

/// The rows as CSV with a header; no cell is a formula.
pub(super) fn sheet(rows: &Rows) -> String {
    let heads: Vec<String> = rows.headings.iter().map(|it| it.name.clone()).collect();
    let mut text = csv::row(&heads, ',');
    for cells in &rows.cells {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| cell.clone().unwrap_or_default())
            .collect();
        text.push_str(&csv::row(&cells, ','));
    }
    text
}

/// What can be asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SqlViews)]
pub(crate) struct SqlViewsOut {
    /// Whether this Filo can answer.
    built: bool,
    /// The views.
    views: Vec<SqlViewOut>,
    /// Questions to begin with.
    examples: Vec<SqlExampleOut>,
}

/// A view.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SqlView)]
pub(crate) struct SqlViewOut {
    /// Its name.
    #[schema(value_type = String)]
    name: &'static str,
    /// What a row of it is.
    meaning: String,
    /// Its columns.
    columns: Vec<SqlDescribedOut>,
}

/// A column of a view.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SqlViewColumn)]
pub(crate) struct SqlDescribedOut {
    /// Its name.
    #[schema(value_type = String)]
    name: &'static str,
    /// What it holds.
    #[schema(value_type = String)]
    kind: &'static str,
    /// What it means.
    meaning: String,
}

/// A question to begin with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SqlExample)]
pub(crate) struct SqlExampleOut {
    /// What it asks.
    title: String,
    /// The statement.
    #[schema(value_type = String)]
    statement: &'static str,
}

impl SqlViewsOut {
    pub(super) fn new() -> Self {
        let words = Words::of(Language::English);
        let say = |key: String| words.say(&key).into_owned();
        let views = VIEWS.iter().map(|view| {
            let columns = view.columns.iter().map(|it| SqlDescribedOut {
                name: it.name,
                kind: it.kind.word(),
                meaning: say(column_key(view, it.name)),
            });
            SqlViewOut {
                name: view.name,
                meaning: say(view_key(view)),
                columns: columns.collect(),
            }
        });
        let examples = EXAMPLES.iter().map(|it| SqlExampleOut {
            title: say(format!("sql-example-{}", it.name)),
            statement: it.statement,
        });
        Self {
            built: IS_BUILT,
            views: views.collect(),
            examples: examples.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_keep_what_they_are() {
        for (kind, text, expected) in [
            (Kind::Whole, "-42", json!(-42)),
            (Kind::Whole, "18446744073709551615", json!(u64::MAX)),
            (Kind::Fraction, "1.5", json!(1.5)),
            (Kind::Fraction, "NaN", json!("NaN")),
            (Kind::Fraction, "inf", json!("inf")),
            (Kind::Decimal, "12.50", json!("12.50")),
            (Kind::Boolean, "true", json!(true)),
            (Kind::Text, "7", json!("7")),
        ] {
            assert_eq!(value(kind, text), expected, "{text}");
        }
    }
}
