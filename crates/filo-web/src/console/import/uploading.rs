//! A file that a browser sends: a form of several parts, read as it comes.
//!
//! **Invariant:** as for every form: nothing is taken before session, right, origin and token were
//! checked; the token is the first part.

use axum::RequestExt;
use axum::body::to_bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequestParts, Multipart, Request, State};
use axum::response::{IntoResponse, Response};
use filo_app::import_run::Upload;
use filo_app::{App, Error};
use filo_core::id::ImportId;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::refused;
use crate::console::Answer;
use crate::console::done;
use crate::console::failure::Failure;
use crate::console::posted::is_from_own_form;
use crate::console::session::Session;
use crate::right::ImportPeople;

/// Bytes of what stands before the file.
const TEXT_BYTES_MOST: usize = 1_000;

/// Takes a file.
pub(in crate::console) async fn upload(
    State(app): State<App>,
    request: Request,
) -> Result<Response, Response> {
    let (mut parts, body) = request.into_parts();
    let session = Session::<ImportPeople>::from_request_parts(&mut parts, &app).await?;
    let headers = parts.headers.clone();
    let request = Request::from_parts(parts, body);
    if !is_of_parts(&headers) {
        return Err(no_file(&app, &headers, request).await.into_response());
    }
    let form = request.extract::<Multipart, _>().await;
    let unreadable = Failure::Unreadable { too_large: false };
    let mut form = form.map_err(|_no_form| unreadable.into_response())?;
    let token = match form.next_field().await.map_err(|error| unread(&error))? {
        Some(field) if field.name() == Some("token") => text(field).await?,
        _ => return Err(Failure::Elsewhere.into_response()),
    };
    if !is_from_own_form(&app, &headers, &token) {
        return Err(Failure::Elsewhere.into_response());
    }
    let answer = take(&app, &session, form).await?;
    answer.map_err(IntoResponse::into_response)
}

fn is_of_parts(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// A form without a file: whoever sent it from our own page hears what is wrong, nobody else.
async fn no_file(app: &App, headers: &HeaderMap, request: Request) -> Failure {
    let body = to_bytes(request.into_body(), TEXT_BYTES_MOST).await;
    let body = body.unwrap_or_default();
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let token = fields
        .into_iter()
        .find_map(|(name, value)| (name == "token").then_some(value));
    if is_from_own_form(app, headers, &token.unwrap_or_default()) {
        return Failure::Unreadable { too_large: false };
    }
    Failure::Elsewhere
}

async fn take(
    app: &App,
    session: &Session<ImportPeople>,
    mut form: Multipart,
) -> Result<Answer, Response> {
    let mut like: Option<ImportId> = None;
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        match field.name() {
            Some("like") => like = text(field).await?.parse().ok(),
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let upload = app.begin_upload(&session.actor, &name).await;
                let mut upload = upload.map_err(|error| Failure::from(error).into_response())?;
                return match pour(&mut upload, field).await {
                    Ok(()) => Ok(finish(app, session, upload, like).await),
                    Err(Poured::Refused(error)) => Ok(explain(app, session, error).await),
                    Err(Poured::Broken(error)) => Err(unread(&error)),
                };
            }
            _ => {}
        }
    }
    Ok(refused(app, session, String::new()).await)
}

enum Poured {
    Refused(Error),
    Broken(MultipartError),
}

async fn pour(upload: &mut Upload, mut field: Field<'_>) -> Result<(), Poured> {
    while let Some(piece) = field.chunk().await.map_err(Poured::Broken)? {
        upload.write(&piece).await.map_err(Poured::Refused)?;
    }
    Ok(())
}

async fn finish(
    app: &App,
    session: &Session<ImportPeople>,
    upload: Upload,
    like: Option<ImportId>,
) -> Answer {
    match app
        .finish_upload(&session.actor, upload, (like, None))
        .await
    {
        Ok(row) => done(&format!("/imports/{}", row.id)),
        Err(error) => explain(app, session, error).await,
    }
}

async fn explain(app: &App, session: &Session<ImportPeople>, error: Error) -> Answer {
    match error {
        Error::Invalid { reason, .. } => refused(app, session, reason).await,
        Error::TooLarge { most_bytes } => {
            let reason = format!("at most {} MB", most_bytes >> 20);
            let mut page = refused(app, session, reason).await?;
            *page.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            Ok(page)
        }
        other => Err(other.into()),
    }
}

/// A part that is a word.
async fn text(mut field: Field<'_>) -> Result<String, Response> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| unread(&error))? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > TEXT_BYTES_MOST {
            return Err(Failure::Unreadable { too_large: true }.into_response());
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unread(error: &MultipartError) -> Response {
    let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    Failure::Unreadable { too_large }.into_response()
}
