//! Questions in SQL: asking, what can be asked, and questions that are saved.
//!
//! **Invariant:** a question that is refused says by its code whether it may not be, cannot be
//! understood, or reached a limit, and in its text how to go on.

mod answered;
mod refused;
mod saved;

use axum::extract::State;
use axum::response::IntoResponse;
use filo_app::App;
use filo_app::sql::{Form, Told};
use http::header;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::answered::{SqlOut, SqlViewsOut, sheet};
use self::refused::problem;
use crate::api::answer::{Answer, ok};
use crate::api::power::Bearer;
use crate::api::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::SeePeopleOfFigures;

/// What can be read: a question changes nothing, though it is posted.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(ask_sql))
        .routes(routes!(list_sql_views))
        .merge(saved::reads())
}

/// What can be written.
pub(super) fn writes() -> OpenApiRouter<App> {
    saved::writes()
}

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SqlIn {
    /// One SELECT, WITH or EXPLAIN over the views, of up to 16 kB.
    #[schema(example = "EXPLAIN SELECT 1")]
    statement: String,
    /// `json`, which is what is answered without it, `csv` or `parquet`.
    #[serde(rename = "as")]
    form: Option<String>,
}

/// Answers a question in SQL over the views `events`, `customers` and `identifiers`, as of now.
/// As JSON up to 10,000 rows are given, and `complete` says whether these are all; as `csv` or
/// `parquet` the answer is a file of up to 100,000 rows, or refused. A plan is always JSON. It takes
/// 30 seconds, 256 MB of memory and 64 MB of answer at most, two at a time. For who may not see
/// personal data the views are without it. Each question is written into the audit log.
#[utoipa::path(
    post, path = "/sql", tag = "analysis", request_body = SqlIn,
    responses(
        (status = 200, body = SqlOut),
        (status = 501, description = "This Filo was built without SQL.", body = ProblemOut<'static>),
        (status = "4XX", body = ProblemOut<'static>),
    ),
)]
pub(crate) async fn ask_sql(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Body(asked): Body<SqlIn>,
) -> Answer {
    let form = match asked.form.as_deref() {
        None | Some("json") => Form::Document,
        Some("csv") => Form::Csv,
        Some("parquet") => Form::Parquet,
        Some(_) => return Err(Problem::invalid("as", "must be json, csv or parquet")),
    };
    let answered = app.ask_sql(&key.actor, &asked.statement, form).await?;
    let (took_ms, is_covered) = (answered.took_ms, answered.is_covered);
    match answered.told.map_err(problem)? {
        Told::Parquet(bytes, _) => file("application/vnd.apache.parquet", bytes),
        Told::Rows(rows) if form == Form::Csv => {
            file("text/csv; charset=utf-8", sheet(&rows).into_bytes())
        }
        told => ok(&SqlOut::new(told, (took_ms, is_covered))),
    }
}

fn file(kind: &'static str, bytes: Vec<u8>) -> Answer {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, bytes).into_response())
}

/// What can be asked: the views, their columns and what each means, and some questions to begin
/// with.
#[utoipa::path(
    get, path = "/sql/views", tag = "analysis",
    responses((status = 200, body = SqlViewsOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_sql_views(_key: Bearer<SeePeopleOfFigures>) -> Answer {
    ok(&SqlViewsOut::new())
}
