//! The list of pieces, with its filters.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::content::PieceView;
use filo_core::id::PieceId;
use filo_core::message::Medium;
use maud::{Markup, html};
use serde::Deserialize;

use super::{doors, manages, medium_words, stage_words, whole};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown::line;
use crate::ui::tab::{Tab, tabs};
use crate::ui::toast::toast_with_undo;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    show: String,
    search: String,
    medium: String,
    pillar: String,
    done: Option<String>,
    /// The one that was just put away, to bring it back.
    #[serde(rename = "done-away")]
    away: Option<String>,
}

struct List {
    asked: Asked,
    rows: Vec<PieceView>,
    pillars: Vec<String>,
    standing: u64,
    away: u64,
    manages: bool,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let views = app.pieces().await?;
    let undo = undo(words, &asked, &views, &session.token);
    let count = |away: bool| {
        let of = views
            .iter()
            .filter(|it| it.row.archived_at.is_some() == away);
        of.count() as u64
    };
    let mut pillars: Vec<String> = views.iter().map(|it| it.piece.pillar.to_string()).collect();
    pillars.sort_by_key(|pillar| pillar.to_lowercase());
    pillars.dedup();
    pillars.retain(|pillar| !pillar.is_empty());
    let done = asked.done.clone().filter(|_| undo.is_none());
    let list = List {
        standing: count(false),
        away: count(true),
        manages: manages(&session),
        rows: views.into_iter().filter(|view| asked.wants(view)).collect(),
        pillars,
        asked,
    };
    let content = html! {
        @if let Some(undo) = undo { (undo) }
        (list.content(words))
    };
    let title = words.say("place-content");
    shown(whole(&session, &title, done.as_deref(), &content))
}

impl Asked {
    fn wants(&self, view: &PieceView) -> bool {
        let search = self.search.trim().to_lowercase();
        let piece = &view.piece;
        let is_named = view.row.name.to_lowercase().contains(&search)
            || piece.pillar.to_lowercase().contains(&search);
        let medium = Medium::from_word(&self.medium);
        view.row.archived_at.is_some() == (self.show == "away")
            && (search.is_empty() || is_named)
            && medium.is_none_or(|medium| piece.media().contains(&medium))
            && (self.pillar.is_empty() || piece.pillar == self.pillar)
    }

    fn is_filter(&self) -> bool {
        !(self.search.trim().is_empty() && self.medium.is_empty() && self.pillar.is_empty())
    }
}

/// The way back for what was just put away.
fn undo(words: Words, asked: &Asked, views: &[PieceView], token: &str) -> Option<Markup> {
    let id: PieceId = asked.away.as_deref()?.parse().ok()?;
    let view = views.iter().find(|view| view.row.id == id)?;
    let text = words.fill("content-put-away", [("name", line(&view.row.name).into())]);
    let action = format!("/pieces/{id}/restoring");
    Some(toast_with_undo(
        &text,
        &action,
        token,
        &[],
        &words.say("undo"),
    ))
}

impl List {
    fn content(&self, words: Words) -> Markup {
        let is_new = self.standing + self.away == 0;
        let add = html! {
            a.button href="/pieces/new" { (Icon::Plus.draw()) (words.say("content-new")) }
        };
        html! {
            div.head {
                div {
                    h1 { (words.say("place-content")) }
                    p.lead { (words.say("content-lead")) }
                }
                @if self.manages && !is_new { (add) }
            }
            (doors(words, "/pieces"))
            @if is_new {
                @let hint = html! {
                    p { (words.say("content-none-hint")) }
                    @if self.manages { p { (add) } }
                };
                (empty(&words.say("content-none"), &hint))
            } @else {
                (self.tabs(words))
                @if self.standing + self.away > 5 { (self.filters(words)) }
                @if self.rows.is_empty() {
                    p.soft { (words.say("content-none-here")) }
                    @if self.asked.is_filter() { p { a.button.quiet href="/pieces" { (words.say("content-every")) } } }
                } @else { (self.table(words)) }
            }
        }
    }

    fn tabs(&self, words: Words) -> Markup {
        let (standing, away) = (
            words.say("segment-tab-standing"),
            words.say("content-tab-away"),
        );
        let is_away = self.asked.show == "away";
        let tab = |address, label, count, here| Tab {
            address,
            label,
            count,
            here,
        };
        let list = [
            tab("/pieces", &standing, self.standing, !is_away),
            tab("/pieces?show=away", &away, self.away, is_away),
        ];
        html! { @if self.away > 0 { (tabs(&words.say("place-content"), &list)) } }
    }

    fn filters(&self, words: Words) -> Markup {
        let asked = &self.asked;
        html! {
            form.form.piece-filters role="search" action="/pieces" data-auto {
                @if !asked.show.is_empty() { input type="hidden" name="show" value=(asked.show); }
                div.row {
                    input type="search" name="search" value=(asked.search) maxlength="80"
                        aria-label=(words.say("content-search")) placeholder=(words.say("content-search"));
                    select name="medium" aria-label=(words.say("content-by")) {
                        option value="" { (words.say("content-every-medium")) }
                        @for medium in Medium::ALL {
                            option value=(medium.word()) selected[medium.word() == asked.medium] { (medium_words(words, medium)) }
                        }
                    }
                    @if !self.pillars.is_empty() {
                        select name="pillar" aria-label=(words.say("content-pillar")) {
                            option value="" { (words.say("content-every-pillar")) }
                            @for pillar in &self.pillars {
                                option value=(pillar) selected[*pillar == asked.pillar] { (line(pillar)) }
                            }
                        }
                    }
                    button.quiet type="submit" { (words.say("people-search-do")) }
                }
            }
        }
    }

    fn table(&self, words: Words) -> Markup {
        let heads =
            ["content-head-by", "content-stage", "content-changed"].map(|key| words.say(key));
        html! {
            table.table.segments {
                thead {
                    tr {
                        th scope="col" { (words.say("content-head-name")) }
                        @for head in &heads { th scope="col" { (head) } }
                    }
                }
                tbody {
                    @for view in &self.rows {
                        tr {
                            td {
                                div.names {
                                    a href={ "/pieces/" (view.row.id) } { (line(&view.row.name)) }
                                    p.about {
                                        (words.say(&format!("content-class-{}", view.piece.class.word())))
                                        @if !view.piece.pillar.is_empty() { " · " (line(&view.piece.pillar)) }
                                    }
                                }
                            }
                            td data-label=(heads[0]) {
                                @let media = view.piece.media();
                                @if media.is_empty() { span.badge.badge-warn { (words.say("content-no-text")) } }
                                @else { (media.into_iter().map(|it| medium_words(words, it)).collect::<Vec<_>>().join(", ")) }
                            }
                            td data-label=(heads[1]) { (stage_words(words, view.piece.stage)) }
                            td data-label=(heads[2]) { (words.date(view.row.changed_at)) }
                        }
                    }
                }
            }
        }
    }
}
