//! Journeys: making them, starting them, pausing and stopping them.

mod impact;
mod impact_cost_out;
mod impact_out;
mod learning_out;
mod rehearsal;
mod rehearsal_out;
mod rehearsed_out;

use axum::extract::State;
use filo_app::App;
use filo_app::journey::{Halt, JourneyView};
use filo_core::id::JourneyId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, created, done, ok};
use super::journey_in::{
    JourneyChangeIn, JourneyCheckIn, JourneyIn, PublishingIn, PublishingPreviewIn, VersionIn,
};
use super::journey_out::{CheckedOut, JourneyOut, JourneyWholeOut, PublishingOut};
use super::paging::Page;
use super::power::Bearer;
use super::request::{Body, IdOf};
use super::{run, task};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageJourneys};
use crate::sentence::journey::JourneyNames;
use crate::verdict::piece_names;

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_journeys))
        .routes(routes!(get_journey))
        .routes(routes!(check_journey))
        .routes(routes!(preview_publishing))
        .routes(routes!(run::list_runs))
        .routes(routes!(run::get_run))
        .routes(routes!(run::runs_of))
        .routes(routes!(task::list_tasks))
        .routes(routes!(task::get_task))
        .merge(impact::reads())
        .merge(rehearsal::reads())
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_journey))
        .routes(routes!(change_journey, remove_journey))
        .routes(routes!(publish_journey))
        .routes(routes!(pause_journey))
        .routes(routes!(resume_journey))
        .routes(routes!(finish_journey))
        .routes(routes!(stop_journey))
        .routes(routes!(run::start_run))
        .routes(routes!(run::end_run))
        .routes(routes!(task::finish_task))
        .routes(routes!(task::reopen_task))
        .merge(impact::writes())
        .merge(rehearsal::writes())
}

/// Every journey, by name, with how many are on the way.
#[utoipa::path(
    get, path = "/journeys", tag = "journeys",
    responses((status = 200, body = Page<JourneyOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_journeys(State(app): State<App>, _key: Bearer<ListPeople>) -> Answer {
    let names = names(&app).await?;
    let views = app.journeys().await?.into_iter();
    let told = views.map(|view| JourneyOut::new(view, &names));
    ok(&Page::whole(told.collect()))
}

/// One journey: what is worked on, what was published, how many stand at which step, and what is
/// wrong with it.
#[utoipa::path(
    get, path = "/journeys/{id}", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = JourneyWholeOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_journey(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<JourneyId>,
) -> Answer {
    let names = names(&app).await?;
    ok(&JourneyWholeOut::new(app.journey_page(id).await?, &names))
}

/// Makes a journey. Nothing happens until it is published; until then it may have faults.
#[utoipa::path(
    post, path = "/journeys", tag = "journeys", request_body = JourneyIn,
    responses((status = 201, body = JourneyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_journey(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    Body(new): Body<JourneyIn>,
) -> Answer {
    let made = app.create_journey(&key.actor, new.draft()?).await?;
    created(&tell(&app, made).await?)
}

/// Changes what is worked on. What runs stays as it is until the journey is published anew.
#[utoipa::path(
    put, path = "/journeys/{id}", tag = "journeys", params(("id" = String, Path)),
    request_body = JourneyChangeIn,
    responses((status = 200, body = JourneyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_journey(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(change): Body<JourneyChangeIn>,
) -> Answer {
    let from = (id, change.version);
    let changed = app
        .change_journey(&key.actor, from, change.draft()?)
        .await?;
    ok(&tell(&app, changed).await?)
}

/// Removes a journey that never started or is over, with what happened on it.
#[utoipa::path(
    delete, path = "/journeys/{id}", tag = "journeys", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_journey(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
) -> Answer {
    app.remove_journey(&key.actor, id).await?;
    done()
}

/// What is wrong with a journey, each fault with its place. Nothing is changed.
#[utoipa::path(
    post, path = "/journeys/check", tag = "journeys", request_body = JourneyCheckIn,
    responses((status = 200, body = CheckedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn check_journey(
    State(app): State<App>,
    _key: Bearer<ManageJourneys>,
    Body(asked): Body<JourneyCheckIn>,
) -> Answer {
    let (id, journey) = asked.journey()?;
    let faults = app.journey_faults(id, &journey).await?;
    ok(&CheckedOut::new(faults, app.next_occurrences(&journey)))
}

/// What publishing would do to those on the way, with how many stand at each step; and what a
/// broadcast costs at most.
#[utoipa::path(
    post, path = "/journeys/{id}/publishing/preview", tag = "journeys",
    params(("id" = String, Path)), request_body = PublishingPreviewIn,
    responses((status = 200, body = PublishingOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_publishing(
    State(app): State<App>,
    _key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(asked): Body<PublishingPreviewIn>,
) -> Answer {
    let publishing = app.preview_publishing(id, &asked.rule).await?;
    let cost = app.broadcast_cost(&app.journey(id).await?.draft).await?;
    ok(&PublishingOut::new(publishing, cost))
}

/// Starts a journey, or lets it go on by what is worked on now. Whoever is on the way stays on
/// their version unless the rule says otherwise.
#[utoipa::path(
    post, path = "/journeys/{id}/publishing", tag = "journeys", params(("id" = String, Path)),
    request_body = PublishingIn,
    responses((status = 200, body = JourneyOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn publish_journey(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(asked): Body<PublishingIn>,
) -> Answer {
    let from = (id, asked.version);
    let published = app.publish_journey(&key.actor, from, &asked.rule).await?;
    ok(&tell(&app, published).await?)
}

macro_rules! halts {
    ($($(#[$doc:meta])* $name:ident = $path:literal, $halt:ident;)*) => {$(
        $(#[$doc])*
        #[utoipa::path(
            post, path = $path, tag = "journeys", params(("id" = String, Path)),
            request_body = VersionIn,
            responses((status = 200, body = JourneyOut), (status = "4XX", body = ProblemOut<'static>)),
        )]
        pub(crate) async fn $name(
            State(app): State<App>,
            key: Bearer<ManageJourneys>,
            IdOf(id): IdOf<JourneyId>,
            Body(asked): Body<VersionIn>,
        ) -> Answer {
            let halted = app.halt_journey(&key.actor, (id, asked.version), Halt::$halt).await?;
            ok(&tell(&app, halted).await?)
        }
    )*};
}

halts! {
    /// Pauses a journey: nobody comes in, and who is on the way stays where they are.
    pause_journey = "/journeys/{id}/pausing", Pause;
    /// Lets a journey go on where it was.
    resume_journey = "/journeys/{id}/resuming", Resume;
    /// Lets nobody in any more; who is on the way goes on to the end.
    finish_journey = "/journeys/{id}/finishing", Finish;
    /// Stops a journey, for everybody on the way too.
    stop_journey = "/journeys/{id}/stopping", Stop;
}

pub(super) async fn names(app: &App) -> Result<JourneyNames, Problem> {
    Ok(JourneyNames {
        of_segments: app.segment_names().await?,
        journeys: app.journey_names().await?,
        pieces: piece_names(app).await?,
        audiences: app.audience_names().await?,
    })
}

async fn tell(app: &App, view: JourneyView) -> Result<JourneyOut, Problem> {
    Ok(JourneyOut::new(view, &names(app).await?))
}
