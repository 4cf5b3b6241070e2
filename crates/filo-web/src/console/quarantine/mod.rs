//! Quarantine: what could not be taken in, why, and the form to mend it; by kind and one by one.

mod kin;
mod one;

pub(super) use kin::{
    address as kin_address, discard as discard_kin, repair as repair_kin, show as show_kin,
};
pub(super) use one::{discard, repair, restore, show};

use axum::extract::{Query, State};
use filo_app::{
    App, GROUPED_ROWS_MOST, QuarantineCursor, QuarantineFilter, QuarantineGroup, QuarantineRow,
    QuarantineStatus, SourceView,
};
use filo_core::access::Rights;
use filo_core::id::{QuarantineId, SourceId};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::session::Session;
use super::source::{ago, frame, sections};
use super::{Answer, shown};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{Power, SeeQuarantine};
use crate::ui::form::button_form;
use crate::ui::page::{empty, page};
use crate::ui::shown as display;
use crate::ui::toast;

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    all: bool,
    before: Option<String>,
    done: Option<String>,
    /// When what was just discarded was: for taking it back.
    discarded: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<SeeQuarantine>,
    Query(asked): Query<Asked>,
) -> Answer {
    let status = (!asked.all).then_some(QuarantineStatus::Open);
    let filter = QuarantineFilter {
        status,
        ..QuarantineFilter::default()
    };
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|cursor| QuarantineCursor {
        received_at: cursor.at,
        id: QuarantineId(cursor.id),
    });
    let mut rows = app.quarantined(&filter, behind, ROWS + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| {
        Cursor {
            at: row.received_at,
            id: row.id.0,
        }
        .write()
    });
    let list = List {
        rows,
        next,
        all: asked.all,
        groups: app.quarantine_groups().await?,
        sources: app.sources().await?,
    };
    let words = session.words;
    let content = html! {
        @if let Some(at) = asked.discarded { (undo(words, at, &session.token)) }
        (list_content(words, &list, app.now(), session.actor.rights))
    };
    shown(framed(&session, &content, asked.done.as_deref()))
}

struct List {
    rows: Vec<QuarantineRow>,
    next: Option<String>,
    all: bool,
    groups: Vec<QuarantineGroup>,
    sources: Vec<SourceView>,
}

fn framed<P: Power>(session: &Session<P>, content: &Markup, done: Option<&str>) -> Markup {
    let title = session.words.say("place-quarantine");
    page(&frame(session, &title, done), content)
}

fn undo(words: Words, at: i64, token: &str) -> Markup {
    let at = at.to_string();
    let back = button_form(
        "/quarantine/restoration",
        token,
        &[("at", &at)],
        &words.say("undo"),
        "link",
    );
    toast::with_undo(&words.say("done-discarded"), &back)
}

fn list_content(words: Words, list: &List, now: Timestamp, rights: Rights) -> Markup {
    let (other, address) = if list.all {
        (words.say("quarantine-only-open"), "/quarantine")
    } else {
        (words.say("quarantine-all"), "/quarantine?all=true")
    };
    let open: u64 = list
        .groups
        .iter()
        .map(|group| group.count.unsigned_abs())
        .sum();
    html! {
        div.head {
            div { h1 { (words.say("place-quarantine")) } p.lead { (words.say("quarantine-lead")) } }
        }
        (sections(words, "/quarantine", open, rights))
        @if list.rows.is_empty() && list.groups.is_empty() {
            (empty(&words.say("quarantine-none"), &html! {
                p { (words.say("quarantine-none-hint")) }
                @if !list.all { a href=(address) { (other) } }
            }))
        } @else {
            @if !list.groups.is_empty() { (groups(words, list, open, now)) }
            div.head {
                h2 { (words.say("quarantine-one-by-one")) }
                a.button.quiet.small href=(address) { (other) }
            }
            (table(words, &list.rows, now))
            @if let Some(next) = &list.next {
                @let all = if list.all { "&all=true" } else { "" };
                p.pages { a.button.quiet href={ "/quarantine?before=" (next) (all) } { (words.say("older")) } }
            }
        }
    }
}

