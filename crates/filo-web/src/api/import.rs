//! Imports: bringing files in, step by step as the console does it.

use axum::body::{Body as Raw, BodyDataStream};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::response::{IntoResponse, Response};
use filo_app::App;
use filo_app::import::{Inspection, Plan};
use filo_app::import_run::{
    Counts, Example, ImportCursor, ImportRun, ImportView, RejectedRow, RowOutcome, UndoPreview,
    Upload,
};
use filo_core::id::{CustomerId, ImportId};
use filo_core::time::Timestamp;
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, Text, created, done, ok};
use super::idempotency::{Claim, claim};
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::ImportPeople;

/// How many rows became what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportCounts)]
pub(crate) struct CountsOut {
    /// Rows that were read.
    rows: u64,
    /// By outcome: `created`, `updated`, `unchanged`, `suppressed`, `duplicate`, `rejected`.
    outcomes: BTreeMap<&'static str, u64>,
    /// Why rows were rejected, and how many.
    reasons: BTreeMap<String, u64>,
    /// People whom it touches.
    people: u64,
    /// Of those, people who were not there.
    new_people: u64,
    /// Events that are new.
    events: u64,
}

/// A file to import, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportOut {
    /// Its id.
    #[schema(value_type = String, example = "imp_0123456789abcdefghjkmnpqrs")]
    id: Text<ImportId>,
    /// The file's name.
    file_name: String,
    /// Its bytes.
    file_bytes: i64,
    /// `draft`, `trying`, `tried`, `running`, `done`, `cancelled`, `failed`, `undoing` or `undone`.
    state: &'static str,
    /// Who brought it.
    actor: String,
    /// When it was brought.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it began to be brought in.
    #[schema(value_type = Option<String>, format = DateTime)]
    begun_at: Option<Text<Timestamp>>,
    /// When that ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// When it was taken out again.
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Text<Timestamp>>,
    /// Why it could not go on.
    failure: Option<String>,
}

/// Everything about a file to import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDetail)]
pub(crate) struct DetailOut {
    /// The import.
    #[serde(flatten)]
    import: ImportOut,
    /// What was recognised, with samples; null without the right to see personal data, and once
    /// the file is gone.
    #[schema(value_type = Option<Object>)]
    inspection: Option<Inspection>,
    /// What the columns mean; change it with `PUT …/plan`.
    #[schema(value_type = Object)]
    plan: Plan,
    /// What the dry run counted.
    trial: Option<CountsOut>,
    /// What was counted while it was brought in.
    counts: Option<CountsOut>,
    /// Examples, before and after; empty as `inspection` is null.
    #[schema(value_type = Vec<Object>)]
    examples: Vec<Example>,
    /// The first rejected rows; empty as `inspection` is null.
    #[schema(value_type = Vec<Object>)]
    rejected: Vec<RejectedRow>,
    /// Rows done while something is being done.
    done: Option<u64>,
    /// Rows there are, as far as is known.
    total: Option<u64>,
    /// When the very same file was brought in before: doing it again changes nothing.
    #[schema(value_type = Option<String>, format = DateTime)]
    imported_before_at: Option<Text<Timestamp>>,
    /// When the file is deleted; null once it is.
    #[schema(value_type = Option<String>, format = DateTime)]
    file_goes_at: Option<Text<Timestamp>>,
}

/// What taking an import out again would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportUndoPreview)]
pub(crate) struct UndoOut {
    /// Events that go.
    events: u64,
    /// People whom it had touched.
    people: u64,
    /// Of those, people who were not there before.
    new_people: u64,
    /// New people who stay, because more is known of them by now; null if there are too many to look.
    staying: Option<u64>,
}

/// A customer whom an import touched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportedPerson)]
pub(crate) struct PersonOut {
    /// The customer.
    #[schema(value_type = String)]
    id: Text<CustomerId>,
    /// The name.
    name: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The telephone number.
    phone: Option<String>,
}

/// Where a list of touched people begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeopleAsked {
    /// `next` of the page before.
    before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// How a file is sent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UploadAsked {
    /// The file's name; a form's file has its own.
    name: Option<String>,
    /// An import whose settings it takes.
    #[param(value_type = Option<String>)]
    like: Option<String>,
}

