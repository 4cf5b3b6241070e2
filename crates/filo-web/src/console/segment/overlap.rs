//! How segments lie over one another: how many of one are in another as well.

use axum::extract::{Path, RawQuery, State};
use filo_app::App;
use filo_app::segment::Overlap;
use filo_core::id::SegmentId;
use maud::{Markup, html};

use super::one::{Named, others};
use super::{people_words, share, whole};
use crate::console::failure::Failure;
use crate::console::session::Session;
use crate::console::{Answer, id, shown};
use crate::i18n::Words;
use crate::right::ListPeople;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// Others that are laid over one.
const OTHERS_MOST: usize = 4;

/// The form that chooses the others.
pub(super) fn chooser(
    words: Words,
    here: SegmentId,
    others: &[Named],
    chosen: &[SegmentId],
) -> Markup {
    html! {
        @if !others.is_empty() {
            section.card {
                h2 { (words.say("segment-overlap")) }
                p.about { (words.say("segment-overlap-hint")) }
                form.form action={ "/segments/" (here) "/overlap" } {
                    @for place in 0..OTHERS_MOST.min(others.len()) {
                        div.field {
                            label.aloud for={ "overlap-" (place) } { (words.fill("segment-overlap-other", [("number", (place + 1).into())])) }
                            select #{ "overlap-" (place) } name="with" {
                                option value="" { "—" }
                                @for (id, name) in others {
                                    option value=(id) selected[chosen.get(place) == Some(id)] { (name) }
                                }
                            }
                        }
                    }
                    button.quiet type="submit" { (words.say("segment-overlap-do")) }
                }
            }
        }
    }
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<ListPeople>,
    Path(segment): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let here: SegmentId = id(&segment)?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query.unwrap_or_default())
        .map_err(|_not_pairs| Failure::Unreadable { too_large: false })?;
    let mut chosen: Vec<SegmentId> = Vec::new();
    for (_, text) in pairs
        .iter()
        .filter(|(name, text)| name == "with" && !text.is_empty())
    {
        let other: SegmentId = id(text)?;
        if other != here && !chosen.contains(&other) && chosen.len() < OTHERS_MOST {
            chosen.push(other);
        }
    }
    let views = app.segments().await?;
    let view = views.iter().find(|view| view.row.id == here);
    let view = view.ok_or(Failure::Missing)?;
    let words = session.words;
    let name = line(&view.row.name);
    let overlap = match chosen.is_empty() {
        true => None,
        false => {
            let all: Vec<SegmentId> = [here].into_iter().chain(chosen.iter().copied()).collect();
            Some(app.segment_overlap(&all).await?)
        }
    };
    let named = |id: SegmentId| {
        let known = views.iter().find(|view| view.row.id == id);
        known.map_or_else(String::new, |view| line(&view.row.name))
    };
    let content = html! {
        a.back href={ "/segments/" (here) } { (Icon::Back.draw()) (name) }
        h1 { (words.say("segment-overlap")) }
        div.segment {
            div {
                @match &overlap {
                    Some(overlap) => {
                        (bars(words, here, overlap, &named))
                        @if overlap.sizes.len() > 2 { (matrix(words, overlap, &named)) }
                    }
                    None => p.notice { (words.say("segment-overlap-none")) },
                }
            }
            aside { (chooser(words, here, &others(&views, here), &chosen)) }
        }
    };
    shown(whole(&session, &name, None, &content))
}

/// How many are in both of two.
fn shared(overlap: &Overlap, one: SegmentId, other: SegmentId) -> i64 {
    let found = overlap
        .shared
        .iter()
        .find(|(a, b, _)| (*a, *b) == (one, other) || (*b, *a) == (one, other));
    found.map_or(0, |(.., count)| *count)
}

/// For each of the others a bar: how much of this one it covers.
fn bars(
    words: Words,
    here: SegmentId,
    overlap: &Overlap,
    named: &dyn Fn(SegmentId) -> String,
) -> Markup {
    let size = overlap.sizes.first().map_or(0, |(_, size)| *size);
    html! {
        section.card {
            h2 { (words.fill("segment-overlap-of", [("name", named(here).into()), ("people", people_words(words, size).into())])) }
            ul.list.overlaps {
                @for (other, others_size) in overlap.sizes.iter().skip(1) {
                    @let both = shared(overlap, here, *other);
                    li {
                        div.line {
                            a href={ "/segments/" (other) } { (named(*other)) }
                            strong.number { (words.number(both.unsigned_abs())) }
                        }
                        meter min="0" max=(size.max(1)) value=(both) aria-label=(named(*other)) {}
                        p.about {
                            (words.fill("segment-overlap-shares", [
                                ("here", share(words, both, size).into()),
                                ("there", share(words, both, *others_size).into()),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

/// Everyone with everyone: how many, and what part of the row.
fn matrix(words: Words, overlap: &Overlap, named: &dyn Fn(SegmentId) -> String) -> Markup {
    html! {
        section.card {
            h2 { (words.say("segment-overlap-matrix")) }
            p.about { (words.say("segment-overlap-matrix-hint")) }
            div.scroll tabindex="0" role="region" aria-label=(words.say("segment-overlap-matrix")) {
                table.matrix {
                    thead {
                        tr {
                            td {}
                            @for (id, _) in &overlap.sizes { th scope="col" { (named(*id)) } }
                        }
                    }
                    tbody {
                        @for (row, size) in &overlap.sizes {
                            tr {
                                th scope="row" { (named(*row)) }
                                @for (column, _) in &overlap.sizes {
                                    @if row == column { td.self { (words.number(size.unsigned_abs())) } }
                                    @else {
                                        @let both = shared(overlap, *row, *column);
                                        td { (words.number(both.unsigned_abs())) p.about { (share(words, both, *size)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
