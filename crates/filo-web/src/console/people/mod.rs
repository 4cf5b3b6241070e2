//! The list of people: search, filters, saved views, and what is done with many at once.

pub(super) mod bulk;
mod export;
mod filter;
mod list;
pub(super) mod listing;
mod suggestion;
pub(super) mod view;

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::customer_list::ListView;
use filo_app::{Actor, App, CustomerRow, SavedView, SourceView};
use filo_core::access::Right;
use filo_core::time::Timestamp;
use http::StatusCode;
use maud::Markup;
use serde::Deserialize;

pub(super) use list::spent_words;
pub(super) use suggestion::suggestions;

use super::Answer;
use super::session::Session;
use crate::i18n::Words;
use crate::narrowing::Narrowing;
use crate::right::{Power, SeePeople};
use crate::ui::page::{Frame, Place, page};

/// Rows of a page.
const ROWS: usize = 50;
/// People of a filter are counted so far; beyond, the exact number tells nobody more.
const COUNTED_MOST: u32 = 10_000;

/// What an address carries beside the narrowing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Passing {
    before: Option<String>,
    done: Option<String>,
    /// The act that was just done with many, to undo it.
    #[serde(rename = "done-act")]
    act: Option<String>,
    /// How many people it concerned.
    #[serde(rename = "done-people")]
    people: Option<String>,
    /// The view that was just removed, to save it again.
    #[serde(rename = "done-name")]
    view_name: Option<String>,
    #[serde(rename = "done-query")]
    view_query: Option<String>,
}

/// What the page shows.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that whoever looks may or may not do"
)]
struct People {
    narrowing: Narrowing,
    rows: Vec<CustomerRow>,
    /// How many there are in all, or of the filter up to a limit.
    count: u64,
    next: Option<String>,
    /// How many people were looked at for a trait; the others have not been yet.
    looked: Option<usize>,
    /// It does not begin with the first row.
    is_later_page: bool,
    /// Parts of the address that cannot be read.
    wrong: Vec<&'static str>,
    sources: Vec<SourceView>,
    views: Vec<SavedView>,
    /// The lists in use, by name.
    customer_lists: Vec<ListView>,
    passing: Passing,
    /// What was just done with a list.
    listing: super::customer_list::Passing,
    now: Timestamp,
    /// Whoever looks may see everybody, not only who is asked for exactly.
    lists: bool,
    /// They may take people away as a file.
    exports: bool,
    /// They may bring files of people in.
    imports: bool,
    /// They may write notes.
    writes: bool,
    /// They may make segments.
    segments: bool,
    /// They may see what is personal, so they may ask for it.
    sees_traits: bool,
    /// Pairs that wait for whoever looks, if they may answer.
    duplicates: u64,
}

impl People {
    fn is_counted_whole(&self) -> bool {
        !self.is_filtered() || self.count <= u64::from(COUNTED_MOST)
    }

    fn is_filtered(&self) -> bool {
        !self.narrowing.filters().query().is_empty()
    }
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeePeople>,
    Query(narrowing): Query<Narrowing>,
    Query(passing): Query<Passing>,
    Query(listing): Query<super::customer_list::Passing>,
) -> Answer {
    let mut people = people(&app, &session.actor, narrowing, passing).await?;
    people.listing = listing;
    let status = if people.wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let content = list::content(session.words, &people, &session.token);
    Ok((status, framed(&session, &people, &content)).into_response())
}

