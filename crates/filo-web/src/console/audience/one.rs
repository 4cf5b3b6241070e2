//! The page of one audience: what is read for it; changing it.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::audience::{AudienceView, EntryRow, Tested};
use filo_app::{App, Error};
use filo_core::access::Right;
use filo_core::id::AudienceId;
use filo_core::time::Timestamp;
use http::StatusCode;
use maud::Markup;
use serde::Deserialize;

use super::form::{Choices, Given, Refused};
use super::{manages, page, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown, shown_while, wrong};
use crate::right::{ListPeople, ManageSegments, Power};
use crate::ui::shown::line;

/// Refused addresses on the page.
const REFUSED_SHOWN: u32 = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// What the page shows.
pub(super) struct One {
    pub(super) view: AudienceView,
    /// What its segment is called.
    pub(super) segment: Option<String>,
    pub(super) choices: Choices,
    pub(super) refused: Vec<EntryRow>,
    pub(super) now: Timestamp,
    pub(super) manages: bool,
    pub(super) exports: bool,
    pub(super) tested: Option<Tested>,
    /// What was typed into the form, if it was wrong.
    pub(super) given: Option<(Given, Refused)>,
}

impl One {
    pub(super) async fn load<P: Power>(
        app: &App,
        session: &Session<P>,
        id: AudienceId,
    ) -> filo_app::Result<Self> {
        let view = app.audience(id).await?;
        let choices = Choices::load(app).await?;
        let segment = view.row.segment.map(|id| id.to_string());
        let segment = segment.map(|id| {
            let known = choices.segments.iter().find(|(other, _)| *other == id);
            known.map_or(id.clone(), |(_, name)| name.clone())
        });
        Ok(Self {
            segment,
            choices,
            refused: app.audience_refused(id, REFUSED_SHOWN).await?,
            view,
            now: app.now(),
            manages: manages(session),
            exports: session.actor.may(Right::ExportPeople),
            tested: None,
            given: None,
        })
    }

    pub(super) fn name(&self) -> String {
        line(&self.view.row.name)
    }

    pub(super) fn drawn<P: Power>(
        &self,
        session: &Session<P>,
        done: Option<&str>,
        wrong: Option<&str>,
    ) -> Markup {
        let content = page::content(session.words, self, &session.token, wrong);
        whole(session, &self.name(), done, &content)
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(audience): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let one = One::load(&app, &session, id(&audience)?).await?;
    let page = one.drawn(&session, asked.done.as_deref(), None);
    shown_while(one.view.is_filling, page)
}

pub(in crate::console) async fn change(
    State(app): State<App>,
    Path(audience): Path<String>,
    posted: Posted<ManageSegments, Given>,
) -> Answer {
    let audience: AudienceId = id(&audience)?;
    let Posted { session, form } = posted;
    let from = (audience, form.version);
    let changed = match form.change() {
        Ok(change) => app.change_audience(&session.actor, from, change).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => done(&format!("/audiences/{audience}?done=audience-changed")),
        Err(Error::Invalid { field, reason }) => {
            let mut one = One::load(&app, &session, audience).await?;
            one.given = Some((form, (field, reason)));
            wrong(one.drawn(&session, None, None))
        }
        Err(Error::Conflict(_)) => {
            let one = One::load(&app, &session, audience).await?;
            let why = session.words.say("audience-stale");
            let page = one.drawn(&session, None, Some(&why));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The page after something was tried out.
pub(super) async fn with_test(
    app: &App,
    session: &Session<ManageSegments>,
    audience: AudienceId,
    tested: Tested,
) -> Answer {
    let mut one = One::load(app, session, audience).await?;
    one.tested = Some(tested);
    shown(one.drawn(session, None, None))
}
