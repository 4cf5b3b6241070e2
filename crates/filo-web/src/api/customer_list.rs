//! Lists by hand: making them, and who is on them.
//!
//! **Invariant:** of people only ids are told here; what is known of them is told where it is
//! covered for whoever may not see it.

use axum::extract::{Path, State};
use filo_app::customer_list::{ListDraft, MemberRow};
use filo_app::{App, Chosen};
use filo_core::id::{CustomerId, ListId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, created, done, ok};
use super::customer_list_out::{ActOut, ListOut, ListedOut, MemberOut};
use super::paging::{Cursor, Page, Paging};
use super::people::whom;
use super::power::Bearer;
use super::request::{Asked, Body, IdOf, IdsOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, ManageSegments, SeePeople, WriteNotes};

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_lists))
        .routes(routes!(get_list))
        .routes(routes!(list_listed))
        .routes(routes!(lists_of))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_list))
        .routes(routes!(change_list))
        .routes(routes!(archive_list))
        .routes(routes!(restore_list))
        .routes(routes!(put_many_on_list))
        .routes(routes!(take_many_off_list))
        .routes(routes!(put_on_list, take_off_list))
        .routes(routes!(undo_list_act))
}

/// A list to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListIn {
    /// What people call it: a line of up to 80 characters.
    #[schema(example = "Invited to the tasting")]
    name: String,
    /// What it is for: up to 500 characters.
    #[serde(default)]
    description: String,
}

/// A list as it is to be called, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListChangeIn {
    /// The version that was read.
    version: i64,
    /// What people call it.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
}

/// Whom it concerns: ids, or a filter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListedIn {
    /// Ids of customers, up to 1,000. Either these or `query`.
    #[serde(default)]
    customers: Vec<String>,
    /// Filters as the list of customers takes them, true of up to 5,000.
    query: Option<String>,
}

