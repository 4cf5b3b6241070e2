//! Audiences of platforms of advertising: making and changing them, how they are doing, and files.
//!
//! **Invariant:** no answer holds a secret, and of people only counts and hashes are told here.

mod account;
mod out;

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::audience::{AudienceChange, AudienceDraft, Cut};
use filo_app::{App, Error};
use filo_core::audience::{ADVERTISING, Delivery, Fields, Platform};
use filo_core::id::{AudienceId, SegmentId};
use http::header;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::out::{AudienceOut, FileOut, RefusedOut, TestedOut};
use super::answer::{Answer, created, done, ok};
use super::asked::AudienceRemovalAsked;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Asked, Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{CloseAudienceFiles, ExportPeople, ListPeople, ManageSegments};

/// Refused addresses of one answer.
const REFUSED_MOST: u32 = 200;

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_audiences))
        .routes(routes!(get_audience))
        .routes(routes!(list_refused))
        .routes(routes!(get_audience_file))
        .merge(account::reads())
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_audience))
        .routes(routes!(change_audience, remove_audience))
        .routes(routes!(pause_audience))
        .routes(routes!(resume_audience))
        .routes(routes!(keep_audience))
        .routes(routes!(test_audience))
        .routes(routes!(tell_audience))
        .routes(routes!(close_audience_file))
        .merge(account::writes())
}

/// What people say of an audience and can change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AudienceSaid)]
pub(crate) struct SaidIn {
    /// What people call it: a line of up to 80 characters.
    #[schema(example = "Regulars, for lookalikes")]
    name: String,
    /// What it is for: up to 500 characters.
    #[serde(default)]
    description: String,
    /// The segment whose people come in of their own accord; null: only those whom journeys put
    /// in.
    #[serde(default)]
    segment: Option<String>,
    /// The purpose whose yes it takes.
    #[serde(default = "advertising")]
    purpose: String,
    /// What goes beside an address: `name`, `place`, `own_id`. What a platform does not take is
    /// left out.
    #[serde(default)]
    fields: Vec<String>,
    /// You know that the segment says something delicate of people; without it one that does is
    /// refused.
    #[serde(default)]
    knows_delicate: bool,
}

fn advertising() -> String {
    ADVERTISING.to_owned()
}

/// An audience to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AudienceDraft)]
pub(crate) struct DraftIn {
    /// `meta`, `google` or `linkedin`; never changed.
    platform: String,
    /// `push`: Filo tells the platform; `file`: a person takes files there. Never changed.
    delivery: String,
    /// With `push`, its id at the platform; never changed.
    #[serde(default)]
    remote: String,
    /// What it is to be.
    audience: SaidIn,
}

/// An audience as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AudienceChange)]
pub(crate) struct ChangeIn {
    /// The version that was read.
    version: i64,
    /// What it is to be.
    audience: SaidIn,
}

