//! Notes beside figures.

use axum::extract::State;
use filo_app::App;
use filo_app::annotation::{AnnotationRow, AnnotationView, Told};
use filo_core::analysis::annotation::Annotation;
use filo_core::id::AnnotationId;
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::answer::{Answer, Text, created, ok};
use crate::api::paging::Page;
use crate::api::power::Bearer;
use crate::api::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{AnnotateFigures, SeeFigures};

/// The list goes back so far, and forward for what is planned, unless days are named.
const BACK_DAYS: i64 = 730;
const AHEAD_DAYS: i64 = 366;

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_annotations))
        .routes(routes!(get_annotation))
}

/// What can be written.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_annotation))
        .routes(routes!(change_annotation, remove_annotation))
        .routes(routes!(restore_annotation))
}

/// Which days.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnotationsIn {
    /// From this day on; two years back without it.
    #[param(format = Date)]
    from: Option<String>,
    /// Until this day; a year ahead without it.
    #[param(format = Date)]
    until: Option<String>,
}

/// A note to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnotationIn {
    /// The first day.
    #[schema(format = Date, example = "2026-12-01")]
    first: String,
    /// The last day, where it lasted.
    #[schema(format = Date)]
    last: Option<String>,
    /// What happened: one line, up to 140 letters.
    #[schema(example = "Prices raised")]
    words: String,
}

/// A note as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnotationChangeIn {
    /// The version that was read.
    version: i64,
    /// The first day.
    #[schema(format = Date)]
    first: String,
    /// The last day, where it lasted.
    #[schema(format = Date)]
    last: Option<String>,
    /// What happened.
    words: String,
}

/// A note, or something that Filo did or was told to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Annotation)]
pub(crate) struct AnnotationOut {
    /// The first day.
    #[schema(format = Date)]
    first: String,
    /// The last day; the first where it did not last.
    #[schema(format = Date)]
    last: String,
    /// `note`: somebody wrote it; else `journey_started`, `journey_halted`, `promotion_runs`,
    /// `imported` or `import_undone`.
    #[schema(value_type = String)]
    kind: &'static str,
    /// What happened, or what the journey, promotion or file is called.
    words: String,
    /// The id of a note; null of what Filo did.
    #[schema(value_type = Option<String>)]
    id: Option<Text<AnnotationId>>,
    /// One more with each change; null of what Filo did.
    version: Option<i64>,
    /// Who wrote it.
    written_by: Option<String>,
    /// When it was removed; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    removed_at: Option<Text<Timestamp>>,
}

impl AnnotationOut {
    pub(super) fn new(view: &AnnotationView) -> Self {
        match &view.told {
            Told::Written(row) => Self::written(row),
            Told::Happened { what, name, .. } => Self {
                first: view.first.to_string(),
                last: view.last.to_string(),
                kind: what.word(),
                words: name.clone(),
                id: None,
                version: None,
                written_by: None,
                removed_at: None,
            },
        }
    }

    fn written(row: &AnnotationRow) -> Self {
        Self {
            first: row.first_day.clone(),
            last: row.last_day.clone(),
            kind: "note",
            words: row.words.clone(),
            id: Some(Text(row.id)),
            version: Some(row.version),
            written_by: Some(row.created_by.clone()),
            removed_at: row.removed_at.map(Text),
        }
    }
}

fn day_of(field: &'static str, text: &str) -> Result<Date, Problem> {
    let wrong = |_no_day| Problem::invalid(field, "must be a day such as 2026-12-31");
    text.parse().map_err(wrong)
}

fn note_of(first: &str, last: Option<&str>, words: String) -> Result<Annotation, Problem> {
    Ok(Annotation {
        first: day_of("first", first)?,
        last: last.map(|it| day_of("last", it)).transpose()?,
        words,
    })
}

/// Notes beside figures and what Filo did or was told to do, the latest first.
#[utoipa::path(
    get, path = "/annotations", tag = "analysis", params(AnnotationsIn),
    responses((status = 200, body = Page<AnnotationOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_annotations(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<AnnotationsIn>,
) -> Answer {
    let now = jiff::Timestamp::from_microsecond(app.now().0).unwrap_or_default();
    let today = now.to_zoned(app.zone()).date();
    let first = match asked.from.as_deref() {
        Some(text) => day_of("from", text)?,
        None => today.saturating_sub(BACK_DAYS.days()),
    };
    let last = match asked.until.as_deref() {
        Some(text) => day_of("until", text)?,
        None => today.saturating_add(AHEAD_DAYS.days()),
    };
    let views = app.annotations(&key.actor, (first, last)).await?;
    ok(&Page::whole(views.iter().map(AnnotationOut::new).collect()))
}

/// One note, also if it was removed.
#[utoipa::path(
    get, path = "/annotations/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AnnotationOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_annotation(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    IdOf(id): IdOf<AnnotationId>,
) -> Answer {
    ok(&AnnotationOut::written(
        &app.annotation(&key.actor, id).await?,
    ))
}

/// Writes a note.
#[utoipa::path(
    post, path = "/annotations", tag = "analysis", request_body = AnnotationIn,
    responses((status = 201, body = AnnotationOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_annotation(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    Body(new): Body<AnnotationIn>,
) -> Answer {
    let note = note_of(&new.first, new.last.as_deref(), new.words)?;
    created(&AnnotationOut::written(
        &app.annotate(&key.actor, note).await?,
    ))
}

/// Changes a note, from the version that was read.
#[utoipa::path(
    put, path = "/annotations/{id}", tag = "analysis", params(("id" = String, Path)),
    request_body = AnnotationChangeIn,
    responses((status = 200, body = AnnotationOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_annotation(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AnnotationId>,
    Body(new): Body<AnnotationChangeIn>,
) -> Answer {
    let note = note_of(&new.first, new.last.as_deref(), new.words)?;
    let changed = app.change_annotation(&key.actor, (id, new.version), note);
    ok(&AnnotationOut::written(&changed.await?))
}

/// Removes a note; it can be brought back.
#[utoipa::path(
    delete, path = "/annotations/{id}", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AnnotationOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_annotation(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AnnotationId>,
) -> Answer {
    let row = app.remove_annotation(&key.actor, id).await?;
    ok(&AnnotationOut::written(&row))
}

/// Brings back a note that was removed.
#[utoipa::path(
    post, path = "/annotations/{id}/restoring", tag = "analysis", params(("id" = String, Path)),
    responses((status = 200, body = AnnotationOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_annotation(
    State(app): State<App>,
    key: Bearer<AnnotateFigures>,
    IdOf(id): IdOf<AnnotationId>,
) -> Answer {
    let row = app.restore_annotation(&key.actor, id).await?;
    ok(&AnnotationOut::written(&row))
}
