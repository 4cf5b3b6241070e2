//! What a piece said, version by version, and the way back to each.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::content::{PieceVersion, PieceView};
use filo_app::{App, Error};
use filo_core::content::Piece;
use filo_core::id::PieceId;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::{manages, spot_words, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::{ManageContent, SeeFigures};
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Back {
    version: i64,
    to: i64,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Path(piece): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let piece: PieceId = id(&piece)?;
    let view = app.piece(piece).await?;
    let versions = app.piece_versions(piece).await?;
    let manages = manages(&session) && view.row.archived_at.is_none();
    let content = draw(
        session.words,
        (&view, &versions),
        manages,
        (&session.token, None),
    );
    let title = session.words.say("content-history");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

pub(in crate::console) async fn go_back(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<ManageContent, Back>,
) -> Answer {
    let (session, form) = (posted.session, posted.form);
    let piece: PieceId = id(&piece)?;
    let words = session.words;
    let why = match app
        .return_piece(&session.actor, (piece, form.version), form.to)
        .await
    {
        Ok(_) => return done(&format!("/pieces/{piece}/history?done=content-returned")),
        Err(Error::Conflict(_)) => "content-changed-meanwhile",
        Err(Error::Invalid { .. }) => "content-cannot-return",
        Err(error) => return Err(error.into()),
    };
    let view = app.piece(piece).await?;
    let versions = app.piece_versions(piece).await?;
    let why = words.say(why);
    let content = draw(
        words,
        (&view, &versions),
        true,
        (&session.token, Some(&why)),
    );
    let page = whole(&session, &words.say("content-history"), None, &content);
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn draw(
    words: Words,
    (view, versions): (&PieceView, &[PieceVersion]),
    manages: bool,
    (token, why): (&str, Option<&str>),
) -> Markup {
    let id = view.row.id;
    html! {
        a.back href={ "/pieces/" (id) } { (Icon::Back.draw()) (line(&view.row.name)) }
        @if let Some(why) = why { p.notice.notice-bad role="alert" { (why) } }
        h1 { (words.say("content-history")) }
        p.lead { (words.say("content-history-lead")) }
        ol.list.card {
            @for (place, version) in versions.iter().enumerate() {
                @let before = versions.get(place + 1);
                @let is_now = version.row.version == view.row.version;
                li {
                    div.line {
                        div {
                            p.value {
                                (words.fill("content-version", [("number", version.row.version.into())]))
                                @if is_now { " " span.badge.badge-good { (words.say("content-version-now")) } }
                            }
                            p.about { (words.date(version.row.made_at)) " · " (line(&version.row.made_by)) }
                        }
                        @if manages && !is_now {
                            @let (now, to) = (view.row.version.to_string(), version.row.version.to_string());
                            (button_form(&format!("/pieces/{id}/return"), token, &[("version", &now), ("to", &to)], &words.say("content-return"), "quiet small"))
                        }
                    }
                    @let changed = changes(words, &version.piece, before.map(|it| &it.piece));
                    @if !changed.is_empty() { p.about { (changed.join(", ")) } }
                }
            }
        }
    }
}

/// Which texts are other ones than the version before had.
fn changes(words: Words, piece: &Piece, before: Option<&Piece>) -> Vec<String> {
    let Some(before) = before else {
        return vec![words.say("content-version-first").into_owned()];
    };
    let mut changed = Vec::new();
    let spots = piece.adaptations.iter().chain(&before.adaptations);
    let mut spots: Vec<_> = spots
        .map(|it| (it.medium, it.language, it.tone, it.variant))
        .collect();
    spots.sort_unstable();
    spots.dedup();
    for (medium, language, tone, variant) in spots {
        let of = |piece: &Piece| piece.at(medium, language, tone, variant).cloned();
        if of(piece) != of(before) {
            changed.push(spot_words(words, (medium, language, tone)));
        }
    }
    let bare = |piece: &Piece| Piece {
        adaptations: Vec::new(),
        ..piece.clone()
    };
    if bare(piece) != bare(before) {
        changed.push(words.say("content-details").into_owned());
    }
    changed
}
