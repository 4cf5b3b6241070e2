//! Kinds of customers: looking for them, what was found, putting it in force, giving names.
//!
//! **Invariant:** of people only ids are told here.

use axum::extract::State;
use filo_app::App;
use filo_app::persona::PersonaNaming;
use filo_core::id::{CustomerId, PersonaId, PersonaRunId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, created, done, ok};
use super::paging::Page;
use super::persona_out::{OverviewOut, PersonaOfOut, SearchOut, Typical};
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageSegments, SeePeople};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_personas))
        .routes(routes!(list_persona_searches))
        .routes(routes!(get_persona_search))
        .routes(routes!(persona_of))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(name_persona))
        .routes(routes!(start_persona_search))
        .routes(routes!(adopt_personas))
        .routes(routes!(withdraw_personas))
}

/// A name and a note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonaNamingIn {
    /// The name; empty to go by the number again.
    name: String,
    /// What is to be known of the kind.
    #[serde(default)]
    note: String,
    /// The version that was read.
    version: i64,
}

/// A search that has begun.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonaSearchStarted)]
pub(crate) struct StartedOut {
    /// Its id.
    #[schema(value_type = String, example = "prn_0123456789abcdefghjkmnpqrs")]
    id: Text<PersonaRunId>,
}

/// The kinds in force, with the facts that set each apart, and the last search.
#[utoipa::path(
    get, path = "/personas", tag = "segments",
    responses((status = 200, body = OverviewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_personas(State(app): State<App>, key: Bearer<ListPeople>) -> Answer {
    let overview = app.personas(&key.actor).await?;
    let mut typical = Typical::new();
    for run in [&overview.in_force, &overview.latest].into_iter().flatten() {
        let people = app.typical_people(&key.actor, run.id).await?;
        // What is in force comes first: a kind that was found again is told as it stands.
        for (persona, rows) in people {
            typical.entry(persona).or_insert(rows);
        }
    }
    let drifted = app.persona_drift(&key.actor).await?;
    ok(&OverviewOut::new(&overview, &typical, drifted.as_ref()))
}

/// Gives a kind a name and a note.
#[utoipa::path(
    patch, path = "/personas/{id}", tag = "segments", params(("id" = String, Path)),
    request_body = PersonaNamingIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn name_persona(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<PersonaId>,
    Body(naming): Body<PersonaNamingIn>,
) -> Answer {
    let naming = PersonaNaming {
        name: naming.name,
        note: naming.note,
        version: naming.version,
    };
    app.name_persona(&key.actor, id, &naming).await?;
    done()
}

/// Every search that is kept, the last one first.
#[utoipa::path(
    get, path = "/persona-searches", tag = "segments",
    responses((status = 200, body = Page<SearchOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_persona_searches(
    State(app): State<App>,
    key: Bearer<ListPeople>,
) -> Answer {
    let runs = app.persona_runs(&key.actor).await?;
    let nobody = Typical::new();
    let told = runs.iter().map(|run| SearchOut::new(run, &nobody));
    ok(&Page::whole(told.collect()))
}

/// Begins a search for kinds of customers. It is a job: ask for it until it is done.
#[utoipa::path(
    post, path = "/persona-searches", tag = "segments",
    responses((status = 201, body = StartedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn start_persona_search(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
) -> Answer {
    let id = app.seek_personas(&key.actor).await?;
    created(&StartedOut { id: Text(id) })
}

/// One search, with who stands for each kind.
#[utoipa::path(
    get, path = "/persona-searches/{id}", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = SearchOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_persona_search(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    IdOf(id): IdOf<PersonaRunId>,
) -> Answer {
    let run = app.persona_run(&key.actor, id).await?;
    let typical = app.typical_people(&key.actor, id).await?;
    ok(&SearchOut::new(&run, &typical))
}

/// Puts what a search has found in force. Segments that are made of personas follow.
#[utoipa::path(
    post, path = "/persona-searches/{id}/adoption", tag = "segments",
    params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn adopt_personas(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<PersonaRunId>,
) -> Answer {
    app.adopt_personas(&key.actor, id).await?;
    done()
}

/// Takes what is in force out of it: what was before counts again.
#[utoipa::path(
    post, path = "/persona-searches/{id}/withdrawal", tag = "segments",
    params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn withdraw_personas(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<PersonaRunId>,
) -> Answer {
    app.withdraw_personas(&key.actor, id).await?;
    done()
}

/// Which kind of customers somebody is, and by what; null where nothing is known to compare them
/// by, or nothing is in force.
#[utoipa::path(
    get, path = "/customers/{id}/persona", tag = "segments", params(("id" = String, Path)),
    responses((status = 200, body = Option<PersonaOfOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn persona_of(
    State(app): State<App>,
    _key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let customer = app
        .customer(id)
        .await?
        .ok_or_else(|| Problem::missing("customer"))?;
    let membership = app.persona_of(customer.id).await?;
    ok(&membership.as_ref().map(PersonaOfOut::new))
}
