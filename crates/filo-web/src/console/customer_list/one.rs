//! The page of one list: what is read for it; changing what it is called.

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::customer_list::{ListView, MemberRow};
use filo_app::{App, CustomerRow, Error, Filter};
use filo_core::access::Right;
use filo_core::id::{CustomerId, JourneyId, ListId};
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::Deserialize;

use super::form::Given;
use super::{Passing, manages, page, whole};
use crate::api::paging::Cursor;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, wrong};
use crate::right::{ListPeople, ManageSegments};
use crate::ui::shown::line;

/// Members of a page.
const MEMBERS: usize = 50;
/// People found who can be put on.
const FOUND: usize = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    /// Who of those on it.
    pub(super) search: String,
    /// Who is to be put on it.
    pub(super) add: String,
    before: Option<String>,
    done: Option<String>,
}

/// What the page shows.
pub(super) struct One {
    pub(super) view: ListView,
    pub(super) asked: Asked,
    pub(super) members: Vec<MemberRow>,
    pub(super) next: Option<String>,
    pub(super) is_later_page: bool,
    /// Who was found to be put on it, and whether they are.
    pub(super) found: Vec<(CustomerRow, bool)>,
    /// What is known of those who stand on the page.
    pub(super) people: HashMap<CustomerId, CustomerRow>,
    pub(super) journeys: BTreeMap<JourneyId, String>,
    pub(super) now: Timestamp,
    pub(super) manages: bool,
    pub(super) writes: bool,
    /// What was typed into the form, if it was wrong.
    pub(super) given: Option<(Given, &'static str)>,
}

impl One {
    pub(super) async fn load<P>(
        app: &App,
        session: &Session<P>,
        id: ListId,
        asked: Asked,
    ) -> Result<Self, Failure> {
        let view = app.list(id).await?;
        let before = asked.before.as_deref().and_then(Cursor::read);
        if before.is_some() {
            app.note_listing(&session.actor).await?;
        }
        let (members, next) = members(app, session, id, (&asked.search, before)).await?;
        let ids: Vec<CustomerId> = members.iter().map(|row| row.customer).collect();
        let eyes = app.eyes(&session.actor);
        let rows = eyes.people_of(&ids).await?;
        Ok(Self {
            view,
            members,
            next,
            is_later_page: before.is_some(),
            found: found(app, session, id, &asked.add).await?,
            people: rows.into_iter().map(|row| (row.id, row)).collect(),
            journeys: app.journey_names().await?,
            now: app.now(),
            manages: manages(session),
            writes: session.actor.may(Right::WriteNotes),
            asked,
            given: None,
        })
    }

    pub(super) fn name(&self) -> String {
        line(&self.view.row.name)
    }
}

/// Those of a page, or those whom a search finds among them.
async fn members<P>(
    app: &App,
    session: &Session<P>,
    id: ListId,
    (search, before): (&str, Option<Cursor>),
) -> Result<(Vec<MemberRow>, Option<String>), Failure> {
    if !search.trim().is_empty() {
        let filter = Filter {
            list: Some(id),
            ..Filter::default()
        };
        let eyes = app.eyes(&session.actor);
        let rows = eyes.search(search, &filter, MEMBERS).await?;
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
        let mut members = app.listed_among(id, &ids).await?;
        members.sort_unstable_by_key(|row| std::cmp::Reverse((row.joined_at, row.customer)));
        return Ok((members, None));
    }
    let behind = before.map(|cursor| (cursor.at, CustomerId(cursor.id)));
    let limit = u32::try_from(MEMBERS + 1).unwrap_or(u32::MAX);
    let mut members = app.list_members(id, behind, limit).await?;
    let more = members.len() > MEMBERS;
    members.truncate(MEMBERS);
    let cursor = |row: &MemberRow| Cursor {
        at: row.joined_at,
        id: row.customer.0,
    };
    let next = members.last().filter(|_| more);
    let next = next.map(|row| cursor(row).write());
    Ok((members, next))
}

/// People of whom a search is true, and whether they are on the list.
async fn found<P>(
    app: &App,
    session: &Session<P>,
    id: ListId,
    search: &str,
) -> Result<Vec<(CustomerRow, bool)>, Failure> {
    if search.trim().is_empty() {
        return Ok(Vec::new());
    }
    let eyes = app.eyes(&session.actor);
    let rows = eyes.search(search, &Filter::default(), FOUND).await?;
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
    let on = app.listed_among(id, &ids).await?;
    let is_on = |row: &CustomerRow| on.iter().any(|member| member.customer == row.id);
    Ok(rows
        .into_iter()
        .map(|row| {
            let is_on = is_on(&row);
            (row, is_on)
        })
        .collect())
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(list): Path<String>,
    Query(asked): Query<Asked>,
    Query(passing): Query<Passing>,
) -> Answer {
    let list: ListId = id(&list)?;
    let one = One::load(&app, &session, list, asked).await?;
    let back = list.to_string();
    let undo = passing.undo(session.words, &session.token, &back);
    let done = one.asked.done.as_deref().filter(|_| undo.is_none());
    let content = page::content(session.words, &one, &session.token, (undo, None));
    shown(whole(&session, &one.name(), done, &content))
}

/// Changes what it is called.
pub(in crate::console) async fn change(
    State(app): State<App>,
    Path(list): Path<String>,
    posted: Posted<ManageSegments, Given>,
) -> Answer {
    let list: ListId = id(&list)?;
    let Posted { session, form } = posted;
    let from = (list, form.version);
    match app.change_list(&session.actor, from, form.draft()).await {
        Ok(_) => done(&format!("/lists/{list}?done=list-changed")),
        Err(Error::Invalid { field, .. }) => {
            let mut one = One::load(&app, &session, list, Asked::default()).await?;
            one.given = Some((form, field));
            let content = page::content(session.words, &one, &session.token, (None, None));
            wrong(whole(&session, &one.name(), None, &content))
        }
        Err(Error::Conflict(_)) => {
            let one = One::load(&app, &session, list, Asked::default()).await?;
            let why = session.words.say("customer-list-stale");
            let content = page::content(session.words, &one, &session.token, (None, Some(&why)));
            let page = whole(&session, &one.name(), None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