/// The files that were brought, newest first.
#[utoipa::path(
    get, path = "/imports", tag = "imports", params(Paging),
    responses((status = 200, body = Page<ImportOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_imports(
    State(app): State<App>,
    _key: Bearer<ImportPeople>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let behind = paging.before()?.map(|cursor| ImportCursor {
        created_at: cursor.at,
        id: ImportId(cursor.id),
    });
    let rows = app.imports(behind, limit + 1).await?;
    let cursor = |row: &ImportRun| Cursor {
        at: row.created_at,
        id: row.id.0,
    };
    ok(&Page::of(rows, limit, cursor, ImportOut::new))
}

/// Takes a file: as the body, or as the part `file` of a form. Nothing is brought in yet: the
/// answer says what was recognised and what would be done with each column. At most 200 MB.
#[utoipa::path(
    post, path = "/imports", tag = "imports", params(UploadAsked),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 201, body = DetailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn upload_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    Asked(asked): Asked<UploadAsked>,
    request: Request,
) -> Answer {
    let headers = request.headers().clone();
    let like: Option<ImportId> = match asked.like.as_deref() {
        None => None,
        Some(text) => Some(text.parse().map_err(|_not_one| {
            Problem::invalid("like", "must be the id of an import, as imp_…")
        })?),
    };
    let upload = if is_form(&headers) {
        of_form(&app, &key, request).await?
    } else {
        let name = asked.name.as_deref().unwrap_or("file.csv");
        let mut upload = app.begin_upload(&key.actor, name).await?;
        pour(&mut upload, request.into_body().into_data_stream()).await?;
        upload
    };
    // The body was too large to be kept for a comparison: its hash does as well.
    let asked = format!("{:?}", (asked.name, asked.like));
    let same = [asked.as_bytes(), upload.hash().as_slice()].concat();
    match claim(&app, &key.actor, &headers, ("/imports", &same)).await? {
        Claim::Answered(answer) => Ok(answer),
        Claim::Ours(claim) => {
            let made = async {
                let row = app.finish_upload(&key.actor, upload, like).await?;
                created(&DetailOut::new(app.import_view(&key.actor, row.id).await?))
            };
            claim.keep(&app, &key.actor, made.await).await
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/form-data")
}

async fn of_form(
    app: &App,
    key: &Bearer<ImportPeople>,
    request: Request,
) -> Result<Upload, Problem> {
    let unread = |_broken| Problem::malformed("the form could not be read to its end");
    let form = Multipart::from_request(request, app).await;
    let mut form = form.map_err(|_no_form| Problem::malformed("the form has no boundary"))?;
    while let Some(mut field) = form.next_field().await.map_err(unread)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut upload = app.begin_upload(&key.actor, &name).await?;
        while let Some(piece) = field.chunk().await.map_err(unread)? {
            upload.write(&piece).await?;
        }
        return Ok(upload);
    }
    Err(Problem::invalid(
        "file",
        "the form has no part of this name",
    ))
}

async fn pour(upload: &mut Upload, mut body: BodyDataStream) -> Result<(), Problem> {
    while let Some(piece) = body.next().await {
        let unread = |_broken| Problem::malformed("the body could not be read to its end");
        upload.write(&piece.map_err(unread)?).await?;
    }
    Ok(())
}

/// Everything about an import: what was recognised, what is planned, how far it is.
#[utoipa::path(
    get, path = "/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = DetailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    ok(&DetailOut::new(app.import_view(&key.actor, id).await?))
}

/// Says what the columns mean: the document that `GET` gives as `plan`, changed. What a dry run
/// said before is forgotten.
#[utoipa::path(
    put, path = "/imports/{id}/plan", tag = "imports", params(("id" = String, Path)),
    request_body(content = Object),
    responses((status = 200, body = DetailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_import_plan(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
    Body(plan): Body<Value>,
) -> Answer {
    let plan = serde_json::from_value::<Plan>(plan)
        .map_err(|error| Problem::invalid("plan", error.to_string()))?;
    app.plan_import(&key.actor, id, plan).await?;
    ok(&DetailOut::new(app.import_view(&key.actor, id).await?))
}

/// Begins a dry run: the file is read to its end and nothing is written. `GET` tells how far it is.
#[utoipa::path(
    post, path = "/imports/{id}/trial", tag = "imports", params(("id" = String, Path)),
    responses((status = 202, body = ImportOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn try_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    accepted(app.try_import(&key.actor, id).await?)
}

/// Begins to bring the file in. `GET` tells how far it is.
#[utoipa::path(
    post, path = "/imports/{id}/start", tag = "imports", params(("id" = String, Path)),
    responses((status = 202, body = ImportOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn start_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    accepted(app.start_import(&key.actor, id).await?)
}

/// Asks a dry run or an import to stop. What was brought in by then stays until it is undone.
#[utoipa::path(
    post, path = "/imports/{id}/cancellation", tag = "imports", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn cancel_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    app.cancel_import(&key.actor, id).await?;
    done()
}

/// The rejected rows as a file: the columns of the file, then line, column and reason. Cells that
/// a spreadsheet would take for a formula begin with an apostrophe.
#[utoipa::path(
    get, path = "/imports/{id}/errors.csv", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn import_errors(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    let (_, file) = app.rejected_lines(&key.actor, id).await?;
    let pieces = futures_util::stream::unfold(file, |mut file| async move {
        use tokio::io::AsyncReadExt;
        let mut piece = vec![0; 64 << 10];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(count) => {
                piece.truncate(count);
                Some((Ok(piece), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Raw::from_stream(pieces)).into_response())
}

/// The customers whom an import touched, as they are today.
#[utoipa::path(
    get, path = "/imports/{id}/people", tag = "imports", params(("id" = String, Path), PeopleAsked),
    responses((status = 200, body = Page<PersonOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn imported_people(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
    Asked(asked): Asked<PeopleAsked>,
) -> Answer {
    let limit = Paging::new(None, asked.limit).limit()?;
    let first: u64 = match asked.before.as_deref() {
        None => 0,
        Some(text) => text.parse().map_err(|_no_number| {
            Problem::invalid("before", "must be the `next` of an earlier page, unchanged")
        })?,
    };
    app.import_view(&key.actor, id).await?;
    let (rows, more) = app.import_people(&key.actor, id, first, limit).await?;
    let people = rows.into_iter().map(|row| PersonOut {
        id: Text(row.id),
        name: row.name,
        email: row.email,
        phone: row.phone,
    });
    let next = first + u64::try_from(limit).unwrap_or(0);
    ok(&Page {
        data: people.collect(),
        next: more.then(|| next.to_string()),
    })
}

/// What taking an import out again would do.
#[utoipa::path(
    get, path = "/imports/{id}/undo", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = UndoOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_import_undo(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    let UndoPreview {
        counts,
        staying,
        is_partial,
    } = app.preview_undo(&key.actor, id).await?;
    ok(&UndoOut {
        events: counts.events,
        people: counts.people,
        new_people: counts.new_people,
        staying: (!is_partial).then_some(staying),
    })
}

/// Begins to take out what an import brought, as if the file had never come.
#[utoipa::path(
    post, path = "/imports/{id}/undo", tag = "imports", params(("id" = String, Path)),
    responses((status = 202, body = ImportOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn undo_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    accepted(app.undo_import(&key.actor, id).await?)
}

/// Throws away a file that was not brought in.
#[utoipa::path(
    delete, path = "/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn discard_import(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
) -> Answer {
    app.discard_import(&key.actor, id).await?;
    done()
}

fn accepted(row: ImportRun) -> Answer {
    let mut response: Response = ok(&ImportOut::new(row))?;
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

impl ImportOut {
    fn new(row: ImportRun) -> Self {
        Self {
            id: Text(row.id),
            file_name: row.file_name,
            file_bytes: row.file_bytes,
            state: row.state.word(),
            actor: row.actor,
            created_at: Text(row.created_at),
            begun_at: row.begun_at.map(Text),
            ended_at: row.ended_at.map(Text),
            undone_at: row.undone_at.map(Text),
            failure: row.failure,
        }
    }
}

impl CountsOut {
    fn new(counts: Counts) -> Self {
        let outcomes = RowOutcome::ALL.map(|it| (it.word(), counts.of(it)));
        Self {
            rows: counts.rows,
            outcomes: outcomes.into_iter().collect(),
            reasons: counts.reasons,
            people: counts.people,
            new_people: counts.new_people,
            events: counts.events,
        }
    }
}

impl DetailOut {
    fn new(view: ImportView) -> Self {
        Self {
            import: ImportOut::new(view.row),
            inspection: view.seen,
            plan: view.plan,
            trial: view.trial.map(CountsOut::new),
            counts: view.counts.map(CountsOut::new),
            examples: view.report.examples,
            rejected: view.report.rejected,
            done: view.progress.as_ref().map(|it| it.done),
            total: view.progress.map(|it| it.total),
            imported_before_at: view.before.map(Text),
            file_goes_at: view.goes_at.map(Text),
        }
    }
}
