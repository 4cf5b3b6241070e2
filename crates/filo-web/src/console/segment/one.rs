//! The page of one segment: what is read for it.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use filo_app::annotation::AnnotationView;
use filo_app::segment::{Growth, MemberRow, Moves, SegmentNames, SegmentView, TurnRow};
use filo_app::{App, CustomerRow};
use filo_core::access::Right;
use filo_core::id::{CustomerId, SegmentId};
use filo_core::segment::Condition;
use filo_core::time::Timestamp;
use serde::Deserialize;

use super::list::LATELY_S;
use super::{manages, page, whole};
use crate::console::annotation::near;
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, id, shown_while};
use crate::right::ListPeople;
use crate::ui::shown::line;

/// Members of a page.
const MEMBERS: usize = 50;
/// Turns that are told.
const TURNS: u32 = 12;
/// Days of the chart.
const DAYS_LEAST: i64 = 2;
const DAYS_MOST: i64 = 90;
const DAY_MICROS: i64 = 86_400 * 1_000_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    /// The member behind whom to go on.
    behind: Option<String>,
    done: Option<String>,
}

/// A segment's id with what it is called.
pub(super) type Named = (SegmentId, String);

/// What the page shows.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that whoever looks may or may not do"
)]
pub(super) struct One {
    pub(super) view: SegmentView,
    pub(super) names: SegmentNames,
    pub(super) moves: Moves,
    pub(super) growth: Growth,
    /// What happened beside it.
    pub(super) annotations: Vec<AnnotationView>,
    pub(super) members: Vec<MemberRow>,
    pub(super) next: Option<CustomerId>,
    pub(super) is_later_page: bool,
    pub(super) turns: Vec<TurnRow>,
    /// What is known of those who stand on the page.
    pub(super) people: HashMap<CustomerId, CustomerRow>,
    /// How many people there are in all.
    pub(super) everybody: i64,
    /// The segments that are made of this one.
    pub(super) users: Vec<Named>,
    /// The others in use, to lay them over this one.
    pub(super) others: Vec<Named>,
    pub(super) now: Timestamp,
    pub(super) manages: bool,
    pub(super) exports: bool,
    pub(super) writes: bool,
}

impl One {
    pub(super) async fn load<P>(
        app: &App,
        session: &Session<P>,
        id: SegmentId,
        behind: Option<CustomerId>,
    ) -> Result<Self, Failure> {
        let views = app.segments().await?;
        let view = views.iter().find(|view| view.row.id == id);
        let view = view.cloned().ok_or(Failure::Missing)?;
        let now = app.now();
        let age = (now.0 - view.row.created_at.0) / DAY_MICROS + 2;
        let days = u16::try_from(age.clamp(DAYS_LEAST, DAYS_MOST)).unwrap_or(90);
        if behind.is_some() {
            app.note_listing(&session.actor).await?;
        }
        let wanted = u32::try_from(MEMBERS + 1).unwrap_or(u32::MAX);
        let mut members = app.segment_members(id, behind, wanted).await?;
        let more = members.len() > MEMBERS;
        members.truncate(MEMBERS);
        let turns = app.segment_turns_lately(id, TURNS).await?;
        let moves = app.segment_moves(now.plus_seconds(-LATELY_S)).await?;
        let everybody = app.customer_count().await?;
        Ok(Self {
            next: members.last().map(|last| last.customer).filter(|_| more),
            people: people(app, session, &members, &turns).await?,
            growth: app.segment_growth(id, days).await?,
            annotations: near(app, session, i64::from(days)).await?,
            names: app.segment_names().await?,
            moves: moves.get(&id).copied().unwrap_or_default(),
            users: users(&views, id),
            others: others(&views, id),
            everybody: i64::try_from(everybody).unwrap_or(i64::MAX),
            view,
            members,
            is_later_page: behind.is_some(),
            turns,
            now,
            manages: manages(session),
            exports: session.actor.may(Right::ExportPeople),
            writes: session.actor.may(Right::WriteNotes),
        })
    }

    pub(super) const fn is_away(&self) -> bool {
        self.view.row.archived_at.is_some()
    }

    pub(super) fn name(&self) -> String {
        line(&self.view.row.name)
    }
}

/// The rows of everybody who stands on the page, as whoever looks may see them.
async fn people<P>(
    app: &App,
    session: &Session<P>,
    members: &[MemberRow],
    turns: &[TurnRow],
) -> filo_app::Result<HashMap<CustomerId, CustomerRow>> {
    let ids: Vec<CustomerId> = members
        .iter()
        .map(|member| member.customer)
        .chain(turns.iter().map(|turn| turn.customer))
        .collect();
    let rows = app.eyes(&session.actor).people_of(&ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Which of them are made of one.
pub(super) fn users(views: &[SegmentView], id: SegmentId) -> Vec<Named> {
    let asks = |condition: &Condition| condition.segments().contains(&id);
    let standing = views.iter().filter(|view| view.row.archived_at.is_none());
    standing
        .filter(|view| view.row.id != id && asks(&view.condition))
        .map(|view| (view.row.id, line(&view.row.name)))
        .collect()
}

/// Those in use but for one.
pub(super) fn others(views: &[SegmentView], id: SegmentId) -> Vec<Named> {
    let standing = views.iter().filter(|view| view.row.archived_at.is_none());
    standing
        .filter(|view| view.row.id != id)
        .map(|view| (view.row.id, line(&view.row.name)))
        .collect()
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(segment): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let segment: SegmentId = id(&segment)?;
    let behind = match asked.behind.as_deref() {
        Some(text) => Some(id(text)?),
        None => None,
    };
    let one = One::load(&app, &session, segment, behind).await?;
    let content = page::content(session.words, &one, &session.token, None);
    let goes_on = !one.view.is_filled() && !one.is_away();
    let done = asked.done.as_deref();
    shown_while(goes_on, whole(&session, &one.name(), done, &content))
}
