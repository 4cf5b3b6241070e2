//! The map of content: who is spoken to by what, and where nobody is.

use axum::extract::State;
use filo_app::App;
use filo_core::content::ContentMap;
use filo_core::id::PieceId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::{doors, medium_words, stage_words, whole};
use crate::console::session::Session;
use crate::console::{Answer, shown};
use crate::i18n::Words;
use crate::right::SeeFigures;
use crate::ui::shown::line;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
) -> Answer {
    let words = session.words;
    let (map, names) = app.content_map().await?;
    let title = words.say("content-map");
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("content-map-lead")) }
        (doors(words, "/pieces/map"))
        p { (words.fill("content-map-gaps", [("count", map.gaps.into())])) }
        (table(words, &map, &names))
    };
    shown(whole(&session, &title, None, &content))
}

fn table(words: Words, map: &ContentMap, names: &BTreeMap<PieceId, String>) -> Markup {
    html! {
        table.table.content-map {
            thead {
                tr {
                    th scope="col" { (words.say("content-stage")) }
                    @for medium in &map.media { th scope="col" { (medium_words(words, *medium)) } }
                }
            }
            tbody {
                @for (stage, cells) in &map.rows {
                    tr {
                        th scope="row" { (stage_words(words, *stage)) }
                        @for (medium, cell) in map.media.iter().zip(cells) {
                            td.missing[cell.is_gap] data-label=(medium_words(words, *medium)) {
                                @if !cell.pieces.is_empty() {
                                    div {
                                        @for id in &cell.pieces {
                                            @let to = format!("/pieces/{id}?medium={}", medium.word());
                                            p { a href=(to) { (line(names.get(id).map_or("", String::as_str))) } }
                                        }
                                    }
                                }
                                @if cell.is_gap { span.soft { (words.say("content-map-gap")) } }
                                @else if cell.pieces.is_empty() { span.soft { "–" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
