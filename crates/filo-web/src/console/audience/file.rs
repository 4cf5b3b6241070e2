//! Files of an audience, to be taken to its platform.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::App;
use filo_app::audience::Cut;
use filo_core::id::AudienceId;
use http::header;

use super::act::Nothing;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::{CloseAudienceFiles, ExportPeople};

/// Closes what changed since the last file.
pub(in crate::console) async fn close(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<CloseAudienceFiles, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let actor = &posted.session.actor;
    app.close_audience_file(actor, audience).await?;
    done(&format!("/audiences/{audience}?done=audience-file-closed"))
}

/// Takes a file away. It is written down who did, so it is a form.
pub(in crate::console) async fn download(
    State(app): State<App>,
    Path((audience, which)): Path<(String, String)>,
    posted: Posted<ExportPeople, Nothing>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let cut = Cut::from_word(&which).ok_or(Failure::Missing)?;
    let actor = &posted.session.actor;
    let text = app.audience_file(actor, audience, cut).await?;
    let name = format!("attachment; filename=\"{}.csv\"", cut.word());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}
