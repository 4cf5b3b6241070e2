//! Is somebody in a segment, and why: looking for them, and the condition part by part.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_core::id::{CustomerId, SegmentId};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::member::who;
use super::tree::tree;
use super::whole;
use crate::console::failure::Failure;
use crate::console::people;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown::line;

/// People of an answer; more are found with more letters.
const ROWS: usize = 12;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    search: String,
}

/// The field that looks for somebody.
pub(super) fn search(words: Words, segment: SegmentId, text: &str) -> Markup {
    html! {
        form.search role="search" action={ "/segments/" (segment) "/people" } {
            input type="search" name="search" value=(text) required maxlength="200" autocomplete="off" spellcheck="false"
                aria-label=(words.say("people-search")) placeholder=(words.say("people-search-short"));
            button.quiet type="submit" { (words.say("people-search-do")) }
        }
    }
}

/// Whoever is found, and whether they are in.
pub(in crate::console) async fn look(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(segment): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let segment: SegmentId = id(&segment)?;
    let view = app.segment(segment).await?;
    let words = session.words;
    let text = asked.search.trim();
    let found = match text.is_empty() {
        true => Vec::new(),
        false => {
            let eyes = app.eyes(&session.actor);
            eyes.search(text, &filo_app::Filter::default(), ROWS)
                .await?
        }
    };
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        let memberships = app.segments_of(row.id).await?;
        let since = memberships.iter().find(|it| it.segment == segment);
        let since = since.map(|membership| membership.entered_at);
        rows.push((row, since));
    }
    let title = words.say("segment-look");
    let name = line(&view.row.name);
    let content = html! {
        a.back href={ "/segments/" (segment) } { (Icon::Back.draw()) (name) }
        div.head { div { h1 { (title) } } (search(words, segment, text)) }
        @if rows.is_empty() && !text.is_empty() {
            (empty(&words.fill("people-not-found", [("search", line(text).into())]), &html! { p { (words.say("people-not-found-hint")) } }))
        }
        @if !rows.is_empty() {
            div.card { ul.list.found {
                @for (row, since) in &rows {
                    li.line {
                        (who(words, row.id, Some(row)))
                        span.actions {
                            @match since {
                                Some(since) => span.badge.badge-good { (words.fill("segment-in-since", [("when", words.date(*since).into())])) },
                                None => span.badge { (words.say("segment-not-in")) },
                            }
                            a href={ "/segments/" (segment) "/people/" (row.id) } { (words.say("segment-why")) }
                        }
                    }
                }
            } }
        }
    };
    shown(whole(&session, &title, None, &content))
}

/// The condition, part by part, of one person.
pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path((segment, customer)): Path<(String, String)>,
) -> Answer {
    let (segment, asked): (SegmentId, CustomerId) = (id(&segment)?, id(&customer)?);
    let known = app.eyes(&session.actor).customer(asked).await?;
    let customer = known.ok_or(Failure::Missing)?.id;
    if customer != asked {
        return done(&format!("/segments/{segment}/people/{customer}"));
    }
    let view = app.segment(segment).await?;
    if view.row.archived_at.is_some() {
        return done(&format!("/segments/{segment}"));
    }
    let reason = app.why_in_segment(segment, customer).await?;
    let rows = app.eyes(&session.actor).people_of(&[customer]).await?;
    let words = session.words;
    let name = rows.first().map_or_else(
        || words.say("person-unknown").into_owned(),
        |row| people::name(words, row),
    );
    let names = app.segment_names().await?;
    let explained = &reason.explained;
    let segment_name = line(&view.row.name);
    let content = html! {
        a.back href={ "/segments/" (segment) } { (Icon::Back.draw()) (segment_name) }
        div.head {
            div {
                h1 { bdi { (name) } }
                p.lead { (verdict(words, explained.holds, &segment_name)) }
                @if explained.changes_at != Timestamp::MAX {
                    p.soft { (words.fill(if explained.holds { "segment-until" } else { "segment-not-before" }, [("when", words.date_time(explained.changes_at).into())])) }
                }
            }
            a.button.quiet href={ "/people/" (customer) } { (words.say("segment-to-person")) }
        }
        section.card aria-labelledby="segment-parts" {
            h2 #segment-parts { (words.say("segment-parts")) }
            (tree(words, &names, &view.condition, Some(explained)))
        }
        p.about { (words.fill("segment-as-of", [("when", words.date_time(reason.at).into())])) }
    };
    shown(whole(&session, &name, None, &content))
}

fn verdict(words: Words, holds: bool, segment: &str) -> String {
    let key = if holds {
        "segment-is-in"
    } else {
        "segment-is-out"
    };
    words.fill(key, [("segment", segment.into())])
}
