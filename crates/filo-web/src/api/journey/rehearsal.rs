//! Rehearsals: a version of a journey played over what really happened, without any effect.
//!
//! **Invariant:** reports tell of nobody; of people ids are told to those who may list them, and
//! what they would have read to those who may see what is known of them.

use axum::extract::State;
use filo_app::App;
use filo_app::rehearsal::{DAYS_USUAL, NewRehearsal};
use filo_core::id::{CustomerId, JourneyId, RehearsalId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rehearsal_out::RehearsalOut;
use super::rehearsed_out::{RehearsedPersonOut, ShownOut};
use crate::api::answer::{Answer, Text, created, done, ok};
use crate::api::paging::Page;
use crate::api::power::Bearer;
use crate::api::request::{Body, IdOf, IdsOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageJourneys, SeePeople};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_rehearsals))
        .routes(routes!(get_rehearsal))
        .routes(routes!(list_rehearsal_people))
        .routes(routes!(get_rehearsed_person))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_rehearsal))
        .routes(routes!(remove_rehearsal))
        .routes(routes!(cancel_rehearsal))
}

/// A rehearsal that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RehearsalIn {
    /// Which published version; 0 or nothing for what is worked on.
    #[serde(default)]
    version: i64,
    /// A published version to be played beside it, so that the two can be compared.
    #[serde(default)]
    beside: Option<i64>,
    /// How many days back, 1 to 366; 90 if nothing is said.
    #[serde(default)]
    days: Option<u16>,
    /// When a broadcast would have begun; when the rehearsal does if nothing is said.
    #[serde(default)]
    #[schema(format = DateTime)]
    broadcast_at: Option<String>,
}

impl RehearsalIn {
    fn asked(self) -> Result<NewRehearsal, Problem> {
        let at = self.broadcast_at.as_deref();
        let broadcast_at = at.map(Timestamp::parse);
        if broadcast_at == Some(None) {
            return Err(Problem::invalid(
                "broadcast_at",
                "an instant, as 2026-01-31T09:00:00Z",
            ));
        }
        Ok(NewRehearsal {
            version: self.version,
            beside: self.beside,
            days: self.days.unwrap_or(DAYS_USUAL),
            broadcast_at: broadcast_at.flatten(),
        })
    }
}

/// A rehearsal that has begun.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsalStarted)]
pub(crate) struct StartedOut {
    /// Its id.
    #[schema(value_type = String, example = "reh_0123456789abcdefghjkmnpqrs")]
    id: Text<RehearsalId>,
}

/// The rehearsals of a journey that are kept, the last one first.
#[utoipa::path(
    get, path = "/journeys/{id}/rehearsals", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = Page<RehearsalOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_rehearsals(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<JourneyId>,
) -> Answer {
    app.journey(id).await?;
    let prices = app.message_prices().await?.list;
    let views = app.rehearsals(id).await?.into_iter();
    let out = views.map(|view| RehearsalOut::new(view, &prices));
    ok(&Page::whole(out.collect()))
}

/// Begins a rehearsal. It is a job: ask for it until it is done. Nothing is sent, nobody comes in,
/// and what comes in meanwhile does not wait.
#[utoipa::path(
    post, path = "/journeys/{id}/rehearsals", tag = "journeys", params(("id" = String, Path)),
    request_body = RehearsalIn,
    responses((status = 201, body = StartedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn start_rehearsal(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<JourneyId>,
    Body(new): Body<RehearsalIn>,
) -> Answer {
    let id = app.rehearse_journey(&key.actor, id, new.asked()?).await?;
    created(&StartedOut { id: Text(id) })
}

/// One rehearsal: how far it is, and what it came to.
#[utoipa::path(
    get, path = "/rehearsals/{id}", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = RehearsalOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_rehearsal(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<RehearsalId>,
) -> Answer {
    let prices = app.message_prices().await?.list;
    ok(&RehearsalOut::new(app.rehearsal(id).await?, &prices))
}

/// Calls a rehearsal off that is under way; one that has ended stays as it is.
#[utoipa::path(
    post, path = "/rehearsals/{id}/cancellation", tag = "journeys", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn cancel_rehearsal(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<RehearsalId>,
) -> Answer {
    app.cancel_rehearsal(&key.actor, id).await?;
    done()
}

/// Lets go of a rehearsal.
#[utoipa::path(
    delete, path = "/rehearsals/{id}", tag = "journeys", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_rehearsal(
    State(app): State<App>,
    key: Bearer<ManageJourneys>,
    IdOf(id): IdOf<RehearsalId>,
) -> Answer {
    app.remove_rehearsal(&key.actor, id).await?;
    done()
}

/// Some of those who would have come in, always the same ones: those with messages first.
#[utoipa::path(
    get, path = "/rehearsals/{id}/people", tag = "journeys", params(("id" = String, Path)),
    responses((status = 200, body = Page<ShownOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_rehearsal_people(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    IdOf(id): IdOf<RehearsalId>,
) -> Answer {
    let people = app.rehearsal_people(&key.actor, id).await?.into_iter();
    let told = people.map(|(shown, _)| ShownOut::from(shown));
    ok(&Page::whole(told.collect()))
}

/// What would have happened with one person, and what each message would have said. It is played
/// once more for this answer; nothing of it is kept.
#[utoipa::path(
    get, path = "/rehearsals/{id}/people/{customer}", tag = "journeys",
    params(("id" = String, Path), ("customer" = String, Path)),
    responses((status = 200, body = RehearsedPersonOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_rehearsed_person(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdsOf(id, customer): IdsOf<RehearsalId, CustomerId>,
) -> Answer {
    let person = app.rehearsed_person(&key.actor, id, customer).await?;
    ok(&RehearsedPersonOut::from(person))
}
