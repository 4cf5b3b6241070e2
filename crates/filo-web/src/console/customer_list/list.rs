//! The lists there are, with how many are on each.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::customer_list::ListView;
use filo_core::id::ListId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{manages, whole};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::ListPeople;
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
    done: Option<String>,
    /// The list that was just put away, to bring it back.
    #[serde(rename = "done-away")]
    away: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let views = app.lists().await?;
    let undo = undo(words, &asked, &views, &session.token);
    let done = asked.done.as_deref().filter(|_| undo.is_none());
    let content = html! {
        @if let Some(undo) = &undo { (undo) }
        (content(words, &views, &asked, manages(&session)))
    };
    let title = words.say("place-lists");
    shown(whole(&session, &title, done, &content))
}

/// The way back for what was just put away.
fn undo(words: Words, asked: &Asked, views: &[ListView], token: &str) -> Option<Markup> {
    let id: ListId = asked.away.as_deref()?.parse().ok()?;
    let view = views.iter().find(|view| view.row.id == id)?;
    let text = words.fill(
        "customer-list-put-away",
        [("name", line(&view.row.name).into())],
    );
    let action = format!("/lists/{id}/restoring");
    let label = words.say("undo");
    Some(toast_with_undo(&text, &action, token, &[], &label))
}

fn content(words: Words, views: &[ListView], asked: &Asked, manages: bool) -> Markup {
    let count = |away: bool| views.iter().filter(|view| view.is_away() == away).count();
    let (standing, away) = (count(false), count(true));
    let is_away = asked.show == "away";
    let wanted = asked.search.trim().to_lowercase();
    let is_meant = |view: &&ListView| {
        let texts = [&view.row.name, &view.row.description];
        let mut texts = texts.into_iter().map(|text| text.to_lowercase());
        view.is_away() == is_away && texts.any(|text| text.contains(&wanted))
    };
    let rows: Vec<&ListView> = views.iter().filter(is_meant).collect();
    let add = html! {
        a.button href="/lists/new" { (Icon::Plus.draw()) (words.say("customer-list-new")) }
    };
    html! {
        a.back href="/people" { (Icon::Back.draw()) (words.say("place-people")) }
        div.head {
            div {
                h1 { (words.say("place-lists")) }
                p.lead { (words.say("customer-list-lead")) }
            }
            @if manages && standing + away > 0 { div.actions { (add) } }
        }
        @if standing + away == 0 {
            @let hint = html! {
                p { (words.say("customer-list-none-hint")) }
                @if manages { p { (add) } }
            };
            (empty(&words.say("customer-list-none"), &hint))
        } @else {
            @if away > 0 { (both(words, is_away, (standing as u64, away as u64))) }
            @if standing + away > 10 { (search(words, asked)) }
            @if rows.is_empty() { p.soft { (words.say("customer-list-none-here")) } }
            @else { (table(words, &rows)) }
        }
    }
}

fn both(words: Words, is_away: bool, (standing, away): (u64, u64)) -> Markup {
    let labels = ["customer-list-tab-standing", "customer-list-tab-away"].map(|key| words.say(key));
    let tab = |address, label, count, here| Tab {
        address,
        label,
        count,
        here,
    };
    let list = [
        tab("/lists", &labels[0], standing, !is_away),
        tab("/lists?show=away", &labels[1], away, is_away),
    ];
    tabs(&words.say("place-lists"), &list)
}

fn search(words: Words, asked: &Asked) -> Markup {
    let label = words.say("customer-list-search");
    html! {
        form.search role="search" action="/lists" {
            @if !asked.show.is_empty() { input type="hidden" name="show" value=(asked.show); }
            input type="search" name="search" value=(asked.search) maxlength="80"
                aria-label=(label) placeholder=(label);
            button.quiet type="submit" { (words.say("people-search-do")) }
        }
    }
}

fn table(words: Words, rows: &[&ListView]) -> Markup {
    let heads = ["segment-head-members", "customer-list-changed"].map(|key| words.say(key));
    html! {
        table.table.segments {
            thead {
                tr {
                    th scope="col" { (words.say("customer-list-head-name")) }
                    th.number scope="col" { (heads[0]) }
                    th.when scope="col" { (heads[1]) }
                }
            }
            tbody {
                @for view in rows {
                    tr {
                        td {
                            div.names {
                                a href={ "/lists/" (view.row.id) } { (line(&view.row.name)) }
                                p.about { (line(&view.row.description)) }
                            }
                        }
                        td.number data-label=(heads[0]) { (words.number(view.members.unsigned_abs())) }
                        td.when data-label=(heads[1]) { (words.date(view.row.changed_at)) }
                    }
                }
            }
        }
    }
}
