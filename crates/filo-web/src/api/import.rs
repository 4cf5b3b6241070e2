//! Imports: bringing files in, step by step as the console does it.

use axum::body::{Body as Raw, BodyDataStream};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::response::{IntoResponse, Response};
use filo_app::App;
use filo_app::import::{Plan, Subject};
use filo_app::import_run::{ImportCursor, ImportRun, Upload};
use filo_core::id::ImportId;
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode, header};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, created, done, ok};
use super::idempotency::{Claim, claim};
use super::import_out::{
    DetailOut, ImportOut, PeopleAsked, PersonOut, SubjectIn, UndoOut, UploadAsked,
};
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::ImportPeople;

/// What writes, beside taking a file.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put_import_plan))
        .routes(routes!(put_import_subject))
        .routes(routes!(try_import))
        .routes(routes!(start_import))
        .routes(routes!(cancel_import))
        .routes(routes!(undo_import))
        .routes(routes!(discard_import))
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
    let subject = asked.subject.as_deref().map(subject).transpose()?;
    let upload = if is_form(&headers) {
        of_form(&app, &key, request).await?
    } else {
        let name = asked.name.as_deref().unwrap_or("file.csv");
        let mut upload = app.begin_upload(&key.actor, name).await?;
        pour(&mut upload, request.into_body().into_data_stream()).await?;
        upload
    };
    // The body was too large to be kept for a comparison: its hash does as well.
    let asked = format!("{:?}", (asked.name, asked.like, asked.subject));
    let same = [asked.as_bytes(), upload.hash().as_slice()].concat();
    match claim(&app, &key.actor, &headers, ("/imports", &same)).await? {
        Claim::Answered(answer) => Ok(answer),
        Claim::Ours(claim) => {
            let made = async {
                let row = app
                    .finish_upload(&key.actor, upload, (like, subject))
                    .await?;
                created(&DetailOut::new(app.import_view(&key.actor, row.id).await?))
            };
            claim.keep(&app, &key.actor, made.await).await
        }
    }
}

fn subject(word: &str) -> Result<Subject, Problem> {
    Subject::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Subject::ALL.iter().map(|it| it.word()).collect();
        Problem::invalid("subject", format!("must be one of {}", words.join(", ")))
    })
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
    Body(plan): Body<Plan>,
) -> Answer {
    app.plan_import(&key.actor, id, plan).await?;
    ok(&DetailOut::new(app.import_view(&key.actor, id).await?))
}

/// Says what the file is about: its columns are looked at anew, and `plan` says what was
/// recognised. What a dry run said before is forgotten.
#[utoipa::path(
    put, path = "/imports/{id}/subject", tag = "imports", params(("id" = String, Path)),
    request_body = SubjectIn,
    responses((status = 200, body = DetailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_import_subject(
    State(app): State<App>,
    key: Bearer<ImportPeople>,
    IdOf(id): IdOf<ImportId>,
    Body(asked): Body<SubjectIn>,
) -> Answer {
    let subject = subject(&asked.subject)?;
    app.choose_subject(&key.actor, id, subject).await?;
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
    let next = first + u64::try_from(limit).unwrap_or(0);
    ok(&Page {
        data: rows.into_iter().map(PersonOut::new).collect(),
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
    ok(&UndoOut::new(&app.preview_undo(&key.actor, id).await?))
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
