//! The editor: one text of a piece at a time, with what is to be said of it and how it looks.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::content::{PieceView, Rendering, Reviewed};
use filo_app::tracking::MailFigures;
use filo_app::{App, CustomerRow, Error, Filter};
use filo_core::access::Right;
use filo_core::content::{Fault, Fields, Piece};
use filo_core::id::{JourneyId, PieceId};
use http::StatusCode;

use super::frame::wanted;
use super::given::Given;
use super::{Asked, manages, whole};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::right::{ManageContent, Power, SeeFigures};
use crate::ui::shown::line;

/// People that are offered for trying a text.
const FOUND_MOST: usize = 5;

/// Everything that the page shows.
pub(super) struct Editor {
    pub(super) view: PieceView,
    pub(super) given: Given,
    /// The piece with the text as it is typed.
    pub(super) piece: Piece,
    pub(super) reviewed: Reviewed,
    pub(super) rendered: Result<Rendering, Fault>,
    /// Who was found to try it with, and who it is tried with.
    pub(super) found: Vec<CustomerRow>,
    pub(super) with: Option<CustomerRow>,
    /// Whether real people may be looked at.
    pub(super) sees_people: bool,
    pub(super) manages: bool,
    pub(super) promotion: Option<String>,
    /// What was counted of the mails that say it, and what their journeys are called.
    pub(super) clicks: (Vec<MailFigures>, BTreeMap<JourneyId, String>),
    /// What is said above the form.
    pub(super) notice: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Path(piece): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.piece(id(&piece)?).await?;
    let at = asked.at(&app, &view.piece, app.voice().await?.voice.tone);
    let written = view.piece.at(at.medium, at.language, at.tone, at.variant);
    let given = Given {
        at,
        fields: written.cloned().unwrap_or_default(),
        version: view.row.version,
        who: String::new(),
        act: String::new(),
        dark: asked.dark == "dark",
    };
    let editor = Editor::load(&app, &session, view, given).await?;
    let title = line(&editor.view.row.name);
    let content = editor.draw(session.words, &session.token);
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

pub(in crate::console) async fn change(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<ManageContent, Pairs>,
) -> Answer {
    let session = posted.session;
    let view = app.piece(id(&piece)?).await?;
    let mut given = Given::read(&posted.form);
    match given.act.as_str() {
        "save" => save(&app, &session, view, given).await,
        "remove" => {
            given.fields = Fields::default();
            save(&app, &session, view, given).await
        }
        _ => answer(&app, &session, (view, given), (StatusCode::OK, None)).await,
    }
}

async fn save(
    app: &App,
    session: &Session<ManageContent>,
    view: PieceView,
    given: Given,
) -> Answer {
    let words = session.words;
    let from = (view.row.id, given.version);
    let piece = given.in_piece(&view.piece);
    match app.change_piece(&session.actor, from, piece).await {
        Ok(view) => done(&address(view.row.id, &given)),
        Err(Error::Invalid { field, .. }) => {
            let key = match field {
                "piece" => "wrong-content-text",
                "promotion" => "wrong-content-promotion",
                _ => "wrong-content-purpose",
            };
            let notice = (
                StatusCode::UNPROCESSABLE_ENTITY,
                Some(words.say(key).into_owned()),
            );
            answer(app, session, (view, given), notice).await
        }
        Err(Error::Conflict(_)) => {
            let is_away = view.row.archived_at.is_some();
            let key = if is_away {
                "content-is-away"
            } else {
                "content-changed-meanwhile"
            };
            let notice = (StatusCode::CONFLICT, Some(words.say(key).into_owned()));
            // What was typed is kept; saving it once more is a decision.
            let given = Given {
                version: view.row.version,
                ..given
            };
            answer(app, session, (view, given), notice).await
        }
        Err(error) => Err(error.into()),
    }
}

fn address(piece: PieceId, given: &Given) -> String {
    let done = match given.act.as_str() {
        "remove" => "content-text-removed",
        _ => "content-saved",
    };
    format!("/pieces/{piece}{}&done={done}", given.at.query())
}

async fn answer(
    app: &App,
    session: &Session<ManageContent>,
    (view, given): (PieceView, Given),
    (status, notice): (StatusCode, Option<String>),
) -> Answer {
    let mut editor = Editor::load(app, session, view, given).await?;
    editor.notice = notice;
    let title = line(&editor.view.row.name);
    let content = editor.draw(session.words, &session.token);
    Ok((status, whole(session, &title, None, &content)).into_response())
}

impl Editor {
    async fn load<P: Power>(
        app: &App,
        session: &Session<P>,
        view: PieceView,
        given: Given,
    ) -> filo_app::Result<Self> {
        let piece = given.in_piece(&view.piece);
        let actor = &session.actor;
        let sees_people = actor.may(Right::FindPeople) && actor.may(Right::SeePersonalData);
        let eyes = app.eyes(actor);
        let found = match sees_people && !given.who.is_empty() {
            true => {
                eyes.search(&given.who, &Filter::default(), FOUND_MOST)
                    .await?
            }
            false => Vec::new(),
        };
        let mut given = given;
        if !sees_people {
            given.at.person = None;
        }
        let with = match given.at.person {
            Some(person) if actor.may(Right::ListPeople) => eyes.people_of(&[person]).await?.pop(),
            _ => None,
        };
        if with.is_none() {
            given.at.person = None;
        }
        let rendered = app
            .preview_piece(actor, &piece, wanted(session.words, &given.at))
            .await?;
        let promotion = match piece.promotion {
            Some(id) => Some(app.promotion(id).await?.row.name),
            None => None,
        };
        Ok(Self {
            reviewed: app.review_piece(&piece).await?,
            manages: manages(session) && view.row.archived_at.is_none(),
            notice: None,
            clicks: (
                app.clicks_of_piece(view.row.id).await?,
                app.journey_names().await?,
            ),
            view,
            given,
            piece,
            rendered,
            found,
            with,
            sees_people,
            promotion,
        })
    }
}
