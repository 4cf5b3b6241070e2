//! The list: what there is, and how each is made.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::computed::ComputedTraitView;
use filo_app::segment::SegmentNames;
use filo_core::id::ComputedTraitId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{manages, state, whole};
use crate::console::session::Session;
use crate::console::{Answer, shown_while};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::sentence::recipe_sentence;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown::line;
use crate::ui::tab::{Tab, tabs};
use crate::ui::toast::toast_with_undo;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    show: String,
    done: Option<String>,
    /// The one that was just put away, to bring it back.
    #[serde(rename = "done-away")]
    away: Option<String>,
}

struct List {
    is_away: bool,
    rows: Vec<ComputedTraitView>,
    names: SegmentNames,
    /// How many there are, in use and put away.
    standing: u64,
    away: u64,
    manages: bool,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let views = app.computed_traits().await?;
    let undo = undo(words, &asked, &views, &session.token);
    let count = |is_away: bool| {
        let of = views
            .iter()
            .filter(|it| it.row.archived_at.is_some() == is_away);
        of.count() as u64
    };
    let is_away = asked.show == "away";
    let list = List {
        is_away,
        names: app.segment_names().await?,
        standing: count(false),
        away: count(true),
        manages: manages(&session),
        rows: views
            .into_iter()
            .filter(|view| view.row.archived_at.is_some() == is_away)
            .collect(),
    };
    let goes_on = list
        .rows
        .iter()
        .any(|view| view.filled_thousandths.is_some());
    let done = asked.done.as_deref().filter(|_| undo.is_none());
    let content = html! {
        @if let Some(undo) = undo { (undo) }
        (list.content(words))
    };
    let title = words.say("place-computed");
    shown_while(goes_on, whole(&session, &title, done, &content))
}

/// The way back for what was just put away.
fn undo(words: Words, asked: &Asked, views: &[ComputedTraitView], token: &str) -> Option<Markup> {
    let id: ComputedTraitId = asked.away.as_deref()?.parse().ok()?;
    let view = views.iter().find(|view| view.row.id == id)?;
    let text = words.fill("computed-put-away", [("name", line(&view.label()).into())]);
    let action = format!("/computed-traits/{id}/restoring");
    let undo = words.say("undo");
    Some(toast_with_undo(&text, &action, token, &[], &undo))
}

impl List {
    fn content(&self, words: Words) -> Markup {
        let is_new = self.standing == 0 && self.away == 0;
        let add = html! {
            a.button href="/computed-traits/new" { (Icon::Plus.draw()) (words.say("computed-new")) }
        };
        html! {
            a.back href="/segments" { (Icon::Back.draw()) (words.say("place-segments")) }
            div.head {
                div {
                    h1 { (words.say("place-computed")) }
                    p.lead { (words.say("computed-lead")) }
                }
                @if self.manages && !is_new { (add) }
            }
            @if is_new {
                @let hint = html! {
                    p { (words.say("computed-none-hint")) }
                    @if self.manages { p { (add) } }
                };
                (empty(&words.say("computed-none"), &hint))
            } @else {
                (self.tabs(words))
                @if self.rows.is_empty() { p.soft { (words.say("computed-none-here")) } }
                @else { (self.table(words)) }
            }
        }
    }

    fn tabs(&self, words: Words) -> Markup {
        let (standing, away) = (
            words.say("segment-tab-standing"),
            words.say("computed-tab-away"),
        );
        let list = [
            Tab {
                address: "/computed-traits",
                label: &standing,
                count: self.standing,
                here: !self.is_away,
            },
            Tab {
                address: "/computed-traits?show=away",
                label: &away,
                count: self.away,
                here: self.is_away,
            },
        ];
        html! { @if self.away > 0 { (tabs(&words.say("place-computed"), &list)) } }
    }

    fn table(&self, words: Words) -> Markup {
        let key = words.say("computed-head-key");
        html! {
            table.table {
                thead {
                    tr {
                        th scope="col" { (words.say("computed-head-name")) }
                        th scope="col" { (key) }
                    }
                }
                tbody {
                    @for view in &self.rows {
                        tr {
                            td {
                                div.names {
                                    a href={ "/computed-traits/" (view.row.id) } { (line(&view.label())) }
                                    " " (state(words, view))
                                    p.about { (recipe_sentence(words, &view.recipe, &self.names)) }
                                }
                            }
                            td data-label=(key) { code { (view.row.key) } }
                        }
                    }
                }
            }
        }
    }
}
