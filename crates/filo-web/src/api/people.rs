//! Many customers at once: a file of them, a note for each of them, and the views of the list.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, Chosen, CustomerRow, Facets, SavedView};
use filo_core::event::Channel;
use filo_core::id::CustomerId;
use filo_core::profile::About;
use http::header;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, created, done, ok};
use super::power::Bearer;
use super::request::Body;
use crate::csv;
use crate::narrowing::Narrowing;
use crate::piped::{computed_cells, computed_columns, piped, plain};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ExportPeople, ListPeople, WriteNotes};

/// Customers that can be named one by one.
const NAMED_MOST: usize = 1_000;

/// Whom the file holds.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportIn {
    /// Filters as the list takes them, `channel=shop&marketing=granted`; empty for everybody.
    #[serde(default)]
    query: String,
}

/// A file of customers, comma-separated, in the order of their ids, with a column for each
/// computed trait. It is written down who took
/// it. Cells that a spreadsheet would take for a formula begin with an apostrophe.
#[utoipa::path(
    post, path = "/customers/export", tag = "customers", request_body = ExportIn,
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn export_customers(
    State(app): State<App>,
    key: Bearer<ExportPeople>,
    Body(asked): Body<ExportIn>,
) -> Answer {
    let narrowing = of_everybody(narrowing(&asked.query)?)?;
    let (filter, _) = narrowing.filter_of(&app);
    let count = app.people_count(&filter, u32::MAX).await?;
    app.record_export(&key.actor, &narrowing.query(), count)
        .await?;
    let heads = [
        "id",
        "name",
        "email",
        "phone",
        "first_seen",
        "last_seen",
        "order_count",
        "revenue_cents",
        "currency",
        "channels",
        "marketing",
        "birthday",
    ];
    let computed = computed_columns(&app).await?;
    let mut heads = heads.map(str::to_owned).to_vec();
    heads.extend(computed.iter().map(|view| view.row.key.clone()));
    let first = csv::row(&heads, ',');
    let body = piped(app, Chosen::All(filter), first, move |row, values| {
        let mut cells = cells(row);
        cells.extend(computed_cells(&computed, values, plain));
        csv::row(&cells, ',')
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}

/// Filters of which each can be read: one that cannot must not become everybody.
fn narrowing(query: &str) -> Result<Narrowing, Problem> {
    let hint = "must be filters of the list, such as `channel=shop`";
    let narrowing = Narrowing::read_strictly(query)
        .ok_or_else(|| Problem::invalid("query", hint))?
        .filters();
    let (_, wrong) = narrowing.filter(None, filo_core::time::Timestamp(0));
    match wrong.first() {
        Some(_) => Err(Problem::invalid("query", hint)),
        None => Ok(narrowing),
    }
}

/// Filters that can be followed among everybody at once: a trait cannot.
fn of_everybody(narrowing: Narrowing) -> Result<Narrowing, Problem> {
    match narrowing.trait_test() {
        Some(_) => Err(Problem::invalid(
            "query",
            "people of a trait are looked through a page at a time: give their ids instead",
        )),
        None => Ok(narrowing),
    }
}

fn cells(row: &CustomerRow) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        row.id.to_string(),
        text(&row.name),
        text(&row.email),
        text(&row.phone),
        row.first_seen.to_string(),
        row.last_seen.to_string(),
        row.orders.to_string(),
        row.revenue_cents.to_string(),
        text(&row.currency),
        channels(row).join(" "),
        marketing(row).unwrap_or_default().to_owned(),
        birthday(row).unwrap_or_default(),
    ]
}

/// The channels on which somebody was met.
pub(super) fn channels(row: &CustomerRow) -> Vec<&'static str> {
    Channel::ALL
        .into_iter()
        .filter(|channel| row.facets.has(Facets::channel(*channel)))
        .map(Channel::word)
        .collect()
}

/// `granted` or `denied`; nothing if nothing was said.
pub(super) fn marketing(row: &CustomerRow) -> Option<&'static str> {
    if row.facets.has(Facets::MARKETING_GRANTED) {
        return Some("granted");
    }
    row.facets.has(Facets::MARKETING_DENIED).then_some("denied")
}

/// Month and day, `11-28`.
pub(super) fn birthday(row: &CustomerRow) -> Option<String> {
    (row.birthday > 0).then(|| format!("{:02}-{:02}", row.birthday / 100, row.birthday % 100))
}

/// The same note for many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotesIn {
    /// What was said: up to 4,000 characters.
    text: String,
    /// What it is about: `reason`, `worry`, `preference`, `promise` or `other`.
    about: String,
    /// Ids of customers, up to 1,000. Either these or `query`.
    #[serde(default)]
    customers: Vec<String>,
    /// Filters as the list takes them, true of up to 1,000 customers.
    query: Option<String>,
}

