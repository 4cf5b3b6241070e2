//! The list: what there is, how many are in each, and what moved in the last days.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::segment::{Moves, SegmentNames, SegmentView};
use filo_core::id::SegmentId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{example, manages, people_words, state, whole};
use crate::console::session::{Session, encode};
use crate::console::{Answer, shown_while};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::sentence::sentence;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown::{self, line};
use crate::ui::tab::{Tab, tabs};
use crate::ui::toast::toast_with_undo;

/// Segments of a page.
const ROWS: usize = 50;
/// Letters of a condition in the list.
const SENTENCE_LETTERS_MOST: usize = 240;
/// What "lately" reaches back.
pub(super) const LATELY_S: i64 = 7 * 24 * 3600;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    search: String,
    show: String,
    page: String,
    done: Option<String>,
    /// The segment that was just put away, to bring it back.
    #[serde(rename = "done-away")]
    away: Option<String>,
}

struct List {
    asked: Asked,
    /// Those of the page.
    rows: Vec<SegmentView>,
    names: SegmentNames,
    moves: BTreeMap<SegmentId, Moves>,
    /// How many there are, in use and put away.
    standing: u64,
    away: u64,
    /// How many the search leaves.
    found: usize,
    page: usize,
    manages: bool,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let list = List::load(&app, manages(&session), asked).await?;
    let words = session.words;
    let undo = list.undo(words, &session.token);
    let done = list.asked.done.as_deref().filter(|_| undo.is_none());
    let content = html! {
        @if let Some(undo) = undo { (undo) }
        (list.content(words))
    };
    let goes_on = list
        .rows
        .iter()
        .any(|view| !view.is_filled() && view.row.archived_at.is_none());
    let title = words.say("place-segments");
    shown_while(goes_on, whole(&session, &title, done, &content))
}