/// Every audience, by name.
#[utoipa::path(
    get, path = "/audiences", tag = "audiences",
    responses((status = 200, body = Page<AudienceOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_audiences(State(app): State<App>, _key: Bearer<ListPeople>) -> Answer {
    let views = app.audiences().await?.into_iter();
    ok(&Page::whole(views.map(AudienceOut::new).collect()))
}

/// One audience, with how many are in it and how telling its platform goes.
#[utoipa::path(
    get, path = "/audiences/{id}", tag = "audiences", params(("id" = String, Path)),
    responses((status = 200, body = AudienceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_audience(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    ok(&AudienceOut::new(app.audience(id).await?))
}

/// Addresses that the platform does not want, up to 200, with why.
#[utoipa::path(
    get, path = "/audiences/{id}/refused", tag = "audiences", params(("id" = String, Path)),
    responses((status = 200, body = Page<RefusedOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_refused(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    app.audience(id).await?;
    let rows = app.audience_refused(id, REFUSED_MOST).await?.into_iter();
    ok(&Page::whole(rows.map(RefusedOut::new).collect()))
}

/// Makes an audience; everybody is looked at for it.
#[utoipa::path(
    post, path = "/audiences", tag = "audiences", request_body = DraftIn,
    responses((status = 201, body = AudienceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    Body(new): Body<DraftIn>,
) -> Answer {
    let deliveries = Delivery::ALL.map(Delivery::word).join(", ");
    let delivery = Delivery::from_word(&new.delivery)
        .ok_or_else(|| Problem::invalid("delivery", format!("one of {deliveries}")))?;
    let platforms = Platform::ALL.map(Platform::word).join(", ");
    let platform = Platform::from_word(&new.platform)
        .ok_or_else(|| Problem::invalid("platform", format!("one of {platforms}")))?;
    let draft = AudienceDraft {
        platform,
        delivery,
        remote: new.remote,
        change: new.audience.read()?,
    };
    created(&AudienceOut::new(
        app.create_audience(&key.actor, draft).await?,
    ))
}

/// Changes an audience; everybody is looked at again.
#[utoipa::path(
    put, path = "/audiences/{id}", tag = "audiences", params(("id" = String, Path)),
    request_body = ChangeIn,
    responses((status = 200, body = AudienceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
    Body(change): Body<ChangeIn>,
) -> Answer {
    let said = change.audience.read()?;
    let changed = app.change_audience(&key.actor, (id, change.version), said);
    ok(&AudienceOut::new(changed.await?))
}

/// Lets an audience go. One that is told by Filo is in the state `ending` until everybody was
/// taken out of it at the platform.
#[utoipa::path(
    delete, path = "/audiences/{id}", tag = "audiences", params(("id" = String, Path), AudienceRemovalAsked),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
    Asked(removal): Asked<AudienceRemovalAsked>,
) -> Answer {
    app.remove_audience(&key.actor, id, removal.gone_there)
        .await?;
    done()
}

/// Puts nobody in any more; whoever is to be out is taken out all the same.
#[utoipa::path(
    post, path = "/audiences/{id}/pausing", tag = "audiences", params(("id" = String, Path)),
    responses((status = 200, body = AudienceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn pause_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    let paused = app.pause_audience(&key.actor, id, true);
    ok(&AudienceOut::new(paused.await?))
}

/// Takes a paused audience up again.
#[utoipa::path(
    post, path = "/audiences/{id}/resuming", tag = "audiences", params(("id" = String, Path)),
    responses((status = 200, body = AudienceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn resume_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    let resumed = app.pause_audience(&key.actor, id, false);
    ok(&AudienceOut::new(resumed.await?))
}

/// Keeps an audience that was to go: everybody is put in again.
#[utoipa::path(
    post, path = "/audiences/{id}/keeping", tag = "audiences", params(("id" = String, Path)),
    responses((status = 200, body = AudienceOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn keep_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    ok(&AudienceOut::new(app.keep_audience(&key.actor, id).await?))
}

/// Asks the platform whether it knows the audience and lets us change it; nobody is put there.
#[utoipa::path(
    post, path = "/audiences/{id}/test", tag = "audiences", params(("id" = String, Path)),
    responses((status = 200, body = TestedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn test_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    ok(&TestedOut::new(app.test_audience(&key.actor, id).await?))
}

/// Tries at once what waits for the platform.
#[utoipa::path(
    post, path = "/audiences/{id}/telling", tag = "audiences", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn tell_audience(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    app.tell_audience_now(&key.actor, id).await?;
    done()
}

/// Closes what changed since the last file into a new one: who is added by it, and who removed.
#[utoipa::path(
    post, path = "/audiences/{id}/files", tag = "audiences", params(("id" = String, Path)),
    responses((status = 201, body = FileOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn close_audience_file(
    State(app): State<App>,
    key: Bearer<CloseAudienceFiles>,
    IdOf(id): IdOf<AudienceId>,
) -> Answer {
    let (view, added, removed) = app.close_audience_file(&key.actor, id).await?;
    created(&FileOut {
        number: view.row.file_number,
        added,
        removed,
    })
}

/// A file in the platform's own form: `everybody`, or those whom the last closed file has `added`
/// or `removed`. That it was taken is written down.
#[utoipa::path(
    get, path = "/audiences/{id}/files/{which}", tag = "audiences",
    params(("id" = String, Path), ("which" = String, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_audience_file(
    State(app): State<App>,
    key: Bearer<ExportPeople>,
    Path((id, which)): Path<(String, String)>,
) -> Answer {
    let missing = || Error::Missing("file");
    let id: AudienceId = id.parse().map_err(|_no_id| Error::Missing("audience"))?;
    let cut = Cut::from_word(&which).ok_or_else(missing)?;
    let text = app.audience_file(&key.actor, id, cut).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

impl SaidIn {
    fn read(self) -> Result<AudienceChange, Problem> {
        let segment = self.segment.as_deref().map(str::parse::<SegmentId>);
        let segment = segment
            .transpose()
            .map_err(|error| Problem::invalid("segment", error.to_string()))?;
        let fields = Fields::from_words(self.fields.iter().map(String::as_str));
        let fields = fields.ok_or_else(|| {
            let words = Fields::WORDS.join(", ");
            Problem::invalid("fields", format!("of {words}"))
        })?;
        Ok(AudienceChange {
            name: self.name,
            description: self.description,
            segment,
            purpose: self.purpose,
            fields,
            knows_delicate: self.knows_delicate,
        })
    }
}