/// Every list, also those that were put away, by name.
#[utoipa::path(
    get, path = "/lists", tag = "lists",
    responses((status = 200, body = Page<ListOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_lists(State(app): State<App>, _key: Bearer<ListPeople>) -> Answer {
    let views = app.lists().await?.into_iter();
    ok(&Page::whole(views.map(ListOut::new).collect()))
}

/// One list.
#[utoipa::path(
    get, path = "/lists/{id}", tag = "lists", params(("id" = String, Path)),
    responses((status = 200, body = ListOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_list(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<ListId>,
) -> Answer {
    ok(&ListOut::new(app.list(id).await?))
}

/// Makes a list that nobody is on.
#[utoipa::path(
    post, path = "/lists", tag = "lists", request_body = ListIn,
    responses((status = 201, body = ListOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_list(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    Body(new): Body<ListIn>,
) -> Answer {
    let draft = ListDraft {
        name: new.name,
        description: new.description,
    };
    created(&ListOut::new(app.create_list(&key.actor, draft).await?))
}

/// Changes what a list is called.
#[utoipa::path(
    put, path = "/lists/{id}", tag = "lists", params(("id" = String, Path)),
    request_body = ListChangeIn,
    responses((status = 200, body = ListOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn change_list(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<ListId>,
    Body(change): Body<ListChangeIn>,
) -> Answer {
    let draft = ListDraft {
        name: change.name,
        description: change.description,
    };
    let changed = app.change_list(&key.actor, (id, change.version), draft);
    ok(&ListOut::new(changed.await?))
}

/// Puts a list away: nobody is put on it or taken off, and it can be brought back with everybody
/// on it.
#[utoipa::path(
    post, path = "/lists/{id}/archiving", tag = "lists", params(("id" = String, Path)),
    responses((status = 200, body = ListOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn archive_list(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<ListId>,
) -> Answer {
    ok(&ListOut::new(app.archive_list(&key.actor, id).await?))
}

/// Brings back a list that was put away.
#[utoipa::path(
    post, path = "/lists/{id}/restoring", tag = "lists", params(("id" = String, Path)),
    responses((status = 200, body = ListOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_list(
    State(app): State<App>,
    key: Bearer<ManageSegments>,
    IdOf(id): IdOf<ListId>,
) -> Answer {
    ok(&ListOut::new(app.restore_list(&key.actor, id).await?))
}

/// Who is on a list, the newest first.
#[utoipa::path(
    get, path = "/lists/{id}/members", tag = "lists",
    params(("id" = String, Path), Paging),
    responses((status = 200, body = Page<MemberOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_listed(
    State(app): State<App>,
    _key: Bearer<ListPeople>,
    IdOf(id): IdOf<ListId>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let before = paging.before()?;
    let behind = before.map(|cursor| (cursor.at, CustomerId(cursor.id)));
    let more = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let rows = app.list_members(id, behind, more).await?;
    let cursor = |row: &MemberRow| Cursor {
        at: row.joined_at,
        id: row.customer.0,
    };
    ok(&Page::of(rows, limit, cursor, MemberOut::new))
}

/// The lists that a customer is on.
#[utoipa::path(
    get, path = "/customers/{id}/lists", tag = "lists", params(("id" = String, Path)),
    responses((status = 200, body = Page<ListedOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn lists_of(
    State(app): State<App>,
    _key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
) -> Answer {
    let view = app.customer(id).await?;
    let view = view.ok_or_else(|| Problem::missing("customer"))?;
    let memberships = app.lists_of(&view).await?.into_iter();
    ok(&Page::whole(memberships.map(ListedOut::new).collect()))
}

/// Puts customers on a list; whoever is on it stays as they are.
#[utoipa::path(
    post, path = "/lists/{id}/members", tag = "lists", params(("id" = String, Path)),
    request_body = ListedIn,
    responses((status = 201, body = ActOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_many_on_list(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    IdOf(id): IdOf<ListId>,
    Body(listed): Body<ListedIn>,
) -> Answer {
    let (chosen, question) = whom(&app, listed.query.as_deref(), &listed.customers)?;
    let act = app.put_on_list(&key.actor, id, &chosen, &question).await?;
    created(&ActOut::new(act))
}

/// Takes customers off a list.
#[utoipa::path(
    post, path = "/lists/{id}/members/removal", tag = "lists", params(("id" = String, Path)),
    request_body = ListedIn,
    responses((status = 201, body = ActOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn take_many_off_list(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    IdOf(id): IdOf<ListId>,
    Body(listed): Body<ListedIn>,
) -> Answer {
    let (chosen, question) = whom(&app, listed.query.as_deref(), &listed.customers)?;
    let act = app
        .take_off_list(&key.actor, id, &chosen, &question)
        .await?;
    created(&ActOut::new(act))
}

/// Puts one customer on a list; who is on it stays as they are.
#[utoipa::path(
    put, path = "/lists/{id}/members/{customer}", tag = "lists",
    params(("id" = String, Path), ("customer" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_on_list(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    IdsOf(id, customer): IdsOf<ListId, CustomerId>,
) -> Answer {
    let chosen = Chosen::Picked(vec![known(&app, customer).await?]);
    app.put_on_list(&key.actor, id, &chosen, "").await?;
    done()
}

/// Takes one customer off a list.
#[utoipa::path(
    delete, path = "/lists/{id}/members/{customer}", tag = "lists",
    params(("id" = String, Path), ("customer" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn take_off_list(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    IdsOf(id, customer): IdsOf<ListId, CustomerId>,
) -> Answer {
    let chosen = Chosen::Picked(vec![known(&app, customer).await?]);
    app.take_off_list(&key.actor, id, &chosen, "").await?;
    done()
}

/// Takes back what was done with a list, for those of whom nothing else was said since.
#[utoipa::path(
    delete, path = "/list-acts/{act}", tag = "lists", params(("act" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn undo_list_act(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    Path(act): Path<String>,
) -> Answer {
    let act = u128::from_str_radix(&act, 16).map_err(|_no_number| Problem::no_route())?;
    app.undo_listing(&key.actor, act).await?;
    done()
}

/// The customer of an id, which may be an older one.
async fn known(app: &App, customer: CustomerId) -> Result<CustomerId, Problem> {
    let view = app.customer(customer).await?;
    let view = view.ok_or_else(|| Problem::missing("customer"))?;
    Ok(view.id)
}
