//! The list of promotions.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::content::PromotionView;
use filo_core::id::PromotionId;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::form::day_of;
use crate::console::piece::{doors, manages, whole};
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
    done: Option<String>,
    #[serde(rename = "done-away")]
    away: Option<String>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let views = app.promotions().await?;
    let undo = undo(words, &asked, &views, &session.token);
    let today = day_of(app.now(), &app.zone());
    let is_away = asked.show == "away";
    let count = |away: bool| {
        let of = views
            .iter()
            .filter(|it| it.row.archived_at.is_some() == away);
        of.count() as u64
    };
    let rows: Vec<&PromotionView> = views
        .iter()
        .filter(|it| it.row.archived_at.is_some() == is_away)
        .collect();
    let (standing, away) = (count(false), count(true));
    let add = html! {
        a.button href="/promotions/new" { (Icon::Plus.draw()) (words.say("promotion-new")) }
    };
    let title = words.say("promotion-title");
    let done = asked.done.as_deref().filter(|_| undo.is_none());
    let content = html! {
        @if let Some(undo) = &undo { (undo) }
        div.head {
            div {
                h1 { (title) }
                p.lead { (words.say("promotion-lead")) }
            }
            @if manages(&session) && standing + away > 0 { (add) }
        }
        (doors(words, "/promotions"))
        @if standing + away == 0 {
            @let hint = html! {
                p { (words.say("promotion-none-hint")) }
                @if manages(&session) { p { (add) } }
            };
            (empty(&words.say("promotion-none"), &hint))
        } @else {
            @if away > 0 { (both(words, is_away, (standing, away))) }
            @if rows.is_empty() { p.soft { (words.say("content-none-here")) } }
            @else { (table(words, &rows, today)) }
        }
    };
    shown(whole(&session, &title, done, &content))
}

fn undo(words: Words, asked: &Asked, views: &[PromotionView], token: &str) -> Option<Markup> {
    let id: PromotionId = asked.away.as_deref()?.parse().ok()?;
    let view = views.iter().find(|view| view.row.id == id)?;
    let text = words.fill("content-put-away", [("name", line(&view.row.name).into())]);
    let action = format!("/promotions/{id}/restoring");
    Some(toast_with_undo(
        &text,
        &action,
        token,
        &[],
        &words.say("undo"),
    ))
}

fn both(words: Words, is_away: bool, (standing, away): (u64, u64)) -> Markup {
    let labels = [
        words.say("segment-tab-standing"),
        words.say("content-tab-away"),
    ];
    let tab = |address, label, count, here| Tab {
        address,
        label,
        count,
        here,
    };
    let list = [
        tab("/promotions", &labels[0], standing, !is_away),
        tab("/promotions?show=away", &labels[1], away, is_away),
    ];
    tabs(&words.say("promotion-title"), &list)
}

fn table(words: Words, rows: &[&PromotionView], today: Date) -> Markup {
    let heads = ["promotion-code", "promotion-window", "promotion-used"].map(|key| words.say(key));
    html! {
        table.table.segments {
            thead {
                tr {
                    th scope="col" { (words.say("promotion-name")) }
                    @for head in &heads { th scope="col" { (head) } }
                }
            }
            tbody {
                @for view in rows {
                    @let promotion = &view.promotion;
                    tr {
                        td {
                            div.names {
                                a href={ "/promotions/" (view.row.id) } { (line(&view.row.name)) }
                                @if promotion.is_over(today) { " " span.badge.badge-warn { (words.say("promotion-over")) } }
                                p.about { (line(promotion.terms_in(language_of(words)))) }
                            }
                        }
                        td data-label=(heads[0]) { @if promotion.code.is_empty() { "–" } @else { code { (promotion.code) } } }
                        td data-label=(heads[1]) { (window(words, view)) }
                        td data-label=(heads[2]) { (words.fill("promotion-pieces", [("count", view.pieces.len().into())])) }
                    }
                }
            }
        }
    }
}

pub(super) const fn language_of(words: Words) -> filo_core::company::Language {
    match words.language {
        crate::i18n::Language::Italian => filo_core::company::Language::Italian,
        crate::i18n::Language::English => filo_core::company::Language::English,
    }
}

/// From when until when, in words.
fn window(words: Words, view: &PromotionView) -> String {
    let day = |day: Date| words.civil_date(day);
    let (first, last) = (view.promotion.starts_on, view.promotion.ends_on);
    match (first, last) {
        (None, None) => words.say("promotion-always").into_owned(),
        (Some(first), None) => words.fill("promotion-from", [("first", day(first).into())]),
        (None, Some(last)) => words.fill("promotion-until", [("last", day(last).into())]),
        (Some(first), Some(last)) => {
            let fill = [("first", day(first).into()), ("last", day(last).into())];
            words.fill("promotion-from-until", fill)
        }
    }
}