#[expect(
    clippy::too_many_lines,
    reason = "one question after the other, and the answers put together"
)]
async fn people(
    app: &App,
    actor: &Actor,
    mut narrowing: Narrowing,
    passing: Passing,
) -> filo_app::Result<People> {
    let eyes = app.eyes(actor);
    let lists = actor.may(Right::ListPeople);
    if passing.before.is_some() {
        app.note_listing(actor).await?;
    }
    narrowing.search = narrowing.search.trim().to_owned();
    let now = app.now();
    let (filter, wrong) = narrowing.filter_of(app);
    let searched = !narrowing.search.is_empty();
    let test = narrowing.trait_test();
    let mut look = None;
    let mut rows = if searched {
        let found = eyes.search(&narrowing.search, &filter, ROWS).await?;
        match &test {
            Some(test) => eyes.with_trait(found, test).await?,
            None => found,
        }
    } else if let Some(test) = test.as_ref().filter(|_| lists) {
        let question = narrowing.question(filter.clone(), passing.before.as_deref());
        let page = eyes.people_by_trait(&question, test, ROWS).await?;
        look = Some((page.looked, page.behind));
        page.rows
    } else if !lists {
        Vec::new()
    } else {
        let question = narrowing.question(filter.clone(), passing.before.as_deref());
        eyes.people(&question, ROWS + 1).await?
    };
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let is_later_page = passing.before.is_some();
    let shown = u64::try_from(rows.len()).unwrap_or_default();
    let count = if filter.is_empty() && test.is_none() && !searched && lists {
        app.customer_count().await?
    } else if searched || look.is_some() || (!more && !is_later_page) {
        // All there is stands on the page.
        shown
    } else {
        app.people_count(&filter, COUNTED_MOST + 1).await?
    };
    let next = match &look {
        Some((_, behind)) => behind.as_ref(),
        None => rows.last().filter(|_| more),
    };
    Ok(People {
        next: next.map(|row| narrowing.mark(row)),
        looked: look.as_ref().map(|(looked, _)| *looked),
        narrowing,
        rows,
        count,
        is_later_page,
        wrong,
        sources: if lists {
            app.sources().await?
        } else {
            Vec::new()
        },
        views: if lists {
            app.views().await?
        } else {
            Vec::new()
        },
        lists,
        exports: actor.may(Right::ExportPeople),
        imports: actor.may(Right::ImportPeople),
        writes: actor.may(Right::WriteNotes),
        segments: actor.may(Right::ManageSegments),
        sees_traits: actor.may(Right::SeePersonalData),
        duplicates: if actor.may(Right::DecideIdentity) {
            app.duplicates_waiting().await?.unsigned_abs()
        } else {
            0
        },
        customer_lists: if lists {
            lists_in_use(app).await?
        } else {
            Vec::new()
        },
        passing,
        listing: super::customer_list::Passing::default(),
        now,
    })
}

async fn lists_in_use(app: &App) -> filo_app::Result<Vec<ListView>> {
    let lists = app.lists().await?.into_iter();
    Ok(lists.filter(|view| !view.is_away()).collect())
}

fn framed<P: Power>(session: &Session<P>, people: &People, content: &Markup) -> Markup {
    let words = session.words;
    let frame = Frame {
        words,
        title: &words.say("place-people"),
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: people.passing.done.as_deref(),
    };
    page(&frame, content)
}

/// The list with a narrowing, and with what else an address says.
fn address(narrowing: &Narrowing, more: &[(&str, &str)]) -> String {
    let mut query = narrowing.query();
    for (name, value) in more {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.push_str(&super::session::encode(value));
    }
    match query.is_empty() {
        true => "/people".to_owned(),
        false => format!("/people?{query}"),
    }
}

/// What to call somebody; those without a name are told apart by the end of their id.
pub(super) fn name(words: Words, row: &CustomerRow) -> String {
    let known = [&row.name, &row.email, &row.phone]
        .into_iter()
        .flatten()
        .next();
    if let Some(name) = known {
        return crate::ui::shown::line(name);
    }
    let id = row.id.to_string();
    let tail = id.get(id.len() - 4..).unwrap_or_default();
    format!("{} …{tail}", words.say("person-unknown"))
}

/// What to call somebody of whom more is known than their row.
pub(super) fn name_of(words: Words, customer: &filo_app::CustomerView) -> String {
    let known = filo_core::profile::view::summary(&customer.profile).display_name;
    let first = customer
        .identifiers
        .first()
        .map(|known| known.value.to_string());
    match known.or(first).filter(|name| !name.trim().is_empty()) {
        Some(name) => crate::ui::shown::line(&name),
        None => words.say("person-unknown").into_owned(),
    }
}

#[cfg(test)]
mod tests;