/// The same fault of the same sender, with the way to mend all at once.
fn groups(words: Words, list: &List, open: u64, now: Timestamp) -> Markup {
    html! {
        ul.kinds {
            @for group in &list.groups {
                li.kind data-row {
                    span.kind-count { (words.number(group.count.unsigned_abs())) }
                    div {
                        h2 { a href=(kin_address(group)) { (reason(words, &group.code)) } }
                        p.about {
                            bdi { (source_name(&list.sources, group.source).map_or_else(|| words.say("quarantine-unknown-source").into_owned(), |name| display::line(&name))) }
                            @if let Some(field) = &group.field { " · " code { (display::line(field)) } }
                            " · " (words.fill("quarantine-newest", [("when", ago(words, group.newest_at, now).into())]))
                        }
                    }
                    a.button.quiet.small href=(kin_address(group)) { (words.say("kin-open")) }
                }
            }
        }
        @if open >= u64::from(GROUPED_ROWS_MOST) {
            p.hint { (words.fill("quarantine-very-much", [("count", words.number(open).into())])) }
        }
    }
}

/// What people call the sender.
fn source_name(sources: &[SourceView], id: Option<SourceId>) -> Option<String> {
    let id = id?;
    let known = sources.iter().find(|source| source.id == id);
    Some(known.map_or_else(|| id.0.to_string(), |source| source.name.clone()))
}

fn table(words: Words, rows: &[QuarantineRow], now: Timestamp) -> Markup {
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" { (words.say("quarantine-reason")) }
                    th scope="col" { (words.say("quarantine-field")) }
                    th scope="col" { (words.say("quarantine-status")) }
                    th scope="col" { (words.say("quarantine-received")) }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        td { a href={ "/quarantine/" (row.id) } { (reason(words, &row.code)) } }
                        td data-label=(words.say("quarantine-field")) {
                            @if let Some(field) = &row.field { code { (display::line(field)) } }
                        }
                        td data-label=(words.say("quarantine-status")) { (status(words, row.status)) }
                        td data-label=(words.say("quarantine-received")) {
                            (words.day(row.received_at, now)) ", " (words.time(row.received_at))
                        }
                    }
                }
            }
        }
    }
}

/// What the fault means and what to do, in the language of the page.
fn hint(words: Words, code: &str) -> String {
    let known = words.look_up(&format!("defect-{}-hint", code.replace('_', "-")));
    known.map_or_else(String::new, std::borrow::Cow::into_owned)
}

/// The reason in the language; the code itself if it is a new one.
pub(super) fn reason(words: Words, code: &str) -> String {
    let known = words.look_up(&format!("defect-{}", code.replace('_', "-")));
    known.map_or_else(|| display::line(code), std::borrow::Cow::into_owned)
}

fn status(words: Words, status: QuarantineStatus) -> Markup {
    let class = match status {
        QuarantineStatus::Open => "badge badge-warn",
        QuarantineStatus::Repaired => "badge badge-good",
        QuarantineStatus::Discarded => "badge",
    };
    html! { span.(class) { (words.say(&format!("quarantine-{}", status.word()))) } }
}

#[cfg(test)]
mod tests {
    use filo_core::intake::DefectCode;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for language in Language::ALL {
            for code in DefectCode::ALL {
                let key = format!("defect-{}", code.word().replace('_', "-"));
                assert!(Words::of(language).look_up(&key).is_some(), "{key}");
                assert!(
                    !hint(Words::of(language), code.word()).is_empty(),
                    "{key}-hint"
                );
            }
        }
    }

    #[test]
    fn an_empty_list_says_that_all_is_well() {
        let list = List {
            rows: vec![],
            next: None,
            all: false,
            groups: vec![],
            sources: vec![],
        };
        for language in Language::ALL {
            let page =
                list_content(Words::of(language), &list, Timestamp(0), Rights::NONE).into_string();
            assert!(page.contains("class=\"empty\""), "{page}");
        }
    }
}