impl List {
    async fn load(app: &App, manages: bool, asked: Asked) -> filo_app::Result<Self> {
        let views = app.segments().await?;
        let names = app.segment_names().await?;
        let moves = app.segment_moves(app.now().plus_seconds(-LATELY_S)).await?;
        let count = |is_away: bool| {
            let of = views
                .iter()
                .filter(|it| it.row.archived_at.is_some() == is_away);
            of.count() as u64
        };
        let (standing, away) = (count(false), count(true));
        let is_away = asked.show == "away";
        let wanted = asked.search.trim().to_lowercase();
        let rows: Vec<SegmentView> = views
            .into_iter()
            .filter(|view| view.row.archived_at.is_some() == is_away)
            .filter(|view| {
                let texts = [&view.row.name, &view.row.description];
                texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&wanted))
            })
            .collect();
        let found = rows.len();
        let page = asked.page.parse().unwrap_or(1).max(1);
        Ok(Self {
            rows: rows
                .into_iter()
                .skip(ROWS.saturating_mul(page - 1))
                .take(ROWS)
                .collect(),
            asked,
            names,
            moves,
            standing,
            away,
            found,
            page,
            manages,
        })
    }

    /// The way back for what was just put away.
    fn undo(&self, words: Words, token: &str) -> Option<Markup> {
        let id: SegmentId = self.asked.away.as_deref()?.parse().ok()?;
        let name = self.names.segments.get(&id)?;
        let text = words.fill("segment-put-away", [("name", line(name).into())]);
        let action = format!("/segments/{id}/restoring");
        Some(toast_with_undo(
            &text,
            &action,
            token,
            &[],
            &words.say("undo"),
        ))
    }

    fn content(&self, words: Words) -> Markup {
        let is_new = self.standing == 0 && self.away == 0;
        html! {
            div.head {
                div {
                    h1 { (words.say("place-segments")) }
                }
                div.actions {
                    a.button.quiet href="/computed-traits" { (words.say("place-computed")) }
                    a.button.quiet href="/personas" { (words.say("place-personas")) }
                    a.button.quiet href="/audiences" { (words.say("place-audiences")) }
                    a.button.quiet href="/buyers" { (words.say("buyer-title")) }
                    @if self.manages && !is_new {
                        a.button href="/segments/new" { (Icon::Plus.draw()) (words.say("segment-new")) }
                    }
                }
            }
            @if is_new { (self.beginning(words)) }
            @else {
                (self.tabs(words))
                @if self.standing + self.away > 10 { (self.search(words)) }
                @if self.rows.is_empty() { (self.nothing(words)) }
                @else { (self.table(words)) (self.pages(words)) }
            }
        }
    }

    /// Before there is any: what one is, and a few to begin with.
    fn beginning(&self, words: Words) -> Markup {
        let hint = html! {
            p { (words.say("segment-none-hint")) }
            @if self.manages {
                p { a.button href="/segments/new" { (Icon::Plus.draw()) (words.say("segment-new")) } }
            }
        };
        html! {
            (empty(&words.say("segment-none"), &hint))
            @if self.manages {
                section aria-labelledby="segment-examples" {
                    h2 #segment-examples { (words.say("segment-examples")) }
                    (example::doors(words))
                }
            }
        }
    }

    fn tabs(&self, words: Words) -> Markup {
        let (standing, away) = (
            words.say("segment-tab-standing"),
            words.say("segment-tab-away"),
        );
        let is_away = self.asked.show == "away";
        let list = [
            Tab {
                address: "/segments",
                label: &standing,
                count: self.standing,
                here: !is_away,
            },
            Tab {
                address: "/segments?show=away",
                label: &away,
                count: self.away,
                here: is_away,
            },
        ];
        html! { @if self.away > 0 { (tabs(&words.say("place-segments"), &list)) } }
    }

    fn search(&self, words: Words) -> Markup {
        html! {
            form.search role="search" action="/segments" {
                @if !self.asked.show.is_empty() { input type="hidden" name="show" value=(self.asked.show); }
                input type="search" name="search" value=(self.asked.search) maxlength="80"
                    aria-label=(words.say("segment-search")) placeholder=(words.say("segment-search"));
                button.quiet type="submit" { (words.say("people-search-do")) }
            }
        }
    }

    fn nothing(&self, words: Words) -> Markup {
        let back = html! { p { a.button.quiet href="/segments" { (words.say("segment-every")) } } };
        if self.asked.search.trim().is_empty() {
            let hint = html! {
                p { (words.say("segment-all-away-hint")) }
                @if self.manages { (example::doors(words)) }
            };
            return empty(&words.say("segment-all-away"), &hint);
        }
        let search = line(&self.asked.search);
        let title = words.fill("segment-not-found", [("search", search.into())]);
        empty(&title, &back)
    }

    fn table(&self, words: Words) -> Markup {
        let lately = words.say("segment-head-lately");
        let members = words.say("segment-head-members");
        html! {
            table.table.segments {
                thead {
                    tr {
                        th scope="col" { (words.say("segment-head-name")) }
                        th.number scope="col" { (members) }
                        th.number scope="col" { (lately) }
                    }
                }
                tbody {
                    @for view in &self.rows {
                        tr {
                            td {
                                div.names {
                                    a href={ "/segments/" (view.row.id) } { (line(&view.row.name)) }
                                    " " (state(words, view))
                                    p.about { (self.about(words, view)) }
                                }
                            }
                            td.number data-label=(members) {
                                @if view.row.archived_at.is_none() { (words.number(view.members.unsigned_abs())) }
                            }
                            td.number data-label=(lately) {
                                @if view.row.archived_at.is_none() { (self.moved(words, view.row.id)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What it is for, or what it says.
    fn about(&self, words: Words, view: &SegmentView) -> String {
        match view.row.description.trim() {
            "" => shown::lines(
                &sentence(words, &view.condition, &self.names),
                SENTENCE_LETTERS_MOST,
            ),
            said => line(said),
        }
    }

    fn moved(&self, words: Words, id: SegmentId) -> Markup {
        let moves = self.moves.get(&id).copied().unwrap_or_default();
        moved(words, moves)
    }

    fn pages(&self, words: Words) -> Markup {
        let address = |page: usize| {
            format!(
                "/segments?show={}&search={}&page={page}",
                encode(&self.asked.show),
                encode(&self.asked.search)
            )
        };
        html! {
            p.pages {
                @if self.page > 1 { a.button.quiet href=(address(self.page - 1)) { (words.say("segment-page-before")) } }
                @if self.page * ROWS < self.found { a.button.quiet href=(address(self.page + 1)) { (words.say("segment-page-next")) } }
            }
            @if self.found > ROWS {
                p.about { (words.fill("segment-found", [("count", self.found.into()), ("number", words.number(self.found as u64).into())])) }
            }
        }
    }
}

/// "+12 −3", and for the ear in words.
pub(super) fn moved(words: Words, moves: Moves) -> Markup {
    let said = words.fill(
        "segment-moved",
        [
            ("entered", people_words(words, moves.entered).into()),
            ("left", people_words(words, moves.left).into()),
        ],
    );
    let still = moves == Moves::default();
    html! {
        span.aloud { (said) }
        span aria-hidden="true" {
            @if still { span.soft { "–" } }
            @if moves.entered > 0 { span.came { "+" (words.number(moves.entered.unsigned_abs())) } }
            @if moves.entered > 0 && moves.left > 0 { " " }
            @if moves.left > 0 { span.went { "−" (words.number(moves.left.unsigned_abs())) } }
        }
    }
}
