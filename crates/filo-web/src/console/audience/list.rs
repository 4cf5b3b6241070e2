//! The audiences there are, with how many are offered and how each is doing.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::audience::AudienceView;
use maud::{Markup, html};
use serde::Deserialize;

use super::{badge, manages, whole};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let views = app.audiences().await?;
    let content = content(words, &views, manages(&session));
    let title = words.say("place-audiences");
    shown(whole(&session, &title, asked.done.as_deref(), &content))
}

fn content(words: Words, views: &[AudienceView], manages: bool) -> Markup {
    let add = html! {
        a.button href="/audiences/new" { (Icon::Plus.draw()) (words.say("audience-new")) }
    };
    html! {
        a.back href="/segments" { (Icon::Back.draw()) (words.say("place-segments")) }
        div.head {
            div {
                h1 { (words.say("place-audiences")) }
                p.lead { (words.say("audience-lead")) }
            }
            @if manages && !views.is_empty() { div.actions { (add) } }
        }
        @if views.is_empty() {
            @let hint = html! {
                p { (words.say("audience-none-hint")) }
                @if manages { p { (add) } }
            };
            (empty(&words.say("audience-none"), &hint))
        } @else { (table(words, views)) }
    }
}

fn table(words: Words, views: &[AudienceView]) -> Markup {
    let heads = [
        "audience-head-platform",
        "audience-head-offered",
        "audience-head-people",
        "audience-head-state",
    ];
    let heads = heads.map(|key| words.say(key));
    html! {
        table.table.segments {
            thead {
                tr {
                    th scope="col" { (words.say("audience-head-name")) }
                    th scope="col" { (heads[0]) }
                    th.number scope="col" { (heads[1]) }
                    th.number scope="col" { (heads[2]) }
                    th scope="col" { (heads[3]) }
                }
            }
            tbody {
                @for view in views {
                    tr {
                        td {
                            div.names {
                                a href={ "/audiences/" (view.row.id) } { (line(&view.row.name)) }
                                p.about { (line(&view.row.description)) }
                            }
                        }
                        td data-label=(heads[0]) { (view.platform.name()) }
                        td.number data-label=(heads[1]) { (words.number(view.counts.offered)) }
                        td.number data-label=(heads[2]) { (words.number(view.counts.people())) }
                        td data-label=(heads[3]) { (badge(words, view.state())) }
                    }
                }
            }
        }
    }
}