/// Notes that were written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotesOut {
    /// Delete this to take the notes back.
    act: String,
    /// How many customers have the note now.
    customers: usize,
}

/// Writes the same note for many customers.
#[utoipa::path(
    post, path = "/customers/notes", tag = "customers", request_body = NotesIn,
    responses((status = 201, body = NotesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn add_notes(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    Body(notes): Body<NotesIn>,
) -> Answer {
    let about = About::from_word(&notes.about);
    if about.word() != notes.about {
        let words = "must be reason, worry, preference, promise or other";
        return Err(Problem::invalid("about", words));
    }
    let (chosen, question) = whom(&app, notes.query.as_deref(), &notes.customers)?;
    let noted = app
        .note_many(&key.actor, &chosen, (&notes.text, about), &question)
        .await?;
    created(&NotesOut {
        act: format!("{:032x}", noted.act),
        customers: noted.people,
    })
}

/// The customers of a filter, or those who are named one by one; and the filter as it is written
/// down.
pub(super) fn whom(
    app: &App,
    query: Option<&str>,
    customers: &[String],
) -> Result<(Chosen, String), Problem> {
    match (query, customers) {
        (Some(query), []) if !query.is_empty() => {
            let narrowing = of_everybody(narrowing(query)?)?;
            Ok((Chosen::All(narrowing.filter_of(app).0), narrowing.query()))
        }
        (None, [_, ..]) if customers.len() <= NAMED_MOST => {
            let ids: Result<Vec<CustomerId>, _> = customers.iter().map(|id| id.parse()).collect();
            let ids =
                ids.map_err(|_no_id| Problem::invalid("customers", "must be ids of customers"))?;
            Ok((Chosen::Picked(ids), String::new()))
        }
        _ => {
            let words = "give either 1 to 1,000 ids here or filters in `query`";
            Err(Problem::invalid("customers", words))
        }
    }
}

/// Takes the notes of an act back.
#[utoipa::path(
    delete, path = "/customers/notes/{act}", tag = "customers", params(("act" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_notes(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    Path(act): Path<String>,
) -> Answer {
    let act = u128::from_str_radix(&act, 16).map_err(|_no_number| Problem::no_route())?;
    app.undo_notes(&key.actor, act).await?;
    done()
}

/// A view of the list of customers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerView)]
pub(crate) struct ViewOut {
    /// Its id.
    id: String,
    /// What its tab says.
    name: String,
    /// Filters and order, as the list takes them.
    query: String,
}

impl From<SavedView> for ViewOut {
    fn from(view: SavedView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            query: view.query,
        }
    }
}

/// The views.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ViewsOut {
    /// In the order in which they were made.
    data: Vec<ViewOut>,
}

/// A view to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ViewIn {
    /// 1 to 40 characters.
    name: String,
    /// Filters and order as the list takes them: `channel=shop&sort=spent`.
    query: String,
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ViewNameIn {
    /// 1 to 40 characters.
    name: String,
}

/// The saved views of the list of customers.
#[utoipa::path(
    get, path = "/customer-views", tag = "customers",
    responses((status = 200, body = ViewsOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_views(State(app): State<App>, _key: Bearer<ListPeople>) -> Answer {
    let views = app.views().await?;
    ok(&ViewsOut {
        data: views.into_iter().map(ViewOut::from).collect(),
    })
}

/// Saves a view.
#[utoipa::path(
    post, path = "/customer-views", tag = "customers", request_body = ViewIn,
    responses((status = 201, body = ViewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_view(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    Body(view): Body<ViewIn>,
) -> Answer {
    let filters = narrowing(&view.query)?;
    let sort = Narrowing::read(&view.query).sort;
    let query = filters.with(|it| it.sort = sort).query();
    let saved = app.save_view(&key.actor, &view.name, &query).await?;
    created(&ViewOut::from(saved))
}

/// Gives a view another name.
#[utoipa::path(
    patch, path = "/customer-views/{id}", tag = "customers", params(("id" = String, Path)),
    request_body = ViewNameIn,
    responses((status = 200, body = ViewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn rename_view(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    Path(id): Path<String>,
    Body(name): Body<ViewNameIn>,
) -> Answer {
    let view = app.rename_view(&key.actor, &id, &name.name).await?;
    ok(&ViewOut::from(view))
}

/// Removes a view.
#[utoipa::path(
    delete, path = "/customer-views/{id}", tag = "customers", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_view(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    Path(id): Path<String>,
) -> Answer {
    app.remove_view(&key.actor, &id).await?;
    done()
}
